#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "article/article.hpp"
#include "text/pack.hpp"

namespace twosource::annotate {

// Which day a date is that the words leave open ("am 5. Juni", "on Saturday") when neither they nor
// a verb in the past or future tells: as the present tense and nearness suggest, or always the last
// one up to the publication, or the next one from it on.
enum class DatePreference : std::uint8_t { Text, Past, Future };

// TIMEX3 expressions of an article whose tokens are set, resolved against its publication date.
class TimeTagger {
 public:
  explicit TimeTagger(const Pack& pack, DatePreference preference = DatePreference::Text);
  ~TimeTagger();
  TimeTagger(TimeTagger&&) noexcept;
  [[nodiscard]] std::vector<Timex> run(const Article& article) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace twosource::annotate
