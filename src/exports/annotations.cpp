#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "article/json.hpp"
#include "exports/formats.hpp"
#include "exports/json_list.hpp"

namespace twosource::exports {
namespace {

constexpr std::uint32_t kAround =
    32;  // code points of prefix and suffix, as Hypothesis writes them

// What is said about a place: of which finding, in which words, with which tag.
struct Remark {
  std::string about;    // id of the finding: "k3", "v1", "q2", "c1"
  std::string comment;  // for people
  std::string tag;      // "contradicted", "event", "quotation", "copy"
  std::string links;    // URN of the finding, empty when it has none
};

Json selectors(const Corpus& corpus, const Evidence& e) {
  Json quote;
  quote["type"] = "TextQuoteSelector";
  quote["exact"] = std::string(corpus.words(e));
  quote["prefix"] = std::string(corpus.before(e, kAround));
  quote["suffix"] = std::string(corpus.behind(e, kAround));
  const Span place = corpus.place(e);
  Json position;
  position["type"] = "TextPositionSelector";
  position["start"] = place.begin;
  position["end"] = place.end;
  return Json::array({std::move(quote), std::move(position)});
}

Json text_body(const std::string& value, const char* purpose) {
  Json j;
  j["type"] = "TextualBody";
  j["value"] = value;
  j["purpose"] = purpose;
  return j;
}

class AnnotationList {
 public:
  AnnotationList(const Corpus& corpus, std::ostream& out) : corpus_(corpus), list_(out) {}

  void add(const Evidence& e, const Remark& remark) {
    const Article& a = corpus_.dossier().articles[e.article];
    const Span place = corpus_.place(e);
    Json j;
    j["id"] = uuid_urn(fmt::format("annotation\x1f{}\x1f{}\x1f{}\x1f{}", ++count_, remark.about,
                                   corpus_.article_iri(e.article), place.begin));
    j["type"] = "Annotation";
    j["motivation"] = remark.links.empty() ? "describing" : "linking";
    Json body = Json::array();
    body.push_back(text_body(remark.about + ": " + remark.comment, "describing"));
    body.push_back(text_body(remark.tag, "tagging"));
    if (!remark.links.empty()) {
      Json link;
      link["type"] = "SpecificResource";
      link["source"] = remark.links;
      link["purpose"] = "linking";
      body.push_back(std::move(link));
    }
    j["body"] = std::move(body);
    const std::string url = corpus_.url(e.article);
    Json source;
    source["id"] = url.empty() ? corpus_.article_iri(e.article) : url;
    source["type"] = "Text";
    if (!a.language.empty()) source["language"] = a.language;
    Json target;
    target["type"] = "SpecificResource";
    target["source"] = std::move(source);
    target["selector"] = selectors(corpus_, e);
    j["target"] = std::move(target);
    list_.add(j);
  }

 private:
  const Corpus& corpus_;
  JsonList list_;
  std::size_t count_ = 0;
};

template <class Add>
void each_remark(const Corpus& corpus, const Add& add) {
  const Dossier& d = corpus.dossier();
  for (std::size_t i = 0; i < d.claims.size(); ++i) {
    const Claim& c = d.claims[i];
    const Remark remark{c.id, c.text, std::string(to_string(c.verdict)), corpus.claim_iri(i)};
    for (const Statement& s : c.statements) add(s.evidence, remark);
  }
  for (std::size_t i = 0; i < d.events.size(); ++i) {
    const Event& e = d.events[i];
    for (const Evidence& place : e.evidence) {
      add(place, Remark{e.id, e.label, "event", corpus.event_iri(i)});
    }
  }
  for (const QuoteGroup& q : d.quotes) {
    const std::string speaker = corpus.entity_name(q.speaker);
    for (const QuoteVariant& v : q.variants) {
      add(v.evidence, Remark{q.id, speaker.empty() ? "speaker unknown" : speaker, "quotation", {}});
    }
  }
  for (const CopyFamily& family : d.copies) {
    for (const CopyPair& pair : family.pairs) {
      const auto shared = [&](std::uint32_t with) {
        return Remark{family.id, "shared with " + corpus.citation(with), "copy",
                      corpus.article_iri(with)};
      };
      for (const Passage& p : pair.passages) {
        add(Evidence{pair.a, p.a}, shared(pair.b));
        add(Evidence{pair.b, p.b}, shared(pair.a));
      }
    }
  }
}

}  // namespace

void write_annotations(const Corpus& corpus, std::ostream& out) {
  std::size_t total = 0;
  std::string key = "annotations";
  each_remark(corpus, [&](const Evidence&, const Remark&) { ++total; });
  for (std::uint32_t i = 0; i < corpus.dossier().articles.size(); ++i) {
    key += corpus.article_iri(i);
  }
  out << fmt::format(
      "{{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\"{}\","
      "\"type\":\"AnnotationCollection\",\"label\":\"twosource: evidence\",\"total\":{},\n"
      "\"first\":{{\"id\":\"{}\",\"type\":\"AnnotationPage\",\"startIndex\":0,\"items\":[",
      uuid_urn(key), total, uuid_urn(key + "#1"));
  AnnotationList list(corpus, out);
  each_remark(corpus, [&](const Evidence& e, const Remark& remark) { list.add(e, remark); });
  out << "\n]}}\n";
}

}  // namespace twosource::exports
