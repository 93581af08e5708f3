#include "cli/options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <thread>

#include "article/edtf.hpp"
#include "cli/output.hpp"
#include "desk/desk.hpp"
#include "intake/web.hpp"
#include "pipeline/about.hpp"
#include "record/record.hpp"
#include "record/search.hpp"

namespace twosource::cli {
namespace {

constexpr const char* kNothing = "nothing to cross-check: there is no article";

intake::Format format_of(const std::string& name) {
  if (name == "jsonl") return intake::Format::Jsonl;
  if (name == "html") return intake::Format::Html;
  if (name == "text") return intake::Format::Text;
  return intake::Format::Auto;
}

annotate::DatePreference preference_of(const std::string& name) {
  if (name == "past") return annotate::DatePreference::Past;
  if (name == "future") return annotate::DatePreference::Future;
  return annotate::DatePreference::Text;
}

}  // namespace

std::string check_date(const std::string& value) {
  return parse_edtf(value) ? std::string()
                           : fmt::format("\"{}\" is no date like 2017-07-08", value);
}

void ReadOptions::declare(CLI::App& app, bool inputs_required, const char* input_format) {
  auto* input = app.add_option("INPUT", inputs,
                               "Files, folders, JSON Lines, web archives, feeds, mails, - for "
                               "standard input; .gz and .zst too; http(s) addresses");
  if (inputs_required) input->required();
  app.add_option(input_format, format, "What the inputs are")
      ->check(CLI::IsMember({"auto", "jsonl", "html", "text"}))
      ->capture_default_str();
  app.add_flag("--as-is", intake.as_is, "Take texts byte for byte, without cleaning");
  app.add_option("--published", intake.published,
                 "Publication date of articles that bring none (2017, 2017-07, 2017-07-08)")
      ->check(check_date);
  app.add_option("--lang-pack", lang_pack, "Folder with language data to put over the built-in");
  app.add_option(
         "--prefer-dates", prefer_dates,
         "Dates that neither their words nor a verb in the past or future fixes (\"5 June\"): "
         "as the text suggests, the last or the next one; articles of a record were read "
         "before")
      ->check(CLI::IsMember({"text", "past", "future"}))
      ->capture_default_str();
  app.add_option("--threads", threads, "Threads to read with (0: one a core)")
      ->check(CLI::Range(0, 256));
  app.add_flag("--follow", intake.follow,
               "Read the pages that feeds link to, and feeds on the network that a list names");
  network.declare(app);
  app.add_flag("--quiet,-q", quiet, "Name only what was skipped or failed");
}

pipeline::Stages ReadOptions::stages() const {
  const pipeline::StageOptions options{preference_of(prefer_dates), layers, trace};
  if (lang_pack.empty()) return pipeline::Stages(PackSet::builtin(), options);
  Result<PackSet> packs = PackSet::with_overrides(lang_pack);
  if (!packs) throw IoError(packs.error().describe());
  return pipeline::Stages(std::move(*packs), options);
}

intake::Options ReadOptions::reading() const {
  intake::Options o = intake;
  o.format = format_of(format);
  return o;
}

void CorpusOptions::declare(CLI::App& app, const char* input_format) {
  read.declare(app, false, input_format);
  app.add_option("--record", record, "Take the articles from this record");
  app.add_option("--about", about, "Only articles in which all of these words occur");
  app.add_option("--min-origins", claim.min_origins, "Independent origins that confirm a claim")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
}

void read_inputs(const ReadOptions& options, const pipeline::Stages& stages, const Env& env,
                 Talk& talk, const std::function<void(Article&&)>& on_article) {
  read_inputs_and(options, stages, env, talk, [&](Article&& article) -> std::function<void()> {
    return [&on_article, held = std::move(article)]() mutable { on_article(std::move(held)); };
  });
}

void read_inputs_and(const ReadOptions& options, const pipeline::Stages& stages, const Env& env,
                     Talk& talk, const std::function<std::function<void()>(Article&&)>& on_worker) {
  intake::Options intake = options.reading();
  const bool asks = intake.follow ||
                    std::any_of(options.inputs.begin(), options.inputs.end(), intake::is_address);
  std::optional<fetch::Fetcher> fetcher;
  if (asks) intake.web = &fetcher.emplace(options.network.fetching());
  pipeline::read_articles_and(
      stages, options.inputs, intake, env.in, options.threads,
      [&](Article&& article) -> std::function<void()> {
        return [&talk, then = on_worker(std::move(article))] {
          talk.article_read();
          then();
        };
      },
      [&](const intake::Skipped& skipped) { talk.skipped(skipped); });
}

void name_stale(std::span<const CorrectionOutcome> corrections, Talk& talk) {
  for (const CorrectionOutcome& c : corrections) {
    if (!c.applies) {
      talk.warn(fmt::format("correction {} does not apply any more: {}", c.id, printable(c.why)));
    }
  }
}

void renew_findings(desk::Desk& desk, unsigned threads, Talk& talk) {
  desk::Renewal how;
  how.threads = threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : threads;
  how.verdicts = false;
  name_stale(desk.renew(how).corrections, talk);
}

namespace {

// The articles of a record that may be about these words; all of them without words.
std::vector<Article> record_articles(record::Record& store, const pipeline::Stages& stages,
                                     const std::string& about,
                                     std::span<const Correction> corrections) {
  if (about.empty()) return desk::articles_of(store, stages, corrections);
  std::vector<Article> out;
  for (const std::string& id : record::matching(store, about, stages.packs())) {
    std::optional<Article> a = store.article(id);
    if (!a) continue;
    if (!stages.correct_date(*a, corrections)) stages.tokenize(*a);
    out.push_back(std::move(*a));
  }
  return out;
}

}  // namespace

std::vector<Article> CorpusOptions::articles(const Env& env, const pipeline::Stages& stages,
                                             Talk& talk,
                                             std::vector<Correction>& corrections) const {
  check_source();
  std::vector<Article> found;
  const auto keep = [&](Article&& a) { found.push_back(std::move(a)); };
  if (record.empty()) {
    read_inputs(read, stages, env, talk, keep);
  } else {
    record::Record store(record, record::Record::Mode::Read);
    corrections = store.active_corrections();
    for (Article& a : record_articles(store, stages, about, corrections)) {
      talk.article_read();
      keep(std::move(a));
    }
  }
  talk.summary();
  if (!about.empty()) {
    pipeline::keep_about(found, about);
    talk.say(fmt::format("{} of them about \"{}\"", found.size(), printable(about)));
  }
  if (found.empty()) talk.say(kNothing);
  return found;
}

void CorpusOptions::check_source() const {
  if (read.inputs.empty() == record.empty()) {
    throw UsageError("give either INPUT… or --record FILE (--help shows examples)");
  }
}

std::unique_ptr<record::Record> CorpusOptions::stored() const {
  check_source();
  if (record.empty() || !about.empty() || !read.lang_pack.empty()) return nullptr;
  auto store = std::make_unique<record::Record>(record, record::Record::Mode::Read);
  if (!desk::is_current(*store, claim)) store.reset();
  return store;
}

std::size_t CorpusOptions::read_stored(record::Record& store, Talk& talk) const {
  const std::size_t articles = store.size();
  talk.articles_read(articles);
  talk.summary();
  if (articles == 0) talk.say(kNothing);
  name_stale(desk::stored_outcomes(store), talk);
  return articles;
}

Dossier CorpusOptions::load(const Env& env, const pipeline::Stages& stages, Talk& talk,
                            pipeline::Upto upto) const {
  check_source();
  if (!record.empty() && about.empty()) {
    record::Record store(record, record::Record::Mode::Read);
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    Dossier dossier =
        desk::Desk(store, stages, claim).dossier(read.threads == 0 ? cores : read.threads);
    for (std::size_t i = 0; i < dossier.articles.size(); ++i) talk.article_read();
    talk.summary();
    if (dossier.articles.empty()) talk.say(kNothing);
    name_stale(dossier.corrections, talk);
    return dossier;
  }
  std::vector<Correction> corrections;
  std::vector<Article> found = articles(env, stages, talk, corrections);
  // With --about, most of what corrections are about is not here.
  return pipeline::cross_check(std::move(found), stages.packs(), claim, upto, corrections);
}

}  // namespace twosource::cli
