#include "clean/html.hpp"

#include <algorithm>
#include <optional>

#include "clean/dom.hpp"
#include "clean/html_blocks.hpp"
#include "clean/html_head.hpp"
#include "clean/html_meta.hpp"
#include "clean/html_select.hpp"
#include "clean/html_words.hpp"
#include "clean/source_map.hpp"
#include "clean/structured.hpp"
#include "text/language.hpp"
#include "text/utf8.hpp"

namespace twosource::clean {

struct HtmlCleaner::State {
  State(const PackSet& packs, const CreditFinder& credit_finder, const DateFinder& date_finder,
        const ReleaseFinder& release_finder, const GenreWords& genre_words)
      : words(packs),
        phrases(packs),
        outlets(packs),
        authors(packs, credit_finder),
        credits(credit_finder),
        dates(date_finder),
        releases(release_finder),
        genres(genre_words) {}
  HtmlWords words;
  FurniturePhrases phrases;
  OutletTable outlets;
  AuthorReader authors;
  const CreditFinder& credits;
  const DateFinder& dates;
  const ReleaseFinder& releases;
  const GenreWords& genres;
};

HtmlCleaner::HtmlCleaner(const PackSet& packs, const CreditFinder& credits, const DateFinder& dates,
                         const ReleaseFinder& releases, const GenreWords& genres)
    : state_(std::make_unique<State>(packs, credits, dates, releases, genres)) {}
HtmlCleaner::~HtmlCleaner() = default;
HtmlCleaner::HtmlCleaner(HtmlCleaner&&) noexcept = default;

namespace {

constexpr std::size_t kMaxFurniture = 2000;  // pieces kept of one page

// Writes the chosen blocks as text and the others as furniture.
class Assembler {
 public:
  Assembler(const Page& page, const std::vector<BlockUse>& use, const CreditFinder& credits,
            const DateFinder& dates, const FurniturePhrases& phrases, HtmlResult& out)
      : page_(page), use_(use), credits_(credits), dates_(dates), phrases_(phrases), out_(out) {}

  // `traced` hears of each paragraph that is a block of the page: the block and its span.
  template <class F>
  void run(const F& traced) {
    if (!out_.headline.empty()) {
      paragraph(out_.headline, ParagraphKind::Headline);
      const Block* h =
          page_.headline < 0 ? nullptr : &page_.blocks[static_cast<std::size_t>(page_.headline)];
      if (h != nullptr && slice(page_.text, h->span) == out_.headline) {
        traced(*h, out_.paragraphs.back().span);
      }
    }
    const std::string headline = comparable(out_.headline);
    for (std::size_t i = 0; i < use_.size(); ++i) {
      const std::string_view text = slice(page_.text, page_.blocks[i].span);
      if (use_[i] == BlockUse::Headline) continue;
      const bool repeats = text.size() < 400 && !headline.empty() && comparable(text) == headline;
      if (use_[i] == BlockUse::Furniture || repeats || is_pull_quote(i, text)) {
        keep_aside(kind_of(page_.blocks[i], text), text);
      } else {
        const std::size_t before = out_.paragraphs.size();
        chosen(i, text);
        if (out_.paragraphs.size() > before) {
          traced(page_.blocks[i], out_.paragraphs.back().span);
        }
      }
    }
  }

 private:
  // A sentence of the text that is set out once more in a quotation.
  [[nodiscard]] bool is_pull_quote(std::size_t i, std::string_view text) {
    constexpr std::uint16_t kFewest = 5;  // words
    constexpr int kMost = 64;             // quotations looked at, each against the whole text
    const Block& block = page_.blocks[i];
    if (!block.in_quote || block.words < kFewest || ++quotations_ > kMost) return false;
    if (quotations_ == 1) {
      for (std::size_t k = 0; k < use_.size(); ++k) {
        if (use_[k] == BlockUse::Furniture || page_.blocks[k].in_quote) continue;
        running_ += comparable(slice(page_.text, page_.blocks[k].span)) + '\n';
      }
    }
    return running_.find(comparable(text)) != std::string::npos;
  }

