#include "desk/desk.hpp"

#include <map>
#include <tuple>
#include <utility>

namespace twosource::desk {
namespace {

// What is claimed, by words and event, and which of several alike.
using Key = std::tuple<std::string, std::string, std::size_t>;
using Verdicts = std::map<Key, VerdictChange>;

Verdicts verdicts_of(record::Record& store) {
  Verdicts out;
  std::map<std::pair<std::string, std::string>, std::size_t> alike;
  record::Statement s(store.database(),
                      "SELECT id, coalesce(event,''), verdict, text FROM claims ORDER BY id");
  while (s.step()) {
    const std::string event = s.string(1);
    const std::string text = s.string(3);
    const std::size_t n = alike[{event, text}]++;
    out.emplace(Key{event, text, n}, VerdictChange{s.string(0), event, text, s.string(2), {}});
  }
  return out;
}

std::vector<VerdictChange> compare(Verdicts before, const Verdicts& after) {
  std::map<std::string, VerdictChange> out;
  for (const auto& [key, now] : after) {
    VerdictChange change = now;
    change.after = std::exchange(change.before, {});
    if (const auto was = before.find(key); was != before.end()) {
      change.before = was->second.before;
      before.erase(was);
    }
    if (change.before != change.after) out.emplace(change.claim + '\x01', std::move(change));
  }
  for (auto& [key, was] : before) out.emplace(was.claim, std::move(was));
  std::vector<VerdictChange> list;
  for (auto& [id, change] : out) list.push_back(std::move(change));
  return list;
}

}  // namespace

std::vector<Article> articles_of(record::Record& store, const pipeline::Stages& stages,
                                 std::span<const Correction> corrections) {
  std::vector<Article> articles;
  store.each_article([&](Article&& a) {
    if (!stages.correct_date(a, corrections)) stages.tokenize(a);
    articles.push_back(std::move(a));
  });
  return articles;
}

Desk::Desk(record::Record& store, const pipeline::Stages& stages, const claim::Options& options)
    : store_(store), stages_(stages), options_(options) {}

Changes Desk::renew() {
  Changes changes;
  const std::int64_t generation = store_.generation();
  if (store_.findings_generation() == generation) return changes;
  Verdicts before = verdicts_of(store_);
  const std::vector<Correction> corrections = store_.active_corrections();
  Dossier dossier =
      pipeline::cross_check(articles_of(store_, stages_, corrections), stages_.packs(), options_,
                            pipeline::Upto::Claims, corrections);
  store_.store_findings(dossier, generation);
  changes.renewed = true;
  changes.verdicts = compare(std::move(before), verdicts_of(store_));
  changes.corrections = std::move(dossier.corrections);
  return changes;
}

}  // namespace twosource::desk
