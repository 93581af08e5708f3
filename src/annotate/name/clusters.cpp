#include "annotate/name/clusters.hpp"

#include <bit>
#include <cstring>

#include "text/hash_map.hpp"
#include "text/pack.hpp"

namespace twosource::annotate::name {
namespace {

constexpr std::string_view kClusterMagic = "TSWC";
constexpr std::uint32_t kClusterVersion = 2;
constexpr std::size_t kClusterHeader = 16;

std::uint32_t read_u32(const char* at) {
  std::uint32_t v = 0;
  for (std::size_t k = 0; k < 4; ++k) {
    v |= static_cast<std::uint32_t>(static_cast<unsigned char>(at[k])) << (8U * k);
  }
  return v;
}

}  // namespace

WordClusters::WordClusters(std::string_view bytes) {
  if (bytes.empty()) return;
  if (bytes.size() < kClusterHeader || bytes.substr(0, 4) != kClusterMagic ||
      read_u32(bytes.data() + 4) != kClusterVersion || read_u32(bytes.data() + 8) > 24 ||
      read_u32(bytes.data() + 12) > 1024) {
    throw PackError("names.clusters: not a table of word clusters of this version");
  }
  const std::size_t slots = std::size_t{1} << read_u32(bytes.data() + 8);
  const std::size_t paths = read_u32(bytes.data() + 12);
  if (bytes.size() != kClusterHeader + paths * 4 + slots * 5) {
    throw PackError("names.clusters: the file is cut off");
  }
  for (std::size_t k = 0; k < paths; ++k) {
    paths_.push_back(read_u32(bytes.data() + kClusterHeader + k * 4));
  }
  paths_.resize(1024);
  mask_ = static_cast<std::uint32_t>(slots - 1);
  slots_.resize(slots);
  const char* at = bytes.data() + kClusterHeader + paths * 4;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(slots_.data(), at, slots * 4);
  } else {
    for (std::size_t k = 0; k < slots; ++k) slots_[k] = read_u32(at + k * 4);
  }
  const std::string_view marks = bytes.substr(bytes.size() - slots);
  marks_.assign(marks.begin(), marks.end());
}

WordInfo WordClusters::of(std::string_view word) const noexcept {
  if (slots_.empty()) return {};
  const std::uint64_t hash = XXH3_64bits(word.data(), word.size());
  const auto fingerprint = static_cast<std::uint32_t>(hash >> 47U);
  // A full table that somebody made by hand ends the search after one round.
  for (std::uint32_t n = 0, i = static_cast<std::uint32_t>(hash) & mask_; n <= mask_;
       ++n, i = (i + 1) & mask_) {
    const std::uint32_t slot = slots_[i];
    if (slot == 0) return {};
    if (slot >> 15U != fingerprint) continue;
    return {paths_[(slot >> 5U) & 1023U],
            static_cast<std::uint8_t>((slot >> 3U) & 3U),
            (slot & 4U) != 0,
            (slot & 2U) != 0,
            (slot & 1U) != 0,
            true,
            marks_[i]};
  }
  return {};
}

}  // namespace twosource::annotate::name
