#include <algorithm>
#include <cstdlib>

#include "article/edtf.hpp"
#include "clean/html_meta.hpp"
#include "text/utf8.hpp"

namespace twosource::clean {
namespace {

using dom::Attr;
using dom::Document;
using dom::Tag;

constexpr int kFirstYear = 1990;
constexpr int kLastYear = 2100;

// "T10:00:00.123+0100" as "T10:00:00+01:00".
std::string clean_time(std::string time) {
  if (const std::size_t dot = time.find_first_of(".,"); dot != std::string::npos) {
    std::size_t end = dot + 1;
    while (end < time.size() && time[end] >= '0' && time[end] <= '9') ++end;
    time.erase(dot, end - dot);
  }
  const std::size_t sign = time.find_first_of("+-");
  if (sign != std::string::npos && time.size() == sign + 5) time.insert(sign + 3, 1, ':');
  if (sign != std::string::npos && time.size() == sign + 3) time.append(":00");
  return time;
}

class DateChooser {
 public:
  DateChooser(const Document& doc, const Page& page, const DateFinder& finder,
              std::string_view language)
      : doc_(doc), page_(page), finder_(finder), language_(language) {}

  // A machine-readable value: ISO, or a date in words.
  [[nodiscard]] std::string read(std::string_view value) const {
    if (std::string iso = iso_date(value); !iso.empty()) return iso;
    const std::vector<FoundDate> found = finder_.find(value.substr(0, 200), language_);
    return found.empty() ? std::string{} : found.front().value;
  }

  [[nodiscard]] std::string first_of(const std::vector<std::string>& values) const {
    std::string best;
    for (const std::string& v : values) {
      std::string date = read(v);
      if (date.size() >= 10) return date;
      if (best.empty()) best = std::move(date);
    }
    return best;
  }

  // Dates on the page itself; published in `visible[0]`, modified in `visible[1]`.
  void scan_visible(std::string (&visible)[2]) const {
    int best[2] = {0, 0};
    for (std::size_t i = 0; i < page_.blocks.size(); ++i) {
      const Block& b = page_.blocks[i];
      if (b.words > 40 || excluded(b)) continue;
      const std::string_view line = slice(page_.text, b.span);
      if (line.find_first_of("0123456789") == std::string_view::npos) continue;
      for (const FoundDate& date : finder_.find(line, language_)) {
        if (date.value.size() < 10) continue;
        const std::size_t which = date.role == DateRole::Modified ? 1 : 0;
        const int score = score_of(i, b, line, date);
        if (score <= best[which]) continue;
        best[which] = score;
        visible[which] = date.value;
      }
    }
    for (std::size_t w = 0; w < 2; ++w) {
      if (best[w] < kEnough) visible[w].clear();
    }
  }

  // <time> elements outside comments and lists of other articles, the first near the headline.
  [[nodiscard]] std::string time_element() const {
    const std::uint32_t headline = headline_node();
    std::string best;
    long best_distance = 0;
    for (std::size_t i = 0; i < doc_.size(); ++i) {
      if (doc_[i].tag != Tag::Time || in_other_article(page_.roles[i])) continue;
      std::string date = iso_date(doc_.attr(doc_[i], Attr::Datetime));
      if (date.empty()) date = read(doc_.text_of(i));
      if (date.size() < 10) continue;
      const long distance = std::labs(static_cast<long>(i) - static_cast<long>(headline));
      if (best.empty() || distance < best_distance) {
        best = std::move(date);
        best_distance = distance;
      }
    }
    return best;
  }

 private:
  static constexpr int kEnough = 4;

  [[nodiscard]] static bool in_other_article(RoleHint r) {
    return r.role == HtmlRole::Comment || r.role == HtmlRole::Related ||
           r.role == HtmlRole::Navigation || r.role == HtmlRole::Cookie ||
           r.role == HtmlRole::Advert;
  }
  [[nodiscard]] static bool excluded(const Block& b) {
    return (in_other_article(b.role) && b.role.weight >= 2) || b.link_share > 0.8F;
  }
  [[nodiscard]] std::uint32_t headline_node() const {
    return page_.headline < 0 ? 0 : page_.blocks[static_cast<std::size_t>(page_.headline)].node;
  }

