#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "intake/byte_source.hpp"

namespace twosource::intake {

// One record of a web archive.
struct ArchiveRecord {
  std::size_t number = 0;    // from 1, in the order of the file
  std::string type;          // "response", "resource", "revisit", …; "unknown" when not given
  std::string url;           // target; empty when not given
  std::string date;          // when it was fetched, as written
  std::string content_type;  // of the block: "application/http; msgtype=response", "text/html"
  std::string block;         // empty for types that hold no page
  std::string problem;       // why the record cannot be read; empty when it can
};

[[nodiscard]] bool is_archive(std::string_view head) noexcept;

// Reads WARC (ISO 28500) and ARC 1.0 files record by record, leniently: bare line feeds, missing
// blank lines and types, blanks in URLs. Behind a broken record reading goes on at the next one
// that can be found: a line that begins a record, or the next gzip member. Memory is one record, at
// most `max_block` bytes; larger blocks are passed over and named.
class ArchiveReader {
 public:
  ArchiveReader(Input& input, std::size_t max_block);
  // The next record; false at the end.
  [[nodiscard]] bool next(ArchiveRecord& record);
  // Were there bytes so far that belong to no record?
  [[nodiscard]] bool lost() const { return was_lost_; }

 private:
  bool find_start(std::string& line);
  void read_warc_head(ArchiveRecord& r, std::int64_t& length);
  bool read_arc_head(const std::string& line, ArchiveRecord& r, std::int64_t& length) const;
  void read_block(std::int64_t length, bool wanted, ArchiveRecord& r);

  Input& input_;
  std::size_t max_block_;
  std::size_t number_ = 0;
  bool arc_ = false;
  std::string pending_;      // a line that was read ahead
  bool was_lost_ = false;    // bytes before the next record belong to none
  bool last_named_ = false;  // the last record has a problem, what follows may be its rest
};

}  // namespace twosource::intake
