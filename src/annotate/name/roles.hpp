#pragma once

#include <vector>

#include "annotate/name/linking.hpp"
#include "annotate/name/marks.hpp"

namespace twosource::annotate::name {

// A role noun in the text with what belongs to it: "der russische Präsident", "Präsident der USA",
// "Putins außenpolitischer Berater".
struct RolePhrase {
  std::uint32_t begin = 0;  // first token behind the article
  std::uint32_t head = 0;   // the noun's first token
  std::uint32_t title = 0;  // where its title begins: at "former", or else at `begin`
  std::uint32_t end = 0;    // behind the noun and its genitive
  RoleWord role;
  std::int32_t place = -1;
  bool title_place = false;  // the place is named, so that a title can be made of noun and place
  bool article = false;      // a definite article stands before it
  bool definite = false;     // an article or a place says which one is meant
  bool owned = false;        // a person's or body's name in the genitive stands before it
  bool plural = false;
  bool former = false;    // "der frühere Präsident", "Ex-Präsident", "designierter Präsident"
  bool acting = false;    // "kommissarischer Leiter"
  bool attached = false;  // stands beside a name
  std::int32_t person = -1;  // the span of that name, when the phrase stands before it
  Gender gender = Gender::Unknown;
};

// All role phrases outside of names, in text order.
[[nodiscard]] std::vector<RolePhrase> role_phrases(const View& view,
                                                   const std::vector<NameSpan>& spans);

// Gives persons the roles that stand beside their names: before ("US-Präsident Donald Trump", also
// for several: "die Außenminister Rex Tillerson und Sergej Lawrow"), behind a comma ("Tillerson,
// Außenminister der USA,") or in brackets ("Merz (CDU)"). Marks those phrases as attached.
void attach_roles(const View& view, const std::vector<NameSpan>& spans,
                  std::vector<RolePhrase>& phrases, Linked& linked);

// The title a phrase gives: "Präsident Russlands" where the place is clear, else as written.
[[nodiscard]] std::string title_of(const View& view, const RolePhrase& phrase);

}  // namespace twosource::annotate::name
