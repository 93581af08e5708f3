#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.hpp"
#include "text/pack.hpp"
#include "text/tokenizer.hpp"

// A made-up press archive of any size with known copy families and events, for measuring the
// corpus half: German and English articles by 90 outlets, built from the patterns of de.tsv and
// en.tsv by a fixed seed. Nothing in it is anybody's text.
namespace twosource::archive {

inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

// One article with what is true of it.
struct Made {
  Article article;          // with text, tokens, names, days, direct speech; no other layers
  std::uint64_t event = 0;  // kNone: a daily report, of no event
  // Texts that it draws on, each numbered: two articles with one in common are a copy pair. A text
  // that was written for this article alone is none.
  std::vector<std::uint64_t> sources;
};

// Vocabulary and patterns of one language.
struct Language {
  Language(const std::string& file, const Pack& pack, std::string code);
  [[nodiscard]] const std::vector<std::string>& of(const std::string& kind) const;
  std::string code;
  Tokenizer tokenizer;

 private:
  std::map<std::string, std::vector<std::string>> words_;
};

struct Options {
  std::uint64_t seed = 1;
  std::size_t per_day = 500;  // articles of one day of the archive, about
};

// Articles come in units of one event (or one daily report) each. 8 % daily reports of an outlet
// that change in their figures only; events with 1 (45 %), 2-3, 4-8 or 9-16 (8 %) articles within
// five days: copies of one or two dispatches (shortened, retitled, words exchanged, blocks moved,
// own sentences added), texts of their own on the same facts that may quote one long sentence word
// for word, and new versions under the old URL. 15 % of the events follow up an earlier one, with
// one of its people at its place; one in 20 is told in both languages; three outlets in ten put
// their stub below most texts. Const after construction; unit(u) depends on seed and u alone.
class Maker {
 public:
  // `folder` holds de.tsv and en.tsv; throws std::runtime_error when they cannot be read.
  Maker(const std::string& folder, const PackSet& packs, Options options);
  ~Maker();
  [[nodiscard]] std::vector<Made> unit(std::uint64_t number) const;

 private:
  std::unique_ptr<Language> german_;
  std::unique_ptr<Language> english_;
  Options options_;
};

}  // namespace twosource::archive
