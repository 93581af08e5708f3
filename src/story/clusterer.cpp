#include "story/clusterer.hpp"

#include <xxhash.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "story/slices.hpp"
#include "text/bytes.hpp"
#include "text/short_id.hpp"

namespace twosource::story {
namespace {

constexpr std::uint32_t kFormat = 2;
constexpr char kKind = 'v';

}  // namespace

class Clusterer::Impl {
 public:
  using Key = std::uint64_t;  // of an event: the number in its id
  using Numbers = Slices::Numbers;

  void put(Signature signature) {
    if (const auto it = number_of_.find(signature.id); it != number_of_.end()) {
      if (articles_[it->second] == signature) return;
      remove(std::string(signature.id));
    }
    std::uint32_t number = 0;
    if (free_.empty()) {
      number = static_cast<std::uint32_t>(articles_.size());
      articles_.emplace_back();
      event_of_.push_back(0);
    } else {
      number = free_.back();
      free_.pop_back();
    }
    number_of_.emplace(signature.id, number);
    articles_[number] = std::move(signature);
    slices_.add(number);
  }

  bool remove(std::string_view id) {
    const auto it = number_of_.find(std::string(id));
    if (it == number_of_.end()) return false;
    slices_.remove(it->second);
    articles_[it->second] = {};
    left_.insert(std::exchange(event_of_[it->second], 0));
    free_.push_back(it->second);
    number_of_.erase(it);
    return true;
  }

  void touch(std::string_view id) {
    if (const auto it = number_of_.find(std::string(id)); it != number_of_.end()) {
      slices_.touch(it->second);
    }
  }

  Changes commit(const Partners& partners, unsigned threads) {
    const Slices::Regrouped regrouped = slices_.update(
        partners,
        [&](const std::string& id) {
          const auto it = number_of_.find(id);
          return it == number_of_.end() ? Slices::kNobody : it->second;
        },
        std::max(1U, threads));
    return name_events(regrouped);
  }

  std::string save() const {
    ByteWriter out;
    out.u32(kFormat);
    out.u64(articles_fingerprint());
    out.text(slices_.save());
    const std::map<Key, Key> gone(gone_.begin(), gone_.end());
    out.u32(static_cast<std::uint32_t>(gone.size()));
    for (const auto& [key, heir] : gone) out.u64(key), out.u64(heir);
    return out.take();
  }

  bool restore(std::vector<Signature> signatures, std::string_view saved) {
    for (Signature& s : signatures) put(std::move(s));
    ByteReader in(saved);
    const bool fits = in.u32() == kFormat && in.u64() == articles_fingerprint();
    const std::string slices = in.text();
    if (!fits) return false;
    Slices::Regrouped regrouped;
    auto groups = slices_.restore(slices);
    if (!groups) return false;
    regrouped.are = std::move(*groups);
    for (std::uint32_t n = in.u32(); n > 0 && in.sound(); --n) {
      const Key key = in.u64();
      gone_[key] = in.u64();
    }
    (void)name_events(regrouped);
    return in.done();
  }

  View view(Key key) const {
    View out;
    const auto it = events_.find(key);
    if (it == events_.end()) return out;
    out.id = short_id(kKind, key);
    for (const std::uint32_t n : it->second) out.articles.push_back(articles_[n].id);
    return out;
  }

  std::vector<View> views() const {
    std::vector<Key> keys;
    for (const auto& [key, numbers] : events_) keys.push_back(key);
    std::sort(keys.begin(), keys.end(), [&](Key x, Key y) {
      return before(articles_[events_.at(x).front()], articles_[events_.at(y).front()]);
    });
    std::vector<View> out;
    for (const Key key : keys) out.push_back(view(key));
    return out;
  }

  std::string event_of(std::string_view article) const {
    const auto it = number_of_.find(std::string(article));
    const bool known = it != number_of_.end() && event_of_[it->second] != 0;
    return known ? short_id(kKind, event_of_[it->second]) : std::string();
  }

  std::string resolve(std::string_view id) const {
    Key key = twosource::key_of(kKind, id);
    // A chain of tombstones is walked at most once around.
    for (std::size_t steps = 0; steps <= gone_.size() && key != 0; ++steps) {
      if (events_.contains(key)) return short_id(kKind, key);
      const auto next = gone_.find(key);
      key = next == gone_.end() ? 0 : next->second;
    }
    return {};
  }

  std::size_t size() const { return number_of_.size(); }

