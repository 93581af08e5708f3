#include <benchmark/benchmark.h>

#include <string>

#include "annotate/measure/measure.hpp"
#include "annotate/time/time.hpp"
#include "text/tokenizer.hpp"

namespace {

using twosource::Article;

// German news text of `bytes` bytes with a time or measure in most sentences, a paragraph each
// five sentences.
Article make_article(const twosource::Tokenizer& tokenizer, std::size_t bytes) {
  constexpr const char* kText =
      "Die Fähre legte am Dienstagabend gegen 19.40 Uhr im Hafen an, wie ein Sprecher der Reederei "
      "mitteilte. An Bord waren rund 400 Fahrgäste, von denen zwölf leicht verletzt wurden. Der "
      "Schaden beläuft sich nach ersten Schätzungen auf 4,2 Millionen Euro. Die Ursache ist noch "
      "unklar; Ermittler nahmen ihre Arbeit auf und befragten die Besatzung. Im vergangenen Jahr "
      "hatte es im gleichen Hafenbecken einen ähnlichen Vorfall gegeben. ";
  Article a;
  a.published.value = "2021-03-03";
  while (a.text.size() < bytes) {
    const std::size_t begin = a.text.size();
    a.text += kText;
    a.paragraphs.push_back({twosource::make_span(begin, a.text.size())});
  }
  a.tokens = tokenizer.run(a.text, twosource::paragraph_spans(a));
  return a;
}

const twosource::Pack& german() {
  static const twosource::PackSet packs = twosource::PackSet::builtin();
  return packs.get("de");
}

void BM_TimeTagger(benchmark::State& state) {
  const Article a = make_article(twosource::Tokenizer(german()), 1U << 16U);
  const twosource::annotate::TimeTagger tagger(german());
  for (auto _ : state) {
    auto times = tagger.run(a);
    benchmark::DoNotOptimize(times.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(a.text.size()));
}
BENCHMARK(BM_TimeTagger);

void BM_MeasureTagger(benchmark::State& state) {
  Article a = make_article(twosource::Tokenizer(german()), 1U << 16U);
  a.times = twosource::annotate::TimeTagger(german()).run(a);
  const twosource::annotate::MeasureTagger tagger(german());
  for (auto _ : state) {
    auto measures = tagger.run(a);
    benchmark::DoNotOptimize(measures.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(a.text.size()));
}
BENCHMARK(BM_MeasureTagger);

// Both layers, as the per-article half runs them.
void BM_TimeAndMeasure(benchmark::State& state) {
  Article a = make_article(twosource::Tokenizer(german()), 1U << 16U);
  const twosource::annotate::TimeTagger time(german());
  const twosource::annotate::MeasureTagger measure(german());
  for (auto _ : state) {
    a.times = time.run(a);
    auto measures = measure.run(a);
    benchmark::DoNotOptimize(measures.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(a.text.size()));
}
BENCHMARK(BM_TimeAndMeasure);

void BM_CompileMeasurePack(benchmark::State& state) {
  for (auto _ : state) {
    const twosource::annotate::MeasureTagger tagger(german());
    benchmark::DoNotOptimize(&tagger);
  }
}
BENCHMARK(BM_CompileMeasurePack)->Unit(benchmark::kMillisecond);

void BM_CompileTimePack(benchmark::State& state) {
  for (auto _ : state) {
    const twosource::annotate::TimeTagger tagger(german());
    benchmark::DoNotOptimize(&tagger);
  }
}
BENCHMARK(BM_CompileTimePack)->Unit(benchmark::kMillisecond);

}  // namespace
