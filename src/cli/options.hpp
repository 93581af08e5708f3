#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "article/dossier.hpp"
#include "cli/env.hpp"
#include "cli/talk.hpp"
#include "pipeline/pipeline.hpp"

namespace twosource::cli {

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

  // `input_format`: the option that says what the inputs are.
  void declare(CLI::App& app, bool inputs_required, const char* input_format = "--format");
  [[nodiscard]] pipeline::Stages stages() const;
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
  [[nodiscard]] std::vector<Article> articles(const Env& env, const pipeline::Stages& stages,
                                              Talk& talk) const;
  // Reads the articles and cross-checks them.
  [[nodiscard]] Dossier load(const Env& env, const pipeline::Stages& stages, Talk& talk,
                             pipeline::Upto upto = pipeline::Upto::Claims) const;
};

// Reads the inputs of `options` and hands over each article, on the calling thread.
void read_inputs(const ReadOptions& options, const pipeline::Stages& stages, const Env& env,
                 Talk& talk, const std::function<void(Article&&)>& on_article);

}  // namespace twosource::cli
