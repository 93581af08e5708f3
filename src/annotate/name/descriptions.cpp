#include "annotate/name/descriptions.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace twosource::annotate::name {
namespace {

constexpr std::uint32_t kNearSentences = 2;  // before the sentence of a describing noun

}  // namespace

Descriptions::Descriptions(const View& view, Linked& linked, Published published)
    : v_(view), linked_(linked), published_(published) {
  names_.reserve(linked_.drafts.size());
  for (std::uint32_t d = 0; d < linked_.drafts.size(); ++d) {
    names_.push_back(person(d) ? utf8::fold(draft(d).entity.name) : std::string());
  }
}

bool Descriptions::fits(Gender g, std::uint32_t d) const {
  const std::string& have = draft(d).entity.gender;
  if (g == Gender::Unknown || have.empty()) return true;
  return have == (g == Gender::Male ? "m" : "f");
}

// The one person for whom `is` holds.
template <class Is>
std::uint32_t Descriptions::only(const Is& is) const {
  std::uint32_t found = kNoDraft;
  for (std::uint32_t d = 0; d < names_.size(); ++d) {
    if (!person(d) || !is(d)) continue;
    if (found != kNoDraft) return kNoDraft;
    found = d;
  }
  return found;
}

std::uint32_t Descriptions::person_named(std::string_view name) const {
  const std::string full = utf8::fold(name);
  const std::size_t blank = full.rfind(' ');
  const std::string_view surname = blank == std::string::npos
                                       ? std::string_view(full)
                                       : std::string_view(full).substr(blank + 1);
  for (std::uint32_t d = 0; d < names_.size(); ++d) {
    if (!names_[d].empty() && (names_[d] == full || names_[d] == surname)) return d;
  }
  return kNoDraft;
}

bool Descriptions::holds(std::uint32_t d, const RolePhrase& p) const {
  const auto& offices = draft(d).offices;
  return fits(p.gender, d) && std::any_of(offices.begin(), offices.end(), [&](const Office& o) {
           if (!v_.lexicon.roles_agree(o.role, p.role.role)) return false;
           // "der CSU-Chef" is no chief of something else.
           if (p.place < 0 && p.role.first != 0 && o.first != p.role.first) return false;
           // Without a place on one side only equal nouns count: "der Präsident".
           if (o.place < 0 || p.place < 0) return o.role == p.role.role && p.place < 0;
           return o.place == p.place;
         });
}

// "die Ministerin" for the only one who is a minister of something.
std::uint32_t Descriptions::by_head(const RolePhrase& p) const {
  if (p.place >= 0 || p.role.first != 0) return kNoDraft;
  return only([&](std::uint32_t d) {
    const auto& offices = draft(d).offices;
    return fits(p.gender, d) && std::any_of(offices.begin(), offices.end(), [&](const Office& o) {
             return v_.lexicon.role_tail(p.role.role, o.role);
           });
  });
}

std::uint32_t Descriptions::by_table(const RolePhrase& p, const Published& when) const {
  if (!when.known) return kNoDraft;
  std::uint32_t found = kNoDraft;
  for (const Holder* h : v_.lexicon.holders(p.role.role, p.place, when.first, when.last)) {
    const std::uint32_t d = person_named(h->person);
    if (d == kNoDraft || d == found) continue;
    if (found != kNoDraft) return kNoDraft;
    found = d;
  }
  return found;
}

// A title of one word that the table of offices knows. Somebody else in the article with such a
// role may be meant by a title without the name of a body.
std::uint32_t Descriptions::by_title(const RolePhrase& p, const Published& when) const {
  if (p.end != p.head + 1 || p.place >= 0) return kNoDraft;
  // Without a date only the title of a body tells enough: whoever of its holders is named.
  if (!when.known && p.role.first == 0) return kNoDraft;
  std::uint32_t found = kNoDraft;
  for (const std::uint32_t row : v_.lexicon.offices_titled(v_.layer.lower(p.head))) {
    const Holder& h = v_.lexicon.offices[row];
    const bool then = h.to > when.first && h.from <= when.last;
    if (when.known && !then) continue;
    const std::uint32_t d = person_named(h.person);
    if (d == kNoDraft || d == found || !fits(p.gender, d)) continue;
    if (found != kNoDraft) return kNoDraft;
    found = d;
  }
  // Whoever has the role in the article has it today.
  if (found == kNoDraft || p.role.first != 0 || &when != &published_) return found;
  const std::uint32_t other = only([&](std::uint32_t d) {
    const auto& offices = draft(d).offices;
    return d != found && fits(p.gender, d) &&
           std::any_of(offices.begin(), offices.end(), [&](const Office& o) {
             return v_.lexicon.roles_agree(o.role, p.role.role);
           });
  });
  return other == kNoDraft ? found : kNoDraft;
}

