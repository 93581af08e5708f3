#include "desk/shelf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>
#include <utility>

#include "article/shown.hpp"
#include "record/packed.hpp"

namespace twosource::desk {
namespace {

constexpr std::size_t kSignedAtOnce = 256;

template <class T>
void tidy(std::vector<T>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

}  // namespace

std::map<std::int64_t, Correction> about_articles(std::span<const Correction> corrections) {
  std::map<std::int64_t, Correction> out;
  for (const Correction& c : corrections) {
    if (c.kind == CorrectionKind::SetDate || c.kind == CorrectionKind::SetGroup) {
      out.emplace(c.id, c);
    }
  }
  return out;
}

void in_parallel(std::size_t count, unsigned threads,
                 const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  const auto run = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::jthread> helpers;
  for (unsigned t = 1; t < threads && t < count; ++t) helpers.emplace_back(run);
  run();
}

Shelf::Shelf(record::Record& store, const pipeline::Stages& stages)
    : store_(store),
      stages_(stages),
      sidecar_(store.database().path() + "-desk", program_of(stages.packs())) {}

std::vector<std::string> Shelf::articles() const {
  std::vector<std::string> out;
  for (const auto& [id, stamp] : stamps_) out.push_back(id);
  std::sort(out.begin(), out.end(),
            [&](const std::string& a, const std::string& b) { return place(a) < place(b); });
  return out;
}

std::int64_t Shelf::stamp(const std::string& article) const {
  const auto it = stamps_.find(article);
  return it == stamps_.end() ? 0 : it->second.changed;
}

Place Shelf::place(const std::string& article) const {
  const reuse::Signature* s = index_.find(article);
  return {s == nullptr ? std::string() : s->published, article};
}

std::vector<std::string> articles_of_outlet(record::Database& db, std::string_view name) {
  std::vector<std::string> out;
  record::Statement s(db,
                      "SELECT id, publisher, url FROM main.articles WHERE publisher = ? OR "
                      "publisher IS NULL");
  s.bind(name);
  while (s.step()) {
    Article a;
    a.id = s.string(0);
    a.publisher = s.string(1);
    a.url = s.string(2);
    if (outlet_of(a) == name) out.push_back(a.id);
  }
  return out;
}

std::optional<Shelf::Stored> Shelf::fetch(const std::string& id) {
  record::Statement s(store_.database(),
                      "SELECT coalesce(path,''), text, layers FROM main.articles WHERE id = ?");
  s.bind(id);
  if (!s.step()) return std::nullopt;
  return Stored{id, s.string(0), s.string(1), s.string(2)};
}

Article Shelf::prepare(const Stored& stored, std::span<const Correction> corrections) const {
  Result<Article> article = record::unpack_article(stored.text, stored.layers);
  if (!article) {
    throw IoError(fmt::format("article \"{}\" of the record cannot be read: {}", stored.id,
                              article.error().describe()));
  }
  article->path = stored.path;
  if (!stages_.correct_date(*article, corrections)) stages_.tokenize(*article);
  for (const Correction& c : corrections) {
    if (c.kind == CorrectionKind::SetGroup && outlet_of(*article) == c.a.name) {
      article->publisher_group = c.value;
    }
  }
  return std::move(*article);
}

// Ids whose rows changed since generation_: from the list of changes, or, the first time and when
// the list does not go back that far, by comparing all.
std::vector<std::string> Shelf::changed_articles(bool& everything) {
  std::vector<std::string> out;
  record::Database& db = store_.database();
  const std::int64_t oldest = db.number("SELECT coalesce(min(generation), 0) FROM changes");
  everything = generation_ < 0 || (oldest > 0 && oldest > generation_ + 1);
  if (everything || std::exchange(compare_, false)) {
    std::unordered_map<std::string, std::int64_t> now;
    record::Statement s(db, "SELECT id, changed FROM main.articles");
    while (s.step()) now.emplace(s.string(0), s.number(1));
    for (const auto& [id, stamp] : now) {
      if (this->stamp(id) != stamp || !stamps_.contains(id)) out.push_back(id);
    }
    for (const auto& [id, stamp] : stamps_) {
      if (!now.contains(id)) out.push_back(id);
    }
  } else {
    record::Statement s(db, "SELECT DISTINCT article FROM changes WHERE generation > ?");
    s.bind(generation_);
    while (s.step()) out.push_back(s.string(0));
  }
  return out;
}

Signed Shelf::sign(const Article& article) const {
  std::optional<story::Signer> signer;
  {
    const std::lock_guard lock(signers_free_);
    if (!signers_.empty()) {
      signer = std::move(signers_.back());
      signers_.pop_back();
    }
  }
  if (!signer) signer.emplace(stages_.packs());
  Signed out{reuse::sign(article), signer->sign(article)};
  const std::lock_guard lock(signers_free_);
  signers_.push_back(std::move(*signer));
  return out;
}

void Shelf::expect(const std::string& article, std::int64_t generation, Signed signs) {
  signs.copies.id = signs.events.id = article;
  expected_.insert_or_assign(article, Expected{generation, std::move(signs)});
}

void Shelf::put(Signed&& signs) {
  (void)index_.put(std::move(signs.copies));
  clusterer_.put(std::move(signs.events));
}

void Shelf::take_in(std::vector<std::string> ids, std::span<const Correction> corrections,
                    unsigned threads) {
  std::erase_if(ids, [&](const std::string& id) {
    const auto it = expected_.find(id);
    // What was corrected has other signatures.
    if (it == expected_.end() || !corrected_.empty() || it->second.stamp != stamp(id)) return false;
    put(std::move(it->second.signs));
    return true;
  });
  expected_.clear();
  for (std::size_t at = 0; at < ids.size(); at += kSignedAtOnce) {
    const std::size_t end = std::min(ids.size(), at + kSignedAtOnce);
    std::vector<Stored> stored;
    for (std::size_t i = at; i < end; ++i) {
      if (auto found = fetch(ids[i])) stored.push_back(std::move(*found));
    }
    std::vector<Signed> signs(stored.size());
    in_parallel(stored.size(), threads,
                [&](std::size_t i) { signs[i] = sign(prepare(stored[i], corrections)); });
    for (Signed& s : signs) put(std::move(s));
  }
}

Shelf::Update Shelf::update(std::span<const Correction> corrections, unsigned threads) {
  Update out;
  const std::int64_t generation = store_.generation();
  std::vector<std::string> changed = changed_articles(out.everything);
  // Dates and groups that were corrected, or are no more.
  std::map<std::int64_t, Correction> corrected = about_articles(corrections);
  const auto concern = [&](const Correction& c) {
    const std::vector<std::string> ids =
        c.kind == CorrectionKind::SetDate ? c.articles : by_outlet(c.a.name);
    changed.insert(changed.end(), ids.begin(), ids.end());
  };
  for (const auto& [id, c] : corrected) {
    if (!corrected_.contains(id)) concern(c);
  }
  for (const auto& [id, c] : corrected_) {
    if (!corrected.contains(id)) concern(c);
  }
  corrected_ = std::move(corrected);
  tidy(changed);

  std::set<std::string> events;
  std::set<std::string> families;
  std::vector<std::string> present;
  record::Statement find(store_.database(), "SELECT changed, hash FROM main.articles WHERE id = ?");
  unwritten_.insert(changed.begin(), changed.end());
  for (const std::string& id : changed) {
    if (const std::string event = event_of(id); !event.empty()) events.insert(event);
    for (const std::string& f : index_.families_of(id)) families.insert(f);
    find.bind(id);
    if (find.step()) {
      stamps_[id] = {find.number(0), hash_of(find.text(1))};
      present.push_back(id);
    } else {
      stamps_.erase(id);
      index_.remove(id);
      clusterer_.remove(id);
    }
    find.reset();
  }
  // The articles of families that change are known while the families are.
  std::set<std::string> sharing;
  for (const std::string& f : families) {
    const reuse::IndexFamily* family = index_.family(f);
    if (family == nullptr) continue;
    for (const std::uint32_t t : family->texts) sharing.insert(index_.at(t).id);
  }
  take_in(present, corrections, threads);
  const reuse::Changes copies = index_.commit(threads);
  for (const std::string& id : copies.articles) clusterer_.touch(id);
  const story::Changes grouped =
      clusterer_.commit([&](std::string_view id) { return index_.partners(id); }, threads);
  generation_ = generation;

  for (const auto* list : {&copies.added, &copies.changed}) {
    families.insert(list->begin(), list->end());
  }
  for (const std::string& id : present) {
    for (const std::string& f : index_.families_of(id)) families.insert(f);
  }
  for (const std::string& f : families) {
    const reuse::IndexFamily* family = index_.family(f);
    if (family == nullptr) continue;
    for (const std::uint32_t t : family->texts) sharing.insert(index_.at(t).id);
  }
  sharing.insert(copies.articles.begin(), copies.articles.end());
  for (const std::string& id : sharing) events.insert(event_of(id));
  for (const std::string& id : present) events.insert(event_of(id));
  events.insert(grouped.added.begin(), grouped.added.end());
  events.insert(grouped.changed.begin(), grouped.changed.end());
  for (const auto& [id, heir] : grouped.gone) out.gone.push_back(id), events.erase(id);
  events.erase("");
  out.events.assign(events.begin(), events.end());
  std::sort(out.gone.begin(), out.gone.end());
  return out;
}

}  // namespace twosource::desk
