#include "clean/html_words.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace twosource::clean {
namespace {

struct RoleName {
  std::string_view name;
  HtmlRole role;
};
constexpr RoleName kRoles[] = {
    {"body", HtmlRole::Body},
    {"headline", HtmlRole::Headline},
    {"teaser", HtmlRole::Teaser},
    {"byline", HtmlRole::Byline},
    {"date", HtmlRole::Date},
    {"hidden", HtmlRole::Hidden},
    {"navigation", HtmlRole::Navigation},
    {"share", HtmlRole::Share},
    {"related", HtmlRole::Related},
    {"advert", HtmlRole::Advert},
    {"cookie", HtmlRole::Cookie},
    {"comment", HtmlRole::Comment},
    {"paywall", HtmlRole::Paywall},
    {"footer", HtmlRole::Footer},
    {"tag", HtmlRole::Tag},
    {"caption", HtmlRole::Caption},
    {"credit", HtmlRole::Credit},
    {"player", HtmlRole::Player},
    {"other", HtmlRole::Other},
    {"modifier", HtmlRole::None},
};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_alnum(char c) {
  return (c >= 'a' && c <= 'z') || is_upper(c) || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Lower-case words of a class value, at most kMaxWords, one blank between them; `breaks[i]` is set
// when a blank stands before word i in the value (another class begins, so no pair reaches over
// it).
constexpr std::size_t kMaxWords = 48;
class Words {
 public:
  explicit Words(std::string_view value) {
    bool fresh = true;
    std::size_t i = 0;
    while (i < value.size() && count < kMaxWords) {
      if (!is_alnum(value[i]) || is_digit(value[i])) {
        fresh = fresh || value[i] == ' ' || value[i] == '\t' || value[i] == '\n';
        ++i;
        continue;
      }
      const std::size_t begin = i;
      begin_[count] = static_cast<std::uint16_t>(used_);
      while (i < value.size() && is_alnum(value[i]) && !is_digit(value[i]) && used_ < kRoom) {
        const bool hump = i > begin && is_upper(value[i]) && !is_upper(value[i - 1]);
        if (hump) break;
        bytes_[used_++] = is_upper(value[i]) ? static_cast<char>(value[i] + 32) : value[i];
        ++i;
      }
      end_[count] = static_cast<std::uint16_t>(used_);
      breaks[count++] = fresh;
      fresh = false;
      if (used_ + 1 >= kRoom) break;
      bytes_[used_++] = ' ';
    }
  }
  [[nodiscard]] std::string_view word(std::size_t i) const { return view(begin_[i], end_[i]); }
  [[nodiscard]] std::string_view pair(std::size_t i) const { return view(begin_[i], end_[i + 1]); }

  std::array<bool, kMaxWords> breaks;  // of the first `count`
  std::size_t count = 0;

 private:
  // Values are at most kLongestValue bytes long; a blank behind each word.
  static constexpr std::size_t kRoom = HtmlWords::kLongestValue + kMaxWords + 1;
  [[nodiscard]] std::string_view view(std::size_t begin, std::size_t end) const {
    return {bytes_.data() + begin, end - begin};
  }
  std::array<char, kRoom> bytes_;
  std::array<std::uint16_t, kMaxWords> begin_;
  std::array<std::uint16_t, kMaxWords> end_;
  std::size_t used_ = 0;
};

bool better(RoleHint a, RoleHint b) {
  if (a.weight != b.weight) return a.weight > b.weight;
  return is_furniture(a.role) && !is_furniture(b.role);
}

}  // namespace

FurnitureKind furniture_kind(HtmlRole role) noexcept {
  switch (role) {
    case HtmlRole::Navigation:
      return FurnitureKind::Navigation;
    case HtmlRole::Share:
      return FurnitureKind::Share;
    case HtmlRole::Related:
      return FurnitureKind::Related;
    case HtmlRole::Advert:
      return FurnitureKind::Advert;
    case HtmlRole::Cookie:
      return FurnitureKind::Cookie;
    case HtmlRole::Comment:
      return FurnitureKind::Comment;
    case HtmlRole::Paywall:
      return FurnitureKind::Paywall;
    case HtmlRole::Footer:
      return FurnitureKind::Footer;
    case HtmlRole::Tag:
      return FurnitureKind::Tag;
    case HtmlRole::Caption:
      return FurnitureKind::Caption;
    case HtmlRole::Credit:
      return FurnitureKind::Credit;
    case HtmlRole::Player:
      return FurnitureKind::Player;
    case HtmlRole::Byline:
      return FurnitureKind::Byline;
    default:
      return FurnitureKind::Other;
  }
}

bool is_furniture(HtmlRole role) noexcept { return role >= HtmlRole::Byline; }

HtmlWords::HtmlWords(const PackSet& packs) {
  std::vector<const Pack*> all{&packs.common()};
  for (const std::string& code : packs.languages()) all.push_back(&packs.get(code));
  for (const Pack* pack : all) {
    const Table& table = pack->table("clean_html.tsv");
    if (table.columns().empty()) continue;
    const std::size_t words = table.column("words");
    const std::size_t kind = table.column("kind");
    const std::size_t weight = table.column("weight");
    for (const Row& row : table.rows()) {
      const auto* role = std::find_if(std::begin(kRoles), std::end(kRoles),
                                      [&](const RoleName& r) { return r.name == row.cells[kind]; });
      const std::string& w = row.cells[weight];
      if (role == std::end(kRoles) || w.size() != 1 || w[0] < '1' || w[0] > '3') {
        throw PackError(table.where(row) + ": unknown kind or weight");
      }
      const RoleHint hint{role->role, static_cast<std::uint8_t>(w[0] - '0')};
      for (const std::string& entry : split_list(row.cells[words])) add(entry, hint);
    }
  }
  std::sort(prefix_lengths_.begin(), prefix_lengths_.end(), std::greater<>());
  prefix_lengths_.erase(std::unique(prefix_lengths_.begin(), prefix_lengths_.end()),
                        prefix_lengths_.end());
}

void HtmlWords::add(const std::string& words, RoleHint hint) {
  if (hint.role == HtmlRole::None) {
    modifiers_.insert(words);
    return;
  }
  if (!words.empty() && words.back() == '*') {
    const std::string prefix = words.substr(0, words.size() - 1);
    prefixes_.emplace(prefix, hint);
    prefix_lengths_.push_back(prefix.size());
    return;
  }
  exact_.emplace(words, hint);
}

RoleHint HtmlWords::of_word(std::string_view word) const {
  if (const auto it = exact_.find(word); it != exact_.end()) return it->second;
  for (const std::size_t length : prefix_lengths_) {
    if (length >= word.size()) continue;
    const auto it = prefixes_.find(word.substr(0, length));
    if (it != prefixes_.end()) return it->second;
  }
  return {};
}

RoleHint HtmlWords::read(std::string_view value) const {
  const Words words(value.substr(0, kLongestValue));
  RoleHint best;
  bool skipping = false;  // inside a class that begins with a modifier
  for (std::size_t i = 0; i < words.count; ++i) {
    const bool more = i + 1 < words.count && !words.breaks[i + 1];
    if (words.breaks[i]) skipping = false;
    if (more) {
      if (const auto it = exact_.find(words.pair(i)); it != exact_.end()) {
        if (better(it->second, best)) best = it->second;
        ++i;
        continue;
      }
    }
    if (words.breaks[i] && more && modifiers_.find(words.word(i)) != modifiers_.end()) {
      skipping = true;
    }
    if (skipping) continue;
    const RoleHint hint = of_word(words.word(i));
    if (better(hint, best)) best = hint;
  }
  return best;
}

}  // namespace twosource::clean
