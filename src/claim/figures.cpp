#include "claim/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "annotate/measure/compare.hpp"
#include "claim/ages.hpp"
#include "claim/figure_entry.hpp"
#include "claim/moments.hpp"
#include "claim/places.hpp"
#include "claim/values.hpp"
#include "reuse/credits.hpp"
#include "text/utf8.hpp"

namespace twosource::claim {
namespace {

constexpr std::size_t kMaxEntries = 400;

class FigureReader {
 public:
  FigureReader(const Dossier& dossier, std::int32_t event, std::span<const SentenceUnit> units,
               const Lexicons& lexicons, const Contrasts& contrasts, Attributor& attributor,
               const OwnTexts& own, unsigned min_origins)
      : dossier_(dossier),
        event_(event),
        units_(units),
        lexicons_(lexicons),
        contrasts_(contrasts),
        attributor_(attributor),
        own_(own),
        min_origins_(min_origins),
        places_(dossier, units) {}

  std::vector<FigureClaim> run() {
    std::map<Fact, std::vector<FigureEntry>> facts;
    for (std::uint32_t u = 0; u < units_.size(); ++u) read(u, facts);
    for (auto& [fact, entries] : facts) {
      keep_main_values(entries);
      inherit_sources(entries);
      for (std::vector<FigureEntry>& one : split_by_object(std::move(entries))) {
        for (const std::vector<FigureEntry>& near : split_by_size(std::move(one))) add_claims(near);
      }
    }
    const auto one_voice = [this](const auto& x, const auto& y) { return same_voice(x, y); };
    only_disputed_ = true;
    steady_ = true;
    for (auto& [person, entries] : ages_) {
      keep_main_values(entries);
      if (of_one_person(entries)) add_claims(entries);
    }
    steady_ = false;
    for (std::vector<FigureEntry>& entries :
         disputed_quantities(dossier_, units_, contrasts_, std::move(quantities_), one_voice)) {
      keep_main_values(entries);
      add_claims(entries);
    }
    std::stable_sort(out_.begin(), out_.end(),
                     [](const FigureClaim& x, const FigureClaim& y) { return x.units < y.units; });
    return std::move(out_);
  }

 private:
  void read(std::uint32_t u, std::map<Fact, std::vector<FigureEntry>>& facts) {
    const SentenceUnit& unit = units_[u];
    const Article& article = dossier_.articles[unit.article];
    const std::string& when = dossier_.events[static_cast<std::size_t>(event_)].when;
    for (const std::uint32_t i : unit.measures) {
      const Measure& m = article.measures[i];
      const std::int32_t person = person_of_age(dossier_, unit, m, lexicon_of(u));
      if (person < 0 || ages_[person].size() >= kMaxEntries) continue;
      ages_[person].push_back(entry_of(u, m, {}));
    }
    if (unit.measures.empty() || tells_of_another_time(article, unit, when)) return;
    const std::vector<Figure> figures = read_figures(article, unit, lexicons_.of(article.language));
    for (std::size_t i = 0; i < figures.size(); ++i) {
      const Fact& fact = figures[i].fact;
      const auto same = [&](const Figure& f) { return f.fact == fact && !f.former; };
      if (places_.elsewhere(unit)) continue;
      const Measure& m = article.measures[unit.measures[i]];
      if (!fact) {
        read_other(u, m, figures[i]);
        continue;
      }
      // Two figures of one fact in a sentence are two parts of it ("hier drei, in Celle vier").
      if (!figures[i].former && std::count_if(figures.begin(), figures.end(), same) > 1) continue;
      std::vector<FigureEntry>& list = facts[fact];
      if (list.size() >= kMaxEntries) continue;
      list.push_back(entry_of(u, m, figures[i]));
    }
  }

  [[nodiscard]] const Lexicon& lexicon_of(std::uint32_t u) const {
    return lexicons_.of(dossier_.articles[units_[u].article].language);
  }

  [[nodiscard]] FigureEntry entry_of(std::uint32_t u, const Measure& m,
                                     const Figure& figure) const {
    const SentenceUnit& unit = units_[u];
    const Article& article = dossier_.articles[unit.article];
    FigureEntry entry{u,
                      &m,
                      figure.former,
                      figure.wrong,
                      figure.moved,
                      figure.object,
                      figure.standing,
                      in_quotation_marks(article, unit, m),
                      attributor_.statement(unit, m.span),
                      {}};
    entry.statement.values = {{slot_name(m), m.value, m.span}};
    entry.when = said_on(article, unit, m.span);
    return entry;
  }

