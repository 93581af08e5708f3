#include <algorithm>
#include <cstdlib>

#include "article/edtf.hpp"
#include "clean/html_meta.hpp"
#include "clean/html_visible_date.hpp"
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
  // to the headline. Those inside lists of other articles count only beside the headline; elsewhere
  // they are `far`, and so is the day of the last change.
  struct TimeElement {
    std::string date;
    bool far = false;
  };
  [[nodiscard]] TimeElement time_element() const {
    const long headline = static_cast<long>(headline_node());
    std::string best;
    long best_distance = 4 * kFar;
    for (std::size_t i = 0; i < doc_.size(); ++i) {
      const bool time = doc_[i].tag == Tag::Time;
      if (!time && (page_.hints[i].role != HtmlRole::Date || doc_[i].attributes < 2)) continue;
      long distance = std::labs(static_cast<long>(i) - headline);
      if (in_other_article(page_.roles[i])) distance += distance > kBeside ? kFar : kFar / 2;
      if (says_modified(doc_[i])) distance += kFar;
      if (distance >= best_distance) continue;
      std::string date = date_of_element(i);
      if (date.size() < 10) continue;
      best = std::move(date);
      best_distance = distance;
    }
    return {std::move(best), best_distance >= kFar / 2};
  }

 private:
  static constexpr long kFar = 1L << 30;  // nodes
  static constexpr long kBeside = 80;     // nodes between headline and its date line

  [[nodiscard]] std::string date_of_element(std::size_t i) const {
    for (const Attr key : {Attr::Datetime, Attr::Content, Attr::Title}) {
      std::string date = iso_date(doc_.attr(doc_[i], key));
      if (!date.empty()) return date;
    }
    return doc_[i].tag == Tag::Time ? read(doc_.text_of(i)) : std::string{};
  }

  // hAtom's and schema.org's words for the day of the last change.
  [[nodiscard]] bool says_modified(const dom::Node& node) const {
    if (doc_.attr(node, Attr::Itemprop) == "dateModified") return true;
    const std::string_view words = doc_.attr(node, Attr::Class);
    return words.find("updated") != std::string_view::npos &&
           words.find("published") == std::string_view::npos;
  }

  [[nodiscard]] std::uint32_t headline_node() const {
    return page_.headline < 0 ? 0 : page_.blocks[static_cast<std::size_t>(page_.headline)].node;
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

// The minute of the day in UTC of "…T22:04:00Z" or "…T00:04:00+02:00", which lies outside 0…1439
// when UTC is on another day; -1 without a time or an offset.
int utc_minute(const std::string& date) {
  if (date.size() < 17 || date[10] != 'T') return -1;
  const auto pair = [&date](std::size_t at) {
    return (date[at] - '0') * 10 + (date[at + 1] - '0');
  };
  const int minute = pair(11) * 60 + pair(14);
  if (date.back() == 'Z') return minute;
  if (date.size() < 22) return -1;
  const int offset = pair(date.size() - 5) * 60 + pair(date.size() - 2);
  return date[date.size() - 6] == '-' ? minute + offset : minute - offset;
}

// Can the printed day `off` days from a machine-readable time be the same moment in the outlet's
// own time zone? Zones lie at most 12 hours behind and 14 before UTC.
bool same_moment(const std::string& machine, int off) {
  const int minute = utc_minute(machine);
  if (minute == -1 || (off != 1 && off != -1)) return false;
  return off == -1 ? minute < 12 * 60 : minute >= 10 * 60;
}

// 2017-02-11 and 2017-11-02: a numeric date that was read in the wrong order.
bool swapped(const std::string& a, const std::string& b) {
  return a.size() >= 10 && b.size() >= 10 && a.compare(0, 4, b, 0, 4) == 0 &&
         a.compare(5, 2, b, 8, 2) == 0 && a.compare(8, 2, b, 5, 2) == 0;
}

// What the page says to machines, and how far it is to be trusted.
struct MachineDate {
  std::string value;
  bool weak = false;  // of a meta element that names any date, or of a <time> element
  bool far = false;   // of a <time> element away from the headline
};

}  // namespace

std::string iso_date(std::string_view text) {
  text = utf8::trim(text);
  // "20191212", "20191212T1000" and "20191212T10:00:00Z" of older systems.
  std::string compact;
  if (text.size() >= 8 && text.substr(0, 8).find_first_not_of("0123456789") == std::string::npos &&
      (text.size() == 8 || text[8] == 'T' || text[8] == ' ')) {
    compact.assign(text.substr(0, 4)).append(1, '-').append(text.substr(4, 2));
    compact.append(1, '-').append(text.substr(6, 2));
    if (text.size() >= 17 && text[11] == ':') compact.append(text.substr(8));
    text = compact;
  }
  std::optional<PartialDate> date = parse_edtf(text);
  if (!date && text.size() > 10) date = parse_edtf(text.substr(0, 10));
  if (!date || date->year < kFirstYear || date->year >= kLastYear) return {};
  if (date->precision < DatePrecision::Month) return {};
  if (!date->time.empty()) date->time = clean_time(date->time);
  return date->to_edtf();
}

