#include "reuse/index.hpp"

#include <xxhash.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <thread>
#include <unordered_map>

#include "reuse/families.hpp"
#include "reuse/ledger.hpp"
#include "reuse/pairs.hpp"
#include "text/bytes.hpp"

namespace twosource::reuse {
namespace {

constexpr std::uint32_t kFormat = 1;

// The last few texts made ready, by number: neighbours in a family are compared one after another.
class Ready {
 public:
  explicit Ready(const Holders& holders) : holders_(holders), slots_(kSlots) {}
  const Prepared& get(std::uint32_t number) {
    Slot& slot = slots_[number % kSlots];
    if (slot.text == nullptr || slot.number != number) {
      slot.text = std::make_unique<Prepared>(holders_.at(number));
      slot.number = number;
    }
    return *slot.text;
  }

 private:
  static constexpr std::size_t kSlots = 256;
  struct Slot {
    std::uint32_t number = 0;
    std::unique_ptr<Prepared> text;
  };
  const Holders& holders_;
  std::vector<Slot> slots_;
};

bool has(const std::vector<std::uint32_t>& sorted, std::uint32_t x) {
  return std::binary_search(sorted.begin(), sorted.end(), x);
}

}  // namespace

class Index::Impl {
 public:
  explicit Impl(std::size_t one_era) : holders_(one_era), one_era_(one_era) {}

  std::uint32_t put(Signature signature) {
    if (const auto it = number_of_.find(signature.id); it != number_of_.end()) {
      if (holders_.at(it->second).signature == signature) return it->second;
      remove(std::string(signature.id));
    }
    std::string id = signature.id;
    const std::uint32_t number = holders_.add(std::move(signature));
    number_of_.emplace(std::move(id), number);
    return number;
  }

  bool remove(std::string_view id) {
    const auto it = number_of_.find(std::string(id));
    if (it == number_of_.end()) return false;
    const std::uint32_t number = it->second;
    ledger_.drop_pairs_of(number);  // while its place in the order is known
    holders_.remove(number);
    number_of_.erase(it);
    return true;
  }

  Changes commit(unsigned threads) {
    const std::vector<std::uint32_t> dirty = holders_.settle();
    for (const std::uint32_t n : dirty) ledger_.drop_pairs_of(n);
    for (CopyPair& pair : compare_all(dirty, std::max(1U, threads))) ledger_.add(std::move(pair));
    return ledger_.regroup(holders_);
  }

  std::string save() const {
    ByteWriter out;
    out.u32(kFormat);
    out.u64(number_of_.size());
    out.text(ledger_.save(holders_));
    return out.take();
  }

  bool restore(std::vector<Signature> signatures, std::string_view saved) {
    // One era after another: what is looked up of its index is in the caches.
    std::sort(signatures.begin(), signatures.end(), before);
    holders_.expect(signatures.size());
    for (Signature& s : signatures) put(std::move(s));
    ByteReader in(saved);
    const bool fits = in.u32() == kFormat && in.u64() == number_of_.size();
    const std::string ledger = in.text();
    if (!fits || !in.done()) return false;
    Ledger restored;
    if (!restored.restore(ledger, holders_, number_of_)) return false;
    ledger_ = std::move(restored);
    (void)holders_.settle();
    return true;
  }

  [[nodiscard]] std::size_t one_era() const { return one_era_; }

  Holders holders_;
  Ledger ledger_;
  std::unordered_map<std::string, std::uint32_t> number_of_;

 private:
  std::size_t one_era_;

  // Pairs of every dirty text, each pair once. Each thread takes every so-manieth stretch of texts.
  std::vector<CopyPair> compare_all(const std::vector<std::uint32_t>& dirty,
                                    unsigned threads) const {
    constexpr std::size_t kStretch = 256;
    std::vector<std::vector<CopyPair>> found(threads);
    const auto work = [&](unsigned thread) {
      Ready ready(holders_);
      std::vector<std::uint32_t> hits(holders_.texts().size(), 0);
      for (std::size_t at = thread * kStretch; at < dirty.size(); at += threads * kStretch) {
        for (std::size_t i = at; i < std::min(at + kStretch, dirty.size()); ++i) {
          compare_one(dirty[i], dirty, ready, hits, found[thread]);
        }
      }
    };
    {
      std::vector<std::jthread> helpers;
      for (unsigned t = 1; t < threads; ++t) helpers.emplace_back(work, t);
      work(0);
    }
    for (unsigned t = 1; t < threads; ++t) {
      std::move(found[t].begin(), found[t].end(), std::back_inserter(found[0]));
    }
    return std::move(found[0]);
  }

  void compare_one(std::uint32_t number, const std::vector<std::uint32_t>& dirty, Ready& ready,
                   std::vector<std::uint32_t>& hits, std::vector<CopyPair>& out) const {
    const Prepared self(holders_.at(number));
    for (const std::uint32_t other : holders_.candidates(number, hits)) {
      if (other < number && has(dirty, other)) continue;  // its turn
      const Prepared& with = ready.get(other);
      const bool first = before(self.held->signature, with.held->signature);
      CopyPair pair;
      pair.a = first ? number : other;
      pair.b = first ? other : number;
      if (!compare(first ? self : with, first ? with : self, pair)) continue;
      if (pair.original >= 0) {
        pair.original = static_cast<std::int32_t>(pair.original == 0 ? pair.a : pair.b);
      }
      out.push_back(std::move(pair));
    }
  }
};

Index::Index(std::size_t one_era) : impl_(std::make_unique<Impl>(one_era)) {}
Index::~Index() = default;
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;

std::uint32_t Index::put(Signature signature) { return impl_->put(std::move(signature)); }
bool Index::remove(std::string_view id) { return impl_->remove(id); }
Changes Index::commit(unsigned threads) { return impl_->commit(threads); }
std::size_t Index::size() const noexcept { return impl_->number_of_.size(); }

const Signature* Index::find(std::string_view id) const {
  const auto it = impl_->number_of_.find(std::string(id));
  return it == impl_->number_of_.end() ? nullptr : &at(it->second);
}

const Signature& Index::at(std::uint32_t number) const {
  return impl_->holders_.at(number).signature;
}

std::vector<const IndexFamily*> Index::families() const {
  return impl_->ledger_.families(impl_->holders_);
}

const IndexFamily* Index::family(std::string_view id) const { return impl_->ledger_.family(id); }

std::vector<std::string> Index::families_of(std::string_view id) const {
  const auto it = impl_->number_of_.find(std::string(id));
  if (it == impl_->number_of_.end()) return {};
  return impl_->ledger_.families_of(it->second);
}

std::vector<std::pair<std::string, double>> Index::partners(std::string_view id) const {
  std::vector<std::pair<std::string, double>> out;
  const auto it = impl_->number_of_.find(std::string(id));
  if (it == impl_->number_of_.end()) return out;
  for (const auto& [other, pair] : impl_->ledger_.partners_of(it->second)) {
    out.emplace_back(at(other).id, pair->containment);
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::string Index::resolve(std::string_view family) const { return impl_->ledger_.resolve(family); }

std::string Index::save() const { return impl_->save(); }

bool Index::restore(std::vector<Signature> signatures, std::string_view saved) {
  impl_ = std::make_unique<Impl>(impl_->one_era());
  return impl_->restore(std::move(signatures), saved);
}

std::size_t Index::bytes() const {
  std::size_t sum = impl_->holders_.bytes();
  for (const Held& held : impl_->holders_.texts()) {
    sum += sizeof(Held) + held.signature.words.capacity() * sizeof(std::uint32_t);
  }
  return sum;
}

}  // namespace twosource::reuse
