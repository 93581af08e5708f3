#include "claim/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace twosource::claim {
namespace {

bool nameless(OriginKind kind) {
  return kind == OriginKind::Unknown || kind == OriginKind::Anonymous;
}

// Kinds of origins that may stand for each other: see independent_origins().
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
  return std::any_of(claim.differences.begin(), claim.differences.end(),
                     [&](const Difference& d) { return d.relation == relation; });
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
  const bool one_article = std::all_of(
      claim.statements.begin(), claim.statements.end(), [&](const Statement& s) {
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

std::string reason(const Dossier& dossier, const Claim& claim,
                   const std::vector<std::uint32_t>& origins, unsigned min_origins) {
  const std::string who =
      origins.empty() ? "no origin that can be named" : list_origins(dossier, origins);
  switch (claim.verdict) {
    case Verdict::Confirmed:
      return fmt::format("{} independent origins (at least {} asked for): {}", claim.origins,
                         min_origins, who);
    case Verdict::Contradicted:
    case Verdict::Superseded:
      for (const Difference& d : claim.differences) {
        const bool decides = d.relation == (claim.verdict == Verdict::Contradicted
                                                ? Relation::Different
                                                : Relation::Superseded);
        if (!decides) continue;
        return fmt::format("{}: {} against {} ({}); origins: {}", d.slot, d.a_value, d.b_value,
                           d.why, who);
      }
      return who;
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
  const std::size_t sentence =
      dossier.articles[article].tokens.sentence_at(s.evidence.span.begin);
  const auto& origins = dossier.sentence_origins[article];
  return sentence < origins.size() ? origins[sentence].family : -1;
}

}  // namespace

std::vector<std::uint32_t> independent_origins(const Dossier& dossier, const Claim& claim) {
  std::array<std::set<std::uint32_t>, kVoices> by_voice;
  std::map<std::int32_t, std::uint32_t> by_family;
  bool cited = false;
  for (const Statement& s : claim.statements) {
    if (s.origin < 0) continue;
    const auto o = static_cast<std::uint32_t>(s.origin);
    const OriginKind kind = dossier.origins[o].kind;
    if (nameless(kind)) continue;
    const std::int32_t family = family_of(dossier, s);
    if (family >= 0 && by_family.try_emplace(family, o).first->second != o) continue;
    const Voice voice = voice_of(dossier.origins[o]);
    auto& same_voice = by_voice[static_cast<std::size_t>(voice)];
    if (voice != Voice::Official || same_voice.empty()) same_voice.insert(o);
    cited |= voice != Voice::Outlet;
  }
  const std::set<std::uint32_t>* best = nullptr;
  for (std::size_t v = 0; v < kVoices; ++v) {
    if (static_cast<Voice>(v) == Voice::Outlet && cited) continue;
    if (best == nullptr || by_voice[v].size() > best->size()) best = &by_voice[v];
  }
  return {best->begin(), best->end()};
}

void judge(const Dossier& dossier, Claim& claim, unsigned min_origins, bool sure) {
  const std::vector<std::uint32_t> origins = independent_origins(dossier, claim);
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
  claim.why = reason(dossier, claim, origins, min_origins);
}

}  // namespace twosource::claim
