#include "clean/date_parts.hpp"
#include "clean/dates.hpp"
#include "clean/flat_lex.hpp"

namespace twosource::clean {

std::string DateFinder::from_url(std::string_view url) const {
  const std::size_t scheme = url.find("://");
  const std::size_t path = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
  if (path == std::string_view::npos) return {};
  std::string best;
  for (std::size_t at = path; at < url.size();) {
    if (url[at] < '0' || url[at] > '9') {
      ++at;
      continue;
    }
    const Lex n = lex_number(url, at);
    const std::string_view digits = slice(url, n.span);
    at = n.span.end;
    const int y = digits.size() == 8 ? n.value / 10000 : n.value;
    if (y < date_parts::kFirstUrlYear || y > date_parts::kLastYear) continue;
    if (digits.size() == 8 && date_parts::valid_day(y, n.value / 100 % 100, n.value % 100)) {
      return date_parts::edtf(y, n.value / 100 % 100, n.value % 100);
    }
    if (digits.size() != 4 || at >= url.size()) continue;
    const char sep = url[at];
    if ((sep != '/' && sep != '-' && sep != '_') || !date_parts::all_digits(url.substr(at + 1, 2)))
      continue;
    const int m = date_parts::to_int(url.substr(at + 1, 2));
    const std::size_t next = at + 3;
    if (m < 1 || m > 12) continue;
    if (next < url.size() && url[next] == sep && date_parts::all_digits(url.substr(next + 1, 2)) &&
        (next + 3 >= url.size() || !date_parts::all_digits(url.substr(next + 3, 1))) &&
        date_parts::valid_day(y, m, date_parts::to_int(url.substr(next + 1, 2)))) {
      return date_parts::edtf(y, m, date_parts::to_int(url.substr(next + 1, 2)));
    }
    const bool closed = next >= url.size() || url[next] == '/';
    if (best.empty() && sep == '/' && closed) best = date_parts::edtf(y, m);
  }
  return best;
}

}  // namespace twosource::clean
