#include "reuse/signature.hpp"

#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <tuple>

#include "reuse/credits.hpp"
#include "reuse/original.hpp"
#include "reuse/pairs.hpp"
#include "text/bytes.hpp"

namespace twosource::reuse {
namespace {

constexpr std::uint8_t kVersion = 1;

std::uint64_t hash_of(std::string_view text) {
  return text.empty() ? 0 : XXH3_64bits(text.data(), text.size());
}

// Ranges of words that lie in direct speech.
std::vector<std::uint32_t> speech_of(const Article& article, const ShingledText& text) {
  std::vector<Span> spans;
  for (const Quote& quote : article.quotes) {
    if (quote.kind == QuoteKind::Direct) {
      spans.insert(spans.end(), quote.parts.begin(), quote.parts.end());
    }
  }
  std::sort(spans.begin(), spans.end());
  std::vector<std::uint32_t> out;
  std::uint32_t word = 0;
  for (const Span span : spans) {
    const auto begin_of = [&](std::uint32_t w) {
      return article.tokens.tokens[text.token[w]].span.begin;
    };
    while (word < text.token.size() && begin_of(word) < span.begin) ++word;
    const std::uint32_t begin = word;
    while (word < text.token.size() && begin_of(word) < span.end) ++word;
    if (word == begin) continue;
    if (!out.empty() && out.back() == begin) {
      out.back() = word;
    } else {
      out.insert(out.end(), {begin, word});
    }
  }
  return out;
}

}  // namespace

Signature sign(const Article& article) {
  Signature out;
  ShingledText text = shingle_words(article);
  out.id = article.id;
  out.published = article.published.value;
  out.house = hash_of(house_key(article));
  out.outlet = hash_of(article.publisher);
  out.url = hash_of(url_key(article.url));
  out.text = hash_of(article.text);
  out.reprint = is_reprint(article);
  out.press_release = article.genre == "press-release";
  out.credits_agency =
      std::any_of(article.agencies.begin(), article.agencies.end(),
                  [](const AgencyCredit& c) { return c.kind == AgencyKind::Text; });
  out.speech = speech_of(article, text);
  out.words = std::move(text.words);
  out.words.shrink_to_fit();
  return out;
}

std::string to_bytes(const Signature& s) {
  ByteWriter out;
  out.u8(kVersion);
  out.text(s.id);
  out.text(s.published);
  for (const std::uint64_t v : {s.house, s.outlet, s.url, s.text}) out.u64(v);
  out.u8(static_cast<std::uint8_t>((s.reprint ? 1U : 0U) | (s.press_release ? 2U : 0U) |
                                   (s.credits_agency ? 4U : 0U)));
  out.u32s(s.words);
  out.u32s(s.speech);
  return out.take();
}

std::optional<Signature> signature_from_bytes(std::string_view bytes) {
  ByteReader in(bytes);
  if (in.u8() != kVersion) return std::nullopt;
  Signature s;
  s.id = in.text();
  s.published = in.text();
  for (std::uint64_t* v : {&s.house, &s.outlet, &s.url, &s.text}) *v = in.u64();
  const std::uint8_t flags = in.u8();
  s.reprint = (flags & 1U) != 0;
  s.press_release = (flags & 2U) != 0;
  s.credits_agency = (flags & 4U) != 0;
  s.words = in.u32s();
  s.speech = in.u32s();
  bool sound = in.done() && s.speech.size() % 2 == 0;
  for (std::size_t i = 0; i < s.speech.size() && sound; ++i) {
    sound = s.speech[i] <= s.words.size() && (i == 0 || s.speech[i - 1] <= s.speech[i]);
  }
  if (!sound) return std::nullopt;
  return s;
}

ShingledText shingle(const Signature& signature) {
  ShingledText out;
  out.words = signature.words;
  add_shingles(out);
  return out;
}

bool before(const Signature& a, const Signature& b) noexcept {
  return std::tie(a.published, a.id) < std::tie(b.published, b.id);
}

}  // namespace twosource::reuse
