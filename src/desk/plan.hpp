#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "article/corrections.hpp"
#include "desk/cells.hpp"
#include "desk/shelf.hpp"

namespace twosource::desk {

// What is found in the same cell changes with the program: counted up when it does. So do the
// signatures of an article, which are kept beside the record (sidecar.hpp).
inline constexpr std::uint64_t kRules = 3;

// A cell before its articles are read.
struct Plan {
  std::string name;  // the id of its first event
  std::vector<story::Clusterer::View> events;
  std::vector<std::string> articles;  // canonical order: its own and those that share text with one
  std::vector<bool> own;
  std::set<std::string> families;  // ids
  bool stack = false;
  std::uint64_t inputs = 0;  // fingerprint of all that goes in but corrections
};

// Cuts the articles of a record into cells.
class Planner {
 public:
  Planner(Shelf& shelf, std::span<const Correction> corrections, const claim::Options& options);

  [[nodiscard]] bool stack() const noexcept { return shelf_.size() <= kStack; }
  // The cells that hold these events, each once; all of them without.
  [[nodiscard]] std::vector<Plan> cells(const std::vector<std::string>& events) const;
  [[nodiscard]] std::vector<Plan> cells() const;
  // Articles that a correction names, and those whose copies it changes.
  [[nodiscard]] std::set<std::string> concerned(const Correction& correction) const;
  // The fingerprint of a cell in which these people and other entities are.
  [[nodiscard]] std::int64_t fingerprint(const Plan& plan,
                                         const std::set<std::string>& entities) const;
  // The cell itself, from its articles in the order of the plan.
  [[nodiscard]] Cell cell(const Plan& plan, std::vector<Article> articles) const;

 private:
  [[nodiscard]] Plan plan(std::vector<story::Clusterer::View> events) const;
  [[nodiscard]] Plan whole() const;
  void share(Plan& plan, const std::set<std::string>& own) const;
  void fill(std::set<std::string>& articles, std::set<std::string>& families) const;
  void fingerprint_inputs(Plan& plan) const;

  Shelf& shelf_;
  std::span<const Correction> corrections_;
  claim::Options options_;
  std::map<std::string, std::set<std::string>> tied_;                // events by one of them
  std::map<std::int64_t, std::unordered_set<std::string>> outlets_;  // articles by SetGroup
};

// The articles that a correction names.
[[nodiscard]] std::set<std::string> named_articles(const Correction& correction);
// Lasting ids of the people whom it names; empty when it is not about people.
[[nodiscard]] std::set<std::string> named_people(const Correction& correction);

}  // namespace twosource::desk
