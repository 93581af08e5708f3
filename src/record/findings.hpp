#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "article/dossier.hpp"
#include "record/sqlite.hpp"
#include "record/words.hpp"

namespace twosource::record {

// The findings of one cell as rows: what was cross-checked at once (desk/cells.hpp). Made on any
// thread, written on one.
struct CellRows {
  struct Place {
    std::string article;
    std::int64_t start = 0;  // code points
    std::int64_t end = 0;
    std::string speaker;  // of a statement
    std::string origin;
  };
  struct Event {
    std::string id, when, label, type, words, ties;
    std::int64_t line = 0;
    std::vector<std::string> articles;
  };
  struct Difference {
    std::string slot, a_value, b_value, why;
    Relation relation = Relation::Different;
    std::int64_t a = 0;
    std::int64_t b = 0;
  };
  struct Claim {
    std::string id, event, own_text, text;
    Verdict verdict = Verdict::SingleOutlet;
    std::int64_t origins = 0;
    std::int64_t said_in = -1;
    std::int64_t line = 0;
    std::vector<Place> statements;
    std::vector<Difference> differences;
  };
  struct Copy {
    std::string family, a, b, agency;
    double containment = 0;
    std::int64_t line = 0;
  };
  struct Quote {
    std::string id, name;
    std::int64_t line = 0;
    std::vector<Place> variants;
  };
  struct Entity {
    std::string id, name, role;
    std::int64_t mentions = 0;
    std::int64_t articles = 0;
    std::int64_t line = 0;
  };
  struct Origin {
    std::string id, name;
    OriginKind kind = OriginKind::Unknown;
  };
  struct Moment {
    std::string when, own_text, event;
    Place place;  // of its words, unless it has own_text
    std::int64_t line = 0;
  };

  struct Story {  // where the cell is the whole record
    std::string id, label;
    std::vector<std::string> events;
  };

  std::string name;  // id of its first event
  std::int64_t fingerprint = 0;
  std::string packed;
  std::vector<Event> events;
  std::vector<Claim> claims;
  std::vector<Copy> copies;
  std::vector<Quote> quotes;
  std::vector<Entity> entities;
  std::vector<Origin> origins;
  std::vector<Moment> timeline;
  std::vector<Story> stories;
  std::vector<std::int64_t> applied;  // corrections that found something
};

// `found`: a dossier with lasting ids; `shared`: one with the copy families that are to be kept
// with it; `ties`: of each event, as bytes. Linear.
[[nodiscard]] CellRows pack_cell(const Dossier& found, const Dossier& shared,
                                 std::span<const std::string> ties, FormsByLanguage& forms);

// Writes and erases cells, within a transaction of the caller.
class FindingsWriter {
 public:
  explicit FindingsWriter(Database& database);
  ~FindingsWriter();

  // What is written of a cell of this name before is erased.
  void write(const CellRows& rows);
  void erase(std::string_view name);
  void put_story(std::string_view id, std::string_view label, std::span<const std::string> events);
  void erase_story(std::string_view id);
  // The story that an event belongs to.
  void tell(std::string_view event, std::string_view story);
  // Sums up the people, other entities and origins of which something was written or erased.
  void finish();
  // Everything that was found.
  void clear();

 private:
  struct Statements;
  struct Numbers;
  void bind_article(record::Statement& s, Numbers& n, const std::string& id);
  void write_entities(Numbers& n, const CellRows& rows);
  void write_events(Numbers& n, const CellRows& rows);
  void write_claims(Numbers& n, const CellRows& rows);
  void write_others(Numbers& n, const CellRows& rows);
  void forget_events(record::Statement& found);
  Database& db_;
  std::unique_ptr<Statements> s_;
  std::set<std::string> touched_;  // entities
  std::set<std::string> left_;     // origins
};

}  // namespace twosource::record
