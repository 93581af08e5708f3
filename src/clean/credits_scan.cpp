#include "clean/credits_scan.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace twosource::clean {
namespace {

// Tokens joined by blanks: lower case or as written. The key under which names are found.
std::string join(const std::vector<Lex>& tokens, std::size_t from, std::size_t count,
                 std::string_view text, bool lower) {
  std::string out;
  for (std::size_t i = from; i < from + count; ++i) {
    if (tokens[i].kind == LexKind::Mark) continue;
    if (!out.empty()) out += ' ';
    const std::string_view word = slice(text, tokens[i].span);
    out += lower && tokens[i].kind == LexKind::Word ? std::string_view(tokens[i].lower) : word;
  }
  return out;
}

bool all_capitals(std::string_view word) {
  bool letters = false;
  for (std::size_t at = 0; at < word.size();) {
    const char32_t c = utf8::decode(word, at);
    if (utf8::is_lower(c)) return false;
    letters = letters || utf8::is_letter(c);
  }
  return letters;
}

}  // namespace

bool opens_bracket(char32_t c) noexcept { return c == '(' || c == '['; }
bool closes_bracket(char32_t c) noexcept { return c == ')' || c == ']'; }

bool is_author_code(const Lex& token, std::string_view text) {
  constexpr std::size_t kMaxCode = 5;
  return token.kind == LexKind::Word && token.span.size() <= kMaxCode &&
         slice(text, token.span) == token.lower;
}

bool ends_sentence(char32_t c) noexcept { return c == '.' || c == '!' || c == '?' || c == 0x2026; }

void CreditFinder::Data::add_name(std::string_view name, std::uint32_t agency) {
  const std::vector<Lex> tokens = lex(name);
  std::string key = join(tokens, 0, tokens.size(), name, true);
  if (key.empty() || tokens.size() > kMaxNameTokens) return;
  name_starts.insert(key.substr(0, key.find(' ')));
  NameEntry& entry = names.try_emplace(std::move(key), NameEntry{agency, {}}).first.value();
  if (entry.agency == agency) entry.forms.push_back(join(tokens, 0, tokens.size(), name, false));
}

void CreditFinder::Data::load_agencies(const Table& table) {
  if (table.rows().empty()) return;
  const std::size_t name = table.column("name");
  const std::size_t aliases = table.column("aliases");
  const std::size_t kind = table.column("kind");
  StringMap<std::uint32_t> index;
  for (std::uint32_t i = 0; i < agencies.size(); ++i) index.emplace(agencies[i].name, i);
  for (const Row& row : table.rows()) {
    const auto [it, fresh] =
        index.try_emplace(row.cells[name], static_cast<std::uint32_t>(agencies.size()));
    if (fresh) agencies.push_back({row.cells[name], row.cells[kind] == "photo"});
    add_name(row.cells[name], it->second);
  }
  for (const Row& row : table.rows()) {
    for (const std::string& alias : split_list(row.cells[aliases])) {
      // "Getty Images/AFP" names two agencies: both are found by themselves.
      const std::size_t slash = alias.find('/');
      if (slash != std::string::npos && names.contains(utf8::lower(alias.substr(slash + 1)))) {
        continue;
      }
      add_name(alias, index.find(row.cells[name])->second);
    }
  }
}

void CreditFinder::Data::fill_hashes() {
  std::vector<FlatWord> found;
  const auto first_word = [&](const std::string& phrase) {
    found.clear();
    split_words(phrase, 0, found);
    return found.empty() ? 0 : found.front().hash;
  };
  for (const std::string& start : name_starts) name_hashes.insert(first_word(start));
  for (const CreditWord kind :
       {CreditWord::Photo, CreditWord::Text, CreditWord::By, CreditWord::Rights}) {
    for (const std::string& phrase : words[static_cast<std::size_t>(kind)]) {
      label_hashes.insert(first_word(phrase));
    }
  }
}

void CreditFinder::Data::load_words(const Table& table) {
  static constexpr std::array<std::string_view, kCreditWords> kClasses = {
      "photo", "text", "by", "rights", "join", "sentence"};
  for (const Row& row : table.rows()) {
    const std::string& name = row.cells[table.column("class")];
    const auto it = std::find(kClasses.begin(), kClasses.end(), name);
    if (it == kClasses.end()) throw PackError(table.where(row) + ": unknown class " + name);
    const std::string& phrase = row.cells[table.column("phrase")];
    const auto blanks = std::count(phrase.begin(), phrase.end(), ' ');
    longest_phrase = std::max(longest_phrase, static_cast<std::size_t>(blanks) + 1);
    const auto kind = static_cast<std::size_t>(it - kClasses.begin());
    words[kind].insert(phrase);
    starts[kind].insert(phrase.substr(0, phrase.find(' ')));
  }
}

bool CreditFinder::Scan::mark(std::size_t i, char32_t c) const {
  return i < t.size() && t[i].kind == LexKind::Mark && t[i].mark == c;
}

bool CreditFinder::Scan::word(std::size_t i) const {
  return i < t.size() && t[i].kind == LexKind::Word;
}

