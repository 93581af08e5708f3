#include "reuse/holders.hpp"

#include <algorithm>
#include <limits>
#include <string_view>

namespace twosource::reuse {
namespace {

constexpr std::uint64_t kBelow = std::numeric_limits<std::uint64_t>::max() / kSketchRate;
// Sketch hits that make a candidate: few in absolute terms, or few for a small sketch.
constexpr std::uint32_t kManyHits = 6;
constexpr std::uint32_t kMinHits = 2;
constexpr double kMinShare = 0.04;

bool enough(std::uint32_t hits, std::uint32_t smaller) {
  if (hits >= kManyHits) return true;
  if (smaller < 3 * kMinHits) return hits >= 1;
  return hits >= kMinHits && hits >= kMinShare * static_cast<double>(smaller);
}

// What the index tells apart (postings.hpp).
std::uint64_t hub_key(std::uint64_t hash) { return hash & ((std::uint64_t{1} << 40U) - 1); }

template <class T>
std::size_t distinct(std::vector<T>& list) {
  std::sort(list.begin(), list.end());
  return static_cast<std::size_t>(std::unique(list.begin(), list.end()) - list.begin());
}

// Texts of one outlet that hold a hash.
class Tally {
 public:
  void add(const Signature& s) {
    texts_.push_back(s.text);
    s.url == 0 ? void(++unaddressed_) : urls_.push_back(s.url);
    days_.push_back(std::string_view(s.published).substr(0, 10));
  }
  bool is_template() {
    if (texts_.size() < kTemplateTexts) return false;
    const std::size_t texts = std::min(distinct(texts_), unaddressed_ + distinct(urls_));
    return texts >= kTemplateManyTexts ||
           (texts >= kTemplateTexts && distinct(days_) >= kTemplateDays);
  }

