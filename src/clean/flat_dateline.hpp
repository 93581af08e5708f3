#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "clean/credits.hpp"
#include "clean/dates.hpp"
#include "clean/furniture.hpp"
#include "text/hash_map.hpp"
#include "text/pack.hpp"

namespace twosource::clean {

struct DatelineHit {
  std::size_t cut = 0;  // bytes of the dateline with its dash and blanks; 0: none
  std::string place;    // "Hamburg", "Hamburg/Berlin"; known places in their usual spelling
  std::string date;     // EDTF if the dateline holds a whole date
  // Bytes of a word with a known place glued to its front that may be a name of its own
  // ("BerlinBundesminister", but "BerlinMesse"): a dateline if the text says it only once.
  std::size_t once = 0;
};

// Datelines in front of a paragraph: "Berlin (dpa) - ", "HAMBURG/BERLIN. ", "Hamburg – ",
// "GLOUCESTER, Mass. (AP) — ", "dpa FRANKFURT. ", "Riad. ", and glued on: "HamburgOb es". Places
// come from lang/*/places.tsv; unknown ones count before an agency's bracket, in capitals, glued to
// a function word, or before a full stop when the paragraph goes on with something in, from or near
// them ("Wallmünde. Bei der Wahl in Wallmünde …"). Const, thread-safe; linear.
class DatelineFinder {
 public:
  DatelineFinder(const PackSet& packs, const FurniturePhrases& phrases, const CreditFinder& credits,
                 const DateFinder& dates);
  [[nodiscard]] DatelineHit find(std::string_view paragraph, std::string_view language) const;

 private:
  [[nodiscard]] bool known(std::string_view name) const;
  [[nodiscard]] std::string spelled(std::string_view name) const;
  [[nodiscard]] bool pieces(std::string_view head, bool agency, std::string_view language,
                            DatelineHit& out) const;
  [[nodiscard]] bool function_word(std::string_view word) const;
  [[nodiscard]] DatelineHit before_dash(std::string_view text, std::string_view language) const;
  [[nodiscard]] DatelineHit before_stop(std::string_view text, std::string_view language) const;
  [[nodiscard]] bool whole_date(std::string_view text, std::string_view language) const;
  [[nodiscard]] bool told_of(std::string_view place, std::string_view text) const;
  [[nodiscard]] bool agencies(std::string_view piece) const;
  [[nodiscard]] DatelineHit beside_agency(std::string_view text) const;
  [[nodiscard]] DatelineHit glued(std::string_view text) const;

  StringMap<std::string> places_;  // lower case -> usual spelling
  StringMap<bool> place_prepositions_;
  const FurniturePhrases& phrases_;
  const CreditFinder& credits_;
  const DateFinder& dates_;
};

}  // namespace twosource::clean
