#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "article/article.hpp"
#include "article/corrections.hpp"
#include "record/index.hpp"
#include "record/sqlite.hpp"

namespace twosource::record {

// A correction as the record keeps it.
struct StoredCorrection {
  Correction correction;
  std::int64_t undoes = 0;     // an entry that undoes another has its id here, and no kind
  std::int64_t undone_by = 0;  // id of the entry that undid it; 0 while it holds
};

// The store that everything lands in: one SQLite file (WAL, foreign keys), readable with any SQLite
// tool; its table `read_me` says what the tables and views hold (docs/record.md). `dossier INPUT…`
// needs no record. Everything throws IoError; what was committed stays. One connection: several may
// read beside one that writes, each thread with a Record of its own.
class Record {
 public:
  enum class Mode : unsigned char { Write, Read };
  // Opens a record; Write creates it when there is none. An older schema is brought up to date
  // first, in one transaction. Refuses a file that is no record, one that does not exist (Read),
  // one of a newer schema, and one that cannot be written (Write).
  Record(const std::string& path, Mode mode);
  ~Record();

  // --- articles ---

  enum class Added : unsigned char { New, Unchanged, Revised, Refreshed };
  // The article, its earlier version and its words in the index, all or nothing. The same id with
  // the same text and metadata changes nothing, unless this program reads other layers out of it
  // (Refreshed); otherwise the old version moves to `revisions` (Revised). A
  // file of the same name from another place is no revision: it is added under its id with 8 hex
  // digits of XXH3 of its path. Outside a Batch it is on the disk when this returns.
  Added add(Article article) {
    Ready one = ready(std::move(article));
    return add(one);
  }
  // The same in two steps: what costs time is done on any thread, the rest on the record's.
  struct Ready {
    Article article;  // once it is added with the id that it has in the record
    std::string hash, layers;
    Index::Entry words;
    std::int64_t generation = 0;  // the record's, when the article was written
  };
  [[nodiscard]] static Ready ready(Article article);
  Added add(Ready& ready);
  // Takes an article out, with its earlier versions. False when there is none of this id.
  bool remove(const std::string& id);
  // Adding many: nothing is stored until commit(), which puts it on the disk; without it the batch
  // never was. Not to be nested.
  class Batch {
   public:
    explicit Batch(Record& record);
    ~Batch();
    Batch(const Batch&) = delete;
    Batch& operator=(const Batch&) = delete;
    void commit();

   private:
    Record& record_;
    Transaction transaction_;
  };

  // Every article in order of id, layers included, without tokens.
  void each_article(const std::function<void(Article&&)>& on_article);
  // One with the spans of its sentences, without tokens; nullopt when there is none of this id.
  [[nodiscard]] std::optional<Article> article(const std::string& id);
  [[nodiscard]] std::size_t size();
  // A number that grows whenever articles or corrections change: equal numbers, equal findings.
  [[nodiscard]] std::int64_t generation();

  // --- findings ---

  // The generation() that the stored findings are of; 0 when there are none.
  [[nodiscard]] std::int64_t findings_generation();
  // The findings are now (findings.hpp) of this generation(); within the transaction that wrote
  // them.
  void set_findings_generation(std::int64_t generation);

  // --- corrections (append-only) ---

  // All of them, in the order in which they were made, undone ones too.
  [[nodiscard]] std::vector<StoredCorrection> corrections();
  // Those that hold: what the corpus half replays.
  [[nodiscard]] std::vector<Correction> active_corrections();
  // Keeps it and returns its id. `when` empty: now; `by` and `why` must not be empty.
  std::int64_t add_correction(Correction correction);
  // Appends an entry that undoes correction `id`; undoing such an entry brings the correction back.
  // Returns the new entry's id. Throws IoError when there is no such entry or it is undone already.
  std::int64_t undo(std::int64_t id, const std::string& by, const std::string& why,
                    const std::string& when = {});

  [[nodiscard]] Database& database() noexcept { return database_; }

 private:
  struct Statements;
  Added put(Ready& ready);
  std::int64_t write(const Ready& ready, std::int64_t revision, std::int64_t number);
  std::int64_t note_change(std::string_view article);
  Database database_;
  Index index_;
  std::unique_ptr<Statements> statements_;  // of writing; prepared once
  bool in_batch_ = false;
};

}  // namespace twosource::record
