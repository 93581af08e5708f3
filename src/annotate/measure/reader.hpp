#pragma once

#include <optional>
#include <string>
#include <vector>

#include "annotate/measure/lexicon.hpp"
#include "annotate/time/numbers.hpp"
#include "article/article.hpp"

namespace twosource::annotate {

// A number as values show it: "3", "2.5".
[[nodiscard]] std::string show_number(double value);
// What a number lacks of the scale of a second one: "vier bis fünf Millionen" -> 1000000, else 1.
[[nodiscard]] double shared_scale(double value, double granularity, const Number& n);

// Reads the measures of one article. One reader a text.
class MeasureReader {
 public:
  MeasureReader(const Article& article, const MeasureLexicon& words, const NumberReader& numbers)
      : article_(article),
        layer_(article.tokens),
        words_(words),
        numbers_(numbers),
        marks_(article.tokens.tokens.size(), 0) {}
  [[nodiscard]] std::vector<Measure> run();

 private:
  // A number under way: tokens [first, next), its values, and the sentence's token range.
  struct Found {
    std::size_t first = 0;
    std::size_t next = 0;
    double low = 0;
    double high = 0;
    double granularity = 1;
    bool word_only = false;  // an article or a number word: needs a unit or a noun
    bool article = false;
    bool range = false;
  };
  void sentence(const Sentence& s, std::vector<Measure>& out);
  std::size_t number_at(std::size_t here, std::size_t begin, std::size_t end,
                        std::vector<Measure>& out) const;
  std::size_t word_at(std::size_t here, std::size_t begin, std::size_t end,
                      std::vector<Measure>& out) const;
  [[nodiscard]] bool counts_nothing(std::size_t here, std::size_t begin, const Number& n) const;
  void read_range(Found& f, std::size_t begin, std::size_t end) const;
  [[nodiscard]] std::optional<Measure> score(const Found& f, std::size_t begin, std::size_t end,
                                             std::size_t& next,
                                             const std::vector<Measure>& out) const;
  [[nodiscard]] std::optional<Measure> with_unit(const Found& f, std::size_t begin, std::size_t end,
                                                 std::size_t& next) const;
  [[nodiscard]] const MeasureUnit* unit_around(const Found& f, std::size_t begin, std::size_t end,
                                               std::size_t& first, std::size_t& next) const;
  [[nodiscard]] std::optional<Measure> without_unit(const Found& f, std::size_t begin,
                                                    std::size_t end, std::size_t& next) const;
  [[nodiscard]] std::optional<Measure> holding_number(std::size_t here, std::size_t begin,
                                                      std::size_t end, Found& f,
                                                      std::size_t& next) const;
  [[nodiscard]] std::optional<Measure> count(const Found& f, std::size_t end,
                                             std::size_t& next) const;
  // forms.cpp: ratios, ages and counts whose noun or unit stands elsewhere.
  [[nodiscard]] std::optional<Measure> plain_number(Found& f, const Number& n, std::size_t begin,
                                                    std::size_t end, std::size_t& next,
                                                    const std::vector<Measure>& out) const;
  [[nodiscard]] std::optional<Measure> share(const Found& f, std::size_t end,
                                             std::size_t& next) const;
  [[nodiscard]] std::optional<Measure> nth(const Found& f, std::size_t end,
                                           std::size_t& next) const;
  [[nodiscard]] std::optional<Measure> each_nth(const Found& f, std::size_t begin, std::size_t end,
                                                std::size_t& next) const;
  [[nodiscard]] std::optional<Measure> part_of(std::size_t here, std::size_t end,
                                               std::size_t& next) const;
  [[nodiscard]] std::optional<Measure> changed(const Found& f, std::size_t begin, std::size_t end,
                                               std::size_t& next) const;
  [[nodiscard]] std::optional<Measure> compound(std::size_t here) const;
  [[nodiscard]] std::optional<Measure> count_elsewhere(const Found& f, std::size_t begin,
                                                       std::size_t end, std::size_t& next,
                                                       const std::vector<Measure>& out) const;
  [[nodiscard]] Span counted_in_total(const Found& f, std::size_t begin, std::size_t end) const;
  [[nodiscard]] Span counted_by_state(const Found& f, std::size_t end) const;
  [[nodiscard]] bool age_beside_name(const Found& f, std::size_t begin, std::size_t end) const;
  [[nodiscard]] bool is_rate(std::size_t here, const std::vector<Measure>& out) const;
  [[nodiscard]] bool clause_ends(std::size_t here, std::size_t end) const;
  [[nodiscard]] bool near_before(MeasureWord word, std::size_t here, std::size_t begin,
                                 std::size_t reach) const;
  [[nodiscard]] Measure in_unit(const Found& f, const MeasureUnit& unit, bool minus) const;
  [[nodiscard]] std::optional<Measure> duration(const Timex& t) const;
  void finish(Measure& m, const Found& f, std::size_t begin, std::size_t end,
              std::size_t measure_end) const;
  // The noun phrase that starts at a token; empty when there is none.
  [[nodiscard]] Span noun_phrase(std::size_t here, std::size_t end) const;
  [[nodiscard]] Span noun_phrase_capital(std::size_t here, std::size_t end) const;
  [[nodiscard]] Span noun_phrase_plural(std::size_t here, std::size_t end) const;
  [[nodiscard]] Modality modality(std::size_t first, std::size_t last, std::size_t begin,
                                  std::size_t end, bool lasts = false) const;
  [[nodiscard]] Span what_lasts(std::size_t first, std::size_t last, std::size_t begin,
                                std::size_t end) const;
  void set_of(Measure& m, Span of) const;
  [[nodiscard]] Span tokens_span(std::size_t first, std::size_t next) const {
    return {layer_.tokens[first].span.begin, layer_.tokens[next - 1].span.end};
  }

  [[nodiscard]] std::uint64_t marks(std::size_t i) const;
  [[nodiscard]] std::uint32_t at(MeasureWord word, std::size_t i, std::size_t end) const;
  [[nodiscard]] std::uint32_t before(MeasureWord word, std::size_t begin, std::size_t i) const;
  [[nodiscard]] MeasureLexicon::BoundMatch bound_at(std::size_t i, std::size_t end) const;
  [[nodiscard]] MeasureLexicon::BoundMatch bound_before(std::size_t begin, std::size_t i) const;
  [[nodiscard]] const MeasureUnit* unit_at(std::size_t i, std::size_t end,
                                           std::uint32_t& tokens) const;

  const Article& article_;
  const TokenLayer& layer_;
  const MeasureLexicon& words_;
  const NumberReader& numbers_;
  mutable std::vector<std::uint64_t> marks_;  // by token, 0: not asked yet
  std::size_t time_ = 0;                      // index of the next time expression
};

}  // namespace twosource::annotate
