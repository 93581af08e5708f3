#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "annotate/annotator.hpp"
#include "article/dossier.hpp"
#include "claim/claim.hpp"
#include "clean/cleaner.hpp"
#include "intake/intake.hpp"
#include "text/pack.hpp"

// The two halves and their one seam: read_articles is the per-article half (stateless, parallel),
// cross_check the corpus half.
namespace twosource::pipeline {

// Everything that is built once from the language packs.
class Stages {
 public:
  explicit Stages(PackSet packs);
  // The per-article half for one document. Const and thread-safe.
  [[nodiscard]] Article read(const intake::RawDocument& raw) const;
  [[nodiscard]] const PackSet& packs() const noexcept { return packs_; }

 private:
  PackSet packs_;
  clean::Cleaner cleaner_;
  annotate::Annotator annotator_;
};

// Reads inputs with `threads` workers (0: as many as the machine has cores) and hands the articles
// over in the order of the inputs, one at a time, on the calling thread. At most a few documents a
// thread are in flight, so memory does not grow with the number of inputs.
void read_articles(const Stages& stages, const std::vector<std::string>& inputs,
                   const intake::Options& options, std::istream& standard_input, unsigned threads,
                   const std::function<void(Article&&)>& on_article,
                   const intake::OnSkipped& on_skipped);

// The corpus half: sorts the articles by (publication date, id), then copies, stories, claims.
// Same articles, same dossier, whatever their order.
[[nodiscard]] Dossier cross_check(std::vector<Article> articles, const PackSet& packs,
                                  const claim::Options& options);

}  // namespace twosource::pipeline
