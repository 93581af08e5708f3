#include "claim/attribution.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "claim/genre.hpp"
#include "text/utf8.hpp"

namespace twosource::claim {
namespace {

constexpr std::size_t kShortestBody = 4;  // bytes: "amt" is no beginning of a word
constexpr std::uint32_t kCueBytes = 12;   // a cue and its comma: ", erklärte "

// Which origin a kind of organisation (organisations.tsv) makes.
OriginKind kind_of_organisation(std::string_view kind) {
  if (kind == "government" || kind == "authority" || kind == "court" || kind == "military" ||
      kind == "international") {
    return OriginKind::Authority;
  }
  return kind == "media" ? OriginKind::Outlet : OriginKind::Company;
}

}  // namespace

Bodies::Bodies(const PackSet& packs) {
  for (const std::string& language : packs.languages()) {
    const Table& agencies = packs.get(language).table("agencies.tsv");
    for (const Row& row : agencies.rows()) {
      const std::string& name = row.cells[agencies.column("name")];
      if (row.cells[agencies.column("kind")] == "photo") continue;
      agencies_.try_emplace(utf8::lower(name), name);
      for (const std::string& alias : split_list(row.cells[agencies.column("aliases")])) {
        agencies_.try_emplace(utf8::lower(alias), name);
      }
    }
    const Table& outlets = packs.get(language).table("outlets.tsv");
    for (const Row& row : outlets.rows()) {
      const std::string& name = row.cells[outlets.column("name")];
      const std::string& group = row.cells[outlets.column("group")];
      const std::string house = "house:" + utf8::lower(group.empty() ? name : group);
      houses_.try_emplace(utf8::lower(name), house);
      for (const std::string& alias : split_list(row.cells[outlets.column("aliases")])) {
        houses_.try_emplace(utf8::lower(alias), house);
      }
    }
    const Table& bodies = packs.get(language).table("organisations.tsv");
    for (const Row& row : bodies.rows()) {
      const OriginKind kind = kind_of_organisation(row.cells[bodies.column("kind")]);
      organisations_.try_emplace(utf8::lower(row.cells[bodies.column("name")]), kind);
      for (const std::string& alias : split_list(row.cells[bodies.column("aliases")])) {
        organisations_.try_emplace(utf8::lower(alias), kind);
      }
    }
  }
}

const std::string* Bodies::agency(std::string_view lower) const {
  const auto it = agencies_.find(lower);
  return it == agencies_.end() ? nullptr : &it->second;
}

const std::string* Bodies::house(std::string_view lower) const {
  const auto it = houses_.find(lower);
  return it == houses_.end() ? nullptr : &it->second;
}

const OriginKind* Bodies::organisation(std::string_view lower) const {
  const auto it = organisations_.find(lower);
  return it == organisations_.end() ? nullptr : &it->second;
}

Attributor::Attributor(Dossier& dossier, const Bodies& known, const Lexicons& lexicons)
    : dossier_(dossier), known_(known), lexicons_(lexicons) {
  for (std::size_t i = 0; i < dossier.origins.size(); ++i) {
    by_key_.try_emplace(dossier.origins[i].key, static_cast<std::int32_t>(i));
  }
}

std::int32_t Attributor::intern(Origin origin, std::string body) {
  const auto next = static_cast<std::int32_t>(dossier_.origins.size());
  const auto [it, inserted] = by_key_.try_emplace(origin.key, next);
  if (inserted) {
    origin.id = fmt::format("o{}", next + 1);
    dossier_.origins.push_back(std::move(origin));
  }
  if (!body.empty()) bodies_.try_emplace(it->second, std::move(body));
  return it->second;
}

const Quote* Attributor::covering_quote(const Article& a, const SentenceUnit& unit) const {
  const Quote* best = nullptr;
  std::uint32_t most = 0;
  for (const Quote& q : a.quotes) {
    if (q.span.begin >= unit.span.end) break;
    std::uint32_t covered = 0;
    for (const Span part : q.parts) {
      const std::uint32_t begin = std::max(part.begin, unit.span.begin);
      const std::uint32_t end = std::min(part.end, unit.span.end);
      if (begin < end) covered += end - begin;
    }
    // The words that say who said it are no content: "…, sagte die Außenministerin des Landes".
    const std::uint32_t frame =
        unit.span.contains(q.speaker_span) ? q.speaker_span.size() + kCueBytes : kCueBytes;
    const std::uint32_t content = unit.span.size() - std::min(unit.span.size(), frame);
    if (2 * covered >= content && covered > most) {
      most = covered;
      best = &q;
    }
  }
  return best;
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
  o.key = "entity:" + entity.id;
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
  const std::string* house = known_.house(lower);
  if (house != nullptr) o.key = *house;
  if (const OriginKind* known = known_.organisation(lower)) {
    o.kind = *known;
    if (o.kind == OriginKind::Outlet && house == nullptr) o.key = "house:" + lower;
    return o;
  }
  o.kind = OriginKind::Company;
  for (std::size_t at = 0; at < lower.size();) {
    const std::size_t blank = std::min(lower.find(' ', at), lower.size());
    if (const auto kind = lexicon.source_kind(std::string_view(lower).substr(at, blank - at))) {
      o.kind = *kind;
      break;
    }
    at = blank + 1;
  }
  return o;
}

Origin Attributor::noun_origin(const Article& a, Span speaker, const Lexicon& lexicon) const {
  Origin o;
  const auto [first, last] = a.tokens.tokens_in(speaker);
  for (std::size_t t = first; t < last; ++t) {
    if (a.tokens.tokens[t].kind != TokenKind::Word) continue;
    const std::string lower(a.tokens.lower(t));
    if (const std::string* agency = known_.agency(lower)) {
      return {"", OriginKind::Agency, *agency, "agency:" + *agency};
    }
    const auto kind = lexicon.source_kind(lower);
    if (!kind) continue;
    o.kind = *kind;
    o.name = std::string(a.at(a.tokens.tokens[t].span));
    o.person = true;  // "die Regierung" and "das Ministerium" may be one body
    o.key = fmt::format("{}:{}", to_string(o.kind), lower);
    // Nobody can tell whether two anonymous sources are two: each article's is its own.
    if (o.kind == OriginKind::Anonymous) o.key += "@" + a.id;
    return o;
  }
  o.kind = OriginKind::Anonymous;
  o.name = utf8::squeeze(a.at(speaker));
  o.key = fmt::format("anonymous:{}@{}", utf8::lower(o.name), a.id);
  return o;
}

std::int32_t Attributor::speech_origin(const Article& a, std::uint32_t article, const Quote& q) {
  const Lexicon& lexicon = lexicons_.of(a.language);
  const auto& corpus = dossier_.entity_of[article];
  if (q.speaker >= 0 && static_cast<std::size_t>(q.speaker) < corpus.size()) {
    const std::uint32_t entity = corpus[static_cast<std::size_t>(q.speaker)];
    Origin origin = entity_origin(dossier_.entities[entity], lexicon);
    std::string body = body_of(origin, &dossier_.entities[entity], lexicon);
    return intern(std::move(origin), std::move(body));
  }
  if (q.speaker_span.empty()) return -1;
  Origin origin = noun_origin(a, q.speaker_span, lexicon);
  std::string body = body_of(origin, nullptr, lexicon);
  return intern(std::move(origin), std::move(body));
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
    if (lexicon.source_kind(word)) return word;
    for (std::size_t size = word.size() - 1; size >= kShortestBody && size < word.size(); --size) {
      if (lexicon.source_noun(std::string_view(word).substr(0, size))) return word.substr(0, size);
    }
  }
  return {};
}

