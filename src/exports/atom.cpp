#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "exports/formats.hpp"
#include "exports/xml_writer.hpp"

namespace twosource::exports {
namespace {

std::vector<std::uint32_t> articles_of(const Claim& claim) {
  std::vector<std::uint32_t> articles;
  for (const Statement& s : claim.statements) articles.push_back(s.evidence.article);
  std::sort(articles.begin(), articles.end());
  articles.erase(std::unique(articles.begin(), articles.end()), articles.end());
  return articles;
}

class FeedWriter {
 public:
  FeedWriter(const Corpus& corpus, std::ostream& out) : corpus_(corpus), xml_(out) {}

  void write(std::uint32_t story) {
    const Dossier& d = corpus_.dossier();
    std::vector<std::uint32_t> articles;
    for (const std::uint32_t e : d.stories[story].events) {
      const auto& of_event = d.events[e].articles;
      articles.insert(articles.end(), of_event.begin(), of_event.end());
    }
    xml_.open("feed");
    xml_.attribute("xmlns", "http://www.w3.org/2005/Atom");
    xml_.element("id", corpus_.story_iri(story));
    xml_.element("title", label_of(d.stories[story]));
    xml_.element("updated", last_change(d, articles));
    xml_.open("author");
    xml_.element("name", "twosource");
    xml_.close();
    xml_.element("generator", "twosource");
    for (const std::uint32_t claim : corpus_.claims_of(story)) entry(claim);
    xml_.finish();
  }

 private:
  static std::string label_of(const Story& story) {
    return story.label.empty() ? story.id : story.label;
  }

  void entry(std::size_t index) {
    const Claim& c = corpus_.dossier().claims[index];
    const std::vector<std::uint32_t> articles = articles_of(c);
    xml_.open("entry");
    xml_.element("id", corpus_.claim_iri(index));
    xml_.element("title", c.text);
    xml_.element("updated", last_change(corpus_.dossier(), articles));
    xml_.open("category");
    xml_.attribute("term", to_string(c.verdict));
    xml_.close();
    for (const std::uint32_t a : articles) {
      const std::string url = corpus_.url(a);
      if (url.empty()) continue;
      xml_.open("link");
      xml_.attribute("rel", "related");
      xml_.attribute("href", url);
      xml_.attribute("title", corpus_.outlet(a));
      xml_.close();
    }
    content(c);
    xml_.close();
  }

  // XHTML: everything from articles is text in elements of ours.
  void content(const Claim& c) {
    xml_.open("content");
    xml_.attribute("type", "xhtml");
    xml_.open("div");
    xml_.attribute("xmlns", "http://www.w3.org/1999/xhtml");
    xml_.element("p", fmt::format("{}: {}", to_string(c.verdict), c.why));
    xml_.open("ul");
    for (const Statement& s : c.statements) {
      xml_.open("li");
      xml_.element("q", corpus_.words(s.evidence));
      xml_.text(fmt::format(" ({})", corpus_.citation(s.evidence.article)));
      xml_.close();
    }
    xml_.close();
    for (const Difference& d : c.differences) {
      xml_.element("p", fmt::format("{}: {} / {} ({})", d.slot, d.a_value, d.b_value,
                                    to_string(d.relation)));
    }
    xml_.close();
    xml_.close();
  }

  const Corpus& corpus_;
  XmlWriter xml_;
};

}  // namespace

void write_atom(const Corpus& corpus, std::uint32_t story, std::ostream& out) {
  FeedWriter(corpus, out).write(story);
}

}  // namespace twosource::exports
