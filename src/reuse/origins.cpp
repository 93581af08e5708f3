#include "reuse/origins.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "reuse/original.hpp"
#include "text/join.hpp"

namespace twosource::reuse {
namespace {

// One passage side in an article: who else has it, and in which family.
struct Cover {
  Span span;
  std::uint32_t other = 0;
  std::uint32_t family = 0;
  bool revision = false;  // another version of the same article
  friend auto operator<=>(const Cover&, const Cover&) = default;
};

std::vector<std::vector<Cover>> covers_by_article(std::size_t articles,
                                                  std::span<const CopyFamily> families) {
  std::vector<std::vector<Cover>> covers(articles);
  for (std::uint32_t f = 0; f < families.size(); ++f) {
    for (const CopyPair& pair : families[f].pairs) {
      for (const Passage& p : pair.passages) {
        covers[pair.a].push_back({p.a, pair.b, f, pair.revision});
        covers[pair.b].push_back({p.b, pair.a, f, pair.revision});
      }
    }
    for (const Reworked& r : families[f].reworked) {
      covers[r.a.article].push_back({r.a.span, r.b.article, f, false});
      covers[r.b.article].push_back({r.b.span, r.a.article, f, false});
    }
  }
  for (std::vector<Cover>& list : covers) std::sort(list.begin(), list.end());
  return covers;
}

// Which family a sentence is copied within, if any.
struct Copied {
  std::int32_t foreign = -1;  // family that shares it with another house
  std::int32_t inside = -1;   // family that shares it within the house only
  std::uint32_t other = 0;    // an article that has it, for the reason
};

class SentenceTracer {
 public:
  SentenceTracer(std::span<const Article> articles, std::span<const CopyFamily> families)
      : covers_(covers_by_article(articles.size(), families)) {
    for (const Article& a : articles) houses_.push_back(house_key(a));
  }

  // Sentences of article `i` in order: passages before the sentence are left behind.
  std::vector<Copied> run(std::uint32_t i, const Article& article) const {
    std::vector<Copied> out;
    const std::vector<Cover>& covers = covers_[i];
    std::vector<const Cover*> open;
    std::size_t next = 0;
    for (const Sentence& s : article.tokens.sentences) {
      while (next < covers.size() && covers[next].span.begin < s.span.end) {
        open.push_back(&covers[next++]);
      }
      std::erase_if(open, [&](const Cover* c) { return c->span.end <= s.span.begin; });
      out.push_back(look(i, s.span, open));
    }
    return out;
  }

 private:
  struct Taken {
    std::uint32_t bytes = 0;
    bool revision = false;
  };

  Copied look(std::uint32_t self, Span sentence, const std::vector<const Cover*>& open) const {
    // Bytes shared with each (family, article); the best article speaks for its family.
    std::map<std::pair<std::uint32_t, std::uint32_t>, Taken> shared;
    for (const Cover* c : open) {
      const std::uint32_t begin = std::max(c->span.begin, sentence.begin);
      const std::uint32_t end = std::min(c->span.end, sentence.end);
      if (begin >= end) continue;
      Taken& taken = shared[{c->family, c->other}];
      taken.bytes += end - begin;
      taken.revision = c->revision;
    }
    Copied out;
    std::uint32_t best_foreign = 0;
    std::uint32_t best_inside = 0;
    for (const auto& [key, taken] : shared) {
      const std::uint32_t bytes = taken.bytes;
      if (bytes < kCopiedSentence * sentence.size()) continue;
      const bool inside = taken.revision || houses_[key.second] == houses_[self];
      std::uint32_t& best = inside ? best_inside : best_foreign;
      if (bytes <= best) continue;
      best = bytes;
      (inside ? out.inside : out.foreign) = static_cast<std::int32_t>(key.first);
      if (!inside) out.other = key.second;
    }
    return out;
  }

  std::vector<std::vector<Cover>> covers_;
  std::vector<std::string> houses_;
};

// Hands out origins: one for each key.
class OriginTable {
 public:
  std::int32_t get(OriginKind kind, const std::string& name, const std::string& key) {
    const auto [it, fresh] = index_.emplace(key, static_cast<std::int32_t>(list_.size()));
    if (fresh)
      list_.push_back({std::to_string(list_.size() + 1).insert(0, 1, 'o'), kind, name, key});
    return it->second;
  }
  [[nodiscard]] OriginKind kind(std::int32_t origin) const {
    return list_[static_cast<std::size_t>(origin)].kind;
  }
  std::vector<Origin> take() { return std::move(list_); }