const std::string& Attributor::body(std::int32_t origin) const {
  static const std::string kNone;
  const auto it = bodies_.find(origin);
  return it == bodies_.end() ? kNone : it->second;
}

void Attributor::set_speaker(const SentenceUnit& unit, const Quote& q, Statement& s) {
  const Article& a = dossier_.articles[unit.article];
  const std::int32_t carrier = s.origin;
  const std::int32_t speech = speech_origin(a, unit.article, q);
  if (speech >= 0) {
    s.origin = speech;
    if (carrier >= 0 && carrier != speech) {
      const Origin& through = dossier_.origins[static_cast<std::size_t>(carrier)];
      if (through.kind == OriginKind::Agency) s.via.push_back(through.name);
    }
  }
  if (q.speaker >= 0) {
    s.speaker = static_cast<std::int32_t>(
        dossier_.entity_of[unit.article][static_cast<std::size_t>(q.speaker)]);
  }
}

const Attributor::OwnVoice& Attributor::own_voice(std::uint32_t article) {
  const auto [it, fresh] = own_voices_.try_emplace(article);
  OwnVoice& voice = it->second;
  if (!fresh) return voice;
  const Article& a = dossier_.articles[article];
  const Lexicon& lexicon = lexicons_.of(a.language);
  if (is_release(a, lexicon) && !a.publisher.empty()) {
    const std::string name = utf8::lower(a.publisher);
    Origin origin{"", OriginKind::Company, a.publisher, "release:" + name};
    for (const std::uint32_t of_article : dossier_.entity_of[article]) {
      const CorpusEntity& e = dossier_.entities[of_article];
      if (e.type != EntityType::Organisation || utf8::lower(e.name) != name) continue;
      origin = entity_origin(e, lexicon);
      break;
    }
    voice.release = intern(std::move(origin));
  }
  Interview interview = find_interview(a, lexicon);
  voice.answers = std::move(interview.answers);
  const auto& corpus = dossier_.entity_of[article];
  if (interview.entity >= 0 && static_cast<std::size_t>(interview.entity) < corpus.size()) {
    voice.answers_speaker =
        static_cast<std::int32_t>(corpus[static_cast<std::size_t>(interview.entity)]);
    const CorpusEntity& who = dossier_.entities[static_cast<std::size_t>(voice.answers_speaker)];
    Origin origin = entity_origin(who, lexicon);
    std::string body = body_of(origin, &who, lexicon);
    voice.answers_origin = intern(std::move(origin), std::move(body));
  } else if (!voice.answers.empty()) {
    voice.answers_origin = intern({"", OriginKind::Anonymous, "", "anonymous:answers@" + a.id});
  }
  return voice;
}

