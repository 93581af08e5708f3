#include "story/entities.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "article/edtf.hpp"
#include "story/gazetteer.hpp"
#include "story/names.hpp"
#include "story/people.hpp"
#include "text/short_id.hpp"
#include "text/utf8.hpp"

namespace twosource::story {

// offices.tsv of all packs by the holder's folded name.
class NameTables::Offices {
 public:
  struct Office {
    std::vector<std::string> titles;  // lower case: office, feminine form, aliases
    std::string from;
    std::string to;
  };
  explicit Offices(const PackSet& packs) {
    for (const std::string& code : packs.languages()) read(packs.get(code));
  }

  // The office behind a role of `person` on the article's day; nullptr when unknown.
  const Office* find(const std::string& person, const std::string& role,
                     const PublicationDate& day) const {
    const auto it = by_person_.find(utf8::fold(person));
    if (it == by_person_.end()) return nullptr;
    const std::string wanted = utf8::lower(role);
    for (const Office& office : it->second) {
      if (!covers(office, day)) continue;
      for (const std::string& title : office.titles) {
        if (wanted.find(title) != std::string::npos || title.find(wanted) != std::string::npos) {
          return &office;
        }
      }
    }
    return nullptr;
  }

 private:
  void read(const Pack& pack) {
    const Table& table = pack.table("offices.tsv");
    if (table.columns().empty()) return;
    for (const Row& row : table.rows()) {
      Office office;
      for (const char* column : {"office", "feminine"}) {
        const std::string& cell = row.cells[table.column(column)];
        if (!cell.empty()) office.titles.push_back(utf8::lower(cell));
      }
      for (const std::string& alias : split_list(row.cells[table.column("aliases")])) {
        office.titles.push_back(utf8::lower(alias));
      }
      office.from = row.cells[table.column("from")];
      office.to = row.cells[table.column("to")];
      by_person_[utf8::fold(row.cells[table.column("person")])].push_back(std::move(office));
    }
  }

  // An unknown publication date decides nothing, so it covers nothing.
  static bool covers(const Office& office, const PublicationDate& day) {
    const auto date = parse_edtf(day.value);
    if (!date || date->precision == DatePrecision::None) return false;
    const auto from = parse_edtf(office.from);
    const auto to = parse_edtf(office.to);
    return (!from || first_day(*from) <= last_day(*date)) &&
           (!to || first_day(*date) <= last_day(*to));
  }

  std::map<std::string, std::vector<Office>> by_person_;
};

NameTables::NameTables(const PackSet& packs)
    : gazetteer_(std::make_unique<Gazetteer>(packs)), offices_(std::make_unique<Offices>(packs)) {}
NameTables::~NameTables() = default;

namespace {

struct Local {
  std::uint32_t article = 0;
  std::uint32_t entity = 0;
};

std::string person_key(std::string_view name) {
  const std::vector<std::string_view> words = name_words(name);
  if (words.empty()) return "p:";
  std::string key = "p:" + spelling_key(words.back());
  if (words.size() > 1) key += ":" + spelling_key(words.front());
  return key;
}

class Merger {
 public:
  Merger(std::span<const Article> articles, std::span<const std::uint32_t> order,
         const NameTables& tables, bool lasting)
      : articles_(articles),
        order_(order),
        gazetteer_(tables.gazetteer()),
        offices_(tables.offices()) {
    out_.lasting = lasting;
    for (const Article& a : articles) {
      out_.entity_of.emplace_back(a.entities.size());
      std::vector<std::vector<const Mention*>>& by_entity =
          mentions_.emplace_back(a.entities.size());
      for (const Mention& m : a.mentions) {
        if (m.entity < a.entities.size()) by_entity[m.entity].push_back(&m);
      }
    }
  }

  Entities run() {
    for (const std::vector<Local>& members : groups()) {
      const Entity& first = articles_[members.front().article].entities[members.front().entity];
      add(first.type, members);
    }
    return std::move(out_);
  }

 private:
  // Local entities of one corpus entity each, in order of first appearance.
  std::vector<std::vector<Local>> groups() const {
    std::vector<LocalPerson> people;
    std::vector<std::pair<std::string, Local>> keyed;  // key, who; people get theirs below
    std::vector<std::size_t> person_at;
    for (const std::uint32_t i : order_) {
      for (std::uint32_t e = 0; e < articles_[i].entities.size(); ++e) {
        const Entity& entity = articles_[i].entities[e];
        if (entity.type == EntityType::Person) {
          person_at.push_back(keyed.size());
          people.push_back({entity.name, entity.roles, mentions_[i][e].size()});
        }
        keyed.push_back({key_of(entity), {i, e}});
      }
    }
    const std::vector<std::uint32_t> numbers = match_people(people);
    for (std::size_t p = 0; p < person_at.size(); ++p) {
      keyed[person_at[p]].first = std::to_string(numbers[p]);
    }
    std::map<std::string, std::size_t> group_of;
    std::vector<std::vector<Local>> groups;
    for (const auto& [key, local] : keyed) {
      const auto [it, fresh] = group_of.emplace(key, groups.size());
      if (fresh) groups.emplace_back();
      groups[it->second].push_back(local);
    }
    return groups;
  }

