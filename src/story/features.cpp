#include "story/features.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include "text/hash_map.hpp"
#include "text/stemmer.hpp"
#include "text/tokenizer.hpp"
#include "text/utf8.hpp"

namespace twosource::story {
namespace {

// Shares of articles at large that hold a term: guesses, tuned together with kSameEvent. A word is
// the rarer the longer it is (kShortWordRate · e^(-bytes / kRateScale)); names are rare but for
// countries and office holders, who are in the news every day.
constexpr double kNumberRate = 0.05;
constexpr double kKnownNameRate = 0.1;
constexpr double kNameRate = 0.005;
constexpr double kShortWordRate = 0.3;
constexpr double kRateScale = 3;

// Stemmer, stop words and tokenizer of one language.
struct Language {
  explicit Language(const Pack& pack, const std::string& code) : stemmer(code), tokenizer(pack) {
    const Table& table = pack.table("stopwords.tsv");
    if (table.columns().empty()) return;
    const std::size_t word = table.column("word");
    for (const Row& row : table.rows()) stopwords.insert(row.cells[word]);
  }
  Stemmer stemmer;
  Tokenizer tokenizer;
  StringSet stopwords;
};

class Vectoriser {
 public:
  explicit Vectoriser(const PackSet& packs) : packs_(packs) {
    for (const std::string& code : packs.languages()) {
      read_common(packs.get(code), "offices.tsv", "person");
      read_common(packs.get(code), "places.tsv", "name");
    }
  }
  double rate(std::uint32_t term) const { return rates_[term]; }

  void count(const Article& article, std::vector<std::pair<std::uint32_t, float>>& out) {
    Language& language = language_of(article.language);
    counts_.clear();
    names_.clear();
    for (const Mention& m : article.mentions) {
      if (m.kind == MentionKind::Name) names_.push_back(m.span);
    }
    add_layer(article.tokens, language, true);
    if (!article.headline.empty() && !starts_with_headline(article)) {
      const Span all = make_span(0, article.headline.size());
      add_layer(language.tokenizer.run(article.headline, {&all, 1}), language, false);
    }
    out.assign(counts_.begin(), counts_.end());
  }

 private:
  Language& language_of(const std::string& code) {
    const auto it = languages_.find(code);
    if (it != languages_.end()) return it->second;
    return languages_.try_emplace(code, packs_.get(code), code).first->second;
  }

  static bool starts_with_headline(const Article& a) {
    return utf8::trim(a.text).substr(0, a.headline.size()) == a.headline;
  }

  void add_layer(const TokenLayer& layer, Language& language, bool body) {
    for (std::size_t i = 0; i < layer.tokens.size(); ++i) {
      const Token& token = layer.tokens[i];
      if (token.kind != TokenKind::Word && token.kind != TokenKind::Number) continue;
      const std::string_view lower = layer.lower(i);
      if (lower.size() < 2 || language.stopwords.contains(lower)) continue;
      float weight = 1;
      if (!body) weight = kHeadlineWeight;
      if (body && token.sentence < kLeadSentences) weight = kLeadWeight;
      if (body && in_name(token.span)) weight *= kNameWeight;
      const bool name = body && in_name(token.span);
      add(term_of(lower, token, language), weight, rate_of(lower, token, name));
      add_parts(lower, token, language, weight);
    }
  }

  std::string term_of(std::string_view lower, const Token& token, Language& language) const {
    if (token.kind == TokenKind::Number) return std::string(lower);
    std::string term = utf8::fold(language.stemmer.stem(lower));
    std::size_t end = 0;
    for (std::size_t n = 0; n < kTermLetters && end < term.size(); ++n)
      (void)utf8::decode(term, end);
    term.resize(end);
    return term;
  }

  // "Olympia-Eröffnung" is about what "Eröffnung" and "Olympiaeröffnung" are about.
  void add_parts(std::string_view lower, const Token& token, Language& language, float weight) {
    if (token.kind != TokenKind::Word || lower.find('-') == std::string_view::npos) return;
    std::string whole;
    for (std::size_t at = 0; at < lower.size();) {
      const std::size_t stop = std::min(lower.find('-', at), lower.size());
      const std::string_view part = lower.substr(at, stop - at);
      whole += part;
      at = stop + 1;
      if (part.size() < 2 || language.stopwords.contains(part)) continue;
      add(term_of(part, token, language), weight, rate_of(part, token, false));
    }
    add(term_of(whole, token, language), weight, rate_of(whole, token, false));
  }

  void add(const std::string& term, float weight, double rate) {
    const auto [it, fresh] = terms_.emplace(term, static_cast<std::uint32_t>(terms_.size()));
    if (fresh) rates_.push_back(rate);
    rates_[it->second] = std::max(rates_[it->second], rate);
    counts_[it->second] += weight;
  }

  // The greatest share of articles at large that hold the term.
  double rate_of(std::string_view lower, const Token& token, bool name) const {
    if (token.kind == TokenKind::Number) return kNumberRate;
    if (common_.contains(lower)) return kKnownNameRate;
    const double letters = static_cast<double>(lower.size());
    return std::min(name ? kNameRate : 1.0, kShortWordRate * std::exp(-letters / kRateScale));
  }

  void read_common(const Pack& pack, std::string_view file, std::string_view column) {
    const Table& table = pack.table(file);
    if (table.columns().empty()) return;
    const bool places = file == "places.tsv";
    for (const Row& row : table.rows()) {
      if (places && row.cells[table.column("kind")] != "country") continue;
      const std::string& cell = row.cells[table.column(column)];
      const std::size_t at = cell.rfind(' ');
      std::string last = at == std::string::npos ? cell : cell.substr(at + 1);
      common_.insert(utf8::lower(last));
    }
  }

  bool in_name(Span span) const {
    const auto it = std::upper_bound(names_.begin(), names_.end(), span,
                                     [](Span s, Span n) { return s.begin < n.begin; });
    return it != names_.begin() && std::prev(it)->end >= span.end;
  }

  const PackSet& packs_;
  std::map<std::string, Language> languages_;
  StringMap<std::uint32_t> terms_;
  StringSet common_;
  std::vector<double> rates_;  // by term
  std::map<std::uint32_t, float> counts_;
  std::vector<Span> names_;
};

void normalise(SparseVector& v) {
  double sum = 0;
  for (const auto& [term, w] : v) sum += static_cast<double>(w) * static_cast<double>(w);
  if (sum <= 0) return;
  const float scale = static_cast<float>(1 / std::sqrt(sum));
  for (auto& [term, w] : v) w *= scale;
}

}  // namespace

std::vector<SparseVector> vectorise(std::span<const Article> articles, const PackSet& packs) {
  std::vector<SparseVector> vectors(articles.size());
  Vectoriser vectoriser(packs);
  std::vector<std::uint32_t> frequency;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    vectoriser.count(articles[i], vectors[i]);
    for (const auto& [term, w] : vectors[i]) {
      if (term >= frequency.size()) frequency.resize(term + 1, 0);
      ++frequency[term];
    }
  }
  const double n = static_cast<double>(articles.size());
  for (SparseVector& v : vectors) {
    for (auto& [term, w] : v) {
      const double holders = frequency[term] + kBackgroundArticles * vectoriser.rate(term);
      const double idf = std::log(1 + (n + kBackgroundArticles) / holders);
      w = static_cast<float>((1 + std::log(std::max(1.0F, w))) * idf);
    }
    normalise(v);
  }
  return vectors;
}

}  // namespace twosource::story
