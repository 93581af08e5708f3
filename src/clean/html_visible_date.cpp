#include "clean/html_visible_date.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace twosource::clean {

bool in_other_article(RoleHint role) noexcept {
  return role.role == HtmlRole::Comment || role.role == HtmlRole::Related ||
         role.role == HtmlRole::Navigation || role.role == HtmlRole::Cookie ||
         role.role == HtmlRole::Advert;
}

namespace {

class VisibleScan {
 public:
  VisibleScan(const dom::Document& doc, const Page& page, const DateFinder& finder,
              std::string_view language, std::string_view known, std::string_view month)
      : doc_(doc),
        page_(page),
        finder_(finder),
        language_(language),
        known_(known),
        month_(month) {}

  VisibleDates run() {
    VisibleDates out;
    out.score = kDateHint - 1;
    out.modified_score = kDateHint - 1;
    for (std::size_t i = 0; i < page_.blocks.size(); ++i) {
      const Block& b = page_.blocks[i];
      std::string_view line = slice(page_.text, b.span);
      if (b.words > kLongLine) line = line.substr(0, kLead);
      for (FoundDate& date : finder_.find(line, language_)) {
        if (date.value.size() < 10) continue;
        if (date.role == DateRole::Plain) date.role = label_before(i, date);
        if (date.role == DateRole::Other) continue;
        if (b.words <= kShortLine && !is_picture(b)) only(date.value);
        const bool modified = date.role == DateRole::Modified;
        int& best = modified ? out.modified_score : out.score;
        const int score = score_of(i, line, date);
        if (date.value == known_) out.known_score = std::max(out.known_score, score);
        if (score <= best) continue;
        best = score;
        (modified ? out.modified : out.published) = std::move(date.value);
      }
    }
    if (out.published.empty()) out.score = 0;
    if (!several_) out.only = std::move(only_);
    return out;
  }

 private:
  static constexpr std::uint16_t kLongLine = 60;  // words; of longer blocks only the start is read
  static constexpr std::size_t kLead = 48;        // bytes
  static constexpr std::uint16_t kShortLine = 15;
  static constexpr int kInMonth = 4;  // points for a day of the month that the address names

  void only(const std::string& day) {
    several_ = several_ || (!only_.empty() && only_ != day);
    only_ = day;
  }
  [[nodiscard]] static bool is_picture(const Block& b) {
    return b.in_figure || b.role.role == HtmlRole::Caption || b.role.role == HtmlRole::Credit ||
           b.role.role == HtmlRole::Player;
  }

  // "Letzte Änderung:" on a line of its own in front of the date's line.
  [[nodiscard]] DateRole label_before(std::size_t i, const FoundDate& date) const {
    if (i == 0 || date.with_label.begin > 0 || page_.blocks[i - 1].words > 3) {
      return DateRole::Plain;
    }
    return finder_.label_line(slice(page_.text, page_.blocks[i - 1].span));
  }

  // Does an element inside the block that begins with the date call itself one?
  [[nodiscard]] bool called_date(const Block& b, const FoundDate& date) const {
    const std::uint32_t at = b.span.begin + date.span.begin;
    auto piece = std::upper_bound(page_.pieces.begin(), page_.pieces.end(), at,
                                  [](std::uint32_t a, const Piece& p) { return a < p.text; });
    if (piece == page_.pieces.begin()) return false;
    --piece;
    const std::uint32_t parent = doc_[piece->node].parent;
    return parent > b.node && page_.hints[parent].role == HtmlRole::Date;
  }

  // Does a link of the block lead to an address with the same date (a permanent link)?
  [[nodiscard]] bool permalink(const Block& b, const std::string& value) const {
    for (std::size_t n = b.node; n < doc_[b.node].end && n < b.node + kLinkReach; ++n) {
      if (doc_[n].tag == dom::Tag::A &&
          finder_.from_url(doc_.attr(doc_[n], dom::Attr::Href)) == value) {
        return true;
      }
    }
    return false;
  }
  static constexpr std::size_t kLinkReach = 40;  // nodes

  // A short line, close to the headline, in an element called a date, with a word that says so.
  [[nodiscard]] int score_of(std::size_t i, std::string_view line, const FoundDate& date) const {
    const Block& b = page_.blocks[i];
    const bool leads = date.with_label.begin == 0;
    const bool called = b.role.role == HtmlRole::Date || b.role.role == HtmlRole::Byline;
    int score = called ? 3 : 0;
    if (date.role != DateRole::Plain) score += 3;
    if (date.with_label.size() * 10 >= line.size() * 7) {
      score += 3;
    } else if (date.with_label.size() * 10 >= line.size() * 3 || leads ||
               date.with_label.end == line.size()) {
      score += 1;
    }
    if (!date.clock.empty()) score += 1;
    const long distance = static_cast<long>(i) - static_cast<long>(page_.headline);
    const bool near = page_.headline >= 0 && distance >= -4 && distance <= 6;
    if (near) {
      score += 3;
    } else if (page_.headline >= 0 && distance > 6 && distance <= 12) {
      score += 1;
    }
    const bool elsewhere = in_other_article(b.role) && b.role.weight >= 2;
    if (!called && near && !elsewhere && called_date(b, date)) score += 3;
    if (elsewhere) score -= near ? 2 : 6;
    if (b.link_share > 0.8F) {
      score += near && permalink(b, date.value) ? 4 : near ? -1 : -6;
    }
    const bool opens = near && date.span.begin == 0;  // "27.1.2022 - Bei der …"
    if (b.words > kShortLine && !opens && date.role == DateRole::Plain) score -= 3;
    if (b.role.role == HtmlRole::Footer) score -= 2;
    if (!month_.empty() && date.value.compare(0, month_.size(), month_) == 0) score += kInMonth;
    if (is_picture(b)) score -= leads ? 3 : 6;
    return score;
  }

  const dom::Document& doc_;
  const Page& page_;
  const DateFinder& finder_;
  std::string_view language_;
  std::string_view known_;
  std::string_view month_;
  std::string only_;
  bool several_ = false;
};

}  // namespace

VisibleDates visible_dates(const dom::Document& doc, const Page& page, const DateFinder& finder,
                           std::string_view language, std::string_view known,
                           std::string_view month) {
  return VisibleScan(doc, page, finder, language, known, month).run();
}

}  // namespace twosource::clean
