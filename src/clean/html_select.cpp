#include "clean/html_select.hpp"

#include <algorithm>
#include <array>

#include "clean/html_evidence.hpp"
#include "clean/html_patterns.hpp"

namespace twosource::clean {
namespace {

using dom::Document;
using dom::Node;
using dom::Tag;

// --- points ---

class Scorer {
 public:
  Scorer(const Document& doc, const Page& page, const PageHints& known)
      : doc_(doc),
        page_(page),
        evidence_(known.body),
        finder_(doc, page),
        root_(doc.size() == 0 ? 0 : finder_.find()),
        patterns_(doc, page, finder_, root_) {
    read_phrases(known);
    if (evidence_.usable()) {
      coverage_.reserve(page.blocks.size());
      for (const Block& b : page.blocks) {
        const bool unasked = b.words < 3 || settled_out(b);
        coverage_.push_back(unasked ? -1 : evidence_.coverage(slice(page.text, b.span)));
      }
    }
  }

  [[nodiscard]] double points(std::size_t i) const {
    const Block& b = page_.blocks[i];
    return shape(b) + links(b) + words_of_class(b) + place(i) + agreement(i) - phrases_[i];
  }
  // Is the structured body the whole article, so that what it lacks is none?
  void trust(std::size_t chosen_words) {
    complete_ = evidence_.usable() && evidence_.words() * 10 >= chosen_words * 7;
  }
  [[nodiscard]] bool complete() const { return complete_; }
  [[nodiscard]] std::size_t root() const { return root_; }

 private:
  [[nodiscard]] static double shape(const Block& b) {
    double p = 0;
    if (b.words >= 8 && b.ends_sentence) {
      p += 1.4 + (b.words >= 20 ? 0.8 : 0.0) + (b.words >= 40 ? 0.6 : 0.0);
      p += b.sentences >= 2 ? 0.4 : 0.0;
    } else if (b.words >= 25) {
      p += 0.8;
    } else if (b.ends_sentence && b.words >= 4) {
      p += 0.1;
    } else {
      p -= b.words < 5 ? 1.2 : 0.8;
    }
    if (b.commas > 0 && b.words >= 8) p += 0.2;
    if (b.tag == Tag::P) p += 0.5;
    if (b.in_list && b.role.role != HtmlRole::Body) p -= 0.3;
    if (b.in_table) p -= 0.4;
    if (dom::is_heading(b.tag)) p += b.words < 20 ? 0.5 : 0.0;
    if (b.in_quote) p += 0.3;
    return p;
  }

  [[nodiscard]] static double links(const Block& b) {
    if (b.link_share > 0.85F) return b.words >= 25 ? -2.0 : -3.0;
    if (b.link_share > 0.5F) return -2.0;
    if (b.link_share > 0.3F) return -0.6;
    return 0;
  }

  [[nodiscard]] static double words_of_class(const Block& b) {
    if (b.role.weight == 0) return 0;
    if (b.role.role == HtmlRole::Body) return b.role.weight == 3 ? 1.5 : 0.3;
    if (b.role.role == HtmlRole::Teaser) return b.words >= 6 ? 0.8 : 0;
    if (b.role.role == HtmlRole::Headline) return 0;
    return b.role.weight == 3 ? -8 : b.role.weight == 2 ? -2.5 : -0.9;
  }

  [[nodiscard]] double place(std::size_t i) const {
    const Block& b = page_.blocks[i];
    double p = 0;
    const bool in_root = b.node >= root_ && b.node < doc_[root_].end;
    const auto at = static_cast<std::int64_t>(i);
    const bool after_headline = page_.headline >= 0 && at > page_.headline;
    if (!in_root) {
      const bool lead = after_headline && b.node < root_;
      p -= lead ? (b.words >= 8 ? 0.0 : 1.0) : 3.0;
    } else {
      p += 0.6;
    }
    if (page_.headline >= 0 && at < page_.headline) p -= 2.5;
    if (is_subheadline(i)) p += kSubheadline;
    p -= patterns_.card(b.node);
    if (b.in_table && patterns_.in_data_table(b.node)) p += kDataRow;
    return p;
  }

  [[nodiscard]] double agreement(std::size_t i) const {
    if (coverage_.empty() || coverage_[i] < 0) return 0;
    if (coverage_[i] >= 0.7) return 5;
    if (!complete_) return 0;
    const Block& b = page_.blocks[i];
    if (coverage_[i] > 0.3) return 0;
    return dom::is_heading(b.tag) ? -0.5 : -2.2;
  }

