#include "claim/statuses.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "claim/moments.hpp"
#include "claim/value_kinds.hpp"
#include "claim/values.hpp"

namespace twosource::claim {
namespace {

constexpr std::size_t kMaxStatuses = 400;  // of an event
// Hours between two reports after which a thing may have changed. Set by hand, not tuned.
constexpr double kChanged = 2;

class StatusReader {
 public:
  StatusReader(const Article& article, const SentenceUnit& unit, const Lexicon& lexicon)
      : article_(article), layer_(article.tokens), unit_(unit), lexicon_(lexicon) {
    const Sentence& s = layer_.sentences[unit.sentence];
    begin_ = s.first_token;
    end_ = s.last_token;
  }

  std::vector<Status> run() const {
    std::vector<Status> out;
    for (std::size_t i = begin_; i < end_; ++i) {
      const StatusWord* found = nullptr;
      for (const StatusWord& w : lexicon_.status_words(layer_.lower(i))) {
        if ((found == nullptr || w.words.size() > found->words.size()) && stands_at(w, i)) {
          found = &w;
        }
      }
      if (found == nullptr) continue;
      const std::size_t next = i + found->words.size();
      if (!qualified(i)) add(*found, i, next, out);
      i = next - 1;
    }
    return out;
  }

 private:
  [[nodiscard]] bool stands_at(const StatusWord& w, std::size_t i) const {
    if (i + w.words.size() > end_) return false;
    for (std::size_t k = 0; k < w.words.size(); ++k) {
      if (layer_.lower(i + k) != w.words[k]) return false;
    }
    return true;
  }

  // Does a word before it deny it, or hold it for a part ("nicht gesperrt", "teils gesperrt")?
  [[nodiscard]] bool qualified(std::size_t i) const {
    for (std::size_t k = i; k > begin_ && i - k < 3; --k) {
      const std::string_view lower = layer_.lower(k - 1);
      if (lexicon_.negation(lower) || lexicon_.fact(lower).is(FactWord::Partly)) return true;
      if (layer_.tokens[k - 1].kind == TokenKind::Punctuation) return false;
    }
    return false;
  }

  [[nodiscard]] bool boundary(std::size_t i) const {
    return layer_.tokens[i].kind == TokenKind::Punctuation;
  }

  // Is it a noun that may be the thing: no place, no time, no source?
  [[nodiscard]] bool thing(std::size_t i) const {
    const Token& t = layer_.tokens[i];
    const std::string_view lower = layer_.lower(i);
    if (t.kind != TokenKind::Word || lower.size() < kMinHead || lexicon_.stop_word(lower))
      return false;
    if (unit_.capital_nouns && !t.upper) return false;
    if (lexicon_.no_thing(lower) || lexicon_.source_kind(lower)) return false;
    const auto in_time = [&](std::uint32_t x) { return article_.times[x].span.contains(t.span); };
    if (std::any_of(unit_.times.begin(), unit_.times.end(), in_time)) return false;
    if (i + 1 < end_ && layer_.tokens[i + 1].kind == TokenKind::Number) return true;  // a road
    const auto from =
        std::partition_point(article_.mentions.begin(), article_.mentions.end(),
                             [&](const Mention& m) { return m.span.end <= t.span.begin; });
    return from == article_.mentions.end() || !from->span.contains(t.span) ||
           article_.entities[from->entity].type != EntityType::Location;
  }

  // The noun and a number or letter behind it: "bundesstraße 112", "terminal b".
  [[nodiscard]] std::string name_at(std::size_t i) const {
    std::string out(layer_.lower(i));
    if (i + 1 < end_ && (layer_.tokens[i + 1].kind == TokenKind::Number ||
                         (layer_.tokens[i + 1].upper && layer_.tokens[i + 1].span.size() == 1))) {
      out.append(" ").append(layer_.lower(i + 1));
    }
    return out;
  }

  void add(const StatusWord& w, std::size_t first, std::size_t next,
           std::vector<Status>& out) const {
    Status s;
    s.kind = w.kind;
    s.state = w.state;
    s.span = make_span(layer_.tokens[first].span.begin, layer_.tokens[next - 1].span.end);
    s.words = std::string(article_.at(s.span));
    for (std::size_t i = first; i > begin_ && !boundary(i - 1); --i) {
      if (thing(i - 1)) s.things.push_back(name_at(i - 1));
    }
    for (std::size_t i = next; i < end_ && !boundary(i); ++i) {
      if (thing(i)) s.things.push_back(name_at(i));
    }
    // "Ein Mann, der …, schwebt nicht mehr in Lebensgefahr": a clause without a noun.
    for (std::size_t i = begin_; s.things.empty() && i < first; ++i) {
      if (thing(i)) s.things.push_back(name_at(i));
    }
    if (s.things.empty()) return;
    s.nearest = s.things.front();
    out.push_back(std::move(s));
  }

