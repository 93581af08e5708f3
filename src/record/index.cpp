#include "record/index.hpp"

#include <xxhash.h>

namespace twosource::record {

std::int64_t Index::Entry::hash() const {
  const XXH64_hash_t h =
      XXH3_64bits_withSeed(text.data(), text.size(), XXH3_64bits(headline.data(), headline.size()));
  return static_cast<std::int64_t>(h >> 1U);  // SQLite's numbers are signed
}

Index::Entry Index::entry(FormsByLanguage& forms, const std::string& language,
                          std::string_view headline, std::string_view text) {
  WordForms& words = forms.try_emplace(language, language).first->second;
  return {words.forms(headline), words.forms(text)};
}

void Index::add(std::int64_t number, const Entry& e) {
  if (!insert_) {
    insert_.emplace(database_, "INSERT INTO article_words (rowid, headline, text) VALUES (?,?,?)");
  }
  insert_->bind(number).bind(e.headline).bind(e.text).run();
}

void Index::remove(std::int64_t number, const std::string& language, std::string_view headline,
                   std::string_view text, std::int64_t hash) {
  const Entry e = entry(forms_, language, headline, text);
  if (e.hash() != hash) return rebuild(number);
  Statement s(database_,
              "INSERT INTO article_words (article_words, rowid, headline, text) "
              "VALUES ('delete',?,?,?)");
  s.bind(number).bind(e.headline).bind(e.text).run();
}

void Index::rebuild(std::int64_t except) {
  database_.execute("INSERT INTO article_words (article_words) VALUES ('delete-all')");
  Statement all(database_,
                "SELECT number, coalesce(language, ''), coalesce(headline, ''), text FROM articles "
                "WHERE number <> ? ORDER BY number");
  Statement keep(database_, "UPDATE main.articles SET words_hash = ? WHERE number = ?");
  all.bind(except);
  while (all.step()) {
    const std::int64_t number = all.number(0);
    const Entry e = entry(forms_, all.string(1), all.text(2), all.text(3));
    add(number, e);
    keep.bind(e.hash()).bind(number).run();
  }
}

}  // namespace twosource::record
