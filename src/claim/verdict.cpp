#include "claim/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "reuse/credits.hpp"

namespace twosource::claim {
namespace {

bool nameless(OriginKind kind) {
  return kind == OriginKind::Unknown || kind == OriginKind::Anonymous;
}

// Kinds of origins that may stand for each other: see independent_voices().
enum class Voice : std::uint8_t { Outlet, Agency, Person, Body, Official };
constexpr std::size_t kVoices = 5;

Voice voice_of(const Origin& origin) {
  if (origin.person && origin.kind != OriginKind::Person) return Voice::Official;
  switch (origin.kind) {
    case OriginKind::Own:
    case OriginKind::Outlet:
      return Voice::Outlet;
    case OriginKind::Agency:
      return Voice::Agency;
    case OriginKind::Person:
      return Voice::Person;
    default:
      return Voice::Body;
  }
}

bool any_relation(const Claim& claim, Relation relation) {
  return std::any_of(claim.differences.begin(), claim.differences.end(), [&](const Difference& d) {
    return d.relation == relation && d.slot != "quote";  // other words need not contradict
  });
}

std::string describe(const Origin& origin) {
  if (origin.name.empty()) return std::string(to_string(origin.kind));
  return fmt::format("{} ({})", origin.name, to_string(origin.kind));
}

// The verdict of a claim that is neither confirmed nor disputed: by the kinds of its origins.
Verdict lone_verdict(const Dossier& dossier, const Claim& claim) {
  bool agency = false;
  bool authority = false;
  bool own = false;
  bool other = false;
  for (const Statement& s : claim.statements) {
    if (s.origin < 0) continue;
    const OriginKind kind = dossier.origins[static_cast<std::size_t>(s.origin)].kind;
    agency |= kind == OriginKind::Agency;
    authority |= kind == OriginKind::Authority;
    const bool house = kind == OriginKind::Own || kind == OriginKind::Outlet;
    own |= house;
    other |= kind != OriginKind::Agency && kind != OriginKind::Authority && !house;
  }
  if (own) return Verdict::SingleOutlet;
  if (authority && !other) return Verdict::AuthorityOnly;
  if (agency && !other) return Verdict::AgencyOnly;
  const bool one_article =
      std::all_of(claim.statements.begin(), claim.statements.end(), [&](const Statement& s) {
        return s.evidence.article == claim.statements.front().evidence.article;
      });
  return one_article ? Verdict::SingleOutlet : Verdict::RelayedOnly;
}

std::string list_origins(const Dossier& dossier, const std::vector<std::uint32_t>& origins) {
  std::string out;
  for (const std::uint32_t o : origins) {
    if (!out.empty()) out += ", ";
    out += describe(dossier.origins[o]);
  }
  return out;
}

const Origin* origin_of(const Dossier& dossier, const Statement& s) {
  return s.origin < 0 ? nullptr : &dossier.origins[static_cast<std::size_t>(s.origin)];
}

// The difference that decides, with who says which; one whose origins are known, if there is any.
std::optional<std::string> reason_of_difference(const Dossier& dossier, const Claim& claim) {
  const Relation deciding =
      claim.verdict == Verdict::Contradicted ? Relation::Different : Relation::Superseded;
  const auto known = [&](std::uint32_t s) {
    const Origin* origin = origin_of(dossier, claim.statements[s]);
    return origin != nullptr && origin->kind != OriginKind::Unknown ? 1 : 0;
  };
  const Difference* shown = nullptr;
  int best = -1;
  for (const Difference& d : claim.differences) {
    if (d.relation != deciding || d.slot == "quote") continue;
    if (known(d.a) + known(d.b) <= best) continue;
    best = known(d.a) + known(d.b);
    shown = &d;
  }
  if (shown == nullptr) return std::nullopt;
  const auto by = [&](std::uint32_t s) {
    const Origin* origin = origin_of(dossier, claim.statements[s]);
    return origin == nullptr ? std::string("origin unknown")
                             : fmt::format("{}, {}", origin->name, to_string(origin->kind));
  };
  return fmt::format("{}: {} ({}) against {} ({}); {}", shown->slot, shown->a_value, by(shown->a),
                     shown->b_value, by(shown->b), shown->why);
}

// Does one origin decide the verdict?
bool lone(Verdict v) {
  return v == Verdict::AgencyOnly || v == Verdict::AuthorityOnly || v == Verdict::RelayedOnly ||
         v == Verdict::SingleOutlet;
}

// `sure`: the sentences surely say the same.
std::string reason(const Dossier& dossier, const Claim& claim,
                   const std::vector<std::uint32_t>& origins, unsigned min_origins, bool sure) {
  const std::string who =
      origins.empty() ? "no origin that can be named" : list_origins(dossier, origins);
  const std::string counted = fmt::format("{} independent origins (at least {} asked for): {}",
                                          origins.size(), min_origins, who);
  if (lone(claim.verdict) && origins.size() >= 2) {
    if (sure) return counted;
    return fmt::format("{} origins whose sentences do not surely say the same: {}", origins.size(),
                       who);
  }
  switch (claim.verdict) {
    case Verdict::Confirmed:
      return counted;
    case Verdict::Contradicted:
    case Verdict::Superseded:
      return reason_of_difference(dossier, claim).value_or(who);
    case Verdict::Withdrawn:
      return fmt::format("a report says that this was taken back; origins: {}", who);
    case Verdict::AgencyOnly:
      return fmt::format("rests on one agency: {}", who);
    case Verdict::AuthorityOnly:
      return fmt::format("rests on one authority: {}", who);
    case Verdict::RelayedOnly:
      return fmt::format("several articles relay one origin: {}", who);
    case Verdict::SingleOutlet:
      return fmt::format("stands alone: {}", who);
  }
  return who;
}

}  // namespace

namespace {

// Index of the copy family that a statement's sentence is shared in, -1 for none.
std::int32_t family_of(const Dossier& dossier, const Statement& s) {
  const std::uint32_t article = s.evidence.article;
  if (article >= dossier.sentence_origins.size()) return -1;
  const std::size_t sentence = dossier.articles[article].tokens.sentence_at(s.evidence.span.begin);
  const auto& origins = dossier.sentence_origins[article];
  return sentence < origins.size() ? origins[sentence].family : -1;
}

}  // namespace

namespace {

// Voices of one kind, see independent_voices().
class Count {
 public:
  explicit Count(std::size_t statements) { voices_.of_statement.assign(statements, -1); }
  void add(std::size_t statement, std::uint32_t origin) {
    voices_.of_statement[statement] = static_cast<std::int32_t>(origin);
    auto& list = voices_.origins;
    const auto at = std::lower_bound(list.begin(), list.end(), origin);
    if (at == list.end() || *at != origin) list.insert(at, origin);
  }
  [[nodiscard]] bool counted(std::size_t statement) const {
    return voices_.of_statement[statement] >= 0;
  }
  [[nodiscard]] std::size_t size() const { return voices_.origins.size(); }
  Voices take() { return std::move(voices_); }

