#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "desk/desk.hpp"
#include "desk/plan.hpp"
#include "desk/shelf.hpp"
#include "desk/story_links.hpp"
#include "record/findings.hpp"
#include "story/ties.hpp"

namespace twosource::desk {

// Why a correction that found nothing did not, in a record that has the articles `has`.
[[nodiscard]] std::string why_not(const Correction& correction,
                                  const std::function<bool(const std::string&)>& has);

// What the record's findings hold, as far as a renewal needs it: the cells with their fingerprints
// and events, and the stories.
class Kept {
 public:
  explicit Kept(record::Record& store);

  [[nodiscard]] std::optional<std::int64_t> fingerprint(const std::string& cell) const;
  // Which of these people are in a cell.
  [[nodiscard]] std::set<std::string> people_of(const std::string& cell,
                                                const std::set<std::string>& people);
  // Events of the cells in which somebody is.
  [[nodiscard]] std::vector<std::string> events_with(const std::string& entity);
  // Cells that are not planned any more, of all of them.
  [[nodiscard]] std::set<std::string> not_among(const std::vector<Plan>& plans) const;
  // Cells that have to go before these are written: those of events that are gone, and those whose
  // events come to stand in another cell.
  [[nodiscard]] std::set<std::string> replaced(const std::vector<Plan>& plans,
                                               const std::vector<std::string>& gone) const;
  void erase(const std::string& cell);
  void put(const record::CellRows& rows);
  // Joins events to stories, those that what was put or erased since could concern, and writes what
  // changed; the stories are those of joining all. A stack brings its own stories.
  void write_stories(record::FindingsWriter& writer, const Shelf& shelf, bool stack);

 private:
  struct Event {
    std::string label;
    std::string first;  // its first article
    story::Ties ties;
    std::string story;
  };
  struct Told {
    std::string label;
    std::vector<std::string> events;
    friend bool operator==(const Told&, const Told&) = default;
  };
  record::Record& store_;
  std::unordered_map<std::string, std::int64_t> cells_;
  std::unordered_map<std::string, std::set<std::string>> events_of_;  // by cell
  std::unordered_map<std::string, std::string> cell_of_;              // by event
  std::unordered_map<std::string, Event> events_;
  using Names = std::set<std::string>;
  void forget(const std::string& event);
  [[nodiscard]] Names concerned();
  [[nodiscard]] std::map<std::string, Told> joined(const Shelf& shelf, const Names& events) const;
  std::map<std::string, Told> stories_;
  std::optional<StoryLinks> links_;  // of events_, once asked for
  Names left_;                       // stories from which events went since the last write
  Names came_;                       // events that came since
  std::optional<std::map<std::string, Told>> brought_;  // by a stack that was written
};

// Verdicts before and after. Does nothing unless `wanted`.
class Verdicts {
 public:
  Verdicts(record::Database& database, bool wanted);
  // Before a cell is erased or written over.
  void before(const std::string& cell);
  void after(const record::CellRows& rows);
  [[nodiscard]] std::vector<VerdictChange> take();

 private:
  record::Database& db_;
  bool wanted_;
  std::map<std::string, VerdictChange> claims_;
};

}  // namespace twosource::desk
