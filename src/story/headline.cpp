#include "story/headline.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "story/features.hpp"
#include "text/hash_map.hpp"
#include "text/tokenizer.hpp"
#include "text/utf8.hpp"

namespace twosource::story {
namespace {

// The first kTermLetters letters of the folded words of `text` that have kTellingLetters or more.
std::vector<std::string> starts_of(std::string_view text) {
  const std::string folded = utf8::fold(text);
  std::vector<std::string> out;
  for (std::size_t at = 0; at < folded.size();) {
    std::string start;
    std::size_t letters = 0;
    while (at < folded.size()) {
      const std::size_t begin = at;
      if (!utf8::is_letter(utf8::decode(folded, at))) break;
      if (letters++ < kTermLetters) start += folded.substr(begin, at - begin);
    }
    if (letters >= kTellingLetters) out.push_back(std::move(start));
  }
  return out;
}

bool asks_or_quotes(std::string_view headline) {
  for (std::size_t at = 0; at < headline.size();) {
    const std::size_t begin = at;
    const char32_t c = utf8::decode(headline, at);
    if (c == U'?') return true;
    if (!is_quote_mark(c)) continue;
    std::size_t before = begin;  // an apostrophe stands behind a letter
    if (begin == 0 || !utf8::is_letter(utf8::decode_before(headline, before))) return true;
  }
  return false;
}

}  // namespace

std::string headline_of(const Article& article) {
  std::string line = utf8::squeeze(article.headline);
  if (line.empty()) {
    const std::string_view text = utf8::trim(article.text);
    const std::string_view first = utf8::trim(text.substr(0, text.find('\n')));
    if (!first.empty() && first.size() < text.size() && first.back() != '.') {
      line = utf8::squeeze(first);
    }
  }
  return line.size() <= kMaxLabel ? line : std::string();
}

std::uint32_t most_telling_headline(std::span<const Article> articles,
                                    std::span<const std::uint32_t> members) {
  const auto asked = members.first(std::min(members.size(), kMaxVoices));
  StringMap<std::uint32_t> holders;  // start of a word -> how many articles hold it
  for (const std::uint32_t i : asked) {
    StringSet seen;
    for (std::string& start : starts_of(articles[i].text)) seen.insert(std::move(start));
    for (const std::string& start : seen) ++holders[start];
  }
  std::uint32_t best = members.front();
  double most = 0;
  for (const std::uint32_t i : asked) {
    const std::string headline = headline_of(articles[i]);
    const std::vector<std::string> starts = starts_of(headline);
    double sum = 0;
    for (const std::string& start : starts) {
      const auto it = holders.find(start);
      if (it != holders.end()) sum += it->second;
    }
    if (starts.empty()) continue;
    sum /= std::sqrt(static_cast<double>(starts.size()));
    if (asks_or_quotes(headline)) sum /= 2;
    if (sum > most) most = sum, best = i;
  }
  return best;
}

}  // namespace twosource::story
