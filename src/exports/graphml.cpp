#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ostream>

#include "exports/formats.hpp"
#include "exports/xml_writer.hpp"

namespace twosource::exports {
namespace {

struct GraphKey {
  const char* name;
  const char* of;
  const char* type;
};
constexpr auto kKeys = std::to_array<GraphKey>({
    {"label", "node", "string"},        {"article", "node", "string"},
    {"headline", "node", "string"},     {"publisher", "node", "string"},
    {"group", "node", "string"},        {"published", "node", "string"},
    {"language", "node", "string"},     {"url", "node", "string"},
    {"family", "edge", "string"},       {"agency", "edge", "string"},
    {"weight", "edge", "double"},       {"kind", "edge", "string"},
    {"direction", "edge", "string"},    {"passages", "edge", "int"},
    {"shared", "edge", "int"},          {"source_start", "edge", "int"},
    {"source_end", "edge", "int"},      {"source_words", "edge", "string"},
    {"target_start", "edge", "int"},    {"target_end", "edge", "int"},
    {"target_words", "edge", "string"},
});

class GraphWriter {
 public:
  GraphWriter(const Corpus& corpus, std::ostream& out) : corpus_(corpus), xml_(out) {}

  void write() {
    xml_.open("graphml");
    xml_.attribute("xmlns", "http://graphml.graphdrawing.org/xmlns");
    for (const GraphKey& k : kKeys) {
      xml_.open("key");
      xml_.attribute("id", id_of(k.name, k.of));
      xml_.attribute("for", k.of);
      xml_.attribute("attr.name", k.name);
      xml_.attribute("attr.type", k.type);
      xml_.close();
    }
    xml_.open("graph");
    xml_.attribute("id", "copies");
    xml_.attribute("edgedefault", "directed");
    for (std::uint32_t i = 0; i < corpus_.dossier().articles.size(); ++i) node(i);
    for (const CopyFamily& family : corpus_.dossier().copies) {
      for (const CopyPair& pair : family.pairs) edges(family, pair);
    }
    xml_.finish();
  }

 private:
  static std::string id_of(std::string_view name, std::string_view of) {
    return fmt::format("{}_{}", of, name);
  }
  void data(const char* of, const char* name, std::string_view value) {
    if (value.empty()) return;
    xml_.open("data");
    xml_.attribute("key", id_of(name, of));
    xml_.text(value);
    xml_.close();
  }

  void node(std::uint32_t index) {
    const Article& a = corpus_.dossier().articles[index];
    xml_.open("node");
    xml_.attribute("id", fmt::format("n{}", index));
    data("node", "label", corpus_.outlet(index));
    data("node", "article", a.id);
    data("node", "headline", a.headline);
    data("node", "publisher", a.publisher);
    data("node", "group", a.publisher_group);
    data("node", "published", a.published.value);
    data("node", "language", a.language);
    data("node", "url", corpus_.url(index));
    xml_.close();
  }

  void edges(const CopyFamily& family, const CopyPair& pair) {
    const bool known = pair.original >= 0;
    const bool a_first = !known || static_cast<std::uint32_t>(pair.original) == pair.a;
    edge(family, pair, a_first, known);
    if (!known) edge(family, pair, false, known);
  }

  void edge(const CopyFamily& family, const CopyPair& pair, bool from_a, bool known) {
    xml_.open("edge");
    xml_.attribute("id", fmt::format("e{}", edges_++));
    xml_.attribute("source", fmt::format("n{}", from_a ? pair.a : pair.b));
    xml_.attribute("target", fmt::format("n{}", from_a ? pair.b : pair.a));
    data("edge", "family", family.id);
    data("edge", "agency", family.agency);
    data("edge", "weight", fmt::format("{}", pair.containment));
    data("edge", "kind", pair.revision ? "revision" : "copy");
    data("edge", "direction", known ? "known" : "unknown");
    data("edge", "passages", std::to_string(pair.passages.size()));
    std::uint32_t shared = 0;
    for (const Passage& p : pair.passages) shared += corpus_.place({pair.a, p.a}).size();
    data("edge", "shared", std::to_string(shared));
    if (!pair.passages.empty()) longest(pair, from_a);
    xml_.close();
  }

  void longest(const CopyPair& pair, bool from_a) {
    const Passage& p = *std::max_element(
        pair.passages.begin(), pair.passages.end(),
        [](const Passage& x, const Passage& y) { return x.a.size() < y.a.size(); });
    const Evidence a{pair.a, p.a};
    const Evidence b{pair.b, p.b};
    const Evidence& source = from_a ? a : b;
    const Evidence& target = from_a ? b : a;
    data("edge", "source_start", std::to_string(corpus_.place(source).begin));
    data("edge", "source_end", std::to_string(corpus_.place(source).end));
    data("edge", "source_words", corpus_.words(source));
    data("edge", "target_start", std::to_string(corpus_.place(target).begin));
    data("edge", "target_end", std::to_string(corpus_.place(target).end));
    data("edge", "target_words", corpus_.words(target));
  }

  const Corpus& corpus_;
  XmlWriter xml_;
  std::size_t edges_ = 0;
};

}  // namespace

void write_graphml(const Corpus& corpus, std::ostream& out) { GraphWriter(corpus, out).write(); }

}  // namespace twosource::exports
