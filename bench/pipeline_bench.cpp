// The per-article half on plain text, as a whole and by stage. The text is built from our own
// example articles, shuffled by a fixed seed; bytes counted are those of the text. With
// TWOSOURCE_BENCH_INPUT naming a file or folder of articles (any form intake reads), the half is
// measured over these too, each read once a round: their words are as many as real ones are, those
// of the examples few.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "annotate/measure/measure.hpp"
#include "annotate/name/name.hpp"
#include "annotate/quote/quote.hpp"
#include "annotate/time/time.hpp"
#include "intake/intake.hpp"
#include "pipeline/pipeline.hpp"
#include "report/report.hpp"
#include "text/tokenizer.hpp"

namespace {

using namespace twosource;

const pipeline::Stages& stages() {
  static const pipeline::Stages kStages(PackSet::builtin());
  return kStages;
}

// Paragraphs of the German plain text examples.
std::vector<std::string> paragraphs() {
  std::vector<std::filesystem::path> files;
  for (const char* stack : {"gipfel", "unglueck"}) {
    for (const auto& entry : std::filesystem::directory_iterator(std::string(TWOSOURCE_SOURCE_DIR) +
                                                                 "/examples/" + stack)) {
      if (entry.path().extension() == ".txt") files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<std::string> out;
  for (const auto& path : files) {
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) {
      if (line.size() > 200) out.push_back(line);
    }
  }
  return out;
}

intake::RawDocument document(std::size_t bytes) {
  std::vector<std::string> parts = paragraphs();
  std::mt19937 random(20240601);
  std::shuffle(parts.begin(), parts.end(), random);
  intake::RawDocument raw;
  raw.id = "bench";
  raw.published = "2024-05-12";
  raw.language = "de";
  for (std::size_t i = 0; raw.body.size() < bytes; ++i)
    raw.body += parts[i % parts.size()] + "\n\n";
  return raw;
}

// Short articles in batches, as the program reads them.
void BM_ReadBatch(benchmark::State& state) {
  std::vector<intake::RawDocument> batch;
  std::int64_t bytes = 0;
  for (std::int64_t i = 0; i < state.range(1); ++i) {
    batch.push_back(document(static_cast<std::size_t>(state.range(0))));
    bytes += static_cast<std::int64_t>(batch.back().body.size());
  }
  for (auto _ : state) {
    std::vector<Article> articles = stages().read(batch);
    benchmark::DoNotOptimize(articles.data());
  }
  state.SetBytesProcessed(state.iterations() * bytes);
}
BENCHMARK(BM_ReadBatch)->ArgNames({"bytes", "articles"})->Args({4 << 10, 16});

void BM_ReadHalf(benchmark::State& state) {
  const intake::RawDocument raw = document(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    Article a = stages().read(raw);
    benchmark::DoNotOptimize(a.quotes.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(raw.body.size()));
}
BENCHMARK(BM_ReadHalf)->ArgName("bytes")->Arg(4 << 10)->Arg(64 << 10);

// Every document of TWOSOURCE_BENCH_INPUT, through `run`.
template <class Run>
void each_document(benchmark::State& state, const std::string& input, const Run& run) {
  std::vector<intake::RawDocument> documents;
  std::int64_t bytes = 0;
  intake::read_inputs(
      {input}, {}, std::cin,
      [&](intake::RawDocument&& raw) {
        bytes += static_cast<std::int64_t>(raw.body.size());
        documents.push_back(std::move(raw));
      },
      [](const intake::Skipped&) {});
  for (auto _ : state) {
    for (const intake::RawDocument& raw : documents) {
      Article a = run(raw);
      benchmark::DoNotOptimize(a.quotes.data());
    }
  }
  state.SetBytesProcessed(state.iterations() * bytes);
}
void read_documents(benchmark::State& state, const std::string& input) {
  each_document(state, input, [](const auto& raw) { return stages().read(raw); });
}
// In batches, from the file to the last layer: what `read` does but for the output.
void read_input(benchmark::State& state, const std::string& input) {
  std::int64_t bytes = 0;
  for (auto _ : state) {
    pipeline::read_articles(
        stages(), {input}, {}, std::cin, 1,
        [&](Article&& a) { bytes += static_cast<std::int64_t>(a.text.size()); },
        [](const intake::Skipped&) {});
  }
  state.SetBytesProcessed(bytes);
}
void clean_documents(benchmark::State& state, const std::string& input) {
  const clean::Cleaner cleaner(stages().packs());
  each_document(state, input, [&](const auto& raw) { return cleaner.run(raw); });
}
const bool kWithDocuments = [] {
  const char* input = std::getenv("TWOSOURCE_BENCH_INPUT");
  if (input == nullptr) return false;
  benchmark::RegisterBenchmark("BM_ReadDocuments", read_documents, std::string(input))
      ->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("BM_ReadInput", read_input, std::string(input))
      ->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("BM_CleanDocuments", clean_documents, std::string(input))
      ->Unit(benchmark::kMillisecond);
  return true;
}();

void BM_Clean(benchmark::State& state) {
  const intake::RawDocument raw = document(4 << 10);
  const clean::Cleaner cleaner(stages().packs());
  for (auto _ : state) {
    Article a = cleaner.run(raw);
    benchmark::DoNotOptimize(a.text.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(raw.body.size()));
}
BENCHMARK(BM_Clean);

void BM_Tokenize(benchmark::State& state) {
  const Article a = stages().read(document(4 << 10));
  const Tokenizer tokenizer(stages().packs().get("de"));
  const std::vector<Span> spans = paragraph_spans(a);
  for (auto _ : state) {
    TokenLayer layer = tokenizer.run(a.text, spans);
    benchmark::DoNotOptimize(layer.tokens.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(a.text.size()));
}
BENCHMARK(BM_Tokenize);

template <class Run>
void time_layer(benchmark::State& state, const Run& run) {
  const Article a = stages().read(document(4 << 10));
  for (auto _ : state) {
    auto layer = run(a);
    benchmark::DoNotOptimize(&layer);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(a.text.size()));
}

void BM_Time(benchmark::State& state) {
  const annotate::TimeTagger tagger(stages().packs().get("de"));
  time_layer(state, [&](const Article& a) { return tagger.run(a); });
}
BENCHMARK(BM_Time);

void BM_Measure(benchmark::State& state) {
  const annotate::MeasureTagger tagger(stages().packs().get("de"));
  time_layer(state, [&](const Article& a) { return tagger.run(a); });
}
BENCHMARK(BM_Measure);

void BM_Name(benchmark::State& state) {
  const annotate::NameTagger tagger(stages().packs(), stages().packs().get("de"));
  time_layer(state, [&](const Article& a) { return tagger.run(a); });
}
BENCHMARK(BM_Name);

void BM_Quote(benchmark::State& state) {
  const annotate::QuoteTagger tagger(stages().packs().get("de"));
  time_layer(state, [&](const Article& a) { return tagger.run(a); });
}
BENCHMARK(BM_Quote);

// What the program does before it reads the first byte.
void BM_LoadPacks(benchmark::State& state) {
  for (auto _ : state) {
    const pipeline::Stages fresh(PackSet::builtin());
    benchmark::DoNotOptimize(&fresh);
  }
}
BENCHMARK(BM_LoadPacks)->Unit(benchmark::kMillisecond);

// The corpus half over the example stack, and its page.
std::vector<Article> example_stack() {
  std::vector<Article> articles;
  pipeline::read_articles(
      stages(), {std::string(TWOSOURCE_SOURCE_DIR) + "/examples/gipfel"}, {}, std::cin, 1,
      [&](Article&& a) { articles.push_back(std::move(a)); }, [](const intake::Skipped&) {});
  return articles;
}

void BM_CrossCheck(benchmark::State& state) {
  const std::vector<Article> articles = example_stack();
  for (auto _ : state) {
    Dossier d = pipeline::cross_check(articles, stages().packs(), {});
    benchmark::DoNotOptimize(d.claims.data());
  }
}
BENCHMARK(BM_CrossCheck)->Unit(benchmark::kMillisecond);

void BM_ReportHtml(benchmark::State& state) {
  const Dossier d = pipeline::cross_check(example_stack(), stages().packs(), {});
  for (auto _ : state) {
    std::string page = report::to_html(d, stages().packs());
    benchmark::DoNotOptimize(page.data());
  }
}
BENCHMARK(BM_ReportHtml)->Unit(benchmark::kMillisecond);

}  // namespace
