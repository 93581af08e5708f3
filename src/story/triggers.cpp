#include "story/triggers.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace twosource::story {
namespace {

constexpr std::size_t kStart = 3;         // stems are at least this long
constexpr std::size_t kWholeWord = 3;     // stems up to this length are whole words ("met", "aid")
constexpr std::size_t kCompoundHead = 5;  // shorter stems do not count inside a word

}  // namespace

TriggerTable::TriggerTable(const Pack& pack) {
  const Table& table = pack.table("story_triggers.tsv");
  if (!table.columns().empty()) {
    for (const Row& row : table.rows()) {
      const std::string& weight = row.cells[table.column("weight")];
      triggers_.push_back({row.cells[table.column("stem")], row.cells[table.column("type")],
                           row.cells[table.column("noun")],
                           weight.empty() ? 1 : std::max(1, weight[0] - '0')});
      by_start_[triggers_.back().stem.substr(0, kStart)].push_back(triggers_.size() - 1);
    }
  }
  const Table& places = pack.table("story_places.tsv");
  if (places.columns().empty()) return;
  for (const Row& row : places.rows()) place_words_.insert(row.cells[places.column("word")]);
}

const Trigger* TriggerTable::find(std::string_view lower) const {
  for (std::size_t at = 0; at + kStart <= lower.size(); ++at) {
    const auto it = by_start_.find(lower.substr(at, kStart));
    if (it == by_start_.end()) continue;
    const bool begins = at == 0 || lower[at - 1] == '-';
    for (const std::size_t i : it->second) {
      const Trigger& t = triggers_[i];
      if (!lower.substr(at).starts_with(t.stem)) continue;
      const bool ends = at + t.stem.size() == lower.size();
      if (t.stem.size() <= kWholeWord && !ends) continue;
      if (begins || (t.stem.size() >= kCompoundHead && ends)) {
        return &t;
      }
    }
  }
  return nullptr;
}

bool TriggerTable::leads_to_place(std::string_view lower) const {
  return place_words_.contains(lower);
}

std::string TriggerTable::noun(std::string_view type) const {
  for (const Trigger& t : triggers_) {
    if (t.type == type) return t.noun;
  }
  return {};
}

bool TriggerTable::in_sentence(const Article& a, const Sentence& s, std::string_view type) const {
  for (std::size_t i = s.first_token; i < s.last_token; ++i) {
    if (a.tokens.tokens[i].kind != TokenKind::Word) continue;
    const Trigger* t = find(a.tokens.lower(i));
    if (t != nullptr && (type.empty() || t->type == type)) return true;
  }
  return false;
}

}  // namespace twosource::story
