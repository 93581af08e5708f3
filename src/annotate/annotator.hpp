#pragma once

#include <memory>
#include <span>

#include "annotate/time/time.hpp"
#include "article/article.hpp"
#include "text/pack.hpp"

namespace twosource::annotate {

// Adds all layers to a cleaned article: tokens and sentences, times, measures, names, quotations.
// Holds one set of taggers a language; const and thread-safe after construction.
class Annotator {
 public:
  explicit Annotator(const PackSet& packs, DatePreference preference = DatePreference::Text);
  ~Annotator();
  Annotator(Annotator&&) noexcept;
  void run(Article& article) const { run(std::span(&article, 1)); }
  // The same for many, layer by layer: code and tables of a layer stay in the caches meanwhile.
  void run(std::span<Article> articles) const;
  // Tokens and sentences only.
  void tokenize(Article& article) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace twosource::annotate
