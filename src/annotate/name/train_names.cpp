// Trains the name model of a language pack: CRF (crf.hpp) over the features of features.hpp. See
// --help. Deterministic: same data, same bytes.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <thread>

#include "annotate/name/crf.hpp"
#include "annotate/name/model.hpp"
#include "annotate/name/name.hpp"
#include "annotate/name/rules.hpp"
#include "article/json.hpp"
#include "text/tokenizer.hpp"

namespace {

using namespace twosource;
using namespace twosource::annotate;
using name::Example;

// WithoutOther: the annotation knows no "other" names: outside may be either. Own: sentences of our
// own beside annotated news.
enum class Scheme : std::uint8_t { Full, WithoutOther, Own };

struct Document {
  Article article;
  Json source;
  Scheme scheme = Scheme::Full;
  int fold = -1;
  bool train_only = false;  // made from another one: shares its fold, is not predicted
  std::vector<Example> examples;
};

std::optional<EntityType> type_of(const std::string& type) {
  if (type == "PER" || type == "PERSON") return EntityType::Person;
  if (type == "LOC" || type.starts_with("LOCATION")) return EntityType::Location;
  if (type == "ORG" || (type.starts_with("ORGANIZATION"))) return EntityType::Organisation;
  if (type == "OTH") return EntityType::Other;
  return std::nullopt;
}

Article to_article(const Json& json, const Tokenizer& tokenizer) {
  Article a;
  a.text = json.at("text").get<std::string>();
  std::size_t at = 0;
  while (at < a.text.size()) {
    const std::size_t stop = std::min(a.text.find('\n', at), a.text.size());
    if (stop > at) a.paragraphs.push_back({make_span(at, stop), ParagraphKind::Body});
    at = stop + 1;
  }
  a.tokens = tokenizer.run(a.text, paragraph_spans(a));
  return a;
}

// The annotated names as label sets; a span that cuts a word is widened to it.
std::vector<std::uint8_t> gold_labels(const Document& d) {
  const utf8::OffsetIndex index(d.article.text);
  std::vector<name::NameSpan> spans;
  for (const Json& s : d.source.at("spans")) {
    if (s.value("level", "outer") == "inner") continue;
    const auto type = type_of(s.at("type").get<std::string>());
    if (!type) continue;
    const Span bytes{index.bytes(s.at("start").get<std::uint32_t>()),
                     index.bytes(s.at("end").get<std::uint32_t>())};
    const auto& tokens = d.article.tokens.tokens;
    const auto begin = static_cast<std::uint32_t>(d.article.tokens.token_at(bytes.begin));
    std::uint32_t end = begin;
    while (end < tokens.size() && tokens[end].span.begin < bytes.end) ++end;
    if (end > begin) spans.push_back({begin, end, *type});
  }
  return name::labels_of(d.article.tokens.tokens.size(), spans);
}

void make_examples(Document& d, const name::Lexicon& lexicon) {
  const auto marks = name::mark_tokens(lexicon, d.article);
  const name::View view{lexicon, d.article, d.article.tokens, marks};
  const name::Features features(view, name::rule_spans(view));
  const std::vector<std::uint8_t> gold = gold_labels(d);
  for (const Sentence& s : d.article.tokens.sentences) {
    Example e;
    e.fold = d.fold;
    for (std::size_t i = s.first_token; i < s.last_token; ++i) {
      const std::uint32_t allowed = features.allowed(i);
      std::vector<std::uint32_t> f;
      if (allowed != 1U) features.of(i, f);
      for (std::uint32_t& hash : f) hash &= ~name::kApart;
      // What one corpus annotates differently is learnt apart and left out when the model runs.
      if (d.scheme != Scheme::Full) {
        const std::uint32_t salt = d.scheme == Scheme::Own ? 0x2545F491U : 0x51ED270BU;
        for (std::size_t k = 0, n = f.size(); k < n; ++k)
          f.push_back((f[k] * 0x9E3779B1U + salt) | name::kApart);
      }
      std::uint32_t right = 1U << gold[i];
      if (d.scheme == Scheme::WithoutOther && gold[i] == 0) right |= 0b110000000U;
      if ((right & allowed) == 0) right = 1U;
      e.features.push_back(std::move(f));
      e.allowed.push_back(allowed);
      e.gold.push_back(right & allowed);
    }
    // A name whose first word cannot begin one leaves nothing to learn.
    for (std::size_t i = 0; i < e.gold.size(); ++i) {
      const bool cont = e.gold[i] == 0b100U || e.gold[i] == 0b10000U || e.gold[i] == 0b1000000U ||
                        e.gold[i] == 0b100000000U;
      if (cont && (i == 0 || ((e.gold[i - 1] | (e.gold[i - 1] << 1U)) & e.gold[i]) == 0))
        e.gold[i] = 1U;
    }
    d.examples.push_back(std::move(e));
  }
}

std::vector<Document> read_documents(const std::string& path, Scheme scheme,
                                     const Tokenizer& tokenizer, const name::Lexicon& lexicon,
                                     int folds) {
  std::ifstream in(path);
  if (!in) throw IoError(path + ": cannot be read");
  std::vector<Document> out;
  std::string line;
  while (std::getline(in, line)) {
    if (line.empty()) continue;
    Document d;
    d.source = Json::parse(line);
    d.scheme = scheme;
    d.fold = folds > 0 ? static_cast<int>(out.size()) % folds : -1;
    d.article = to_article(d.source, tokenizer);
    make_examples(d, lexicon);
    out.push_back(std::move(d));
  }
  return out;
}

struct Options {
  std::vector<std::string> full;
  std::vector<std::string> without_other;
  std::vector<std::string> own;
  std::vector<std::string> swapped;
  std::vector<std::string> swapped_without_other;
  std::string language = "de";
  std::string out;
  std::string predictions;
  int folds = 0;
  bool raw = false;
  float weight = 0.3F;  // of a sentence of --without-other; 0.5: 74.0 instead of 74.2 F1
  float own_weight = 1;
  float swapped_weight = 0.5F;
  name::CrfOptions crf;
};

std::string train_without(const std::vector<Document>& documents, int fold,
                          const Options& options) {
  std::vector<const Example*> examples;
  for (const Document& d : documents) {
    for (const Example& e : d.examples) {
      if (fold < 0 || e.fold != fold) examples.push_back(&e);
    }
  }
  return name::Model::serialise(name::train_crf(examples, options.crf));
}

// Names the whole stage finds in the documents of `fold` with a model that has not seen them.
void predict(const std::vector<Document>& documents, int fold, const std::string& model,
             const Options& options, std::ostream& out) {
  PackSet packs = PackSet::builtin();
  if (!packs.add(options.language + "/names.model", model, "names.model"))
    throw IoError("names.model");
  const NameTagger tagger(packs, packs.get(options.language));
  const name::Lexicon lexicon(packs, packs.get(options.language));
  const name::Model raw(model);
  for (const Document& d : documents) {
    if (d.fold != fold || d.train_only) continue;
    const utf8::OffsetIndex index(d.article.text);
    Json spans = Json::array();
    if (options.raw) {
      const auto marks = name::mark_tokens(lexicon, d.article);
      const name::View view{lexicon, d.article, d.article.tokens, marks};
      for (const name::NameSpan& n : raw.run(view, name::rule_spans(view))) {
        const auto& t = d.article.tokens.tokens;
        const Span s = index.code_points({t[n.begin].span.begin, t[n.end - 1].span.end});
        spans.push_back({{"start", s.begin}, {"end", s.end}, {"type", to_string(n.type)}});
      }
      out << Json{{"id", d.source.at("id")}, {"spans", spans}}.dump() << "\n";
      continue;
    }
    const NameLayer layer = tagger.run(d.article);
    for (const Mention& m : layer.mentions) {
      if (m.kind != MentionKind::Name) continue;
      const Span s = index.code_points(m.span);
      spans.push_back(
          {{"start", s.begin}, {"end", s.end}, {"type", to_string(layer.entities[m.entity].type)}});
    }
    out << Json{{"id", d.source.at("id")}, {"spans", spans}}.dump() << "\n";
  }
}

int run(const Options& options) {
  const PackSet packs = PackSet::builtin();
  const Pack& pack = packs.get(options.language);
  const Tokenizer tokenizer(pack);
  const name::Lexicon lexicon(packs, pack);
  std::vector<Document> documents;
  const auto add = [&](const std::vector<std::string>& files, Scheme scheme, bool folded,
                       bool train_only, float weight) {
    for (const std::string& file : files) {
      const int folds = folded ? options.folds : 0;
      for (Document& d : read_documents(file, scheme, tokenizer, lexicon, folds)) {
        for (Example& e : d.examples) e.weight = weight;
        d.train_only = train_only;
        documents.push_back(std::move(d));
      }
    }
  };
  add(options.full, Scheme::Full, true, false, 1);
  add(options.without_other, Scheme::WithoutOther, false, true, options.weight);
  add(options.own, options.full.empty() ? Scheme::Full : Scheme::Own, false, true,
      options.own_weight);
  add(options.swapped, Scheme::Full, true, true, options.swapped_weight);
  add(options.swapped_without_other, Scheme::WithoutOther, false, true,
      options.swapped_weight * options.weight);
  if (options.folds > 0) {
    std::ofstream out(options.predictions);
    std::vector<std::string> models(static_cast<std::size_t>(options.folds));
    {
      std::vector<std::jthread> threads;
      for (int fold = 0; fold < options.folds; ++fold) {
        threads.emplace_back([&, fold] {
          models[static_cast<std::size_t>(fold)] = train_without(documents, fold, options);
        });
      }
    }
    for (int fold = 0; fold < options.folds; ++fold) {
      predict(documents, fold, models[static_cast<std::size_t>(fold)], options, out);
    }
  }
  if (!options.out.empty())
    std::ofstream(options.out, std::ios::binary) << train_without(documents, -1, options);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app{
      "Trains lang/<language>/names.model from annotated sentences (JSON Lines: text, spans)."};
  app.add_option("--full", options.full, "data annotated with PER, LOC, ORG and OTH");
  app.add_option("--without-other", options.without_other, "data without OTH");
  app.add_option("--own", options.own, "further data with all four, never predicted");
  app.add_option("--swapped", options.swapped,
                 "the --full data line by line with other names (swap_names.py)");
  app.add_option("--swapped-without-other", options.swapped_without_other,
                 "the --without-other data with other names");
  app.add_option("--own-weight", options.own_weight, "weight of a sentence of --own");
  app.add_option("--swapped-weight", options.swapped_weight, "weight of one with other names");
  app.add_option("--language", options.language, "language pack");
  app.add_option("-o,--out", options.out, "model to write");
  app.add_option("--folds", options.folds, "cross-validate on the --full data");
  app.add_option("--predictions", options.predictions,
                 "names found in cross-validation, JSON Lines");
  app.add_option("--rounds", options.crf.rounds, "passes over the data");
  app.add_option("--bits", options.crf.bits, "2^bits feature rows");
  app.add_option("--rate", options.crf.rate, "step size");
  app.add_option("--l2", options.crf.l2, "weight decay");
  app.add_option("--drop", options.crf.drop, "share of features left out at random in an update");
  app.add_option("--bias", options.crf.bias, "added to what begins a name");
  app.add_option("--smart", options.weight, "weight of a sentence of --without-other");
  app.add_flag("--raw", options.raw, "names of the model alone");
  CLI11_PARSE(app, argc, argv);
  try {
    return run(options);
  } catch (const std::exception& e) {
    std::cerr << "train_names: " << e.what() << "\n";
    return 1;
  }
}
