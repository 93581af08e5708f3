#include "annotate/name/word_index.hpp"

#include <bit>
#include <utility>

namespace twosource::annotate::name {

void WordIndex::reserve(std::size_t words) {
  const std::size_t slots = std::bit_ceil(words * 2 + 2);
  if (slots <= slots_.size()) return;
  std::vector<Entry> old = std::exchange(slots_, std::vector<Entry>(slots));
  mask_ = slots - 1;
  count_ = 0;
  for (const Entry& e : old) {
    if (e.used) at(e.hash) = e;
  }
}

WordIndex::Entry& WordIndex::at(std::uint64_t hash) {
  if ((count_ + 1) * 2 > slots_.size()) reserve(count_ * 2 + 2);
  std::size_t i = hash & mask_;
  while (slots_[i].used && slots_[i].hash != hash) i = (i + 1) & mask_;
  if (!slots_[i].used) {
    slots_[i].used = true;
    slots_[i].hash = hash;
    ++count_;
  }
  return slots_[i];
}

}  // namespace twosource::annotate::name
