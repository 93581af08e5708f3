#include "article/shown.hpp"

#include "text/utf8.hpp"

namespace twosource {

std::string_view host_of(std::string_view url) noexcept {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#:"));
  if (url.starts_with("www.")) url.remove_prefix(4);
  return url;
}

std::string outlet_of(const Article& article) {
  if (!article.publisher.empty()) return article.publisher;
  const std::string_view host = host_of(article.url);
  return host.empty() ? article.id : std::string(host);
}

std::string title_of(const Article& article, std::uint32_t most) {
  if (!article.headline.empty()) return article.headline;
  if (article.tokens.sentences.empty()) return article.id;
  std::string words = utf8::squeeze(article.at(article.tokens.sentences.front().span));
  if (utf8::length(words) <= most) return words;
  words.resize(utf8::OffsetIndex(words).bytes(most - 1));
  return words + "…";
}

}  // namespace twosource
