#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.hpp"
#include "reuse/shingles.hpp"

namespace twosource::reuse {

// What finding copies needs of one article: a flat value of about 4 bytes a word, in place of its
// text and layers. Made once, for any number of articles at a time; kept by the record.
struct Signature {
  std::string id;            // the article's
  std::string published;     // EDTF, as the article has it
  std::uint64_t house = 0;   // XXH3 of house_key(): texts of one house tell nothing about origins
  std::uint64_t outlet = 0;  // of the publisher, 0 when unknown
  std::uint64_t url = 0;     // of url_key(), 0 when it has none: equal ones may be versions
  std::uint64_t text = 0;    // of the text
  bool reprint = false;      // says itself that the text is somebody else's
  bool press_release = false;
  bool credits_agency = false;       // for the text
  std::vector<std::uint32_t> words;  // ShingledText::words
  // Direct speech: pairs of begin and end, half-open ranges of words, sorted, disjoint.
  std::vector<std::uint32_t> speech;
  friend bool operator==(const Signature&, const Signature&) = default;
};

// The signature of an article with tokens, agencies, quotations and metadata. Const and
// thread-safe; linear in the text.
[[nodiscard]] Signature sign(const Article& article);

// As bytes, little-endian, with a leading version number; nullopt when the bytes are damaged or of
// another version (then sign() the article again). Linear.
[[nodiscard]] std::string to_bytes(const Signature& signature);
[[nodiscard]] std::optional<Signature> signature_from_bytes(std::string_view bytes);

// The shingles over the words of a signature; `token` stays empty.
[[nodiscard]] ShingledText shingle(const Signature& signature);

// Canonical order of articles: by publication date, then id; the same however they came in.
[[nodiscard]] bool before(const Signature& a, const Signature& b) noexcept;

}  // namespace twosource::reuse