Statement Attributor::carried(const SentenceUnit& unit) {
  Statement s;
  s.evidence = {unit.article, unit.span};
  if (unit.article < dossier_.sentence_origins.size() &&
      unit.sentence < dossier_.sentence_origins[unit.article].size()) {
    s.origin = dossier_.sentence_origins[unit.article][unit.sentence].origin;
  }
  if (s.origin < 0) return s;
  const OriginKind kind = dossier_.origins[static_cast<std::size_t>(s.origin)].kind;
  if (kind != OriginKind::Own && kind != OriginKind::Outlet) return s;
  const OwnVoice& voice = own_voice(unit.article);
  if (voice.release >= 0) s.origin = voice.release;
  const bool answer = std::any_of(voice.answers.begin(), voice.answers.end(),
                                  [&](Span span) { return span.contains(unit.span); });
  if (answer) {
    s.origin = voice.answers_origin;
    s.speaker = voice.answers_speaker;
  }
  return s;
}

Statement Attributor::statement(const SentenceUnit& unit) {
  Statement s = carried(unit);
  if (const Quote* q = covering_quote(dossier_.articles[unit.article], unit)) {
    set_speaker(unit, *q, s);
  } else if (const std::int32_t o = pronoun_origin(dossier_.articles[unit.article], unit); o >= 0) {
    s.origin = o;
  }
  return s;
}

