#include "reuse/postings.hpp"

#include <algorithm>

namespace twosource::reuse {
namespace {

constexpr std::size_t kFirst = 16;

std::uint32_t in_shard(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 8U); }

// The next place with room for a third more: powers of two would leave half of it empty.
std::size_t place_of(std::uint32_t key, std::size_t places) {
  return static_cast<std::size_t>((static_cast<std::uint64_t>(key * 0x9E3779B1U) * places) >> 32U);
}

}  // namespace

const std::uint32_t* Postings::find(std::uint64_t hash) const {
  const Shard& shard = shards_[hash % kShards];
  if (shard.keys.empty()) return nullptr;
  const std::uint32_t key = in_shard(hash);
  for (std::size_t p = place_of(key, shard.keys.size());;
       p = p + 1 == shard.keys.size() ? 0 : p + 1) {
    if (shard.values[p] == kNone) return nullptr;
    if (shard.keys[p] == key && shard.values[p] != kGone) return &shard.values[p];
  }
}

void Postings::grow(Shard& shard) {
  const auto live = static_cast<std::size_t>(
      std::count_if(shard.values.begin(), shard.values.end(),
                    [](std::uint32_t v) { return v != kNone && v != kGone; }));
  Shard next;
  const std::size_t places = std::max(kFirst, live + live / 2 + live / 4);
  next.keys.resize(places);
  next.values.assign(places, kNone);
  next.used = live;
  for (std::size_t i = 0; i < shard.keys.size(); ++i) {
    if (shard.values[i] == kNone || shard.values[i] == kGone) continue;
    std::size_t p = place_of(shard.keys[i], places);
    while (next.values[p] != kNone) p = p + 1 == places ? 0 : p + 1;
    next.keys[p] = shard.keys[i];
    next.values[p] = shard.values[i];
  }
  shard = std::move(next);
}

std::uint32_t Postings::new_node(Node n) {
  std::uint32_t number = free_;
  if (number != kNone) {
    free_ = node(number).next;
  } else {
    if (nodes_ % kChunk == 0) chunks_.push_back(std::make_unique<Node[]>(kChunk));
    number = nodes_++;
  }
  node(number) = n;
  return number;
}

std::uint32_t Postings::add(std::uint64_t hash, std::uint32_t text) {
  if (const std::uint32_t* found = find(hash); found != nullptr) {
    auto& value = *const_cast<std::uint32_t*>(found);
    if ((value & kList) == 0) {
      const std::uint32_t first = new_node({value, kNone});
      value = new_node({1, first}) | kList;
    }
    Node& head = node(value & ~kList);
    const std::uint32_t fresh = new_node({text, head.next});
    Node& again = node(value & ~kList);
    again.next = fresh;
    ++again.text;
    return again.text & ~kMark;
  }
  Shard& shard = shards_[hash % kShards];
  if (5 * (shard.used + 1) > 4 * shard.keys.size()) grow(shard);
  const std::uint32_t key = in_shard(hash);
  std::size_t p = place_of(key, shard.keys.size());
  while (shard.values[p] != kNone) p = p + 1 == shard.keys.size() ? 0 : p + 1;
  shard.keys[p] = key;
  shard.values[p] = text;
  ++shard.used;
  return 1;
}

std::uint32_t Postings::remove(std::uint64_t hash, std::uint32_t text) {
  const std::uint32_t* found = find(hash);
  if (found == nullptr) return 0;
  auto& value = *const_cast<std::uint32_t*>(found);
  if ((value & kList) == 0) {
    if (value != text) return 1;
    value = kGone;
    return 0;
  }
  const std::uint32_t list = value & ~kList;
  std::uint32_t last = list;
  for (std::uint32_t n = node(list).next; n != kNone; last = n, n = node(n).next) {
    if (node(n).text != text) continue;
    node(last).next = node(n).next;
    node(n).next = free_;
    free_ = n;
    --node(list).text;
    break;
  }
  const std::uint32_t left = node(list).text & ~kMark;
  if (left == 1) {
    const std::uint32_t only = node(list).next;
    value = node(only).text;
    node(only).next = free_;
    node(list).next = only;
    free_ = list;
  }
  return left;
}

std::uint32_t Postings::count(std::uint64_t hash) const {
  const std::uint32_t* value = find(hash);
  if (value == nullptr) return 0;
  return (*value & kList) == 0 ? 1 : node(*value & ~kList).text & ~kMark;
}

bool Postings::marked(std::uint64_t hash) const {
  const std::uint32_t* value = find(hash);
  return value != nullptr && (*value & kList) != 0 && (node(*value & ~kList).text & kMark) != 0;
}

void Postings::mark(std::uint64_t hash, bool on) {
  const std::uint32_t* value = find(hash);
  if (value == nullptr || (*value & kList) == 0) return;
  std::uint32_t& count = node(*value & ~kList).text;
  count = on ? count | kMark : count & ~kMark;
}

std::size_t Postings::bytes() const {
  std::size_t sum = chunks_.size() * kChunk * sizeof(Node);
  for (const Shard& shard : shards_) sum += shard.keys.capacity() * 2 * sizeof(std::uint32_t);
  return sum;
}

}  // namespace twosource::reuse
