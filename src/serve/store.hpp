#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/record.hpp"
#include "text/span.hpp"

namespace twosource::serve {

// What an article is called where it is named. Empty: unknown.
struct ArticleName {
  std::string id;
  std::string outlet;  // publisher, else the URL's host, else the id
  std::string headline;
  std::string published;  // EDTF
  std::string language;
  std::string url;
};
struct EventName {
  std::string id;
  std::string label;
  std::string when;  // EDTF
  std::string story;
};
// A row of a listing: its id and its JSON as the corpus commands print it.
struct Item {
  std::string id;
  std::string json;
};
struct Listing {
  std::vector<Item> items;
  std::size_t total = 0;
};
// What a list is narrowed to; empty: not narrowed.
struct Filter {
  std::string event;
  std::string article;
  std::string story;
  std::string verdict;
  std::string name;    // of a speaker
  std::string outlet;  // as ArticleName has it
};
enum class Kind : std::uint8_t {
  Articles,
  Stories,
  Events,
  Claims,
  People,
  Quotes,
  Copies,
  Timeline,
  Origins,
  Entities
};

// The text of an article and its sentences, for showing evidence in its place.
struct ArticleText {
  std::string text;
  std::vector<Span> sentences;  // bytes
};

// One reader of a record: a connection of its own, used by one thread at a time. Everything between
// two calls of begin() sees one state of the record. Throws IoError.
class Store {
 public:
  explicit Store(const std::string& path);
  void begin();
  void end() noexcept;

  // The JSON of one element; nullopt when there is none. Not for Copies and Timeline.
  [[nodiscard]] std::optional<std::string> json(Kind kind, std::string_view id);
  // In order of the ids (timeline: of time), from `offset`, at most `limit`.
  [[nodiscard]] Listing list(Kind kind, const Filter& filter, std::size_t offset,
                             std::size_t limit);
  [[nodiscard]] std::size_t count(Kind kind);
  [[nodiscard]] std::optional<ArticleName> article(std::string_view id);
  [[nodiscard]] std::optional<EventName> event(std::string_view id);
  // Ids of the claims of an event: by verdict as people are shown them, those with most statements
  // first; with the verdict's name.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> claims_of_event(
      std::string_view event);
  // Event, verdict and number of the claims of a story's events.
  struct Verdicts {
    std::string event;
    std::string verdict;
    std::size_t claims = 0;
  };
  [[nodiscard]] std::vector<Verdicts> verdicts_of_story(std::string_view story);
  // The articles in which statements of an event's claims stand, those with most first.
  [[nodiscard]] std::vector<std::string> articles_of_claims(std::string_view event);
  // Ids of the people (events) of that name (label).
  [[nodiscard]] std::vector<std::string> ids_by_name(Kind kind, std::string_view name);
  // Name of a person, body, place or origin; the id when it is unknown.
  [[nodiscard]] std::string name(std::string_view id);
  // The copy pairs of a family, or those that an article has a part in.
  [[nodiscard]] std::vector<Item> family(std::string_view id);
  [[nodiscard]] std::vector<Item> copies_of(std::string_view article);
  [[nodiscard]] std::optional<ArticleText> text(std::string_view article);
  [[nodiscard]] record::Record& record() noexcept { return record_; }
  // Runs a query for the rows of which `row` is called; for overviews.
  template <class OnRow>
  void each(const char* sql, const OnRow& row) {
    record::Statement s(database_, sql);
    while (s.step()) row(s);
  }

 private:
  // A statement that was prepared once, ready for values; made ready for the next ones at the end.
  class Query {
   public:
    explicit Query(record::Statement& statement) : statement_(statement) {}
    ~Query() { statement_.reset(); }
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    record::Statement* operator->() const noexcept { return &statement_; }

   private:
    record::Statement& statement_;
  };
  [[nodiscard]] Query query(std::string_view sql);
  [[nodiscard]] std::vector<Item> items(const char* sql, std::initializer_list<std::string_view>);
  record::Record record_;
  record::Database& database_;
  std::map<std::string, record::Statement, std::less<>> prepared_;
  bool begun_ = false;
};

// Readers for the threads of a server, and the state of the record they read.
class StorePool {
 public:
  // Throws IoError when there is no such record.
  explicit StorePool(std::string path);

  // Lends a reader with begin() called; end() is called when it comes back.
  class Lease {
   public:
    Lease(StorePool& pool, std::unique_ptr<Store> store) : pool_(pool), store_(std::move(store)) {}
    ~Lease();
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Store& operator*() const noexcept { return *store_; }
    Store* operator->() const noexcept { return store_.get(); }

   private:
    StorePool& pool_;
    std::unique_ptr<Store> store_;
  };
  [[nodiscard]] Lease lease();
  // A number that changes whenever somebody wrote into the record. Costs a look at shared memory.
  [[nodiscard]] std::uint64_t generation();
  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  friend class Lease;
  std::string path_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Store>> free_;
  std::mutex watch_mutex_;
  record::Record watch_;
  std::int64_t seen_ = -1;
  std::uint64_t generation_ = 0;
};

}  // namespace twosource::serve