  // A figure that the tables know nothing of.
  void read_other(std::uint32_t u, const Measure& m, const Figure& figure) {
    const bool kind = m.unit != Unit::Ordinal && m.unit != Unit::Score && m.unit != Unit::Age;
    if (!kind || m.modality == Modality::Denied) return;
    quantities_.push_back(
        read_quantity(dossier_, units_[u], lexicon_of(u), entry_of(u, m, figure)));
  }

  [[nodiscard]] const Origin* origin(const FigureEntry& e) const {
    return e.statement.origin < 0 ? nullptr
                                  : &dossier_.origins[static_cast<std::size_t>(e.statement.origin)];
  }

  // Is it somebody's word, not the article's own? Of figures that the tables know nothing of also
  // that of somebody without a name.
  [[nodiscard]] bool named(const FigureEntry& e) const {
    if (only_disputed_ && voice_of(dossier_, e.statement) != Voice::None) return true;
    const Origin* o = origin(e);
    return e.quoted ||
           (o != nullptr && (o->kind == OriginKind::Authority || o->kind == OriginKind::Company ||
                             o->kind == OriginKind::Person || o->kind == OriginKind::Document));
  }

  [[nodiscard]] bool same_voice(const FigureEntry& x, const FigureEntry& y) const {
    if (x.quoted != y.quoted && units_[x.unit].article == units_[y.unit].article) return false;
    if (x.statement.origin >= 0 && x.statement.origin == y.statement.origin) return true;
    const std::string& a = attributor_.body(x.statement.origin);
    const std::string& b = attributor_.body(y.statement.origin);
    return !a.empty() && !b.empty() && same_head(a, b);
  }

  void keep_main_values(std::vector<FigureEntry>& entries) const {
    std::vector<FigureEntry> kept;
    for (FigureEntry& e : entries) {
      const bool clashes = std::any_of(kept.begin(), kept.end(), [&](const FigureEntry& k) {
        return units_[k.unit].article == units_[e.unit].article && !k.former && !e.former &&
               !same_value(k, e) && ((!named(k) && !named(e)) || same_voice(k, e));
      });
      if (!clashes) kept.push_back(std::move(e));
    }
    drop_short_headlines(units_, kept);
    entries = std::move(kept);
  }

  // A sentence that names no source has that of the article's other sentence with the same value.
  void inherit_sources(std::vector<FigureEntry>& entries) const {
    for (FigureEntry& e : entries) {
      if (named(e)) continue;
      for (const FigureEntry& other : entries) {
        if (units_[other.unit].article == units_[e.unit].article && named(other) &&
            same_value(e, other)) {
          e.statement.origin = other.statement.origin;
          e.statement.speaker = other.statement.speaker;
          break;
        }
      }
    }
  }

  // How two figures of one fact are to each other; `why` in words.
  [[nodiscard]] Relation relate(const std::vector<FigureEntry>& all, const FigureEntry& x,
                                const FigureEntry& y, std::string& why) const {
    Measure a = *x.measure;
    Measure b = *y.measure;
    a.modality = b.modality = Modality::Actual;
    annotate::Comparison c = annotate::compare(a, b);
    why = std::move(c.why);
    if (!c.comparable) return Relation::Equal;  // two currencies
    if (c.relation != Relation::Different) return c.relation;
    if (steady_) return c.relation;
    if (x.former != y.former) {
      why = "one of them says that it held before";
      return Relation::Superseded;
    }
    const bool two_voices = named(x) && named(y) && !same_voice(x, y);
    const auto came_from = [](const FigureEntry& to, const FigureEntry& other) {
      return to.moved != 0 && other.moved == 0 &&
             (to.measure->low > other.measure->low) == (to.moved > 0);
    };
    if (!two_voices && (came_from(x, y) || came_from(y, x))) {
      why = "one of them says that it rose or fell to that";
      return Relation::Superseded;
    }
    if (x.when.size() >= kIsoDay && y.when.size() >= kIsoDay) {
      if (two_voices ? other_moment(x.when, y.when) : day_of(x) != day_of(y)) {
        why = fmt::format("said on {} and on {}", day_of(x), day_of(y));
        return Relation::Superseded;
      }
      const bool moments = x.when.size() > kIsoDay && y.when.size() > kIsoDay && x.when != y.when;
      if (moments && (same_voice(x, y) || !named(x) || !named(y))) {
        why = fmt::format("said at {} and at {}", x.when, y.when);
        return Relation::Superseded;
      }
    }
    const auto was_former = [&](const FigureEntry& e) {
      return std::any_of(all.begin(), all.end(),
                         [&](const FigureEntry& o) { return o.former && same_value(o, e); });
    };
    if (was_former(x) != was_former(y)) {
      why = "a report says that one of them held before";
      return Relation::Superseded;
    }
    return other_standing(x, y, why);
  }