  void chosen(std::size_t i, std::string_view text) {
    const Block& block = page_.blocks[i];
    CreditSpan credit;
    if (block.words <= 14 && credits_.is_credit_line(text, credit)) {
      return keep_aside(credit.kind, text);
    }
    if (block.words <= 14 && dates_.date_line(text, out_.language)) {
      return keep_aside(FurnitureKind::Dateline, text);
    }
    paragraph(text, use_[i] == BlockUse::Subhead  ? ParagraphKind::Subhead
                    : use_[i] == BlockUse::Teaser ? ParagraphKind::Teaser
                                                  : ParagraphKind::Body);
    if (use_[i] == BlockUse::Body) out_.paragraphs.back().form = form_of(block);
  }

  // Tables that lay a page out have running text in their cells.
  static ParagraphForm form_of(const Block& block) {
    constexpr std::uint16_t kLongestRow = 40;  // words, set by hand
    const bool bare =
        block.tag == dom::Tag::Td || block.tag == dom::Tag::Th || block.tag == dom::Tag::Div;
    if (block.in_table && bare && block.words <= kLongestRow) return ParagraphForm::Row;
    if (block.in_quote) return ParagraphForm::Quotation;
    // Whole articles stand in items of lists, too, in paragraphs of their own.
    const bool item =
        block.tag == dom::Tag::Li || block.tag == dom::Tag::Dd || block.tag == dom::Tag::Dt;
    return item ? ParagraphForm::Item : ParagraphForm::Running;
  }

  // By the words of class, else by what a short line says itself.
  [[nodiscard]] FurnitureKind kind_of(const Block& block, std::string_view text) const {
    const FurnitureKind kind = furniture_kind(block.role.role);
    if (kind != FurnitureKind::Other || block.words > 30) return kind;
    if (!credits_.photo_credit_at_end(text).span.empty()) return FurnitureKind::Caption;
    CreditSpan credit;
    if (credits_.is_credit_line(text, credit)) return credit.kind;
    if (block.words <= 14 && dates_.date_line(text, out_.language)) return FurnitureKind::Dateline;
    const FurnitureHit hit = phrases_.find(text);
    return hit.weight >= kTelling ? hit.kind : kind;
  }
  static constexpr float kTelling = 3;  // weight of phrases that name the kind of a line

  void paragraph(std::string_view text, ParagraphKind kind) {
    if (!out_.text.empty()) out_.text += '\n';
    const std::size_t begin = out_.text.size();
    out_.text += text;
    out_.paragraphs.push_back({make_span(begin, out_.text.size()), kind, ParagraphForm::Running});
  }

  void keep_aside(FurnitureKind kind, std::string_view text) {
    if (out_.furniture.size() >= kMaxFurniture) return;
    const auto before = static_cast<std::uint32_t>(out_.text.size());
    out_.furniture.push_back({kind, std::string(text), before});
  }

