#include "annotate/name/name.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "annotate/name/lexicon.hpp"
#include "annotate/name/linking.hpp"
#include "annotate/name/marks.hpp"
#include "annotate/name/model.hpp"
#include "annotate/name/references.hpp"
#include "annotate/name/review.hpp"
#include "annotate/name/roles.hpp"
#include "annotate/name/rules.hpp"
#include "annotate/name/settle.hpp"
#include "annotate/name/spread.hpp"

namespace twosource::annotate {
namespace {

using name::Linked;
using name::NameSpan;

Span bytes_of(const TokenLayer& layer, std::uint32_t begin, std::uint32_t end) {
  return {layer.tokens[begin].span.begin, layer.tokens[end - 1].span.end};
}

// Entities in order of their first mention; those without one are dropped.
void number_entities(Linked& linked, NameLayer& layer) {
  constexpr std::uint32_t kNone = static_cast<std::uint32_t>(-1);
  std::vector<std::uint32_t> place(linked.drafts.size(), kNone);
  for (Mention& m : layer.mentions) {
    if (place[m.entity] == kNone) {
      place[m.entity] = static_cast<std::uint32_t>(layer.entities.size());
      layer.entities.push_back(std::move(linked.drafts[m.entity].entity));
      layer.entities.back().id = fmt::format("e{}", layer.entities.size());
    }
    m.entity = place[m.entity];
  }
}

}  // namespace

struct NameTagger::State {
  State(const PackSet& packs, const Pack& pack)
      : lexicon(packs, pack), model(pack.bytes("names.model")) {}

  // The names of a text: by the model where the pack has one, else by the rules.
  [[nodiscard]] std::vector<NameSpan> spans(const name::View& view) const {
    std::vector<NameSpan> found = name::rule_spans(view);
    if (!model.empty()) found = name::review_names(view, model.run(view, found), found);
    return name::spread_names(view, name::settle_persons(view, std::move(found)));
  }

  name::Lexicon lexicon;
  name::Model model;
};

NameTagger::NameTagger(const PackSet& packs, const Pack& pack)
    : state_(std::make_unique<State>(packs, pack)) {}
NameTagger::~NameTagger() = default;
NameTagger::NameTagger(NameTagger&&) noexcept = default;

NameLayer NameTagger::run(const Article& article) const {
  const TokenLayer& tokens = article.tokens;
  const std::vector<name::Mark> marks = name::mark_tokens(state_->lexicon, article);
  const name::View view{state_->lexicon, article, tokens, marks};
  const std::vector<NameSpan> spans = state_->spans(view);
  Linked linked = name::link_names(view, spans);
  std::vector<name::RolePhrase> phrases = name::role_phrases(view, spans);
  name::attach_roles(view, spans, phrases, linked);
  std::vector<std::uint32_t> metonyms;
  const auto references = name::find_references(view, spans, phrases, linked, metonyms);
  NameLayer out;
  for (std::uint32_t i = 0; i < spans.size(); ++i) {
    const bool metonym = std::binary_search(metonyms.begin(), metonyms.end(), i);
    out.mentions.push_back({bytes_of(tokens, spans[i].begin, spans[i].end), linked.draft[i],
                            metonym ? MentionKind::Metonym : MentionKind::Name});
  }
  for (const name::Reference& r : references) {
    out.mentions.push_back({bytes_of(tokens, r.begin, r.end), r.draft, r.kind});
  }
  std::sort(out.mentions.begin(), out.mentions.end(),
            [](const Mention& a, const Mention& b) { return a.span < b.span; });
  number_entities(linked, out);
  return out;
}

}  // namespace twosource::annotate
