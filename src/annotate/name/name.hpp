#pragma once

#include <memory>
#include <vector>

#include "article/article.hpp"
#include "text/pack.hpp"

namespace twosource::annotate {

struct NameLayer {
  std::vector<Entity> entities;   // in order of first mention, ids e1, e2, …
  std::vector<Mention> mentions;  // sorted by span
};

// Persons, places, organisations, their roles, and what pronouns and descriptions refer to.
class NameTagger {
 public:
  explicit NameTagger(const PackSet& packs, const Pack& pack);
  ~NameTagger();
  NameTagger(NameTagger&&) noexcept;
  [[nodiscard]] NameLayer run(const Article& article) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace twosource::annotate
