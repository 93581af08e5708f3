#include "story/gazetteer.hpp"

#include <vector>

#include "text/utf8.hpp"

namespace twosource::story {
namespace {

int fineness_of(std::string_view kind) {
  if (kind == "country") return 1;
  if (kind == "continent" || kind == "sea" || kind == "ocean") return 0;
  if (kind == "state" || kind == "region" || kind == "island" || kind == "province" ||
      kind == "river" || kind == "mountain") {
    return 2;
  }
  return 3;
}

}  // namespace

Gazetteer::Gazetteer(const PackSet& packs) {
  for (const std::string& code : packs.languages()) {
    read_places(packs.get(code));
    read_bodies(packs.get(code));
  }
}

void Gazetteer::read_places(const Pack& pack) {
  const Table& table = pack.table("places.tsv");
  if (table.columns().empty()) return;
  const std::size_t name = table.column("name");
  const std::size_t kind = table.column("kind");
  const std::size_t in = table.column("in");
  const std::size_t aliases = table.column("aliases");
  for (const Row& row : table.rows()) {
    const Place place{row.cells[name], row.cells[kind], row.cells[in]};
    std::vector<std::string> names = split_list(row.cells[aliases]);
    names.push_back(place.name);
    for (const std::string& n : names) {
      auto [it, fresh] = places_.emplace(utf8::fold(n), place);
      const bool finer = fineness_of(place.kind) > fineness_of(it->second.kind);
      if (!fresh && finer && it->second.in == place.in) it.value() = place;
    }
  }
}

void Gazetteer::read_bodies(const Pack& pack) {
  const Table& table = pack.table("organisations.tsv");
  if (table.columns().empty()) return;
  const std::size_t name = table.column("name");
  const std::size_t aliases = table.column("aliases");
  for (const Row& row : table.rows()) {
    bodies_.emplace(utf8::fold(row.cells[name]), row.cells[name]);
    for (const std::string& alias : split_list(row.cells[aliases])) {
      bodies_.emplace(utf8::fold(alias), row.cells[name]);
    }
  }
}

const Place* Gazetteer::place(std::string_view name) const {
  const auto it = places_.find(utf8::fold(name));
  return it == places_.end() ? nullptr : &it->second;
}

std::string Gazetteer::place_name(std::string_view name) const {
  const Place* found = place(name);
  return found == nullptr ? std::string(name) : found->name;
}

std::string Gazetteer::body_name(std::string_view name) const {
  const auto it = bodies_.find(utf8::fold(name));
  return it == bodies_.end() ? std::string(name) : it->second;
}

int Gazetteer::fineness(std::string_view name) const {
  const Place* found = place(name);
  return found == nullptr ? 2 : fineness_of(found->kind);
}

}  // namespace twosource::story
