#include "annotate/name/linking.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace twosource::annotate::name {
namespace {

// Levenshtein distance, at most `limit` + 1. Words are short.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size() + limit || b.size() > a.size() + limit) return limit + 1;
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

// A folded name with the letters alike that transliterations write differently: z and s, w and v,
// j, y and i, sch and sh, and no letter twice in a row. "selenskyj" and "zelensky" are "selenski".
std::string transliterated(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    char c = name[i];
    if (name.substr(i).starts_with("sch")) i += 2;
    if (name.substr(i).starts_with("sh")) ++i;
    if (c == 'z') c = 's';
    if (c == 'w') c = 'v';
    if (c == 'j' || c == 'y') c = 'i';
    if (out.empty() || out.back() != c) out += c;
  }
  return out;
}

bool same_spelling(std::string_view a, std::string_view b) {
  return a == b || other_spelling(a, b);
}

// Transliterations of first names differ more: "Sergej", "Sergei", "Sergey"; "Yuri", "Juri".
bool same_first_name(std::string_view a, std::string_view b) {
  if (a == b) return true;
  if (a.empty() || b.empty()) return false;
  const auto initial = [](std::string_view s) { return s.size() == 2 && s.back() == '.'; };
  if (initial(a) || initial(b)) return a.front() == b.front();
  return a.size() >= 5 && b.size() >= 5 && distance(a, b, 1) <= 1;
}

std::vector<std::string> name_words(std::string_view name) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while (at < name.size()) {
    const std::size_t blank = std::min(name.find(' ', at), name.size());
    if (blank > at) words.push_back(utf8::fold(name.substr(at, blank - at)));
    at = blank + 1;
  }
  return words;
}

struct Bearer {
  std::uint32_t draft = 0;
  std::vector<std::string> words;  // folded
  Gender gender = Gender::Unknown;
  std::uint32_t first = 0;  // token of the first full name
};

class Linker {
 public:
  Linker(const View& view, const std::vector<NameSpan>& spans)
      : v_(view), spans_(spans), base_(view, spans) {}

  Linked run() {
    out_.draft.assign(spans_.size(), kNone);
    link_full_names();
    for (std::uint32_t i = 0; i < spans_.size(); ++i) {
      if (out_.draft[i] == kNone) {
        out_.draft[i] = spans_[i].type == EntityType::Person ? short_name(i) : other(i);
      }
    }
    number();
    return std::move(out_);
  }

 private:
  static constexpr std::uint32_t kNone = static_cast<std::uint32_t>(-1);

  std::uint32_t create(const std::string& name, EntityType type, std::size_t tokens) {
    Draft draft;
    draft.entity.name = name;
    draft.entity.type = type;
    draft.name_tokens = tokens;
    out_.drafts.push_back(std::move(draft));
    return static_cast<std::uint32_t>(out_.drafts.size()) - 1;
  }

  [[nodiscard]] Gender gender_of(const NameSpan& s) const {
    for (std::size_t i = s.begin; i < s.end && i < s.begin + 2; ++i) {
      const Mark& m = v_.marks[i];
      if (m.is(kFirstName) && m.word->first_name != Gender::Unknown) return m.word->first_name;
    }
    return announced_gender(s);
  }

  // "Frau Dr. Ebert", "Ministerin Rehbein": what the titles before a name say.
  [[nodiscard]] Gender announced_gender(const NameSpan& s) const {
    for (std::uint32_t i = s.begin; i > 0 && v_.same_sentence(i - 1, s.begin); --i) {
      const Mark& m = v_.marks[i - 1];
      if (m.is(kTitle | kRelation) && m.word->gender != Gender::Unknown) return m.word->gender;
      if (m.role && m.role_tokens == 1) return m.role.plural_only ? Gender::Unknown : m.role.gender;
      if (!m.is(kTitle)) break;
    }
    return Gender::Unknown;
  }

  void note_gender(std::uint32_t draft, Gender gender) {
    std::string& g = out_.drafts[draft].entity.gender;
    if (!g.empty() || gender == Gender::Unknown) return;
    g.assign(1, gender == Gender::Male ? 'm' : 'f');
  }

  [[nodiscard]] static bool same_person(const Bearer& a, const Bearer& b) {
    if (a.gender != Gender::Unknown && b.gender != Gender::Unknown && a.gender != b.gender) {
      return false;
    }
    return same_spelling(a.words.back(), b.words.back()) &&
           same_first_name(a.words.front(), b.words.front());
  }