Span CreditFinder::Scan::span(std::size_t first, std::size_t end) const {
  return {t[first].span.begin, t[end - 1].span.end};
}

CreditFinder::Scan::Name CreditFinder::Scan::name_at(std::size_t i) const {
  if (!word(i) || !data.name_starts.contains(t[i].lower)) return {};
  for (std::size_t n = std::min(kMaxNameTokens, t.size() - i); n > 0; --n) {
    if (t[i + n - 1].kind == LexKind::Mark || !one_name(i, i + n)) continue;
    const auto it = data.names.find(join(t, i, n, text, true));
    if (it == data.names.end() || !written_so(it->second, i, n)) continue;
    if (n == 1 && part_of_person(i)) continue;
    return {i + n, it->second.agency};
  }
  return {};
}

bool CreditFinder::Scan::one_name(std::size_t i, std::size_t end) const {
  for (std::size_t k = i; k < end; ++k) {
    if (t[k].kind != LexKind::Mark) continue;
    const char32_t c = t[k].mark;
    if (c != '-' && c != '/' && c != '&' && c != '.' && c != '\'') return false;
  }
  return true;
}

bool CreditFinder::Scan::written_so(const NameEntry& entry, std::size_t i, std::size_t n) const {
  const std::string form = join(t, i, n, text, false);
  if (n > 1 || form.size() > kCaseMatters) return true;
  return std::find(entry.forms.begin(), entry.forms.end(), form) != entry.forms.end();
}

bool CreditFinder::Scan::part_of_person(std::size_t i) const {
  constexpr std::size_t kFirstNameLike = 5;
  const std::string_view w = slice(text, t[i].span);
  if (w.size() > kFirstNameLike || !utf8::starts_upper(w)) return false;
  std::size_t second = 0;
  static_cast<void>(utf8::decode(w, second));
  if (second >= w.size() || utf8::starts_upper(w.substr(second))) return false;
  return word(i + 1) && t[i + 1].spaced && utf8::starts_upper(slice(text, t[i + 1].span));
}

std::size_t CreditFinder::Scan::phrase_at(std::size_t i, CreditWord kind) const {
  if (!word(i) || !data.starts[static_cast<std::size_t>(kind)].contains(t[i].lower)) return 0;
  std::string key;
  std::size_t best = 0;
  std::size_t words = 0;
  for (std::size_t k = i; k < t.size() && words < data.longest_phrase; ++k) {
    if (t[k].kind != LexKind::Word) break;
    if (!key.empty()) key += ' ';
    key += t[k].lower;
    ++words;
    if (data.is(kind, key)) best = k + 1;
  }
  return best;
}

std::size_t CreditFinder::Scan::report_number(std::size_t i) const {
  if (!mark(i, ':') || i + 1 >= t.size() || t[i + 1].kind != LexKind::Number) return i;
  std::size_t end = i + 2;
  while (end < t.size() && !t[end].spaced &&
         (t[end].kind == LexKind::Number || mark(end, '-') || mark(end, '/'))) {
    ++end;
  }
  return end;
}

void CreditFinder::Scan::names(std::size_t from, std::size_t end, AgencyKind kind,
                               std::vector<CreditMatch>& out) const {
  std::size_t last = 0;  // behind the name before
  for (std::size_t i = from; i < end;) {
    const Name name = name_at(i);
    if (name.end == 0 || name.end > end) {
      ++i;
      continue;
    }
    const std::size_t start = i;
    const Agency& agency = data.agencies[name.agency];
    out.push_back({agency.name, agency.photo_only ? AgencyKind::Photo : kind, span(i, name.end)});
    i = name.end;
    // Names joined by a slash are one credit: "(Quelle: dpa/Seebild)" is of a picture.
    const bool joined = last > 0 && mark(last, '/') && last + 1 == start;
    if (joined && out.back().kind != out[out.size() - 2].kind) {
      out.back().kind = out[out.size() - 2].kind = AgencyKind::Photo;
    }
    last = i;
  }
}

bool CreditFinder::Scan::has_name(std::size_t from, std::size_t end) const {
  for (std::size_t i = from; i < end; ++i) {
    const Name name = name_at(i);
    if (name.end != 0 && name.end <= end) return true;
  }
  return false;
}

bool CreditFinder::Scan::desk_code(std::size_t i) const {
  constexpr std::size_t kMaxCode = 4;
  if (!word(i) || t[i].span.size() > kMaxCode || !all_capitals(slice(text, t[i].span)))
    return false;
  return i > 1 && mark(i - 1, '/') && !t[i].spaced && name_at(i - 2).end == i - 1;
}

bool CreditFinder::Scan::only_credit(std::size_t from, std::size_t end) const {
  bool agency = false;
  for (std::size_t i = from; i < end;) {
    if (const Name name = name_at(i); name.end != 0 && name.end <= end) {
      agency = true;
      i = report_number(name.end);
    } else if (const std::size_t text_end = phrase_at(i, CreditWord::Text); text_end > i) {
      i = text_end;
    } else if (t[i].kind == LexKind::Mark || is_author_code(t[i], text) || desk_code(i) ||
               phrase_at(i, CreditWord::Join) > i) {
      ++i;
    } else {
      return false;
    }
  }
  return agency;
}

