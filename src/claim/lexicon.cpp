#include "claim/lexicon.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>

#include "text/stemmer.hpp"
#include "text/utf8.hpp"

namespace twosource::claim {
namespace {

// Shortest last part of a compound that counts: "Amt" (3 letters) is taken only as a whole word.
constexpr std::size_t kMinCompoundPart = 5;

constexpr std::pair<std::string_view, FactWord> kFactRoles[] = {
    {"state", FactWord::State},       {"degree", FactWord::Degree},
    {"partly", FactWord::Partly},     {"people", FactWord::People},
    {"more", FactWord::More},         {"former", FactWord::Former},
    {"risen", FactWord::Risen},       {"fallen", FactWord::Fallen},
    {"reached", FactWord::Reached},   {"counts", FactWord::Counts},
    {"relative", FactWord::Relative}, {"withdraw", FactWord::Withdraw},
    {"back", FactWord::Back},         {"said", FactWord::Said},
    {"correct", FactWord::Correct},   {"holds", FactWord::Holds},
    {"quantity", FactWord::Quantity}, {"generic", FactWord::Generic},
    {"peak", FactWord::Peak},         {"left", FactWord::Left}};

constexpr std::pair<std::string_view, ClaimWord> kClaimWords[] = {
    {"negation", ClaimWord::Negation},   {"planned", ClaimWord::Planned},
    {"saying", ClaimWord::Saying},       {"pronoun", ClaimWord::Pronoun},
    {"this", ClaimWord::This},           {"release", ClaimWord::Release},
    {"honorific", ClaimWord::Honorific}, {"contrast", ClaimWord::Contrast}};

std::uint32_t class_id(std::string_view name) {
  const auto hash = static_cast<std::uint32_t>(StringHash()(name));
  return hash == 0 ? 1 : hash;
}

std::vector<std::string> split_words(std::string_view phrase) {
  std::vector<std::string> out;
  while (!phrase.empty()) {
    const std::size_t blank = std::min(phrase.find(' '), phrase.size());
    if (blank > 0) out.emplace_back(phrase.substr(0, blank));
    phrase.remove_prefix(std::min(blank + 1, phrase.size()));
  }
  return out;
}

}  // namespace

Lexicon::Lexicon(const Pack& pack)
    : language_(pack.code()),
      capital_nouns_(pack.setting("capital_nouns").value_or("no") == "yes") {
  const Table& stop = pack.table("stopwords.tsv");
  for (const Row& row : stop.rows()) stop_words_.insert(row.cells[stop.column("word")]);
  const Table& words = pack.table("claim_words.tsv");
  for (const Row& row : words.rows()) {
    const std::string& kind = row.cells[words.column("class")];
    if (kind == "citing") {
      for (const std::string& phrase : split_list(row.cells[words.column("word")])) {
        std::vector<std::string> parts = split_words(phrase);
        if (!parts.empty()) citing_[parts.front()].push_back(std::move(parts));
      }
      continue;
    }
    if (kind == "vague") {
      for (const std::string& entry : split_list(row.cells[words.column("word")])) {
        const std::vector<std::string> parts = split_words(entry);
        if (parts.size() != 3) throw PackError(words.where(row) + ": a word and two numbers");
        vague_[parts[0]] = {std::strtod(parts[1].c_str(), nullptr),
                            std::strtod(parts[2].c_str(), nullptr)};
      }
      continue;
    }
    if (kind == "source_ending" || kind == "source_tail" || kind == "body_tail") {
      (kind == "source_tail"     ? source_tails_
       : kind == "source_ending" ? source_endings_
                                 : body_tails_) = split_list(row.cells[words.column("word")]);
      continue;
    }
    const auto* const found = std::find_if(std::begin(kClaimWords), std::end(kClaimWords),
                                           [&](const auto& c) { return c.first == kind; });
    if (found == std::end(kClaimWords)) throw PackError(words.where(row) + ": unknown `class`");
    for (const std::string& word : split_list(row.cells[words.column("word")])) {
      std::uint8_t& bits = words_.try_emplace(word, std::uint8_t{0}).first.value();
      bits = static_cast<std::uint8_t>(bits | (1U << static_cast<unsigned>(found->second)));
    }
  }
  const Table& groups = pack.table("synonyms.tsv");
  Stemmer stemmer(language_);
  std::int32_t group = 0;
  for (const Row& row : groups.rows()) {
    for (const std::string& word : split_list(row.cells[groups.column("terms")])) {
      auto& of_stem = synonyms_[std::string(stemmer.stem(utf8::lower(word)))];
      if (of_stem.empty() || of_stem.back() != group) of_stem.push_back(group);
    }
    ++group;
  }
  const Table& sources = pack.table("claim_sources.tsv");
  for (const Row& row : sources.rows()) {
    const auto kind = from_string<OriginKind>(row.cells[sources.column("kind")]);
    if (!kind) throw PackError(sources.where(row) + ": unknown `kind`");
    sources_.try_emplace(utf8::lower(row.cells[sources.column("noun")]), *kind);
  }
  load_facts(pack);
  load_statuses(pack);
  const Table& roles = pack.table("roles.tsv");
  for (const Row& row : roles.rows()) {
    if (row.cells[roles.column("authority")] != "yes") continue;
    authority_roles_.insert(utf8::lower(row.cells[roles.column("noun")]));
    if (const std::string& f = row.cells[roles.column("feminine")]; !f.empty()) {
      authority_roles_.insert(utf8::lower(f));
    }
  }
}

void Lexicon::load_facts(const Pack& pack) {
  const Table& facts = pack.table("claim_facts.tsv");
  for (const Row& row : facts.rows()) {
    const std::string& name = row.cells[facts.column("role")];
    const std::string& kind = row.cells[facts.column("class")];
    const auto* const role = std::find_if(std::begin(kFactRoles), std::end(kFactRoles),
                                          [&](const auto& r) { return r.first == name; });
    if (role == std::end(kFactRoles)) throw PackError(facts.where(row) + ": unknown `role`");
    const bool measured = role->second == FactWord::Quantity;
    const bool classed =
        measured || role->second == FactWord::State || role->second == FactWord::Degree;
    if (classed == kind.empty()) {
      throw PackError(facts.where(row) + ": `class` is for state, degree and quantity");
    }
    const auto unit = from_string<Unit>(kind.substr(0, kind.find(':')));
    if (measured && !unit) throw PackError(facts.where(row) + ": `class` begins with a unit");
    for (const std::string& word : split_list(row.cells[facts.column("words")])) {
      FactMark& mark = facts_.try_emplace(utf8::lower(word)).first.value();
      mark.roles |= 1U << static_cast<unsigned>(role->second);
      if (role->second == FactWord::State) mark.state = class_id(kind);
      if (role->second == FactWord::Degree) mark.degree = class_id(kind);
      if (!measured) continue;
      mark.quantity = class_id(kind);
      mark.unit = *unit;
    }
  }
}

void Lexicon::load_statuses(const Pack& pack) {
  const Table& table = pack.table("claim_status.tsv");
  for (const Row& row : table.rows()) {
    const std::string& kind = row.cells[table.column("kind")];
    const std::string& state = row.cells[table.column("state")];
    if ((kind == "-") != state.empty()) {
      throw PackError(table.where(row) + ": `state` is for all kinds but `-`");
    }
    for (const std::string& listed : split_list(row.cells[table.column("words")])) {
      const std::string lower = utf8::lower(listed);
      if (kind == "-") {
        no_things_.insert(lower);
        continue;
      }
      StatusWord word{kind, state, {}};
      for (std::size_t at = 0; at < lower.size();) {
        const std::size_t blank = std::min(lower.find(' ', at), lower.size());
        word.words.push_back(lower.substr(at, blank - at));
        at = blank + 1;
      }
      if (!word.words.empty()) statuses_[word.words.front()].push_back(std::move(word));
    }
  }
}

std::span<const StatusWord> Lexicon::status_words(std::string_view lower) const {
  const auto it = statuses_.find(lower);
  return it == statuses_.end() ? std::span<const StatusWord>() : it->second;
}

FactMark Lexicon::fact(std::string_view lower) const {
  const auto it = facts_.find(lower);
  if (it != facts_.end()) return it->second;
  if (negation(lower)) return {};  // "unverletzt"
  for (std::size_t at = 3; at + kMinCompoundPart <= lower.size(); ++at) {
    const auto part = facts_.find(lower.substr(at));
    if (part == facts_.end() || (part->second.state == 0 && part->second.quantity == 0)) continue;
    FactMark mark = part->second;
    const auto before = facts_.find(lower.substr(0, at));
    if (before != facts_.end()) mark.degree = before->second.degree;
    return mark;
  }
  return {};
}

std::span<const std::int32_t> Lexicon::synonym_groups(std::string_view stem) const {
  const auto it = synonyms_.find(stem);
  return it == synonyms_.end() ? std::span<const std::int32_t>() : it->second;
}

std::span<const std::vector<std::string>> Lexicon::citing(std::string_view lower) const {
  const auto it = citing_.find(lower);
  if (it == citing_.end()) return {};
  return it->second;
}

std::optional<OriginKind> Lexicon::source_kind(std::string_view lower) const {
  const auto it = sources_.find(lower);
  if (it != sources_.end()) return it->second;
  for (std::size_t at = 3; at + kMinCompoundPart <= lower.size(); ++at) {
    const auto part = sources_.find(lower.substr(at));
    if (part != sources_.end()) return part->second;
  }
  return std::nullopt;
}

std::string_view Lexicon::source_base(std::string_view lower) const {
  if (source_kind(lower)) return lower;
  for (const std::string& ending : source_endings_) {
    if (!lower.ends_with(ending)) continue;
    const std::string_view base = lower.substr(0, lower.size() - ending.size());
    if (source_kind(base)) return base;
  }
  for (const std::string& tail : source_tails_) {
    if (!lower.ends_with(tail)) continue;
    std::string_view base = lower.substr(0, lower.size() - tail.size());
    if (!source_kind(base) && base.ends_with('s')) base.remove_suffix(1);
    if (source_kind(base)) return base;
  }
  return lower;
}

std::string_view Lexicon::body_stem(std::string_view lower) const {
  constexpr std::size_t kShortest = 5;
  for (const auto* tails : {&body_tails_, &source_tails_}) {
    for (const std::string& tail : *tails) {
      if (!lower.ends_with(tail) || lower.size() < tail.size() + kShortest) continue;
      std::string_view stem = lower.substr(0, lower.size() - tail.size());
      if (!source_kind(stem) && stem.ends_with('s')) stem.remove_suffix(1);
      return stem;
    }
  }
  return lower;
}

bool Lexicon::authority_role(std::string_view title) const {
  const std::string lower = utf8::lower(title);
  std::size_t at = 0;
  while (at < lower.size()) {
    const std::size_t blank = std::min(lower.find(' ', at), lower.size());
    const std::string_view word = std::string_view(lower).substr(at, blank - at);
    for (std::size_t part = 0; part + kMinCompoundPart <= word.size(); ++part) {
      if (authority_roles_.contains(word.substr(part))) return true;
    }
    at = blank + 1;
  }
  return false;
}

Lexicons::Lexicons(const PackSet& packs) {
  for (const std::string& code : packs.languages()) {
    by_language_.try_emplace(code, packs.get(code));
  }
}

const Lexicon& Lexicons::of(std::string_view language) const {
  static const Lexicon kNone{Pack{}};
  const auto it = by_language_.find(language);
  if (it != by_language_.end()) return it->second;
  const auto english = by_language_.find("en");
  return english == by_language_.end() ? kNone : english->second;
}

}  // namespace twosource::claim
