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

  // Dates on the page itself: the published one, the one of the last change.
  struct Visible {
    std::string published;
    std::string modified;
    int score = 0;  // of `published`
  };
  [[nodiscard]] Visible scan_visible() const {
    Visible out;
    int best_modified = kEnough - 1;
    out.score = kEnough - 1;
    for (std::size_t i = 0; i < page_.blocks.size(); ++i) {
      const Block& b = page_.blocks[i];
      if (b.words > 40) continue;
      const std::string_view line = slice(page_.text, b.span);
      if (line.find_first_of("0123456789") == std::string_view::npos) continue;
      for (const FoundDate& date : finder_.find(line, language_)) {
        if (date.value.size() < 10) continue;
        const bool modified = date.role == DateRole::Modified;
        int& best = modified ? best_modified : out.score;
        const int score = score_of(i, b, line, date);
        if (score <= best) continue;
        best = score;
        (modified ? out.modified : out.published) = date.value;
      }
    }
    return out;
  }

  // The date in the address that the headline links to.
  [[nodiscard]] std::string headline_link() const {
    const std::uint32_t headline = headline_node();
    if (headline == 0) return {};
    for (std::size_t i = headline; i < doc_[headline].end; ++i) {
      if (doc_[i].tag != Tag::A) continue;
      std::string date = finder_.from_url(doc_.attr(doc_[i], Attr::Href));
      if (date.size() >= 10) return date;
    }
    return {};
  }

  // Of a <time> element, or one called a date that has an ISO date in its attributes: the nearest
  // to the headline. Those inside lists of other articles count only beside the headline.
  [[nodiscard]] std::string time_element() const {
    const long headline = static_cast<long>(headline_node());
    std::string best;
    long best_distance = kFar;
    for (std::size_t i = 0; i < doc_.size(); ++i) {
      const bool time = doc_[i].tag == Tag::Time;
      if (!time && (page_.hints[i].role != HtmlRole::Date || doc_[i].attributes < 2)) continue;
      long distance = std::labs(static_cast<long>(i) - headline);
      if (in_other_article(page_.roles[i])) distance += distance > kBeside ? kFar : kFar / 2;
      if (distance >= best_distance) continue;
      std::string date = date_of_element(i);
      if (date.size() < 10) continue;
      best = std::move(date);
      best_distance = distance;
    }
    return best;
  }

 private:
  static constexpr int kEnough = 3;       // points a visible date needs
  static constexpr long kFar = 1L << 30;  // nodes
  static constexpr long kBeside = 80;     // nodes between headline and its date line

  [[nodiscard]] std::string date_of_element(std::size_t i) const {
    for (const Attr key : {Attr::Datetime, Attr::Content, Attr::Title}) {
      std::string date = iso_date(doc_.attr(doc_[i], key));
      if (!date.empty()) return date;
    }
    return doc_[i].tag == Tag::Time ? read(doc_.text_of(i)) : std::string{};
  }

  [[nodiscard]] static bool in_other_article(RoleHint r) {
    return r.role == HtmlRole::Comment || r.role == HtmlRole::Related ||
           r.role == HtmlRole::Navigation || r.role == HtmlRole::Cookie ||
           r.role == HtmlRole::Advert;
  }
  [[nodiscard]] std::uint32_t headline_node() const {
    return page_.headline < 0 ? 0 : page_.blocks[static_cast<std::size_t>(page_.headline)].node;
  }

  // A short line, close to the headline, in an element called a date, with a word that says so.
  [[nodiscard]] int score_of(std::size_t i, const Block& b, std::string_view line,
                             const FoundDate& date) const {
    int score = b.role.role == HtmlRole::Date || b.role.role == HtmlRole::Byline ? 3 : 0;
    if (date.role != DateRole::Plain) score += 3;
    if (date.with_label.size() * 10 >= line.size() * 7) {
      score += 3;
    } else if (date.with_label.size() * 10 >= line.size() * 3 || date.with_label.begin == 0) {
      score += 1;
    }
    const long distance = static_cast<long>(i) - static_cast<long>(page_.headline);
    const bool near = page_.headline >= 0 && distance >= -4 && distance <= 6;
    if (near) {
      score += 3;
    } else if (page_.headline >= 0 && distance > 6 && distance <= 12) {
      score += 1;
    }
    if (in_other_article(b.role) && b.role.weight >= 2) score -= near ? 2 : 6;
    if (b.link_share > 0.8F) score -= near ? 1 : 6;
    if (b.words > 15) score -= 3;
    if (b.role.role == HtmlRole::Footer) score -= 2;
    return score;
  }

  const Document& doc_;
  const Page& page_;
  const DateFinder& finder_;
  std::string_view language_;
};

