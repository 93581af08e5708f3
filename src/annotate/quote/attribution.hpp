#pragma once

#include <vector>

#include "annotate/quote/cues.hpp"
#include "annotate/quote/phrase.hpp"
#include "annotate/quote/unit.hpp"

namespace twosource::annotate::quote {

// A quotation while it is put together: the value that leaves the stage, and where it was found.
struct Draft {
  Quote quote;
  bool nested = false;  // a fragment inside another quotation
};

// Finds what is said inside one unit and who says it. What needs the sentences before (free speech,
// quotations that stand alone) is left to the tagger. Const, thread-safe.
class Attributor {
 public:
  Attributor(const Article& article, const Lexicon& lexicon, const NameMap& names,
             const std::vector<MarkedRegion>& regions)
      : article_(article),
        layer_(article.tokens),
        lexicon_(lexicon),
        regions_(regions),
        phrases_(lexicon, names),
        cues_(article, lexicon, phrases_) {}

  struct Result {
    std::vector<Draft> drafts;
    std::vector<char> taken;               // by segment: part of a quotation
    std::vector<std::uint32_t> fragments;  // fragments that nobody claimed
    Span subject;                          // of the first main clause, for what follows
    bool cued = false;                     // some cue was seen
  };
  [[nodiscard]] Result run(const Unit& unit) const;

 private:
  struct Work;
  void around(Work& w, std::uint32_t k, Quote quote, Phrase speaker) const;
  void fixed_order(Work& w) const;
  void fixed_order_behind(Work& w, const CueHit& hit) const;
  [[nodiscard]] bool quotation_next(const Work& w, std::uint32_t k) const;
  void fixed_order_hit(Work& w, const CueHit& hit) const;
  void fixed_order_content(Work& w, const CueHit& hit, std::uint32_t at) const;
  void inverted(Work& w, const CueHit& hit) const;
  void unknown_inverted(Work& w) const;
  void as_clause(Work& w, const CueHit& hit) const;
  void so_phrases(Work& w) const;
  void according(Work& w) const;
  bool according_in(Work& w, std::uint32_t s) const;
  void according_parts(Work& w, std::uint32_t s, Phrase whole, Phrase speaker,
                       std::uint32_t cue) const;
  void forward(Work& w, const CueHit& hit) const;
  bool quotations_after(Work& w, const CueHit& hit, std::uint32_t c) const;
  void cue_nouns(Work& w) const;
  void colons(Work& w) const;
  void reported(Work& w, const CueHit& hit) const;
  void fragments(Work& w) const;
  void subject(Work& w) const;
  [[nodiscard]] bool title_like(const Unit& unit, const MarkedRegion& region) const;
  [[nodiscard]] std::uint32_t content_end(const Unit& unit, std::uint32_t c) const;
  [[nodiscard]] bool opens_clause(const Unit& unit, const CueHit& hit, std::uint32_t c) const;
  [[nodiscard]] std::uint32_t before_space(std::uint32_t at) const;
  [[nodiscard]] std::uint32_t after_text(std::uint32_t at) const;
  [[nodiscard]] Span marked(Span span, const Unit& unit) const;
  [[nodiscard]] Span phrase_span(const Unit& unit, Phrase phrase) const;
  [[nodiscard]] std::vector<Span> cue_spans(const Unit& unit,
                                            const std::vector<std::uint32_t>& items) const;
  void give_roles(const Unit& unit, const CueHit& hit, Quote& quote) const;
  void add(Work& w, Quote quote) const;

  const Article& article_;
  const TokenLayer& layer_;
  const Lexicon& lexicon_;
  const std::vector<MarkedRegion>& regions_;
  PhraseReader phrases_;
  CueFinder cues_;
};

}  // namespace twosource::annotate::quote
