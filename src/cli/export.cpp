#include <fmt/format.h>

#include <filesystem>
#include <ostream>

#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "exports/exports.hpp"
#include "text/error.hpp"

namespace twosource::cli {
namespace {

pipeline::Upto upto_of(exports::Format format) {
  switch (exports::needs(format)) {
    case exports::Needs::Copies:
      return pipeline::Upto::Copies;
    case exports::Needs::Stories:
      return pipeline::Upto::Stories;
    case exports::Needs::Claims:
      break;
  }
  return pipeline::Upto::Claims;
}

std::string names_of(const std::vector<exports::Part>& parts) {
  std::string names;
  for (const exports::Part& p : parts) names += (names.empty() ? "" : ", ") + p.name;
  return names;
}

class Export final : public Command {
 public:
  explicit Export(CLI::App& app) {
    CLI::App& sub = add_subcommand(
        app, "export", "The record in the formats of other programs",
        "  twosource export --record story.db --format csv -o claims.csv\n"
        "  twosource export --record story.db --format jsonl -o out/     one file a list\n"
        "  twosource export stack/ --format jsonl --part articles | jq .headline\n"
        "  twosource export stack/ --format graphml -o copies.graphml    for Gephi\n"
        "  twosource export stack/ --format atom --part s1 > story.atom\n"
        "  twosource export stack/ --format ics -o events.ics\n"
        "Formats: jsonl, csv (claims with evidence), jsonld (schema.org), annotations (W3C Web\n"
        "Annotation), graphml (copies), ics (dated events), atom (a feed a story), bibtex and csl\n"
        "(sources). docs/exports.md says what stands in each.");
    options_.declare(sub, "--input-format");
    sub.add_option("--format", format_, "What to write")
        ->required()
        ->check(CLI::IsMember(
            std::vector<std::string>(exports::kFormatNames.begin(), exports::kFormatNames.end())));
    sub.add_option("--part", part_,
                   "Only this file of the format: jsonl has claims (taken on standard output), "
                   "articles, events, stories, people, copies, quotes, timeline; atom has one a "
                   "story");
    sub.add_flag("--keep-formulas", keep_formulas_,
                 "CSV for programs: no apostrophe before cells that a spreadsheet would run");
    sub.add_option("-o,--output", output_,
                   "Folder for all files of the format, made when there is none; a name with an "
                   "ending (claims.csv) is one file, behind a slash (v1.0/) always a folder; "
                   "standard output without");
  }

  ExitCode run(const Env& env) override {
    const exports::Format format = exports::format_from(format_).value_or(exports::Format::Jsonl);
    Talk talk(env, options_.read.quiet);
    const pipeline::Stages stages = options_.read.stages();
    const Dossier dossier = options_.load(env, stages, talk, upto_of(format));
    if (dossier.articles.empty()) return talk.exit_code() == kDone ? kFailed : talk.exit_code();
    const exports::Corpus corpus(dossier);
    exports::Options how;
    if (keep_formulas_) how.formulas = exports::Formulas::Keep;
    const std::vector<exports::Part> parts = chosen(exports::parts(corpus, format, how));
    if (to_folder()) {
      write_folder(env, talk, parts);
    } else {
      write_one(env, talk, format, parts);
    }
    return talk.exit_code();
  }

 private:
  // Throws IoError when nothing is there to write, UsageError when `--part` names nothing.
  std::vector<exports::Part> chosen(std::vector<exports::Part> parts) const {
    if (parts.empty()) throw IoError("there is no story to write a feed of");
    if (part_.empty()) return parts;
    for (exports::Part& p : parts) {
      if (p.name == part_) return {std::move(p)};
    }
    throw UsageError(
        fmt::format("--part {}: {} has {}", printable(part_), format_, printable(names_of(parts))));
  }

  bool to_folder() const {
    if (output_.empty() || output_ == "-") return false;
    std::error_code error;
    if (std::filesystem::exists(output_, error)) {
      return std::filesystem::is_directory(output_, error);
    }
    return !std::filesystem::path(output_).has_extension();
  }

  void write_folder(const Env& env, Talk& talk, const std::vector<exports::Part>& parts) const {
    std::error_code error;
    std::filesystem::create_directories(output_, error);
    if (error) throw IoError(fmt::format("{}: {}", output_, error.message()));
    for (const exports::Part& p : parts) {
      write_file(env, talk, p, (std::filesystem::path(output_) / p.file).string());
    }
  }

  void write_one(const Env& env, Talk& talk, exports::Format format,
                 const std::vector<exports::Part>& parts) const {
    if (format == exports::Format::Atom && parts.size() > 1) {
      throw UsageError(fmt::format("one feed a story: give -o FOLDER or --part with one of {}",
                                   printable(names_of(parts))));
    }
    write_file(env, talk, parts.front(), output_);
  }

  static void write_file(const Env& env, Talk& talk, const exports::Part& part,
                         const std::string& path) {
    Output out(env, path);
    part.write(out.stream());
    out.commit();
    if (!path.empty() && path != "-") talk.say("written: " + printable(path));
  }

  CorpusOptions options_;
  std::string format_;
  std::string part_;
  std::string output_;
  bool keep_formulas_ = false;
};

}  // namespace

std::unique_ptr<Command> make_export(CLI::App& app) { return std::make_unique<Export>(app); }

}  // namespace twosource::cli
