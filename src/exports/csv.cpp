#include <fmt/format.h>

#include <array>
#include <ostream>

#include "exports/formats.hpp"
#include "text/join.hpp"

namespace twosource::exports {
namespace {

constexpr auto kColumns = std::to_array<std::string_view>(
    {"claim",    "event",     "story",    "verdict",     "origins",   "claim_text", "why",
     "article",  "publisher", "headline", "url",         "published", "start",      "end",
     "evidence", "speaker",   "origin",   "origin_kind", "via",       "values",     "differences"});

class CsvRow {
 public:
  CsvRow(std::ostream& out, Formulas formulas) : out_(out), formulas_(formulas) {}
  void add(std::string_view cell) {
    if (!first_) out_ << ',';
    first_ = false;
    out_ << csv_cell(cell, formulas_);
  }
  void add(std::size_t number) { add(std::to_string(number)); }
  void end() {
    out_ << "\r\n";
    first_ = true;
  }

 private:
  std::ostream& out_;
  Formulas formulas_;
  bool first_ = true;
};

std::string values_of(const Statement& statement) {
  std::vector<std::string> items;
  for (const SlotValue& v : statement.values) items.push_back(v.slot + "=" + v.value);
  return joined(items, "; ");
}

// For every statement of a claim: "duration: PT2H15M different PT2H16M (03-seekurier)", its own
// value first.
std::vector<std::vector<std::string>> differences_of(const Corpus& corpus, const Claim& claim) {
  std::vector<std::vector<std::string>> out(claim.statements.size());
  const auto add = [&](const Difference& d, std::uint32_t own, std::uint32_t other) {
    const std::uint32_t article = claim.statements[other].evidence.article;
    out[own].push_back(fmt::format("{}: {} {} {} ({})", d.slot, own == d.a ? d.a_value : d.b_value,
                                   to_string(d.relation), own == d.a ? d.b_value : d.a_value,
                                   corpus.dossier().articles[article].id));
  };
  for (const Difference& d : claim.differences) {
    add(d, d.a, d.b);
    if (d.a != d.b) add(d, d.b, d.a);
  }
  return out;
}

void add_claim(const Corpus& corpus, const Claim& claim, CsvRow& row) {
  const Dossier& d = corpus.dossier();
  const auto story = corpus.story_of(claim);
  row.add(claim.id);
  row.add(claim.event < 0 ? std::string() : d.events[static_cast<std::size_t>(claim.event)].id);
  row.add(story ? d.stories[*story].id : std::string());
  row.add(to_string(claim.verdict));
  row.add(claim.origins);
  row.add(claim.text);
  row.add(claim.why);
}

void add_statement(const Corpus& corpus, const Statement& s, CsvRow& row) {
  const Article& a = corpus.dossier().articles[s.evidence.article];
  const Span place = corpus.place(s.evidence);
  const Origin* origin = corpus.origin(s.origin);
  row.add(a.id);
  row.add(a.publisher);
  row.add(a.headline);
  row.add(a.url);
  row.add(a.published.value);
  row.add(place.begin);
  row.add(place.end);
  row.add(corpus.words(s.evidence));
  row.add(corpus.entity_name(s.speaker));
  row.add(origin == nullptr ? std::string_view() : origin->name);
  row.add(origin == nullptr ? std::string_view() : to_string(origin->kind));
  row.add(joined(s.via, "; "));
  row.add(values_of(s));
}

}  // namespace

void write_claims_csv(const Corpus& corpus, Formulas formulas, std::ostream& out) {
  CsvRow row(out, formulas);
  for (const std::string_view column : kColumns) row.add(column);
  row.end();
  for (const Claim& claim : corpus.dossier().claims) {
    const auto differences = differences_of(corpus, claim);
    for (std::size_t i = 0; i < claim.statements.size(); ++i) {
      add_claim(corpus, claim, row);
      add_statement(corpus, claim.statements[i], row);
      row.add(joined(differences[i], "; "));
      row.end();
    }
  }
}

}  // namespace twosource::exports
