#include "story/signature.hpp"

#include <xxhash.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <tuple>

#include "story/features.hpp"
#include "story/gazetteer.hpp"
#include "text/bytes.hpp"
#include "text/hash_map.hpp"
#include "text/stemmer.hpp"
#include "text/tokenizer.hpp"
#include "text/utf8.hpp"

namespace twosource::story {
namespace {

constexpr std::uint8_t kVersion = 1;

// Shares of articles at large that hold a term: guesses, tuned together with kSameEvent. A word is
// the rarer the longer it is (kShortWordRate · e^(-bytes / kRateScale)); names are rare but for
// countries and office holders, who are in the news every day.
constexpr double kNumberRate = 0.05;
constexpr double kKnownNameRate = 0.1;
constexpr double kNameRate = 0.005;
constexpr double kShortWordRate = 0.3;
constexpr double kRateScale = 3;

}  // namespace

class Signer::Impl {
 public:
  explicit Impl(const PackSet& packs) : gazetteer_(packs), packs_(packs) {
    for (const std::string& code : packs.languages()) {
      read_common(packs.get(code), "offices.tsv", "person");
      read_common(packs.get(code), "places.tsv", "name");
    }
  }

  Signature sign(const Article& article) {
    Language& language = language_of(article.language);
    found_.clear();
    names_.clear();
    for (const Mention& m : article.mentions) {
      if (m.kind == MentionKind::Name) names_.push_back(m.span);
    }
    add_layer(article.tokens, language, true);
    if (!article.headline.empty() && !starts_with_headline(article)) {
      const Span all = make_span(0, article.headline.size());
      add_layer(language.tokenizer.run(article.headline, {&all, 1}), language, false);
    }
    Signature out;
    out.id = article.id;
    out.published = article.published.value;
    out.terms = terms();
    out.anchors = find_anchors(article, gazetteer_);
    return out;
  }

 private:
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
    const auto hash = static_cast<std::uint32_t>(XXH3_64bits(term.data(), term.size()));
    found_.push_back({hash, weight, rate});
  }

  // What was found, summed up by term.
  std::vector<Term> terms() {
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Found& a, const Found& b) { return a.term < b.term; });
    std::vector<Term> out;
    for (std::size_t i = 0; i < found_.size();) {
      Found sum = found_[i];
      for (++i; i < found_.size() && found_[i].term == sum.term; ++i) {
        sum.weight += found_[i].weight;
        sum.rate = std::max(sum.rate, found_[i].rate);
      }
      out.push_back({sum.term, fixed(kFrequencyUnit * static_cast<double>(sum.weight)),
                     fixed(kRateUnit * sum.rate)});
    }
    out.shrink_to_fit();
    return out;
  }

  static std::uint16_t fixed(double value) {
    return static_cast<std::uint16_t>(std::clamp(std::round(value), 0.0, 65535.0));
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

  Gazetteer gazetteer_;
  const PackSet& packs_;
  std::map<std::string, Language> languages_;
  StringSet common_;
  struct Found {
    std::uint32_t term;
    float weight;
    double rate;
  };
  std::vector<Found> found_;
  std::vector<Span> names_;
};

Signer::Signer(const PackSet& packs) : impl_(std::make_unique<Impl>(packs)) {}
Signer::~Signer() = default;
Signer::Signer(Signer&&) noexcept = default;
Signer& Signer::operator=(Signer&&) noexcept = default;
Signature Signer::sign(const Article& article) { return impl_->sign(article); }

std::string to_bytes(const Signature& s) {
  ByteWriter out;
  out.u8(kVersion);
  out.text(s.id);
  out.text(s.published);
  out.u32(static_cast<std::uint32_t>(s.terms.size()));
  for (const Term& t : s.terms) {
    out.u32(t.term);
    out.u32(static_cast<std::uint32_t>(t.frequency) << 16U | t.rate);
  }
  out.u32s(s.anchors.places);
  out.u32s({s.anchors.days.begin(), s.anchors.days.end()});
  return out.take();
}

std::optional<Signature> signature_from_bytes(std::string_view bytes) {
  ByteReader in(bytes);
  if (in.u8() != kVersion) return std::nullopt;
  Signature s;
  s.id = in.text();
  s.published = in.text();
  for (std::uint32_t n = in.u32(); n > 0 && in.sound(); --n) {
    Term t;
    t.term = in.u32();
    const std::uint32_t both = in.u32();
    t.frequency = static_cast<std::uint16_t>(both >> 16U);
    t.rate = static_cast<std::uint16_t>(both & 0xFFFFU);
    if (!s.terms.empty() && s.terms.back().term >= t.term) return std::nullopt;
    s.terms.push_back(t);
  }
  s.anchors.places = in.u32s();
  for (const std::uint32_t day : in.u32s()) s.anchors.days.push_back(static_cast<int>(day));
  if (!in.done()) return std::nullopt;
  return s;
}

bool before(const Signature& a, const Signature& b) noexcept {
  return std::tie(a.published, a.id) < std::tie(b.published, b.id);
}

}  // namespace twosource::story
