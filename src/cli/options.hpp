#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "article/dossier.hpp"
#include "cli/env.hpp"
#include "cli/network.hpp"
#include "cli/talk.hpp"
#include "desk/desk.hpp"
#include "pipeline/pipeline.hpp"
#include "record/record.hpp"

namespace twosource::cli {

// What CLI11 says of a value that is no EDTF date; empty for one.
[[nodiscard]] std::string check_date(const std::string& value);

// Options that commands share, declared in the groups a command asks for.
struct ReadOptions {
  std::vector<std::string> inputs;
  intake::Options intake;
  std::string format = "auto";
  std::string lang_pack;
  std::string prefer_dates = "text";
  pipeline::Layers layers = pipeline::Layers::All;
  bool trace = false;
  unsigned threads = 0;
  bool quiet = false;
  NetworkOptions network;

  // `input_format`: the option that says what the inputs are.
  void declare(CLI::App& app, bool inputs_required, const char* input_format = "--format");
  [[nodiscard]] pipeline::Stages stages() const;
  // What `intake` needs, without a way to the network.
  [[nodiscard]] intake::Options reading() const;
};

// Articles from INPUT… or from a record, cross-checked.
struct CorpusOptions {
  ReadOptions read;
  std::string record;
  std::string about;
  claim::Options claim;

  void declare(CLI::App& app, const char* input_format = "--format");
  // Reads, names what was skipped, says how many articles there are. Throws UsageError when neither
  // or both of INPUT and --record are given.
  // The corrections that the record holds are given back too, for the corpus half.
  [[nodiscard]] std::vector<Article> articles(const Env& env, const pipeline::Stages& stages,
                                              Talk& talk,
                                              std::vector<Correction>& corrections) const;
  // Reads the articles and cross-checks them; a whole record cell by cell, with the ids that its
  // findings have.
  [[nodiscard]] Dossier load(const Env& env, const pipeline::Stages& stages, Talk& talk,
                             pipeline::Upto upto = pipeline::Upto::Claims) const;

  // The record, when it is asked for as a whole and its findings are of the articles, corrections
  // and options as they are: what load() would find again stands in it. nullptr else.
  [[nodiscard]] std::unique_ptr<record::Record> stored() const;
  // Says what load() says of it. Returns the number of its articles.
  std::size_t read_stored(record::Record& store, Talk& talk) const;

 private:
  void check_source() const;
};

// Brings the findings of a record up to date. Names corrections that do not apply any more.
// `threads` 0: one a core.
void renew_findings(desk::Desk& desk, unsigned threads, Talk& talk);
// Names the corrections that found nothing to correct.
void name_stale(std::span<const CorrectionOutcome> corrections, Talk& talk);

// Reads the inputs of `options` and hands over each article, on the calling thread.
void read_inputs(const ReadOptions& options, const pipeline::Stages& stages, const Env& env,
                 Talk& talk, const std::function<void(Article&&)>& on_article);
// The same with pipeline::read_articles_and.
void read_inputs_and(const ReadOptions& options, const pipeline::Stages& stages, const Env& env,
                     Talk& talk, const std::function<std::function<void()>(Article&&)>& on_worker);

}  // namespace twosource::cli
