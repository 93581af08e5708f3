#include "clean/cleaner.hpp"

#include "text/language.hpp"
#include "text/utf8.hpp"

namespace twosource::clean {

struct Cleaner::State {};

Cleaner::Cleaner(const PackSet&) : state_(std::make_unique<State>()) {}
Cleaner::~Cleaner() = default;
Cleaner::Cleaner(Cleaner&&) noexcept = default;

Article Cleaner::run(const intake::RawDocument& raw) const {
  Article a;
  a.id = raw.id;
  a.path = raw.path;
  a.url = raw.url;
  a.headline = raw.headline;
  a.publisher = raw.publisher;
  a.authors = raw.authors;
  a.published = {raw.published, raw.published.empty() ? DateSource::None : DateSource::Option};
  a.extra = raw.extra;
  a.text = raw.body;
  a.language = raw.language.empty() ? identify_language(a.text).code : raw.language;
  std::size_t at = 0;
  while (at < a.text.size()) {
    const std::size_t end = std::min(a.text.find('\n', at), a.text.size());
    const Span line = utf8::trim_span(a.text, make_span(at, end));
    if (!line.empty()) a.paragraphs.push_back({line, ParagraphKind::Body});
    at = end + 1;
  }
  return a;
}

}  // namespace twosource::clean
