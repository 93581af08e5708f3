#pragma once

#include <memory>

#include "article/article.hpp"
#include "intake/intake.hpp"
#include "text/pack.hpp"

namespace twosource::clean {

// Turns a raw document into an article: text, paragraphs, furniture kept aside, headline, authors,
// outlet, dates with source and precision, agency credits, language. No annotation layers yet.
// Const and thread-safe: one instance serves all threads. Any bytes in, an article out.
class Cleaner {
 public:
  // `trace`: articles also say which bytes of the document their text was read from.
  explicit Cleaner(const PackSet& packs, bool trace = false);
  ~Cleaner();
  Cleaner(Cleaner&&) noexcept;
  [[nodiscard]] Article run(const intake::RawDocument& raw) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace twosource::clean
