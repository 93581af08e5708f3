#pragma once

#include <functional>
#include <string>

#include "article/article.hpp"
#include "article/dossier.hpp"
#include "record/sqlite.hpp"

namespace twosource::record {

// The store that everything lands in: one SQLite file (WAL, foreign keys), readable with any SQLite
// tool. Layout (schema.cpp): `articles` with the current version of each and its JSON, `revisions`
// with the earlier ones, and the findings of the corpus half (`events`, `claims`, `statements`,
// `copies`, `quotes`, `people`, `timeline`, `stories`, `origins`, `entities`), each row with its
// columns and its whole JSON as the corpus commands print it. `dossier INPUT…` needs no record and
// keeps everything in memory without one. Everything throws IoError; what was committed stays.
class Record {
 public:
  enum class Mode : unsigned char { Write, Read };
  // Opens a record; Write creates it when there is none. Refuses a file that is no record, one that
  // does not exist (Read) and one of a newer schema.
  Record(const std::string& path, Mode mode);

  enum class Added : unsigned char { New, Unchanged, Revised };
  // One transaction. The same id with the same text changes nothing; with another text the old
  // version moves to `revisions`. A file of the same name from another place is no revision: it is
  // added under its id with 8 hex digits of XXH3 of its path.
  Added add(Article article);

  // Every article in order of id, layers included, without tokens.
  void each_article(const std::function<void(Article&&)>& on_article);
  [[nodiscard]] std::size_t size();

  // Replaces the findings by those of the dossier. One transaction.
  void store_findings(const Dossier& dossier);

 private:
  Database database_;
};

}  // namespace twosource::record
