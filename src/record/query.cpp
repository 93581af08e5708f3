#include "record/query.hpp"

#include <algorithm>

#include "text/tokenizer.hpp"
#include "text/utf8.hpp"

namespace twosource::record {
namespace {

constexpr std::size_t kMostPieces = 64;  // what follows is not looked for: bounds the cost

// Forms are letters and digits only, so nothing in them needs escaping.
std::string in_marks(std::string_view forms) { return '"' + std::string(forms) + '"'; }

// What stands between two words.
struct Gap {
  std::size_t marks = 0;  // quotation marks
  bool glues = false;     // "US-Präsident", "1.234": one behind the other
  bool excludes = false;  // ends in a minus sign behind a blank
  Gap(std::string_view text, bool first) {
    bool space = first;
    bool star = false;
    for (std::size_t at = 0; at < text.size();) {
      const char32_t c = utf8::decode(text, at);
      if (is_quote_mark(c) && !is_single_quote_mark(c)) {
        ++marks;
        continue;
      }
      excludes = c == U'-' && space;
      space = utf8::is_space(c);
      star = star || c == U'*';
      if (utf8::is_space(c)) any_space_ = true;
    }
    glues = !first && !any_space_ && !star && marks == 0;
  }

 private:
  bool any_space_ = false;
};

}  // namespace

// One word with what stood around it, or what stood between quotation marks.
struct Query::Piece {
  std::vector<std::string_view> words;
  bool prefix = false;
  bool excluded = false;
};

std::vector<Query::Piece> Query::split(std::string_view text) {
  std::vector<Piece> out;
  bool open = false;  // within quotation marks
  std::size_t end = 0;
  for (const Span word : words_of(text)) {
    const Gap gap(text.substr(end, word.begin - end), end == 0);
    end = word.end;
    const bool inside = open && gap.marks == 0;
    open ^= gap.marks % 2 == 1;
    if (!out.empty() && (inside || gap.glues)) {
      out.back().words.push_back(slice(text, word));
    } else {
      if (out.size() == kMostPieces) break;
      out.push_back({{slice(text, word)}, false, gap.excludes});
    }
    out.back().prefix = text.substr(word.end).starts_with('*');
  }
  return out;
}

Query::Query(std::string_view words, const std::vector<std::string>& languages,
             const Spellings& spellings, bool phrases)
    : spellings_(spellings), phrases_(phrases) {
  for (const std::string& language : languages) stemmers_.emplace_back(language);
  if (stemmers_.empty()) stemmers_.emplace_back("");
  std::string excluded;
  for (const Piece& piece : split(words)) {
    const std::string one = phrase(piece.words, piece.prefix, piece.excluded);
    if (one.empty()) continue;
    std::string& side = piece.excluded ? excluded : expression_;
    side += (side.empty() ? "" : piece.excluded ? " OR " : " AND ") + one;
  }
  if (!expression_.empty() && !excluded.empty()) {
    expression_ = "(" + expression_ + ") NOT (" + excluded + ")";
  }
}

std::string Query::phrase(const std::vector<std::string_view>& words, bool prefix, bool excluded) {
  const char* glue = phrases_ ? " " : "\" AND \"";
  std::set<std::string> phrases;
  std::vector<Term> terms(words.size());
  for (WordForms& stemmer : stemmers_) {
    for (std::size_t v = 0; v < 3; ++v) {  // every variant of all words at once
      std::string forms;
      for (std::size_t i = 0; i < words.size(); ++i) {
        const std::vector<std::string> variants = spellings_.variants(words[i]);
        const std::string& variant = variants[std::min(v, variants.size() - 1)];
        const std::string form(stemmer.form(variant));
        terms[i].forms.insert(form);
        if (!form.empty()) forms += (forms.empty() ? "" : glue) + form;
        if (prefix && i + 1 == words.size()) terms[i].prefixes.push_back(utf8::fold(variant));
      }
      if (!forms.empty()) phrases.insert(phrases_ ? in_marks(forms) : "(" + in_marks(forms) + ")");
    }
  }
  if (prefix && words.size() == 1) {
    for (const std::string& p : terms[0].prefixes) {
      if (!p.empty()) phrases.insert(in_marks(p) + " *");
    }
  }
  if (!excluded) terms_.insert(terms_.end(), terms.begin(), terms.end());
  std::string out;
  for (const std::string& p : phrases) out += (out.empty() ? "" : " OR ") + p;
  return phrases.size() > 1 ? "(" + out + ")" : out;
}

int Query::term_of(std::string_view form) const {
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    const Term& t = terms_[i];
    const bool begins = std::any_of(t.prefixes.begin(), t.prefixes.end(), [&](const auto& p) {
      return !p.empty() && form.starts_with(p);
    });
    if (begins || t.forms.contains(form)) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace twosource::record
