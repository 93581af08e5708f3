#include "annotate/name/name.hpp"

namespace twosource::annotate {

struct NameTagger::State {};

NameTagger::NameTagger(const PackSet&, const Pack&) : state_(std::make_unique<State>()) {}
NameTagger::~NameTagger() = default;
NameTagger::NameTagger(NameTagger&&) noexcept = default;

NameLayer NameTagger::run(const Article&) const { return {}; }

}  // namespace twosource::annotate