std::string first_full(std::initializer_list<std::string> values) {
  for (const std::string& v : values) {
    if (v.size() >= 10) return v;
  }
  return {};
}

// Keys under which scripts of content systems keep the date of publication, lower case, best first.
constexpr std::string_view kScriptKeys[] = {
    "datepublished",     "publisheddate", "publishedat",     "published_at",     "publishdate",
    "publish_date",      "pubdate",       "publicationdate", "publication_date", "datepublication",
    "first-publication", "published",     "createdat",       "created_at"};

// The ISO date of a script's publication key: `"publishedAt": "2019-…`. Searched in the raw page,
// because scripts are no part of the tree. Linear.
std::string script_date(std::string_view html) {
  std::string best;
  std::size_t best_rank = std::size(kScriptKeys);
  for (std::size_t at = html.find(':'); at != std::string_view::npos; at = html.find(':', at + 1)) {
    std::size_t value = at + 1;
    while (value < html.size() && (html[value] == ' ' || html[value] == '\\')) ++value;
    if (value >= html.size() || (html[value] != '"' && html[value] != '\'')) continue;
    const std::string_view rest = html.substr(value + 1, 25);
    if (rest.size() < 10 || (rest[0] != '1' && rest[0] != '2')) continue;
    std::size_t key_end = at;
    while (key_end > 0 &&
           std::string_view("\\\"' ").find(html[key_end - 1]) != std::string_view::npos) {
      --key_end;
    }
    const std::string before = utf8::lower(
        html.substr(key_end < 20 ? 0 : key_end - 20, std::min<std::size_t>(key_end, 20)));
    for (std::size_t rank = 0; rank < best_rank; ++rank) {
      if (before.size() < kScriptKeys[rank].size() ||
          before.compare(before.size() - kScriptKeys[rank].size(), std::string::npos,
                         kScriptKeys[rank]) != 0) {
        continue;
      }
      std::string date = iso_date(rest.substr(0, 10));
      if (date.size() >= 10) {
        best = std::move(date);
        best_rank = rank;
      }
      break;
    }
  }
  return best;
}

// Days from a to b; a large number when one of them is no full date.
int days_between(const std::string& a, const std::string& b) {
  const auto x = parse_edtf(std::string_view(a).substr(0, 10));
  const auto y = parse_edtf(std::string_view(b).substr(0, 10));
  if (!x || !y || !x->day_value() || !y->day_value()) return 100000;
  return static_cast<int>((*y->day_value() - *x->day_value()).count());
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

PageDates choose_dates(std::string_view html, const Document& doc, const Page& page,
                       const PageMeta& meta, const Structured& data, const DateFinder& finder,
                       std::string_view url, std::string_view language) {
  const DateChooser chooser(doc, page, finder, language);
  PageDates out;
  std::string machine =
      first_full({chooser.read(data.published), chooser.first_of(meta.published),
                  chooser.first_of(meta.item_published), chooser.read(data.page_published)});
  const bool from_head = !machine.empty();
  if (!from_head) machine = chooser.time_element();
  const DateChooser::Visible visible = chooser.scan_visible();
  std::string from_url = finder.from_url(url);
  if (from_url.size() < 10) from_url = std::max(from_url, finder.from_url(meta.canonical));
  if (from_url.size() < 10) from_url = std::max(from_url, chooser.headline_link());
  const std::string modified =
      first_full({chooser.read(data.modified), chooser.first_of(meta.modified),
                  chooser.first_of(meta.item_modified)});
  constexpr int kSure = 6;  // points of a date printed beside the headline and called one
  if (!machine.empty()) {
    const int off = days_between(machine, visible.published);
    const bool zone = machine.size() > 10 && (off == 1 || off == -1) && visible.score >= kSure;
    out.published = zone ? PublicationDate{visible.published, DateSource::Visible}
                         : PublicationDate{machine, DateSource::Meta};
  } else if (from_url.size() >= 10) {
    out.published = {from_url, DateSource::Url};
  } else if (!visible.published.empty()) {
    out.published = {visible.published, DateSource::Visible};
  } else if (std::string script = script_date(html); !script.empty()) {
    out.published = {std::move(script), DateSource::Meta};
  } else if (!visible.modified.empty()) {
    out.published = {visible.modified, DateSource::Visible};
  } else if (!modified.empty()) {
    out.published = {modified, DateSource::Meta};
  } else if (!from_url.empty()) {
    out.published = {from_url, DateSource::Url};
  }
  if (!modified.empty()) {
    out.modified = {modified, DateSource::Meta};
  } else if (!visible.modified.empty()) {
    out.modified = {visible.modified, DateSource::Visible};
  }
  return out;
}

}  // namespace twosource::clean
