#include "claim/bodies.hpp"

#include <algorithm>
#include <utility>

#include "text/utf8.hpp"

namespace twosource::claim {
namespace {

constexpr std::size_t kMediumWords = 5;  // "Frankfurter Allgemeine Zeitung für Deutschland"

// Which origin a kind of organisation (organisations.tsv) makes.
OriginKind kind_of_organisation(std::string_view kind) {
  if (kind == "government" || kind == "authority" || kind == "court" || kind == "military" ||
      kind == "international") {
    return OriginKind::Authority;
  }
  return kind == "media" ? OriginKind::Outlet : OriginKind::Company;
}

// Values of a setting of name_settings.tsv; none when the pack has none.
std::vector<std::string> name_setting(const Pack& pack, std::string_view key) {
  const Table& table = pack.table("name_settings.tsv");
  for (const Row& row : table.rows()) {
    if (row.cells[table.column("key")] == key) return split_list(row.cells[table.column("value")]);
  }
  return {};
}

}  // namespace

Bodies::Bodies(const PackSet& packs) {
  for (const std::string& language : packs.languages()) {
    const Table& agencies = packs.get(language).table("agencies.tsv");
    for (const Row& row : agencies.rows()) {
      const std::string& name = row.cells[agencies.column("name")];
      if (row.cells[agencies.column("kind")] == "photo") continue;
      agencies_.try_emplace(utf8::lower(name), name);
      for (const std::string& alias : split_list(row.cells[agencies.column("aliases")])) {
        agencies_.try_emplace(utf8::lower(alias), name);
      }
    }
    read_outlets(packs.get(language));
    const Table& bodies = packs.get(language).table("organisations.tsv");
    for (const Row& row : bodies.rows()) {
      const OriginKind kind = kind_of_organisation(row.cells[bodies.column("kind")]);
      organisations_.try_emplace(utf8::lower(row.cells[bodies.column("name")]), kind);
      for (const std::string& alias : split_list(row.cells[bodies.column("aliases")])) {
        organisations_.try_emplace(utf8::lower(alias), kind);
      }
    }
  }
}

const std::string* Bodies::agency(std::string_view lower) const {
  const auto it = agencies_.find(lower);
  return it == agencies_.end() ? nullptr : &it->second;
}

const std::string* Bodies::house(std::string_view lower) const {
  const auto it = houses_.find(lower);
  return it == houses_.end() ? nullptr : &it->second.key;
}

const OriginKind* Bodies::organisation(std::string_view lower) const {
  const auto it = organisations_.find(lower);
  return it == organisations_.end() ? nullptr : &it->second;
}

void Bodies::read_outlets(const Pack& pack) {
  const Table& outlets = pack.table("outlets.tsv");
  const std::vector<std::string> endings = name_setting(pack, "genitive_endings");
  for (const Row& row : outlets.rows()) {
    const std::string& name = row.cells[outlets.column("name")];
    const std::string& group = row.cells[outlets.column("group")];
    const House house{name, "house:" + utf8::lower(group.empty() ? name : group)};
    std::vector<std::string> names = split_list(row.cells[outlets.column("aliases")]);
    names.insert(names.begin(), name);
    for (const std::string& form : names) {
      const std::string lower = utf8::lower(form);
      houses_.try_emplace(lower, house);
      if (lower.find(' ') != std::string::npos) continue;
      for (const std::string& ending : endings) genitives_.try_emplace(lower + ending, house);
    }
  }
}

std::optional<Origin> Bodies::medium(std::string_view lower) const {
  if (const std::string* name = agency(lower)) {
    return Origin{"", OriginKind::Agency, *name, "agency:" + *name};
  }
  const auto it = houses_.find(lower);
  if (it == houses_.end()) return std::nullopt;
  return Origin{"", OriginKind::Outlet, it->second.name, it->second.key};
}

std::optional<Origin> Bodies::medium_at(const Article& article, std::size_t t, std::size_t end,
                                        std::size_t& last) const {
  const TokenLayer& tokens = article.tokens;
  if (tokens.tokens[t].kind != TokenKind::Word) return std::nullopt;
  std::optional<Origin> best;
  std::string name;
  for (std::size_t n = t; n < std::min(end, t + kMediumWords); ++n) {
    if (tokens.tokens[n].kind != TokenKind::Word) break;
    if (n > t) name += ' ';
    name += tokens.lower(n);
    auto found = medium(name);
    if (n == t && !found) {
      const auto it = genitives_.find(name);
      if (it != genitives_.end()) {
        found = Origin{"", OriginKind::Outlet, it->second.name, it->second.key};
      }
    }
    if (!found) continue;
    if (n == t && found->kind == OriginKind::Outlet && !tokens.tokens[t].upper) continue;
    best = std::move(found);
    last = n + 1;
  }
  return best;
}

}  // namespace twosource::claim