  const Signature* find(std::string_view id) const {
    const auto it = number_of_.find(std::string(id));
    return it == number_of_.end() ? nullptr : &articles_[it->second];
  }

 private:
  // The same for the same articles.
  std::uint64_t articles_fingerprint() const {
    std::uint64_t sum = number_of_.size();
    for (const auto& [id, number] : number_of_) {
      const std::vector<Term>& terms = articles_[number].terms;
      sum += XXH3_64bits_withSeed(terms.data(), terms.size() * sizeof(Term),
                                  XXH3_64bits(id.data(), id.size()));
    }
    return sum;
  }

  Changes name_events(const Slices::Regrouped& regrouped) {
    for (const std::uint32_t n : regrouped.were) left_.insert(std::exchange(event_of_[n], 0));
    left_.erase(0);
    std::unordered_map<Key, Numbers> old;
    for (const Key key : left_) {
      if (auto event = events_.extract(key)) old.insert(std::move(event));
    }
    left_.clear();
    Changes out;
    for (const Numbers& group : regrouped.are) {
      const Key key =
          short_key(articles_[group.front()].id, "", [&](Key k) { return events_.contains(k); });
      for (const std::uint32_t n : group) event_of_[n] = key;
      gone_.erase(key);
      const auto was = old.find(key);
      if (was == old.end()) {
        out.added.push_back(short_id(kKind, key));
      } else if (was->second != group) {
        out.changed.push_back(short_id(kKind, key));
      }
      events_.emplace(key, group);
    }
    for (const auto& [key, numbers] : old) {
      if (events_.contains(key)) continue;
      const Key heir = heir_of(numbers);
      gone_[key] = heir;
      out.gone.emplace_back(short_id(kKind, key), heir == 0 ? "" : short_id(kKind, heir));
    }
    std::sort(out.added.begin(), out.added.end());
    std::sort(out.changed.begin(), out.changed.end());
    std::sort(out.gone.begin(), out.gone.end());
    return out;
  }

  // The event that holds most of these articles now; 0 when none does.
  Key heir_of(const Numbers& numbers) const {
    std::map<Key, std::size_t> heirs;
    for (const std::uint32_t n : numbers) {
      if (event_of_[n] != 0) ++heirs[event_of_[n]];
    }
    const auto most =
        std::max_element(heirs.begin(), heirs.end(), [](const auto& a, const auto& b) {
          return std::tuple(a.second, b.first) < std::tuple(b.second, a.first);
        });
    return most == heirs.end() ? 0 : most->first;
  }

  std::vector<Signature> articles_;
  std::vector<Key> event_of_;
  std::vector<std::uint32_t> free_;
  std::unordered_map<std::string, std::uint32_t> number_of_;
  Slices slices_{articles_};
  std::unordered_map<Key, Numbers> events_;
  std::set<Key> left_;                 // events that articles left since the last commit
  std::unordered_map<Key, Key> gone_;  // 0: all its articles are gone
};

Clusterer::Clusterer() : impl_(std::make_unique<Impl>()) {}
Clusterer::~Clusterer() = default;
Clusterer::Clusterer(Clusterer&&) noexcept = default;
Clusterer& Clusterer::operator=(Clusterer&&) noexcept = default;

void Clusterer::put(Signature signature) { impl_->put(std::move(signature)); }
bool Clusterer::remove(std::string_view id) { return impl_->remove(id); }
void Clusterer::touch(std::string_view id) { impl_->touch(id); }
Changes Clusterer::commit(const Partners& partners, unsigned threads) {
  return impl_->commit(partners, threads);
}
std::size_t Clusterer::size() const noexcept { return impl_->size(); }
const Signature* Clusterer::find(std::string_view id) const { return impl_->find(id); }
std::vector<Clusterer::View> Clusterer::events() const { return impl_->views(); }
Clusterer::View Clusterer::event(std::string_view id) const {
  return impl_->view(key_of(kKind, id));
}
std::string Clusterer::event_of(std::string_view article) const { return impl_->event_of(article); }
std::string Clusterer::resolve(std::string_view event) const { return impl_->resolve(event); }
std::string Clusterer::save() const { return impl_->save(); }
bool Clusterer::restore(std::vector<Signature> signatures, std::string_view saved) {
  impl_ = std::make_unique<Impl>();
  return impl_->restore(std::move(signatures), saved);
}

}  // namespace twosource::story
