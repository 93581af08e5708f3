#pragma once

#include <memory>
#include <vector>

#include "article/article.hpp"
#include "text/pack.hpp"

namespace twosource::annotate {

// TIMEX3 expressions of an article whose tokens are set, resolved against its publication date.
class TimeTagger {
 public:
  explicit TimeTagger(const Pack& pack);
  ~TimeTagger();
  TimeTagger(TimeTagger&&) noexcept;
  [[nodiscard]] std::vector<Timex> run(const Article& article) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace twosource::annotate
