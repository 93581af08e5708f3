#include "annotate/name/spread.hpp"

#include <algorithm>
#include <bitset>
#include <string>

#include "annotate/name/rules.hpp"

namespace twosource::annotate::name {
namespace {

constexpr std::size_t kShortest = 3;  // bytes of a name that may be spread

class Spreader {
 public:
  Spreader(const View& view, std::vector<NameSpan> spans) : v_(view), spans_(std::move(spans)) {
    covered_.assign(v_.layer.tokens.size(), false);
    for (const NameSpan& s : spans_) {
      for (std::size_t i = s.begin; i < s.end; ++i) covered_[i] = true;
      learn(s);
    }
  }

  std::vector<NameSpan> run() {
    const std::size_t old = spans_.size();
    for (std::size_t i = 0; i < covered_.size(); ++i) {
      if (covered_[i] || !candidate(i)) continue;
      EntityType type = EntityType::Person;
      if (known_name(i, type)) {
        const std::size_t begin = i - particles(i);
        if (in_place(i, type)) type = EntityType::Location;
        spans_.push_back(
            {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(i + 1), type});
      }
    }
    std::inplace_merge(spans_.begin(), spans_.begin() + static_cast<std::ptrdiff_t>(old),
                       spans_.end(),
                       [](const NameSpan& a, const NameSpan& b) { return a.begin < b.begin; });
    return std::move(spans_);
  }

 private:
  void learn(const NameSpan& s) {
    const std::string_view last = v_.text(s.end - 1);
    if (last.size() >= kShortest) heads_.set(head_of(last));
    if (s.type == EntityType::Person && last.size() >= kShortest) {
      names_.try_emplace(std::string(last), EntityType::Person);
      if (s.end - s.begin >= 2) {
        surnames_.emplace(last);
        learn_particles(s);
      }
    } else if (s.end - s.begin == 1 && last.size() >= kShortest) {
      names_.try_emplace(std::string(last), s.type);
    }
  }

  [[nodiscard]] bool candidate(std::size_t i) const {
    const Token& token = v_.layer.tokens[i];
    if (token.kind != TokenKind::Word || !token.upper || token.abbreviation) return false;
    const Mark& mark = v_.marks[i];
    if (mark.is(kStop) && surnames_.contains(v_.text(i))) return stands_as_name(i);
    if (mark.is(kStop | kTitle | kPronoun | kArticle | kPlaceAdjective | kDemonym)) return false;
    return !mark.role || surnames_.contains(v_.text(i));
  }

  // "Ursula von der Leyen": how many particles stand before the surname.
  void learn_particles(const NameSpan& s) {
    std::size_t n = 0;
    while (s.begin + n + 1 < s.end &&
           v_.marks[s.end - 2 - n].is(n == 0 ? kParticle | kInnerParticle : kParticle))
      ++n;
    if (n > 0) particles_.insert_or_assign(std::string(v_.text(s.end - 1)), n);
  }

  // Of the particles of the surname at token i, those that stand free before it.
  [[nodiscard]] std::size_t particles(std::size_t i) const {
    const auto it = particles_.find(v_.text(i));
    if (it == particles_.end() || it->second > i) return 0;
    for (std::size_t k = 1; k <= it->second; ++k) {
      if (covered_[i - k] || !v_.same_sentence(i - k, i) ||
          !v_.marks[i - k].is(kParticle | kInnerParticle))
        return 0;
    }
    return it->second;
  }

  // A month or weekday that is somebody's surname: the first word before a word written small, or
  // behind a word of speech.
  [[nodiscard]] bool stands_as_name(std::size_t i) const {
    const bool inside = i > 0 && v_.same_sentence(i - 1, i);
    const Mark& before = v_.marks[inside ? i - 1 : i];
    if (inside && before.is(kSpeechVerb | kReportedVerb | kTitle)) return true;
    if (inside && before.role) return true;
    if (!v_.marks[i].first || i + 1 >= v_.marks.size() || !v_.same_sentence(i, i + 1)) return false;
    const Token& next = v_.layer.tokens[i + 1];
    return next.kind == TokenKind::Word && !next.upper &&
           !v_.marks[i + 1].is(kPreposition | kArticle | kAnd | kComplementizer);
  }

  // "In Lichtenberg" is a place, whatever somebody's surname is.
  [[nodiscard]] bool in_place(std::size_t i, EntityType type) const {
    return type == EntityType::Person && i > 0 && v_.same_sentence(i - 1, i) &&
           v_.marks[i - 1].is(kPlacePreposition) && v_.lexicon.clusters.of(v_.text(i)).place;
  }

  // A word with an article before it is a common noun that looks like the name ("der Koch").
  [[nodiscard]] bool behind_article(std::size_t i) const {
    return i > 0 && v_.same_sentence(i - 1, i) && v_.marks[i - 1].is(kArticle | kIndefinite);
  }

  // First three bytes of a word, for a quick no.
  static constexpr std::size_t kHeads = 4096;
  [[nodiscard]] static std::size_t head_of(std::string_view word) {
    const auto byte = [&](std::size_t k) {
      return std::size_t{static_cast<unsigned char>(word[k])};
    };
    return (byte(0) * 961U + byte(1) * 31U + byte(2)) % kHeads;
  }

  bool known_name(std::size_t i, EntityType& type) const {
    std::string_view word = v_.text(i);
    if (word.size() < kShortest) return false;
    if (!heads_.test(head_of(word)) && !v_.lexicon.office_surname_like(word)) return false;
    for (const bool genitive : {false, true}) {
      if (genitive) {
        if (!v_.lexicon.has_genitive_s || word.size() <= kShortest || !word.ends_with('s')) break;
        word.remove_suffix(1);
      }
      if (const auto it = names_.find(word); it != names_.end()) {
        type = it->second;
        return type != EntityType::Person || particles(i) > 0 || !behind_article(i);
      }
      if (v_.lexicon.office_surname(word) && v_.marks[i].known < 0 && !behind_article(i) &&
          !v_.lexicon.common_noun(v_.layer.lower(i)) && !v_.lexicon.everyday(word)) {
        type = EntityType::Person;
        return true;
      }
    }
    return false;
  }

  const View& v_;
  std::vector<NameSpan> spans_;
  std::vector<bool> covered_;
  std::bitset<kHeads> heads_;
  StringMap<EntityType> names_;
  StringSet surnames_;
  StringMap<std::size_t> particles_;
};

}  // namespace

std::vector<NameSpan> spread_names(const View& view, std::vector<NameSpan> spans) {
  return Spreader(view, std::move(spans)).run();
}

}  // namespace twosource::annotate::name
