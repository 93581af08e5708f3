#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/span.hpp"
#include "text/token.hpp"

// One published text with its metadata and its annotation layers. `text` does not change once the
// article is cleaned; every layer holds byte spans into it, sorted by (begin, end) unless said
// otherwise. Stages add one layer each and read those before it.
namespace twosource {

enum class ParagraphKind : std::uint8_t { Headline, Teaser, Subhead, Body };
// How the page sets a paragraph out; a quotation is a blockquote, not one in quotation marks.
enum class ParagraphForm : std::uint8_t { Running, Item, Quotation, Row };
struct Paragraph {
  Span span;
  ParagraphKind kind = ParagraphKind::Body;
  ParagraphForm form = ParagraphForm::Running;
};

// Page text that is not the article.
enum class FurnitureKind : std::uint8_t {
  Navigation, Share, Caption, Credit, Disclaimer, Prefix, Dateline, Byline, AuthorCode, Player,
  Related, Advert, Cookie, Comment, Paywall, Footer, Tag, Other
};
struct Furniture {
  FurnitureKind kind = FurnitureKind::Other;
  std::string text;
  std::uint32_t before = 0;  // byte offset in `text` before which the removed piece stood
};

// A date of the article itself. `value` is EDTF ("2017-07", "2017-11-11T08:30:00+01:00"), empty when
// unknown; never more precise than what the source says.
enum class DateSource : std::uint8_t { None, Meta, Visible, Prefix, Dateline, Url, Option };
struct PublicationDate {
  std::string value;
  DateSource from = DateSource::None;
};

enum class AgencyKind : std::uint8_t { Text, Photo };
// A credit. `span` lies in `text` when the credit stands there, otherwise `furniture` is the index
// of the furniture that holds it (span empty), or -1 when it came from metadata (author field).
struct AgencyCredit {
  std::string name;  // canonical, agencies.tsv
  AgencyKind kind = AgencyKind::Text;
  Span span;
  std::int32_t furniture = -1;
};

// --- annotation layers ---

enum class TimexType : std::uint8_t { Date, Time, Duration, Set };
// TIMEX3 (TimeML 1.2.1). `value` as there: "2017-07-08", "2017-07-XX" (under-specified),
// "XXXX-WXX-6" (a Saturday, week unknown), "P3D", "PRESENT_REF". `mod` e.g. "APPROX", "START".
struct Timex {
  Span span;
  TimexType type = TimexType::Date;
  std::string value;
  std::string mod;
  std::string quant;
  std::string freq;
  std::string begin_point;  // values, not ids: "2017-07-07" of "7. bis 8. Juli"
  std::string end_point;
  // For corpus-level resolution of under-specified values: the weekday named (1 = Monday … 7), 0 if
  // none; direction by tense or wording: -1 before the publication date, 1 after, 0 unknown.
  std::uint8_t weekday = 0;
  std::int8_t direction = 0;
};

enum class Unit : std::uint8_t {
  Count, Duration, Percent, PercentPoints, Money, Length, Area, Volume, Weight, Temperature, Speed,
  Energy, Power, Magnitude, Age, Ratio, Score, Ordinal, Other
};
enum class Bound : std::uint8_t { Exact, Approx, AtLeast, MoreThan, AtMost, LessThan, Nearly };
enum class Modality : std::uint8_t { Actual, Planned, Possible, Denied };
// A number with unit and head noun. `value` is normalised text: "30", "PT2H15M", "2400000000 EUR",
// "95"; `low`/`high` the same as numbers in the unit's base (seconds, metres, kilograms, units of
// currency, plain count); equal unless a range. `of` is the head noun phrase ("Verletzte").
struct Measure {
  Span span;
  Unit unit = Unit::Count;
  std::string value;
  std::string unit_name;  // "EUR", "m", "C", … empty for counts
  double low = 0;
  double high = 0;
  Bound bound = Bound::Exact;
  Modality modality = Modality::Actual;
  std::string of;
  Span of_span;
  // Rounding unit of the written number (350 000 -> 1000, 2,4 Millionen -> 100000): for comparing.
  double granularity = 1;
};

enum class EntityType : std::uint8_t { Person, Location, Organisation, Other };
// An entity of one article. `id` is "e1", "e2", … in order of first mention.
struct Entity {
  std::string id;
  std::string name;  // longest clear form: "Wladimir Putin"
  EntityType type = EntityType::Other;
  std::vector<std::string> roles;  // as in the text, normalised: "Präsident Russlands"
  std::string gender;              // "m", "f" or empty
};
enum class MentionKind : std::uint8_t { Name, Role, Pronoun, Metonym };
struct Mention {
  Span span;
  std::uint32_t entity = 0;  // index into Article::entities
  MentionKind kind = MentionKind::Name;
};

enum class QuoteKind : std::uint8_t { Direct, Indirect, Reported, Mixed, Free };
// One quotation. Spans of direct parts exclude the quotation marks' outside but include the marks.
struct Quote {
  Span span;                 // from first to last part
  std::vector<Span> parts;   // at least one
  QuoteKind kind = QuoteKind::Direct;
  std::int32_t speaker = -1;  // index into Article::entities, -1 unknown
  Span speaker_span;          // empty when none
  std::vector<Span> cue;
  Span addressee;
  Span frame;
};

// Bytes of the text and the bytes of the page that they were read from, as UTF-8: the same bytes,
// or one character that the page spells otherwise ("&uuml;", a line break for a blank).
struct SourceRun {
  Span text;
  Span page;
};

struct Article {
  std::string id;
  std::string path;
  std::string url;
  std::string headline;
  std::string publisher;
  std::string publisher_group;  // from outlets.tsv, empty when unknown
  std::vector<std::string> authors;
  std::string language;  // ISO 639-1, empty when undecided
  PublicationDate published;
  PublicationDate modified;
  std::string dateline;  // place of a dateline
  std::string genre;     // "" | "press-release" | "opinion" | "live" | "paywall"
  std::vector<AgencyCredit> agencies;
  std::string text;
  std::vector<Furniture> furniture;
  std::vector<Paragraph> paragraphs;
  std::string extra;  // unknown input fields: a JSON object, empty when none
  std::vector<SourceRun> source;  // in order of the text, when it was asked for

