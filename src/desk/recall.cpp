#include <xxhash.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "article/json.hpp"
#include "desk/plan.hpp"
#include "desk/shelf.hpp"
#include "text/embedded.hpp"

// What a Shelf takes over from an earlier process, and leaves to the next one.
namespace twosource::desk {
namespace {

std::uint64_t hash_of_correction(const Correction& c) {
  const std::string line = dump_line(correction_to_json(c));
  return XXH3_64bits(line.data(), line.size());
}

}  // namespace

std::uint64_t hash_of(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

// All tables and files that a pack may have, as they are in these packs.
std::uint64_t program_of(const PackSet& packs) {
  std::uint64_t hash = kRules;
  const auto add = [&](std::string_view bytes) {
    hash = XXH3_64bits_withSeed(bytes.data(), bytes.size(), hash);
  };
  std::vector<std::string> codes = packs.languages();
  codes.emplace_back("common");
  for (const EmbeddedFile& f : builtin_pack_files()) {
    const std::string_view name = f.name.substr(f.name.find('/') + 1);
    if (std::find(codes.begin(), codes.end(), f.name.substr(0, f.name.find('/'))) == codes.end()) {
      continue;
    }
    for (const std::string& code : codes) {
      const Pack& pack = packs.get(code);
      add(code);
      add(pack.bytes(name));
      for (const Row& row : pack.table(name).rows()) {
        for (const std::string& cell : row.cells) add(cell);
      }
    }
  }
  return hash;
}

bool Shelf::fits(const Sidecar::Content& content) {
  if (content.state.generation > store_.generation()) return false;
  record::Statement s(store_.database(), "SELECT id, changed, hash FROM main.articles");
  std::size_t as_they_were = 0;
  while (s.step()) {
    const auto it = content.articles.find(s.string(0));
    if (it == content.articles.end() || it->second.stamp != s.number(1)) continue;
    if (it->second.hash != hash_of(s.text(2))) return false;  // another record
    ++as_they_were;
  }
  return as_they_were > 0;
}

bool Shelf::restore(Sidecar::Content& content) {
  std::vector<reuse::Signature> copies;
  std::vector<story::Signature> events;
  for (auto& [id, entry] : content.articles) {
    stamps_[id] = {entry.stamp, entry.hash};
    copies.push_back(std::move(entry.signs.copies));
    events.push_back(std::move(entry.signs.events));
  }
  if (index_.restore(std::move(copies), content.state.copies) &&
      clusterer_.restore(std::move(events), content.state.events)) {
    return true;
  }
  index_ = reuse::Index();
  clusterer_ = story::Clusterer();
  stamps_.clear();
  return false;
}

std::optional<Shelf::Recalled> Shelf::recall() {
  std::optional<Sidecar::Content> content = sidecar_.read();
  if (!content || !fits(*content)) return std::nullopt;
  Recalled out;
  out.generation = content->state.generation;
  std::unordered_map<std::int64_t, Correction> known;
  for (record::StoredCorrection& c : store_.corrections()) {
    if (c.undoes == 0) known.emplace(c.correction.id, std::move(c.correction));
  }
  for (const auto& [id, hash] : content->state.corrections) {
    const auto it = known.find(id);
    if (it == known.end() || hash_of_correction(it->second) != hash) return std::nullopt;
    out.corrections.push_back(it->second);
  }
  if (!restore(*content)) return std::nullopt;
  corrected_ = about_articles(out.corrections);
  generation_ = written_ = out.generation;
  compare_ = true;
  return out;
}

void Shelf::remember(std::span<const Correction> corrections) {
  if (generation_ == written_ && unwritten_.empty()) return;
  Sidecar::State state;
  state.generation = generation_;
  for (const Correction& c : corrections)
    state.corrections.emplace_back(c.id, hash_of_correction(c));
  state.copies = index_.save();
  state.events = clusterer_.save();
  const bool appends = sidecar_.appends();
  std::vector<Sidecar::Item> items;
  std::vector<std::string> gone;
  const auto add = [&](const std::string& id) {
    const auto stamp = stamps_.find(id);
    if (stamp == stamps_.end()) return gone.push_back(id);
    items.push_back(
        {stamp->second.changed, stamp->second.hash, index_.find(id), clusterer_.find(id)});
  };
  if (appends) {
    for (const std::string& id : unwritten_) add(id);
  } else {
    for (const auto& [id, stamp] : stamps_) add(id);
  }
  if (sidecar_.write(items, gone, state, stamps_.size())) {
    unwritten_.clear();
    written_ = generation_;
  }
}

}  // namespace twosource::desk
