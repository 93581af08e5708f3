#include "annotate/name/ages.hpp"

#include <algorithm>
#include <charconv>

namespace twosource::annotate::name {
namespace {

// Set by hand, not tuned.
constexpr std::uint32_t kSentencesBack = 2;
constexpr unsigned kOldest = 120;  // years

// The number that a word begins with ("38-Jährige"); 0 when it is no age.
unsigned leading_age(std::string_view word) {
  unsigned n = 0;
  const auto got = std::from_chars(word.data(), word.data() + word.size(), n);
  return got.ec == std::errc{} && n <= kOldest ? n : 0;
}

class Ages {
 public:
  Ages(const View& view, const Linked& linked, std::span<const PersonPoint> persons)
      : v_(view), linked_(linked), persons_(persons) {}

  [[nodiscard]] std::uint32_t at(std::size_t i) const {
    const Token& token = v_.layer.tokens[i];
    const bool german = v_.lexicon.capital_nouns;
    if (!token.has_digit || i == 0 || !v_.same_sentence(i - 1, i) || v_.marks[i].quoted)
      return kNoDraft;
    if (!v_.marks[i - 1].is(kArticle) || !v_.lexicon.aged(v_.layer.lower(i))) return kNoDraft;
    if (german ? !noun(i) : adjective(i)) return kNoDraft;
    const Gender gender = v_.marks[i - 1].word->gender;
    if (german && gender == Gender::Unknown) return kNoDraft;
    const unsigned age = leading_age(v_.text(i));
    if (age == 0) return kNoDraft;
    const std::uint32_t known = of_age(age, gender);
    return known != kNoDraft ? known : topic(i, gender);
  }

 private:
  [[nodiscard]] bool inside(std::size_t i, std::size_t k) const {
    return k < v_.marks.size() && v_.same_sentence(i, k);
  }
  // "38-Jährige", not "38-jährige".
  [[nodiscard]] bool noun(std::size_t i) const {
    const std::string_view word = v_.text(i);
    const std::size_t letter = word.find_first_not_of("0123456789-");
    return letter != std::string_view::npos && word[letter] >= 'A' && word[letter] <= 'Z';
  }
  // "the 38-year-old actor".
  [[nodiscard]] bool adjective(std::size_t i) const {
    if (!inside(i, i + 1) || v_.layer.tokens[i + 1].kind != TokenKind::Word) return false;
    const std::uint64_t next = v_.marks[i + 1].hash;
    return !v_.marks[i + 1].is(kSpeechVerb | kReportedVerb) && !v_.lexicon.function_word(next) &&
           !v_.lexicon.past_form(next);
  }
  [[nodiscard]] bool fits(Gender g, std::uint32_t d) const {
    const std::string& have = linked_.drafts[d].entity.gender;
    return g == Gender::Unknown || have.empty() || have == (g == Gender::Male ? "m" : "f");
  }

  // The age that stands beside a person's name; 0 when none does.
  [[nodiscard]] unsigned age_beside(const PersonPoint& p) const {
    std::size_t k = p.end;
    if (inside(p.token, k) && (v_.text(k) == "(" || v_.text(k) == ",")) ++k;
    if (k > p.end && inside(p.token, k) && v_.layer.tokens[k].kind == TokenKind::Number) {
      const bool ends = !inside(p.token, k + 1) || v_.layer.tokens[k + 1].kind != TokenKind::Word;
      if (ends) return leading_age(v_.text(k));
    }
    if (p.token > 0 && v_.same_sentence(p.token - 1, p.token) &&
        v_.layer.tokens[p.token - 1].has_digit &&
        v_.layer.tokens[p.token - 1].kind == TokenKind::Word) {
      return leading_age(v_.text(p.token - 1));
    }
    return 0;
  }

  [[nodiscard]] std::uint32_t of_age(unsigned age, Gender gender) const {
    std::uint32_t found = kNoDraft;
    for (const PersonPoint& p : persons_) {
      if (p.draft == found || age_beside(p) != age || !fits(gender, p.draft)) continue;
      if (found != kNoDraft) return kNoDraft;
      found = p.draft;
    }
    return found;
  }

  [[nodiscard]] bool has_age(std::uint32_t d) const {
    return std::any_of(persons_.begin(), persons_.end(),
                       [&](const PersonPoint& p) { return p.draft == d && age_beside(p) != 0; });
  }

  [[nodiscard]] std::uint32_t topic(std::size_t i, Gender gender) const {
    const std::uint32_t here = v_.layer.tokens[i].sentence;
    std::uint32_t found = kNoDraft;
    std::uint32_t in = here;
    for (std::size_t k = persons_.size(); k-- > 0;) {
      const PersonPoint& p = persons_[k];
      const std::uint32_t sentence = v_.layer.tokens[p.token].sentence;
      if (sentence >= here || v_.marks[p.token].quoted) continue;
      if (found != kNoDraft ? sentence != in : sentence + kSentencesBack < here) break;
      if (v_.layer.sentences[sentence].paragraph != v_.layer.sentences[here].paragraph) break;
      if (!fits(gender, p.draft)) continue;
      if (linked_.drafts[p.draft].entity.gender.empty() && gender != Gender::Unknown)
        return kNoDraft;
      if (found != kNoDraft && found != p.draft) return kNoDraft;
      if (found == kNoDraft && !p.subject) return kNoDraft;
      found = p.draft;
      in = sentence;
    }
    return found != kNoDraft && !has_age(found) ? found : kNoDraft;
  }

  const View& v_;
  const Linked& linked_;
  std::span<const PersonPoint> persons_;
};

}  // namespace

void find_aged(const View& view, const Linked& linked, std::span<const PersonPoint> persons,
               std::vector<Reference>& out) {
  const Ages ages(view, linked, persons);
  for (std::size_t i = 0; i < view.marks.size(); ++i) {
    const std::uint32_t d = ages.at(i);
    if (d == kNoDraft) continue;
    const auto at = static_cast<std::uint32_t>(i);
    out.push_back({at, at + 1, d, MentionKind::Role});
  }
}

}  // namespace twosource::annotate::name
