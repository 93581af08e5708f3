#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "intake/intake.hpp"
#include "text/error.hpp"

namespace twosource::intake {

// One line of JSON Lines: the document's metadata and where its content stands. Exactly one of
// `text`, `html`, `file` is given; `body` holds it.
struct JsonRecord {
  enum class Body : std::uint8_t { Text, Html, File };
  Body kind = Body::Text;
  RawDocument document;  // everything but `path`; `body` is the text, the HTML or the file's path
};

// Reads lines of `id, url, publisher, published, headline, authors, inLanguage` and one of `text`,
// `html`, `file`. null is like a missing field, a number is taken as its digits, `authors` may be
// one string. Every other field goes to `extra` as it stands. Not thread-safe: holds the parser.
class JsonlParser {
 public:
  JsonlParser();
  ~JsonlParser();
  // Refuses with the reason in words: not JSON (and where), not an object, a field of a wrong type,
  // none or several of text, html and file. `text` keeps every byte.
  [[nodiscard]] Result<JsonRecord> parse(std::string_view line);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace twosource::intake
