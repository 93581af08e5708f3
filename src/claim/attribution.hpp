#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "article/dossier.hpp"
#include "claim/bodies.hpp"
#include "claim/lexicon.hpp"
#include "claim/relay.hpp"
#include "claim/units.hpp"

namespace twosource::claim {

// The key of a person's or body's origin: its id, or for a name of one word the name, since
// articles that disagree on whether "Northgrid" is a person or a company mean one.
[[nodiscard]] std::string entity_key(const CorpusEntity& entity);

// Finds who stands behind a sentence: the speaker of the speech that covers most of it, otherwise
// the origin that `reuse` gave the sentence. Origins that are new are added to the dossier; equal
// keys are one origin. Fails closed: a source that cannot be named is Anonymous or Unknown.
class Attributor {
 public:
  Attributor(Dossier& dossier, const Bodies& known, const Lexicons& lexicons);
  [[nodiscard]] Statement statement(const SentenceUnit& unit);
  // The same for one value of it: the speaker of the speech that holds the value, or the body that
  // the clause gives it from ("die Polizei zählt 17 Verletzte"), before what statement() says.
  [[nodiscard]] Statement statement(const SentenceUnit& unit, Span value);
  // The body that an origin speaks for, lower case ("polizei" of a Polizeisprecherin); empty when
  // none is known. Valid for the origins of statements.
  [[nodiscard]] const std::string& body(std::int32_t origin) const;

 private:
  [[nodiscard]] std::int32_t counting_body(const Article& a, const SentenceUnit& unit, Span value);
  [[nodiscard]] std::string body_of(const Origin& origin, const CorpusEntity* entity,
                                    const Lexicon& lexicon) const;
  // The sentence with the origin of its article's text there.
  [[nodiscard]] Statement carried(const SentenceUnit& unit);
  // Who speaks in the article's own words: the body whose release it is, or who answers a question
  // there; -1: the origin that `reuse` gave.
  struct OwnVoice {
    std::int32_t release = -1;  // origin
    std::vector<Span> answers;
    std::int32_t answers_origin = -1;
    std::int32_t answers_speaker = -1;  // index into Dossier::entities
  };
  const OwnVoice& own_voice(std::uint32_t article);
  // Whose words a sentence without a quotation is by a pronoun beside a verb of saying ("bezifferte
  // sie den Schaden"): the person meant, somebody unknown where nobody knows whom; -1: none is
  // there.
  [[nodiscard]] std::int32_t pronoun_origin(const Article& a, const SentenceUnit& unit);
  // Who is named as a source, and the medium that passes it on where the words say so.
  struct Source {
    Origin origin;
    std::string body;
    std::int32_t speaker = -1;  // index into Dossier::entities
    std::string relay;
  };
  // `entity`: who is meant, an index into the article's entities; -1: the first one named there.
  [[nodiscard]] Source source_in(const Article& a, std::uint32_t article, Span words,
                                 std::int32_t entity) const;
  void set_speaker(const SentenceUnit& unit, const Quote& q, Statement& s);
  void set_cited(const SentenceUnit& unit, const Citing& citing, const Quote* q, Statement& s);
  void set_source(Source source, Statement& s);
  [[nodiscard]] std::optional<Citing> citing_of(const SentenceUnit& unit) const;
  [[nodiscard]] std::int32_t named_first(const Article& a, std::uint32_t article, Span words) const;
  // The first mention that begins at that byte or later.
  [[nodiscard]] static std::vector<Mention>::const_iterator first_mention(const Article& a,
                                                                          std::uint32_t begin);
  // The name of the first agency or outlet there; empty: none.
  [[nodiscard]] std::string medium_within(const Article& a, std::uint32_t article,
                                          Span words) const;
  // The quotation that covers most of a sentence without the words for its source (`citing`).
  [[nodiscard]] const Quote* covering_quote(const Article& a, const SentenceUnit& unit,
                                            Span citing) const;
  [[nodiscard]] Origin entity_origin(const CorpusEntity& entity, const Lexicon& lexicon) const;
  [[nodiscard]] Origin noun_origin(const Article& a, Span speaker, const Lexicon& lexicon) const;
  [[nodiscard]] static std::optional<Origin> named_medium(const Article& a, std::size_t t,
                                                          std::size_t end);
  std::int32_t intern(Origin origin, std::string body = {});
  // Outlets of one group are one origin: its name says all that are cited ("Die Welt / Bild").
  void add_name(std::string& names, const std::string& name) const;

  Dossier& dossier_;
  const Bodies& known_;
  const Lexicons& lexicons_;
  std::map<std::string, std::int32_t> by_key_;
  std::map<std::int32_t, std::string> bodies_;    // by origin
  std::map<std::uint32_t, OwnVoice> own_voices_;  // by article
};

}  // namespace twosource::claim