std::uint32_t Descriptions::by_body(const RolePhrase& p,
                                    std::span<const PersonPoint> persons) const {
  if (p.role.first == 0) return kNoDraft;
  const std::uint32_t same = only([&](std::uint32_t d) {
    const auto& offices = draft(d).offices;
    return fits(p.gender, d) && std::any_of(offices.begin(), offices.end(), [&](const Office& o) {
             return o.first == p.role.first && v_.lexicon.roles_agree(o.role, p.role.role);
           });
  });
  if (same != kNoDraft || p.role.body < 0) return same;
  const Known& party = v_.lexicon.known[static_cast<std::size_t>(p.role.body)];
  const Role& noun = v_.lexicon.roles[static_cast<std::size_t>(p.role.role)];
  if (!party.party || !(noun.description || noun.member)) return kNoDraft;
  const auto member = [&](std::uint32_t d) {
    const auto& roles = draft(d).entity.roles;
    return fits(p.gender, d) && std::find(roles.begin(), roles.end(), party.name) != roles.end();
  };
  // Whoever was the last subject goes before a member named further up: his party may not be told.
  const std::uint32_t last = last_subject(p, persons);
  if (last == kNoDraft) return only(member);
  const std::uint32_t here = v_.layer.tokens[p.head].sentence;
  const bool two = std::any_of(persons.begin(), persons.end(), [&](const PersonPoint& q) {
    const std::uint32_t s = v_.layer.tokens[q.token].sentence;
    return q.token < p.begin && s + kNearSentences >= here && q.draft != last && member(q.draft);
  });
  return member(last) && !two ? last : kNoDraft;
}

// Does a person who stands before the phrase stand near it, in its paragraph and outside quotation
// marks, and agree with it?
bool Descriptions::may_be_meant(const RolePhrase& p, const PersonPoint& q) const {
  const std::uint32_t here = v_.layer.tokens[p.head].sentence;
  const std::uint32_t s = v_.layer.tokens[q.token].sentence;
  return s + kNearSentences >= here &&
         v_.layer.sentences[s].paragraph == v_.layer.sentences[here].paragraph &&
         !v_.marks[q.token].quoted && fits(p.gender, q.draft);
}

// The person who was the last subject in the sentence of the phrase or the two before it.
std::uint32_t Descriptions::last_subject(const RolePhrase& p,
                                         std::span<const PersonPoint> persons) const {
  std::uint32_t found = kNoDraft;
  for (const PersonPoint& q : persons) {
    if (q.token >= p.begin) break;
    if (q.subject && may_be_meant(p, q)) found = q.draft;
  }
  return found;
}

// "der Trainer" in the nominative or "die Trainerin": "der Trainerin" is no subject, and what
// stands behind a preposition is none either.
bool Descriptions::nominative(const RolePhrase& p) const {
  if (p.begin == 0) return false;
  const std::size_t article = p.begin - 1;
  const Mark& m = v_.marks[article];
  if (!m.is(kArticle)) return false;
  if (m.word->gender != Gender::Unknown && p.role.gender != Gender::Unknown &&
      m.word->gender != p.role.gender) {
    return false;
  }
  if (m.first || !v_.same_sentence(article - 1, article)) return true;
  return v_.marks[article - 1].is(kSpeechVerb | kReportedVerb | kComplementizer) ||
         v_.layer.tokens[article - 1].kind != TokenKind::Word;
}

