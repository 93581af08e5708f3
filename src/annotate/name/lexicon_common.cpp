#include <algorithm>

#include "annotate/name/lexicon.hpp"
#include "text/utf8.hpp"

// Everyday words, which a capital alone does not make a name.
namespace twosource::annotate::name {
namespace {

constexpr std::size_t kShortestFirst = 3;  // bytes of a compound's first part
constexpr std::size_t kShortestTail = 4;   // bytes of the noun it ends in
constexpr std::size_t kLongestTail = 24;   // bytes
constexpr std::size_t kShortestStem = 4;   // bytes before a noun suffix

template <class Visit>
void each_word(const Table& table, std::string_view column, const Visit& visit) {
  if (table.rows().empty()) return;
  const std::size_t at = table.column(column);
  for (const Row& row : table.rows()) {
    for (const std::string& word : split_list(row.cells[at])) {
      if (word.find(' ') == std::string::npos) visit(utf8::lower(word), row);
    }
  }
}

}  // namespace

void Lexicon::load_common(const Pack& pack) {
  std::vector<std::string> endings;
  for (const Row& row : pack.table("name_settings.tsv").rows()) {
    if (row.cells.size() < 2) continue;
    if (row.cells[0] == "noun_endings") endings = split_list(row.cells[1]);
    if (row.cells[0] == "noun_suffixes") noun_suffixes_ = split_list(row.cells[1]);
  }
  const auto common = [this](const std::string& word, const Row&) {
    index_.at(word_hash(word)).common = true;
  };
  each_word(pack.table("stopwords.tsv"), "word", [this](const std::string& word, const Row&) {
    index_.at(word_hash(word)).function = true;
  });
  for (const std::string& noun : carriers_) index_.at(word_hash(noun)).carrier = true;
  each_word(pack.table("verbs.tsv"), "past", [this](const std::string& word, const Row&) {
    index_.at(word_hash(word)).past = true;
  });
  each_word(pack.table("verbs.tsv"), "present", [this](const std::string& word, const Row&) {
    index_.at(word_hash(word)).present = true;
  });
  if (!capital_nouns) return;  // there a capital says enough
  each_word(pack.table("claim_sources.tsv"), "noun",
            [this](const std::string& word, const Row& row) {
              if (row.cells.back() == "company") index_.at(word_hash(word)).body = true;
            });
  each_word(pack.table("synonyms.tsv"), "terms", common);
  for (const char* column : {"lemma", "present", "past"})
    each_word(pack.table("verbs.tsv"), column, common);
  const Table& nouns = pack.table("name_nouns.tsv");
  if (nouns.rows().empty()) return;
  const std::size_t tail = nouns.column("tail");
  each_word(nouns, "noun", [&](const std::string& noun, const Row& row) {
    const auto enter = [&](const std::string& form) {
      WordIndex::Entry& entry = index_.at(word_hash(form));
      entry.common = true;
      entry.common_tail = entry.common_tail || row.cells[tail] == "yes";
    };
    enter(noun);
    for (const std::string& ending : endings) enter(noun + ending);
  });
}

bool Lexicon::body_noun(std::string_view lower) const {
  const std::size_t longest = std::min(lower.size(), kLongestTail + kShortestFirst);
  for (std::size_t length = kShortestTail; length <= longest; ++length) {
    const WordIndex::Entry* entry = index_.find(word_hash(lower.substr(lower.size() - length)));
    if (entry != nullptr && entry->body) return true;
  }
  return false;
}

bool Lexicon::carrier_noun(std::string_view lower) const {
  const WordIndex::Entry* whole = index_.find(word_hash(lower));
  if (whole != nullptr && whole->carrier) return true;
  if (!capital_nouns) return false;  // no compounds
  const std::size_t longest = std::min(lower.size(), kLongestTail);
  for (std::size_t length = kShortestTail; length <= longest; ++length) {
    const WordIndex::Entry* entry = index_.find(word_hash(lower.substr(lower.size() - length)));
    if (entry != nullptr && entry->carrier) return true;
  }
  return false;
}

bool Lexicon::common_noun(std::string_view lower) const {
  const WordIndex::Entry* whole = index_.find(word_hash(lower));
  if (whole != nullptr && (whole->common || whole->function)) return true;
  if (std::any_of(noun_suffixes_.begin(), noun_suffixes_.end(), [&](const std::string& s) {
        return lower.size() >= s.size() + kShortestStem && lower.ends_with(s);
      })) {
    return true;
  }
  const std::size_t longest = std::min(lower.size(), kLongestTail + kShortestFirst);
  for (std::size_t length = kShortestTail; length + kShortestFirst <= longest; ++length) {
    const WordIndex::Entry* entry = index_.find(word_hash(lower.substr(lower.size() - length)));
    if (entry != nullptr && entry->common_tail) return true;
  }
  const std::size_t hyphen = lower.rfind('-');
  if (hyphen == std::string_view::npos) return false;
  const WordIndex::Entry* part = index_.find(word_hash(lower.substr(hyphen + 1)));
  return part != nullptr && part->common;
}

}  // namespace twosource::annotate::name
