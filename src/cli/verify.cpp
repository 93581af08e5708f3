#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <ostream>

#include "cli/command.hpp"
#include "cli/output.hpp"
#include "cli/talk.hpp"
#include "cli/verify_dossier.hpp"

namespace twosource::cli {
namespace {

class Verify final : public Command {
 public:
  explicit Verify(CLI::App& app) {
    CLI::App& sub = add_subcommand(
        app, "verify", "Does every piece of evidence in a dossier still stand? Exit 3 if not",
        "  twosource dossier stack/*.txt -o dossier.json && twosource verify dossier.json");
    sub.add_option("DOSSIER", path_, "A dossier as JSON, - for standard input")->required();
    sub.add_flag("--json", json_, "The findings as one JSON object");
  }

  ExitCode run(const Env& env) override {
    const Json dossier = Json::parse(bytes(env), nullptr, false);
    if (dossier.is_discarded()) throw IoError(path_ + ": not JSON");
    const Result<Verification> result = verify_dossier(dossier);
    if (!result) throw IoError(fmt::format("{}: {}", path_, result.error().describe()));
    Output out(env, {});
    if (json_) {
      Json j;
      j["articles"] = result->articles;
      j["spans"] = result->spans;
      j["problems"] = result->problems;
      out.stream() << dump_line(j) << '\n';
    } else {
      for (const std::string& p : result->problems) out.stream() << printable(p) << '\n';
      out.stream() << fmt::format("{} pieces of evidence in {} articles, {} do not stand\n",
                                  result->spans, result->articles, result->problems.size());
    }
    out.commit();
    return result->problems.empty() ? kDone : kPolicy;
  }

 private:
  std::string bytes(const Env& env) const {
    if (path_ == "-") return {std::istreambuf_iterator<char>(env.in), {}};
    std::ifstream file(path_, std::ios::binary);
    if (!file) throw IoError(path_ + ": cannot be opened");
    std::string all{std::istreambuf_iterator<char>(file), {}};
    if (file.bad()) throw IoError(path_ + ": cannot be read");
    return all;
  }

  std::string path_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_verify(CLI::App& app) { return std::make_unique<Verify>(app); }

}  // namespace twosource::cli
