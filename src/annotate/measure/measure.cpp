#include "annotate/measure/measure.hpp"

#include "annotate/measure/lexicon.hpp"
#include "annotate/measure/reader.hpp"
#include "annotate/time/numbers.hpp"

namespace twosource::annotate {

struct MeasureTagger::State {
  explicit State(const Pack& pack) : words(pack), numbers(pack) {}
  MeasureLexicon words;
  NumberReader numbers;
};

MeasureTagger::MeasureTagger(const Pack& pack) : state_(std::make_unique<State>(pack)) {}
MeasureTagger::~MeasureTagger() = default;
MeasureTagger::MeasureTagger(MeasureTagger&&) noexcept = default;

std::vector<Measure> MeasureTagger::run(const Article& article) const {
  return MeasureReader(article, state_->words, state_->numbers).run();
}

}  // namespace twosource::annotate
