#include "annotate/name/review.hpp"

#include <algorithm>

namespace twosource::annotate::name {
namespace {

// Is token i part of a role of several words that began before it ("First Lady")?
bool inside_role(const View& view, std::size_t i) {
  constexpr std::size_t kLongestRole = 4;
  for (std::size_t back = 1; back < kLongestRole && back <= i; ++back) {
    const std::size_t begin = i - back;
    if (view.marks[begin].role_tokens > back && view.same_sentence(begin, i)) return true;
  }
  return false;
}

void trim(const View& view, NameSpan& s) {
  const auto cut = [&](std::size_t i, bool front) {
    const Mark& m = view.marks[i];
    if (m.known >= 0 && m.known_tokens > 1) return false;
    if (view.layer.tokens[i].kind != TokenKind::Word)
      return front && !view.layer.tokens[i].has_digit;
    if (m.is(kStop | kArticle | kIndefinite | kPossessive) && !m.is(kFirstName)) return true;
    if (s.type != EntityType::Person) return false;
    if (m.is(kTitle) && front) return true;
    return front && !m.is(kFirstName) && (m.role || inside_role(view, i));
  };
  while (s.begin < s.end && cut(s.begin, true)) ++s.begin;
  while (s.end > s.begin && cut(s.end - 1, false)) --s.end;
}

// "Putins Maschine": a surname in the genitive and what it owns.
void part_genitive(const View& view, NameSpan& s) {
  if (s.type != EntityType::Person || s.end - s.begin != 2 || !view.lexicon.has_genitive_s) return;
  const std::string_view word = view.text(s.begin);
  if (word.size() < 4 || !word.ends_with('s') || view.marks[s.begin].is(kFirstName)) return;
  if (view.lexicon.office_surname(word.substr(0, word.size() - 1))) s.end = s.begin + 1;
}

bool supported(const View& view, const NameSpan& s, const std::vector<std::uint8_t>& by_rule) {
  const Mark& m = view.marks[s.begin];
  if (m.is(kFirstName) || m.known >= 0 || by_rule[s.begin] != 0) return true;
  if (view.layer.tokens[s.begin].all_upper) return true;
  if (s.type == EntityType::Person && view.lexicon.office_surname(view.text(s.begin))) return true;
  return s.begin > 0 && view.same_sentence(s.begin - 1, s.begin) &&
         (view.marks[s.begin - 1].role || view.marks[s.begin - 1].is(kTitle));
}

bool keep(const View& view, const NameSpan& s, bool trimmed,
          const std::vector<std::uint8_t>& by_rule) {
  if (s.begin >= s.end) return false;
  if (s.end - s.begin > 1) return true;
  const Mark& m = view.marks[s.begin];
  if (s.type == EntityType::Other && trimmed) return false;
  if (m.is(kStop | kPlaceAdjective) && !m.is(kFirstName)) return false;
  if (!m.first) return true;
  return supported(view, s, by_rule);
}

// Names the rules find on full evidence.
bool certain(const View& view, const NameSpan& s) {
  const Mark& m = view.marks[s.begin];
  if (s.type == EntityType::Person) return s.end - s.begin >= 2 && m.is(kFirstName) && !m.is(kStop);
  if (m.known < 0 || m.known_tokens != s.end - s.begin || m.is(kAmbiguous | kStop)) return false;
  const Known& k = view.lexicon.known[static_cast<std::size_t>(m.known)];
  if (s.type == EntityType::Location) {
    return k.place >= 0 && view.lexicon.places[static_cast<std::size_t>(k.place)].country;
  }
  return s.end - s.begin >= 2 || view.layer.tokens[s.begin].all_upper;
}

}  // namespace

std::vector<NameSpan> review_names(const View& view, std::vector<NameSpan> found,
                                   const std::vector<NameSpan>& rules) {
  std::vector<std::uint8_t> by_rule(view.marks.size(), 0);
  for (const NameSpan& r : rules) std::fill(by_rule.begin() + r.begin, by_rule.begin() + r.end, 1);
  std::vector<NameSpan> out;
  std::vector<bool> covered(view.marks.size(), false);
  for (NameSpan s : found) {
    const NameSpan before = s;
    trim(view, s);
    if (s.begin < s.end) part_genitive(view, s);
    if (!keep(view, s, !(s == before), by_rule)) continue;
    std::fill(covered.begin() + s.begin, covered.begin() + s.end, true);
    out.push_back(s);
  }
  const std::size_t old = out.size();
  for (const NameSpan& r : rules) {
    const bool free =
        std::none_of(covered.begin() + r.begin, covered.begin() + r.end, [](bool c) { return c; });
    if (free && certain(view, r)) out.push_back(r);
  }
  std::inplace_merge(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(old), out.end(),
                     [](const NameSpan& a, const NameSpan& b) { return a.begin < b.begin; });
  return out;
}

}  // namespace twosource::annotate::name
