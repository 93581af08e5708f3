#include "annotate/quote/quote.hpp"

#include <algorithm>
#include <utility>

#include "annotate/quote/attribution.hpp"
#include "annotate/quote/lexicon.hpp"
#include "annotate/quote/marks.hpp"
#include "annotate/quote/speaker_entity.hpp"
#include "annotate/quote/speech_mood.hpp"
#include "annotate/quote/unit.hpp"
#include "text/utf8.hpp"

namespace twosource::annotate {

struct QuoteTagger::State {
  explicit State(const Pack& pack) : lexicon(pack), mood(pack) {}
  quote::Lexicon lexicon;
  SpeechMood mood;
};

namespace {

using quote::Attributor;
using quote::Draft;
using quote::kNoItem;
using quote::Segment;
using quote::Unit;

// Goes through the units in order and remembers who spoke last.
class Conversation {
 public:
  Conversation(const Article& article, const quote::Lexicon& lexicon,
               const std::vector<MarkedRegion>& regions)
      : article_(article), lexicon_(lexicon), regions_(regions) {}

  void unit(const Unit& unit, Attributor::Result found) {
    if (!same_conversation(unit)) last_ = {};
    standing_alone(unit, found);
    free_speech(unit, found);
    fragments(found);
    remember(unit, found);
    for (Draft& draft : found.drafts) out_.push_back(std::move(draft.quote));
    paragraph_ = unit.last_paragraph;
    ++index_;
  }

  std::vector<Quote> finish() {
    std::stable_sort(out_.begin(), out_.end(), [](const Quote& a, const Quote& b) {
      return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
    });
    return std::move(out_);
  }

 private:
  struct Speaker {
    Span span;
    std::size_t unit = 0;
    bool said = false;  // spoke, rather than was merely the subject
  };

  // Headlines and subheads neither pass a speaker on nor take one over.
  [[nodiscard]] bool same_conversation(const Unit& unit) const {
    if (unit.paragraph == paragraph_) return true;
    return body(unit.paragraph) && paragraph_ + 1 == unit.paragraph && body(paragraph_);
  }
  [[nodiscard]] bool body(std::uint32_t paragraph) const {
    if (paragraph >= article_.paragraphs.size()) return false;
    const ParagraphKind kind = article_.paragraphs[paragraph].kind;
    return kind == ParagraphKind::Body || kind == ParagraphKind::Teaser;
  }

  // Whole quotations that no cue of their unit claimed.
  void standing_alone(const Unit& unit, Attributor::Result& found) {
    for (std::size_t s = 0; s < unit.segments.size(); ++s) {
      const Segment& segment = unit.segments[s];
      if (!segment.quotation || found.taken[s] != 0) continue;
      const quote::Item& item = unit.items[segment.first];
      const MarkedRegion& region = regions_[static_cast<std::size_t>(item.region)];
      if (unit.segments.size() > 1 && !region.set_out && names_something(region)) continue;
      if (region.continues >= 0 && join_paragraphs(region)) continue;
      const bool follows = unit.paragraph == paragraph_ && last_.said && last_.unit + 1 >= index_;
      if (lexicon_.join_quotations() && follows && join_to_last(item.span)) continue;
      Draft draft;
      draft.quote.kind = QuoteKind::Direct;
      draft.quote.span = item.span;
      draft.quote.parts.assign(1, item.span);
      if (follows) draft.quote.speaker_span = last_.span;
      found.taken[s] = 1;
      found.drafts.push_back(std::move(draft));
    }
  }

  // "Ylva" zog nach Osten: one or two capitalised words, without the end of a sentence.
  [[nodiscard]] bool names_something(const MarkedRegion& region) const {
    constexpr int kMostWords = 2;
    int words = 0;
    for (std::size_t i = region.first_token; i < region.last_token; ++i) {
      const Token& token = article_.tokens.tokens[i];
      if (token.kind == TokenKind::QuoteMark) continue;
      if (token.kind != TokenKind::Word || !token.upper) return false;
      ++words;
    }
    return words <= kMostWords;
  }