std::uint32_t Descriptions::by_noun(const RolePhrase& p,
                                    std::span<const PersonPoint> persons) const {
  const Role& role = v_.lexicon.roles[static_cast<std::size_t>(p.role.role)];
  if (p.place >= 0 || p.owned || !nominative(p)) return kNoDraft;
  if (!role.description && !role.office && !(role.member && p.role.first != 0)) return kNoDraft;
  // "der Trainer von …", "der Trainer, der …": the phrase itself says which one.
  if (p.end < v_.marks.size() && v_.same_sentence(p.head, p.end) &&
      v_.marks[p.end].is(kOf | kArticle)) {
    return kNoDraft;
  }
  const std::uint32_t last = last_subject(p, persons);
  if (last != kNoDraft && member_of_none(draft(last), p)) return last;
  std::uint32_t found = kNoDraft;
  for (const PersonPoint& q : persons) {
    if (q.token >= p.begin) break;
    if (!may_be_meant(p, q)) continue;
    if (found != kNoDraft && found != q.draft) return kNoDraft;
    if (q.subject) found = q.draft;
  }
  if (found == kNoDraft) return kNoDraft;
  const Draft& d = draft(found);
  // An office or a body of which the article has said nothing so far.
  if (!role.description || p.role.first != 0) return d.entity.roles.empty() ? found : kNoDraft;
  // Somebody with another calling is not meant: "Richter Krause … Der Trainer".
  const bool same =
      d.offices.empty() || std::any_of(d.offices.begin(), d.offices.end(), [&](const Office& o) {
        return v_.lexicon.roles[static_cast<std::size_t>(o.role)].kind == role.kind;
      });
  return same ? found : kNoDraft;
}

// "der CDU-Politiker" for a politician whose party the article has not told.
bool Descriptions::member_of_none(const Draft& d, const RolePhrase& p) const {
  const Role& role = v_.lexicon.roles[static_cast<std::size_t>(p.role.role)];
  if (!(role.description || role.member) || p.role.body < 0 ||
      !v_.lexicon.known[static_cast<std::size_t>(p.role.body)].party) {
    return false;
  }
  const bool politician = std::any_of(d.offices.begin(), d.offices.end(), [&](const Office& o) {
    return o.role >= 0 &&
           v_.lexicon.roles[static_cast<std::size_t>(o.role)].kind == v_.lexicon.politics;
  });
  return politician && std::none_of(d.entity.roles.begin(), d.entity.roles.end(),
                                    [&](const std::string& r) { return v_.lexicon.party(r); });
}

// Does the table of offices know a holder of the compound's title on that day (who was not found)?
bool Descriptions::held_by_another(const RolePhrase& p) const {
  if (!published_.known || p.role.first == 0 || p.end != p.head + 1) return false;
  const auto rows = v_.lexicon.offices_titled(v_.layer.lower(p.head));
  return std::any_of(rows.begin(), rows.end(), [&](std::uint32_t row) {
    const Holder& h = v_.lexicon.offices[row];
    return h.to > published_.first && h.from <= published_.last;
  });
}

// "der frühere Gesundheitsminister": the one person named in the article who had left that office
// of the country, or one without a place, before publication.
std::uint32_t Descriptions::formerly(const RolePhrase& p) const {
  const std::int32_t office = v_.lexicon.office_of(p.role.role);
  const std::uint32_t told = only([&](std::uint32_t d) {
    const auto& former = draft(d).former;
    return fits(p.gender, d) && std::any_of(former.begin(), former.end(), [&](const Office& o) {
             const bool place = o.place == p.place || o.place < 0 || p.place < 0;
             return place && v_.lexicon.roles_agree(o.role, office);
           });
  });
  if (told != kNoDraft || !published_.known || p.end != p.head + 1) return told;
  std::uint32_t found = kNoDraft;
  const bool whole = office == p.role.role && !p.role.former;
  const std::string noun = utf8::lower(
      p.gender == Gender::Female ? v_.lexicon.roles[static_cast<std::size_t>(office)].feminine
                                 : v_.lexicon.roles[static_cast<std::size_t>(office)].noun);
  for (const std::uint32_t row :
       v_.lexicon.offices_titled(whole ? v_.layer.lower(p.head) : std::string_view(noun))) {
    const Holder& h = v_.lexicon.offices[row];
    if (h.to > published_.first) continue;
    if (p.place >= 0 && h.of != v_.lexicon.places[static_cast<std::size_t>(p.place)].name) continue;
    const std::uint32_t d = person_named(h.person);
    if (d == kNoDraft || d == found || !fits(p.gender, d)) continue;
    if (found != kNoDraft) return kNoDraft;
    found = d;
  }
  return found;
}

bool Descriptions::in_office_elsewhere(std::uint32_t d, std::int32_t place) const {
  if (!published_.known) return false;
  return std::any_of(v_.lexicon.offices.begin(), v_.lexicon.offices.end(), [&](const Holder& h) {
    return h.to > published_.first && h.from <= published_.last &&
           h.person == draft(d).entity.name && v_.lexicon.place_by_name(h.of) >= 0 &&
           v_.lexicon.place_by_name(h.of) != place;
  });
}

