#include <nlohmann/json.hpp>
#include <ostream>

#include "article/json.hpp"
#include "exports/formats.hpp"
#include "exports/json_list.hpp"

namespace twosource::exports {
namespace {

// Terms are schema.org's; addresses are links; our own words have names of their own.
constexpr std::string_view kContext =
    R"({"@vocab":"https://schema.org/","url":{"@type":"@id"},"isBasedOn":{"@type":"@id"},)"
    R"("isPartOf":{"@type":"@id"},"about":{"@type":"@id"},"firstAppearance":{"@type":"@id"},)"
    R"("ts":"urn:twosource:","verdict":"ts:verdict","origins":"ts:origins","why":"ts:why",)"
    R"("start":"ts:start","end":"ts:end","origin":"ts:origin","when":"ts:when","agency":"ts:agency"})";

Json named(const char* type, const std::string& name) {
  Json j;
  j["@type"] = type;
  j["name"] = name;
  return j;
}

// Articles that an article took text over from.
std::vector<std::vector<std::string>> originals(const Corpus& corpus) {
  std::vector<std::vector<std::string>> out(corpus.dossier().articles.size());
  for (const CopyFamily& family : corpus.dossier().copies) {
    for (const CopyPair& pair : family.pairs) {
      if (pair.original < 0) continue;
      const auto original = static_cast<std::uint32_t>(pair.original);
      out[original == pair.a ? pair.b : pair.a].push_back(corpus.article_iri(original));
    }
  }
  return out;
}

Json named(const CorpusEntity& entity) {
  switch (entity.type) {
    case EntityType::Person:
      return named("Person", entity.name);
    case EntityType::Organisation:
      return named("Organization", entity.name);
    case EntityType::Location:
      return named("Place", entity.name);
    case EntityType::Other:
      break;
  }
  return named("Thing", entity.name);
}

Json news_article(const Corpus& corpus, std::uint32_t index,
                  const std::vector<std::string>& based_on) {
  const Article& a = corpus.dossier().articles[index];
  Json j;
  j["@id"] = corpus.article_iri(index);
  j["@type"] = "NewsArticle";
  j["identifier"] = a.id;
  if (!a.headline.empty()) j["headline"] = a.headline;
  if (const std::string url = corpus.url(index); !url.empty()) j["url"] = url;
  if (!a.publisher.empty()) j["publisher"] = named("NewsMediaOrganization", a.publisher);
  for (const std::string& author : a.authors) j["author"].push_back(named("Person", author));
  if (!a.language.empty()) j["inLanguage"] = a.language;
  if (!a.published.value.empty()) j["datePublished"] = a.published.value;
  if (!a.modified.value.empty()) j["dateModified"] = a.modified.value;
  if (!a.dateline.empty()) j["dateline"] = a.dateline;
  for (const AgencyCredit& c : a.agencies) {
    if (c.kind == AgencyKind::Text) j["agency"].push_back(c.name);
  }
  if (!based_on.empty()) j["isBasedOn"] = based_on;
  j["articleBody"] = a.text;
  return j;
}

Json event_object(const Corpus& corpus, std::size_t index) {
  const Event& e = corpus.dossier().events[index];
  Json j;
  j["@id"] = corpus.event_iri(index);
  j["@type"] = "Event";
  j["identifier"] = e.id;
  j["name"] = e.label;
  if (!e.when.empty()) {
    // startDate wants a day or a moment; "2024-05" stays what it is under a name of ours.
    const auto date = parse_edtf(e.when);
    const bool day = date && date->precision >= DatePrecision::Day;
    j[day ? "startDate" : "when"] = e.when;
  }
  for (const std::string& place : e.where) j["location"].push_back(named("Place", place));
  for (const std::uint32_t who : e.who) {
    j["actor"].push_back(named(corpus.dossier().entities[who]));
  }
  return j;
}

Json quotation(const Corpus& corpus, const Statement& s) {
  const Span place = corpus.place(s.evidence);
  Json j;
  j["@type"] = "Quotation";
  j["text"] = std::string(corpus.words(s.evidence));
  j["isPartOf"] = corpus.article_iri(s.evidence.article);
  j["start"] = place.begin;
  j["end"] = place.end;
  if (s.speaker >= 0) {
    j["creator"] = named(corpus.dossier().entities[static_cast<std::size_t>(s.speaker)]);
  }
  if (const Origin* origin = corpus.origin(s.origin); origin != nullptr) {
    j["origin"] = origin->name.empty() ? std::string(to_string(origin->kind)) : origin->name;
  }
  return j;
}

Json claim_object(const Corpus& corpus, std::size_t index) {
  const Claim& c = corpus.dossier().claims[index];
  Json j;
  j["@id"] = corpus.claim_iri(index);
  j["@type"] = "Claim";
  j["identifier"] = c.id;
  j["text"] = c.text;
  if (c.event >= 0) j["about"] = corpus.event_iri(static_cast<std::size_t>(c.event));
  j["verdict"] = to_string(c.verdict);
  j["origins"] = c.origins;
  j["why"] = c.why;
  const Statement* first = nullptr;
  for (const Statement& s : c.statements) {
    j["appearance"].push_back(quotation(corpus, s));
    if (first == nullptr || s.evidence < first->evidence) first = &s;
  }
  if (first != nullptr) j["firstAppearance"] = corpus.article_iri(first->evidence.article);
  return j;
}

}  // namespace

void write_jsonld(const Corpus& corpus, std::ostream& out) {
  const Dossier& d = corpus.dossier();
  out << "{\"@context\":" << kContext << ",\n\"@graph\":[";
  JsonList graph(out);
  const auto based_on = originals(corpus);
  for (std::uint32_t i = 0; i < d.articles.size(); ++i) {
    graph.add(news_article(corpus, i, based_on[i]));
  }
  for (std::size_t i = 0; i < d.events.size(); ++i) graph.add(event_object(corpus, i));
  for (std::size_t i = 0; i < d.claims.size(); ++i) graph.add(claim_object(corpus, i));
  out << "\n]}\n";
}

}  // namespace twosource::exports
