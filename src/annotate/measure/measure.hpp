#pragma once

#include <memory>
#include <vector>

#include "article/article.hpp"
#include "text/pack.hpp"

namespace twosource::annotate {

// Numbers with unit and head noun; reads tokens and times (a date's numbers are no measures).
class MeasureTagger {
 public:
  explicit MeasureTagger(const Pack& pack);
  ~MeasureTagger();
  MeasureTagger(MeasureTagger&&) noexcept;
  [[nodiscard]] std::vector<Measure> run(const Article& article) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace twosource::annotate
