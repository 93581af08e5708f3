#include "desk/desk.hpp"

#include <algorithm>
#include <future>
#include <optional>
#include <set>
#include <utility>

#include "desk/cells.hpp"
#include "desk/join.hpp"
#include "desk/kept.hpp"
#include "desk/plan.hpp"
#include "desk/shelf.hpp"
#include "record/findings.hpp"

namespace twosource::desk {
namespace {

constexpr std::size_t kChunk = 64;    // cells cross-checked while others are read and written
constexpr std::size_t kCommit = 512;  // cells a transaction
// A process that goes on living writes what it remembers after so many articles, and at its end.
constexpr std::int64_t kRememberEvery = 1000;

}  // namespace

class Desk::Impl {
  // A cell on its way: read, cross-checked, written.
  struct Job {
    Plan plan;
    std::vector<Shelf::Stored> stored;
    record::CellRows rows;
  };

 public:
  Impl(record::Record& store, const pipeline::Stages& stages, const claim::Options& options,
       std::size_t remember_from)
      : store_(store),
        stages_(stages),
        options_(options),
        remember_from_(remember_from),
        checker_(stages.packs(), options),
        shelf_(store, stages) {}

  ~Impl() {
    try {
      remember();
    } catch (const std::exception&) {  // the next process reads the articles
    }
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Changes renew(const Renewal& how) {
    Changes changes;
    if (!how.rebuild && store_.findings_generation() == store_.generation()) return changes;
    changes.renewed = true;
    record::Transaction first(store_.database());
    const bool fresh = !kept_ || how.rebuild || missed_;
    missed_ = true;  // until everything is written
    run(how, fresh, first, changes);
    missed_ = false;
    if (shelf_.generation() >= remembered_ + kRememberEvery) remember();
    return changes;
  }

  Shelf& shelf() { return shelf_; }

  Dossier dossier(unsigned threads) {
    const std::vector<Correction> corrections = store_.active_corrections();
    if (shelf_.generation() < 0) (void)shelf_.recall();
    (void)shelf_.update(corrections, threads);
    missed_ = true;  // what changed was not written
    const Planner planner(shelf_, corrections, options_);
    const std::vector<Plan> plans = planner.cells();
    std::vector<Findings> found(plans.size());
    for (std::size_t at = 0; at < plans.size(); at += kChunk) {
      const std::size_t end = std::min(plans.size(), at + kChunk);
      std::vector<std::vector<Shelf::Stored>> stored(end - at);
      for (std::size_t i = at; i < end; ++i) stored[i - at] = fetch(plans[i]);
      in_parallel(end - at, threads, [&](std::size_t i) {
        found[at + i] = check(planner, plans[at + i], stored[i], corrections);
      });
    }
    Dossier out = join(std::move(found));
    merge_outcomes(out, corrections);
    return out;
  }

 private:
  // For the next process, unless the findings do not follow what is in memory.
  void remember() {
    if (missed_ || shelf_.generation() < 0 || shelf_.size() < remember_from_) return;
    remembered_ = shelf_.generation();
    shelf_.remember(corrections_);
  }

  // What an earlier process remembered. True when the stored findings are those of it.
  bool recall() {
    std::optional<Shelf::Recalled> recalled = shelf_.recall();
    if (!recalled) return false;
    remembered_ = recalled->generation;
    corrections_ = std::move(recalled->corrections);
    stack_ = shelf_.size() <= kStack;
    return store_.findings_generation() == recalled->generation &&
           found_with() == options_.min_origins;
  }

  std::size_t found_with() {
    return static_cast<std::size_t>(
        store_.database().number("SELECT value FROM meta WHERE key = 'min_origins'"));
  }

  void run(const Renewal& how, bool fresh, record::Transaction& first, Changes& changes) {
    const std::vector<Correction> corrections = store_.active_corrections();
    if (how.rebuild) record::FindingsWriter(store_.database()).clear();
    if (fresh) kept_.emplace(store_);
    const bool first_here = shelf_.generation() < 0 && !how.rebuild;
    const bool recalled = first_here && recall();
    const std::int64_t generation = store_.generation();
    const Shelf::Update update = shelf_.update(corrections, how.threads);
    const Planner planner(shelf_, corrections, options_);
    const bool all = (fresh && !recalled) || update.everything || planner.stack() || stack_;
    std::vector<Plan> plans =
        all ? planner.cells() : planner.cells(concerned(update, planner, corrections));
    std::set<std::string> leaving;
    if (all) leaving = kept_->not_among(plans);
    keep_changed(plans, planner, corrections);
    leaving.merge(kept_->replaced(plans, update.gone));
    record::FindingsWriter writer(store_.database());
    Verdicts verdicts(store_.database(), how.verdicts);
    for (const std::string& name : leaving) {
      verdicts.before(name);
      writer.erase(name);
      kept_->erase(name);
    }
    changes.cells = plans.size();
    std::optional<record::Transaction> more;
    write(plans, planner, corrections, how.threads, writer, verdicts, first, more);
    kept_->write_stories(writer, shelf_, planner.stack());
    writer.finish();
    store_.set_findings_generation(generation);
    record::Statement found_with(store_.database(),
                                 "INSERT OR REPLACE INTO meta VALUES ('min_origins', ?)");
    found_with.bind(static_cast<std::int64_t>(options_.min_origins)).run();
    store_.database().execute(
        "DELETE FROM changes WHERE generation < "
        "(SELECT value FROM meta WHERE key = 'generation') - 10000");
    changes.corrections = stored_outcomes(store_);
    (more ? *more : first).commit();
    changes.verdicts = verdicts.take();
    corrections_ = corrections;
    stack_ = planner.stack();
  }

  // Events of what changed, and of what corrections made or undone since concern.
  std::vector<std::string> concerned(const Shelf::Update& update, const Planner& planner,
                                     std::span<const Correction> corrections) {
    std::set<std::string> events(update.events.begin(), update.events.end());
    const auto has = [](std::span<const Correction> list, std::int64_t id) {
      return std::any_of(list.begin(), list.end(), [&](const Correction& c) { return c.id == id; });
    };
    const auto concern = [&](const Correction& c) {
      for (const std::string& a : planner.concerned(c)) events.insert(shelf_.event_of(a));
      for (const std::string& person : named_people(c)) {
        for (const std::string& event : kept_->events_with(person)) events.insert(event);
      }
    };
    for (const Correction& c : corrections) {
      if (!has(corrections_, c.id)) concern(c);
    }
    for (const Correction& c : corrections_) {
      if (!has(corrections, c.id)) concern(c);
    }
    events.erase("");
    return {events.begin(), events.end()};
  }

  // Drops the plans whose cells have everything that goes in already.
  void keep_changed(std::vector<Plan>& plans, const Planner& planner,
                    std::span<const Correction> corrections) {
    std::set<std::string> people;
    for (const Correction& c : corrections) people.merge(named_people(c));
    std::erase_if(plans, [&](const Plan& plan) {
      const std::optional<std::int64_t> was = kept_->fingerprint(plan.name);
      return was && *was == planner.fingerprint(plan, kept_->people_of(plan.name, people));
    });
  }

  std::vector<Shelf::Stored> fetch(const Plan& plan) {
    std::vector<Shelf::Stored> out;
    for (const std::string& id : plan.articles) {
      std::optional<Shelf::Stored> stored = shelf_.fetch(id);
      if (!stored) throw IoError("article \"" + id + "\" left the record meanwhile");
      out.push_back(std::move(*stored));
    }
    return out;
  }

  Findings check(const Planner& planner, const Plan& plan, const std::vector<Shelf::Stored>& stored,
                 std::span<const Correction> corrections) const {
    std::vector<Article> articles;
    for (const Shelf::Stored& s : stored) articles.push_back(shelf_.prepare(s, corrections));
    return checker_.check(planner.cell(plan, std::move(articles)), corrections);
  }

  void cross_check(Job& job, const Planner& planner,
                   std::span<const Correction> corrections) const {
    thread_local record::FormsByLanguage forms;
    const Findings found = check(planner, job.plan, job.stored, corrections);
    job.stored.clear();
    job.rows = record::pack_cell(found.found, found.shared, found.ties, forms);
    std::set<std::string> entities;
    for (const CorpusEntity& e : found.found.entities) entities.insert(e.id);
    job.rows.fingerprint = planner.fingerprint(job.plan, entities);
  }

  // While one chunk of cells is cross-checked, the one before is written and the next one read.
  void write(std::vector<Plan>& plans, const Planner& planner,
             std::span<const Correction> corrections, unsigned threads,
             record::FindingsWriter& writer, Verdicts& verdicts, record::Transaction& first,
             std::optional<record::Transaction>& more) {
    std::vector<Job> done;
    std::vector<Job> now = read(plans, 0);
    std::size_t written = 0;
    for (std::size_t at = 0; !now.empty() || !done.empty();) {
      at += now.size();
      const auto work = [&] {
        in_parallel(now.size(), threads,
                    [&](std::size_t i) { cross_check(now[i], planner, corrections); });
      };
      std::future<void> running;
      if (threads > 1) running = std::async(std::launch::async, work);
      for (Job& job : done) {
        verdicts.before(job.rows.name);
        writer.write(job.rows);
        kept_->put(job.rows);
        verdicts.after(job.rows);
        ++written;
      }
      if (written >= kCommit && plans.size() > kCommit) {
        written = 0;
        (more ? *more : first).commit();
        more.reset();
        more.emplace(store_.database());
      }
      std::vector<Job> next = read(plans, at);
      threads > 1 ? running.get() : work();
      done = std::exchange(now, std::move(next));
    }
  }

  std::vector<Job> read(std::vector<Plan>& plans, std::size_t at) {
    std::vector<Job> out;
    for (std::size_t i = at; i < std::min(plans.size(), at + kChunk); ++i) {
      out.push_back({std::move(plans[i]), {}, {}});
      out.back().stored = fetch(out.back().plan);
    }
    return out;
  }

  void merge_outcomes(Dossier& d, std::span<const Correction> corrections) {
    std::set<std::int64_t> applied;
    for (const CorrectionOutcome& c : d.corrections) {
      if (c.applies) applied.insert(c.id);
    }
    d.corrections.clear();
    const auto here = [&](const std::string& a) { return shelf_.stamp(a) != 0; };
    for (const Correction& c : corrections) {
      const bool applies = applied.contains(c.id);
      d.corrections.push_back({c.id, applies, applies ? std::string() : why_not(c, here)});
    }
  }

  record::Record& store_;
  const pipeline::Stages& stages_;
  claim::Options options_;
  std::size_t remember_from_;
  std::int64_t remembered_ = 0;  // the generation that was, last
  Checker checker_;
  Shelf shelf_;
  std::optional<Kept> kept_;
  std::vector<Correction> corrections_;  // of the last renewal
  bool stack_ = false;                   // the record was one at the last renewal
  bool missed_ = false;                  // the findings do not follow what is in memory
};

Desk::Desk(record::Record& store, const pipeline::Stages& stages, const claim::Options& options,
           std::size_t remember_from)
    : impl_(std::make_unique<Impl>(store, stages, options, remember_from)) {}
Desk::~Desk() = default;
Changes Desk::renew(const Renewal& how) { return impl_->renew(how); }
Signed Desk::sign(const Article& article) const { return impl_->shelf().sign(article); }
void Desk::expect(const record::Record::Ready& added, Signed signs) {
  impl_->shelf().expect(added.article.id, added.generation, std::move(signs));
}
Dossier Desk::dossier(unsigned threads) { return impl_->dossier(threads); }

bool is_current(record::Record& store, const claim::Options& options) {
  return store.findings_generation() == store.generation() &&
         store.database().number("SELECT value FROM meta WHERE key = 'min_origins'") ==
             static_cast<std::int64_t>(options.min_origins);
}

std::vector<CorrectionOutcome> stored_outcomes(record::Record& store) {
  std::vector<CorrectionOutcome> out;
  record::Statement applied(store.database(), "SELECT 1 FROM applied WHERE correction = ? LIMIT 1");
  record::Statement article(store.database(), "SELECT 1 FROM main.articles WHERE id = ?");
  const auto is_there = [](record::Statement& s, auto value) {
    s.bind(value);
    const bool found = s.step();
    s.reset();
    return found;
  };
  const auto here = [&](const std::string& a) { return is_there(article, std::string_view(a)); };
  for (const Correction& c : store.active_corrections()) {
    const bool applies = is_there(applied, c.id);
    out.push_back({c.id, applies, applies ? std::string() : why_not(c, here)});
  }
  return out;
}

std::vector<Article> articles_of(record::Record& store, const pipeline::Stages& stages,
                                 std::span<const Correction> corrections) {
  std::vector<Article> articles;
  store.each_article([&](Article&& a) {
    if (!stages.correct_date(a, corrections)) stages.tokenize(a);
    articles.push_back(std::move(a));
  });
  return articles;
}

}  // namespace twosource::desk