std::int32_t Attributor::pronoun_origin(const Article& a, const SentenceUnit& unit) {
  const Lexicon& lexicon = lexicons_.of(a.language);
  const Sentence& sentence = a.tokens.sentences[unit.sentence];
  for (std::size_t t = sentence.first_token; t + 1 < sentence.last_token; ++t) {
    const bool pronoun = lexicon.is(a.tokens.lower(t), ClaimWord::Pronoun);
    const bool before = pronoun && lexicon.is(a.tokens.lower(t + 1), ClaimWord::Saying);
    const bool behind = !pronoun && lexicon.is(a.tokens.lower(t), ClaimWord::Saying) &&
                        lexicon.is(a.tokens.lower(t + 1), ClaimWord::Pronoun);
    if (!before && !behind) continue;
    const Span word = a.tokens.tokens[before ? t : t + 1].span;
    const auto at =
        std::partition_point(a.mentions.begin(), a.mentions.end(),
                             [&](const Mention& m) { return m.span.begin < word.begin; });
    const auto& corpus = dossier_.entity_of[unit.article];
    if (at == a.mentions.end() || at->span.begin != word.begin || at->entity >= corpus.size()) {
      return intern(noun_origin(a, word, lexicon));
    }
    const CorpusEntity& entity = dossier_.entities[corpus[at->entity]];
    Origin origin = entity_origin(entity, lexicon);
    std::string body = body_of(origin, &entity, lexicon);
    return intern(std::move(origin), std::move(body));
  }
  return -1;
}

std::int32_t Attributor::counting_body(const Article& a, const SentenceUnit& unit, Span value) {
  const Lexicon& lexicon = lexicons_.of(a.language);
  const Sentence& sentence = a.tokens.sentences[unit.sentence];
  const std::size_t at = a.tokens.token_at(value.begin);
  const auto ends = [&](std::size_t i) {
    return a.tokens.tokens[i].kind == TokenKind::Punctuation;
  };
  const auto counts = [&](std::size_t i) {
    return lexicon.fact(a.tokens.lower(i)).is(FactWord::Counts);
  };
  bool counted = false;
  for (std::size_t i = at; i > sentence.first_token && !ends(i - 1); --i) counted |= counts(i - 1);
  for (std::size_t i = at; i < sentence.last_token && !ends(i); ++i) counted |= counts(i);
  if (!counted) return -1;
  // The verb's subject may stand before a clause that is put in between.
  std::size_t source = at;
  while (source > sentence.first_token) {
    --source;
    if (a.tokens.tokens[source].kind == TokenKind::Word &&
        lexicon.source_noun(a.tokens.lower(source))) {
      break;
    }
    if (source == sentence.first_token) return -1;
  }
  if (source == at) return -1;
  Origin origin = noun_origin(a, a.tokens.tokens[source].span, lexicon);
  if (origin.kind == OriginKind::Anonymous || origin.kind == OriginKind::Document) return -1;
  std::string body = body_of(origin, nullptr, lexicon);
  return intern(std::move(origin), std::move(body));
}

Statement Attributor::statement(const SentenceUnit& unit, Span value) {
  const Article& a = dossier_.articles[unit.article];
  for (const Quote& q : a.quotes) {
    if (q.span.begin >= unit.span.end) break;
    const bool holds = std::any_of(q.parts.begin(), q.parts.end(),
                                   [&](Span part) { return part.contains(value); });
    if (!holds || (q.speaker < 0 && q.speaker_span.empty())) continue;
    Statement s = carried(unit);
    set_speaker(unit, q, s);
    return s;
  }
  const std::int32_t body = counting_body(a, unit, value);
  if (body < 0) return statement(unit);
  Statement s = carried(unit);
  s.origin = body;
  return s;
}

}  // namespace twosource::claim
