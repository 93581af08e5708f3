#include "annotate/quote/quote.hpp"

namespace twosource::annotate {

struct QuoteTagger::State {};

QuoteTagger::QuoteTagger(const Pack&) : state_(std::make_unique<State>()) {}
QuoteTagger::~QuoteTagger() = default;
QuoteTagger::QuoteTagger(QuoteTagger&&) noexcept = default;

std::vector<Quote> QuoteTagger::run(const Article&) const { return {}; }

}  // namespace twosource::annotate
