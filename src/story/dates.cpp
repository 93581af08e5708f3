#include "story/dates.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

namespace twosource::story {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::weekday;

constexpr days kReportLag{14};  // a report names the day of its event at most two weeks later
constexpr double kTopSentences = 6;
constexpr std::size_t kOutlook = 4;  // sentences that can announce what an article is about

std::optional<PartialDate> publication(const Article& a) {
  auto date = parse_edtf(a.published.value);
  if (!date || date->precision == DatePrecision::None) return std::nullopt;
  return date;
}

// The day a weekday names in a text published on `anchor`.
sys_days weekday_near(sys_days anchor, unsigned iso, int direction) {
  const unsigned today = weekday(anchor).iso_encoding();
  if (direction > 0) return anchor + days((iso + 7 - today) % 7);
  return anchor - days((today + 7 - iso) % 7);
}

bool fits(sys_days day, int direction, const std::optional<PartialDate>& own) {
  if (!own) return true;
  if (direction > 0) return day >= first_day(*own) && day <= last_day(*own) + days(7);
  return day <= last_day(*own) && day >= first_day(*own) - days(7);
}

// What an expression without a whole date still names: a weekday, or month and day of some year.
struct VagueDay {
  unsigned weekday = 0;  // 1 Monday … 7, 0 none
  unsigned month = 0;    // 0: not known
  unsigned day = 0;
  explicit operator bool() const { return weekday > 0 || month > 0; }
  [[nodiscard]] bool may_be(sys_days d) const {
    const std::chrono::year_month_day ymd(d);
    const bool in_year =
        month == 0 || (unsigned{ymd.month()} == month && unsigned{ymd.day()} == day);
    return in_year && (weekday == 0 || std::chrono::weekday(d).iso_encoding() == weekday);
  }
};

VagueDay vague_day(const Timex& t) {
  VagueDay out;
  if (const auto date = calendar_date(t); date && date->day_value()) return out;
  if (t.type != TimexType::Date && t.type != TimexType::Time) return out;
  if (t.weekday <= 7) out.weekday = t.weekday;
  if (t.value.starts_with("XXXX-")) {  // "XXXX-07-08": put a leap year before it and read that
    const auto date = parse_edtf("2000" + t.value.substr(4, 6));
    if (date && date->day_value()) out.month = date->month, out.day = date->day;
  }
  return out;
}

// The last such day up to `anchor`, the first from it on for the future; at most two weeks away.
std::optional<sys_days> day_near(sys_days anchor, const VagueDay& vague, int direction) {
  if (vague.month == 0) return weekday_near(anchor, vague.weekday, direction);
  const days step(direction > 0 ? 1 : -1);
  for (sys_days d = anchor; d <= anchor + kReportLag && d >= anchor - kReportLag; d += step) {
    if (vague.may_be(d)) return d;
  }
  return std::nullopt;
}

// Whole days that the articles of an event name, near their own publication, and who names them.
using NamedDays = std::map<sys_days, std::set<std::uint32_t>>;

NamedDays named_days(std::span<const Article> articles, std::span<const std::uint32_t> event) {
  NamedDays out;
  for (const std::uint32_t i : event) {
    const auto own = publication(articles[i]);
    for (const Timex& t : articles[i].times) {
      const auto date = calendar_date(t);
      const auto day = date ? date->day_value() : std::nullopt;
      if (!day) continue;
      if (own && (*day > last_day(*own) + kReportLag || *day < first_day(*own) - kReportLag))
        continue;
      out[*day].insert(i);
    }
  }
  return out;
}

// By the publication of another article of the event; empty reason when that leaves it open.
std::pair<sys_days, std::string> by_publication(const Timex& timex, const VagueDay& vague,
                                                const std::map<sys_days, std::string>& anchors) {
  std::set<sys_days> found;
  for (const auto& [anchor, id] : anchors) {
    if (const auto day = day_near(anchor, vague, timex.direction)) found.insert(*day);
  }
  if (found.size() != 1) return {};
  return {*found.begin(), (vague.month > 0 ? "day of the year" : "weekday") +
                              std::string(" of the same event as in ") + anchors.begin()->second +
                              ", published " + format_day(anchors.begin()->first)};
}

// By the one day that another article of the event names.
std::pair<sys_days, std::string> by_name(const VagueDay& vague, int direction,
                                         const std::optional<PartialDate>& own, std::uint32_t self,
                                         std::span<const Article> articles,
                                         const NamedDays& named) {
  std::pair<sys_days, std::string> out;
  for (const auto& [day, by] : named) {
    const auto other = std::find_if(by.begin(), by.end(), [&](auto i) { return i != self; });
    if (other == by.end() || !vague.may_be(day) || !fits(day, direction, own)) continue;
    if (!out.second.empty()) return {};  // two such days
    out = {day, "day of the same event that " + articles[*other].id + " names"};
  }
  return out;
}

void resolve_in(std::span<const Article> articles, std::uint32_t index,
                const std::map<sys_days, std::string>& anchors, const NamedDays& named,
                std::vector<ResolvedTime>& out) {
  const Article& article = articles[index];
  const auto own = publication(article);
  for (std::uint32_t t = 0; t < article.times.size(); ++t) {
    const Timex& timex = article.times[t];
    const VagueDay vague = vague_day(timex);
    if (!vague) continue;
    auto found = by_publication(timex, vague, anchors);
    if (!found.second.empty() && !fits(found.first, timex.direction, own)) continue;
    if (found.second.empty()) found = by_name(vague, timex.direction, own, index, articles, named);
    if (found.second.empty()) continue;
    out.push_back({index, t, format_day(found.first), std::move(found.second)});
  }
}

// Points for the days that the articles name.
class Ballot {
 public:
  void vote(sys_days day, double points, std::uint32_t article, Span sentence) {
    Entry& entry = entries_[day];
    double& best = entry.by_article[article];
    best = std::max(best, points);
    entry.evidence.push_back({article, sentence});
  }
  struct Entry {
    std::map<std::uint32_t, double> by_article;  // best mention only: length is no argument
    std::vector<Evidence> evidence;
    double points() const {
      double sum = 0;
      for (const auto& [article, p] : by_article) sum += p;
      return sum;
    }
  };
  // The day with most points; nullopt when two have as many.
  std::optional<std::pair<sys_days, Entry>> winner() const {
    const std::pair<const sys_days, Entry>* best = nullptr;
    bool tie = false;
    for (const auto& item : entries_) {
      const double p = item.second.points();
      tie = best != nullptr && p == best->second.points() ? true : tie;
      if (best == nullptr || p > best->second.points()) best = &item, tie = false;
    }
    if (best == nullptr || tie) return std::nullopt;
    return std::pair(best->first, best->second);
  }