int CreditFinder::Scan::words(std::size_t from, std::size_t end, bool& sentence) const {
  int n = 0;
  for (std::size_t i = from; i < end; ++i) {
    if (t[i].kind == LexKind::Word) ++n;
    const bool lower_word =
        i > from && t[i - 1].kind == LexKind::Word && (t[i - 1].span.size() > 3 || i + 1 == end) &&
        !utf8::starts_upper(slice(text, t[i - 1].span)) && name_at(i - 1).end == 0;
    if (lower_word && (mark(i, '.') || mark(i, '!') || mark(i, '?'))) sentence = true;
  }
  return n;
}

bool CreditFinder::Scan::name_like(std::size_t from, std::size_t end) const {
  bool sentence = false;
  const int n = words(from, end, sentence);
  if (n == 0 || n > kMaxCreditWords || sentence) return false;
  int lower = 0;
  for (std::size_t i = from; i < end; ++i) {
    if (t[i].kind != LexKind::Word || utf8::starts_upper(slice(text, t[i].span))) continue;
    if (name_at(i).end == 0 && phrase_at(i, CreditWord::Join) == 0 &&
        phrase_at(i, CreditWord::Photo) == 0) {
      ++lower;
    }
  }
  return lower <= 1 + n / 3;
}

bool CreditFinder::Scan::names_person(std::size_t from, std::size_t end) const {
  int words = 0;
  bool plain = true;
  for (std::size_t i = from; i <= end; ++i) {
    const bool over = i == end || mark(i, '/') || mark(i, ',') || mark(i, '|');
    if (over) {
      if (plain && words >= 2) return true;
      words = 0;
      plain = true;
      continue;
    }
    if (t[i].kind != LexKind::Word) {
      plain = plain && (mark(i, '-') || mark(i, '.') || mark(i, ':'));
      continue;
    }
    const std::string_view w = slice(text, t[i].span);
    plain = plain && utf8::starts_upper(w) && !all_capitals(w) && name_at(i).end == 0;
    ++words;
  }
  return false;
}

bool CreditFinder::Scan::text_label() const {
  for (std::size_t i = 0; i < t.size(); ++i) {
    const std::size_t end = phrase_at(i, CreditWord::Text);
    if (end > i && mark(end, ':')) return true;
  }
  return false;
}

bool CreditFinder::Scan::has_number() const {
  return std::any_of(t.begin(), t.end(), [](const Lex& l) { return l.kind == LexKind::Number; });
}

bool CreditFinder::Scan::lower_word(std::size_t i) const {
  return word(i) && slice(text, t[i].span) == t[i].lower;
}

bool CreditFinder::Scan::credit_sentence() const {
  for (std::size_t i = 0; i < t.size(); ++i) {
    if (phrase_at(i, CreditWord::Sentence) > i) return true;
  }
  return false;
}

bool CreditFinder::Scan::capitals_first() const {
  std::size_t i = 0;
  for (; i < t.size() && t[i].kind != LexKind::Mark; ++i) {
    if ((word(i) && !all_capitals(slice(text, t[i].span))) || name_at(i).end != 0) return false;
  }
  return i > 0 && mark(i, '/');
}

std::size_t CreditFinder::Scan::closing(std::size_t i) const {
  constexpr std::size_t kReach = 40;
  for (std::size_t k = i + 1; k < t.size() && k < i + kReach; ++k) {
    if (t[k].kind != LexKind::Mark) continue;
    if (closes_bracket(t[k].mark)) return k;
    if (opens_bracket(t[k].mark)) return 0;
  }
  return 0;
}

std::size_t CreditFinder::Scan::photo_label(std::size_t i) const {
  if (mark(i, kCopyrightSign)) return i + 1;
  if (mark(i, '(') && word(i + 1) && t[i + 1].lower == "c" && mark(i + 2, ')')) return i + 3;
  const std::size_t end = phrase_at(i, CreditWord::Photo);
  if (end == 0) return 0;
  if (mark(end, ':')) return end + 1;
  if (mark(end, ',') && end > i + 1) return end + 1;  // "Image source, Getty Images"
  if (mark(end, '/') && word(end + 1)) return end + 1;
  return 0;
}

std::uint32_t CreditFinder::Scan::glued_label(std::size_t i) const {
  if (!word(i) || !mark(i + 1, ':')) return 0;
  const std::string_view w = slice(text, t[i].span);
  for (std::size_t at = w.size(); at > 1;) {
    std::size_t start = at;
    const char32_t c = utf8::decode_before(w, start);
    at = start;
    if (!utf8::is_upper(c) || start == 0) continue;
    std::size_t before = start;
    if (utf8::is_upper(utf8::decode_before(w, before))) continue;
    if (data.is(CreditWord::Photo, utf8::lower(w.substr(start)))) {
      return t[i].span.begin + static_cast<std::uint32_t>(start);
    }
  }
  return 0;
}

}  // namespace twosource::clean
