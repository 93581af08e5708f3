#include "claim/attribution.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "claim/genre.hpp"
#include "text/utf8.hpp"

namespace twosource::claim {
namespace {

constexpr std::uint32_t kCueBytes = 12;  // a cue and its comma: ", erklärte "

}  // namespace

Attributor::Attributor(Dossier& dossier, const Bodies& known, const Lexicons& lexicons)
    : dossier_(dossier), known_(known), lexicons_(lexicons) {
  for (std::size_t i = 0; i < dossier.origins.size(); ++i) {
    by_key_.try_emplace(dossier.origins[i].key, static_cast<std::int32_t>(i));
  }
}

void Attributor::add_name(std::string& names, const std::string& name) const {
  constexpr std::string_view kBetween = " / ";
  const auto usual = [&](std::string_view form) {
    const std::string lower = utf8::lower(form);
    const std::optional<Origin> medium = known_.medium(lower);
    return medium ? utf8::lower(medium->name) : lower;
  };
  const std::string wanted = usual(name);
  for (std::string_view rest = names; !rest.empty();) {
    const std::size_t end = std::min(rest.find(kBetween), rest.size());
    if (usual(rest.substr(0, end)) == wanted) return;
    rest.remove_prefix(std::min(end + kBetween.size(), rest.size()));
  }
  names.append(kBetween).append(name);
}

std::int32_t Attributor::intern(Origin origin, std::string body) {
  const auto next = static_cast<std::int32_t>(dossier_.origins.size());
  const auto [it, inserted] = by_key_.try_emplace(origin.key, next);
  if (inserted) {
    origin.id = fmt::format("o{}", next + 1);
    dossier_.origins.push_back(std::move(origin));
  } else if (origin.kind == OriginKind::Outlet) {
    add_name(dossier_.origins[static_cast<std::size_t>(it->second)].name, origin.name);
  }
  if (!body.empty()) bodies_.try_emplace(it->second, std::move(body));
  return it->second;
}

const Quote* Attributor::covering_quote(const Article& a, const SentenceUnit& unit,
                                        Span citing) const {
  const Quote* best = nullptr;
  std::uint32_t most = 0;
  const auto overlap = [](Span x, Span y) {
    const std::uint32_t begin = std::max(x.begin, y.begin);
    const std::uint32_t end = std::min(x.end, y.end);
    return begin < end ? end - begin : 0;
  };
  for (const Quote& q : a.quotes) {
    if (q.span.begin >= unit.span.end) break;
    std::uint32_t covered = 0;
    for (const Span part : q.parts) covered += overlap(part, unit.span) - overlap(part, citing);
    // The words that say who said it are no content: "…, sagte die Außenministerin des Landes".
    const std::uint32_t frame =
        unit.span.contains(q.speaker_span) ? q.speaker_span.size() + kCueBytes : kCueBytes;
    const std::uint32_t content =
        unit.span.size() - std::min(unit.span.size(), frame + citing.size());
    if (2 * covered >= content && covered > most) {
      most = covered;
      best = &q;
    }
  }
  return best;
}

const std::string& Attributor::body(std::int32_t origin) const {
  static const std::string kNone;
  const auto it = bodies_.find(origin);
  return it == bodies_.end() ? kNone : it->second;
}

void Attributor::set_speaker(const SentenceUnit& unit, const Quote& q, Statement& s) {
  const Article& a = dossier_.articles[unit.article];
  if (q.speaker < 0 && q.speaker_span.empty()) return;
  Source source = source_in(a, unit.article, q.speaker_span, q.speaker);
  if (!q.addressee.empty()) source.relay = medium_within(a, unit.article, q.addressee);
  set_source(std::move(source), s);
}

void Attributor::set_source(Source source, Statement& s) {
  const std::int32_t carrier = s.origin;
  s.origin = intern(std::move(source.origin), std::move(source.body));
  s.speaker = source.speaker;
  const std::string& name = dossier_.origins[static_cast<std::size_t>(s.origin)].name;
  const auto relayed_by = [&](const std::string& medium) {
    const bool there = std::find(s.via.begin(), s.via.end(), medium) != s.via.end();
    if (!medium.empty() && !there && medium != name) s.via.push_back(medium);
  };
  if (carrier >= 0 && carrier != s.origin) {
    const Origin& through = dossier_.origins[static_cast<std::size_t>(carrier)];
    if (through.kind == OriginKind::Agency) relayed_by(through.name);
  }
  relayed_by(source.relay);
}

// The sentence says on whom the medium relies that it reports from: the source is the origin, the
// medium a relay.
void Attributor::set_cited(const SentenceUnit& unit, const Citing& citing, const Quote* q,
                           Statement& s) {
  const Article& a = dossier_.articles[unit.article];
  Source source =
      source_in(a, unit.article, citing.source, named_first(a, unit.article, citing.source));
  const bool speaks = q != nullptr && (q->speaker >= 0 || !q->speaker_span.empty()) &&
                      s.origin >= 0 && !citing.phrase.contains(q->speaker_span);
  const OriginKind kind =
      speaks ? dossier_.origins[static_cast<std::size_t>(s.origin)].kind : OriginKind::Unknown;
  if (kind == OriginKind::Agency || kind == OriginKind::Outlet) {
    source.relay = dossier_.origins[static_cast<std::size_t>(s.origin)].name;
  } else if (!speaks) {
    source.relay = medium_within(a, unit.article, {unit.span.begin, citing.phrase.begin});
    if (source.relay.empty()) {
      source.relay = medium_within(a, unit.article, {citing.phrase.end, unit.span.end});
    }
  }
  set_source(std::move(source), s);
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

std::optional<Citing> Attributor::citing_of(const SentenceUnit& unit) const {
  const Article& a = dossier_.articles[unit.article];
  return find_citing(a, a.tokens.sentences[unit.sentence], lexicons_.of(a.language));
}

Statement Attributor::statement(const SentenceUnit& unit) {
  Statement s = carried(unit);
  const Article& a = dossier_.articles[unit.article];
  const std::optional<Citing> citing = citing_of(unit);
  const Quote* q = covering_quote(a, unit, citing ? citing->phrase : Span{});
  if (q != nullptr) {
    set_speaker(unit, *q, s);
  } else if (const std::int32_t o = pronoun_origin(a, unit); o >= 0) {
    s.origin = o;
  }
  if (citing) set_cited(unit, *citing, q, s);
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
    const auto at = first_mention(a, word.begin);
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
  const auto body_at = [&](std::size_t i) {
    return a.tokens.tokens[i].kind == TokenKind::Word &&
           lexicon.source_kind(lexicon.source_base(a.tokens.lower(i))).has_value();
  };
  // The verb's subject stands behind it ("2000 Teilnehmer zählte der Verband"), or before, also
  // before a clause that is put in between.
  std::size_t source = sentence.last_token;
  bool verb = false;
  for (std::size_t i = at; i < sentence.last_token && !ends(i); ++i) {
    if (verb && body_at(i)) {
      source = i;
      break;
    }
    verb |= counts(i);
  }
  for (std::size_t i = at; source == sentence.last_token && i > sentence.first_token; --i) {
    if (body_at(i - 1)) source = i - 1;
  }
  if (source == sentence.last_token) return -1;
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
    if (const auto citing = citing_of(unit)) set_cited(unit, *citing, &q, s);
    return s;
  }
  const std::int32_t body = counting_body(a, unit, value);
  if (body < 0) return statement(unit);
  Statement s = carried(unit);
  s.origin = body;
  return s;
}

}  // namespace twosource::claim