  TokenLayer tokens;
  std::vector<Timex> times;
  std::vector<Measure> measures;
  std::vector<Entity> entities;
  std::vector<Mention> mentions;
  std::vector<Quote> quotes;

  [[nodiscard]] std::string_view at(Span s) const noexcept { return slice(text, s); }
};

// The spans of all paragraphs, in order: what the tokenizer wants.
[[nodiscard]] std::vector<Span> paragraph_spans(const Article& article);

// Names of the enumerators as they stand in JSON ("headline", "DATE", "PER", "direct", …).
[[nodiscard]] std::string_view to_string(ParagraphKind kind) noexcept;
[[nodiscard]] std::string_view to_string(ParagraphForm form) noexcept;  // "running", "item", …
[[nodiscard]] std::string_view to_string(FurnitureKind kind) noexcept;
[[nodiscard]] std::string_view to_string(DateSource source) noexcept;
[[nodiscard]] std::string_view to_string(AgencyKind kind) noexcept;
[[nodiscard]] std::string_view to_string(TimexType type) noexcept;
[[nodiscard]] std::string_view to_string(Unit unit) noexcept;
[[nodiscard]] std::string_view to_string(Bound bound) noexcept;
[[nodiscard]] std::string_view to_string(Modality modality) noexcept;
[[nodiscard]] std::string_view to_string(EntityType type) noexcept;
[[nodiscard]] std::string_view to_string(MentionKind kind) noexcept;
[[nodiscard]] std::string_view to_string(QuoteKind kind) noexcept;
// The way back; nullopt for an unknown name. Defined for every enum above.
template <class E>
[[nodiscard]] std::optional<E> from_string(std::string_view name) noexcept;

}  // namespace twosource