  std::string key_of(const Entity& entity) const {
    switch (entity.type) {
      case EntityType::Location:
        return std::string("l:").append(utf8::fold(gazetteer_.place_name(entity.name)));
      case EntityType::Organisation:
        return std::string("g:").append(utf8::fold(gazetteer_.body_name(entity.name)));
      default:
        return std::string("x:").append(utf8::fold(entity.name));
    }
  }

  void add(EntityType type, const std::vector<Local>& members) {
    static constexpr std::array<const char*, 4> kPrefix = {"p", "l", "g", "x"};
    CorpusEntity out;
    out.type = type;
    const auto kind = static_cast<std::size_t>(type);
    name(out, members);
    if (out_.lasting) {
      const Local& first = members.front();
      const std::string key = type == EntityType::Person
                                  ? person_key(out.name)
                                  : key_of(articles_[first.article].entities[first.entity]);
      const std::uint64_t taken_key =
          short_key(key, {}, [&](std::uint64_t k) { return !ids_.insert(k).second; });
      out.id = short_id(*kPrefix[kind], taken_key);
    } else {
      out.id = kPrefix[kind] + std::to_string(++count_[kind]);
    }
    for (const Local& m : members) {
      out_.entity_of[m.article][m.entity] = static_cast<std::uint32_t>(out_.list.size());
      for (const Mention* mention : mentions_[m.article][m.entity]) {
        out.mentions.push_back({m.article, mention->span});
      }
      add_roles(out, m);
    }
    std::sort(out.mentions.begin(), out.mentions.end());
    join_undated(out.roles);
    std::sort(out.roles.begin(), out.roles.end(), [](const Role& a, const Role& b) {
      return std::tuple(b.evidence.size(), a.from, a.title) <
             std::tuple(a.evidence.size(), b.from, b.title);
    });
    out_.list.push_back(std::move(out));
  }

  // The name with most words, then the most frequent one; places and bodies by their table.
  void name(CorpusEntity& out, const std::vector<Local>& members) const {
    std::map<std::string, std::size_t> names;
    for (const Local& m : members) ++names[articles_[m.article].entities[m.entity].name];
    const auto better = [](const auto& a, const auto& b) {
      return std::tuple(name_words(a.first).size(), a.second, b.first) <
             std::tuple(name_words(b.first).size(), b.second, a.first);
    };
    out.name = std::max_element(names.begin(), names.end(), better)->first;
    if (out.type == EntityType::Location) out.name = gazetteer_.place_name(out.name);
    for (const auto& [alias, n] : names) {
      if (alias != out.name) out.aliases.push_back(alias);
    }
  }

  // A title that one article gives without a date, for want of its own, and another with the one
  // term it can mean, is one role.
  static void join_undated(std::vector<Role>& roles) {
    for (std::size_t i = 0; i < roles.size();) {
      Role* dated = nullptr;
      std::size_t terms = 0;
      for (Role& r : roles) {
        if (r.title == roles[i].title && !r.from.empty()) dated = &r, ++terms;
      }
      if (!roles[i].from.empty() || terms != 1) {
        ++i;
        continue;
      }
      dated->evidence.insert(dated->evidence.end(), roles[i].evidence.begin(),
                             roles[i].evidence.end());
      roles.erase(roles.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }

  void add_roles(CorpusEntity& out, const Local& m) const {
    const Article& article = articles_[m.article];
    for (const std::string& title : article.entities[m.entity].roles) {
      const NameTables::Offices::Office* office = offices_.find(out.name, title, article.published);
      const std::string from = office == nullptr ? "" : office->from;
      auto it = std::find_if(out.roles.begin(), out.roles.end(),
                             [&](const Role& r) { return r.title == title && r.from == from; });
      if (it == out.roles.end()) {
        out.roles.push_back({title, from, office == nullptr ? "" : office->to, {}});
        it = std::prev(out.roles.end());
      }
      if (const Mention* where = role_mention(m, title)) {
        it->evidence.push_back({m.article, where->span});
      }
    }
  }

  // The mention that says the role, else the first one.
  const Mention* role_mention(const Local& m, const std::string& title) const {
    const std::vector<const Mention*>& mentions = mentions_[m.article][m.entity];
    for (const Mention* mention : mentions) {
      if (mention->kind == MentionKind::Role &&
          articles_[m.article].at(mention->span).find(title) != std::string_view::npos) {
        return mention;
      }
    }
    return mentions.empty() ? nullptr : mentions.front();
  }

  std::span<const Article> articles_;
  std::span<const std::uint32_t> order_;
  const Gazetteer& gazetteer_;
  const NameTables::Offices& offices_;
  std::set<std::uint64_t> ids_;  // lasting ones
  std::vector<std::vector<std::vector<const Mention*>>> mentions_;
  std::array<std::size_t, 4> count_{};
  Entities out_;
};

}  // namespace

std::string person_id(std::string_view name) {
  return short_id('p', short_key(person_key(name), {}, [](std::uint64_t) { return false; }));
}

Entities merge_entities(std::span<const Article> articles, std::span<const std::uint32_t> order,
                        const NameTables& tables, bool lasting) {
  return Merger(articles, order, tables, lasting).run();
}

}  // namespace twosource::story
