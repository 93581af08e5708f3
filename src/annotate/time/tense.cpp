#include "annotate/time/tense.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace twosource::annotate {
namespace {

bool ends_clause(std::string_view token) {
  return token == "," || token == ";" || token == ":" || token == "–" || token == "—" ||
         token == "(" || token == ")";
}

}  // namespace

TenseReader::TenseReader(const Pack& pack) {
  const Table& table = pack.table("time_tense.tsv");
  const std::size_t form = table.column("form");
  const std::size_t tense = table.column("tense");
  constexpr std::pair<std::string_view, Form> kForms[] = {{"past", Form::Past},
                                                          {"present", Form::Present},
                                                          {"future", Form::Future},
                                                          {"perfect", Form::Perfect},
                                                          {"participle", Form::Participle},
                                                          {"none", Form::None},
                                                          {"maybe_past", Form::MaybePast},
                                                          {"boundary", Form::Boundary}};
  for (const Row& row : table.rows()) {
    const auto* known = std::find_if(std::begin(kForms), std::end(kForms),
                                     [&](const auto& f) { return f.first == row.cells[tense]; });
    if (known == std::end(kForms)) {
      throw PackError(
          table.where(row) +
          ": `tense` is past, present, future, perfect, participle, maybe_past, boundary or none");
    }
    for (const std::string& word : split_list(row.cells[form])) {
      const std::string lower = utf8::lower(word);
      if (const std::size_t star = lower.find('*'); star != std::string::npos) {
        patterns_.push_back({lower.substr(0, star), lower.substr(star + 1), known->second});
      } else {
        forms_.try_emplace(lower, known->second);
      }
    }
  }
}

TenseReader::Form TenseReader::form_of(const TokenLayer& layer, std::size_t i) const {
  const Token& token = layer.tokens[i];
  if (token.kind != TokenKind::Word) return Form::None;
  const std::string_view lower = layer.lower(i);
  if (const auto it = find_word(forms_, layer.word(i)); it != forms_.end()) {
    return it->second;
  }
  if (token.upper || lower.size() < 5) return Form::None;
  for (const Pattern& p : patterns_) {
    if (lower.size() > p.begin.size() + p.end.size() + 1 && lower.starts_with(p.begin) &&
        lower.ends_with(p.end)) {
      return p.form;
    }
  }
  return Form::None;
}

bool TenseReader::has_participle(const TokenLayer& layer, std::size_t begin,
                                 std::size_t end) const {
  for (std::size_t i = begin; i < end; ++i) {
    const Form form = form_of(layer, i);
    if (form == Form::Participle || form == Form::Past) return true;  // "hat … beschlossen"
  }
  return false;
}

Tense TenseReader::nearest(const TokenLayer& layer, std::size_t begin, std::size_t end,
                           std::size_t first, std::size_t last, bool unsure) const {
  Tense found = Tense::Unknown;
  std::size_t best = layer.tokens.size();
  for (std::size_t i = begin; i < end; ++i) {
    if (i >= first && i < last) continue;
    const Form form = form_of(layer, i);
    if (form == Form::None || form == Form::Participle || form == Form::Boundary) continue;
    if (form == Form::MaybePast && !unsure) continue;
    const std::size_t distance = i < first ? first - i : i - last + 1;
    if (distance >= best) continue;
    best = distance;
    found = form == Form::Past || form == Form::MaybePast                ? Tense::Past
            : form == Form::Future                                       ? Tense::Future
            : form == Form::Perfect && has_participle(layer, begin, end) ? Tense::Perfect
                                                                         : Tense::Present;
  }
  return found;
}

Tense TenseReader::around(const TokenLayer& layer, std::size_t first, std::size_t last) const {
  const Sentence& sentence = layer.sentences[layer.tokens[first].sentence];
  const std::size_t low =
      std::max<std::size_t>(sentence.first_token, first > kReach ? first - kReach : 0);
  const std::size_t high = std::min<std::size_t>(sentence.last_token, last + kReach);
  std::size_t begin = first;
  std::size_t end = last;
  const auto boundary = [&](std::size_t i) {
    return ends_clause(layer.lower(i)) || form_of(layer, i) == Form::Boundary;
  };
  while (begin > low && !boundary(begin - 1)) --begin;
  while (end < high && !boundary(end)) ++end;
  for (const bool unsure : {false, true}) {
    const Tense clause = nearest(layer, begin, end, first, last, unsure);
    if (clause != Tense::Unknown) return clause;
  }
  for (const bool unsure : {false, true}) {
    const Tense whole = nearest(layer, low, high, first, last, unsure);
    if (whole != Tense::Unknown) return whole;
  }
  return Tense::Unknown;
}

}  // namespace twosource::annotate
