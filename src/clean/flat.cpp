#include "clean/flat.hpp"

#include "text/language.hpp"
#include "text/utf8.hpp"

namespace twosource::clean {

struct FlatCleaner::State {};
FlatCleaner::FlatCleaner(const PackSet&) : state_(std::make_unique<State>()) {}
FlatCleaner::~FlatCleaner() = default;
FlatCleaner::FlatCleaner(FlatCleaner&&) noexcept = default;

FlatResult FlatCleaner::run(std::string_view utf8_text, std::string_view language_hint,
                            std::string_view) const {
  FlatResult out;
  std::size_t at = 0;
  while (at < utf8_text.size()) {
    const std::size_t end = std::min(utf8_text.find('\n', at), utf8_text.size());
    const std::string line = utf8::squeeze(utf8_text.substr(at, end - at));
    at = end + 1;
    if (line.empty()) continue;
    if (!out.text.empty()) out.text += '\n';
    const std::size_t begin = out.text.size();
    out.text += line;
    out.paragraphs.push_back({make_span(begin, out.text.size()), ParagraphKind::Body});
  }
  out.language =
      language_hint.empty() ? identify_language(out.text).code : std::string(language_hint);
  return out;
}

}  // namespace twosource::clean