 private:
  std::map<sys_days, Entry> entries_;
};

void vote(const Article& article, std::uint32_t index, std::span<const ResolvedTime> resolved,
          std::string_view type, const TriggerTable& triggers, Ballot& ballot) {
  const auto own = publication(article);
  std::map<std::uint32_t, sys_days> resolved_here;
  for (const ResolvedTime& r : resolved) {
    if (r.article != index) continue;
    if (const auto date = parse_edtf(r.value)) resolved_here.emplace(r.timex, first_day(*date));
  }
  for (std::uint32_t t = 0; t < article.times.size(); ++t) {
    const Timex& timex = article.times[t];
    std::optional<sys_days> day;
    if (const auto date = calendar_date(timex)) day = date->day_value();
    if (const auto it = resolved_here.find(t); it != resolved_here.end()) day = it->second;
    if (!day) continue;
    if (own && (*day > last_day(*own) + days(1) || *day < first_day(*own) - kReportLag)) continue;
    const std::size_t s = article.tokens.sentence_at(timex.span.begin);
    if (s >= article.tokens.sentences.size()) continue;
    // A day to come, told further down, is an outlook and not when this happened.
    if (own && *day > last_day(*own) && s >= kOutlook) continue;
    const Sentence& sentence = article.tokens.sentences[s];
    double points = 1 + kTopSentences / (kTopSentences + static_cast<double>(s));
    if (triggers.in_sentence(article, sentence, type)) points += 1;
    ballot.vote(*day, points, index, sentence.span);
  }
}

// The common part of the publication dates at month precision: never a day that nobody names.
EventDate from_publication(std::span<const Article> articles,
                           std::span<const std::uint32_t> event) {
  std::set<std::string> months;
  std::set<std::string> years;
  for (const std::uint32_t i : event) {
    const auto date = publication(articles[i]);
    if (!date) continue;
    years.insert(articles[i].published.value.substr(0, 4));
    months.insert(date->precision == DatePrecision::Year
                      ? std::string()
                      : articles[i].published.value.substr(0, 7));
  }
  if (months.size() == 1 && !months.begin()->empty()) {
    return {*months.begin(), "no day is named; month of publication", {}};
  }
  if (years.size() == 1) return {*years.begin(), "no day is named; year of publication", {}};
  return {"", years.empty() ? "no publication date is known" : "publication dates differ", {}};
}

}  // namespace

std::optional<PartialDate> calendar_date(const Timex& timex) {
  if (timex.type != TimexType::Date && timex.type != TimexType::Time) return std::nullopt;
  std::string value = timex.value.substr(0, timex.value.find('T'));
  auto date = parse_edtf(value);
  if (!date || date->precision == DatePrecision::None) return std::nullopt;
  return date;
}

std::vector<ResolvedTime> resolve_weekdays(std::span<const Article> articles,
                                           std::span<const std::uint32_t> event) {
  std::map<sys_days, std::string> anchors;  // day -> id of an article published then
  for (const std::uint32_t i : event) {
    const auto date = publication(articles[i]);
    if (date && date->day_value()) anchors.emplace(*date->day_value(), articles[i].id);
  }
  const NamedDays named = named_days(articles, event);
  std::vector<ResolvedTime> out;
  if (anchors.empty() && named.empty()) return out;
  for (const std::uint32_t i : event) {
    const auto own = publication(articles[i]);
    if (own && own->day_value()) continue;  // its own weekdays are resolved by its own date
    resolve_in(articles, i, anchors, named, out);
  }
  return out;
}

EventDate date_event(std::span<const Article> articles, std::span<const std::uint32_t> event,
                     std::span<const ResolvedTime> resolved, std::string_view type,
                     std::span<const TriggerTable* const> triggers) {
  Ballot ballot;
  for (const std::uint32_t i : event) {
    vote(articles[i], i, resolved, type, *triggers[i], ballot);
  }
  const auto winner = ballot.winner();
  if (!winner) return from_publication(articles, event);
  EventDate out{format_day(winner->first), "", winner->second.evidence};
  out.why = "named by " + std::to_string(winner->second.by_article.size()) + " of " +
            std::to_string(event.size()) + " articles";
  for (const ResolvedTime& r : resolved) {
    if (r.value == out.when) {
      out.why += "; in " + articles[r.article].id + " by its " + r.why;
      break;
    }
  }
  return out;
}

}  // namespace twosource::story
