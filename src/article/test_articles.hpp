#pragma once

#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "article/article.hpp"
#include "text/tokenizer.hpp"

// Articles for the tests of the corpus stages: tokenised; one paragraph a line unless said
// otherwise.
namespace twosource::testing_support {

inline const PackSet& packs() {
  static const PackSet kPacks = PackSet::builtin();
  return kPacks;
}

inline void set_text(Article& article, std::string text) {
  static const Tokenizer kGerman(packs().get("de"));
  article.text = std::move(text);
  article.paragraphs.clear();
  for (std::size_t at = 0; at < article.text.size();) {
    const std::size_t end = std::min(article.text.find('\n', at), article.text.size());
    if (end > at) article.paragraphs.push_back({make_span(at, end), ParagraphKind::Body});
    at = end + 1;
  }
  article.tokens = kGerman.run(article.text, paragraph_spans(article));
}

inline Article make_article(std::string id, std::string publisher, std::string date,
                            std::string text) {
  Article a;
  a.id = std::move(id);
  a.publisher = std::move(publisher);
  a.published = {std::move(date), DateSource::Option};
  a.language = "de";
  set_text(a, std::move(text));
  return a;
}

// A German text that is one paragraph.
inline Article make_article(std::string id, std::string text) {
  static const Tokenizer kGerman(packs().get("de"));
  Article a;
  a.id = std::move(id);
  a.language = "de";
  a.text = std::move(text);
  a.paragraphs = {{make_span(0, a.text.size()), ParagraphKind::Body}};
  a.tokens = kGerman.run(a.text, paragraph_spans(a));
  return a;
}

inline std::string numbered(const char* prefix, int i) {
  std::string out(prefix);
  return out += std::to_string(i);
}

// Sentences of made-up words: no two share a shingle, truth is known by construction.
class SentenceMaker {
 public:
  explicit SentenceMaker(unsigned seed) : random_(seed) {}
  std::string sentence(int words = 12) {
    std::string out;
    for (int i = 0; i < words; ++i) {
      std::string w = word();
      if (i == 0) w[0] = static_cast<char>(w[0] - 'a' + 'A');
      out.append(i == 0 ? "" : " ").append(w);
    }
    return out.append(".");
  }
  std::string text(int sentences) {
    std::string out;
    for (int i = 0; i < sentences; ++i) out.append(i == 0 ? "" : " ").append(sentence());
    return out;
  }
  std::mt19937& random() { return random_; }

 private:
  std::string word() {
    static constexpr std::string_view kConsonants = "bdfgklmnprstvw";
    static constexpr std::string_view kVowels = "aeiou";
    std::string out;
    for (int i = 0; i < 4; ++i) {
      out += kConsonants[random_() % kConsonants.size()];
      out += kVowels[random_() % kVowels.size()];
    }
    return out;
  }
  std::mt19937 random_;
};

}  // namespace twosource::testing_support
