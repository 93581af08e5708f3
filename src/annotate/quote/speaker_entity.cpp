#include "annotate/quote/speaker_entity.hpp"

#include <algorithm>
#include <cstddef>

namespace twosource::annotate::quote {
namespace {

// Words of the speaker's phrase beside the mention that are neither determiners nor focus words:
// "die USA" has none, "der Bürgermeister von Bern" has two.
std::size_t other_words(const Article& article, const Lexicon& lexicon, Span mention,
                        Span speaker) {
  const TokenLayer& layer = article.tokens;
  const auto [first, last] = layer.tokens_in(speaker);
  std::size_t n = 0;
  for (std::size_t i = first; i < last; ++i) {
    if (layer.tokens[i].kind != TokenKind::Word || mention.contains(layer.tokens[i].span)) continue;
    const WordEntry* entry = lexicon.find(layer.word(i));
    if (entry == nullptr || (entry->classes & (kNominative | kOblique | kFocus)) == 0) ++n;
  }
  return n;
}

// Does the mention only belong to the speaker: "Trumps Sprecherin", "Hale's lawyer", "der Anwalt
// von Krause", "der Trainer bei Nordstern"?
bool belongs(const Article& article, const Lexicon& lexicon, const Mention& m, Span speaker) {
  const TokenLayer& layer = article.tokens;
  const auto [first, last] = layer.tokens_in(m.span);
  if (first >= last) return false;
  if (last < layer.tokens.size() && layer.tokens[last].span.end <= speaker.end) {
    const std::string_view next = article.at(layer.tokens[last].span);
    if (next == "'s" || next == "’s" || next == "'" || next == "’") return true;
  }
  const auto inside = [&](std::size_t i) { return layer.tokens[i].span.begin >= speaker.begin; };
  if (first > 0 && inside(first - 1)) {
    const WordEntry* before = lexicon.find(layer.word(first - 1));
    if (before != nullptr && (before->classes & kPreposition) != 0) return true;
    // "der Kritiker von Kanzler Huber", "die Frau des Kanzlers Huber": a title between.
    const bool title = before == nullptr && layer.tokens[first - 1].upper && first > 1;
    const WordEntry* link =
        title && inside(first - 2) ? lexicon.find(layer.word(first - 2)) : nullptr;
    constexpr std::uint64_t kGenitiveOnly = kNominative | kDative;
    const bool genitive =
        link != nullptr && (link->classes & kGenitive) != 0 && (link->classes & kGenitiveOnly) == 0;
    if (link != nullptr && ((link->classes & kBy) != 0 || genitive)) return true;
  }
  const Entity& e = article.entities[m.entity];
  std::string_view covered = article.at(m.span);
  if (e.type != EntityType::Person) return false;
  for (const std::string_view end : {"'s", "’s"}) {
    if (covered.ends_with(end)) return true;
  }
  if (!covered.ends_with('s')) return false;
  covered.remove_suffix(1);
  return e.name.ends_with(covered);
}

// How well a mention names the speaker; 0: not at all.
int fit(const Article& article, const Lexicon& lexicon, const Mention& m, Span speaker) {
  if (m.entity >= article.entities.size() || !m.span.overlaps(speaker)) return 0;
  if (m.span == speaker) return 5;
  if (m.kind == MentionKind::Pronoun) return 0;
  const EntityType type = article.entities[m.entity].type;
  const std::size_t others = other_words(article, lexicon, m.span, speaker);
  if (others > 0 && belongs(article, lexicon, m, speaker)) return 0;
  if (type == EntityType::Location) return others == 0 ? 1 : 0;
  if (m.span.contains(speaker) || (m.span.begin == speaker.begin && type == EntityType::Person))
    return 4;
  if (type == EntityType::Person) return 3;
  return type == EntityType::Organisation ? 2 : (others == 0 ? 1 : 0);
}

// Does a coordinator stand between two names of the span?
bool joined(const Article& article, const Lexicon& lexicon, Span a, Span b) {
  const auto [first, last] = article.tokens.tokens_in({a.end, b.begin});
  if (last - first > 3) return false;
  for (std::size_t i = first; i < last; ++i) {
    const WordEntry* entry = lexicon.find(article.tokens.word(i));
    if (entry != nullptr && (entry->classes & kCoordinator) != 0) return true;
  }
  return false;
}

}  // namespace

void resolve_speakers(const Article& article, const Lexicon& lexicon, std::vector<Quote>& quotes) {
  const auto& mentions = article.mentions;
  std::uint32_t longest = 0;
  for (const Mention& m : mentions) longest = std::max(longest, m.span.size());
  for (Quote& quote : quotes) {
    const Span speaker = quote.speaker_span;
    if (speaker.empty()) continue;
    const std::uint32_t from = speaker.begin > longest ? speaker.begin - longest : 0;
    auto it =
        std::lower_bound(mentions.begin(), mentions.end(), from,
                         [](const Mention& m, std::uint32_t at) { return m.span.begin < at; });
    int best = 0;
    const Mention* chosen = nullptr;
    for (; it != mentions.end() && it->span.begin < speaker.end; ++it) {
      const int score = fit(article, lexicon, *it, speaker);
      if (chosen != nullptr && it->span == chosen->span) {  // "die beiden Präsidenten"
        quote.speaker = -1;
        break;
      }
      if (chosen != nullptr && score > 0 && score < 5 && it->entity != chosen->entity &&
          it->span.begin >= chosen->span.end && joined(article, lexicon, chosen->span, it->span)) {
        quote.speaker = -1;
        break;
      }
      if (score <= best) continue;
      best = score;
      chosen = &*it;
      quote.speaker = static_cast<std::int32_t>(it->entity);
    }
  }
}

}  // namespace twosource::annotate::quote
