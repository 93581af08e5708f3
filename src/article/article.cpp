#include "article/article.hpp"

#include <array>
#include <utility>

#include "article/dossier.hpp"

namespace twosource {
namespace {

// The names of one enum in the order of its enumerators.
template <class E>
struct Names;
// NOLINTBEGIN(bugprone-macro-parentheses): the arguments are a type and a list of literals
#define TWOSOURCE_NAMES(E, ...)                                        \
  template <>                                                          \
  struct Names<E> {                                                    \
    static constexpr auto kValues = std::to_array<std::string_view>({__VA_ARGS__}); \
  };                                                                   \
  }                                                                    \
  std::string_view to_string(E value) noexcept {                       \
    return name_of(value);                                             \
  }                                                                    \
  template std::optional<E> from_string<E>(std::string_view) noexcept; \
  namespace {
// NOLINTEND(bugprone-macro-parentheses)

template <class E>
std::string_view name_of(E value) noexcept {
  return Names<E>::kValues[static_cast<std::size_t>(value)];
}

}  // namespace

template <class E>
std::optional<E> from_string(std::string_view name) noexcept {
  for (std::size_t i = 0; i < Names<E>::kValues.size(); ++i) {
    if (Names<E>::kValues[i] == name) return static_cast<E>(i);
  }
  return std::nullopt;
}

namespace {

TWOSOURCE_NAMES(ParagraphKind, "headline", "teaser", "subhead", "body")
TWOSOURCE_NAMES(ParagraphForm, "running", "item", "quotation", "row")
TWOSOURCE_NAMES(FurnitureKind, "navigation", "share", "caption", "credit", "disclaimer", "prefix",
                "dateline", "byline", "author-code", "player", "related", "advert", "cookie",
                "comment", "paywall", "footer", "tag", "other")
TWOSOURCE_NAMES(DateSource, "none", "meta", "visible", "prefix", "dateline", "url", "option")
TWOSOURCE_NAMES(AgencyKind, "text", "photo")
TWOSOURCE_NAMES(TimexType, "DATE", "TIME", "DURATION", "SET")
TWOSOURCE_NAMES(Unit, "count", "duration", "percent", "percent-points", "money", "length", "area",
                "volume", "weight", "temperature", "speed", "energy", "power", "magnitude", "age",
                "ratio", "score", "ordinal", "other")
TWOSOURCE_NAMES(Bound, "exact", "approx", "at-least", "more-than", "at-most", "less-than", "nearly")
TWOSOURCE_NAMES(Modality, "actual", "planned", "possible", "denied")
TWOSOURCE_NAMES(EntityType, "PER", "LOC", "ORG", "OTH")
TWOSOURCE_NAMES(MentionKind, "name", "role", "pronoun", "metonym")
TWOSOURCE_NAMES(QuoteKind, "direct", "indirect", "reported", "mixed", "free")
TWOSOURCE_NAMES(OriginKind, "own", "agency", "authority", "company", "person", "document",
                "anonymous", "outlet", "unknown")
TWOSOURCE_NAMES(Verdict, "confirmed", "agency-only", "authority-only", "single-outlet",
                "relayed-only", "contradicted", "superseded", "withdrawn")
TWOSOURCE_NAMES(Relation, "equal", "compatible", "different", "superseded")

}  // namespace

std::vector<Span> paragraph_spans(const Article& article) {
  std::vector<Span> spans;
  spans.reserve(article.paragraphs.size());
  for (const Paragraph& p : article.paragraphs) spans.push_back(p.span);
  return spans;
}

}  // namespace twosource