 private:
  std::map<std::string, std::int32_t> index_;
  std::vector<Origin> list_;
};

// The member whose text the others openly took over: they are reprints, or it is a press release.
std::int32_t acknowledged_source(const CopyFamily& family, std::span<const Article> articles) {
  std::vector<std::uint32_t> releases;
  std::vector<std::uint32_t> originals;
  for (const std::uint32_t i : family.articles) {
    if (articles[i].genre == "press-release") releases.push_back(i);
    if (!is_reprint(articles[i])) originals.push_back(i);
  }
  if (releases.size() == 1) return static_cast<std::int32_t>(releases.front());
  const bool some_reprint = originals.size() < family.articles.size();
  if (some_reprint && originals.size() == 1) return static_cast<std::int32_t>(originals.front());
  return -1;
}

struct Reason {
  std::int32_t origin = -1;
  std::string why;
};

Reason origin_of_copy(const CopyFamily& family, std::span<const Article> articles,
                      OriginTable& table) {
  if (!family.agency.empty()) {
    return {table.get(OriginKind::Agency, family.agency, "agency:" + family.agency),
            "copied text; " + family.why};
  }
  if (const std::int32_t source = acknowledged_source(family, articles); source >= 0) {
    const Article& a = articles[static_cast<std::size_t>(source)];
    const bool release = a.genre == "press-release";
    return {
        table.get(release ? OriginKind::Company : OriginKind::Outlet, house_name(a), house_key(a)),
        (release ? "copied from the press release of " : "reprinted from ") + house_name(a)};
  }
  std::string key = "copy";
  for (const std::uint32_t i : family.articles) key += ":" + articles[i].id;
  return {table.get(OriginKind::Unknown, "copied text " + family.id, key),
          "copied text whose source is not known; " + family.why};
}

Reason origin_of_own(const Article& article, const Authorship& by, OriginTable& table) {
  if (by.agencies.empty()) {
    return {table.get(OriginKind::Outlet, house_name(article), house_key(article)),
            "not copied, no agency credited: " + house_name(article) + "'s own"};
  }
  if (by.agencies.size() == 1 && !by.own_author) {
    return {table.get(OriginKind::Agency, by.agencies.front(), "agency:" + by.agencies.front()),
            "the article credits " + by.agencies.front() + " and names no author of its own"};
  }
  return {table.get(OriginKind::Unknown, joined(by.agencies, ", ") + " or " + house_name(article),
                    "mixed:" + article.id),
          "not copied, but the article credits " + joined(by.agencies, ", ") +
              (by.own_author ? " beside an author of its own" : "") + ": cannot be told apart"};
}

// An article that takes this share of its sentences from agency or unattributed copy may have
// reworded the rest: which of its other sentences are its own cannot be told. Set by hand, not
// tuned: on the development claims it removed false confirmations, at the price of true ones.
constexpr double kMixedShare = 0.2;

// The uncopied sentences of an article that leans on copy become Unknown, one for the article.
void distrust_remainder(const Article& article, const std::vector<Copied>& copied,
                        std::vector<SentenceOrigin>& sentences, OriginTable& table) {
  std::size_t foreign = 0;
  for (std::size_t i = 0; i < copied.size(); ++i) {
    const OriginKind kind = table.kind(sentences[i].origin);
    if (copied[i].foreign >= 0 && kind != OriginKind::Outlet && kind != OriginKind::Company)
      ++foreign;
  }
  if (static_cast<double>(foreign) < kMixedShare * static_cast<double>(copied.size()) ||
      foreign == 0) {
    return;
  }
  for (std::size_t i = 0; i < copied.size(); ++i) {
    if (copied[i].foreign >= 0 || table.kind(sentences[i].origin) != OriginKind::Outlet) continue;
    sentences[i].origin =
        table.get(OriginKind::Unknown, house_name(article), "mixed:" + article.id);
    sentences[i].why = "not copied, but much of the article is shared copy: cannot be told apart";
  }
}

}  // namespace

void credit_families(std::vector<CopyFamily>& families, std::span<const Article> articles,
                     const Credits& credits) {
  std::map<std::uint32_t, std::vector<std::string>> known;
  for (CopyFamily& family : families) {
    std::map<std::string, std::size_t> votes;
    std::vector<std::string> who;
    for (const std::uint32_t i : family.articles) {
      auto it = known.find(i);
      if (it == known.end()) it = known.emplace(i, credits.authorship(articles[i]).agencies).first;
      for (const std::string& agency : it->second) ++votes[agency];
      if (!it->second.empty()) who.push_back(articles[i].id);
    }
    std::vector<std::string> named;
    std::vector<std::string> unanimous;
    for (const auto& [agency, n] : votes) {
      named.push_back(agency);
      if (n == who.size()) unanimous.push_back(agency);
    }
    if (unanimous.size() == 1 && (named.size() == 1 || who.size() > 1)) {
      family.agency = unanimous.front();
      family.why = family.agency + " is credited by " + joined(who, ", ");
    } else if (!named.empty()) {
      family.why = "credited are " + joined(named, ", ") + " (by " + joined(who, ", ") +
                   "): not clear which";
    } else {
      family.why = "no agency is credited";
    }
  }
}

Origins trace_sentences(std::span<const Article> articles, std::span<const std::uint32_t> order,
                        std::span<const CopyFamily> families, const Credits& credits) {
  Origins out;
  out.sentences.resize(articles.size());
  OriginTable table;
  const SentenceTracer tracer(articles, families);
  for (const std::uint32_t i : order) {
    const Article& article = articles[i];
    const Authorship by = credits.authorship(article);
    const std::vector<Copied> copied = tracer.run(i, article);
    std::vector<SentenceOrigin>& sentences = out.sentences[i];
    for (const Copied& c : copied) {
      const std::int32_t family = c.foreign >= 0 ? c.foreign : c.inside;
      const Reason reason =
          c.foreign >= 0
              ? origin_of_copy(families[static_cast<std::size_t>(c.foreign)], articles, table)
              : origin_of_own(article, by, table);
      sentences.push_back({reason.origin, family, reason.why});
    }
    distrust_remainder(article, copied, sentences, table);
  }
  out.origins = table.take();
  return out;
}

}  // namespace twosource::reuse
