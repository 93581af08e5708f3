#include "annotate/time/time.hpp"

#include "annotate/time/grammar.hpp"
#include "annotate/time/numbers.hpp"
#include "annotate/time/resolve.hpp"
#include "annotate/time/tense.hpp"

namespace twosource::annotate {

struct TimeTagger::State {
  explicit State(const Pack& pack) : numbers(pack), grammar(pack), tense(pack) {}
  NumberReader numbers;
  Grammar grammar;
  TenseReader tense;
};

TimeTagger::TimeTagger(const Pack& pack) : state_(std::make_unique<State>(pack)) {}
TimeTagger::~TimeTagger() = default;
TimeTagger::TimeTagger(TimeTagger&&) noexcept = default;

std::vector<Timex> TimeTagger::run(const Article& article) const {
  const std::vector<Draft> drafts =
      state_->grammar.match(article.tokens, article.text, state_->numbers);
  return Resolver(article, state_->tense).run(drafts);
}

}  // namespace twosource::annotate
