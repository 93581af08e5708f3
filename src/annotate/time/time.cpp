#include "annotate/time/time.hpp"

#include "annotate/time/grammar.hpp"
#include "annotate/time/numbers.hpp"
#include "annotate/time/resolve.hpp"
#include "annotate/time/tense.hpp"

namespace twosource::annotate {

struct TimeTagger::State {
  State(const Pack& pack, DatePreference prefer)
      : numbers(pack), grammar(pack), tense(pack), preference(prefer) {}
  NumberReader numbers;
  Grammar grammar;
  TenseReader tense;
  DatePreference preference;
};

TimeTagger::TimeTagger(const Pack& pack, DatePreference preference)
    : state_(std::make_unique<State>(pack, preference)) {}
TimeTagger::~TimeTagger() = default;
TimeTagger::TimeTagger(TimeTagger&&) noexcept = default;

std::vector<Timex> TimeTagger::run(const Article& article) const {
  const std::vector<Draft> drafts =
      state_->grammar.match(article.tokens, article.text, state_->numbers);
  return Resolver(article, state_->tense, state_->preference).run(drafts);
}

}  // namespace twosource::annotate