std::vector<std::uint32_t> Descriptions::both(const RolePhrase& p,
                                              std::span<const PersonPoint> persons) const {
  // "beiden" begins the phrase; a place or a third number says something else.
  if (!v_.marks[p.begin].is(kBoth) || p.place >= 0 || p.owned || p.former) return {};
  const std::string_view number = v_.layer.lower(p.begin);
  if (!v_.lexicon.two(number)) return {};
  const Role& noun = v_.lexicon.roles[static_cast<std::size_t>(p.role.role)];
  std::vector<std::uint32_t> found;
  for (const PersonPoint& q : persons) {
    if (q.token >= p.begin) break;
    if (std::find(found.begin(), found.end(), q.draft) != found.end()) continue;
    const auto& offices = draft(q.draft).offices;
    const bool is = std::any_of(offices.begin(), offices.end(), [&](const Office& o) {
      if (o.role < 0) return false;
      return noun.description ? v_.lexicon.roles[static_cast<std::size_t>(o.role)].kind == noun.kind
                              : v_.lexicon.roles_agree(o.role, p.role.role);
    });
    const bool women = p.role.gender == Gender::Female && !fits(Gender::Female, q.draft);
    if (is && !women) found.push_back(q.draft);
  }
  if (found.size() != 2) found.clear();
  return found;
}

// "die Grünen-Politikerin": the only politician named before who may be of that party.
std::uint32_t Descriptions::by_party(const RolePhrase& p,
                                     std::span<const PersonPoint> persons) const {
  std::uint32_t found = kNoDraft;
  for (const PersonPoint& q : persons) {
    if (q.token >= p.begin) break;
    if (q.draft == found || !fits(p.gender, q.draft) || !member_of_none(draft(q.draft), p))
      continue;
    if (found != kNoDraft) return kNoDraft;
    found = q.draft;
  }
  // Somebody near of whom the article says nothing may be the politician.
  const bool another = std::any_of(persons.begin(), persons.end(), [&](const PersonPoint& q) {
    return q.token < p.begin && q.draft != found && fits(p.gender, q.draft) &&
           draft(q.draft).entity.roles.empty() &&
           v_.layer.tokens[q.token].sentence + kNearSentences >= v_.layer.tokens[p.head].sentence;
  });
  return another ? kNoDraft : found;
}

// "die Sprecherin der Verwaltung": the phrase says itself of what.
bool Descriptions::complemented(const RolePhrase& p) const {
  if (p.end >= v_.marks.size() || !v_.same_sentence(p.head, p.end) || p.place >= 0 ||
      p.role.first != 0)
    return false;
  const Mark& m = v_.marks[p.end];
  if (m.is(kOf)) return true;
  return v_.lexicon.has_genitive_s && m.word != nullptr && m.word->genitive;
}

std::uint32_t Descriptions::find(const RolePhrase& p, std::span<const PersonPoint> persons,
                                 const Published& told) const {
  if (complemented(p)) return kNoDraft;
  if (p.former) return formerly(p);
  if (told.known) {
    if (const std::uint32_t d = by_table(p, told); d != kNoDraft) return d;
    if (const std::uint32_t d = by_title(p, told); d != kNoDraft) return d;
  }
  const std::uint32_t held = only([&](std::uint32_t d) { return holds(d, p); });
  if (held != kNoDraft) return held;
  const bool several =
      std::any_of(linked_.drafts.begin(), linked_.drafts.end(), [&](const Draft& d) {
        return d.entity.type == EntityType::Person &&
               holds(static_cast<std::uint32_t>(&d - linked_.drafts.data()), p);
      });
  if (several) return kNoDraft;
  if (const std::uint32_t d = by_head(p); d != kNoDraft) return d;
  if (const std::uint32_t d = by_table(p, published_); d != kNoDraft) return d;
  if (const std::uint32_t d = by_title(p, published_); d != kNoDraft) return d;
  if (const std::uint32_t d = by_body(p, persons); d != kNoDraft) return d;
  if (held_by_another(p)) return kNoDraft;
  const std::uint32_t d = by_noun(p, persons);
  return d != kNoDraft ? d : by_party(p, persons);
}

}  // namespace twosource::annotate::name
