#include "annotate/quote/lexicon.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace twosource::annotate::quote {
namespace {

constexpr std::array<std::pair<std::string_view, std::uint64_t>, 42> kClassNames{{
    {"complementiser", kComplementiser},
    {"question", kQuestion},
    {"subordinator", kSubordinator},
    {"relative", kRelative},
    {"coordinator", kCoordinator},
    {"nominative", kNominative},
    {"oblique", kOblique},
    {"genitive", kGenitive},
    {"dative", kDative},
    {"preposition", kPreposition},
    {"complement_preposition", kComplementPreposition},
    {"pronoun", kPronoun},
    {"object_pronoun", kObjectPronoun},
    {"adverb", kAdverb},
    {"reflexive", kReflexive},
    {"negation", kNegation},
    {"first_person", kFirstPerson},
    {"source_noun", kSourceNoun},
    {"according_before", kAccordingBefore},
    {"according_noun", kAccordingNoun},
    {"according_after", kAccordingAfter},
    {"according_after_noun", kAccordingAfterNoun},
    {"according_adverb", kAccordingAdverb},
    {"according_link", kAccordingLink},
    {"so", kSo},
    {"as", kAs},
    {"infinitive_mark", kInfinitiveMark},
    {"by", kBy},
    {"addressee", kAddressee},
    {"title_noun", kTitleNoun},
    {"scare", kScare},
    {"cue_noun", kCueNoun},
    {"auxiliary", kAuxiliary},
    {"passive", kPassive},
    {"modal", kModal},
    {"expletive", kExpletive},
    {"source_preposition", kSourcePreposition},
    {"state_passive", kStatePassive},
    {"focus", kFocus},
    {"cited", kCited},
    {"supposes", kSupposes},
    {"tells", kTells},
}};

constexpr std::array<std::pair<std::string_view, std::uint8_t>, 6> kTakesNames{{
    {"clause", kTakesClause},
    {"infinitive", kTakesInfinitive},
    {"question", kTakesQuestion},
    {"direct", kTakesDirect},
    {"noun", kTakesNoun},
    {"label", kTakesLabel},
}};

constexpr std::array<std::pair<std::string_view, std::uint8_t>, 6> kFormColumns{{
    {"present", kPresent},
    {"past", kPast},
    {"subjunctive1", kSubjunctive1},
    {"subjunctive2", kSubjunctive2},
    {"participle", kParticiple},
    {"gerund", kGerund},
}};

template <std::size_t N, class T>
T bit_of(const std::array<std::pair<std::string_view, T>, N>& names, const std::string& name,
         const Table& table, const Row& row) {
  for (const auto& [known, bit] : names) {
    if (known == name) return bit;
  }
  throw PackError(table.where(row) + ": unknown word '" + name + "'");
}

bool has_column(const Table& table, std::string_view name) {
  return std::find(table.columns().begin(), table.columns().end(), name) != table.columns().end();
}

}  // namespace

Lexicon::Lexicon(const Pack& pack) {
  read_settings(pack.table("quote_settings.tsv"));
  read_words(pack.table("quote_words.tsv"));
  StringMap<std::uint16_t> ids;
  read_verbs(pack.table("verbs.tsv"), ids);
  read_cues(pack.table("quote_cues.tsv"), ids);
  for (auto word = words_.begin(); word != words_.end(); ++word) {
    WordEntry& entry = word.value();
    for (const VerbForm& form : entry.forms) entry.cue |= !cues_[form.verb].empty();
  }
}

void Lexicon::read_settings(const Table& table) {
  if (table.columns().empty()) return;
  const std::size_t key = table.column("key");
  const std::size_t value = table.column("value");
  for (const Row& row : table.rows()) {
    if (row.cells[key] == "verb_second") verb_second_ = row.cells[value] == "yes";
    if (row.cells[key] == "split_fragments") split_fragments_ = row.cells[value] == "yes";
    if (row.cells[key] == "join_quotations") join_quotations_ = row.cells[value] == "yes";
    if (row.cells[key] == "finite_endings") finite_endings_ = split_list(row.cells[value]);
  }
}

