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
#include "pipeline/pipeline.hpp"
#include "record/record.hpp"
#include "reuse/index.hpp"
#include "story/clusterer.hpp"

namespace twosource::desk {

// Where an article stands in canonical order.
using Place = std::pair<std::string, std::string>;  // publication date, id

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
  [[nodiscard]] std::vector<std::string> by_outlet(std::string_view name);

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
  void drop(const std::string& id, std::set<std::string>& families);

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
  std::unordered_map<std::string, std::int64_t> stamps_;
  std::map<std::int64_t, Correction> corrected_;  // dates and groups that went into signatures
  std::int64_t generation_ = -1;
};

// Runs work(i) for i < count on so many threads, the calling one among them.
void in_parallel(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work);

}  // namespace twosource::desk
