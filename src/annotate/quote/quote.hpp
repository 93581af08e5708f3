#pragma once

#include <memory>
#include <vector>

#include "article/article.hpp"
#include "text/pack.hpp"

namespace twosource::annotate {

// Direct, indirect and reported speech with speaker, cue and addressee; reads all layers before.
class QuoteTagger {
 public:
  explicit QuoteTagger(const Pack& pack);
  ~QuoteTagger();
  QuoteTagger(QuoteTagger&&) noexcept;
  [[nodiscard]] std::vector<Quote> run(const Article& article) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace twosource::annotate
