#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "article/article.hpp"

// What the corpus half finds out about many articles: plain values, filled by `reuse`, `story` and
// `claim`, kept by `record`, shown by `report`. Articles are named by their index in `articles`.
namespace twosource {

// A place in an article's text.
struct Evidence {
  std::uint32_t article = 0;
  Span span;
  friend auto operator<=>(const Evidence&, const Evidence&) = default;
};

// --- reuse ---

struct Passage {
  Span a;
  Span b;
};
// Two articles that share text. `a` < `b`. Containment: shared shingles over those of the smaller.
struct CopyPair {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  double containment = 0;
  bool revision = false;  // two versions of one article (same URL)
  std::int32_t original = -1;  // index of the article that likely came first, -1 unknown
  std::vector<Passage> passages;  // disjoint in each text, sorted by place in a
};
// A sentence that two members of a family have in other words.
struct Reworked {
  Evidence a;
  Evidence b;
  friend auto operator<=>(const Reworked&, const Reworked&) = default;
};
struct CopyFamily {
  std::string id;                       // "c1"
  std::vector<std::uint32_t> articles;  // sorted
  std::string agency;                   // canonical name, empty when unknown
  std::vector<CopyPair> pairs;
  std::string why;
  std::vector<Reworked> reworked;  // sorted; a before b; beside the passages of the pairs
};

// Where a sentence ultimately comes from.
enum class OriginKind : std::uint8_t {
  Own, Agency, Authority, Company, Person, Document, Anonymous, Outlet, Unknown
};
struct Origin {
  std::string id;    // "o1"
  OriginKind kind = OriginKind::Unknown;
  std::string name;  // "dpa", "Polizei Köln", "Rex Tillerson", an outlet's name
  std::string key;   // what makes two origins the same: equal keys, one origin
  bool person = false;  // a voice that may be part of a body: person, capital, unnamed body
};
// Origin of the sentences of one article, by sentence index; filled by reuse (agency, copies).
struct SentenceOrigin {
  std::int32_t origin = -1;  // index into Dossier::origins
  std::int32_t family = -1;  // index into Dossier::copies when the sentence is shared
  std::string why;
};

// --- story ---

struct Role {
  std::string title;
  std::string from;  // EDTF or empty
  std::string to;
  std::vector<Evidence> evidence;
};
// A person, body or place over all articles.
struct CorpusEntity {
  std::string id;  // people "p1", places "l1", organisations "g1", other "x1"
  EntityType type = EntityType::Person;
  std::string name;
  std::vector<std::string> aliases;
  std::vector<Role> roles;
  std::vector<Evidence> mentions;
  std::string why{};  // corrections that made it what it is; empty without any
};
// Dossier::entity_of[article][entity index in the article] = index into Dossier::entities.

// A time expression whose value another article of the event made precise.
struct ResolvedTime {
  std::uint32_t article = 0;
  std::uint32_t timex = 0;  // index into the article's times
  std::string value;        // EDTF or TIMEX3 value
  std::string why;
};

struct Event {
  std::string id;  // "v1"
  std::string label;
  std::string when;  // EDTF; empty when unknown
  std::vector<std::string> where;
  std::vector<std::uint32_t> who;  // indices into Dossier::entities
  std::string type;                // PLOVER word, or MEET, SAY, ACCIDENT, DISASTER
  std::vector<std::uint32_t> articles;
  std::uint32_t story = 0;
  std::vector<Evidence> evidence;  // sentences that name when, where, who
  std::string why;
};
struct Story {
  std::string id;  // "s1"
  std::string label;
  std::vector<std::uint32_t> events;
};
struct TimelineEntry {
  std::string when;  // EDTF, imprecise allowed; entries are sorted by it
  std::string text;
  std::int32_t event = -1;
  std::vector<Evidence> evidence;
  std::string why{};  // how another article gave the day; empty when the sentence names it itself
};

// --- claim ---

enum class Verdict : std::uint8_t {
  Confirmed, AgencyOnly, AuthorityOnly, SingleOutlet, RelayedOnly, Contradicted, Superseded,
  Withdrawn
};
enum class Relation : std::uint8_t { Equal, Compatible, Different, Superseded };
struct SlotValue {
  std::string slot;  // "duration", "count:Verletzte", "date", "place", "person", "quote", …
  std::string value;
  Span span;
};
struct Statement {
  Evidence evidence;
  std::int32_t speaker = -1;  // index into Dossier::entities
  std::int32_t origin = -1;   // index into Dossier::origins
  std::vector<std::string> via;  // relayed through
  std::vector<SlotValue> values;
};
struct Difference {
  std::string slot;
  Relation relation = Relation::Different;
  std::uint32_t a = 0;  // indices into Claim::statements
  std::uint32_t b = 0;
  std::string a_value;
  std::string b_value;
  std::string why;
};
struct Claim {
  std::string id;  // "k1"
  std::int32_t event = -1;
  std::string text;  // the clearest statement's words
  Verdict verdict = Verdict::SingleOutlet;
  std::uint32_t origins = 0;  // number of independent origins
  std::vector<Statement> statements;
  std::vector<Difference> differences;
  std::string why;
};
struct QuoteVariant {
  Evidence evidence;
  std::string text;
};
struct QuoteGroup {
  std::string id;             // "q1"
  std::int32_t speaker = -1;  // index into Dossier::entities
  std::vector<QuoteVariant> variants;
};

// Whether a correction (corrections.hpp) found what it is about.
struct CorrectionOutcome {
  std::int64_t id = 0;
  bool applies = true;
  std::string why;  // why not: "article d7 is not here"
};

struct Dossier {
  std::string title;
  std::vector<Article> articles;  // sorted by (publication date, id)
  std::vector<CopyFamily> copies;
  std::vector<Origin> origins;
  std::vector<std::vector<SentenceOrigin>> sentence_origins;  // [article][sentence]
  std::vector<CorpusEntity> entities;
  std::vector<std::vector<std::uint32_t>> entity_of;  // [article][entity of the article]
  std::vector<ResolvedTime> resolved;
  std::vector<Event> events;
  std::vector<Story> stories;
  std::vector<TimelineEntry> timeline;
  std::vector<Claim> claims;
  std::vector<QuoteGroup> quotes;
  std::vector<CorrectionOutcome> corrections;  // in the order of the stages
};

[[nodiscard]] std::string_view to_string(OriginKind kind) noexcept;
[[nodiscard]] std::string_view to_string(Verdict verdict) noexcept;
[[nodiscard]] std::string_view to_string(Relation relation) noexcept;

}  // namespace twosource
