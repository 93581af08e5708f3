#include "story/slices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <tuple>
#include <unordered_map>

namespace twosource::story {
namespace {

// Groups of two slices are no edge below this share of the threshold: it could only slow them down.
constexpr double kLeastOfThreshold = 0.5;
// Slices whose comparisons are kept, of those that changed last and their neighbours. Set by hand:
// two weeks and what is around them. `desk_scale` with 20,000 articles, 500 a day, takes 293 MiB
// with them instead of 275.
constexpr std::size_t kWarm = 8;

int floor_div(int a, int b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }

// Runs work(0), work(1), … on so many threads.
template <class Work>
void in_parallel(std::size_t jobs, unsigned threads, Work work) {
  std::atomic<std::size_t> next = 0;
  const auto run = [&] {
    for (std::size_t job = next++; job < jobs; job = next++) work(job);
  };
  std::vector<std::jthread> helpers;
  for (unsigned t = 1; t < std::min<std::size_t>(threads, jobs); ++t) helpers.emplace_back(run);
  run();
}

}  // namespace

int Slices::key_of(const Signature& signature) const {
  if (one_) return kUndated;
  const Days told = days_told(signature.published);
  if (told.known && told.first == told.last) return floor_div(told.first, kSliceDays);
  int day = told.known ? told.first : kUndated;
  for (const int named : signature.anchors.days) {  // sorted
    if (!told.known || (named >= told.first && named <= told.last)) day = named;
  }
  return day == kUndated ? kUndated : floor_div(day, kSliceDays);
}

Slices::Slice& Slices::change(std::uint32_t number, int by) {
  const Signature& signature = articles_[number];
  const int key = key_of(signature);
  Slice& slice = slices_[key];
  dirty_.insert(key);
  slice.stale.insert(number);
  slice.sampled = std::max(slice.sampled, trailing_zeros(signature.id));
  if (slice.warm) {
    for (const std::uint64_t anchor : anchor_keys(signature.anchors)) slice.anchors[anchor] += by;
  }
  if (by > 0) {
    ++size_;
    if (is_headline(signature)) ++headlines_;
  } else {
    --size_;
    if (is_headline(signature)) --headlines_;
  }
  return slice;
}

void Slices::add(std::uint32_t number) { change(number, 1).members.push_back(number); }

void Slices::remove(std::uint32_t number) {
  Slice& slice = change(number, -1);
  const auto it = std::find(slice.members.begin(), slice.members.end(), number);
  if (it == slice.members.end()) return;
  if (static_cast<std::size_t>(it - slice.members.begin()) < slice.sorted) --slice.sorted;
  slice.members.erase(it);
}

void Slices::touch(std::uint32_t number) {
  const int key = key_of(articles_[number]);
  slices_[key].stale.insert(number);
  dirty_.insert(key);
}

void Slices::tidy(Slice& slice) const {
  const auto by_order = [&](std::uint32_t x, std::uint32_t y) {
    return before(articles_[x], articles_[y]);
  };
  const auto middle = slice.members.begin() + static_cast<std::ptrdiff_t>(slice.sorted);
  std::sort(middle, slice.members.end(), by_order);
  std::inplace_merge(slice.members.begin(), middle, slice.members.end(), by_order);
  slice.sorted = slice.members.size();
}

void Slices::settle(Slice& slice) {
  slice.anew = slice.warmed = false;
  slice.stale.clear();
  slice.anchors.clear();
  slice.sampled = -1;
}

double Slices::threshold() const {
  const bool headlines = 2 * headlines_ > size_;
  return one_ ? same_event(size_, headlines) : same_slice_event(headlines);
}

const Slices::Slice* Slices::at(int key) const {
  const auto it = slices_.find(key);
  return it == slices_.end() ? nullptr : &it->second;
}

const Slices::Slice* Slices::next_of(int key) const {
  return key == kUndated ? nullptr : at(key + 1);
}

void Slices::cut_anew() {
  Map old;
  old.swap(slices_);
  one_ = size_ <= kOneSlice;
  dirty_.clear();
  for (auto& [key, slice] : old) {
    for (const std::uint32_t n : slice.members) {
      const int now = key_of(articles_[n]);
      slices_[now].members.push_back(n);
      dirty_.insert(now);
    }
  }
}

int Slices::shift_for(int key) const {
  std::size_t articles = 0;
  const int reach = key == kUndated ? 0 : 1;
  for (int k = -reach; k <= reach; ++k) {
    if (const Slice* slice = at(key + k); slice != nullptr) articles += slice->members.size();
  }
  int shift = 0;
  while (!one_ && (articles >> static_cast<unsigned>(shift)) >= 2 * kSample) ++shift;
  return shift;
}

CopiesOf Slices::copies_by(const Partners& partners, const Lookup& number_of) const {
  return [&, this](std::uint32_t number) {
    std::vector<std::pair<std::uint32_t, double>> found;
    if (!partners) return found;
    for (const auto& [id, containment] : partners(articles_[number].id)) {
      if (const std::uint32_t n = number_of(id); n != kNobody) found.emplace_back(n, containment);
    }
    return found;
  };
}

// What changed, and the neighbours of it whose frequencies are others now.
std::vector<int> Slices::outdated() {
  std::set<int> around;
  for (const int key : dirty_) {
    around.insert(key);
    if (key == kUndated) continue;
    if (at(key - 1) != nullptr) around.insert(key - 1);
    if (at(key + 1) != nullptr) around.insert(key + 1);
  }
  std::vector<int> out;
  for (const int key : around) {
    Slice& slice = slices_.at(key);
    const int shift = shift_for(key);
    int sampled = slice.sampled;
    if (key != kUndated) {
      for (const int k : {key - 1, key + 1}) {
        if (const Slice* s = at(k); s != nullptr) sampled = std::max(sampled, s->sampled);
      }
    }
    if (one_ || shift != std::exchange(slice.shift, shift) || sampled >= shift) slice.anew = true;
    if (slice.anew || !slice.stale.empty()) out.push_back(key);
  }
  return out;
}

void Slices::leave(const Part& p, Regrouped& out) const {
  const Numbers& part = slices_.at(p.key).parts[p.number];
  out.were.insert(out.were.end(), part.begin(), part.end());
}

Slices::Regrouped Slices::update(const Partners& partners, const Lookup& number_of,
                                 unsigned threads) {
  Regrouped out;
  ++updates_;
  if (one_ != (size_ <= kOneSlice)) {
    for (const Part& p : all_parts()) leave(p, out);
    cut_anew();
  }
  if (threshold() != last_threshold_) {
    for (auto& [key, slice] : slices_) slice.anew = true, dirty_.insert(key);
    last_threshold_ = threshold();
  }
  if (dirty_.empty()) return out;
  const CopiesOf copies = copies_by(partners, number_of);
  for (const int key : dirty_) tidy(slices_.at(key));
  const std::vector<int> keys = outdated();
  const auto changing = [&](int key) { return std::binary_search(keys.begin(), keys.end(), key); };
  const Parts old = hanging_together(parts_of(keys));
  for (const Part& p : old) leave(p, out);
  regroup(keys, copies, threads);
  Parts now = parts_of(keys);
  for (const Part& p : old) {
    if (!changing(p.key)) now.insert(p);
  }
  now = hanging_together(std::move(now));
  for (const Part& p : now) {
    if (!changing(p.key) && !old.contains(p)) leave(p, out);
  }
  out.are = join(now);
  for (const int key : keys) settle(slices_.at(key));
  for (auto& [key, slice] : slices_) slice.warmed = false;
  for (const int key : dirty_) settle(slices_.at(key));
  std::erase_if(slices_, [](const auto& item) { return item.second.members.empty(); });
  dirty_.clear();
  return out;
}

void Slices::regroup(const std::vector<int>& keys, const CopiesOf& copies, unsigned threads) {
  keep_warm(keys, threads);
  in_parallel(keys.size(), threads,
              [&](std::size_t job) { group(keys[job], slices_.at(keys[job]), copies); });
  std::set<int> borders(keys.begin(), keys.end());
  for (const int key : keys) {
    if (key != kUndated && at(key - 1) != nullptr) borders.insert(key - 1);
  }
  const std::vector<int> jobs(borders.begin(), borders.end());
  in_parallel(jobs.size(), threads,
              [&](std::size_t job) { connect(jobs[job], slices_.at(jobs[job]), copies); });
}

Grouping group_by_slices(std::span<const Signature> signatures,
                         std::span<const std::uint32_t> order, const Copied& copied) {
  // Articles may have one id or none: the place makes them different and keeps the order.
  std::vector<Signature> articles;
  articles.reserve(order.size());
  std::vector<std::uint32_t> rank(order.size());
  for (std::uint32_t r = 0; r < order.size(); ++r) {
    rank[order[r]] = r;
    articles.push_back(signatures[order[r]]);
    articles.back().id = fmt::format("{:010}", r);
  }
  std::vector<std::vector<std::pair<std::string, double>>> partners(order.size());
  for (const auto& [key, containment] : copied) {
    const std::uint32_t a = rank[key >> 32U];
    const std::uint32_t b = rank[key & 0xFFFFFFFFU];
    partners[a].emplace_back(articles[b].id, containment);
    partners[b].emplace_back(articles[a].id, containment);
  }
  const auto number = [](std::string_view id) {
    return static_cast<std::uint32_t>(std::stoul(std::string(id)));
  };
  Slices slices(articles);
  for (std::uint32_t r = 0; r < order.size(); ++r) slices.add(r);
  Grouping out;
  out.groups =
      slices.update([&](std::string_view id) { return partners[number(id)]; }, number, 1).are;
  for (Slices::Numbers& group : out.groups) std::sort(group.begin(), group.end());
  std::sort(out.groups.begin(), out.groups.end());
  return out;
}

}  // namespace twosource::story
