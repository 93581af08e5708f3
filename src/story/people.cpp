#include "story/people.hpp"

#include <algorithm>
#include <map>

#include "story/names.hpp"
#include "text/utf8.hpp"

namespace twosource::story {
namespace {

constexpr std::size_t kDominance = 3;

struct FullName {
  std::string first;
  std::vector<std::string> roles;  // lower case
  std::size_t mentions = 0;
  std::uint32_t number = 0;
};

// "präsident" in "us-präsident": one role names the other.
bool share_role(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  for (const std::string& x : a) {
    for (const std::string& y : b) {
      if (x.find(y) != std::string::npos || y.find(x) != std::string::npos) return true;
    }
  }
  return false;
}

std::vector<std::string> lowered(const std::vector<std::string>& roles) {
  std::vector<std::string> out;
  for (const std::string& role : roles) out.push_back(utf8::lower(role));
  return out;
}

class Matcher {
 public:
  explicit Matcher(const std::vector<LocalPerson>& people)
      : people_(people), number_(people.size(), kNone) {}

  std::vector<std::uint32_t> run() {
    for (std::size_t i = 0; i < people_.size(); ++i) add_full(i);
    for (std::size_t i = 0; i < people_.size(); ++i) {
      if (number_[i] == kNone) add_single(i);
    }
    return renumbered();
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  void add_full(std::size_t i) {
    const std::vector<std::string_view> words = name_words(people_[i].name);
    if (words.size() < 2) return;
    std::vector<FullName>& same_surname = by_surname_[spelling_key(words.back())];
    const std::string first(words.front());
    auto it = std::find_if(same_surname.begin(), same_surname.end(),
                           [&](const FullName& f) { return first_names_agree(f.first, first); });
    if (it == same_surname.end()) {
      same_surname.push_back({first, {}, 0, next_++});
      it = std::prev(same_surname.end());
    }
    if (first.size() > it->first.size()) it->first = first;
    for (std::string& role : lowered(people_[i].roles)) it->roles.push_back(std::move(role));
    it->mentions += people_[i].mentions;
    number_[i] = it->number;
  }

  void add_single(std::size_t i) {
    const std::string key = spelling_key(people_[i].name);
    const auto found = by_surname_.find(key);
    if (found != by_surname_.end()) {
      if (const FullName* who = choose(found->second, people_[i])) {
        number_[i] = who->number;
        return;
      }
    }
    const auto [it, fresh] = singles_.emplace(key, next_);
    if (fresh) ++next_;
    number_[i] = it->second;
  }

  static const FullName* choose(const std::vector<FullName>& names, const LocalPerson& person) {
    if (names.size() == 1) return &names.front();
    const std::vector<std::string> roles = lowered(person.roles);
    const FullName* only = nullptr;
    std::size_t matches = 0;
    const FullName* most = nullptr;
    std::size_t total = 0;
    for (const FullName& f : names) {
      if (share_role(f.roles, roles)) only = &f, ++matches;
      if (most == nullptr || f.mentions > most->mentions) most = &f;
      total += f.mentions;
    }
    if (matches == 1) return only;
    const bool dominant = most->mentions >= kDominance * (total - most->mentions);
    return dominant ? most : nullptr;
  }

  // Numbers in order of first use.
  std::vector<std::uint32_t> renumbered() const {
    std::map<std::uint32_t, std::uint32_t> fresh;
    std::vector<std::uint32_t> out;
    for (const std::uint32_t n : number_) {
      out.push_back(fresh.emplace(n, static_cast<std::uint32_t>(fresh.size())).first->second);
    }
    return out;
  }

  const std::vector<LocalPerson>& people_;
  std::vector<std::uint32_t> number_;
  std::map<std::string, std::vector<FullName>> by_surname_;
  std::map<std::string, std::uint32_t> singles_;
  std::uint32_t next_ = 0;
};

}  // namespace

std::vector<std::uint32_t> match_people(const std::vector<LocalPerson>& people) {
  return Matcher(people).run();
}

}  // namespace twosource::story
