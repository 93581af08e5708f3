#include "annotate/time/time.hpp"

namespace twosource::annotate {

struct TimeTagger::State {};

TimeTagger::TimeTagger(const Pack&) : state_(std::make_unique<State>()) {}
TimeTagger::~TimeTagger() = default;
TimeTagger::TimeTagger(TimeTagger&&) noexcept = default;

std::vector<Timex> TimeTagger::run(const Article&) const { return {}; }

}  // namespace twosource::annotate
