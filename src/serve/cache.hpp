#pragma once

#include <array>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "serve/http.hpp"

namespace twosource::serve {

// Finished answers by what was asked, each valid for one state of the record ("generation"): what
// was made for another is not found. Keeps at most `bytes` of bodies, in parts that are locked
// apart, the least recently used going first; an answer above an eighth of a part is not kept.
class PageCache {
 public:
  explicit PageCache(std::size_t bytes) : most_(bytes / kParts) {}

  // False when there is none.
  [[nodiscard]] bool find(const std::string& key, std::uint64_t generation, Response& out);
  void put(const std::string& key, std::uint64_t generation, const Response& response);
  [[nodiscard]] std::size_t bytes();

 private:
  static constexpr std::size_t kParts = 8;
  struct Entry {
    std::string key;
    std::uint64_t generation = 0;
    Response response;
    std::size_t bytes = 0;
  };
  struct Part {
    std::mutex mutex;
    std::list<Entry> entries;  // most recently used first
    std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key;
    std::size_t bytes = 0;
  };
  Part& part_of(std::string_view key) noexcept;
  static void drop(Part& part, std::list<Entry>::iterator entry);
  std::size_t most_;
  std::array<Part, kParts> parts_;
};

}  // namespace twosource::serve
