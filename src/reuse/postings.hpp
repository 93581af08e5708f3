#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace twosource::reuse {

// Which texts hold a hash: an inverted index of 8 bytes an entry, made for hundreds of millions of
// hashes of which most stand in one text. Hashes are told apart by 40 bits, so about one look-up in
// ten thousand finds strangers when 10^8 are held: what it finds is to be verified. Each hash has
// one mark, for its owner to use. Every operation is O(1) but for walking the holders.
class Postings {
 public:
  Postings() = default;
  // Adds `text` to the holders of `hash`; returns how many hold it now. A text is added once.
  std::uint32_t add(std::uint64_t hash, std::uint32_t text);
  // Takes it out; returns how many hold the hash still. The mark of a hash of at most one holder
  // is off.
  std::uint32_t remove(std::uint64_t hash, std::uint32_t text);
  [[nodiscard]] std::uint32_t count(std::uint64_t hash) const;
  [[nodiscard]] bool marked(std::uint64_t hash) const;
  // Only for a hash with two holders or more.
  void mark(std::uint64_t hash, bool on);

  // Calls visit(text) for every holder, in no certain order.
  template <class Visit>
  void each(std::uint64_t hash, Visit visit) const {
    const std::uint32_t* value = find(hash);
    if (value == nullptr) return;
    if ((*value & kList) == 0) return visit(*value);
    for (std::uint32_t n = node(*value & ~kList).next; n != kNone; n = node(n).next) {
      visit(node(n).text);
    }
  }
  [[nodiscard]] std::size_t bytes() const;

 private:
  // Values: a text, or kList and the number of a node. The first node of a list holds the count.
  static constexpr std::uint32_t kList = 0x80000000;
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  static constexpr std::uint32_t kGone = 0xFFFFFFFE;
  static constexpr std::uint32_t kMark = 0x80000000;  // of a count
  static constexpr unsigned kShards = 256;
  static constexpr std::uint32_t kChunk = 1U << 16U;
  struct Node {
    std::uint32_t text;
    std::uint32_t next;
  };
  struct Shard {  // open addressing, linear probing
    std::vector<std::uint32_t> keys;
    std::vector<std::uint32_t> values;
    std::size_t used = 0;  // gone ones too
  };

  [[nodiscard]] const std::uint32_t* find(std::uint64_t hash) const;
  static void grow(Shard& shard);
  std::uint32_t new_node(Node n);
  [[nodiscard]] Node& node(std::uint32_t n) { return chunks_[n / kChunk][n % kChunk]; }
  [[nodiscard]] const Node& node(std::uint32_t n) const { return chunks_[n / kChunk][n % kChunk]; }

  std::array<Shard, kShards> shards_;
  std::vector<std::unique_ptr<Node[]>> chunks_;
  std::uint32_t nodes_ = 0;
  std::uint32_t free_ = kNone;
};

}  // namespace twosource::reuse
