#include "reuse/holders.hpp"

#include <algorithm>
#include <limits>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "article/edtf.hpp"

namespace twosource::reuse {
namespace {

constexpr std::uint64_t kBelow = std::numeric_limits<std::uint64_t>::max() / kSketchRate;
constexpr std::uint64_t kFarBelow = std::numeric_limits<std::uint64_t>::max() / kFarRate;
constexpr int kUndated = std::numeric_limits<int>::min();
// Sketch hits that make a candidate: few in absolute terms, or few for a small sketch.
constexpr std::uint32_t kManyHits = 6;
constexpr std::uint32_t kMinHits = 2;
constexpr double kMinShare = 0.04;
// The same for texts of other times.
constexpr std::uint32_t kMinFarHits = 3;
constexpr double kMinFarShare = 0.15;

bool enough(std::uint32_t hits, std::uint32_t smaller) {
  if (hits >= kManyHits) return true;
  if (smaller < 3 * kMinHits) return hits >= 1;
  return hits >= kMinHits && hits >= kMinShare * static_cast<double>(smaller);
}

bool far_enough(std::uint32_t hits, std::uint32_t smaller) {
  return hits >= kMinFarHits && hits >= kMinFarShare * static_cast<double>(smaller);
}

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

int Holders::era_of(const Signature& signature) const {
  if (one_) return kUndated;
  const auto date = parse_edtf(signature.published);
  if (!date || date->precision == DatePrecision::None) return kUndated;
  const auto day = static_cast<int>(first_day(*date).time_since_epoch().count());
  return day >= 0 ? day / kEraDays : -((kEraDays - 1 - day) / kEraDays);
}

const HubLists* Holders::lists_of(int era) const {
  const auto it = eras_.find(era);
  return it == eras_.end() ? nullptr : &it->second;
}

void Holders::expect(std::size_t texts) {
  if (live_ == 0) one_ = texts <= one_era_;
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
  Held& held = texts_[number];
  held.signature = std::move(signature);
  held.live = true;
  ++live_;
  enter_era(number);
  if (const std::uint64_t url = held.signature.url; url != 0) {
    urls_.postings.add(url, number);
    urls_.enter(url, number, context());
  }
  return number;
}

void Holders::enter_era(std::uint32_t number) {
  Held& held = texts_[number];
  held.era = era_of(held.signature);
  dirty_.push_back(number);
  const ShingledText text = shingle(held.signature);
  const std::size_t size = sketch_size(text);
  HubLists& lists = eras_[held.era];
  for (std::size_t i = 0; i < size; ++i) enter_shingle(lists, text.set[i], number);
}

void Holders::enter_shingle(HubLists& lists, std::uint64_t hash, std::uint32_t number) {
  const std::uint32_t count = lists.postings.add(hash, number);
  if (count < 2 || lists.ignored(hash)) return;
  const std::uint64_t outlet = texts_[number].signature.outlet;
  if (count >= kTemplateTexts && outlet != 0 && template_of(lists, hash, outlet)) {
    lists.ignore(hash);
    touch_holders(lists, hash);
    return;
  }
  lists.enter(hash, number, context());
}

void Holders::remove(std::uint32_t number) {
  const ShingledText text = shingle(texts_[number].signature);
  const std::size_t size = sketch_size(text);
  const std::uint64_t url = texts_[number].signature.url;
  HubLists& lists = eras_[texts_[number].era];
  for (std::size_t i = 0; i < size; ++i) leave_shingle(lists, text.set[i], number);
  leave_far(number, text);
  if (url != 0) {
    urls_.postings.remove(url, number);
    urls_.leave(url, number, context());
  }
  texts_[number] = {};
  --live_;
  free_.push_back(number);
  dirty_.push_back(number);
}

void Holders::leave_shingle(HubLists& lists, std::uint64_t hash, std::uint32_t number) {
  const bool ignored = lists.ignored(hash);
  const std::uint32_t count = lists.postings.remove(hash, number);
  if (!ignored) return lists.leave(hash, number, context());
  if (count > 1 && template_of_any(lists, hash)) return;
  lists.heed(hash, context());
  touch_holders(lists, hash);
}

// Shingles by which texts of other times find this one: they are in far_ as long as it says `far`.
template <class Visit>
std::uint32_t each_far(const Held& held, const ShingledText& text, Visit visit) {
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < text.set.size() && text.set[i] < kFarBelow; ++i) {
    if (held.is_template(i)) continue;
    visit(text.set[i]);
    ++count;
  }
  return count;
}

void Holders::leave_far(std::uint32_t number, const ShingledText& text) {
  Held& held = texts_[number];
  if (!std::exchange(held.far, false)) return;
  each_far(held, text, [&](std::uint64_t hash) {
    far_.postings.remove(hash, number);
    far_.leave(hash, number, context());
  });
}

bool Holders::template_of(const HubLists& lists, std::uint64_t hash, std::uint64_t outlet) const {
  std::size_t of_outlet = 0;
  lists.postings.each(hash,
                      [&](std::uint32_t t) { of_outlet += texts_[t].signature.outlet == outlet; });
  if (of_outlet < kTemplateTexts) return false;
  Tally tally;
  lists.postings.each(hash, [&](std::uint32_t t) {
    if (texts_[t].signature.outlet == outlet) tally.add(texts_[t].signature);
  });
  return tally.is_template();
}

bool Holders::template_of_any(const HubLists& lists, std::uint64_t hash) const {
  std::unordered_map<std::uint64_t, Tally> outlets;
  lists.postings.each(hash, [&](std::uint32_t t) {
    const Signature& s = texts_[t].signature;
    if (s.outlet != 0) outlets[s.outlet].add(s);
  });
  return std::any_of(outlets.begin(), outlets.end(),
                     [](auto& item) { return item.second.is_template(); });
}

void Holders::touch_holders(const HubLists& lists, std::uint64_t hash) {
  lists.postings.each(hash, [&](std::uint32_t t) { dirty_.push_back(t); });
}

void Holders::cut_anew() {
  one_ = live_ <= one_era_;
  eras_.clear();
  far_ = {};
  for (std::uint32_t n = 0; n < texts_.size(); ++n) {
    if (!texts_[n].live) continue;
    texts_[n].far = false;
    enter_era(n);
  }
}

std::vector<std::uint32_t> Holders::settle() {
  if (one_ != (live_ <= one_era_)) cut_anew();
  const auto take = [&] {
    std::vector<std::uint32_t> out = std::exchange(dirty_, {});
    out.resize(distinct(out));
    std::erase_if(out, [&](std::uint32_t n) { return !texts_[n].live; });
    return out;
  };
  std::vector<std::uint32_t> out = take();
  for (const std::uint32_t n : out) refresh(n);
  // Entering other times' index may change who is paired there, but no templates.
  std::vector<std::uint32_t> more = take();
  out.insert(out.end(), more.begin(), more.end());
  out.resize(distinct(out));
  return out;
}

void Holders::refresh(std::uint32_t number) {
  Held& held = texts_[number];
  const ShingledText text = shingle(held.signature);
  const std::size_t size = sketch_size(text);
  const HubLists& lists = eras_.at(held.era);
  std::vector<bool> templates(size, false);
  std::size_t count = 0;
  for (std::size_t i = 0; i < size; ++i) {
    if (!lists.ignored(text.set[i])) continue;
    templates[i] = true;
    ++count;
  }
  if (count == 0) templates = {};
  held.sketch = static_cast<std::uint32_t>(size - count);
  if (held.far && templates == held.templates) return;
  leave_far(number, text);
  held.templates = std::move(templates);
  if (one_) return;
  held.far = true;
  held.far_sketch = each_far(held, text, [&](std::uint64_t hash) {
    far_.postings.add(hash, number);
    far_.enter(hash, number, context());
  });
}

void Holders::near_candidates(std::uint32_t number, const ShingledText& text,
                              std::vector<std::uint32_t>& hits,
                              std::vector<std::uint32_t>& out) const {
  const Held& held = texts_[number];
  const HubLists& own = eras_.at(held.era);
  const bool undated = held.era == kUndated;
  const HubLists* const eras[] = {&own, undated ? nullptr : lists_of(held.era - 1),
                                  undated ? nullptr : lists_of(held.era + 1)};
  const std::size_t size = sketch_size(text);
  std::vector<std::uint32_t> touched;
  for (std::size_t i = 0; i < size; ++i) {
    const std::uint64_t hash = text.set[i];
    if (own.ignored(hash)) continue;
    const bool all = own.in_hub(hash, number);
    for (const HubLists* lists : eras) {
      if (lists == nullptr || lists->ignored(hash)) continue;
      lists->each(hash, all, [&](std::uint32_t t) {
        if (hits[t]++ == 0) touched.push_back(t);
      });
    }
  }
  for (const std::uint32_t t : touched) {
    const bool found = enough(hits[t], std::min(held.sketch, texts_[t].sketch));
    if (found && t != number) out.push_back(t);
    hits[t] = 0;
  }
}

void Holders::far_candidates(std::uint32_t number, const ShingledText& text,
                             std::vector<std::uint32_t>& hits,
                             std::vector<std::uint32_t>& out) const {
  const Held& held = texts_[number];
  if (!held.far) return;
  std::vector<std::uint32_t> touched;
  each_far(held, text, [&](std::uint64_t hash) {
    far_.each(hash, far_.in_hub(hash, number), [&](std::uint32_t t) {
      if (hits[t]++ == 0) touched.push_back(t);
    });
  });
  for (const std::uint32_t t : touched) {
    const bool found = far_enough(hits[t], std::min(held.far_sketch, texts_[t].far_sketch));
    if (found && t != number) out.push_back(t);
    hits[t] = 0;
  }
}

std::vector<std::uint32_t> Holders::candidates(std::uint32_t number,
                                               std::vector<std::uint32_t>& hits) const {
  const Signature& signature = texts_[number].signature;
  const ShingledText text = shingle(signature);
  std::vector<std::uint32_t> out;
  near_candidates(number, text, hits, out);
  far_candidates(number, text, hits, out);
  if (const std::uint64_t url = signature.url; url != 0) {
    urls_.each(url, urls_.in_hub(url, number), [&](std::uint32_t t) {
      if (t != number && texts_[t].signature.url == url) out.push_back(t);
    });
  }
  out.resize(distinct(out));
  return out;
}

std::size_t Holders::bytes() const {
  std::size_t sum = far_.postings.bytes() + urls_.postings.bytes();
  for (const auto& [era, lists] : eras_) sum += lists.postings.bytes();
  return sum;
}

}  // namespace twosource::reuse