 private:
  std::vector<std::uint64_t> texts_;
  std::vector<std::uint64_t> urls_;
  std::size_t unaddressed_ = 0;
  std::vector<std::string_view> days_;
};

}  // namespace

std::size_t sketch_size(const ShingledText& text) {
  if (text.set.size() <= kSketchAll) return text.set.size();
  return static_cast<std::size_t>(std::upper_bound(text.set.begin(), text.set.end(), kBelow) -
                                  text.set.begin());
}

std::uint32_t Holders::add(Signature signature) {
  std::uint32_t number = 0;
  if (free_.empty()) {
    number = static_cast<std::uint32_t>(texts_.size());
    texts_.emplace_back();
  } else {
    number = free_.back();
    free_.pop_back();
  }
  texts_[number] = {std::move(signature), true, 0, {}};
  dirty_.push_back(number);
  const ShingledText text = shingle(texts_[number].signature);
  const std::size_t size = sketch_size(text);
  for (std::size_t i = 0; i < size; ++i) enter_shingle(text.set[i], number);
  if (const std::uint64_t url = texts_[number].signature.url; url != 0) {
    enter_hub(urls_, url, number, urls_.postings.add(url, number));
  }
  return number;
}

void Holders::enter_shingle(std::uint64_t hash, std::uint32_t number) {
  const std::uint32_t count = shingles_.postings.add(hash, number);
  if (count < 2 || shingles_.postings.marked(hash)) return;
  const std::uint64_t outlet = texts_[number].signature.outlet;
  if (count >= kTemplateTexts && outlet != 0 && template_of(hash, outlet)) {
    shingles_.postings.mark(hash, true);
    shingles_.hubs.erase(hub_key(hash));
    touch_holders(hash);
    return;
  }
  enter_hub(shingles_, hash, number, count);
}

void Holders::enter_hub(Lists& lists, std::uint64_t hash, std::uint32_t number,
                        std::uint32_t count) {
  if (count <= kHub) return;
  if (count == kHub + 1) return rebuild_hub(lists, hash);
  std::vector<std::uint32_t>& hub = lists.hubs[hub_key(hash)];
  const auto at = std::upper_bound(hub.begin(), hub.end(), number,
                                   [&](std::uint32_t x, std::uint32_t y) { return before(x, y); });
  if (at == hub.end()) return;
  hub.insert(at, number);
  dirty_.push_back(hub.back());  // loses its pairs with those outside
  hub.pop_back();
}

void Holders::leave_hub(Lists& lists, std::uint64_t hash, std::uint32_t number,
                        std::uint32_t count) {
  const auto hub = lists.hubs.find(hub_key(hash));
  if (hub == lists.hubs.end()) return;
  if (count <= kHub) {
    lists.hubs.erase(hub);
  } else if (std::find(hub->second.begin(), hub->second.end(), number) != hub->second.end()) {
    rebuild_hub(lists, hash);
    dirty_.push_back(lists.hubs[hub_key(hash)].back());  // is in it from now on
  }
}

void Holders::rebuild_hub(Lists& lists, std::uint64_t hash) {
  std::vector<std::uint32_t> all;
  lists.postings.each(hash, [&](std::uint32_t t) { all.push_back(t); });
  std::sort(all.begin(), all.end(), [&](std::uint32_t x, std::uint32_t y) { return before(x, y); });
  if (all.size() > kHub) all.resize(kHub);
  lists.hubs[hub_key(hash)] = std::move(all);
}

void Holders::remove(std::uint32_t number) {
  const ShingledText text = shingle(texts_[number].signature);
  const std::size_t size = sketch_size(text);
  const std::uint64_t url = texts_[number].signature.url;
  for (std::size_t i = 0; i < size; ++i) leave_shingle(text.set[i], number);
  if (url != 0) leave_hub(urls_, url, number, urls_.postings.remove(url, number));
  texts_[number] = {};
  free_.push_back(number);
  dirty_.push_back(number);
}

void Holders::leave_shingle(std::uint64_t hash, std::uint32_t number) {
  const bool marked = shingles_.postings.marked(hash);
  const std::uint32_t count = shingles_.postings.remove(hash, number);
  if (!marked) return leave_hub(shingles_, hash, number, count);
  if (count > 1 && template_of_any(hash)) return;
  shingles_.postings.mark(hash, false);
  touch_holders(hash);
  if (count > kHub) rebuild_hub(shingles_, hash);
}

bool Holders::template_of(std::uint64_t hash, std::uint64_t outlet) const {
  std::size_t of_outlet = 0;
  shingles_.postings.each(
      hash, [&](std::uint32_t t) { of_outlet += texts_[t].signature.outlet == outlet; });
  if (of_outlet < kTemplateTexts) return false;
  Tally tally;
  shingles_.postings.each(hash, [&](std::uint32_t t) {
    if (texts_[t].signature.outlet == outlet) tally.add(texts_[t].signature);
  });
  return tally.is_template();
}

bool Holders::template_of_any(std::uint64_t hash) const {
  std::unordered_map<std::uint64_t, Tally> outlets;
  shingles_.postings.each(hash, [&](std::uint32_t t) {
    const Signature& s = texts_[t].signature;
    if (s.outlet != 0) outlets[s.outlet].add(s);
  });
  return std::any_of(outlets.begin(), outlets.end(),
                     [](auto& item) { return item.second.is_template(); });
}

void Holders::touch_holders(std::uint64_t hash) {
  shingles_.postings.each(hash, [&](std::uint32_t t) { dirty_.push_back(t); });
}

std::vector<std::uint32_t> Holders::take_dirty() {
  dirty_.erase(dirty_.begin() + static_cast<std::ptrdiff_t>(distinct(dirty_)), dirty_.end());
  return std::exchange(dirty_, {});
}

void Holders::refresh(std::uint32_t number) {
  Held& held = texts_[number];
  const ShingledText text = shingle(held.signature);
  const std::size_t size = sketch_size(text);
  held.templates.clear();
  for (std::size_t i = 0; i < size; ++i) {
    if (shingles_.postings.marked(text.set[i])) held.templates.push_back(text.set[i]);
  }
  held.sketch = static_cast<std::uint32_t>(size - held.templates.size());
}

template <class Visit>
void Holders::each_partner(const Lists& lists, std::uint64_t hash, std::uint32_t number,
                           Visit visit) const {
  const std::uint32_t count = lists.postings.count(hash);
  if (count < 2) return;
  if (count > kHub) {
    const std::vector<std::uint32_t>& hub = lists.hubs.at(hub_key(hash));
    if (std::find(hub.begin(), hub.end(), number) == hub.end()) {
      std::for_each(hub.begin(), hub.end(), visit);
      return;
    }
  }
  lists.postings.each(hash, [&](std::uint32_t t) {
    if (t != number) visit(t);
  });
}

std::vector<std::uint32_t> Holders::candidates(std::uint32_t number,
                                               std::vector<std::uint32_t>& hits) const {
  const Held& held = texts_[number];
  const ShingledText text = shingle(held.signature);
  const std::size_t size = sketch_size(text);
  std::vector<std::uint32_t> touched;
  for (std::size_t i = 0; i < size; ++i) {
    if (shingles_.postings.marked(text.set[i])) continue;
    each_partner(shingles_, text.set[i], number, [&](std::uint32_t t) {
      if (hits[t]++ == 0) touched.push_back(t);
    });
  }
  std::vector<std::uint32_t> out;
  for (const std::uint32_t t : touched) {
    if (enough(hits[t], std::min(held.sketch, texts_[t].sketch))) out.push_back(t);
    hits[t] = 0;
  }
  if (held.signature.url != 0) {
    each_partner(urls_, held.signature.url, number, [&](std::uint32_t t) {
      if (texts_[t].signature.url == held.signature.url) out.push_back(t);
    });
  }
  out.erase(out.begin() + static_cast<std::ptrdiff_t>(distinct(out)), out.end());
  return out;
}

}  // namespace twosource::reuse
