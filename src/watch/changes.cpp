#include "watch/changes.hpp"

#include <xxhash.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>

#include "text/utf8.hpp"

namespace twosource::watch {
namespace {

void sort_unique(std::vector<std::uint64_t>& keys) {
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
}

using Numbers = std::unordered_map<std::string, std::size_t>;

void read_statements(record::Database& db, const Numbers& number, std::vector<ClaimState>& out) {
  record::Statement s(db, R"(SELECT article, "start", "end", claim FROM statements )"
                          R"(ORDER BY article, "start", "end")");
  record::Statement text_of(db, "SELECT text FROM main.articles WHERE id = ?");
  std::string article;
  std::string text;
  std::optional<utf8::OffsetIndex> places;
  while (s.step()) {
    if (!places || s.text(0) != article) {
      article = s.string(0);
      text_of.reset();
      text_of.bind(article);
      text = text_of.step() ? text_of.string(0) : std::string();
      places.emplace(text);
    }
    const auto found = number.find(s.string(3));
    if (found == number.end()) continue;
    const Span place = places->bytes(
        Span{static_cast<std::uint32_t>(s.number(1)), static_cast<std::uint32_t>(s.number(2))});
    out[found->second].statements.push_back(
        statement_key(article, std::string_view(text).substr(place.begin, place.size())));
  }
}

// Every pair that shares statements, the largest share first; equals in order.
struct Overlap {
  std::size_t shared;
  bool same_differences;
  std::size_t before;
  std::size_t now;
};

std::vector<Overlap> overlaps(const std::vector<ClaimState>& before,
                              const std::vector<ClaimState>& now) {
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> holders;
  for (std::size_t i = 0; i < before.size(); ++i) {
    for (const std::uint64_t key : before[i].statements) holders[key].push_back(i);
  }
  std::vector<Overlap> out;
  std::map<std::size_t, std::size_t> shared;
  for (std::size_t i = 0; i < now.size(); ++i) {
    shared.clear();
    for (const std::uint64_t key : now[i].statements) {
      const auto found = holders.find(key);
      if (found == holders.end()) continue;
      for (const std::size_t b : found->second) ++shared[b];
    }
    for (const auto& [b, count] : shared) {
      out.push_back({count, before[b].differences == now[i].differences, b, i});
    }
  }
  std::sort(out.begin(), out.end(), [](const Overlap& x, const Overlap& y) {
    return std::tuple(y.shared, y.same_differences, x.before, x.now) <
           std::tuple(x.shared, x.same_differences, y.before, y.now);
  });
  return out;
}

// matched[i]: the index in `before` of what now[i] was.
std::vector<std::size_t> match(const std::vector<ClaimState>& before,
                               const std::vector<ClaimState>& now, std::vector<bool>& taken) {
  std::vector<std::size_t> matched(now.size(), Change::kNone);
  for (const Overlap& o : overlaps(before, now)) {
    if (taken[o.before] || matched[o.now] != Change::kNone) continue;
    taken[o.before] = true;
    matched[o.now] = o.before;
  }
  return matched;
}

Change::Kind kind_of(std::string_view verdict, Change::Kind otherwise) {
  if (verdict == "confirmed") return Change::Kind::Confirmed;
  if (verdict == "contradicted") return Change::Kind::Contradicted;
  if (verdict == "superseded") return Change::Kind::Superseded;
  if (verdict == "withdrawn") return Change::Kind::Withdrawn;
  return otherwise;
}

bool has_new_values(const ClaimState& before, const ClaimState& now) {
  return (now.verdict == "contradicted" || now.verdict == "superseded") &&
         !std::includes(before.differences.begin(), before.differences.end(),
                        now.differences.begin(), now.differences.end());
}

}  // namespace

bool is_telling(std::string_view verdict) noexcept {
  return verdict == "confirmed" || verdict == "contradicted" || verdict == "superseded" ||
         verdict == "withdrawn";
}

std::uint64_t statement_key(std::string_view article, std::string_view sentence) {
  return XXH3_64bits_withSeed(sentence.data(), sentence.size(),
                              XXH3_64bits(article.data(), article.size()));
}

std::uint64_t difference_key(std::string_view slot, std::string_view a, std::string_view b) {
  if (b < a) std::swap(a, b);
  std::string words(slot);
  words.append("\n").append(a).append("\n").append(b);
  return XXH3_64bits(words.data(), words.size());
}

std::vector<ClaimState> read_claims(record::Record& record) {
  record::Database& db = record.database();
  std::vector<ClaimState> out;
  Numbers number;
  record::Statement claims(db, "SELECT id, verdict FROM main.claims ORDER BY id");
  while (claims.step()) {
    number.emplace(claims.string(0), out.size());
    out.emplace_back().id = claims.string(0);
    out.back().verdict = claims.string(1);
  }
  read_statements(db, number, out);
  record::Statement differences(db,
                                "SELECT claim, slot, a_value, b_value FROM differences "
                                "WHERE relation IN ('different', 'superseded')");
  while (differences.step()) {
    const auto found = number.find(differences.string(0));
    if (found == number.end()) continue;
    out[found->second].differences.push_back(
        difference_key(differences.text(1), differences.text(2), differences.text(3)));
  }
  for (ClaimState& c : out) {
    sort_unique(c.statements);
    sort_unique(c.differences);
  }
  return out;
}

std::string_view to_string(Change::Kind kind) noexcept {
  switch (kind) {
    case Change::Kind::Confirmed:
      return "confirmed";
    case Change::Kind::Contradicted:
      return "contradicted";
    case Change::Kind::Superseded:
      return "superseded";
    case Change::Kind::Withdrawn:
      return "withdrawn";
    case Change::Kind::Changed:
      return "changed";
    case Change::Kind::New:
      return "new";
    case Change::Kind::Gone:
      return "gone";
  }
  return "changed";
}

std::vector<Change> compare(const std::vector<ClaimState>& before,
                            const std::vector<ClaimState>& now) {
  std::vector<bool> taken(before.size(), false);
  const std::vector<std::size_t> matched = match(before, now, taken);
  std::vector<Change> out;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const std::size_t b = matched[i];
    if (b == Change::kNone) {
      out.push_back({kind_of(now[i].verdict, Change::Kind::New), b, i});
    } else if (before[b].verdict != now[i].verdict || has_new_values(before[b], now[i])) {
      out.push_back({kind_of(now[i].verdict, Change::Kind::Changed), b, i});
    }
  }
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!taken[i] && is_telling(before[i].verdict)) {
      out.push_back({Change::Kind::Gone, i, Change::kNone});
    }
  }
  return out;
}

}  // namespace twosource::watch
