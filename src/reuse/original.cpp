#include "reuse/original.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "article/edtf.hpp"

namespace twosource::reuse {
namespace {

constexpr double kComplete = 0.9;
constexpr double kPartial = 0.7;

std::uint32_t covered(const CopyPair& pair, bool side_a) {
  std::uint32_t bytes = 0;
  for (const Passage& p : pair.passages) bytes += side_a ? p.a.size() : p.b.size();
  return bytes;
}

double share(std::uint32_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

bool credits_text_agency(const Article& a) {
  return std::any_of(a.agencies.begin(), a.agencies.end(),
                     [](const AgencyCredit& c) { return c.kind == AgencyKind::Text; });
}

// Clock times compare only when written the same way (same offset): no zone is guessed.
int compare_times(const std::string& a, const std::string& b) {
  constexpr std::size_t kClock = 6;  // "T20:15"
  if (a.size() < kClock || b.size() != a.size()) return 0;
  const std::size_t zone = a.find_first_of("Z+-", 1);
  if (zone != b.find_first_of("Z+-", 1)) return 0;
  if (zone != std::string::npos && a.substr(zone) != b.substr(zone)) return 0;
  return a.compare(b) < 0 ? -1 : a == b ? 0 : 1;
}

int points(const Article& article, const Article& other, double own_share, double other_share,
           int date) {
  int sum = 0;
  if (date < 0) sum += 2;
  if (article.genre == "press-release") sum += 3;
  if (credits_text_agency(article) && !credits_text_agency(other)) sum += 1;
  // own_share: how much of this article stands in the other one.
  if (other_share >= kComplete && own_share < kPartial) sum += 1;
  return sum;
}

}  // namespace

bool is_reprint(const Article& article) {
  return std::any_of(article.furniture.begin(), article.furniture.end(),
                     [](const Furniture& f) { return f.kind == FurnitureKind::Disclaimer; });
}

int compare_dates(const PublicationDate& a, const PublicationDate& b) {
  const auto x = parse_edtf(a.value);
  const auto y = parse_edtf(b.value);
  if (!x || !y || x->precision == DatePrecision::None || y->precision == DatePrecision::None) {
    return 0;
  }
  if (last_day(*x) < first_day(*y)) return -1;
  if (last_day(*y) < first_day(*x)) return 1;
  return compare_times(x->time, y->time);
}

std::int32_t likely_original(std::span<const Article> articles, const CopyPair& pair) {
  const Article& a = articles[pair.a];
  const Article& b = articles[pair.b];
  const bool a_reprint = is_reprint(a);
  const bool b_reprint = is_reprint(b);
  if (a_reprint != b_reprint) return static_cast<std::int32_t>(a_reprint ? pair.b : pair.a);
  if (a_reprint) return -1;
  const double a_share = share(covered(pair, true), a.text.size());
  const double b_share = share(covered(pair, false), b.text.size());
  const int date = compare_dates(a.published, b.published);
  const int lead = points(a, b, a_share, b_share, date) - points(b, a, b_share, a_share, -date);
  if (lead >= 2) return static_cast<std::int32_t>(pair.a);
  if (lead <= -2) return static_cast<std::int32_t>(pair.b);
  return -1;
}

}  // namespace twosource::reuse
