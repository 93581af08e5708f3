#include "intake/item.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "text/utf8.hpp"

namespace twosource::intake {
namespace {

// Names of months in mail headers are English by definition (RFC 5322, section 3.3).
constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};

std::vector<std::string_view> fields_of(std::string_view text) {
  std::vector<std::string_view> out;
  constexpr std::string_view kBlanks = " \t\r\n,";
  for (std::size_t at = text.find_first_not_of(kBlanks); at != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(kBlanks, at), text.size());
    out.push_back(text.substr(at, end - at));
    at = text.find_first_not_of(kBlanks, end);
  }
  return out;
}

int number(std::string_view digits) {
  int n = -1;
  const auto got = std::from_chars(digits.data(), digits.data() + digits.size(), n);
  return got.ec == std::errc{} && got.ptr == digits.data() + digits.size() ? n : -1;
}

// "GMT", "+0200", "EST" (the zones of RFC 5322, section 4.3) as "Z", "+02:00"; empty if unknown.
std::string zone_of(std::string_view zone) {
  struct Named {
    std::string_view name;
    std::string_view offset;
  };
  constexpr std::array<Named, 11> kNamed = {{{"GMT", "Z"},
                                             {"UT", "Z"},
                                             {"UTC", "Z"},
                                             {"Z", "Z"},
                                             {"EST", "-05:00"},
                                             {"EDT", "-04:00"},
                                             {"CST", "-06:00"},
                                             {"CDT", "-05:00"},
                                             {"MST", "-07:00"},
                                             {"PST", "-08:00"},
                                             {"PDT", "-07:00"}}};
  for (const Named& n : kNamed) {
    if (n.name == zone) return std::string(n.offset);
  }
  const bool offset = zone.size() == 5 && (zone[0] == '+' || zone[0] == '-');
  const int hours = offset ? number(zone.substr(1, 2)) : -1;
  const int minutes = offset ? number(zone.substr(3, 2)) : -1;
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return {};
  return fmt::format("{}{:02}:{:02}", zone[0], hours, minutes);
}

std::string clock_of(std::string_view clock) {
  if (clock.size() != 5 && clock.size() != 8) return {};
  const int h = number(clock.substr(0, 2));
  const int m = number(clock.substr(3, 2));
  const int s = clock.size() == 8 ? number(clock.substr(6, 2)) : 0;
  const bool valid = clock[2] == ':' && h >= 0 && h < 24 && m >= 0 && m < 60 && s >= 0 && s < 60;
  return valid ? fmt::format("T{:02}:{:02}:{:02}", h, m, s) : std::string();
}

bool all_digits(std::string_view s) {
  return !s.empty() && s.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::string edtf_date(std::string_view written) {
  written = utf8::trim(written);
  if (written.size() >= 10 && all_digits(written.substr(0, 4)) && written[4] == '-') {
    std::string date(written.substr(0, 10));
    // "2021-03-04T05:06:07.000Z", "2021-03-04 05:06:07": the time only with its zone.
    const std::string clock =
        written.size() >= 19 ? clock_of(written.substr(11, 8)) : std::string();
    std::size_t end =
        written.find_first_not_of(".0123456789", std::min<std::size_t>(19, written.size()));
    if (clock.empty() || end == std::string_view::npos) return date;
    std::string zone(written.substr(end));
    if (zone.size() == 6 && zone[3] == ':') zone.erase(3, 1);
    zone = zone_of(zone);
    return zone.empty() ? date : date + clock + zone;
  }
  std::vector<std::string_view> f = fields_of(written.substr(0, 80));
  if (!f.empty() && !all_digits(f[0])) f.erase(f.begin());  // the weekday
  if (f.size() < 3) return {};
  const int day = number(f[0]);
  const std::string month = utf8::lower(f[1].substr(0, 3));
  int year = number(f[2]);
  if (year >= 0 && year < 100) year += year < 50 ? 2000 : 1900;
  std::size_t m = 0;
  while (m < kMonths.size() && kMonths[m] != month) ++m;
  if (day < 1 || day > 31 || m == kMonths.size() || year < 1000 || year > 9999) return {};
  std::string date = fmt::format("{:04}-{:02}-{:02}", year, m + 1, day);
  if (f.size() < 5) return date;
  const std::string clock = clock_of(f[3]);
  const std::string zone = zone_of(f[4]);
  return clock.empty() || zone.empty() ? date : date + clock + zone;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else {
      out += c;
    }
  }
  return out;
}

RawDocument document_of(Item&& item) {
  RawDocument d;
  d.url = std::move(item.url);
  d.publisher = std::move(item.publisher);
  d.published = edtf_date(item.published);
  d.language = utf8::lower(item.language.substr(0, item.language.find_first_of("-_")));
  d.authors = std::move(item.authors);
  const std::string& text = item.content.empty() ? item.teaser : item.content;
  d.headline = utf8::squeeze(item.headline);
  if (utf8::trim(text).empty()) return d;
  if (!item.html) {
    d.content = Content::Text;
    d.body = d.headline.empty() ? text : d.headline + "\n\n" + text;
    return d;
  }
  d.content = Content::Html;
  const std::string title = escaped(d.headline);
  d.body = "<html><head><title>" + title + "</title></head><body><article><h1>" + title +
           "</h1><div>" + text + "</div></article></body></html>";
  return d;
}

}  // namespace twosource::intake
