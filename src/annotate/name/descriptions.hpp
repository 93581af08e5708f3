#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "annotate/name/linking.hpp"
#include "annotate/name/roles.hpp"

namespace twosource::annotate::name {

inline constexpr std::uint32_t kNoDraft = static_cast<std::uint32_t>(-1);

// A place where a person is named or referred to.
struct PersonPoint {
  std::uint32_t token = 0;
  std::uint32_t end = 0;
  std::uint32_t draft = 0;
  bool subject = false;  // may be the subject of its clause
  bool oblique = false;  // "ihm"
};

// When the article appeared, as far as known.
struct Published {
  bool known = false;
  std::chrono::sys_days first{};
  std::chrono::sys_days last{};
};

// Finds the person of the article whom a role phrase without a name means, in this order:
//   office     the one whose office in the article it is ("der US-Präsident"), or, by the table of
//              offices on the publication date, the one named in the article who holds it
//   title      the one named in the article of whom the table knows the title as such ("die
//              Kanzlerin", "der CSU-Chef"; lang/*/offices.tsv, aliases)
//   body       the one with a role of the same compound ("der Nordwerk-Boss", who was introduced as
//              "Nordwerk-Chef"), or of the same party ("der CDU-Politiker": "Laschet (CDU)")
//   former     "der frühere Gesundheitsminister": the one who, as the article says, had it, or else
//              the one named in it who had left it by the table
//   noun       for nouns that describe rather than name an office (lang/*/name_words.tsv, class
//              description: "die Politikerin", "der Trainer"), and for offices of somebody of whom
//              no role is known: the only person who was a subject in this sentence or the two
//              before it in its paragraph
// Precision before recall: two who fit are none. Const.
class Descriptions {
 public:
  Descriptions(const View& view, Linked& linked, Published published);
  // kNoDraft if nobody or more than one fits. `persons` in text order.
  // `told`: the time that the phrase's sentence tells of, when it is not that of publication; it
  // decides who held an office.
  [[nodiscard]] std::uint32_t find(const RolePhrase& p, std::span<const PersonPoint> persons,
                                   const Published& told) const;
  // "die beiden Präsidenten": the two persons named before who hold such an office, or, for a noun
  // that describes, the two of its field; nobody when there are more or fewer.
  [[nodiscard]] std::vector<std::uint32_t> both(const RolePhrase& p,
                                                std::span<const PersonPoint> persons) const;
  // The person of the article who bears this name or only its surname.
  [[nodiscard]] std::uint32_t person_named(std::string_view name) const;
  // Does the table of offices know the person in office for another country than this one?
  [[nodiscard]] bool in_office_elsewhere(std::uint32_t d, std::int32_t place) const;

 private:
  [[nodiscard]] const Draft& draft(std::uint32_t d) const { return linked_.drafts[d]; }
  [[nodiscard]] bool person(std::uint32_t d) const {
    return draft(d).entity.type == EntityType::Person;
  }
  [[nodiscard]] bool fits(Gender g, std::uint32_t d) const;
  template <class Is>
  [[nodiscard]] std::uint32_t only(const Is& is) const;
  [[nodiscard]] bool holds(std::uint32_t d, const RolePhrase& p) const;
  [[nodiscard]] std::uint32_t by_head(const RolePhrase& p) const;
  [[nodiscard]] std::uint32_t by_table(const RolePhrase& p, const Published& when) const;
  [[nodiscard]] std::uint32_t by_title(const RolePhrase& p, const Published& when) const;
  [[nodiscard]] std::uint32_t by_body(const RolePhrase& p,
                                      std::span<const PersonPoint> persons) const;
  [[nodiscard]] bool may_be_meant(const RolePhrase& p, const PersonPoint& q) const;
  [[nodiscard]] std::uint32_t last_subject(const RolePhrase& p,
                                           std::span<const PersonPoint> persons) const;
  [[nodiscard]] std::uint32_t by_noun(const RolePhrase& p,
                                      std::span<const PersonPoint> persons) const;
  [[nodiscard]] bool member_of_none(const Draft& d, const RolePhrase& p) const;
  [[nodiscard]] std::uint32_t by_party(const RolePhrase& p,
                                       std::span<const PersonPoint> persons) const;
  [[nodiscard]] std::uint32_t formerly(const RolePhrase& p) const;
  [[nodiscard]] bool held_by_another(const RolePhrase& p) const;
  [[nodiscard]] bool complemented(const RolePhrase& p) const;
  [[nodiscard]] bool nominative(const RolePhrase& p) const;

  const View& v_;
  Linked& linked_;
  Published published_;
  std::vector<std::string> names_;  // of drafts, folded; empty for all but persons
};

}  // namespace twosource::annotate::name
