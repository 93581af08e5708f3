#include "annotate/annotator.hpp"

#include <map>
#include <string>

#include "annotate/measure/measure.hpp"
#include "annotate/name/name.hpp"
#include "annotate/quote/quote.hpp"
#include "text/tokenizer.hpp"

namespace twosource::annotate {
namespace {

// "Jan Redlich" is no January: a time inside a person's name of several words goes. Both lists are
// in text order.
void drop_times_in_names(Article& article) {
  std::size_t m = 0;
  std::erase_if(article.times, [&](const Timex& t) {
    while (m < article.mentions.size() && article.mentions[m].span.end <= t.span.begin) ++m;
    if (m == article.mentions.size()) return false;
    const Mention& mention = article.mentions[m];
    return mention.kind == MentionKind::Name && mention.span.contains(t.span) &&
           mention.span.size() > t.span.size() &&
           article.entities[mention.entity].type == EntityType::Person;
  });
}

}  // namespace

struct Annotator::State {
  struct Taggers {
    Taggers(const PackSet& packs, const Pack& pack, DatePreference preference)
        : tokenizer(pack), time(pack, preference), measure(pack), name(packs, pack), quote(pack) {}
    Tokenizer tokenizer;
    TimeTagger time;
    MeasureTagger measure;
    NameTagger name;
    QuoteTagger quote;
  };

  std::map<std::string, Taggers, std::less<>> by_language;

  // The taggers of a language, those of English for a language without pack.
  [[nodiscard]] const Taggers& of(const std::string& language) const {
    const auto it = by_language.find(language);
    return it == by_language.end() ? by_language.at("en") : it->second;
  }
};

Annotator::Annotator(const PackSet& packs, DatePreference preference) {
  auto state = std::make_unique<State>();
  for (const std::string& code : packs.languages()) {
    state->by_language.try_emplace(code, packs, packs.get(code), preference);
  }
  if (!state->by_language.contains("en")) throw PackError("lang/en: the English pack is missing");
  state_ = std::move(state);
}
Annotator::~Annotator() = default;
Annotator::Annotator(Annotator&&) noexcept = default;

void Annotator::tokenize(Article& article) const {
  const std::vector<Span> paragraphs = paragraph_spans(article);
  article.tokens = state_->of(article.language).tokenizer.run(article.text, paragraphs);
}

void Annotator::run(std::span<Article> articles) const {
  const auto taggers = [&](const Article& a) -> const State::Taggers& {
    return state_->of(a.language);
  };
  for (Article& a : articles) tokenize(a);
  for (Article& a : articles) a.times = taggers(a).time.run(a);
  for (Article& a : articles) a.measures = taggers(a).measure.run(a);
  for (Article& a : articles) {
    NameLayer names = taggers(a).name.run(a);
    a.entities = std::move(names.entities);
    a.mentions = std::move(names.mentions);
    drop_times_in_names(a);
  }
  for (Article& a : articles) a.quotes = taggers(a).quote.run(a);
}

}  // namespace twosource::annotate