  // “…,” said X. “…”: the second is a part of the first.
  bool join_to_last(Span span) {
    if (out_.empty() || out_.back().kind != QuoteKind::Direct || out_.back().cue.empty())
      return false;
    out_.back().parts.push_back(span);
    out_.back().span.end = span.end;
    last_.unit = index_;
    return true;
  }

  // The paragraph goes on with a quotation of the one before: one quotation with another part.
  bool join_paragraphs(const MarkedRegion& region) {
    const Span before = regions_[static_cast<std::size_t>(region.continues)].span;
    for (std::size_t i = out_.size(); i-- > 0;) {
      if (out_[i].parts.back() != before) continue;
      out_[i].parts.push_back(region.span);
      out_[i].span.end = region.span.end;
      return true;
    }
    return false;
  }

  // A sentence in the subjunctive goes on relaying what the last speaker said.
  void free_speech(const Unit& unit, Attributor::Result& found) {
    if (unit.items.empty() || found.taken.empty() || found.taken[0] != 0) return;
    const bool open = std::all_of(found.drafts.begin(), found.drafts.end(), [](const Draft& d) {
      return d.quote.kind == QuoteKind::Direct && d.quote.cue.empty() &&
             d.quote.speaker_span.empty();
    });
    if (!open) return;
    Mood mood = Mood::Indicative;
    bool supposed = false;
    for (const Segment& segment : unit.segments) {
      if (segment.finite == kNoItem || segment.subordinate || segment.quotation) continue;
      mood = segment.mood;
      supposed = unit.items[segment.finite].is(quote::kSupposes);
      break;
    }
    const bool near = !last_.span.empty() && last_.said && last_.unit + 2 >= index_;
    // "Morgen könnte er spielen" behind a quotation in marks is the paper's own.
    const bool marked = !out_.empty() && out_.back().kind == QuoteKind::Direct;
    const bool own = mood == Mood::Subjunctive2 && (!near || (supposed && marked));
    if (mood == Mood::Indicative || own) return;
    Span span = unit.span;
    for (Draft& draft : found.drafts) {
      if (near) draft.quote.speaker_span = last_.span;
      span.end = std::min(span.end, draft.quote.span.begin);
    }
    span = utf8::trim_span(article_.text, span);
    if (span.empty()) return;
    if (extend_free(unit, span)) {
      free_unit_ = index_;
      mark_free_fragments(found);
      if (near) last_.unit = index_;
      return;
    }
    Draft draft;
    draft.quote.kind = QuoteKind::Free;
    draft.quote.span = span;
    draft.quote.parts.assign(1, span);
    draft.quote.speaker_span = free_speaker();
    // Behind a quotation of the same sentence nothing is added to this one.
    free_unit_ = found.drafts.empty() ? index_ : kNever;
    free_at_ = out_.size();
    found.drafts.push_back(std::move(draft));
    mark_free_fragments(found);
  }

  // Who is relayed: the last speaker; a mere subject only when it is a known name or pronoun.
  [[nodiscard]] Span free_speaker() const {
    if (last_.said) return last_.span;
    if (last_.unit + 1 == index_ && names_person(last_.span)) return last_.span;
    if (said_.unit + kSpeakerReach >= index_ && !said_.span.empty()) return said_.span;
    return names_subject(last_.span) ? last_.span : Span{};
  }
  // The subject of the sentence before is a person's name and little else: "Auch Petrow zweifelte."
  [[nodiscard]] bool names_person(Span span) const {
    return names_subject(span, [&](const Mention& m) {
      return m.kind == MentionKind::Name && article_.entities[m.entity].type == EntityType::Person;
    });
  }
  [[nodiscard]] bool names_subject(Span span) const {
    return names_subject(span, [&](const Mention& m) {
      return article_.entities[m.entity].type != EntityType::Location;
    });
  }
  template <class Fits>
  [[nodiscard]] bool names_subject(Span span, const Fits& fits) const {
    const auto& mentions = article_.mentions;
    auto it =
        std::lower_bound(mentions.begin(), mentions.end(), span.begin,
                         [](const Mention& m, std::uint32_t at) { return m.span.begin < at; });
    for (; it != mentions.end() && it->span.begin < span.end; ++it) {
      if (it->span.end <= span.end && it->span.size() * 2 >= span.size() && fits(*it)) return true;
    }
    return false;
  }

