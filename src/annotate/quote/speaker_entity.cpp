#include "annotate/quote/speaker_entity.hpp"

#include <algorithm>
#include <cstddef>

namespace twosource::annotate::quote {
namespace {

// How well a mention names the speaker; 0: not at all.
int fit(const Article& article, const Mention& m, Span speaker) {
  if (m.entity >= article.entities.size() || !m.span.overlaps(speaker)) return 0;
  if (m.span == speaker) return 5;
  if (m.kind == MentionKind::Pronoun) return 0;
  const EntityType type = article.entities[m.entity].type;
  if (m.span.contains(speaker) || (m.span.begin == speaker.begin && type == EntityType::Person))
    return 4;
  if (type == EntityType::Person) return 3;
  if (type == EntityType::Organisation) return 2;
  return m.span.begin == speaker.begin || m.span.end == speaker.end ? 1 : 0;
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
      const int score = fit(article, *it, speaker);
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
