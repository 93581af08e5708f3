#include "report/view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "article/edtf.hpp"
#include "article/shown.hpp"
#include "text/join.hpp"
#include "text/utf8.hpp"

namespace twosource::report {
namespace {

// What needs a look comes first.
constexpr auto kOrder = std::to_array<Verdict>(
    {Verdict::Contradicted, Verdict::Superseded, Verdict::Withdrawn, Verdict::Confirmed,
     Verdict::RelayedOnly, Verdict::AuthorityOnly, Verdict::AgencyOnly, Verdict::SingleOutlet});

std::string main_language(const Dossier& dossier, const PackSet& packs) {
  std::map<std::string, int> count;
  for (const Article& a : dossier.articles) {
    if (packs.has(a.language)) ++count[a.language];
  }
  const auto best = std::max_element(
      count.begin(), count.end(), [](const auto& x, const auto& y) { return x.second < y.second; });
  return best == count.end() ? "en" : best->first;
}

}  // namespace

std::string_view sign(CellState state) noexcept {
  constexpr auto kSigns = std::to_array<std::string_view>({"●", "❝", "≡", "≠", "↻", "–"});
  return kSigns[static_cast<std::size_t>(state)];
}

std::string_view css_class(CellState state) noexcept {
  constexpr auto kNames =
      std::to_array<std::string_view>({"reports", "cites", "copies", "differs", "later", "silent"});
  return kNames[static_cast<std::size_t>(state)];
}

View::View(const Dossier& dossier, const PackSet& packs)
    : dossier_(dossier), language_(main_language(dossier, packs)), labels_(packs.get(language_)) {}

std::string View::title() const {
  return dossier_.title.empty() ? labels_("untitled") : dossier_.title;
}

std::string View::time_span() const {
  std::vector<std::string> dates;
  const auto add = [&](const std::string& value) {
    if (const auto d = parse_edtf(value)) {
      dates.push_back(value.substr(0, std::min<std::size_t>(10, value.size())));
    }
  };
  for (const Article& a : dossier_.articles) add(a.published.value);
  for (const Event& e : dossier_.events) add(e.when);
  if (dates.empty()) return {};
  const auto [first, last] = std::minmax_element(dates.begin(), dates.end());
  if (*first == *last) return labels_.date(*first);
  return labels_.date(*first) + " – " + labels_.date(*last);
}

std::string View::outlet(std::uint32_t article) const {
  return outlet_of(dossier_.articles[article]);
}

std::string View::headline(std::uint32_t article) const {
  return title_of(dossier_.articles[article]);
}

std::string View::safe_url(const std::string& url) {
  return url.starts_with("https://") || url.starts_with("http://") ? url : std::string();
}

// The agency most sentences come from; `all`: nearly every sentence does.
std::string View::main_agency(std::uint32_t article, bool& all) const {
  std::map<std::string, std::size_t> count;
  if (article >= dossier_.sentence_origins.size()) return {};
  const auto& sentences = dossier_.sentence_origins[article];
  for (const SentenceOrigin& s : sentences) {
    if (s.origin < 0) continue;
    const Origin& o = dossier_.origins[static_cast<std::size_t>(s.origin)];
    if (o.kind == OriginKind::Agency) ++count[o.name];
  }
  const auto best = std::max_element(
      count.begin(), count.end(), [](const auto& x, const auto& y) { return x.second < y.second; });
  if (best == count.end()) return {};
  all = 10 * best->second >= 8 * sentences.size();
  return best->first;
}

std::string View::other_house(std::uint32_t article, std::int32_t origin) const {
  if (origin < 0) return {};
  const Origin& o = dossier_.origins[static_cast<std::size_t>(origin)];
  if (o.kind != OriginKind::Outlet) return {};
  const Article& a = dossier_.articles[article];
  const bool own = o.name == a.id || o.name == a.publisher || o.name == a.publisher_group;
  return own ? std::string() : o.name;
}

std::string View::reprinted_from(std::uint32_t article) const {
  std::map<std::string, std::size_t> count;
  if (article >= dossier_.sentence_origins.size()) return {};
  for (const SentenceOrigin& s : dossier_.sentence_origins[article]) {
    if (s.family < 0) continue;
    if (std::string house = other_house(article, s.origin); !house.empty()) ++count[house];
  }
  for (const auto& [house, n] : count) {
    if (2 * n > dossier_.sentence_origins[article].size()) return house;
  }
  return {};
}

std::string View::copied_from(const Evidence& sentence) const {
  if (sentence.article >= dossier_.sentence_origins.size()) return {};
  const std::vector<SentenceOrigin>& origins = dossier_.sentence_origins[sentence.article];
  const TokenLayer& tokens = dossier_.articles[sentence.article].tokens;
  const std::size_t index = tokens.sentence_at(sentence.span.begin);
  if (index >= origins.size() || origins[index].family < 0) return {};
  return other_house(sentence.article, origins[index].origin);
}

std::string View::rests_on(std::uint32_t article) const {
  if (const std::string house = reprinted_from(article); !house.empty()) {
    return labels_.fill("reprint", house);
  }
  bool all = false;
  const std::string agency = main_agency(article, all);
  if (!agency.empty()) return all ? labels_.fill("agency", agency) : labels_.fill("mixed", agency);
  std::vector<std::string> credits;
  for (const AgencyCredit& c : dossier_.articles[article].agencies) {
    const bool known = std::find(credits.begin(), credits.end(), c.name) != credits.end();
    if (c.kind == AgencyKind::Text && !known) credits.push_back(c.name);
  }
  if (!credits.empty()) return joined(credits, ", ");
  std::size_t unknown = 0;
  std::size_t total = 0;
  if (article < dossier_.sentence_origins.size()) {
    for (const SentenceOrigin& s : dossier_.sentence_origins[article]) {
      ++total;
      if (s.origin < 0 ||
          dossier_.origins[static_cast<std::size_t>(s.origin)].kind == OriginKind::Unknown) {
        ++unknown;
      }
    }
  }
  return labels_(2 * unknown > total ? "unknown_origin" : "own");
}

std::string View::origin_name(std::int32_t origin) const {
  if (origin < 0) return labels_("origin.unknown");
  const Origin& o = dossier_.origins[static_cast<std::size_t>(origin)];
  const std::string kind = labels_(fmt::format("origin.{}", to_string(o.kind)));
  return o.name.empty() || o.kind == OriginKind::Unknown ? kind
                                                         : fmt::format("{} ({})", o.name, kind);
}

std::vector<Column> View::columns() const {
  std::vector<Column> out;
  for (std::uint32_t a = 0; a < dossier_.articles.size(); ++a) out.push_back({a, rests_on(a)});
  std::stable_sort(out.begin(), out.end(),
                   [](const Column& x, const Column& y) { return x.group < y.group; });
  return out;
}

std::vector<ClaimGroup> View::groups() const {
  std::vector<ClaimGroup> out;
  for (const Verdict verdict : kOrder) {
    ClaimGroup group{verdict, {}};
    for (std::uint32_t k = 0; k < dossier_.claims.size(); ++k) {
      if (dossier_.claims[k].verdict == verdict) group.claims.push_back(k);
    }
    std::stable_sort(
        group.claims.begin(), group.claims.end(), [&](std::uint32_t x, std::uint32_t y) {
          return dossier_.claims[x].statements.size() > dossier_.claims[y].statements.size();
        });
    if (!group.claims.empty()) out.push_back(std::move(group));
  }
  return out;
}

std::string View::value_words(const Statement& statement, const std::string& slot,
                              const std::string& value) const {
  for (const SlotValue& v : statement.values) {
    if (v.value == value && (v.slot == slot || v.value.size() > 3)) {
      const std::string_view words = dossier_.articles[statement.evidence.article].at(v.span);
      if (!words.empty()) return utf8::squeeze(words);
    }
  }
  return value;
}

Cell View::cell(const Claim& claim, std::uint32_t article) const {
  Cell cell;
  for (std::uint32_t i = 0; i < claim.statements.size(); ++i) {
    const Statement& s = claim.statements[i];
    if (s.evidence.article != article) continue;
    CellState state = CellState::Reports;
    std::string words;
    const OriginKind kind = s.origin < 0
                                ? OriginKind::Unknown
                                : dossier_.origins[static_cast<std::size_t>(s.origin)].kind;
    if (std::string house = copied_from(s.evidence); !house.empty()) {
      state = CellState::Copies;
      words = std::move(house);
    } else if (s.speaker >= 0) {
      state = CellState::Cites;
      words = dossier_.entities[static_cast<std::size_t>(s.speaker)].name;
    } else if (kind == OriginKind::Agency) {
      state = CellState::Copies;
      words = dossier_.origins[static_cast<std::size_t>(s.origin)].name;
    }
    for (const Difference& d : claim.differences) {
      if ((d.a != i && d.b != i) || d.relation == Relation::Compatible) continue;
      state = d.relation == Relation::Superseded ? CellState::Later : CellState::Differs;
      words = value_words(s, d.slot, d.a == i ? d.a_value : d.b_value);
      if (state == CellState::Differs) break;
    }
    const bool stronger = cell.state == CellState::Silent || state == CellState::Differs ||
                          (state == CellState::Later && cell.state != CellState::Differs);
    if (stronger) cell = {state, words};
  }
  return cell;
}

std::string View::slot_name(const std::string& slot) const {
  const std::size_t colon = slot.find(':');
  const std::string kind = labels_("slot." + slot.substr(0, colon));
  return colon == std::string::npos ? kind : fmt::format("{} ({})", kind, slot.substr(colon + 1));
}

std::string View::article_anchor(std::uint32_t article) { return fmt::format("a{}", article + 1); }

std::string View::sentence_anchor(const Evidence& evidence) const {
  const TokenLayer& tokens = dossier_.articles[evidence.article].tokens;
  const std::size_t sentence = tokens.sentence_at(evidence.span.begin);
  if (sentence >= tokens.sentences.size()) return article_anchor(evidence.article);
  return fmt::format("a{}-s{}", evidence.article + 1, sentence + 1);
}

std::vector<std::uint32_t> View::people() const {
  std::vector<std::uint32_t> out;
  for (std::uint32_t e = 0; e < dossier_.entities.size(); ++e) {
    if (dossier_.entities[e].type == EntityType::Person) out.push_back(e);
  }
  std::stable_sort(out.begin(), out.end(), [&](std::uint32_t x, std::uint32_t y) {
    return dossier_.entities[x].mentions.size() > dossier_.entities[y].mentions.size();
  });
  return out;
}

std::string View::role_dates(const Role& role) const {
  const std::string from = labels_.date(role.from);
  const std::string to = labels_.date(role.to);
  if (!from.empty() && !to.empty()) return labels_.fill("from_until", from, to);
  if (!from.empty()) return labels_.fill("from", from);
  if (!to.empty()) return labels_.fill("until", to);
  return {};
}

}  // namespace twosource::report
