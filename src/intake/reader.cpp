#include "intake/reader.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "intake/archive.hpp"
#include "intake/mail.hpp"
#include "intake/sniff.hpp"
#include "intake/web.hpp"
#include "text/utf8.hpp"

namespace twosource::intake {
namespace {
namespace fs = std::filesystem;

constexpr std::size_t kReaderHead = 64U << 10U;

// The name's extension in lower case, that of the data inside for ".gz" and ".zst".
std::string extension(const std::string& path) {
  fs::path name = fs::path(path).filename();
  if (name.extension() == ".gz" || name.extension() == ".zst") name = name.stem();
  return utf8::lower(name.extension().string());
}

}  // namespace

std::string in_megabytes(std::size_t bytes) { return fmt::format("{} MiB", bytes >> 20U); }

void Reader::source(const Source& s) {
  if (!s.problem.empty()) {
    return on_skipped_({s.path, s.problem, s.harmless ? Effect::Noted : Effect::Refused});
  }
  RawDocument d;
  d.id = s.id;
  d.path = s.path;
  if (is_address(s.path)) {
    address(s.path, std::move(d), kInput);
  } else if (std::optional<Input> input = open(s.path)) {
    content(*input, std::move(d));
  }
}

void Reader::content(Input& input, RawDocument&& d) {
  if (options_.format == Format::Auto && is_archive(input.peek(kReaderHead))) {
    return read_archive(
        input, d.path, d.id, options_, [this](ArchivedPage&& p) { archived(std::move(p)); },
        on_skipped_);
  }
  if (!readable(input, d.path)) return;
  if (is_jsonl(input, d.path)) return lines(input, d);
  document(input, std::move(d));
}

void Reader::refuse(std::string path, std::string reason) {
  on_skipped_({std::move(path), std::move(reason), Effect::Refused});
}

std::optional<Input> Reader::open(const std::string& path) {
  if (path == "-") return Input(from_stream(standard_input_), options_.max_ratio);
  auto file = open_file(path);
  if (!file) {
    refuse(path, file.error().message);
    return std::nullopt;
  }
  return Input(std::move(*file), options_.max_ratio);
}

// Looks at the first bytes only, so that a large file of another kind costs nothing.
bool Reader::readable(Input& input, const std::string& path) {
  const std::string_view head = input.peek(kReaderHead);
  if (head.empty()) {
    const std::string failure = input.failure();
    refuse(path, failure.empty() ? "empty file" : failure);
    return false;
  }
  std::string reason = binary_reason(head);
  if (reason.empty()) return true;
  refuse(path, std::move(reason));
  return false;
}

bool Reader::is_jsonl(Input& input, const std::string& path) {
  if (options_.format != Format::Auto) return options_.format == Format::Jsonl;
  const std::string ending = extension(path);
  return ending == ".jsonl" || ending == ".ndjson" || looks_like_jsonl(input.peek(kReaderHead));
}

// One whole file. `d` brings what is known besides its content.
void Reader::document(Input& input, RawDocument&& d) {
  std::string bytes;
  const bool whole = input.read_all(options_.max_document_bytes, bytes);
  if (const std::string failure = input.failure(); !failure.empty()) {
    return refuse(d.path, failure);
  }
  if (!whole) {
    return refuse(d.path, "larger than " + in_megabytes(options_.max_document_bytes));
  }
  const bool any = options_.format == Format::Auto && !options_.as_is;
  if (any && looks_like_mail(std::string_view(bytes).substr(0, kReaderHead))) {
    Result<Item> mail = read_mail(bytes);
    return mail ? item(std::move(*mail), d) : refuse(d.path, mail.error().message);
  }
  Decoded decoded = decode(std::move(bytes), told_.charset);
  tell(decoded, d.path);
  if (any && items(decoded.text, d)) return;
  d.body = std::move(decoded.text);
  d.content = content_of(d);
  if (d.url.empty()) d.url = told_.url;
  finish(std::move(d));
}

void Reader::archived(ArchivedPage&& page) {
  RawDocument& d = page.document;
  if (std::string reason = binary_reason(page.bytes); !reason.empty()) {
    return refuse(d.path, std::move(reason));
  }
  Decoded decoded = decode(std::move(page.bytes), page.charset);
  tell(decoded, d.path);
  d.body = std::move(decoded.text);
  d.content = page.plain && !looks_like_html(d.body) ? Content::Text : Content::Html;
  finish(std::move(d));
}

void Reader::tell(const Decoded& decoded, const std::string& path) {
  if (decoded.replaced > 0) {
    on_skipped_({path,
                 fmt::format("{} ill-formed bytes replaced, read as {}", decoded.replaced,
                             decoded.encoding),
                 Effect::Altered});
  } else if (decoded.from == Decoded::From::Guessed) {
    on_skipped_({path, fmt::format("not UTF-8, decoded as {}", decoded.encoding), Effect::Noted});
  }
}

Content Reader::content_of(const RawDocument& d) const {
  if (options_.format == Format::Text) return Content::Text;
  if (options_.format == Format::Html) return Content::Html;
  if (looks_like_html(d.body)) return Content::Html;
  if (told_.plain) return Content::Text;
  const std::string ending = extension(d.path);
  const bool named = ending == ".html" || ending == ".htm" || ending == ".xhtml";
  return named && d.body.find('<') != std::string::npos ? Content::Html : Content::Text;
}

void Reader::finish(RawDocument&& d) {
  if (d.body.size() > options_.max_document_bytes) {
    return refuse(d.path, "larger than " + in_megabytes(options_.max_document_bytes));
  }
  if (utf8::trim(d.body).empty()) return refuse(d.path, "empty (nothing but white space)");
  if (d.content == Content::Html) {
    std::string reason = html_refusal(d.body);
    if (!reason.empty()) return refuse(d.path, std::move(reason));
  }
  d.as_is = options_.as_is;
  if (d.published.empty()) d.published = options_.published;
  on_document_(std::move(d));
}

}  // namespace twosource::intake
