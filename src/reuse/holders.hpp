#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "reuse/postings.hpp"
#include "reuse/signature.hpp"

namespace twosource::reuse {

// Of a text with more than kSketchAll different shingles only those below 1/kSketchRate of the hash
// range are indexed (FracMinHash: Irber et al. 2022, "Lightweight compositional analysis of
// metagenomes with FracMinHash"). Unlike MinHash with bands its hits estimate containment, so a
// short dispatch inside a long article is found; a pair that shares 40 shingles is missed with
// probability < 0.001.
inline constexpr std::size_t kSketchAll = 256;
inline constexpr std::uint64_t kSketchRate = 2;
// A hash held by more texts pairs each with the kHub of them that are first in canonical order
// only, which keeps the cost linear in the number of texts and a wide-spread dispatch in one
// family.
inline constexpr std::uint32_t kHub = 64;

// A shingle is a template of an outlet (paywall stub, ticker head, daily count report) when it
// stands in kTemplateTexts or more different texts of that outlet that are spread over
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
  std::uint32_t sketch = 0;              // indexed shingles that are no templates
  std::vector<std::uint64_t> templates;  // indexed shingles that are templates, sorted
};

// The texts with an inverted index over their sketches, the templates learned from them and who
// has to be looked at again: after any adding and removing, candidates() and `templates` depend on
// the set of texts held alone, once every dirty text is refreshed.
class Holders {
 public:
  std::uint32_t add(Signature signature);
  void remove(std::uint32_t number);
  // Numbers of texts whose candidates or templates may have changed since the last call, sorted;
  // removed ones too.
  [[nodiscard]] std::vector<std::uint32_t> take_dirty();
  // Looks up the templates of a text anew.
  void refresh(std::uint32_t number);

  // Texts that may share copy with one: those with enough common hashes that are no templates, and
  // versions under its URL. Lists too many, loses few: every pair needs exact verification.
  // Symmetric. `hits`: scratch, all zero, of at least texts().size(); it is zero again after.
  [[nodiscard]] std::vector<std::uint32_t> candidates(std::uint32_t number,
                                                      std::vector<std::uint32_t>& hits) const;

  [[nodiscard]] const std::vector<Held>& texts() const noexcept { return texts_; }
  [[nodiscard]] const Held& at(std::uint32_t number) const { return texts_[number]; }
  [[nodiscard]] std::size_t bytes() const {
    return shingles_.postings.bytes() + urls_.postings.bytes();
  }

 private:
  // An inverted index and, for the hashes of more than kHub texts, the first of these.
  struct Lists {
    Postings postings;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> hubs;
  };
  void enter_shingle(std::uint64_t hash, std::uint32_t number);
  void leave_shingle(std::uint64_t hash, std::uint32_t number);
  void enter_hub(Lists& lists, std::uint64_t hash, std::uint32_t number, std::uint32_t count);
  void leave_hub(Lists& lists, std::uint64_t hash, std::uint32_t number, std::uint32_t count);
  void rebuild_hub(Lists& lists, std::uint64_t hash);
  // Calls visit for all that `number` is paired with by the hash.
  template <class Visit>
  void each_partner(const Lists& lists, std::uint64_t hash, std::uint32_t number,
                    Visit visit) const;
  [[nodiscard]] bool template_of(std::uint64_t hash, std::uint64_t outlet) const;
  [[nodiscard]] bool template_of_any(std::uint64_t hash) const;
  void touch_holders(std::uint64_t hash);
  [[nodiscard]] bool before(std::uint32_t a, std::uint32_t b) const {
    return reuse::before(texts_[a].signature, texts_[b].signature);
  }

  std::vector<Held> texts_;
  std::vector<std::uint32_t> free_;
  Lists shingles_;  // marked: a template
  Lists urls_;
  std::vector<std::uint32_t> dirty_;
};

// The shingles of a text that are indexed: the front of its sorted `set`.
[[nodiscard]] std::size_t sketch_size(const ShingledText& text);

}  // namespace twosource::reuse
