#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "desk/desk.hpp"

namespace twosource::desk {

// What a desk knew of its articles, in a file beside the record, so that the next process need not
// read and compare all of them again. It may be deleted at any time, and whoever reads it checks it
// against the record. Written by appending; begun anew when what was appended grows larger than
// half of what it began with.
//
// Layout: "2srcdesk", format (u32), program (u64), then frames: kind (u8), size (u32), XXH3 of the
// bytes (u64), bytes (zstd of numbers as text/bytes.hpp has them). A frame 'a' holds articles, 'r'
// ids of such as are gone, 's' the state that those before it add up to; what follows the last
// whole 's' is not read.
class Sidecar {
 public:
  struct Entry {
    std::int64_t stamp = 0;  // the generation in which it last changed
    std::uint64_t hash = 0;  // of its content
    Signed signs;
  };
  struct State {
    std::int64_t generation = 0;                                      // of the record
    std::vector<std::pair<std::int64_t, std::uint64_t>> corrections;  // that hold: id, hash
    std::string copies;                                               // reuse::Index::save()
    std::string events;                                               // story::Clusterer::save()
  };
  struct Content {
    State state;
    std::unordered_map<std::string, Entry> articles;
  };
  // An article to be written.
  struct Item {
    std::int64_t stamp = 0;
    std::uint64_t hash = 0;
    const reuse::Signature* copies = nullptr;
    const story::Signature* events = nullptr;
  };

  // `program`: what its content depends on besides the articles; of another one nothing is read.
  Sidecar(std::string path, std::uint64_t program) : path_(std::move(path)), program_(program) {}

  // nullopt when there is none that is whole and of this program.
  [[nodiscard]] std::optional<Content> read();
  // Can what changed be appended, or must everything be written?
  [[nodiscard]] bool appends() const;
  // Appends these, or begins anew with them; `articles`: how many there are in all. False when it
  // cannot be written.
  bool write(const std::vector<Item>& items, const std::vector<std::string>& gone,
             const State& state, std::size_t articles);

 private:
  [[nodiscard]] bool append(const std::string& bytes);
  [[nodiscard]] bool begin(const std::string& bytes);
  std::string path_;
  std::uint64_t program_;
  std::uint64_t inode_ = 0;  // of the file that was read or written last
  std::uint64_t size_ = 0;   // up to the end of the last 's'
  std::uint64_t base_ = 0;   // when it was begun
};

}  // namespace twosource::desk
