#include "article/make_corrections.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "article/edtf.hpp"
#include "article/shown.hpp"

namespace twosource {
namespace {

using K = CorrectionKind;

// Remembers the first thing that is wrong; what comes after it does not count.
class Maker {
 public:
  Maker(const Dossier& d, const CorrectionRequest& r) : d_(d), r_(r) {}

  Result<std::vector<Correction>> make() {
    Correction c;
    c.kind = r_.kind;
    c.value = r_.value;
    c.from = r_.from;
    c.to = r_.to;
    std::vector<Correction> out;
    if (r_.kind == K::CutCopies && r_.targets.size() == 2 && !has_article(r_.targets[0])) {
      out = cut_from_family(c);
    } else {
      fill(c);
      out.push_back(std::move(c));
    }
    if (!problem_.empty()) return tl::unexpected(Error{problem_, {}});
    return out;
  }

 private:
  void fill(Correction& c) {
    const std::size_t n = r_.targets.size();
    switch (r_.kind) {
      case K::MergePeople:
      case K::MergeEvents:
      case K::SameClaim:
        if (!need(n == 2, "takes two")) return;
        c.a = target(r_.targets[0]);
        c.b = target(r_.targets[1]);
        return;
      case K::NotSameClaim:
        return not_same(c);
      case K::SplitPerson:
      case K::SplitEvent:
        if (!need(n >= 2, "takes what is to be split and the articles that go")) return;
        c.a = target(r_.targets[0]);
        c.articles = articles(1);
        if (r_.kind == K::SplitEvent) keep_rest(c);
        return;
      case K::JoinCopies:
      case K::CutCopies:
        if (!need(n == 2 && r_.targets[0] != r_.targets[1], "takes two articles")) return;
        c.articles = articles(0);
        return;
      case K::SetDate:
        if (!need(n == 1 && parse_edtf(r_.value), "takes an article and a date")) return;
        c.articles = articles(0);
        return;
      case K::SetGroup:
        return outlet(c);
      default:
        if (!need(n == 1 && !r_.value.empty(), "takes one and a name or office")) return;
        c.a = target(r_.targets[0]);
    }
  }

  bool need(bool met, const std::string& what) {
    if (!met && problem_.empty()) problem_ = what;
    return met;
  }

  // Of which kind a target must be: the first letter of its id.
  [[nodiscard]] char letter() const {
    switch (r_.kind) {
      case K::MergeEvents:
      case K::SplitEvent:
      case K::RenameEvent:
        return 'v';
      case K::SameClaim:
      case K::NotSameClaim:
        return 'k';
      default:
        return 'p';
    }
  }

  Target target(const std::string& id) {
    const bool is_id = id.size() > 1 && id.find_first_not_of("0123456789", 1) == std::string::npos;
    std::optional<Target> t;
    if (!is_id || id[0] == letter()) t = target_of(d_, id);
    if (!need(t.has_value(), "nothing of the kind is \"" + id + "\", or more than one")) return {};
    return std::move(*t);
  }

  [[nodiscard]] bool has_article(const std::string& id) const {
    return std::any_of(d_.articles.begin(), d_.articles.end(),
                       [&](const Article& a) { return a.id == id; });
  }

  std::vector<std::string> articles(std::size_t from) {
    for (std::size_t i = from; i < r_.targets.size(); ++i) {
      need(has_article(r_.targets[i]), "there is no article \"" + r_.targets[i] + "\"");
    }
    return {r_.targets.begin() + static_cast<std::ptrdiff_t>(from), r_.targets.end()};
  }

  // The event is named by articles that stay in it.
  void keep_rest(Correction& c) {
    c.a.places.clear();
    for (const Event& e : d_.events) {
      if (e.id != r_.targets[0] && e.label != r_.targets[0]) continue;
      for (const std::uint32_t a : e.articles) {
        const std::string& id = d_.articles[a].id;
        const bool goes = std::find(c.articles.begin(), c.articles.end(), id) != c.articles.end();
        if (!goes && c.a.places.size() < kTargetPlaces) c.a.places.push_back({id, 0, {}});
      }
    }
    need(!c.a.places.empty(), "must leave an article in the event");
  }

  void not_same(Correction& c) {
    if (!need(r_.targets.size() >= 2, "takes a claim and articles, or two claims")) return;
    if (r_.targets.size() == 2 && !has_article(r_.targets[1])) {
      c.a = target(r_.targets[0]);
      c.b = target(r_.targets[1]);
      return;
    }
    const std::vector<std::string> apart = articles(1);
    std::optional<Target> rest = statements_of(d_, r_.targets[0], apart, false);
    std::optional<Target> those = statements_of(d_, r_.targets[0], apart, true);
    if (!need(rest && those, "the claim has no statements of these articles and of others")) return;
    c.a = std::move(*rest);
    c.b = std::move(*those);
  }

  void outlet(Correction& c) {
    if (!need(r_.targets.size() == 1 && !r_.value.empty(), "takes an outlet and a group")) return;
    c.a.name = r_.targets[0];
    need(std::any_of(d_.articles.begin(), d_.articles.end(),
                     [&](const Article& a) { return outlet_of(a) == c.a.name; }),
         "no article is by \"" + c.a.name + "\"");
  }

  std::vector<Correction> cut_from_family(const Correction& like) {
    std::vector<Correction> out;
    const std::string article = articles(1)[0];
    for (const CopyFamily& f : d_.copies) {
      if (f.id != r_.targets[0]) continue;
      for (const std::uint32_t other : f.articles) {
        if (d_.articles[other].id == article) continue;
        out.push_back(like);
        out.back().articles = {article, d_.articles[other].id};
      }
      if (out.size() == f.articles.size()) out.clear();  // it is not one of them
    }
    need(!out.empty(), "\"" + r_.targets[0] + "\" is no copy family with this article");
    return out;
  }

  const Dossier& d_;
  const CorrectionRequest& r_;
  std::string problem_;
};

}  // namespace

Result<std::vector<Correction>> make_corrections(const Dossier& dossier,
                                                 const CorrectionRequest& request) {
  return Maker(dossier, request).make();
}

}  // namespace twosource