 private:
  Voices voices_;
};

bool own_text(const OwnTexts& own, std::uint32_t article) {
  return own.empty() || (article < own.size() && own[article] != 0);
}

// Own texts beside the one voice of all text that is shared or an agency's.
Count own_beside_shared(const Dossier& dossier, const Claim& claim, const OwnTexts& own,
                        std::size_t citing) {
  Count count(claim.statements.size());
  std::size_t cited = 0;
  std::vector<std::size_t> shared;
  std::uint32_t shared_origin = 0;
  bool agency = false;
  for (std::size_t i = 0; i < claim.statements.size(); ++i) {
    const Statement& s = claim.statements[i];
    if (s.origin < 0) continue;
    const auto o = static_cast<std::uint32_t>(s.origin);
    const OriginKind kind = dossier.origins[o].kind;
    const bool house = kind == OriginKind::Own || kind == OriginKind::Outlet;
    if (house && own_text(own, s.evidence.article)) {
      count.add(i, o);
    } else if (house || kind == OriginKind::Agency || kind == OriginKind::Unknown) {
      if (shared.empty() || (kind == OriginKind::Agency && !agency)) shared_origin = o;
      agency |= kind == OriginKind::Agency;
      shared.push_back(i);
    } else {
      ++cited;
    }
  }
  if (count.size() == 0 || citing * cited > claim.statements.size()) {
    return Count(claim.statements.size());
  }
  // Text of the same house is no second voice.
  const auto house = [&](std::size_t i) {
    return reuse::house_key(dossier.articles[claim.statements[i].evidence.article]);
  };
  std::set<std::string> own_houses;
  for (std::size_t i = 0; i < claim.statements.size(); ++i) {
    if (count.counted(i)) own_houses.insert(house(i));
  }
  for (const std::size_t i : shared) {
    if (!own_houses.contains(house(i))) count.add(i, shared_origin);
  }
  return count;
}

}  // namespace

Voices independent_voices(const Dossier& dossier, const Claim& claim, const OwnTexts& own,
                          std::size_t citing) {
  std::vector<Count> by_voice(kVoices, Count(claim.statements.size()));
  std::map<std::int32_t, std::uint32_t> by_family;
  std::int32_t official = -1;
  bool cited = false;
  for (std::size_t i = 0; i < claim.statements.size(); ++i) {
    const Statement& s = claim.statements[i];
    if (s.origin < 0) continue;
    const auto o = static_cast<std::uint32_t>(s.origin);
    const OriginKind kind = dossier.origins[o].kind;
    if (nameless(kind)) continue;
    const std::int32_t family = family_of(dossier, s);
    if (family >= 0 && by_family.try_emplace(family, o).first->second != o) continue;
    const Voice voice = voice_of(dossier.origins[o]);
    cited |= voice != Voice::Outlet;
    if (voice == Voice::Outlet && !own_text(own, s.evidence.article)) continue;
    if (voice == Voice::Official && official < 0) official = s.origin;
    by_voice[static_cast<std::size_t>(voice)].add(
        i, voice == Voice::Official ? static_cast<std::uint32_t>(official) : o);
  }
  Count best = Count(claim.statements.size());
  for (std::size_t v = 0; v < kVoices; ++v) {
    if (static_cast<Voice>(v) == Voice::Outlet && cited) continue;
    if (v == 0 || by_voice[v].size() > best.size()) best = std::move(by_voice[v]);
  }
  if (!own.empty()) {
    Count mixed = own_beside_shared(dossier, claim, own, citing);
    if (mixed.size() > best.size()) best = std::move(mixed);
  }
  return best.take();
}

void judge(const Dossier& dossier, Claim& claim, const Voices& voices, unsigned min_origins,
           bool sure) {
  const std::vector<std::uint32_t>& origins = voices.origins;
  claim.origins = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(origins.size()));
  if (any_relation(claim, Relation::Different)) {
    claim.verdict = Verdict::Contradicted;
  } else if (any_relation(claim, Relation::Superseded)) {
    claim.verdict = Verdict::Superseded;
  } else if (sure && origins.size() >= std::max(1U, min_origins) && claim.statements.size() >= 2) {
    claim.verdict = Verdict::Confirmed;
  } else {
    claim.verdict = lone_verdict(dossier, claim);
  }
  claim.why = reason(dossier, claim, origins, min_origins, sure);
}

}  // namespace twosource::claim
