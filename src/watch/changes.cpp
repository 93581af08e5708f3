#include "watch/changes.hpp"

#include <xxhash.h>

#include <algorithm>
#include <map>
#include <memory>
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

// The claims of one cell after another.
class Reader {
 public:
  explicit Reader(record::Database& db)
      : claims_(db,
                "SELECT k.id, k.verdict FROM main.cells c JOIN main.events e ON e.cell = c.cell "
                "JOIN main.claims k ON k.event = e.id WHERE c.name = ?"),
        statements_(db, R"(SELECT article, "start", "end" FROM statements WHERE claim = ?)"),
        differences_(db,
                     "SELECT slot, a_value, b_value FROM differences "
                     "WHERE claim = ? AND relation IN ('different', 'superseded')"),
        text_of_(db, "SELECT text FROM main.articles WHERE id = ?") {}

  void read(const std::string& cell, std::vector<ClaimState>& out) {
    articles_.clear();
    claims_.bind(cell);
    const std::size_t first = out.size();
    while (claims_.step()) {
      ClaimState& c = out.emplace_back();
      c.id = claims_.string(0);
      c.cell = cell;
      c.verdict = claims_.string(1);
    }
    claims_.reset();
    for (std::size_t i = first; i < out.size(); ++i) fill(out[i]);
  }

 private:
  struct Text {
    explicit Text(std::string words) : text(std::move(words)), places(text) {}
    std::string text;
    utf8::OffsetIndex places;
  };

  void fill(ClaimState& c) {
    statements_.bind(c.id);
    while (statements_.step()) {
      const std::string article = statements_.string(0);
      const Text& t = text(article);
      const Span place = t.places.bytes(Span{static_cast<std::uint32_t>(statements_.number(1)),
                                             static_cast<std::uint32_t>(statements_.number(2))});
      c.statements.push_back(
          statement_key(article, std::string_view(t.text).substr(place.begin, place.size())));
    }
    statements_.reset();
    differences_.bind(c.id);
    while (differences_.step()) {
      c.differences.push_back(
          difference_key(differences_.text(0), differences_.text(1), differences_.text(2)));
    }
    differences_.reset();
    sort_unique(c.statements);
    sort_unique(c.differences);
  }

  const Text& text(const std::string& article) {
    std::unique_ptr<Text>& known = articles_[article];
    if (!known) {
      text_of_.bind(article);
      known = std::make_unique<Text>(text_of_.step() ? text_of_.string(0) : std::string());
      text_of_.reset();
    }
    return *known;
  }

  record::Statement claims_, statements_, differences_, text_of_;
  std::unordered_map<std::string, std::unique_ptr<Text>> articles_;  // of the cell
};

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

std::vector<ClaimState> read_claims(record::Record& record, const std::vector<std::string>& cells) {
  std::vector<ClaimState> out;
  Reader reader(record.database());
  for (const std::string& cell : cells) reader.read(cell, out);
  std::sort(out.begin(), out.end(),
            [](const ClaimState& a, const ClaimState& b) { return a.id < b.id; });
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