  void link_full_names() {
    for (std::uint32_t i = 0; i < spans_.size(); ++i) {
      const NameSpan& s = spans_[i];
      if (s.type != EntityType::Person || s.end - s.begin < 2) continue;
      const std::string name = base_.of(s);
      Bearer bearer{0, name_words(name), gender_of(s)};
      if (bearer.words.size() < 2 || v_.marks[s.begin].is(kParticle)) continue;
      const auto it = std::find_if(bearers_.begin(), bearers_.end(),
                                   [&](const Bearer& b) { return same_person(bearer, b); });
      if (it != bearers_.end()) {
        out_.draft[i] = it->draft;
      } else {
        bearer.draft = out_.draft[i] = create(name, EntityType::Person, s.end - s.begin);
        bearer.first = s.begin;
        bearers_.push_back(bearer);
      }
      Draft& d = out_.drafts[out_.draft[i]];
      if (s.end - s.begin > d.name_tokens) {
        d.entity.name = name;
        d.name_tokens = s.end - s.begin;
      }
      note_gender(out_.draft[i], bearer.gender);
    }
  }

  // A surname or a first name alone.
  std::uint32_t short_name(std::uint32_t i) {
    const NameSpan& s = spans_[i];
    const std::string name = base_.of(s);
    std::string folded = utf8::fold(name);
    // "Von der Leyen" is called by her last word.
    if (s.end - s.begin > 1) folded.erase(0, folded.rfind(' ') + 1);
    const Gender gender = gender_of(s);
    if (announced_gender(s) == Gender::Unknown) {
      auto [it, fresh] = older_.try_emplace(folded, kNone);
      if (fresh && older_than_its_bearers(i, folded)) {
        it.value() = create(name, EntityType::Person, s.end - s.begin);
      }
      if (it->second != kNone) return it->second;
    }
    for (const bool exact : {true, false}) {
      for (const Bearer& b : bearers_) {
        const bool hit = exact ? b.words.back() == folded : same_spelling(b.words.back(), folded);
        if (!hit || clash(gender, b, s)) continue;
        return b.draft;
      }
    }
    std::uint32_t found = kNone;
    for (const Bearer& b : bearers_) {
      if (b.words.size() < 2 || b.words.front() != folded) continue;
      if (found != kNone) return create(name, EntityType::Person, s.end - s.begin);
      found = b.draft;
    }
    if (found != kNone) return found;
    const std::uint32_t draft = create(name, EntityType::Person, s.end - s.begin);
    note_gender(draft, gender);
    bearers_.push_back({draft, {folded}, gender});
    return draft;
  }

  // Does the surname stand alone in the body before any of the two or more people who bear it is
  // named in full? Then it is somebody else's, mostly the firm's: "Brandt schließt ein Werk",
  // beside Klaus and Ulrike Brandt.
  [[nodiscard]] bool older_than_its_bearers(std::uint32_t i, const std::string& folded) const {
    std::uint32_t first = kNone;
    std::size_t bearers = 0;
    for (const Bearer& b : bearers_) {
      if (b.words.size() < 2 || b.words.back() != folded) continue;
      first = std::min(first, b.first);
      ++bearers;
    }
    if (bearers < 2) return false;
    return std::any_of(spans_.begin(), spans_.begin() + i + 1, [&](const NameSpan& s) {
      return s.begin < first && s.end - s.begin == 1 && s.type == EntityType::Person &&
             utf8::fold(base_.of(s)) == folded && !in_title(s);
    });
  }

  [[nodiscard]] bool in_title(const NameSpan& s) const {
    const Span word = v_.layer.tokens[s.begin].span;
    return std::any_of(
        v_.article.paragraphs.begin(), v_.article.paragraphs.end(),
        [&](const Paragraph& p) { return p.kind != ParagraphKind::Body && p.span.contains(word); });
  }

  // "Frau Trump" is not Donald Trump.
  [[nodiscard]] bool clash(Gender gender, const Bearer& b, const NameSpan& s) const {
    const bool titled = announced_gender(s) != Gender::Unknown;
    return titled && gender != Gender::Unknown && b.gender != Gender::Unknown && b.gender != gender;
  }

  [[nodiscard]] const Known* known(const NameSpan& s) const {
    const Mark& m = v_.marks[s.begin];
    if (m.known < 0 || m.known_at != 0 || m.known_tokens != s.end - s.begin) return nullptr;
    const Known& k = v_.lexicon.known[static_cast<std::size_t>(m.known)];
    return k.type == s.type ? &k : nullptr;
  }

  std::uint32_t other(std::uint32_t i) {
    const NameSpan& s = spans_[i];
    const Known* k = known(s);
    const std::string name = k != nullptr ? k->name : base_.of(s);
    std::string key(to_string(s.type));
    key += utf8::fold(name);
    if (const auto it = by_name_.find(key); it != by_name_.end()) return it->second;
    std::uint32_t draft = in_brackets(i);
    if (draft == kNone) draft = create(name, s.type, s.end - s.begin);
    if (k != nullptr && out_.drafts[draft].place < 0) out_.drafts[draft].place = k->place;
    by_name_.emplace(key, draft);
    return draft;
  }

