#include "annotate/name/name.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "annotate/name/lexicon.hpp"
#include "annotate/name/linking.hpp"
#include "annotate/name/marks.hpp"
#include "annotate/name/rules.hpp"
#include "annotate/name/spread.hpp"

namespace twosource::annotate {
namespace {

using name::Draft;
using name::NameSpan;

Span bytes_of(const TokenLayer& layer, const NameSpan& s) {
  return {layer.tokens[s.begin].span.begin, layer.tokens[s.end - 1].span.end};
}

}  // namespace

struct NameTagger::State {
  State(const PackSet& packs, const Pack& pack) : lexicon(packs, pack) {}
  name::Lexicon lexicon;
};

NameTagger::NameTagger(const PackSet& packs, const Pack& pack)
    : state_(std::make_unique<State>(packs, pack)) {}
NameTagger::~NameTagger() = default;
NameTagger::NameTagger(NameTagger&&) noexcept = default;

NameLayer NameTagger::run(const Article& article) const {
  const std::vector<name::Mark> marks = name::mark_tokens(state_->lexicon, article);
  const name::View view{state_->lexicon, article, article.tokens, marks};
  const std::vector<NameSpan> spans = name::spread_names(view, name::rule_spans(view));
  name::Linked linked = name::link_names(view, spans);
  NameLayer out;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    out.mentions.push_back(
        {bytes_of(article.tokens, spans[i]), linked.draft[i], MentionKind::Name});
  }
  for (std::size_t i = 0; i < linked.drafts.size(); ++i) {
    out.entities.push_back(std::move(linked.drafts[i].entity));
    out.entities.back().id = fmt::format("e{}", i + 1);
  }
  return out;
}

}  // namespace twosource::annotate
