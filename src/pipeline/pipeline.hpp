#pragma once

#include <functional>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "annotate/annotator.hpp"
#include "article/corrections.hpp"
#include "article/dossier.hpp"
#include "claim/claim.hpp"
#include "clean/cleaner.hpp"
#include "intake/intake.hpp"
#include "text/pack.hpp"

// The two halves and their one seam: read_articles is the per-article half (stateless, parallel),
// cross_check the corpus half.
namespace twosource::pipeline {

// How far the per-article half goes: the cleaned text with its metadata, or all layers.
enum class Layers : std::uint8_t { Text, All };

struct StageOptions {
  annotate::DatePreference preference = annotate::DatePreference::Text;
  Layers layers = Layers::All;  // with Layers::Text what annotates is not even built
  bool trace = false;           // articles say which bytes of the document they were read from
};

// Everything that is built once from the language packs.
class Stages {
 public:
  explicit Stages(PackSet packs, const StageOptions& options = {});
  // The per-article half for one document. Const and thread-safe.
  [[nodiscard]] Article read(const intake::RawDocument& raw) const;
  // The same for many documents, stage by stage: short ones are read half as fast again as one by
  // one, because a stage's code and tables stay in the caches.
  [[nodiscard]] std::vector<Article> read(std::span<const intake::RawDocument> raw) const;
  // Tokens and sentences only: for an article whose other layers were read back from JSON. Needs
  // Layers::All.
  void tokenize(Article& article) const;
  // Sets the date of publication that a correction gives an article, and reads all layers of it
  // anew, because times count from that day. True when there was such a correction.
  bool correct_date(Article& article, std::span<const Correction> corrections) const;
  [[nodiscard]] const PackSet& packs() const noexcept { return packs_; }

 private:
  PackSet packs_;
  clean::Cleaner cleaner_;
  std::optional<annotate::Annotator> annotator_;
};

// Reads inputs with `threads` workers (0: as many as the machine has cores) and hands the articles
// over in the order of the inputs, one at a time, on the calling thread. At most a few documents a
// thread are in flight, so memory does not grow with the number of inputs. A document without text,
// headline and date goes to `on_skipped`. What a callback throws ends the reading and comes out
// here.
void read_articles(const Stages& stages, const std::vector<std::string>& inputs,
                   const intake::Options& options, std::istream& standard_input, unsigned threads,
                   const std::function<void(Article&&)>& on_article,
                   const intake::OnSkipped& on_skipped);

// The same for who has more to do with each article: `work` is called with it on the thread that
// read it, from several at once, and what it returns on the calling thread, in the order of the
// inputs.
void read_articles_and(const Stages& stages, const std::vector<std::string>& inputs,
                       const intake::Options& options, std::istream& standard_input,
                       unsigned threads,
                       const std::function<std::function<void()>(Article&&)>& work,
                       const intake::OnSkipped& on_skipped);

// The articles in the order of (publication date, id), each id once: an article that is there twice
// (same id, same text) is kept once, different texts with one id get the first 8 hex digits of XXH3
// of their text added. Does not depend on the order given.
[[nodiscard]] std::vector<Article> normalise_corpus(std::vector<Article> articles);

// How far the corpus half goes: who asks for copies alone does not wait for claims.
enum class Upto : std::uint8_t { Copies, Stories, Claims };

// The corpus half: normalise_corpus, then copies, stories, claims, as far as `upto`; what comes
// after stays empty. Same articles, same dossier, whatever their order. `corrections` are replayed
// in the stages they concern, in their order; Dossier::corrections says of each whether it found
// what it is about. Dates need more (Stages::correct_date).
[[nodiscard]] Dossier cross_check(std::vector<Article> articles, const PackSet& packs,
                                  const claim::Options& options, Upto upto = Upto::Claims,
                                  std::span<const Correction> corrections = {});

}  // namespace twosource::pipeline