  // "Asiatisch-Pazifische Wirtschaftsgemeinschaft (APEC)": the acronym is the name before it.
  [[nodiscard]] std::uint32_t in_brackets(std::uint32_t i) const {
    const NameSpan& s = spans_[i];
    if (i == 0 || s.end - s.begin != 1 || s.begin < 2 || s.end >= v_.layer.tokens.size())
      return kNone;
    const NameSpan& before = spans_[i - 1];
    const bool bracketed = v_.text(s.begin - 1) == "(" && v_.text(s.end) == ")";
    if (!bracketed || before.end + 1 != s.begin || before.type != s.type) return kNone;
    const bool acronym = v_.layer.tokens[s.begin].all_upper || s.type == EntityType::Organisation;
    return acronym && v_.text(before.begin).front() == v_.text(s.begin).front() ? out_.draft[i - 1]
                                                                                : kNone;
  }

  // Drafts in order of their first mention.
  void number() {
    std::vector<std::uint32_t> place(out_.drafts.size(), kNone);
    std::vector<Draft> ordered;
    for (std::uint32_t& d : out_.draft) {
      if (place[d] == kNone) {
        place[d] = static_cast<std::uint32_t>(ordered.size());
        ordered.push_back(std::move(out_.drafts[d]));
      }
      d = place[d];
    }
    out_.drafts = std::move(ordered);
  }

  const View& v_;
  const std::vector<NameSpan>& spans_;
  BaseForms base_;
  Linked out_;
  std::vector<Bearer> bearers_;
  StringMap<std::uint32_t> by_name_;
  StringMap<std::uint32_t> older_;  // drafts of surnames that stand before their bearers, or kNone
};

}  // namespace

bool other_spelling(std::string_view a, std::string_view b) {
  constexpr std::size_t kLong = 7;  // bytes; shorter names one letter apart are often two people
  constexpr std::size_t kMostMore = 3;
  if (a.size() < kLong || b.size() < kLong) return false;
  if (a.size() > b.size() + kMostMore || b.size() > a.size() + kMostMore) return false;
  return distance(a, b, 1) <= 1 || transliterated(a) == transliterated(b);
}

void Draft::add_role(const std::string& title, Office office) {
  if (!title.empty() &&
      std::find(entity.roles.begin(), entity.roles.end(), title) == entity.roles.end()) {
    entity.roles.push_back(title);
  }
  if (office.role >= 0 && std::find(offices.begin(), offices.end(), office) == offices.end()) {
    offices.push_back(office);
  }
}

BaseForms::BaseForms(const View& view, const std::vector<NameSpan>& spans) : view_(view) {
  for (const NameSpan& s : spans) {
    for (std::size_t i = s.begin; i < s.end; ++i) words_.emplace(view.text(i));
  }
}

bool BaseForms::strip(const NameSpan& span, std::string_view word) const {
  const std::string_view stem = word.substr(0, word.size() - 1);
  if (words_.contains(stem)) return true;
  // "Barack Obamas": a surname of the tables, and no surname with its -s.
  if (span.type == EntityType::Person &&
      (view_.lexicon.office_surname(stem) || view_.lexicon.clusters.of(stem).surname) &&
      !view_.lexicon.office_surname(word) && !view_.lexicon.clusters.of(word).surname)
    return true;
  const std::size_t last = span.end - 1;
  if (const Word* w = view_.lexicon.word(view_.layer.lower(last));
      w != nullptr && w->is(kFirstName)) {
    return false;
  }
  if (view_.marks[last].known >= 0) {
    return view_.lexicon.known[static_cast<std::size_t>(view_.marks[last].known)].name != word;
  }
  // "Lawrows Version": a noun follows without article.
  const bool noun_follows = span.end < view_.layer.tokens.size() &&
                            view_.same_sentence(last, span.end) &&
                            view_.layer.tokens[span.end].upper && !view_.marks[span.end].is(kStop);
  return noun_follows && !stem.ends_with('s');
}

std::string BaseForms::of(const NameSpan& span) const {
  const TokenLayer& layer = view_.layer;
  std::string text =
      utf8::squeeze(slice(view_.article.text, {layer.tokens[span.begin].span.begin,
                                               layer.tokens[span.end - 1].span.end}));
  const std::string_view word = view_.text(span.end - 1);
  const bool inflects = view_.lexicon.has_genitive_s && word.size() > 3;
  if (inflects && word.ends_with('s') && strip(span, word)) text.pop_back();
  return text;
}

Linked link_names(const View& view, const std::vector<NameSpan>& spans) {
  return Linker(view, spans).run();
}

}  // namespace twosource::annotate::name
