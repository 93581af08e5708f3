#include "story/slices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <numeric>
#include <thread>
#include <tuple>
#include <unordered_map>

#include "text/bytes.hpp"

namespace twosource::story {
namespace {

constexpr int kUndated = std::numeric_limits<int>::min();
// Groups of two slices are no edge below this share of the threshold: it could only slow them down.
constexpr double kLeastOfThreshold = 0.5;

int floor_div(int a, int b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }

// Runs work(0), work(1), … on so many threads.
template <class Work>
void in_parallel(std::size_t jobs, unsigned threads, Work work) {
  std::atomic<std::size_t> next = 0;
  const auto run = [&] {
    for (std::size_t job = next++; job < jobs; job = next++) work(job);
  };
  std::vector<std::jthread> helpers;
  for (unsigned t = 1; t < threads; ++t) helpers.emplace_back(run);
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

void Slices::add(std::uint32_t number) {
  const int key = key_of(articles_[number]);
  slices_[key].members.push_back(number);
  dirty_.insert(key);
  ++size_;
  if (is_headline(articles_[number])) ++headlines_;
}

void Slices::remove(std::uint32_t number) {
  const int key = key_of(articles_[number]);
  std::erase(slices_[key].members, number);
  dirty_.insert(key);
  --size_;
  if (is_headline(articles_[number])) --headlines_;
}

void Slices::touch(std::uint32_t number) { dirty_.insert(key_of(articles_[number])); }

double Slices::threshold() const {
  const bool headlines = 2 * headlines_ > size_;
  return one_ ? same_event(size_, headlines) : same_slice_event(headlines);
}

const Slices::Slice* Slices::at(int key) const {
  const auto it = slices_.find(key);
  return it == slices_.end() ? nullptr : &it->second;
}

// Dirty slices and their neighbours, whose term frequencies they share.
std::set<int> Slices::affected() const {
  std::set<int> out;
  for (const int key : dirty_) {
    out.insert(key);
    if (key == kUndated) continue;
    if (at(key - 1) != nullptr && key - 1 != kUndated) out.insert(key - 1);
    if (at(key + 1) != nullptr) out.insert(key + 1);
  }
  return out;
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

std::vector<Node> Slices::nodes_of(int key) const {
  Frequencies frequencies;
  for (int k = key == kUndated ? 0 : -1; k <= (key == kUndated ? 0 : 1); ++k) {
    const Slice* slice = at(key + k);
    if (slice == nullptr) continue;
    for (const std::uint32_t n : slice->members) frequencies.add(articles_[n]);
  }
  std::vector<Node> out;
  for (const std::uint32_t n : at(key)->members) {
    out.push_back(make_node(articles_[n], frequencies));
  }
  return out;
}

// Copies between the articles of these lists, by place in all of them together.
Copied Slices::copied_among(std::span<const Numbers* const> lists, const Partners& partners,
                            const Lookup& number_of) const {
  Copied out;
  if (!partners) return out;
  std::unordered_map<std::uint32_t, std::uint32_t> place;
  for (const Numbers* list : lists) {
    for (const std::uint32_t n : *list) place.emplace(n, static_cast<std::uint32_t>(place.size()));
  }
  for (const auto& [number, i] : place) {
    for (const auto& [id, containment] : partners(articles_[number].id)) {
      const auto other = place.find(number_of(id));
      if (other != place.end()) out[copied_key(i, other->second)] = containment;
    }
  }
  return out;
}

void Slices::group(int key, Slice& slice, const Partners& partners, const Lookup& number_of) const {
  const std::vector<Node> nodes = nodes_of(key);
  std::vector<Anchors> anchors;
  for (const Node& node : nodes) anchors.push_back(node.signature->anchors);
  const auto n = static_cast<std::uint32_t>(nodes.size());
  std::vector<Edge> edges = similar_pairs(nodes, SharedAnchors(std::move(anchors)), 0, n,
                                          one_ ? kLeastEdge : kLeastSliceEdge);
  const Numbers* lists[] = {&slice.members};
  raise_copies(edges, copied_among(lists, partners, number_of));
  slice.parts = average_link(n, edges, threshold());
  if (one_ && 2 * headlines_ <= size_) attach_left(slice.parts, edges, threshold());
}

// Sums of the similarities between the groups of a slice and of the next.
void Slices::connect(int key, Slice& slice, const Partners& partners,
                     const Lookup& number_of) const {
  slice.to_next.clear();
  const Slice* next = key == kUndated ? nullptr : at(key + 1);
  if (next == nullptr) return;
  std::vector<Node> nodes = nodes_of(key);
  const auto first = static_cast<std::uint32_t>(nodes.size());
  for (Node& node : nodes_of(key + 1)) nodes.push_back(std::move(node));
  std::vector<Anchors> anchors;
  for (const Node& node : nodes) anchors.push_back(node.signature->anchors);
  std::vector<Edge> edges =
      similar_pairs(nodes, SharedAnchors(std::move(anchors)), first, first, kLeastSliceEdge);
  const Numbers* lists[] = {&slice.members, &next->members};
  raise_copies(edges, copied_among(lists, partners, number_of));
  std::vector<std::uint32_t> part(nodes.size());
  for (std::uint32_t p = 0; p < slice.parts.size(); ++p) {
    for (const std::uint32_t i : slice.parts[p]) part[i] = p;
  }
  for (std::uint32_t p = 0; p < next->parts.size(); ++p) {
    for (const std::uint32_t i : next->parts[p]) part[first + i] = p;
  }
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> sums;
  for (const Edge& e : edges) sums[{part[e.a], part[e.b]}] += e.weight;
  const double least = kLeastOfThreshold * threshold();
  for (const auto& [pair, sum] : sums) {
    const double members = static_cast<double>(slice.parts[pair.first].size()) *
                           static_cast<double>(next->parts[pair.second].size());
    if (sum >= least * members) slice.to_next.push_back({pair.first, pair.second, sum});
  }
}

void Slices::update(const Partners& partners, const Lookup& number_of, unsigned threads) {
  const bool other_cut = one_ != (size_ <= kOneSlice);
  if (other_cut) cut_anew();
  if (threshold() != last_threshold_) {
    for (const auto& [key, slice] : slices_) dirty_.insert(key);
    last_threshold_ = threshold();
  }
  if (dirty_.empty()) return;
  std::vector<std::pair<int, Slice*>> jobs;
  std::set<int> borders;
  for (const int key : affected()) {
    Slice& slice = slices_[key];
    borders.insert(key);
    if (key != kUndated && at(key - 1) != nullptr) borders.insert(key - 1);
    jobs.emplace_back(key, &slice);
  }
  for (const auto& [key, slice] : jobs) {
    std::sort(slice->members.begin(), slice->members.end(),
              [&](std::uint32_t x, std::uint32_t y) { return before(articles_[x], articles_[y]); });
  }
  in_parallel(jobs.size(), threads, [&](std::size_t job) {
    group(jobs[job].first, *jobs[job].second, partners, number_of);
  });
  jobs.clear();
  for (const int key : borders) jobs.emplace_back(key, &slices_[key]);
  in_parallel(jobs.size(), threads, [&](std::size_t job) {
    connect(jobs[job].first, *jobs[job].second, partners, number_of);
  });
  std::erase_if(slices_, [](const auto& item) { return item.second.members.empty(); });
  dirty_.clear();
}

std::vector<Slices::Numbers> Slices::groups() const {
  std::map<int, std::uint32_t> first;  // of the slice's parts among all
  std::vector<const Numbers*> parts;
  std::vector<const Slice*> slice_of;
  std::vector<std::uint32_t> sizes;
  for (const auto& [key, slice] : slices_) {
    first[key] = static_cast<std::uint32_t>(parts.size());
    for (const Numbers& part : slice.parts) {
      parts.push_back(&part);
      slice_of.push_back(&slice);
      sizes.push_back(static_cast<std::uint32_t>(part.size()));
    }
  }
  std::vector<Edge> edges;
  for (const auto& [key, slice] : slices_) {
    for (const Edge& e : slice.to_next) {
      edges.push_back({first[key] + e.a, first.at(key + 1) + e.b, e.weight});
    }
  }
  std::vector<Numbers> out;
  for (const std::vector<std::uint32_t>& joined : average_link(sizes, edges, threshold())) {
    Numbers& group = out.emplace_back();
    for (const std::uint32_t p : joined) {
      for (const std::uint32_t i : *parts[p]) group.push_back(slice_of[p]->members[i]);
    }
    std::sort(group.begin(), group.end(),
              [&](std::uint32_t x, std::uint32_t y) { return before(articles_[x], articles_[y]); });
  }
  return out;
}

std::string Slices::save() const {
  ByteWriter out;
  out.u32(static_cast<std::uint32_t>(slices_.size()));
  for (const auto& [key, slice] : slices_) {
    out.u32(static_cast<std::uint32_t>(key));
    out.u32(static_cast<std::uint32_t>(slice.members.size()));
    out.u32(static_cast<std::uint32_t>(slice.parts.size()));
    for (const Numbers& part : slice.parts) out.u32s(part);
    out.u32(static_cast<std::uint32_t>(slice.to_next.size()));
    for (const Edge& e : slice.to_next) {
      out.u32(e.a);
      out.u32(e.b);
      out.u64(std::bit_cast<std::uint64_t>(e.weight));
    }
  }
  return out.take();
}

bool Slices::restore(std::string_view saved) {
  if (one_ != (size_ <= kOneSlice)) cut_anew();
  for (auto& [key, slice] : slices_) {
    std::sort(slice.members.begin(), slice.members.end(),
              [&](std::uint32_t x, std::uint32_t y) { return before(articles_[x], articles_[y]); });
  }
  ByteReader in(saved);
  if (in.u32() != slices_.size()) return false;
  for (std::size_t s = 0; s < slices_.size(); ++s) {
    const auto it = slices_.find(static_cast<int>(in.u32()));
    if (it == slices_.end() || in.u32() != it->second.members.size()) return false;
    Slice& slice = it->second;
    std::vector<bool> seen(slice.members.size(), false);
    for (std::uint32_t n = in.u32(); n > 0 && in.sound(); --n) {
      slice.parts.push_back(in.u32s());
      for (const std::uint32_t i : slice.parts.back()) {
        if (i >= seen.size() || seen[i]) return false;
        seen[i] = true;
      }
    }
    if (std::find(seen.begin(), seen.end(), false) != seen.end()) return false;
    for (std::uint32_t n = in.u32(); n > 0 && in.sound(); --n) {
      Edge e;
      e.a = in.u32();
      e.b = in.u32();
      e.weight = std::bit_cast<double>(in.u64());
      if (e.a >= slice.parts.size() || !(e.weight > 0)) return false;
      slice.to_next.push_back(e);
    }
  }
  for (const auto& [key, slice] : slices_) {
    const Slice* next = key == kUndated ? nullptr : at(key + 1);
    for (const Edge& e : slice.to_next) {
      if (next == nullptr || e.b >= next->parts.size()) return false;
    }
  }
  last_threshold_ = threshold();
  if (in.done()) dirty_.clear();
  return in.done();
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
  slices.update([&](std::string_view id) { return partners[number(id)]; }, number, 1);
  Grouping out;
  out.groups = slices.groups();
  std::sort(out.groups.begin(), out.groups.end());
  return out;
}

}  // namespace twosource::story
