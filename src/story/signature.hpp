#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.hpp"
#include "story/evidence.hpp"
#include "text/pack.hpp"

namespace twosource::story {

// A word an article is about (features.hpp). Both numbers are rounded to fit a record of millions.
struct Term {
  std::uint32_t term = 0;       // XXH3 of its spelling
  std::uint16_t frequency = 0;  // weighted, in 1/16
  std::uint16_t rate = 0;       // share of articles at large that hold it, in 1/65535: a guess
  friend bool operator==(const Term&, const Term&) = default;
};

// What grouping articles into events needs of one: a flat value of about 8 bytes a different word,
// in place of its text and layers. Kept by the record.
struct Signature {
  std::string id;           // the article's
  std::string published;    // EDTF, as the article has it
  std::vector<Term> terms;  // sorted by term, each once
  Anchors anchors;
  friend bool operator==(const Signature&, const Signature&) = default;
};

// Makes signatures of articles with tokens, names and times. Not thread-safe (stemmers): one a
// thread. Linear in the text.
class Signer {
 public:
  explicit Signer(const PackSet& packs);
  ~Signer();
  Signer(Signer&&) noexcept;
  Signer& operator=(Signer&&) noexcept;
  [[nodiscard]] Signature sign(const Article& article);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// As bytes, little-endian, with a leading version number; nullopt when the bytes are damaged or of
// another version (then sign the article again). Linear.
[[nodiscard]] std::string to_bytes(const Signature& signature);
[[nodiscard]] std::optional<Signature> signature_from_bytes(std::string_view bytes);

// Canonical order of articles: by publication date, then id; the same however they came in.
[[nodiscard]] bool before(const Signature& a, const Signature& b) noexcept;

}  // namespace twosource::story