  // A short line, close to the headline, in an element called a date, with a word that says so.
  [[nodiscard]] int score_of(std::size_t i, const Block& b, std::string_view line,
                             const FoundDate& date) const {
    int score = b.role.role == HtmlRole::Date || b.role.role == HtmlRole::Byline ? 3 : 0;
    score += date.role != DateRole::Plain ? 3 : 0;
    if (date.with_label.size() * 10 >= line.size() * 7)
      score += 3;
    else if (date.with_label.size() * 10 >= line.size() * 3)
      score += 1;
    if (page_.headline >= 0) {
      const long distance = static_cast<long>(i) - static_cast<long>(page_.headline);
      if (distance >= -4 && distance <= 6)
        score += 3;
      else if (distance > 6 && distance <= 12)
        score += 1;
    }
    if (b.words > 15) score -= 3;
    if (b.role.role == HtmlRole::Footer) score -= 2;
    return score;
  }

  const Document& doc_;
  const Page& page_;
  const DateFinder& finder_;
  std::string_view language_;
};

std::string first_nonempty(std::initializer_list<std::string> values) {
  for (const std::string& v : values) {
    if (v.size() >= 10) return v;
  }
  return {};
}

}  // namespace

std::string iso_date(std::string_view text) {
  text = utf8::trim(text);
  // "20191212" and "20191212T1000" of older systems.
  std::string compact;
  if (text.size() >= 8 && text.substr(0, 8).find_first_not_of("0123456789") == std::string::npos &&
      (text.size() == 8 || text[8] == 'T' || text[8] == ' ')) {
    compact.assign(text.substr(0, 4)).append(1, '-').append(text.substr(4, 2));
    compact.append(1, '-').append(text.substr(6, 2));
    text = compact;
  }
  std::optional<PartialDate> date = parse_edtf(text);
  if (!date && text.size() > 10) date = parse_edtf(text.substr(0, 10));
  if (!date || date->year < kFirstYear || date->year >= kLastYear) return {};
  if (date->precision < DatePrecision::Month) return {};
  if (!date->time.empty()) date->time = clean_time(date->time);
  return date->to_edtf();
}

PageDates choose_dates(const Document& doc, const Page& page, const PageMeta& meta,
                       const Structured& data, const DateFinder& finder, std::string_view url,
                       std::string_view language) {
  const DateChooser chooser(doc, page, finder, language);
  PageDates out;
  const std::string from_url = finder.from_url(url);
  std::string machine =
      first_nonempty({chooser.read(data.published), chooser.first_of(meta.published),
                      chooser.first_of(meta.item_published)});
  out.modified = {first_nonempty({chooser.read(data.modified), chooser.first_of(meta.modified),
                                  chooser.first_of(meta.item_modified)}),
                  DateSource::Meta};
  std::string visible[2];
  if (machine.empty()) {
    std::string time = chooser.time_element();
    chooser.scan_visible(visible);
    machine = std::move(time);
  }
  if (!machine.empty()) {
    out.published = {machine, DateSource::Meta};
  } else if (from_url.size() >= 10) {
    out.published = {from_url, DateSource::Url};
  } else if (!visible[0].empty()) {
    out.published = {visible[0], DateSource::Visible};
  } else if (!visible[1].empty()) {
    out.published = {visible[1], DateSource::Visible};
  } else if (!out.modified.value.empty()) {
    out.published = out.modified;
  } else if (!from_url.empty()) {
    out.published = {from_url, DateSource::Url};
  }
  if (out.modified.value.empty() && !visible[1].empty()) {
    out.modified = {visible[1], DateSource::Visible};
  }
  if (out.modified.value.empty()) out.modified = {};
  return out;
}

}  // namespace twosource::clean
