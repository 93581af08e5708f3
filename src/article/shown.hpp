#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "article/article.hpp"

// How an article is called where people read of it.
namespace twosource {

// Host of a URL without "www." and port; empty when there is no scheme. Views into `url`.
[[nodiscard]] std::string_view host_of(std::string_view url) noexcept;
// The publisher, else the host of the URL, else the id.
[[nodiscard]] std::string outlet_of(const Article& article);
// The headline, else the first sentence cut to `most` code points, else the id.
[[nodiscard]] std::string title_of(const Article& article, std::uint32_t most = 78);

}  // namespace twosource