  bool extend_free(const Unit& unit, Span span) {
    if (free_unit_ + 1 != index_ || free_at_ >= out_.size() || unit.paragraph != paragraph_)
      return false;
    Quote& quote = out_[free_at_];
    quote.span.end = span.end;
    quote.parts.back().end = span.end;
    return true;
  }

  // Marked words inside free speech are that speaker's own.
  void mark_free_fragments(Attributor::Result& found) {
    for (const std::uint32_t f : found.fragments) {
      Draft draft;
      draft.quote.kind = QuoteKind::Direct;
      draft.quote.span = regions_[f].span;
      draft.quote.parts.assign(1, regions_[f].span);
      draft.quote.speaker_span = last_.span;
      draft.nested = true;
      found.drafts.push_back(std::move(draft));
    }
    found.fragments.clear();
  }

  // Fragments without cue: the speaker's, when the sentence goes on about who spoke last.
  void fragments(Attributor::Result& found) const {
    for (const std::uint32_t f : found.fragments) {
      const MarkedRegion& region = regions_[f];
      if (region.last_token - region.first_token < 5) continue;
      if (!same_words(found.subject, last_.span) && found.subject.begin != region.span.begin)
        continue;
      Draft draft;
      draft.quote.kind = QuoteKind::Direct;
      draft.quote.span = region.span;
      draft.quote.parts.assign(1, region.span);
      if (same_words(found.subject, last_.span)) draft.quote.speaker_span = found.subject;
      found.drafts.push_back(std::move(draft));
    }
  }

  [[nodiscard]] bool same_words(Span a, Span b) const {
    return !a.empty() && !b.empty() && article_.at(a) == article_.at(b);
  }

  void remember(const Unit&, const Attributor::Result& found) {
    for (const Draft& draft : found.drafts) {
      if (draft.quote.speaker_span.empty() || draft.nested) continue;
      last_ = {draft.quote.speaker_span, index_, true};
      said_ = last_;
    }
    const bool spoke = !found.drafts.empty();
    if (!spoke && free_unit_ != index_ && !found.subject.empty())
      last_ = {found.subject, index_, false};
  }

  const Article& article_;
  const quote::Lexicon& lexicon_;
  const std::vector<MarkedRegion>& regions_;
  std::vector<Quote> out_;
  Speaker last_;
  Speaker said_;  // the last one who spoke
  static constexpr std::size_t kSpeakerReach =
      4;  // units; on quotes_de train speaker P 64.4 -> 65.0, F1 even
  std::uint32_t paragraph_ = 0;
  std::size_t index_ = 1;
  static constexpr std::size_t kNever = static_cast<std::size_t>(-2);
  std::size_t free_unit_ = kNever;
  std::size_t free_at_ = 0;
};

}  // namespace

QuoteTagger::QuoteTagger(const Pack& pack) : state_(std::make_unique<State>(pack)) {}
QuoteTagger::~QuoteTagger() = default;
QuoteTagger::QuoteTagger(QuoteTagger&&) noexcept = default;

std::vector<Quote> QuoteTagger::run(const Article& article) const {
  const std::vector<MarkedRegion> regions = find_marked_regions(article);
  const quote::NameMap names(article);
  const Attributor attributor(article, state_->lexicon, names, regions);
  Conversation conversation(article, state_->lexicon, regions);
  for (const Unit& unit : quote::build_units(article, state_->lexicon, state_->mood, regions)) {
    conversation.unit(unit, attributor.run(unit));
  }
  std::vector<Quote> quotes = conversation.finish();
  quote::resolve_speakers(article, state_->lexicon, quotes);
  return quotes;
}

}  // namespace twosource::annotate
