#include "intake/archive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "text/utf8.hpp"

namespace twosource::intake {
namespace {

constexpr std::size_t kMaxLine = 64U << 10U;  // bytes of one header line
constexpr std::size_t kMaxHeadLines = 1000;   // header lines of one record
constexpr std::string_view kArcFile = "filedesc://";

std::int64_t number_of(std::string_view digits) {
  std::int64_t n = -1;
  const auto got = std::from_chars(digits.data(), digits.data() + digits.size(), n);
  return got.ec == std::errc{} && got.ptr == digits.data() + digits.size() ? n : -1;
}

bool holds_page(std::string_view type) {
  return type == "response" || type == "resource" || type == "conversion";
}

// A URL's scheme begins the line, and at least four fields follow it.
bool looks_like_arc_head(std::string_view line) {
  const std::size_t colon = line.find("://");
  const std::size_t blank = line.find(' ');
  if (colon == std::string_view::npos || colon > 12 || blank < colon) return false;
  return std::count(line.begin(), line.end(), ' ') >= 4;
}

}  // namespace

bool is_archive(std::string_view head) noexcept {
  return head.starts_with("WARC/") || head.starts_with(kArcFile);
}

ArchiveReader::ArchiveReader(Input& input, std::size_t max_block)
    : input_(input), max_block_(max_block), arc_(input.peek(16).starts_with(kArcFile)) {}

// Puts the first line of the next record into `line`; false when there is none.
bool ArchiveReader::find_start(std::string& line) {
  if (!pending_.empty()) {
    line = std::move(pending_);
    pending_.clear();
    return true;
  }
  std::string_view found;
  for (;;) {
    const Input::Line kind = input_.next_line(kMaxLine, found);
    if (kind == Input::Line::End) {
      was_lost_ = was_lost_ || (!last_named_ && !input_.failure().empty());
      if (!input_.resume()) return false;
      continue;
    }
    const std::string_view text = utf8::trim(found);
    if (kind == Input::Line::Whole && text.empty()) continue;
    const bool starts = arc_ ? looks_like_arc_head(text) : text.starts_with("WARC/");
    if (kind == Input::Line::Whole && starts) {
      line = std::string(text);
      return true;
    }
    was_lost_ = was_lost_ || !last_named_;
  }
}

void ArchiveReader::read_warc_head(ArchiveRecord& r, std::int64_t& length) {
  std::string_view found;
  for (std::size_t lines = 0; lines < kMaxHeadLines; ++lines) {
    const Input::Line kind = input_.next_line(kMaxLine, found);
    if (kind == Input::Line::End) {
      r.problem = "record cut short in its head";
      return;
    }
    const std::string_view line = utf8::trim(found);
    if (line.empty()) return;
    if (line.starts_with("WARC/") && line.find(':') == std::string_view::npos) {
      pending_ = std::string(line);
      r.problem = "record without a block";
      return;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string name = utf8::lower(line.substr(0, colon));
    std::string_view value = utf8::trim(line.substr(colon + 1));
    if (name == "warc-type") r.type = utf8::lower(value);
    if (name == "warc-date") r.date = std::string(value);
    if (name == "content-type") r.content_type = std::string(value);
    if (name == "content-length") length = number_of(value);
    if (name == "warc-target-uri") {
      if (value.starts_with("<") && value.ends_with(">")) value = value.substr(1, value.size() - 2);
      r.url = std::string(value);
    }
  }
  r.problem = "record with an endless head";
}

// "URL IP date type length"; ARC 2.0 puts more fields in between. Blanks in URLs are taken.
bool ArchiveReader::read_arc_head(const std::string& line, ArchiveRecord& r,
                                  std::int64_t& length) const {
  std::vector<std::string_view> fields;
  const std::string_view text = line;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    fields.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  length = number_of(fields.back());
  // The date is a number of 14 digits (or 12, of the earliest crawlers) behind the IP address.
  std::size_t date = fields.size();
  for (std::size_t i = 2; i + 1 < fields.size(); ++i) {
    const bool digits =
        fields[i].size() >= 12 && fields[i].size() <= 17 && number_of(fields[i]) > 0;
    if (digits) date = i;
  }
  if (date == fields.size() || date + 1 >= fields.size()) {
    r.problem = "record head that cannot be read";
    return false;
  }
  r.url =
      std::string(text.substr(0, static_cast<std::size_t>(fields[date - 1].data() - text.data())));
  r.url = std::string(utf8::trim(r.url));
  r.date = std::string(fields[date]);
  r.type = r.url.starts_with(kArcFile) ? "warcinfo" : "response";
  r.content_type = "application/http";
  return true;
}

void ArchiveReader::read_block(std::int64_t length, bool wanted, ArchiveRecord& r) {
  if (length < 0) {
    if (r.problem.empty()) r.problem = "record without a length";
    return;
  }
  const auto size = static_cast<std::uint64_t>(length);
  std::uint64_t got = 0;
  if (wanted && size <= max_block_) {
    got = input_.take(static_cast<std::size_t>(size), r.block);
  } else {
    if (wanted) r.problem = fmt::format("record larger than {} MiB", max_block_ >> 20U);
    got = input_.skip(size);
  }
  if (got == size) return;
  const std::string failure = input_.failure();
  r.problem = fmt::format("record cut short, {} of {} bytes{}{}", got, size,
                          failure.empty() ? "" : ": ", failure);
  r.block.clear();
}

bool ArchiveReader::next(ArchiveRecord& record) {
  record = {};
  std::string line;
  if (!find_start(line)) return false;
  record.number = ++number_;
  record.type = "unknown";
  std::int64_t length = -1;
  if (arc_) {
    read_arc_head(line, record, length);
  } else {
    read_warc_head(record, length);
  }
  if (record.problem.empty()) read_block(length, holds_page(record.type), record);
  last_named_ = !record.problem.empty();
  return true;
}

}  // namespace twosource::intake