  // A line of several words beside the headline, in its element or the same heading group.
  [[nodiscard]] bool is_subheadline(std::size_t i) const {
    if (page_.headline < 0 || static_cast<std::int64_t>(i) != page_.headline + 1) return false;
    const Block& b = page_.blocks[i];
    const Block& head = page_.blocks[static_cast<std::size_t>(page_.headline)];
    return dom::is_heading(b.tag) && b.words >= 5 && b.words <= 40 && b.link_share < 0.3F &&
           doc_[b.node].parent == doc_[head.node].parent;
  }
  static constexpr double kSubheadline = 4;
  static constexpr double kDataRow = 1.6;  // points for a row of a table of data

  // What the phrases of furniture speak against a block; less in long paragraphs.
  void read_phrases(const PageHints& known) {
    phrases_.reserve(page_.blocks.size());
    for (const Block& b : page_.blocks) {
      if (settled_out(b)) {  // no points are asked of it
        phrases_.push_back(0);
        continue;
      }
      const std::string_view text = slice(page_.text, b.span);
      const FurnitureHit hit = b.words > 80 ? FurnitureHit{} : known.phrases.find(text);
      double against =
          static_cast<double>(hit.weight) * (b.words > 25 ? kLongPhrase : kShortPhrase);
      if (b.words <= kCaptionWords && !known.credits.photo_credit_at_end(text).span.empty()) {
        against += kCaption;
      }
      phrases_.push_back(against);
    }
  }
  // Points a unit of phrase weight takes.
  static constexpr double kShortPhrase = 0.8;
  static constexpr double kLongPhrase = 0.2;
  // What a photo credit at its end speaks against a block of so few words.
  static constexpr double kCaption = 5;
  static constexpr std::uint16_t kCaptionWords = 45;

  const Document& doc_;
  const Page& page_;
  BodyEvidence evidence_;
  RootFinder finder_;
  std::size_t root_ = 0;
  Patterns patterns_;
  std::vector<double> coverage_;
  std::vector<double> phrases_;
  bool complete_ = false;
};

// --- sequence ---

// Cost of changing between article and furniture from block a to block b.
double change_cost(const Document& doc, const Block& a, const Block& b) {
  if (a.node == b.node) return 3.0;
  const std::uint32_t pa = doc[a.node].parent;
  const std::uint32_t pb = doc[b.node].parent;
  if (pa == pb) return doc[a.node].tag == doc[b.node].tag ? 1.6 : 1.0;
  if (doc[pa].parent == doc[pb].parent) return 0.8;
  return 0.4;
}

std::vector<char> best_path(const Document& doc, const Page& page, const Scorer& scorer,
                            const std::vector<std::size_t>& open) {
  std::array<double, 2> score{};
  std::vector<std::array<char, 2>> from(open.size());
  for (std::size_t k = 0; k < open.size(); ++k) {
    const double p = scorer.points(open[k]);
    if (k == 0) {
      score = {0.5, p - 0.5};
      continue;
    }
    const double cost = change_cost(doc, page.blocks[open[k - 1]], page.blocks[open[k]]);
    const bool out_from_in = score[1] - cost > score[0];
    const bool in_from_in = score[1] >= score[0] - cost;
    from[k] = {static_cast<char>(out_from_in), static_cast<char>(in_from_in)};
    score = {out_from_in ? score[1] - cost : score[0],
             (in_from_in ? score[1] : score[0] - cost) + p};
  }
  std::vector<char> in(open.size(), 0);
  char state = score[1] > score[0] ? 1 : 0;
  for (std::size_t k = open.size(); k-- > 0;) {
    in[k] = state;
    state = from[k][static_cast<std::size_t>(state)];
  }
  return in;
}

std::size_t words_in(const Page& page, const std::vector<std::size_t>& open,
                     const std::vector<char>& in) {
  std::size_t words = 0;
  for (std::size_t k = 0; k < open.size(); ++k) {
    if (in[k] != 0) words += page.blocks[open[k]].words;
  }
  return words;
}

BlockUse use_of(const Page& page, std::size_t i, bool before_body) {
  const Block& b = page.blocks[i];
  // Some pages set whole paragraphs as headings.
  const bool paragraph = is_running(b) && b.words >= 12;
  if (dom::is_heading(b.tag) && !paragraph) {
    const bool subheadline =
        page.headline >= 0 && static_cast<std::int64_t>(i) == page.headline + 1;
    return subheadline && before_body && b.words >= 5 ? BlockUse::Teaser : BlockUse::Subhead;
  }
  const bool bold_line = b.strong_share > 0.9F && b.words <= 12 && !b.ends_sentence;
  if (bold_line) return BlockUse::Subhead;
  return before_body && b.role.role == HtmlRole::Teaser ? BlockUse::Teaser : BlockUse::Body;
}

// A heading with no article text behind it introduces something else.
void drop_loose_headings(const Page& page, std::vector<BlockUse>& use) {
  bool text_follows = false;
  for (std::size_t i = use.size(); i-- > 0;) {
    if (use[i] == BlockUse::Subhead && !text_follows) use[i] = BlockUse::Furniture;
    if (use[i] == BlockUse::Body || use[i] == BlockUse::Teaser) text_follows = true;
    if (use[i] == BlockUse::Furniture && dom::is_heading(page.blocks[i].tag)) text_follows = false;
  }
}

}  // namespace

namespace {

// Blocks that class words do not settle as furniture.
std::vector<std::size_t> open_blocks(const Page& page) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < page.blocks.size(); ++i) {
    if (!settled_out(page.blocks[i]) && static_cast<std::int64_t>(i) != page.headline) {
      open.push_back(i);
    }
  }
  return open;
}

