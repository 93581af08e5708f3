#include "text/stemmer.hpp"

#include <libstemmer.h>

namespace twosource {

struct Stemmer::State {
  sb_stemmer* stemmer = nullptr;
  std::string unchanged;
  ~State() { sb_stemmer_delete(stemmer); }
};

Stemmer::Stemmer(std::string_view language) : state_(std::make_unique<State>()) {
  state_->stemmer = sb_stemmer_new(std::string(language).c_str(), "UTF_8");
}
Stemmer::~Stemmer() = default;
Stemmer::Stemmer(Stemmer&&) noexcept = default;
Stemmer& Stemmer::operator=(Stemmer&&) noexcept = default;

std::string_view Stemmer::stem(std::string_view lower_word) {
  if (state_->stemmer == nullptr) {
    state_->unchanged = lower_word;
    return state_->unchanged;
  }
  const auto* in = reinterpret_cast<const sb_symbol*>(lower_word.data());
  const sb_symbol* out =
      sb_stemmer_stem(state_->stemmer, in, static_cast<int>(lower_word.size()));
  if (out == nullptr) return {};
  return {reinterpret_cast<const char*>(out),
          static_cast<std::size_t>(sb_stemmer_length(state_->stemmer))};
}

}  // namespace twosource