  // Figures of one article only where they are of different voices.
  [[nodiscard]] bool comparable(const FigureEntry& x, const FigureEntry& y) const {
    if (x.unit == y.unit) return false;
    if (units_[x.unit].article != units_[y.unit].article) return true;
    return !x.former && !y.former && !same_value(x, y);
  }

  struct Link {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    Relation relation = Relation::Equal;
    std::string why;
  };

  void add_claims(const std::vector<FigureEntry>& entries) {
    std::set<std::uint32_t> articles;
    for (const FigureEntry& e : entries) articles.insert(units_[e.unit].article);
    const bool alone = articles.size() < 2;
    if (!alone) add_withdrawn(entries);
    std::vector<Link> links;
    std::vector<bool> disputed(entries.size());
    bool course = false;
    for (std::uint32_t i = 0; i < entries.size(); ++i) {
      for (std::uint32_t j = i + 1; j < entries.size(); ++j) {
        if (!comparable(entries[i], entries[j])) continue;
        Link link{i, j, Relation::Equal, {}};
        link.relation = relate(entries, entries[i], entries[j], link.why);
        if (link.relation == Relation::Equal) continue;
        // One article tells of a dispute only between two who are named.
        const bool two = named(entries[i]) && named(entries[j]);
        if (alone && (link.relation != Relation::Different || !two)) continue;
        if (link.relation == Relation::Different) disputed[i] = disputed[j] = true;
        course |= link.relation == Relation::Superseded;
        links.push_back(std::move(link));
      }
    }
    const bool any_disputed = std::find(disputed.begin(), disputed.end(), true) != disputed.end();
    const auto all = [](std::size_t) { return true; };
    if ((alone || only_disputed_) && !any_disputed) return;
    if (!any_disputed && !course) {
      // Sums, speeds and shares that agree are compared where the sentences align.
      const Unit unit = entries.front().measure->unit;
      if (unit == Unit::Count || unit == Unit::Age) add(entries, links, all);
      return;
    }
    if (any_disputed) add(entries, links, [&](std::size_t i) { return disputed[i]; });
    if (!course || only_disputed_) return;
    const std::vector<bool> in_course = course_of(entries, links, disputed);
    add(entries, links, [&](std::size_t i) { return in_course[i]; });
    add_latest(entries, in_course);
  }

  // What a house or a voice says and then corrects.
  void add_withdrawn(const std::vector<FigureEntry>& entries) {
    const auto house = [&](const FigureEntry& e) {
      return reuse::house_key(dossier_.articles[units_[e.unit].article]);
    };
    for (const FigureEntry& w : entries) {
      if (!w.wrong) continue;
      const auto member = [&](std::size_t i) {
        const FigureEntry& e = entries[i];
        if (&e == &w) return true;
        return !e.wrong && !e.former && same_value(e, w) && e.when <= w.when &&
               units_[e.unit].article != units_[w.unit].article &&
               (same_voice(e, w) || house(e) == house(w));
      };
      std::size_t members = 0;
      for (std::size_t i = 0; i < entries.size(); ++i) members += member(i) ? 1U : 0U;
      if (members < 2) continue;
      add(entries, {}, member);
      Claim& claim = out_.back().claim;
      claim.verdict = Verdict::Withdrawn;
      claim.origins = 1;
      const SentenceUnit& unit = units_[w.unit];
      claim.why = fmt::format("corrected: \"{}\"",
                              utf8::squeeze(dossier_.articles[unit.article].at(unit.span)));
    }
  }

