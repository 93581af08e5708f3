#pragma once

#include <memory>
#include <string_view>

#include "intake/byte_source.hpp"

namespace twosource::intake {

enum class Compression : unsigned char { None, Gzip, Zstd };

// By magic number: 1f 8b 08 (RFC 1952), 28 b5 2f fd (RFC 8878).
[[nodiscard]] Compression compression_of(std::string_view head) noexcept;

// The opened data of `source`, streaming: memory is one window (at most 128 MiB for zstd, its
// decoder's default limit), never the data. Several members or frames follow each other as one.
// failure() names broken and truncated data, and data that grows beyond `max_ratio` times its
// compressed size once it is past 1 MiB; what was read before that stays valid.
[[nodiscard]] std::unique_ptr<ByteSource> decompressed(std::unique_ptr<ByteSource> source,
                                                       Compression kind, double max_ratio);

}  // namespace twosource::intake
