#include <algorithm>
#include <bit>
#include <map>
#include <utility>

#include "story/slices.hpp"
#include "text/bytes.hpp"

// Of Slices: joining the groups of neighbouring slices, and keeping them.
namespace twosource::story {

// Two groups can only be joined where a chain of sums at the threshold leads from one to the other:
// the mean of joined groups is never above the highest of their means.
Slices::Parts Slices::hanging_together(Parts from) const {
  const double least = threshold();
  const auto size = [](const Slice& slice, std::uint32_t part) {
    return static_cast<double>(slice.parts[part].size());
  };
  // Sums at the threshold, by slice and from either side.
  std::map<int, std::vector<std::vector<Part>>> linked;
  const auto links_of = [&](int key) -> const std::vector<std::vector<Part>>& {
    auto& links = linked[key];
    const Slice& slice = slices_.at(key);
    if (!links.empty() || slice.parts.empty()) return links;
    links.resize(slice.parts.size());
    const auto add = [&](int first, bool here) {
      const Slice* one = at(first);
      const Slice* two = one == nullptr ? nullptr : next_of(first);
      if (two == nullptr) return;
      for (const Edge& e : one->to_next) {
        if (e.weight < least * size(*one, e.a) * size(*two, e.b)) continue;
        here ? links[e.a].push_back({key + 1, e.b}) : links[e.b].push_back({key - 1, e.a});
      }
    };
    add(key, true);
    if (key != kUndated) add(key - 1, false);
    return links;
  };
  std::vector<Part> open(from.begin(), from.end());
  while (!open.empty()) {
    const Part part = open.back();
    open.pop_back();
    for (const Part& other : links_of(part.key)[part.number]) {
      if (from.insert(other).second) open.push_back(other);
    }
  }
  return from;
}

std::vector<Slices::Numbers> Slices::join(const Parts& parts) const {
  std::map<Part, std::uint32_t> place;
  std::vector<const Numbers*> members;
  std::vector<std::uint32_t> sizes;
  std::set<int> keys;
  for (const Part& p : parts) {
    place.emplace(p, static_cast<std::uint32_t>(members.size()));
    members.push_back(&slices_.at(p.key).parts[p.number]);
    sizes.push_back(static_cast<std::uint32_t>(members.back()->size()));
    keys.insert(p.key);
  }
  std::vector<Edge> edges;
  for (const int key : keys) {
    if (next_of(key) == nullptr) continue;
    for (const Edge& e : slices_.at(key).to_next) {
      const auto a = place.find({key, e.a});
      const auto b = a == place.end() ? place.end() : place.find({key + 1, e.b});
      if (b != place.end()) edges.push_back({a->second, b->second, e.weight});
    }
  }
  std::vector<Numbers> out;
  for (const std::vector<std::uint32_t>& joined : average_link(sizes, edges, threshold())) {
    Numbers& group = out.emplace_back();
    for (const std::uint32_t p : joined) {
      group.insert(group.end(), members[p]->begin(), members[p]->end());
    }
    if (joined.size() == 1) continue;
    std::sort(group.begin(), group.end(),
              [&](std::uint32_t x, std::uint32_t y) { return before(articles_[x], articles_[y]); });
  }
  return out;
}

Slices::Parts Slices::parts_of(const std::vector<int>& keys) const {
  Parts out;
  for (const int key : keys) {
    const auto parts = static_cast<std::uint32_t>(slices_.at(key).parts.size());
    for (std::uint32_t p = 0; p < parts; ++p) out.insert(out.end(), {key, p});
  }
  return out;
}

Slices::Parts Slices::all_parts() const {
  std::vector<int> keys;
  for (const auto& [key, slice] : slices_) keys.push_back(key);
  return parts_of(keys);
}

std::string Slices::save() const {
  ByteWriter out;
  std::vector<std::uint32_t> place(articles_.size());
  out.u32(static_cast<std::uint32_t>(slices_.size()));
  for (const auto& [key, slice] : slices_) {
    out.u32(static_cast<std::uint32_t>(key));
    out.u32(static_cast<std::uint32_t>(slice.members.size()));
    for (std::uint32_t i = 0; i < slice.members.size(); ++i) place[slice.members[i]] = i;
    out.u32(static_cast<std::uint32_t>(slice.parts.size()));
    for (Numbers part : slice.parts) {
      for (std::uint32_t& n : part) n = place[n];
      out.u32s(part);
    }
    out.u32(static_cast<std::uint32_t>(slice.to_next.size()));
    for (const Edge& e : slice.to_next) {
      out.u32(e.a);
      out.u32(e.b);
      out.u64(std::bit_cast<std::uint64_t>(e.weight));
    }
  }
  return out.take();
}

std::optional<std::vector<Slices::Numbers>> Slices::restore(std::string_view saved) {
  if (one_ != (size_ <= kOneSlice)) cut_anew();
  for (auto& [key, slice] : slices_) tidy(slice);
  if (!read(saved)) {
    for (auto& [key, slice] : slices_) slice.parts.clear(), slice.to_next.clear();
    return std::nullopt;
  }
  for (auto& [key, slice] : slices_) {
    slice.shift = shift_for(key);
    settle(slice);
  }
  last_threshold_ = threshold();
  dirty_.clear();
  return join(all_parts());
}

bool Slices::read(std::string_view saved) {
  ByteReader in(saved);
  if (in.u32() != slices_.size()) return false;
  for (std::size_t s = 0; s < slices_.size(); ++s) {
    const auto it = slices_.find(static_cast<int>(in.u32()));
    if (it == slices_.end() || in.u32() != it->second.members.size()) return false;
    Slice& slice = it->second;
    std::vector<bool> seen(slice.members.size(), false);
    for (std::uint32_t n = in.u32(); n > 0 && in.sound(); --n) {
      slice.parts.push_back(in.u32s());
      for (std::uint32_t& i : slice.parts.back()) {
        if (i >= seen.size() || seen[i]) return false;
        seen[i] = true;
        i = slice.members[i];
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
    const Slice* next = next_of(key);
    for (const Edge& e : slice.to_next) {
      if (next == nullptr || e.b >= next->parts.size()) return false;
    }
  }
  return in.done();
}

}  // namespace twosource::story