  // Which entries belong to the course of the figure: all but those of a named voice that disputes
  // it and never gives another value.
  [[nodiscard]] std::vector<bool> course_of(const std::vector<FigureEntry>& entries,
                                            const std::vector<Link>& links,
                                            const std::vector<bool>& disputed) const {
    std::vector<bool> in_course(entries.size(), true);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (!disputed[i] || !named(entries[i])) continue;
      in_course[i] = std::any_of(entries.begin(), entries.end(), [&](const FigureEntry& e) {
        return same_voice(e, entries[i]) && !same_value(e, entries[i]);
      });
    }
    const bool still = std::any_of(links.begin(), links.end(), [&](const Link& l) {
      return l.relation == Relation::Superseded && in_course[l.a] && in_course[l.b];
    });
    if (!still) in_course.assign(entries.size(), true);
    return in_course;
  }

  // What is said last, where two articles say it.
  void add_latest(const std::vector<FigureEntry>& entries, const std::vector<bool>& in_course) {
    const FigureEntry* last = nullptr;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (!in_course[i] || entries[i].former) continue;
      if (last == nullptr || day_of(*last) < day_of(entries[i])) last = &entries[i];
    }
    if (last == nullptr) return;
    std::set<std::uint32_t> articles;
    std::vector<bool> latest(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const FigureEntry& e = entries[i];
      latest[i] = in_course[i] && !e.former && day_of(e) == day_of(*last) && same_value(e, *last);
      if (latest[i]) articles.insert(units_[e.unit].article);
    }
    if (articles.size() >= 2) add(entries, {}, [&](std::size_t i) { return latest[i]; });
  }

  template <class Member>
  void add(const std::vector<FigureEntry>& entries, const std::vector<Link>& links,
           const Member& member) {
    FigureClaim made;
    Claim& claim = made.claim;
    claim.event = event_;
    std::vector<std::int64_t> place(entries.size(), -1);
    const FigureEntry* plainest = nullptr;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (!member(i)) continue;
      const FigureEntry& e = entries[i];
      place[i] = static_cast<std::int64_t>(claim.statements.size());
      claim.statements.push_back(e.statement);
      made.units.push_back(e.unit);
      if (plainest == nullptr || plainer(units_, e, *plainest)) plainest = &e;
    }
    for (const Link& l : links) {
      if (place[l.a] < 0 || place[l.b] < 0) continue;
      const FigureEntry& x = entries[l.a];
      const FigureEntry& y = entries[l.b];
      claim.differences.push_back(
          {x.statement.values[0].slot, l.relation, static_cast<std::uint32_t>(place[l.a]),
           static_cast<std::uint32_t>(place[l.b]), x.measure->value, y.measure->value, l.why});
    }
    if (plainest == nullptr) return;
    const SentenceUnit& unit = units_[plainest->unit];
    claim.text = std::string(dossier_.articles[unit.article].at(unit.span));
    const Voices voices = independent_voices(dossier_, claim, own_, kFigureCiting);
    judge(dossier_, claim, voices, min_origins_, two_give_it(entries, place, voices));
    out_.push_back(std::move(made));
  }

  const Dossier& dossier_;
  std::int32_t event_;
  std::span<const SentenceUnit> units_;
  const Lexicons& lexicons_;
  const Contrasts& contrasts_;
  Attributor& attributor_;
  const OwnTexts& own_;
  unsigned min_origins_;
  Places places_;
  std::vector<Quantity> quantities_;
  std::map<std::int32_t, std::vector<FigureEntry>> ages_;  // by person
  bool steady_ = false;                                    // they do not change within an event
  bool only_disputed_ = false;  // no claims of figures that agree or follow each other
  std::vector<FigureClaim> out_;
};

}  // namespace

std::vector<FigureClaim> figure_claims(const Dossier& dossier, std::int32_t event,
                                       std::span<const SentenceUnit> units,
                                       const Lexicons& lexicons, const Contrasts& contrasts,
                                       Attributor& attributor, const OwnTexts& own,
                                       unsigned min_origins) {
  return FigureReader(dossier, event, units, lexicons, contrasts, attributor, own, min_origins)
      .run();
}

}  // namespace twosource::claim