void Lexicon::read_words(const Table& table) {
  if (table.columns().empty()) return;
  const std::size_t name = table.column("class");
  const std::size_t list = table.column("words");
  for (const Row& row : table.rows()) {
    const std::uint64_t bit = bit_of(kClassNames, row.cells[name], table, row);
    for (const std::string& word : split_list(row.cells[list])) words_[word].classes |= bit;
    if (bit == kInfinitiveMark && infinitive_mark_.empty()) {
      infinitive_mark_ = split_list(row.cells[list]).front();
    }
  }
}

void Lexicon::add_forms(const std::string& form, VerbForm what) {
  WordEntry& entry = words_[form];
  entry.kinds = static_cast<std::uint8_t>(entry.kinds | what.kinds);
  for (VerbForm& known : entry.forms) {
    if (known.verb == what.verb && known.particle == what.particle) {
      known.kinds = static_cast<std::uint8_t>(known.kinds | what.kinds);
      return;
    }
  }
  entry.forms.push_back(what);
}

void Lexicon::read_verbs(const Table& table, StringMap<std::uint16_t>& ids) {
  if (table.columns().empty()) return;
  const std::size_t lemma = table.column("lemma");
  for (const Row& row : table.rows()) {
    const auto id = static_cast<std::uint16_t>(lemmas_.size());
    if (!ids.try_emplace(row.cells[lemma], id).second) {
      throw PackError(table.where(row) + ": verb entered twice");
    }
    lemmas_.push_back(row.cells[lemma]);
    auto& paradigm = paradigms_.emplace_back();
    paradigm.emplace_back(row.cells[lemma], static_cast<std::uint8_t>(kInfinitive));
    for (const auto& [column, kind] : kFormColumns) {
      if (!has_column(table, column)) continue;
      for (const std::string& form : split_list(row.cells[table.column(column)])) {
        paradigm.emplace_back(form, kind);
      }
    }
    for (const auto& [form, kind] : paradigm) add_forms(form, {id, kind, -1});
  }
  cues_.resize(lemmas_.size());
}

std::int16_t Lexicon::particle_id(const std::string& particle) {
  if (particle.empty()) return -1;
  const auto it = std::find(particles_.begin(), particles_.end(), particle);
  if (it != particles_.end()) return static_cast<std::int16_t>(it - particles_.begin());
  particles_.push_back(particle);
  return static_cast<std::int16_t>(particles_.size() - 1);
}

void Lexicon::join_particle(std::uint16_t verb, std::int16_t particle) {
  const std::string prefix = particles_[static_cast<std::size_t>(particle)];
  for (const auto& [form, kind] : paradigms_[verb]) {
    add_forms(prefix + form, {verb, kind, particle});
  }
  add_forms(prefix + infinitive_mark_ + lemmas_[verb], {verb, kZuInfinitive, particle});
}

void Lexicon::read_cues(const Table& table, const StringMap<std::uint16_t>& ids) {
  if (table.columns().empty()) return;
  const std::size_t verb = table.column("verb");
  const std::size_t particle = table.column("particle");
  const std::size_t with = table.column("with");
  const std::size_t takes = table.column("takes");
  for (const Row& row : table.rows()) {
    const auto id = ids.find(row.cells[verb]);
    if (id == ids.end()) {
      throw PackError(table.where(row) + ": verb '" + row.cells[verb] + "' is not in verbs.tsv");
    }
    Cue cue;
    cue.verb = id->second;
    cue.particle = particle_id(row.cells[particle]);
    for (std::string& word : split_list(row.cells[with])) {
      const bool barred = word.starts_with('!');
      (barred ? cue.without : cue.with).push_back(barred ? word.substr(1) : std::move(word));
    }
    for (const std::string& name : split_list(row.cells[takes])) {
      cue.takes = static_cast<std::uint8_t>(cue.takes | bit_of(kTakesNames, name, table, row));
    }
    if (cue.particle >= 0) join_particle(cue.verb, cue.particle);
    cues_[cue.verb].push_back(std::move(cue));
  }
}

bool Lexicon::finite_ending(std::string_view lower) const noexcept {
  if (lower.size() < 5) return false;
  return std::any_of(finite_endings_.begin(), finite_endings_.end(),
                     [&](const std::string& ending) { return lower.ends_with(ending); });
}

}  // namespace twosource::annotate::quote
