#include <nlohmann/json.hpp>
#include <ostream>

#include "article/json.hpp"
#include "article/json_sink.hpp"
#include "exports/formats.hpp"

namespace twosource::exports {
namespace {

// One line for each of `items`.
template <class Items, class Write>
void write_lines(std::ostream& out, const Items& items, const Write& write) {
  for (const auto& item : items) out << dump_line(write(item)) << '\n';
}

}  // namespace

void write_articles_jsonl(const Corpus& corpus, std::ostream& out) {
  for (const Article& a : corpus.dossier().articles) out << article_line(a) << '\n';
}

void write_claims_jsonl(const Corpus& corpus, std::ostream& out) {
  const DossierWriter writer(corpus.dossier());
  write_lines(out, corpus.dossier().claims, [&](const Claim& c) { return writer.claim(c); });
}

void write_events_jsonl(const Corpus& corpus, std::ostream& out) {
  const DossierWriter writer(corpus.dossier());
  write_lines(out, corpus.dossier().events, [&](const Event& e) { return writer.event(e); });
}

void write_stories_jsonl(const Corpus& corpus, std::ostream& out) {
  const DossierWriter writer(corpus.dossier());
  write_lines(out, corpus.dossier().stories, [&](const Story& s) { return writer.story(s); });
}

void write_people_jsonl(const Corpus& corpus, std::ostream& out) {
  const DossierWriter writer(corpus.dossier());
  for (const CorpusEntity& e : corpus.dossier().entities) {
    if (e.type == EntityType::Person) out << dump_line(writer.person(e)) << '\n';
  }
}

void write_copies_jsonl(const Corpus& corpus, std::ostream& out) {
  const DossierWriter writer(corpus.dossier());
  for (const CopyFamily& family : corpus.dossier().copies) {
    write_lines(out, family.pairs,
                [&](const CopyPair& pair) { return writer.copy_pair(family, pair); });
  }
}

void write_quotes_jsonl(const Corpus& corpus, std::ostream& out) {
  const DossierWriter writer(corpus.dossier());
  write_lines(out, corpus.dossier().quotes,
              [&](const QuoteGroup& q) { return writer.quote_group(q); });
}

void write_timeline_jsonl(const Corpus& corpus, std::ostream& out) {
  const DossierWriter writer(corpus.dossier());
  write_lines(out, corpus.dossier().timeline,
              [&](const TimelineEntry& t) { return writer.timeline_entry(t); });
}

}  // namespace twosource::exports