struct Choice {
  std::vector<std::size_t> open;
  std::vector<char> in;
  std::size_t words = 0;
};

Choice choose(const Document& doc, const Page& page, const PageHints& known) {
  Choice c;
  Scorer scorer(doc, page, known);
  c.open = open_blocks(page);
  c.in = best_path(doc, page, scorer, c.open);
  c.words = words_in(page, c.open, c.in);
  scorer.trust(c.words);
  if (scorer.complete()) {
    c.in = best_path(doc, page, scorer, c.open);
    c.words = words_in(page, c.open, c.in);
  }
  return c;
}

// Most class words can be wrong about a page ("page--with-related"); these hardly ever are.
bool certain(HtmlRole role) {
  return role == HtmlRole::Cookie || role == HtmlRole::Comment || role == HtmlRole::Caption ||
         role == HtmlRole::Credit;
}

// The page with the words of its classes taken as hints only.
Page relaxed(const Document& doc, const Page& page) {
  Page out = page;
  for (Block& b : out.blocks) {
    const Tag tag = doc[b.node].tag;
    if (certain(b.role.role) || tag == Tag::Nav || tag == Tag::Footer) continue;
    b.role.weight = std::min<std::uint8_t>(b.role.weight, 1);
  }
  return out;
}

// Below this many words an article is looked for again without trust in class words.
constexpr std::size_t kFewWords = 60;
// Below this many, when class words keep out several times as much running text.
constexpr std::size_t kSomeWords = 150;
constexpr std::size_t kTimesMore = 3;

std::size_t running_words_kept_out(const Page& page) {
  std::size_t words = 0;
  for (const Block& b : page.blocks) {
    if (settled_out(b) && !certain(b.role.role) && is_running(b)) words += b.words;
  }
  return words;
}

}  // namespace

std::vector<BlockUse> select_blocks(const Document& doc, const Page& page, const PageHints& known) {
  std::vector<BlockUse> use(page.blocks.size(), BlockUse::Furniture);
  if (page.blocks.empty()) return use;
  Choice choice = choose(doc, page, known);
  const bool doubtful =
      choice.words < kSomeWords && running_words_kept_out(page) > kTimesMore * choice.words;
  if (choice.words < kFewWords || doubtful) {
    Choice second = choose(doc, relaxed(doc, page), known);
    if (second.words > 2 * choice.words) choice = std::move(second);
  }
  bool before_body = true;
  for (std::size_t k = 0; k < choice.open.size(); ++k) {
    if (choice.in[k] == 0) continue;
    const std::size_t i = choice.open[k];
    use[i] = use_of(page, i, before_body);
    if (use[i] == BlockUse::Body) before_body = false;
  }
  if (page.headline >= 0) use[static_cast<std::size_t>(page.headline)] = BlockUse::Headline;
  drop_loose_headings(page, use);
  return use;
}

}  // namespace twosource::clean
