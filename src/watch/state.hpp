#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "record/record.hpp"
#include "watch/changes.hpp"

namespace twosource::watch {

// A file as it was when it was last read.
struct FileState {
  std::int64_t size = -1;
  std::int64_t changed = 0;  // mtime in nanoseconds
  friend bool operator==(const FileState&, const FileState&) = default;
};
// An address and how far it was read.
struct SourceState {
  std::string address;
  std::string list;  // the list of feeds that names it; empty when it was given
  std::string etag;
  std::string modified;
  std::int64_t next = 0;  // seconds since 1970: not to be asked before
  unsigned failures = 0;  // in a row
  bool is_list = false;
};
struct EntryState {
  std::uint64_t content = 0;  // hash of what the feed says of it
  unsigned failures = 0;      // its page could not be had that often
};
using Entries = std::map<std::uint64_t, EntryState>;
// Something to be told.
struct Message {
  std::int64_t n = 0;  // 1, 2, … in the order in which it happened, for ever in a record
  std::string json;    // without n
};

// What `watch` keeps in a record, in tables of its own that other versions of the program pass
// over: what was read of each source, the claims as they were last compared, and what is to be told
// until everybody was told. Changes are stored within the caller's transaction or, outside of one,
// at once.
class State {
 public:
  // Makes the tables when they are not there.
  explicit State(record::Record& record);
  // What is changed until its commit() is changed at once.
  [[nodiscard]] record::Transaction begin() { return record::Transaction(db_); }

  [[nodiscard]] std::optional<FileState> file(const std::string& path);
  void set_file(const std::string& path, const FileState& file);

  [[nodiscard]] std::optional<SourceState> source(const std::string& address);
  // Those that lists of feeds named.
  [[nodiscard]] std::vector<SourceState> listed(const std::string& list);
  void set_source(const SourceState& source);
  void drop_source(const std::string& address);
  [[nodiscard]] Entries entries(const std::string& source);
  void set_entry(const std::string& source, std::uint64_t key, const EntryState& entry,
                 std::int64_t now);
  // Entries that the source has not shown since `before`.
  void forget_entries(const std::string& source, std::int64_t before);

  // Was anything compared yet?
  [[nodiscard]] bool compared();
  // The cells in which something may be found otherwise than at the last comparison: new ones,
  // those with another fingerprint, and those that are gone.
  struct Cells {
    std::vector<std::string> now;   // to be read
    std::vector<std::string> gone;  // that are no more
  };
  [[nodiscard]] Cells changed_cells();
  // The claims of the last comparison that were found in these cells, and those of which it is not
  // known.
  [[nodiscard]] std::vector<ClaimState> claims(const Cells& cells);
  // Of which Record::findings_generation() they are.
  [[nodiscard]] std::int64_t claims_generation();
  // Puts these in the place of them.
  void set_claims(const Cells& cells, const std::vector<ClaimState>& claims,
                  std::int64_t generation);

  void add_message(const std::string& json);
  // The number of the newest message ever; 0 when there was none.
  [[nodiscard]] std::int64_t newest_message();
  // Messages behind number n, at most `limit`.
  [[nodiscard]] std::vector<Message> messages_after(std::int64_t n, unsigned limit);
  // How far `whom` was told; nullopt when nobody of that name ever was.
  [[nodiscard]] std::optional<std::int64_t> told(const std::string& whom);
  void set_told(const std::string& whom, std::int64_t n);
  // Drops messages up to n, but the newest 1000 stay for whoever looks into the record.
  void forget_messages(std::int64_t n);

 private:
  record::Database& db_;
};

}  // namespace twosource::watch
