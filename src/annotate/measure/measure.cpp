#include "annotate/measure/measure.hpp"

namespace twosource::annotate {

struct MeasureTagger::State {};

MeasureTagger::MeasureTagger(const Pack&) : state_(std::make_unique<State>()) {}
MeasureTagger::~MeasureTagger() = default;
MeasureTagger::MeasureTagger(MeasureTagger&&) noexcept = default;

std::vector<Measure> MeasureTagger::run(const Article&) const { return {}; }

}  // namespace twosource::annotate
