#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "record/sqlite.hpp"
#include "record/words.hpp"

namespace twosource::record {

// The full-text index of the articles (FTS5 without content of its own: `articles` has the text), a
// column for the headline and one for the text, words in the form of words.hpp. Changed within the
// transaction that changes the article.
class Index {
 public:
  explicit Index(Database& database) : database_(database) {}

  // What is put in of an article; made on any thread.
  struct Entry {
    std::string headline;
    std::string text;
    [[nodiscard]] std::int64_t hash() const;  // to be kept with the article
  };
  [[nodiscard]] static Entry entry(FormsByLanguage& forms, const std::string& language,
                                   std::string_view headline, std::string_view text);

  // Puts an article in; `number` is its row in `articles`.
  void add(std::int64_t number, const Entry& entry);
  // Takes an article out, whose row must still be there. The index cannot forget words that it is
  // not told, so when the forms have changed since (another stemmer: another hash) it is built anew
  // without the article, which costs a pass over all texts.
  void remove(std::int64_t number, const std::string& language, std::string_view headline,
              std::string_view text, std::int64_t hash);
  // Builds it anew from `articles`, without the row `except`.
  void rebuild(std::int64_t except = -1);

 private:
  Database& database_;
  std::optional<Statement> insert_;
  FormsByLanguage forms_;
};

}  // namespace twosource::record
