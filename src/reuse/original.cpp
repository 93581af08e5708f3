#include "reuse/original.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "article/edtf.hpp"

namespace twosource::reuse {
namespace {

constexpr double kComplete = 0.9;
constexpr double kPartial = 0.7;

// Clock times compare only when written the same way (same offset): no zone is guessed.
int compare_times(const std::string& a, const std::string& b) {
  constexpr std::size_t kClock = 6;  // "T20:15"
  if (a.size() < kClock || b.size() != a.size()) return 0;
  const std::size_t zone = a.find_first_of("Z+-", 1);
  if (zone != b.find_first_of("Z+-", 1)) return 0;
  if (zone != std::string::npos && a.substr(zone) != b.substr(zone)) return 0;
  return a.compare(b) < 0 ? -1 : a == b ? 0 : 1;
}

int points(const Signature& article, const Signature& other, double own_share, double other_share,
           int date) {
  int sum = 0;
  if (date < 0) sum += 4;
  if (article.press_release) sum += 5;
  if (article.credits_agency && !other.credits_agency) sum += 1;
  // own_share: how much of this article stands in the other one.
  if (other_share >= kComplete && own_share < kPartial) sum += 1;
  return sum;
}

}  // namespace

bool is_reprint(const Article& article) {
  return std::any_of(article.furniture.begin(), article.furniture.end(),
                     [](const Furniture& f) { return f.kind == FurnitureKind::Disclaimer; });
}

int compare_dates(const std::string& a, const std::string& b) {
  const auto x = parse_edtf(a);
  const auto y = parse_edtf(b);
  if (!x || !y || x->precision == DatePrecision::None || y->precision == DatePrecision::None) {
    return 0;
  }
  if (last_day(*x) < first_day(*y)) return -1;
  if (last_day(*y) < first_day(*x)) return 1;
  return compare_times(x->time, y->time);
}

int likely_original(const Signature& a, const Signature& b, double a_share, double b_share) {
  if (a.reprint != b.reprint) return a.reprint ? 1 : -1;
  if (a.reprint) return 0;
  const int date = compare_dates(a.published, b.published);
  const int lead = points(a, b, a_share, b_share, date) - points(b, a, b_share, a_share, -date);
  return lead >= 2 ? -1 : lead <= -2 ? 1 : 0;
}

}  // namespace twosource::reuse
