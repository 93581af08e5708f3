#include <fmt/format.h>
#include <xxhash.h>

#include <utility>

#include "intake/reader.hpp"

namespace twosource::intake {

bool Reader::address(const std::string& url, RawDocument&& d, unsigned depth) {
  if (options_.web == nullptr) {
    refuse(url, "lies on the network, which this command does not ask");
    return false;
  }
  Result<WebDocument> got = options_.web->open(url);
  if (!got) {
    if (depth == kPage) {
      on_skipped_({url, got.error().message + "; the feed's own text is read", Effect::Altered});
    } else {
      refuse(url, got.error().message);
    }
    return false;
  }
  Told outer = std::exchange(
      told_, {std::move(got->url), std::move(got->charset), got->type == "text/plain", depth});
  Input input(std::move(got->body), options_.max_ratio);
  content(input, std::move(d));
  told_ = std::move(outer);
  return true;
}

bool Reader::is_entry_followed(const Item& found) const {
  return options_.follow && options_.web != nullptr && told_.depth < kPage && is_address(found.url);
}

// By what the entry says it is, not by its place: that shifts with every new one.
std::string Reader::entry_id(const Item& found, const RawDocument& d) const {
  const std::string url = told_.url.empty() ? found.url : resolve_address(told_.url, found.url);
  if (is_address(url)) return address_id(url);
  if (found.id.empty()) return {};
  const std::string key = d.path + '\n' + found.id;
  return fmt::format("{}-{:08x}", d.id, XXH3_64bits(key.data(), key.size()) >> 32U);
}

}  // namespace twosource::intake
