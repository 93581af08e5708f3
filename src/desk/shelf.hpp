#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "article/corrections.hpp"
#include "desk/cells.hpp"
#include "desk/desk.hpp"
#include "desk/sidecar.hpp"
#include "pipeline/pipeline.hpp"
#include "record/record.hpp"
#include "reuse/index.hpp"
#include "story/clusterer.hpp"

namespace twosource::desk {

// Where an article stands in canonical order.
using Place = std::pair<std::string, std::string>;  // publication date, id

// Ids of the articles of the outlet of this name.
[[nodiscard]] std::vector<std::string> articles_of_outlet(record::Database& db,
                                                          std::string_view name);

// The copies and events of all articles of a record, in memory: signatures and indices, no texts;
// follows the record article by article.
class Shelf {
 public:
  Shelf(record::Record& store, const pipeline::Stages& stages);

  // What an update changed; each sorted.
  struct Update {
    std::vector<std::string> events;  // that are new, have other articles, or articles that changed
    std::vector<std::string> gone;    // that are no more
    bool everything = false;          // it is the first, or too much was missed: look at all
  };
  // Signs an article with all its layers; on any thread.
  [[nodiscard]] Signed sign(const Article& article) const;
  // The signatures of an article as it was written in this generation of the record: the next
  // update need not read it.
  void expect(const std::string& article, std::int64_t generation, Signed signs);
  // Follows what changed in the record since the last update, with these corrections.
  Update update(std::span<const Correction> corrections, unsigned threads);

  // Before the first update: takes over what an earlier process remembered, when it fits the
  // record, and gives the generation it was of and the corrections that held.
  struct Recalled {
    std::int64_t generation = 0;
    std::vector<Correction> corrections;
  };
  [[nodiscard]] std::optional<Recalled> recall();
  // After an update with these corrections: writes it for the next process. Best effort.
  void remember(std::span<const Correction> corrections);
  [[nodiscard]] std::int64_t generation() const noexcept { return generation_; }

  [[nodiscard]] std::size_t size() const noexcept { return stamps_.size(); }
  [[nodiscard]] std::vector<std::string> articles() const;
  [[nodiscard]] std::vector<story::Clusterer::View> events() const { return clusterer_.events(); }
  [[nodiscard]] story::Clusterer::View event(std::string_view id) const {
    return clusterer_.event(id);
  }
  [[nodiscard]] std::string event_of(std::string_view article) const {
    return clusterer_.event_of(article);
  }
  [[nodiscard]] const reuse::Index& copies() const noexcept { return index_; }
  // The generation in which an article last changed; 0 when it is not here.
  [[nodiscard]] std::int64_t stamp(const std::string& article) const;
  [[nodiscard]] Place place(const std::string& article) const;
  // Articles of the outlet of this name.
  [[nodiscard]] std::vector<std::string> by_outlet(std::string_view name) {
    return articles_of_outlet(store_.database(), name);
  }

  // An article as it goes into a cell: with tokens, date and group as corrected. `stored` is what
  // fetch() gave. prepare() is const and for all threads; nullopt when it is gone.
  struct Stored {
    std::string id, path, text, layers;
  };
  [[nodiscard]] std::optional<Stored> fetch(const std::string& id);
  [[nodiscard]] Article prepare(const Stored& stored,
                                std::span<const Correction> corrections) const;

 private:
  [[nodiscard]] std::vector<std::string> changed_articles(bool& everything);
  void put(Signed&& signs);
  void take_in(std::vector<std::string> ids, std::span<const Correction> corrections,
               unsigned threads);
  [[nodiscard]] bool fits(const Sidecar::Content& content);
  [[nodiscard]] bool restore(Sidecar::Content& content);

  record::Record& store_;
  const pipeline::Stages& stages_;
  reuse::Index index_;
  story::Clusterer clusterer_;
  struct Expected {
    std::int64_t stamp = 0;
    Signed signs;
  };
  std::unordered_map<std::string, Expected> expected_;
  mutable std::mutex signers_free_;
  mutable std::vector<story::Signer> signers_;  // lent to one thread at a time
  struct Stamp {
    std::int64_t changed = 0;
    std::uint64_t hash = 0;  // of its content
  };
  std::unordered_map<std::string, Stamp> stamps_;
  std::map<std::int64_t, Correction> corrected_;  // dates and groups that went into signatures
  std::int64_t generation_ = -1;
  Sidecar sidecar_;
  std::set<std::string> unwritten_;  // changed since the sidecar was written, or gone
  std::int64_t written_ = -1;        // the generation that was
  bool compare_ = false;             // the next update looks at all articles
};

// XXH3 of a text.
[[nodiscard]] std::uint64_t hash_of(std::string_view bytes);
// Of all that signatures depend on besides the articles.
[[nodiscard]] std::uint64_t program_of(const PackSet& packs);
// Those that change articles themselves, by id.
[[nodiscard]] std::map<std::int64_t, Correction> about_articles(
    std::span<const Correction> corrections);

// Runs work(i) for i < count on so many threads, the calling one among them.
void in_parallel(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work);

}  // namespace twosource::desk
