#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "exports/formats.hpp"
#include "text/join.hpp"

namespace twosource::exports {
namespace {

// "2024-05-11T18:15:00Z" → "20240511T181500Z".
std::string basic_form(std::string moment) {
  std::erase_if(moment, [](char c) { return c == '-' || c == ':'; });
  return moment;
}

std::string day_form(std::chrono::sys_days day) {
  std::string text = format_day(day);
  std::erase(text, '-');
  return text;
}

// Who, when as far as known, and every sentence with its source.
std::string description(const Corpus& corpus, const Event& event) {
  std::vector<std::string> who;
  for (const std::uint32_t e : event.who) who.push_back(corpus.dossier().entities[e].name);
  std::string text;
  if (!event.when.empty()) text += "EDTF: " + event.when + '\n';
  if (!who.empty()) text += joined(who, ", ") + '\n';
  for (const Evidence& e : event.evidence) {
    text += fmt::format("\n„{}“\n({})\n", corpus.words(e), corpus.citation(e.article));
  }
  return text;
}

class CalendarWriter {
 public:
  CalendarWriter(const Corpus& corpus, std::ostream& out) : corpus_(corpus), out_(out) {}

  void write() {
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//twosource//twosource export//EN");
    line("CALSCALE", "GREGORIAN");
    for (std::size_t i = 0; i < corpus_.dossier().events.size(); ++i) entry(i);
    line("END", "VCALENDAR");
  }

 private:
  void line(std::string_view name, std::string_view value) { out_ << ics_line(name, value); }

  void entry(std::size_t index) {
    const Event& event = corpus_.dossier().events[index];
    const auto date = parse_edtf(event.when);
    const bool dated = date && date->precision >= DatePrecision::Day;
    const char* component = dated ? "VEVENT" : "VJOURNAL";
    line("BEGIN", component);
    line("UID", corpus_.event_iri(index));
    line("DTSTAMP", basic_form(last_change(corpus_.dossier(), event.articles)));
    if (dated) start(*date);
    const bool named = dated || event.when.empty();
    line("SUMMARY",
         ics_text(named ? event.label : fmt::format("{} ({})", event.label, event.when)));
    if (dated && !event.where.empty()) line("LOCATION", ics_text(joined(event.where, ", ")));
    line("DESCRIPTION", ics_text(description(corpus_, event)));
    line("CATEGORIES", ics_text(event.type.empty() ? "EVENT" : event.type));
    if (dated) line("TRANSP", "TRANSPARENT");
    for (const std::uint32_t a : event.articles) {
      if (const std::string url = corpus_.url(a); !url.empty()) {
        line("URL", url);
        break;
      }
    }
    line("END", component);
  }

  // A whole day (RFC 5545, 3.6.1: a DATE without an end lasts one day) or a moment.
  void start(const PartialDate& date) {
    const std::string moment =
        date.precision == DatePrecision::Time ? basic_utc(date) : std::string();
    if (!moment.empty()) {
      line("DTSTART", moment);
    } else {
      line("DTSTART;VALUE=DATE", day_form(first_day(date)));
    }
  }

  const Corpus& corpus_;
  std::ostream& out_;
};

}  // namespace

void write_ics(const Corpus& corpus, std::ostream& out) { CalendarWriter(corpus, out).write(); }

}  // namespace twosource::exports