  const Page& page_;
  const std::vector<BlockUse>& use_;
  const CreditFinder& credits_;
  const DateFinder& dates_;
  const FurniturePhrases& phrases_;
  HtmlResult& out_;
  std::string running_;  // comparable() text outside quotations, once it is asked for
  int quotations_ = 0;
};

std::string language_of(const Page& page, const PageMeta& meta, std::string_view given) {
  if (!given.empty()) return std::string(given);
  std::string sample;
  for (const Block& b : page.blocks) {
    if (b.words >= 10 && b.link_share < 0.4F) {
      sample.append(slice(page.text, b.span)).append("\n");
      if (sample.size() > 4000) break;
    }
  }
  const LanguageGuess guess = identify_language(sample);
  if (guess.reliable && !guess.code.empty()) return guess.code;
  return meta.language.empty() ? guess.code : meta.language;
}

// Is the text one of entries: under a heading that says so, or with the clock in front of each?
bool is_ticker(const Page& page, const std::vector<BlockUse>& use, const GenreWords& genres,
               const DateFinder& dates) {
  constexpr int kEntries = 3;  // set by hand
  int clocks = 0;
  for (std::size_t i = 0; i < use.size(); ++i) {
    if (use[i] == BlockUse::Furniture) continue;
    const std::string_view text = slice(page.text, page.blocks[i].span);
    if (use[i] == BlockUse::Subhead && genres.of_line(text) == "live") return true;
    if (dates.starts_with_clock(text) && ++clocks == kEntries) return true;
  }
  return false;
}

// "live" and "opinion", by the structured data, the headline and the short lines around it.
std::string_view kind_of_text(const Page& page, const Structured& data, const GenreWords& genres,
                              std::string_view headline) {
  constexpr std::int64_t kAround = 3;  // blocks on either side, set by hand
  if (data.type.find("LiveBlog") != std::string::npos) return "live";
  if (data.type.find("OpinionNews") != std::string::npos) return "opinion";
  if (const std::string_view genre = genres.of_headline(headline); !genre.empty()) return genre;
  if (const std::string_view genre = genres.of_sections(data.kinds); !genre.empty()) return genre;
  if (page.headline < 0) return {};
  const auto blocks = static_cast<std::int64_t>(page.blocks.size());
  const auto end = std::min(page.headline + kAround + 1, blocks);
  for (std::int64_t i = std::max<std::int64_t>(page.headline - kAround, 0); i < end; ++i) {
    const Block& block = page.blocks[static_cast<std::size_t>(i)];
    if (block.in_list || block.link_share > 0.5F) continue;  // of a menu
    const std::string_view genre = genres.of_line(slice(page.text, block.span));
    if (!genre.empty()) return genre;
  }
  return {};
}

// "paywall" when the page says that its text is not free and little of it is there.
std::string genre_of(std::string_view kind, const Structured& data, const ReleaseFinder& releases,
                     std::size_t text_bytes) {
  constexpr std::size_t kStubBytes = 1500;
  if (!kind.empty()) return std::string(kind);
  if (data.type.find("PressRelease") != std::string::npos || releases.is_section(data.kinds)) {
    return "press-release";
  }
  if (data.not_free && text_bytes < kStubBytes) return "paywall";
  return {};
}

// Pages that scripts put together may have their text in the structured data alone; then there is
// no visible text to hold it against. Bytes, set by hand.
void take_structured_body(const Structured& data, HtmlResult& out) {
  constexpr std::size_t kNothing = 160;
  constexpr std::size_t kArticle = 600;
  std::size_t shown = 0;
  for (const Paragraph& p : out.paragraphs) {
    if (p.kind != ParagraphKind::Headline) shown += p.span.size();
  }
  if (shown >= kNothing || data.body.size() < kArticle) return;
  if (!out.text.empty()) out.text += '\n';
  const std::size_t begin = out.text.size();
  out.text += data.body;
  out.paragraphs.push_back(
      {make_span(begin, out.text.size()), ParagraphKind::Body, ParagraphForm::Running});
}

}  // namespace

HtmlResult HtmlCleaner::run(std::string_view html, std::string_view url, std::string_view language,
                            bool trace) const {
  HtmlResult out;
  const dom::Document doc(html);
  const PageMeta meta = read_meta(doc);
  const std::string page_url(url.empty() ? std::string_view(meta.canonical) : url);
  const Structured data = read_structured(doc, meta.canonical, meta.og_title);
  const SiteNames site(state_->outlets, meta, data, page_url);

  Page page = make_blocks(doc, state_->words);
  find_headline(doc, known_headlines(meta, data, site), page);
  resolve_roles(doc, page);
  out.language = language_of(page, meta, language);
  out.headline = choose_headline(doc, page, meta, data, site);
  const std::vector<BlockUse> use =
      select_blocks(doc, page, {data.body, state_->phrases, state_->credits});
  Assembler(page, use, state_->credits, state_->dates, state_->phrases, out)
      .run([&](const Block& block, Span span) {
        if (trace) trace_block(html, doc, page, block, span, out.source);
      });
  take_structured_body(data, out);

  out.url = page_url;
  const Outlet* outlet = state_->outlets.of_url(page_url);
  if (outlet == nullptr) outlet = state_->outlets.of_url(meta.canonical);
  out.publisher = outlet != nullptr         ? outlet->name
                  : !meta.site_name.empty() ? meta.site_name
                  : !data.publisher.empty() ? data.publisher
                                            : data.site_name;
  if (outlet != nullptr) out.publisher_group = outlet->group;
  Authors authors = state_->authors.choose(doc, page, meta, data, site);
  out.authors = std::move(authors.names);
  out.agencies = std::move(authors.agencies);
  std::string_view kind = kind_of_text(page, data, state_->genres, out.headline);
  if (kind.empty() && is_ticker(page, use, state_->genres, state_->dates)) kind = "live";
  PageDates dates = choose_dates(html, doc, page, meta, data, state_->dates, page_url, out.language,
                                 kind == "live");
  out.published = std::move(dates.published);
  out.modified = std::move(dates.modified);
  out.genre = genre_of(kind, data, state_->releases, out.text.size());
  return out;
}

}  // namespace twosource::clean
