#include "reuse/ledger.hpp"

#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>
#include <tuple>

#include "reuse/families.hpp"
#include "text/bytes.hpp"
#include "text/short_id.hpp"

namespace twosource::reuse {
namespace {

std::uint64_t content_of(const std::vector<std::uint32_t>& texts,
                         const std::vector<CopyPair>& pairs, const Holders& holders) {
  XXH64_hash_t hash = 1;
  const auto add = [&](const void* bytes, std::size_t size) {
    hash = XXH3_64bits_withSeed(bytes, size, hash);
  };
  for (const std::uint32_t t : texts) {
    const Signature& s = holders.at(t).signature;
    add(s.id.data(), s.id.size());
    add(&s.text, sizeof s.text);
  }
  for (const CopyPair& p : pairs) {
    add(&p.containment, sizeof p.containment);
    add(p.passages.data(), p.passages.size() * sizeof(Passage));
  }
  return hash;
}

std::uint64_t both(std::uint32_t a, std::uint32_t b) {
  return std::uint64_t{std::min(a, b)} << 32U | std::max(a, b);
}

template <class T>
void tidy(std::vector<T>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

}  // namespace

void Ledger::reserve(std::uint32_t number) {
  if (number < partners_.size()) return;
  partners_.resize(number + 1);
  families_of_.resize(number + 1);
}

void Ledger::add(CopyPair pair) {
  reserve(std::max(pair.a, pair.b));
  const auto was = dropped_.find(both(pair.a, pair.b));
  if (was != dropped_.end() && was->second == pair.containment) {
    dropped_.erase(was);
  } else {
    changed_.insert(changed_.end(), {pair.a, pair.b});
  }
  std::uint32_t at = 0;
  if (free_.empty()) {
    at = static_cast<std::uint32_t>(pairs_.size());
    pairs_.emplace_back();
  } else {
    at = free_.back();
    free_.pop_back();
  }
  partners_[pair.a].emplace_back(pair.b, at);
  partners_[pair.b].emplace_back(pair.a, at);
  touched_.insert(touched_.end(), {pair.a, pair.b});
  pairs_[at] = std::move(pair);
}

void Ledger::drop_pairs_of(std::uint32_t number) {
  reserve(number);
  touched_.push_back(number);
  for (const auto& [other, at] : partners_[number]) {
    touched_.push_back(other);
    dropped_[both(number, other)] = pairs_[at].containment;
    std::erase(partners_[other], std::pair(number, at));
    pairs_[at] = {};
    free_.push_back(at);
  }
  partners_[number].clear();
}

std::vector<std::uint32_t> Ledger::connected(std::uint32_t start, std::vector<bool>& seen) const {
  std::vector<std::uint32_t> out = {start};
  seen[start] = true;
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (const auto& [other, at] : partners_[out[i]]) {
      if (!seen[other]) out.push_back(other);
      seen[other] = true;
    }
  }
  return out;
}

void Ledger::take_out(Key key) {
  const auto it = families_.find(key);
  if (it == families_.end()) return;
  for (const std::uint32_t t : it->second.family.texts) std::erase(families_of_[t], key);
  families_.erase(it);
}

// The family that holds most of the texts takes the id over.
void Ledger::bury(Key key, const std::vector<std::uint32_t>& texts) {
  std::map<Key, std::size_t> heirs;
  for (const std::uint32_t t : texts) {
    for (const Key heir : families_of_[t]) ++heirs[heir];
  }
  const auto most = std::max_element(heirs.begin(), heirs.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.second, b.first) < std::tuple(b.second, a.first);
  });
  gone_[key] = most == heirs.end() ? 0 : most->first;
}

