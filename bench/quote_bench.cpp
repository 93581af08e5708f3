// The quotation stage alone on its own test sentences, several to a paragraph, shuffled by a fixed
// seed; bytes counted are those of the text.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "annotate/quote/quote.hpp"
#include "text/pack.hpp"
#include "text/tokenizer.hpp"

namespace {

using namespace twosource;

const PackSet& packs() {
  static const PackSet kPacks = PackSet::builtin();
  return kPacks;
}

Article make_article(const std::string& language, std::size_t bytes) {
  const std::string path = std::string(TWOSOURCE_SOURCE_DIR) +
                           "/src/annotate/quote/testdata/quotes_" + language + ".tsv";
  std::ifstream in(path);
  std::ostringstream content;
  content << in.rdbuf();
  const Table table = Table::parse(path, content.str()).value();
  std::vector<std::string> sentences;
  for (const Row& row : table.rows()) sentences.push_back(row.cells[1]);
  std::mt19937 random(20240601);
  std::shuffle(sentences.begin(), sentences.end(), random);
  Article article;
  article.language = language;
  for (std::size_t i = 0; article.text.size() < bytes; ++i) {
    const std::size_t begin = article.text.size();
    for (std::size_t k = 0; k < 5; ++k)
      article.text += sentences[(5 * i + k) % sentences.size()] + " ";
    article.text.pop_back();
    article.paragraphs.push_back({make_span(begin, article.text.size()), ParagraphKind::Body});
    article.text += "\n\n";
  }
  const std::vector<Span> spans = paragraph_spans(article);
  article.tokens = Tokenizer(packs().get(language)).run(article.text, spans);
  return article;
}

void BM_QuoteTagger(benchmark::State& state, const char* language) {
  const annotate::QuoteTagger tagger(packs().get(language));
  const Article article = make_article(language, static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    auto quotes = tagger.run(article);
    benchmark::DoNotOptimize(quotes.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(article.text.size()));
}
BENCHMARK_CAPTURE(BM_QuoteTagger, de, "de")->ArgName("bytes")->Arg(4 << 10)->Arg(256 << 10);
BENCHMARK_CAPTURE(BM_QuoteTagger, en, "en")->ArgName("bytes")->Arg(4 << 10)->Arg(256 << 10);

}  // namespace