  const Article& article_;
  const TokenLayer& layer_;
  const SentenceUnit& unit_;
  const Lexicon& lexicon_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

bool same_thing(const std::string& x, const std::string& y) {
  const auto number = [](const std::string& s) {
    return s.substr(std::min(s.find(' '), s.size()));
  };
  return number(x) == number(y) && same_head(x.substr(0, x.find(' ')), y.substr(0, y.find(' ')));
}

bool of_one_thing(const Status& x, const Status& y) {
  const auto among = [](const std::string& name, const std::vector<std::string>& list) {
    return std::any_of(list.begin(), list.end(),
                       [&](const std::string& other) { return same_thing(name, other); });
  };
  return among(x.nearest, y.things) || among(y.nearest, x.things);
}

std::uint32_t root_of(std::vector<std::uint32_t>& parent, std::uint32_t i) {
  while (parent[i] != i) i = parent[i] = parent[parent[i]];
  return i;
}

// Pairs of states of one thing that reports of two moments give otherwise, by place in the list.
using StatusPair = std::pair<std::uint32_t, std::uint32_t>;
template <class When>
std::vector<StatusPair> changes(const std::vector<Status>& all, std::span<const SentenceUnit> units,
                                const When& when) {
  std::vector<StatusPair> found;
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    for (std::uint32_t j = i + 1; j < all.size(); ++j) {
      const Status& x = all[i];
      const Status& y = all[j];
      if (x.kind != y.kind || x.state == y.state) continue;
      if (units[x.unit].article == units[y.unit].article) continue;
      const std::string& a = when(x.unit);
      const std::string& b = when(y.unit);
      if (a.size() < kIsoDay || b.size() < kIsoDay) continue;
      const bool later = a.substr(0, kIsoDay) != b.substr(0, kIsoDay) ||
                         hours_between(a, b).value_or(0) >= kChanged;
      if (later && of_one_thing(x, y)) found.emplace_back(i, j);
    }
  }
  return found;
}

}  // namespace

std::vector<Status> read_statuses(const Article& article, const SentenceUnit& unit,
                                  const Lexicon& lexicon) {
  return StatusReader(article, unit, lexicon).run();
}

std::vector<FigureClaim> status_claims(
    const Dossier& dossier, std::int32_t event, std::span<const SentenceUnit> units,
    const Lexicons& lexicons, Attributor& attributor,
    std::map<std::pair<std::uint32_t, std::uint32_t>, Difference>& links) {
  std::vector<Status> all;
  for (std::uint32_t u = 0; u < units.size() && all.size() < kMaxStatuses; ++u) {
    const Article& a = dossier.articles[units[u].article];
    for (Status& s : read_statuses(a, units[u], lexicons.of(a.language))) {
      s.unit = u;
      all.push_back(std::move(s));
    }
  }
  const auto when = [&](std::uint32_t u) -> const std::string& {
    return dossier.articles[units[u].article].published.value;
  };
  const std::vector<StatusPair> found = changes(all, units, when);
  std::vector<std::uint32_t> parent(all.size());
  std::iota(parent.begin(), parent.end(), 0U);
  std::vector<bool> linked(all.size());
  for (const auto& [i, j] : found) {
    parent[root_of(parent, i)] = root_of(parent, j);
    linked[i] = linked[j] = true;
  }
  std::map<std::uint32_t, FigureClaim> made;
  std::vector<std::uint32_t> place(all.size());
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    if (!linked[i]) continue;
    FigureClaim& f = made[root_of(parent, i)];
    place[i] = static_cast<std::uint32_t>(f.claim.statements.size());
    Statement s = attributor.statement(units[all[i].unit], all[i].span);
    s.values = {{"status:" + all[i].nearest, all[i].words, all[i].span}};
    f.claim.statements.push_back(std::move(s));
    f.units.push_back(all[i].unit);
  }
  for (const auto& [i, j] : found) {
    Claim& claim = made[root_of(parent, i)].claim;
    std::string why = fmt::format("reported on {} and on {}", when(all[i].unit), when(all[j].unit));
    claim.differences.push_back({"status:" + all[i].nearest, Relation::Superseded, place[i],
                                 place[j], all[i].words, all[j].words, std::move(why)});
    links.insert({{all[i].unit, all[j].unit}, claim.differences.back()});
  }
  std::vector<FigureClaim> out;
  for (auto& [id, f] : made) {
    f.claim.event = event;
    const auto latest =
        std::max_element(f.units.begin(), f.units.end(),
                         [&](std::uint32_t x, std::uint32_t y) { return when(x) < when(y); });
    f.claim.text = std::string(dossier.articles[units[*latest].article].at(units[*latest].span));
    judge(dossier, f.claim, independent_voices(dossier, f.claim, {}), 2, false);
    out.push_back(std::move(f));
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const FigureClaim& x, const FigureClaim& y) { return x.units < y.units; });
  return out;
}

}  // namespace twosource::claim
