// Prints the features of all candidate sentence pairs of articles in JSON Lines with a field
// `event`, for tools/train_claims.py: event, article, start, end, article, start, end (code
// points), features; separated by TAB. Usage: claim_features ARTICLES.jsonl [PACKS], with a folder
// of language packs as for --lang-pack.
#include <fmt/core.h>

#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "claim/similarity.hpp"
#include "claim/units.hpp"
#include "pipeline/pipeline.hpp"
#include "text/utf8.hpp"

namespace {

using namespace twosource;

std::string event_of(const Article& article) {
  const auto extra = nlohmann::json::parse(article.extra, nullptr, false);
  return extra.is_object() ? extra.value("event", "") : "";
}

void print_event(const std::string& event, std::vector<Article> articles, const PackSet& packs) {
  Dossier d = pipeline::cross_check(std::move(articles), packs, {});
  const claim::Lexicons lexicons(packs);
  claim::UnitBuilder builder(d, lexicons);
  std::vector<claim::SentenceUnit> units;
  std::vector<utf8::OffsetIndex> offsets;
  for (std::uint32_t a = 0; a < d.articles.size(); ++a) {
    offsets.emplace_back(d.articles[a].text);
    for (auto& u : builder.build(a)) units.push_back(std::move(u));
  }
  const claim::SimilarityIndex index(d, builder.vocabulary(), units);
  index.candidates([&](std::uint32_t a, std::uint32_t b, const claim::Features& features) {
    fmt::print("{}", event);
    for (const std::uint32_t u : {a, b}) {
      const Span s = offsets[units[u].article].code_points(units[u].span);
      fmt::print("\t{}\t{}\t{}", d.articles[units[u].article].id, s.begin, s.end);
    }
    for (const double f : features) fmt::print("\t{:.5f}", f);
    fmt::print("\n");
  });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 && argc != 3) {
    fmt::print(stderr, "usage: claim_features ARTICLES.jsonl [PACKS]\n");
    return 2;
  }
  Result<PackSet> packs = argc == 3 ? PackSet::with_overrides(argv[2]) : PackSet::builtin();
  if (!packs) {
    fmt::print(stderr, "{}\n", packs.error().message);
    return 1;
  }
  const pipeline::Stages stages(std::move(*packs));
  std::map<std::string, std::vector<Article>> events;
  intake::Options options;
  options.format = intake::Format::Jsonl;
  options.as_is = true;
  pipeline::read_articles(
      stages, {argv[1]}, options, std::cin, 1,
      [&](Article&& a) { events[event_of(a)].push_back(std::move(a)); },
      [](const intake::Skipped& s) { fmt::print(stderr, "{}: {}\n", s.path, s.reason); });
  std::string header = "event\ta\tstart\tend\tb\tstart\tend";
  for (std::size_t f = 0; f < claim::kFeatures; ++f) {
    header.append("\t").append(claim::to_string(static_cast<claim::Feature>(f)));
  }
  fmt::print("{}\n", header);
  for (auto& [event, articles] : events) print_event(event, std::move(articles), stages.packs());
  return 0;
}
