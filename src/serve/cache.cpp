#include "serve/cache.hpp"

#include <functional>

namespace twosource::serve {

PageCache::Part& PageCache::part_of(std::string_view key) noexcept {
  return parts_[std::hash<std::string_view>{}(key) % kParts];
}

void PageCache::drop(Part& part, std::list<Entry>::iterator entry) {
  part.bytes -= entry->bytes;
  part.by_key.erase(entry->key);
  part.entries.erase(entry);
}

bool PageCache::find(const std::string& key, std::uint64_t generation, Response& out) {
  Part& part = part_of(key);
  const std::lock_guard lock(part.mutex);
  const auto it = part.by_key.find(key);
  if (it == part.by_key.end()) return false;
  if (it->second->generation != generation) {
    drop(part, it->second);
    return false;
  }
  part.entries.splice(part.entries.begin(), part.entries, it->second);
  out = it->second->response;
  return true;
}

void PageCache::put(const std::string& key, std::uint64_t generation, const Response& response) {
  const std::size_t size = key.size() + (response.body ? response.body->size() : 0) + sizeof(Entry);
  if (size > most_ / 8) return;
  Part& part = part_of(key);
  const std::lock_guard lock(part.mutex);
  if (const auto it = part.by_key.find(key); it != part.by_key.end()) drop(part, it->second);
  while (!part.entries.empty() && part.bytes + size > most_) {
    drop(part, std::prev(part.entries.end()));
  }
  part.entries.push_front({key, generation, response, size});
  part.by_key.emplace(part.entries.front().key, part.entries.begin());
  part.bytes += size;
}

std::size_t PageCache::bytes() {
  std::size_t sum = 0;
  for (Part& part : parts_) {
    const std::lock_guard lock(part.mutex);
    sum += part.bytes;
  }
  return sum;
}

}  // namespace twosource::serve
