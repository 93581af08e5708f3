#include "exports/corpus.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <unordered_set>
#include <utility>

#include "article/shown.hpp"
#include "exports/escape.hpp"

namespace twosource::exports {
namespace {

// Makes URNs of keys; a key that was there before gets its number.
class Namer {
 public:
  std::string name(const std::string& key) {
    std::string unique = key;
    for (int n = 2; !seen_.insert(unique).second; ++n) unique = fmt::format("{}\x1f{}", key, n);
    return uuid_urn(unique);
  }

 private:
  std::unordered_set<std::string> seen_;
};

int two_digits(std::string_view t, std::size_t at) {
  return at + 1 < t.size() ? (t[at] - '0') * 10 + (t[at + 1] - '0') : 0;
}

// Minutes east of UTC of "T20:15:00+02:00"; nullopt when no zone is written.
std::optional<int> zone_minutes(std::string_view time) {
  if (time.ends_with('Z')) return 0;
  const std::size_t sign = time.find_first_of("+-");
  if (sign == std::string_view::npos) return std::nullopt;
  const std::string_view zone = time.substr(sign + 1);
  int minutes = 60 * two_digits(zone, 0);
  if (zone.size() >= 4) minutes += two_digits(zone, zone.size() - 2);
  return time[sign] == '-' ? -minutes : minutes;
}

struct Moment {
  std::chrono::sys_seconds at;
  bool zoned = true;
};

std::optional<Moment> moment_of(const PartialDate& date) {
  const std::string& t = date.time;  // "T20", "T20:15", "T20:15:00…", checked by parse_edtf
  const int hour = two_digits(t, 1);
  const int minute = t.size() > 3 && t[3] == ':' ? two_digits(t, 4) : 0;
  const int second = t.size() > 6 && t[6] == ':' ? two_digits(t, 7) : 0;
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  const std::optional<int> zone = zone_minutes(t);
  std::chrono::sys_seconds at = first_day(date);
  at += std::chrono::hours(hour) + std::chrono::minutes(minute - zone.value_or(0)) +
        std::chrono::seconds(second);
  return Moment{at, zone.has_value()};
}

std::string format_moment(std::chrono::sys_seconds at, const char* pattern) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(at - day);
  return fmt::format(fmt::runtime(pattern), static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

std::chrono::sys_seconds start_of(const std::string& value) {
  const auto date = parse_edtf(value);
  if (!date || date->precision == DatePrecision::None) return {};
  if (date->precision == DatePrecision::Time) {
    if (const auto moment = moment_of(*date)) return moment->at;
  }
  return first_day(*date);
}

}  // namespace

Corpus::Corpus(const Dossier& dossier) : dossier_(dossier) {
  offsets_.reserve(dossier.articles.size());
  for (const Article& a : dossier.articles) offsets_.emplace_back(a.text);
  name_all();
  claims_of_.resize(dossier.stories.size());
  for (std::uint32_t i = 0; i < dossier.claims.size(); ++i) {
    if (const auto story = story_of(dossier.claims[i])) claims_of_[*story].push_back(i);
  }
}

void Corpus::name_all() {
  constexpr char kSeparator = '\x1f';
  Namer namer;
  for (const Article& a : dossier_.articles) {
    article_iris_.push_back(namer.name("article" + (kSeparator + a.id) + kSeparator + a.text));
  }
  const auto first_of = [&](const std::vector<std::uint32_t>& articles) {
    const auto first = std::min_element(articles.begin(), articles.end());
    return first == articles.end() ? std::string() : dossier_.articles[*first].id;
  };
  for (const Event& e : dossier_.events) {
    event_iris_.push_back(
        namer.name("event" + (kSeparator + first_of(e.articles)) + kSeparator + e.when));
  }
  for (const Story& s : dossier_.stories) {
    std::vector<std::uint32_t> articles;
    for (const std::uint32_t e : s.events) {
      const auto& of_event = dossier_.events[e].articles;
      articles.insert(articles.end(), of_event.begin(), of_event.end());
    }
    story_iris_.push_back(namer.name("story" + (kSeparator + first_of(articles))));
  }
  for (const Claim& c : dossier_.claims) {
    const auto first = std::min_element(
        c.statements.begin(), c.statements.end(),
        [](const Statement& x, const Statement& y) { return x.evidence < y.evidence; });
    std::string key = "claim";
    if (first != c.statements.end()) {
      key += kSeparator + dossier_.articles[first->evidence.article].id;
      key += kSeparator + std::string(words(first->evidence));
    }
    claim_iris_.push_back(namer.name(key));
  }
}

std::string_view Corpus::words(const Evidence& e) const {
  return dossier_.articles[e.article].at(e.span);
}

Span Corpus::place(const Evidence& e) const { return offsets_[e.article].code_points(e.span); }

std::string_view Corpus::before(const Evidence& e, std::uint32_t code_points) const {
  const utf8::OffsetIndex& index = offsets_[e.article];
  const std::uint32_t begin = index.code_points(e.span.begin);
  const std::uint32_t from = index.bytes(begin - std::min(begin, code_points));
  return dossier_.articles[e.article].at({from, e.span.begin});
}

std::string_view Corpus::behind(const Evidence& e, std::uint32_t code_points) const {
  const utf8::OffsetIndex& index = offsets_[e.article];
  const std::uint32_t end = index.code_points(e.span.end);
  return dossier_.articles[e.article].at({e.span.end, index.bytes(end + code_points)});
}

std::string Corpus::outlet(std::uint32_t article) const {
  return outlet_of(dossier_.articles[article]);
}

std::string Corpus::title(std::uint32_t article) const {
  return title_of(dossier_.articles[article]);
}

std::string Corpus::url(std::uint32_t article) const {
  return web_address(dossier_.articles[article].url);
}

std::string Corpus::citation(std::uint32_t article) const {
  std::string out = outlet(article);
  const std::string& published = dossier_.articles[article].published.value;
  if (!published.empty()) out += ", " + published.substr(0, published.find('T'));
  if (const std::string address = url(article); !address.empty()) out += ", " + address;
  return out;
}

std::optional<std::uint32_t> Corpus::story_of(const Event& event) const {
  if (event.story >= dossier_.stories.size()) return std::nullopt;
  return event.story;
}

std::optional<std::uint32_t> Corpus::story_of(const Claim& claim) const {
  if (claim.event < 0) return std::nullopt;
  return story_of(dossier_.events[static_cast<std::size_t>(claim.event)]);
}

std::string Corpus::entity_name(std::int32_t entity) const {
  return entity < 0 ? std::string() : dossier_.entities[static_cast<std::size_t>(entity)].name;
}

const Origin* Corpus::origin(std::int32_t origin) const {
  return origin < 0 ? nullptr : &dossier_.origins[static_cast<std::size_t>(origin)];
}

std::string last_change(const Dossier& dossier, const std::vector<std::uint32_t>& articles) {
  std::chrono::sys_seconds last{};
  for (const std::uint32_t a : articles) {
    const Article& article = dossier.articles[a];
    last = std::max({last, start_of(article.published.value), start_of(article.modified.value)});
  }
  return format_moment(last, "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z");
}

std::string basic_utc(const PartialDate& date) {
  const std::optional<Moment> moment = moment_of(date);
  if (!moment) return {};
  return format_moment(moment->at, "{:04}{:02}{:02}T{:02}{:02}{:02}") + (moment->zoned ? "Z" : "");
}

}  // namespace twosource::exports
