#include "annotate/quote/speech_mood.hpp"

#include <algorithm>
#include <string>

namespace twosource::annotate {
namespace {

void add_column(const Table& table, std::string_view column, Mood mood, StringMap<Mood>& out) {
  const auto& names = table.columns();
  if (std::find(names.begin(), names.end(), column) == names.end()) return;
  const std::size_t at = table.column(column);
  for (const Row& row : table.rows()) {
    for (const std::string& form : split_list(row.cells[at])) out.try_emplace(form, mood);
  }
}

}  // namespace

SpeechMood::SpeechMood(const Pack& pack) {
  const Table& verbs = pack.table("verbs.tsv");
  add_column(verbs, "subjunctive1", Mood::Subjunctive1, forms_);
  add_column(verbs, "subjunctive2", Mood::Subjunctive2, forms_);
  const Table& words = pack.table("quote_words.tsv");
  if (words.columns().empty()) return;
  const std::size_t name = words.column("class");
  const std::size_t list = words.column("words");
  for (const Row& row : words.rows()) {
    if (row.cells[name] != "first_person") continue;
    for (std::string& word : split_list(row.cells[list])) first_person_.insert(std::move(word));
  }
}

Mood SpeechMood::of(std::string_view lower) const {
  const auto it = forms_.find(lower);
  return it == forms_.end() ? Mood::Indicative : it->second;
}

Mood SpeechMood::of(const TokenLayer& layer, std::size_t first, std::size_t last) const {
  Mood best = Mood::Indicative;
  bool first_person = false;
  for (std::size_t i = first; i < last && i < layer.tokens.size(); ++i) {
    const HashedWord word = layer.word(i);
    if (has_word(first_person_, word)) first_person = true;
    if (layer.tokens[i].upper && i > first) continue;
    const auto it = find_word(forms_, word);
    const Mood mood = it == forms_.end() ? Mood::Indicative : it->second;
    if (mood == Mood::Subjunctive1) best = mood;
    if (mood == Mood::Subjunctive2 && best == Mood::Indicative) best = mood;
  }
  return first_person && best == Mood::Subjunctive1 ? Mood::Indicative : best;
}

}  // namespace twosource::annotate