void Ledger::group(const std::vector<std::uint32_t>& texts, const Holders& holders,
                   std::vector<Key>& made) {
  std::vector<std::uint32_t> order = texts;
  std::sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) {
    return before(holders.at(x).signature, holders.at(y).signature);
  });
  std::unordered_map<std::uint32_t, std::uint32_t> place;
  for (std::uint32_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  std::vector<CopyPair> pairs;
  for (const std::uint32_t t : order) {
    for (const auto& [other, at] : partners_[t]) {
      if (pairs_[at].a == t) pairs.push_back(pairs_[at]);
    }
  }
  for (CopyPair& p : pairs) p.a = place[p.a], p.b = place[p.b];
  std::sort(pairs.begin(), pairs.end(), [](const CopyPair& x, const CopyPair& y) {
    return std::tie(x.a, x.b) < std::tie(y.a, y.b);
  });
  std::vector<std::uint32_t> ranks(order.size());
  std::iota(ranks.begin(), ranks.end(), 0U);
  for (CopyFamily& f : group_families(pairs, ranks)) {
    Entry entry;
    entry.family.texts = std::move(f.articles);
    entry.family.pairs = std::move(f.pairs);
    for (std::uint32_t& t : entry.family.texts) t = order[t];
    for (CopyPair& p : entry.family.pairs) p.a = order[p.a], p.b = order[p.b];
    const CopyPair& first = entry.family.pairs.front();
    const Key key = short_key(holders.at(first.a).signature.id, holders.at(first.b).signature.id,
                              [&](Key k) { return families_.contains(k); });
    entry.family.id = short_id('c', key);
    entry.content = content_of(entry.family.texts, entry.family.pairs, holders);
    for (const std::uint32_t t : entry.family.texts) families_of_[t].push_back(key);
    families_.emplace(key, std::move(entry));
    made.push_back(key);
  }
}

Changes Ledger::regroup(const Holders& holders) {
  tidy(touched_);
  std::vector<bool> seen(partners_.size(), false);
  std::vector<std::vector<std::uint32_t>> pieces;
  std::map<Key, Entry> old;
  for (const std::uint32_t t : touched_) {
    if (seen[t]) continue;
    pieces.push_back(connected(t, seen));
    for (const std::uint32_t member : pieces.back()) {
      for (const Key key : families_of_[member]) old.try_emplace(key);
    }
  }
  Changes out;
  for (const auto& [pair, containment] : dropped_) {
    changed_.push_back(static_cast<std::uint32_t>(pair >> 32U));
    changed_.push_back(static_cast<std::uint32_t>(pair & 0xFFFFFFFFU));
  }
  tidy(changed_);
  for (const std::uint32_t t : changed_) {
    if (t < holders.texts().size() && holders.at(t).live) {
      out.articles.push_back(holders.at(t).signature.id);
    }
  }
  std::sort(out.articles.begin(), out.articles.end());
  dropped_.clear();
  changed_.clear();
  touched_.clear();
  for (auto& [key, entry] : old) {
    entry.content = families_.at(key).content;
    entry.family.texts = families_.at(key).family.texts;
    take_out(key);
  }
  std::vector<Key> made;
  for (const std::vector<std::uint32_t>& piece : pieces) {
    if (piece.size() > 1) group(piece, holders, made);
  }
  for (const Key key : made) {
    gone_.erase(key);
    const auto was = old.find(key);
    if (was == old.end()) {
      out.added.push_back(short_id('c', key));
    } else if (was->second.content != families_.at(key).content) {
      out.changed.push_back(short_id('c', key));
    }
  }
  for (const auto& [key, entry] : old) {
    if (families_.contains(key)) continue;
    bury(key, entry.family.texts);
    const Key heir = gone_[key];
    out.gone.emplace_back(short_id('c', key), heir == 0 ? "" : short_id('c', heir));
  }
  for (auto* list : {&out.added, &out.changed}) std::sort(list->begin(), list->end());
  std::sort(out.gone.begin(), out.gone.end());
  return out;
}

std::vector<const IndexFamily*> Ledger::families(const Holders& holders) const {
  std::vector<const IndexFamily*> out;
  out.reserve(families_.size());
  for (const auto& [key, entry] : families_) out.push_back(&entry.family);
  std::sort(out.begin(), out.end(), [&](const IndexFamily* x, const IndexFamily* y) {
    const auto less = [&](std::uint32_t a, std::uint32_t b) {
      return a != b && before(holders.at(a).signature, holders.at(b).signature);
    };
    return std::lexicographical_compare(x->texts.begin(), x->texts.end(), y->texts.begin(),
                                        y->texts.end(), less);
  });
  return out;
}

const IndexFamily* Ledger::family(std::string_view id) const {
  const auto it = families_.find(key_of('c', id));
  return it == families_.end() ? nullptr : &it->second.family;
}

