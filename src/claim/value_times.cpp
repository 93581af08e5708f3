// How the days and times of two sentences relate.
#include <algorithm>

#include "claim/values.hpp"

namespace twosource::claim {

// Is it a time on the clock, not a day or a part of one?
bool Slots::on_the_clock(const Point& p) {
  const std::size_t t = p.time.value.find('T');
  return t != std::string::npos && t + 1 < p.time.value.size() && p.time.value[t + 1] >= '0' &&
         p.time.value[t + 1] <= '9';
}

const Slots::Partners& Slots::date_partners(std::uint32_t a, std::uint32_t b) const {
  found_.clear();
  const std::span<const Point> xs = points(a);
  const std::span<const Point> ys = points(b);
  // With several dates on a side nobody can say which belongs to what: only agreement counts then.
  const bool one_each = xs.size() == 1 && ys.size() == 1;
  const bool one_clock = std::count_if(xs.begin(), xs.end(), on_the_clock) == 1 &&
                         std::count_if(ys.begin(), ys.end(), on_the_clock) == 1;
  for (std::uint32_t i = 0; i < xs.size(); ++i) {
    for (std::uint32_t j = 0; j < ys.size(); ++j) {
      const Known known = relate(xs[i], ys[j]);
      const bool clock = one_clock && on_the_clock(xs[i]) && on_the_clock(ys[j]);
      if (known == Known::Incomparable || (known == Known::Different && !one_each && !clock))
        continue;
      found_.push_back({i, j, known});
    }
  }
  keep_best(found_);
  return found_;
}

bool Slots::other_time(std::uint32_t a, std::uint32_t b) const {
  bool different = false;
  for (const Point& x : points(a)) {
    for (const Point& y : points(b)) {
      const Known known = relate(x, y);
      if (known == Known::Incomparable) continue;
      if (known != Known::Different) return false;
      different = true;
    }
  }
  return different;
}

}  // namespace twosource::claim
