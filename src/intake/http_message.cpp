#include "intake/http_message.hpp"

#include <brotli/decode.h>
#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

#include "intake/byte_source.hpp"
#include "intake/compressed.hpp"
#include "text/utf8.hpp"

namespace twosource::intake {
namespace {

constexpr std::size_t kMaxHttpHead = 64U << 10U;

Result<std::string> refuse(std::string reason) {
  return tl::unexpected(Error{std::move(reason), {}});
}

// Joins the chunks of `body`. False when it does not begin with a chunk's size.
bool join_chunks(std::string_view body, std::size_t limit, std::string& out) {
  bool first = true;
  while (!body.empty()) {
    std::size_t size = 0;
    const std::size_t line_end = body.find('\n');
    const std::string_view line = utf8::trim(body.substr(0, line_end));
    const auto got = std::from_chars(line.data(), line.data() + line.size(), size, 16);
    const char* end = line.data() + line.size();
    const bool number =
        got.ec == std::errc{} && (got.ptr == end || *got.ptr == ';' || *got.ptr == ' ');
    if (!number || line_end == std::string_view::npos) return !first;
    body.remove_prefix(line_end + 1);
    if (size == 0) return true;
    first = false;
    out.append(body.substr(0, size));
    if (out.size() > limit) return true;
    body.remove_prefix(std::min(size, body.size()));
    if (body.starts_with("\r")) body.remove_prefix(1);
    if (body.starts_with("\n")) body.remove_prefix(1);
  }
  return true;
}

Result<std::string> opened(std::string_view body, Compression kind, std::size_t limit,
                           double max_ratio) {
  Input input(decompressed(from_memory(body), kind, max_ratio), max_ratio);
  std::string out;
  const bool whole = input.read_all(limit, out);
  if (const std::string failure = input.failure(); !failure.empty()) return refuse(failure);
  if (!whole) return refuse(fmt::format("larger than {} MiB", limit >> 20U));
  return out;
}

// "deflate" is zlib data (RFC 1950); some servers send it bare.
Result<std::string> inflated(std::string_view body, std::size_t limit) {
  for (const int window : {15, -15}) {
    z_stream stream{};
    if (inflateInit2(&stream, window) != Z_OK) return refuse("zlib cannot start");
    std::string out;
    std::array<Bytef, 64U << 10U> buffer;
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
    stream.avail_in = static_cast<uInt>(std::min<std::size_t>(body.size(), 1U << 30U));
    int code = Z_OK;
    while (code == Z_OK && out.size() <= limit) {
      stream.next_out = buffer.data();
      stream.avail_out = static_cast<uInt>(buffer.size());
      code = inflate(&stream, Z_NO_FLUSH);
      out.append(reinterpret_cast<const char*>(buffer.data()), buffer.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    if (out.size() > limit) return refuse(fmt::format("larger than {} MiB", limit >> 20U));
    if (code == Z_STREAM_END) return out;
  }
  return refuse("broken deflate data");
}

// Brotli (RFC 7932). It has no magic number: the header alone says so, and archives often keep the
// header beside the opened body.
Result<std::string> unbrotlied(std::string_view body, std::size_t limit, double max_ratio) {
  const std::unique_ptr<BrotliDecoderState, decltype(&BrotliDecoderDestroyInstance)> state(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), &BrotliDecoderDestroyInstance);
  if (!state) return refuse("brotli cannot start");
  std::array<std::uint8_t, 64U << 10U> buffer;
  std::string out;
  const auto* next_in = reinterpret_cast<const std::uint8_t*>(body.data());
  std::size_t left = body.size();
  constexpr std::size_t kFreeBytes = 1U << 20U;
  for (;;) {
    std::uint8_t* next_out = buffer.data();
    std::size_t room = buffer.size();
    const BrotliDecoderResult code =
        BrotliDecoderDecompressStream(state.get(), &left, &next_in, &room, &next_out, nullptr);
    out.append(reinterpret_cast<const char*>(buffer.data()), buffer.size() - room);
    if (out.size() > limit) return refuse(fmt::format("larger than {} MiB", limit >> 20U));
    if (out.size() > kFreeBytes &&
        static_cast<double>(out.size()) > max_ratio * static_cast<double>(body.size())) {
      return refuse(fmt::format("compressed data that grows more than {:.0f}-fold", max_ratio));
    }
    if (code == BROTLI_DECODER_RESULT_SUCCESS) return out;
    if (code != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) return refuse("broken brotli data");
  }
}

// Does a body begin as markup does, whatever its header says of compression?
bool looks_opened(std::string_view body) {
  const std::size_t start = body.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return start != std::string_view::npos && body[start] == '<';
}

}  // namespace

void read_content_type(std::string_view value, std::string& type, std::string& charset) {
  const std::string lower = utf8::lower(value);
  type = std::string(utf8::trim(std::string_view(lower).substr(0, lower.find(';'))));
  const std::size_t at = lower.find("charset=");
  if (at == std::string::npos) return;
  const std::size_t begin = lower.find_first_not_of("\"' ", at + 8);
  if (begin == std::string::npos) return;
  charset = lower.substr(begin, lower.find_first_of("\"' ;,", begin) - begin);
}

Result<HttpMessage> parse_http(std::string_view bytes) {
  HttpMessage m;
  if (!bytes.starts_with("HTTP/")) return tl::unexpected(Error{"no HTTP answer", {}});
  std::string_view head = bytes.substr(0, kMaxHttpHead);
  std::size_t at = 0;
  bool ended = false;
  for (bool first = true; at < head.size(); first = false) {
    const std::size_t end = head.find('\n', at);
    const std::string_view line =
        utf8::trim(head.substr(at, end == std::string_view::npos ? end : end - at));
    at = end == std::string_view::npos ? head.size() : end + 1;
    if (line.empty()) {
      ended = true;
      break;
    }
    if (first) {
      const std::size_t blank = line.find(' ');
      if (blank != std::string_view::npos) {
        std::from_chars(line.data() + blank + 1, line.data() + line.size(), m.status);
      }
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string name = utf8::lower(utf8::trim(line.substr(0, colon)));
    const std::string_view value = utf8::trim(line.substr(colon + 1));
    if (name == "content-type") read_content_type(value, m.type, m.charset);
    if (name == "content-encoding") m.encoding = utf8::lower(value);
    if (name == "transfer-encoding") m.chunked = utf8::lower(value).find("chunked") != value.npos;
  }
  if (!ended) return tl::unexpected(Error{"HTTP head without an end", {}});
  m.body = bytes.substr(at);
  return m;
}

Result<std::string> http_payload(const HttpMessage& message, std::size_t limit, double max_ratio) {
  std::string joined;
  std::string_view body = message.body;
  if (message.chunked && join_chunks(body, limit, joined)) body = joined;
  if (body.size() > limit) return refuse(fmt::format("larger than {} MiB", limit >> 20U));
  const std::string& encoding = message.encoding;
  const Compression kind = compression_of(body);
  if (kind != Compression::None) return opened(body, kind, limit, max_ratio);
  if (encoding == "deflate" && !body.starts_with("<")) return inflated(body, limit);
  if (encoding == "br" && !looks_opened(body)) return unbrotlied(body, limit, max_ratio);
  if (encoding == "compress" && !looks_opened(body)) return refuse("compressed with " + encoding);
  return std::string(body);
}

}  // namespace twosource::intake
