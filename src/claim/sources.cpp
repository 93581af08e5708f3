#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "claim/attribution.hpp"
#include "text/utf8.hpp"

// Who the words for a source mean: the part of Attributor that reads names and nouns.
namespace twosource::claim {
namespace {

constexpr std::size_t kShortestBody = 4;  // bytes: "amt" is no beginning of a word

}  // namespace

std::string entity_key(const CorpusEntity& entity) {
  if (entity.name.find(' ') != std::string::npos) return "entity:" + entity.id;
  return "name:" + utf8::fold(entity.name);
}

// The first mention that begins there or later.
std::vector<Mention>::const_iterator Attributor::first_mention(const Article& a,
                                                               std::uint32_t begin) {
  return std::partition_point(a.mentions.begin(), a.mentions.end(),
                              [&](const Mention& m) { return m.span.begin < begin; });
}

Origin Attributor::entity_origin(const CorpusEntity& entity, const Lexicon& lexicon) const {
  Origin o;
  o.name = entity.name;
  const std::string lower = utf8::lower(entity.name);
  if (const std::string* agency = known_.agency(lower)) {
    o.kind = OriginKind::Agency;
    o.name = *agency;
    o.key = "agency:" + o.name;
    return o;
  }
  o.key = entity_key(entity);
  if (entity.type == EntityType::Person) {
    const bool official = std::any_of(entity.roles.begin(), entity.roles.end(), [&](const Role& r) {
      return lexicon.authority_role(r.title);
    });
    o.kind = official ? OriginKind::Authority : OriginKind::Person;
    o.person = true;
    return o;
  }
  if (entity.type == EntityType::Location) {
    o.kind = OriginKind::Authority;  // a capital that speaks is its government, or part of it
    o.person = true;
    return o;
  }
  // An outlet that others name is the house that its own articles are from.
  if (const std::string* house = known_.house(lower)) {
    o.kind = OriginKind::Outlet;
    o.key = *house;
    return o;
  }
  if (const OriginKind* known = known_.organisation(lower)) {
    o.kind = *known;
    if (o.kind == OriginKind::Outlet) o.key = "house:" + lower;
    return o;
  }
  o.kind = OriginKind::Company;
  for (std::size_t at = 0; at < lower.size();) {
    const std::size_t blank = std::min(lower.find(' ', at), lower.size());
    if (const auto kind = lexicon.source_kind(std::string_view(lower).substr(at, blank - at))) {
      o.kind = *kind;
      if (o.kind == OriginKind::Outlet) o.key = "house:" + lower;
      break;
    }
    at = blank + 1;
  }
  return o;
}

Origin Attributor::noun_origin(const Article& a, Span speaker, const Lexicon& lexicon) const {
  const auto [first, last] = a.tokens.tokens_in(speaker);
  std::optional<Origin> vague;  // "Informationen", "einem Bericht": of whom may follow
  for (std::size_t t = first; t < last; ++t) {
    if (a.tokens.tokens[t].kind != TokenKind::Word) continue;
    std::size_t behind = t;
    if (auto medium = known_.medium_at(a, t, last, behind)) return *std::move(medium);
    const std::string lower(lexicon.source_base(a.tokens.lower(t)));
    const auto kind = lexicon.source_kind(lower);
    if (!kind || vague) continue;
    // "two hospital sources" are not the hospital.
    const bool before = t + 1 < last && a.tokens.tokens[t + 1].kind == TokenKind::Word;
    if (before && lexicon.source_kind(a.tokens.lower(t + 1)) == OriginKind::Anonymous) continue;
    if (*kind == OriginKind::Outlet) {
      if (auto medium = named_medium(a, t, last)) return *std::move(medium);
    }
    Origin o;
    o.kind = *kind == OriginKind::Outlet ? OriginKind::Anonymous : *kind;
    const std::size_t ending = a.tokens.lower(t).size() - lower.size();
    o.name = a.at(a.tokens.tokens[t].span);
    o.name.resize(o.name.size() - std::min(ending, o.name.size()));
    o.person = true;  // "die Regierung" and "das Ministerium" may be one body
    o.key = fmt::format("{}:{}", to_string(o.kind), lower);
    // Nobody can tell whether two anonymous sources are two: each article's is its own.
    if (o.kind == OriginKind::Anonymous) o.key += "@" + a.id;
    if (o.kind != OriginKind::Anonymous && o.kind != OriginKind::Document) return o;
    vague = std::move(o);
  }
  if (vague) return *std::move(vague);
  const std::string name = utf8::squeeze(a.at(speaker));
  return {"", OriginKind::Anonymous, name, fmt::format("anonymous:{}@{}", utf8::lower(name), a.id)};
}

// "das Lokalblatt Seebote", "the daily Le Monde": an outlet that no table knows. `t`: its noun.
std::optional<Origin> Attributor::named_medium(const Article& a, std::size_t t, std::size_t end) {
  std::string name;
  for (++t; t < end; ++t) {
    const Token& token = a.tokens.tokens[t];
    if (token.kind != TokenKind::Word) {
      if (name.empty()) continue;
      break;
    }
    if (!token.upper) break;
    if (!name.empty()) name += ' ';
    name += a.at(token.span);
  }
  if (name.empty()) return std::nullopt;
  std::string key = "house:" + utf8::lower(name);
  return Origin{"", OriginKind::Outlet, std::move(name), std::move(key)};
}

Attributor::Source Attributor::source_in(const Article& a, std::uint32_t article, Span words,
                                         std::int32_t entity) const {
  const Lexicon& lexicon = lexicons_.of(a.language);
  const auto& corpus = dossier_.entity_of[article];
  if (entity < 0 || static_cast<std::size_t>(entity) >= corpus.size()) {
    Origin origin = noun_origin(a, words, lexicon);
    std::string body = body_of(origin, nullptr, lexicon);
    return {std::move(origin), std::move(body), -1, {}};
  }
  std::uint32_t at = words.begin;  // where the entity is named
  for (auto m = first_mention(a, words.begin); m != a.mentions.end() && m->span.end <= words.end;
       ++m) {
    if (m->entity != static_cast<std::uint32_t>(entity)) continue;
    at = m->span.begin;
    break;
  }
  const std::uint32_t of_corpus = corpus[static_cast<std::size_t>(entity)];
  const CorpusEntity& who = dossier_.entities[of_corpus];
  Origin origin = entity_origin(who, lexicon);
  const bool medium = origin.kind == OriginKind::Agency || origin.kind == OriginKind::Outlet;
  if (medium && at > words.begin) {
    // "die Polizei der Nachrichtenagentur": the body in front speaks, to the medium.
    Origin teller = noun_origin(a, {words.begin, at}, lexicon);
    if (teller.kind == OriginKind::Authority || teller.kind == OriginKind::Company) {
      std::string body = body_of(teller, nullptr, lexicon);
      return {std::move(teller), std::move(body), -1, origin.name};
    }
  }
  std::string body = body_of(origin, &who, lexicon);
  return {std::move(origin), std::move(body), static_cast<std::int32_t>(of_corpus), {}};
}

// The word for a body that the words begin with or consist of: "Polizeisprecherin" -> "polizei",
// "Sprecher der Feuerwehr" -> "feuerwehr".
std::string Attributor::body_of(const Origin& origin, const CorpusEntity* entity,
                                const Lexicon& lexicon) const {
  if (origin.kind == OriginKind::Anonymous || origin.kind == OriginKind::Outlet) return {};
  std::vector<std::string> words;
  const auto split = [&](std::string_view text) {
    const std::string lower = utf8::lower(text);
    for (std::size_t at = 0; at < lower.size();) {
      const std::size_t blank = std::min(lower.find(' ', at), lower.size());
      words.push_back(lower.substr(at, blank - at));
      at = blank + 1;
    }
  };
  if (entity == nullptr || entity->type == EntityType::Organisation) split(origin.name);
  if (entity != nullptr) {
    for (const Role& role : entity->roles) split(role.title);
  }
  for (const std::string& word : words) {
    const std::string_view stem = lexicon.body_stem(word);
    if (lexicon.source_kind(word) || stem.size() < word.size()) return std::string(stem);
    for (std::size_t size = word.size() - 1; size >= kShortestBody && size < word.size(); --size) {
      if (lexicon.source_noun(std::string_view(word).substr(0, size))) return word.substr(0, size);
    }
  }
  return {};
}

// The person or body that the words begin with: no noun for a source stands before its name.
std::int32_t Attributor::named_first(const Article& a, std::uint32_t article, Span words) const {
  const auto& corpus = dossier_.entity_of[article];
  const auto m = first_mention(a, words.begin);
  if (m == a.mentions.end() || m->span.end > words.end || m->entity >= corpus.size()) return -1;
  if (dossier_.entities[corpus[m->entity]].type == EntityType::Location) return -1;
  const Lexicon& lexicon = lexicons_.of(a.language);
  const auto [first, last] = a.tokens.tokens_in({words.begin, m->span.begin});
  for (std::size_t t = first; t < last; ++t) {
    if (lexicon.source_kind(a.tokens.lower(t))) return -1;
  }
  return static_cast<std::int32_t>(m->entity);
}

std::string Attributor::medium_within(const Article& a, std::uint32_t article, Span words) const {
  const Lexicon& lexicon = lexicons_.of(a.language);
  const auto& corpus = dossier_.entity_of[article];
  for (auto m = first_mention(a, words.begin); m != a.mentions.end() && m->span.end <= words.end;
       ++m) {
    if (m->entity >= corpus.size()) continue;
    const Origin o = entity_origin(dossier_.entities[corpus[m->entity]], lexicon);
    if (o.kind == OriginKind::Agency || o.kind == OriginKind::Outlet) return o.name;
  }
  const auto [first, last] = a.tokens.tokens_in(words);
  for (std::size_t t = first; t < last; ++t) {
    std::size_t behind = t;
    if (const auto medium = known_.medium_at(a, t, last, behind)) return medium->name;
  }
  return {};
}

}  // namespace twosource::claim