namespace {

MachineDate machine_date(const DateChooser& chooser, const PageMeta& meta, const Structured& data,
                         const DateChooser::TimeElement& time) {
  std::string strong =
      first_full({chooser.read(data.published), chooser.first_of(meta.published),
                  chooser.first_of(meta.item_published), chooser.read(data.page_published)});
  if (!strong.empty()) return {std::move(strong), false, false};
  std::string any = chooser.first_of(meta.dates);
  if (any.size() >= 10) return {std::move(any), true, false};
  return {time.date, true, time.far};
}

// Is the day that the page prints rather the day of publication than the machine-readable one? What
// is printed is what its readers and the page's own writers see; content systems write the day of
// an import, of the first draft or of another time zone. On the development half of htmldate-eval
// the two differ on 26 pages: with these rules all 15 that the printed day has right and 9 of the
// 10 that the machine-readable one has right come out right.
bool printed_day_counts(const MachineDate& machine, const VisibleDates& visible,
                        const std::string& time) {
  const int off = days_between(machine.value, visible.published);
  if (off == 0 || visible.published.empty() || swapped(machine.value, visible.published)) {
    return false;
  }
  if (visible.known_score >= kDateLikely) return false;
  // A far one may be a comment's: those come after the article.
  if (machine.far && visible.score >= (off < 0 ? kDateHint : kDateEnough)) return true;
  if (same_moment(machine.value, off)) return visible.score >= kDateLikely;
  if (off == 1 || off == -1) {  // a day without a time may be of another zone
    const bool bare = machine.value.size() == 10 && visible.score > kDateSure;
    return bare || (machine.weak && visible.score >= kDateShown);
  }
  if (visible.score >= kDateSure) return true;
  const bool seconded = machine.weak || days_between(time, visible.published) == 0;
  return visible.score >= kDateShown && seconded;
}

// Of a page without a machine-readable date.
PublicationDate found_date(std::string_view html, const VisibleDates& visible,
                           const std::string& modified, const std::string& url,
                           const std::string& image) {
  if (url.size() >= 10) return {url, DateSource::Url};
  const bool in_month = !url.empty() && visible.published.compare(0, url.size(), url) == 0;
  constexpr int kClearly = 2;  // points by which a day of change must be the better find
  const bool changed = visible.modified_score > visible.score + kClearly;
  if ((visible.score >= kDateEnough && !changed) || in_month)
    return {visible.published, DateSource::Visible};
  if (std::string script = script_date(html); !script.empty()) {
    return {std::move(script), DateSource::Meta};
  }
  if (visible.modified_score >= kDateEnough && changed)
    return {visible.modified, DateSource::Visible};
  if (!modified.empty()) return {modified, DateSource::Meta};
  if (visible.score >= kDateHint) return {visible.published, DateSource::Visible};
  if (visible.modified_score >= kDateHint) return {visible.modified, DateSource::Visible};
  if (!visible.only.empty()) return {visible.only, DateSource::Visible};
  // Content systems put the page's own picture into a folder of its day.
  if (image.size() >= 10) return {image, DateSource::Url};
  return url.empty() ? PublicationDate{} : PublicationDate{url, DateSource::Url};
}

}  // namespace

PageDates choose_dates(std::string_view html, const Document& doc, const Page& page,
                       const PageMeta& meta, const Structured& data, const DateFinder& finder,
                       std::string_view url, std::string_view language, bool live) {
  const DateChooser chooser(doc, page, finder, language);
  PageDates out;
  const DateChooser::TimeElement time = chooser.time_element();
  MachineDate machine = machine_date(chooser, meta, data, time);
  std::string from_url = finder.from_url(url);
  if (from_url.size() < 10) from_url = std::max(from_url, finder.from_url(meta.canonical));
  if (from_url.size() < 10) from_url = std::max(from_url, chooser.headline_link());
  const bool day_in_url = from_url.size() >= 10;
  const VisibleDates visible =
      visible_dates(doc, page, finder, language, std::string_view(machine.value).substr(0, 10),
                    machine.value.empty() && !day_in_url ? std::string_view(from_url) : "");
  const std::string modified =
      first_full({chooser.read(data.modified), chooser.first_of(meta.modified),
                  chooser.first_of(meta.item_modified)});
  const bool written_on = live && !machine.weak;
  if (machine.value.empty()) {
    out.published = found_date(html, visible, modified, from_url, finder.from_url(meta.image));
  } else if (!written_on && printed_day_counts(machine, visible, time.date)) {
    out.published = {visible.published, DateSource::Visible};
  } else if (visible.known_score < kDateLikely &&
             same_moment(machine.value, days_between(machine.value, from_url))) {
    out.published = {from_url, DateSource::Url};
  } else {
    out.published = {std::move(machine.value), DateSource::Meta};
  }
  if (!modified.empty()) {
    out.modified = {modified, DateSource::Meta};
  } else if (!visible.modified.empty()) {
    out.modified = {visible.modified, DateSource::Visible};
  }
  return out;
}

}  // namespace twosource::clean
