#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace twosource {

// Snowball stemmer of one language (libstemmer). Not thread-safe: one per thread; cheap to make.
class Stemmer {
 public:
  // `language` is an ISO 639-1 code; without a Snowball algorithm words come back unchanged.
  explicit Stemmer(std::string_view language);
  ~Stemmer();
  Stemmer(Stemmer&&) noexcept;
  Stemmer& operator=(Stemmer&&) noexcept;
  // Stem of a lower-case word. The view is valid until the next call.
  [[nodiscard]] std::string_view stem(std::string_view lower_word);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace twosource
