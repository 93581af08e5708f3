#include <benchmark/benchmark.h>

#include "annotate/name/name.hpp"
#include "text/tokenizer.hpp"

namespace {

using namespace twosource;

// German news prose of about `bytes` bytes with persons, roles and pronouns; one paragraph a round.
Article make_article(const PackSet& packs, std::size_t bytes) {
  Article a;
  a.language = "de";
  a.published.value = "2017-07";
  while (a.text.size() < bytes) {
    const std::size_t begin = a.text.size();
    a.text +=
        "US-Präsident Donald Trump und der russische Präsident Wladimir Putin trafen sich am Rande "
        "des "
        "Gipfels in Hamburg. Das berichtete der Außenminister am späten Abend vor vielen "
        "Journalisten, "
        "die lange auf ein Ergebnis gewartet hatten. Er sprach von einem guten Gespräch, warnte "
        "aber "
        "vor zu hohen Erwartungen. Die Verhandlungen über eine Waffenruhe sollen in den kommenden "
        "Wochen fortgesetzt werden, hieß es aus dem Ministerium in Berlin.";
    a.paragraphs.push_back({make_span(begin, a.text.size()), ParagraphKind::Body});
    a.text += "\n";
  }
  a.tokens = Tokenizer(packs.get("de")).run(a.text, paragraph_spans(a));
  return a;
}

void BM_NameTagger(benchmark::State& state) {
  const PackSet packs = PackSet::builtin();
  const annotate::NameTagger tagger(packs, packs.get("de"));
  const Article article = make_article(packs, static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    auto layer = tagger.run(article);
    benchmark::DoNotOptimize(layer.mentions.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(article.text.size()));
}
BENCHMARK(BM_NameTagger)->ArgName("bytes")->Range(1 << 12, 1 << 16);

}  // namespace