std::vector<std::string> Ledger::families_of(std::uint32_t number) const {
  std::vector<std::string> out;
  if (number >= families_of_.size()) return out;
  for (const Key key : families_of_[number]) out.push_back(short_id('c', key));
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::pair<std::uint32_t, const CopyPair*>> Ledger::partners_of(
    std::uint32_t number) const {
  std::vector<std::pair<std::uint32_t, const CopyPair*>> out;
  if (number >= partners_.size()) return out;
  for (const auto& [other, at] : partners_[number]) out.emplace_back(other, &pairs_[at]);
  return out;
}

std::string Ledger::resolve(std::string_view id) const {
  Key key = key_of('c', id);
  // A chain of tombstones is walked at most once around.
  for (std::size_t steps = 0; steps <= gone_.size(); ++steps) {
    if (key == 0) return {};
    if (families_.contains(key)) return short_id('c', key);
    const auto next = gone_.find(key);
    if (next == gone_.end()) return {};
    key = next->second;
  }
  return {};
}

std::string Ledger::save(const Holders& holders) const {
  ByteWriter out;
  std::map<std::string_view, std::uint32_t> ids;
  for (const CopyPair& p : pairs_) {
    if (p.a == p.b) continue;
    ids.emplace(holders.at(p.a).signature.id, 0);
    ids.emplace(holders.at(p.b).signature.id, 0);
  }
  out.u32(static_cast<std::uint32_t>(ids.size()));
  std::uint32_t next = 0;
  for (auto& [id, place] : ids) place = next++, out.text(id);
  std::vector<std::tuple<std::uint32_t, std::uint32_t, const CopyPair*>> order;
  for (const CopyPair& p : pairs_) {
    if (p.a == p.b) continue;
    order.emplace_back(ids[holders.at(p.a).signature.id], ids[holders.at(p.b).signature.id], &p);
  }
  std::sort(order.begin(), order.end());
  out.u32(static_cast<std::uint32_t>(order.size()));
  for (const auto& [a, b, p] : order) {
    out.u32(a);
    out.u32(b);
    out.u64(std::bit_cast<std::uint64_t>(p->containment));
    const bool first = p->original == static_cast<std::int32_t>(p->a);
    out.u8(static_cast<std::uint8_t>((p->revision ? 1U : 0U) | (p->original < 0 ? 0U
                                                                : first         ? 2U
                                                                                : 4U)));
    out.u32(static_cast<std::uint32_t>(p->passages.size()));
    for (const Passage& w : p->passages) {
      for (const std::uint32_t v : {w.a.begin, w.a.end, w.b.begin, w.b.end}) out.u32(v);
    }
  }
  const std::map<Key, Key> gone(gone_.begin(), gone_.end());
  out.u32(static_cast<std::uint32_t>(gone.size()));
  for (const auto& [key, heir] : gone) out.u64(key), out.u64(heir);
  return out.take();
}

bool Ledger::restore(std::string_view saved, const Holders& holders,
                     const std::unordered_map<std::string, std::uint32_t>& number_of) {
  ByteReader in(saved);
  std::vector<std::uint32_t> numbers;
  for (std::uint32_t n = in.u32(); n > 0 && in.sound(); --n) {
    const auto it = number_of.find(in.text());
    if (it == number_of.end()) return false;
    numbers.push_back(it->second);
  }
  for (std::uint32_t n = in.u32(); n > 0 && in.sound(); --n) {
    const std::uint32_t a = in.u32();
    const std::uint32_t b = in.u32();
    if (a >= numbers.size() || b >= numbers.size() || a == b) return false;
    CopyPair p;
    p.a = numbers[a], p.b = numbers[b];
    p.containment = std::bit_cast<double>(in.u64());
    const std::uint8_t flags = in.u8();
    p.revision = (flags & 1U) != 0;
    if ((flags & 6U) != 0) p.original = static_cast<std::int32_t>((flags & 2U) != 0 ? p.a : p.b);
    for (std::uint32_t k = in.u32(); k > 0 && in.sound(); --k) {
      Passage w;
      for (std::uint32_t* v : {&w.a.begin, &w.a.end, &w.b.begin, &w.b.end}) *v = in.u32();
      p.passages.push_back(w);
    }
    if (in.sound()) add(std::move(p));
  }
  for (std::uint32_t n = in.u32(); n > 0 && in.sound(); --n) {
    const Key key = in.u64();
    gone_[key] = in.u64();
  }
  if (!in.done()) return false;
  (void)regroup(holders);
  return true;
}

}  // namespace twosource::reuse
