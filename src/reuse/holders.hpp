#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "reuse/hub_lists.hpp"
#include "reuse/signature.hpp"

namespace twosource::reuse {

// Of a text with more than kSketchAll different shingles only those below 1/kSketchRate of the hash
// range are indexed (FracMinHash: Irber et al. 2022, "Lightweight compositional analysis of
// metagenomes with FracMinHash"). Unlike MinHash with bands its hits estimate containment, so a
// short dispatch inside a long article is found; a pair that shares 40 shingles is missed with
// probability < 0.001.
inline constexpr std::size_t kSketchAll = 256;
inline constexpr std::uint64_t kSketchRate = 2;

// More texts than Index takes as one era are blocked by time: cut into eras of kEraDays publication
// days, each with an index of its own. Copies are looked for in the era of a text and the one
// before and after; those of other times only by one shingle in kFarRate, which finds what takes
// over most of a text (230 words: missed with probability < 0.001; 100 words: 5 %). So what a text
// costs does not grow with the years that an archive spans, and a new one leaves old eras as they
// were.
inline constexpr int kEraDays = 28;
inline constexpr std::uint64_t kFarRate = 16;

// A shingle is a template of an outlet (paywall stub, ticker head, daily count report) when it
// stands in kTemplateTexts or more different texts of that outlet and era that are spread over
// kTemplateDays publication days, or, where days are few or unknown, in kTemplateManyTexts.
// Versions of one URL and identical texts count once; articles without publisher teach nothing. The
// spread keeps a small stack safe: an outlet that tells one story five times in two days has no
// templates, it copies itself. Only indexed shingles are counted; they stand for the others.
// Tuned on press_reuse_de, dev half; docs/benchmarks.md has the figures.
inline constexpr std::size_t kTemplateTexts = 4;
inline constexpr std::size_t kTemplateDays = 3;
inline constexpr std::size_t kTemplateManyTexts = 12;

// A text in the index.
struct Held {
  Signature signature;
  bool live = false;
  bool far = false;              // entered for other times
  int era = 0;                   // days since 1970 / kEraDays
  std::uint32_t sketch = 0;      // indexed shingles that are no templates
  std::uint32_t far_sketch = 0;  // those of them that other times are searched by
  // Which of the indexed shingles, by place in the sorted set, are templates; empty: none.
  std::vector<bool> templates;
  [[nodiscard]] bool is_template(std::size_t place) const {
    return place < templates.size() && templates[place];
  }
};

// The texts with an inverted index over their sketches, the templates learned from them and who
// has to be looked at again: after any adding and removing, candidates() and `templates` depend on
// the set of texts held alone, once settle() was called.
class Holders {
 public:
  explicit Holders(std::size_t one_era) : one_era_(one_era) {}
  Holders(const Holders&) = delete;
  Holders& operator=(const Holders&) = delete;
  ~Holders() = default;
  // So many will be added before settle(): spares cutting them into eras anew. Only while empty.
  void expect(std::size_t texts);
  std::uint32_t add(Signature signature);
  void remove(std::uint32_t number);
  // Looks up the templates of texts anew and gives the numbers of those whose candidates or
  // templates may have changed since the last call, sorted; all are live.
  [[nodiscard]] std::vector<std::uint32_t> settle();

  // Texts that may share copy with one: those with enough common hashes that are no templates, and
  // versions under its URL. Lists too many, loses few: every pair needs exact verification.
  // Symmetric. `hits`: scratch, all zero, of at least texts().size(); it is zero again after.
  [[nodiscard]] std::vector<std::uint32_t> candidates(std::uint32_t number,
                                                      std::vector<std::uint32_t>& hits) const;

  [[nodiscard]] const std::vector<Held>& texts() const noexcept { return texts_; }
  [[nodiscard]] const Held& at(std::uint32_t number) const { return texts_[number]; }
  [[nodiscard]] std::size_t bytes() const;

 private:
  [[nodiscard]] int era_of(const Signature& signature) const;
  [[nodiscard]] const HubLists* lists_of(int era) const;
  void enter_era(std::uint32_t number);
  void enter_shingle(HubLists& lists, std::uint64_t hash, std::uint32_t number);
  void leave_shingle(HubLists& lists, std::uint64_t hash, std::uint32_t number);
  void cut_anew();
  void refresh(std::uint32_t number);
  void leave_far(std::uint32_t number, const ShingledText& text);
  void near_candidates(std::uint32_t number, const ShingledText& text,
                       std::vector<std::uint32_t>& hits, std::vector<std::uint32_t>& out) const;
  void far_candidates(std::uint32_t number, const ShingledText& text,
                      std::vector<std::uint32_t>& hits, std::vector<std::uint32_t>& out) const;
  [[nodiscard]] bool template_of(const HubLists& lists, std::uint64_t hash,
                                 std::uint64_t outlet) const;
  [[nodiscard]] bool template_of_any(const HubLists& lists, std::uint64_t hash) const;
  void touch_holders(const HubLists& lists, std::uint64_t hash);
  [[nodiscard]] HubLists::Context context() { return {before_, dirty_}; }

  std::vector<Held> texts_;
  std::vector<std::uint32_t> free_;
  std::size_t one_era_;
  std::size_t live_ = 0;
  bool one_ = true;               // all are one era
  std::map<int, HubLists> eras_;  // ignored: templates
  HubLists far_;
  HubLists urls_;
  std::vector<std::uint32_t> dirty_;
  const HubLists::Before before_ = [this](std::uint32_t a, std::uint32_t b) {
    return before(texts_[a].signature, texts_[b].signature);
  };
};

// The shingles of a text that are indexed: the front of its sorted `set`.
[[nodiscard]] std::size_t sketch_size(const ShingledText& text);

}  // namespace twosource::reuse
