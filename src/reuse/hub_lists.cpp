#include "reuse/hub_lists.hpp"

namespace twosource::reuse {

void HubLists::enter(std::uint64_t hash, std::uint32_t text, const Context& context) {
  const std::uint32_t count = postings.count(hash);  // `text` is in
  if (count <= kHub) return;
  if (count == kHub + 1) {
    rebuild(hash, context);
    return report_outsider(hash, hubs_[key_of(hash)], context);
  }
  std::vector<std::uint32_t>& hub = hubs_[key_of(hash)];
  const auto at = std::upper_bound(hub.begin(), hub.end(), text, context.before);
  if (at == hub.end()) return;
  hub.insert(at, text);
  context.dirty.push_back(hub.back());  // loses its pairs with those outside
  hub.pop_back();
}

void HubLists::leave(std::uint64_t hash, std::uint32_t text, const Context& context) {
  const auto hub = hubs_.find(key_of(hash));  // `text` is out
  if (hub == hubs_.end()) return;
  const bool member = std::find(hub->second.begin(), hub->second.end(), text) != hub->second.end();
  if (postings.count(hash) <= kHub) {
    if (member) report_outsider(hash, hub->second, context);
    hubs_.erase(hub);
  } else if (member) {
    rebuild(hash, context);
    context.dirty.push_back(hub->second.back());  // is in it from now on
  }
}

void HubLists::ignore(std::uint64_t hash) {
  postings.mark(hash, true);
  hubs_.erase(key_of(hash));
}

void HubLists::heed(std::uint64_t hash, const Context& context) {
  postings.mark(hash, false);
  if (postings.count(hash) > kHub) rebuild(hash, context);
}

void HubLists::rebuild(std::uint64_t hash, const Context& context) {
  std::vector<std::uint32_t> all;
  postings.each(hash, [&](std::uint32_t t) { all.push_back(t); });
  const std::size_t kept = std::min<std::size_t>(kHub, all.size());
  std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept), all.end(),
                    context.before);
  all.resize(kept);
  hubs_[key_of(hash)] = std::move(all);
}

void HubLists::report_outsider(std::uint64_t hash, const std::vector<std::uint32_t>& hub,
                               const Context& context) const {
  postings.each(hash, [&](std::uint32_t t) {
    if (std::find(hub.begin(), hub.end(), t) == hub.end()) context.dirty.push_back(t);
  });
}

}  // namespace twosource::reuse
