#include "reuse/shingles.hpp"

#include <xxhash.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "text/utf8.hpp"

namespace twosource::reuse {
namespace {

bool ascii(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return (c & 0x80) == 0; });
}

std::uint32_t word_hash(std::string_view lower) {
  if (ascii(lower)) return static_cast<std::uint32_t>(XXH3_64bits(lower.data(), lower.size()));
  const std::string folded = utf8::fold(lower);
  return static_cast<std::uint32_t>(XXH3_64bits(folded.data(), folded.size()));
}

}  // namespace

ShingledText shingle_words(const Article& article) {
  ShingledText out;
  const TokenLayer& layer = article.tokens;
  out.words.reserve(layer.tokens.size());
  out.token.reserve(layer.tokens.size());
  for (std::size_t i = 0; i < layer.tokens.size(); ++i) {
    const TokenKind kind = layer.tokens[i].kind;
    if (kind != TokenKind::Word && kind != TokenKind::Number) continue;
    out.words.push_back(word_hash(layer.lower(i)));
    out.token.push_back(static_cast<std::uint32_t>(i));
  }
  return out;
}

void add_shingles(ShingledText& out) {
  if (out.words.size() < kShingleWords) return;
  out.at.reserve(out.words.size() - kShingleWords + 1);
  for (std::size_t i = 0; i + kShingleWords <= out.words.size(); ++i) {
    out.at.push_back(XXH3_64bits(&out.words[i], kShingleWords * sizeof(std::uint32_t)));
  }
  out.set = out.at;
  std::sort(out.set.begin(), out.set.end());
  out.set.erase(std::unique(out.set.begin(), out.set.end()), out.set.end());
}

ShingledText shingle(const Article& article) {
  ShingledText out = shingle_words(article);
  add_shingles(out);
  return out;
}

std::size_t shared(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  std::size_t count = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) {
      ++count, ++i, ++j;
    } else if (a[i] < b[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  return count;
}

}  // namespace twosource::reuse
