#include "cli/list_command.hpp"

#include <ostream>

#include "cli/output.hpp"

namespace twosource::cli {

ListCommand::ListCommand(CLI::App& app, const char* name, const char* what, const char* examples) {
  CLI::App& sub = add_subcommand(app, name, what, examples);
  options_.declare(sub);
  sub.add_flag("--json", json_, "One JSON object a line");
  sub.add_option("-o,--output", output_, "File to write instead of standard output");
}

ExitCode ListCommand::run(const Env& env) {
  Talk talk(env, options_.read.quiet);
  const pipeline::Stages stages = options_.read.stages();
  const Dossier dossier = options_.load(env, stages, talk, upto());
  Output out(env, output_);
  const DossierWriter writer(dossier);
  const std::vector<Json> found = lines(dossier, writer);
  if (json_) {
    for (const Json& j : found) out.stream() << dump_line(j) << '\n';
  } else if (!found.empty()) {
    table(dossier).print(out.stream());
  }
  if (found.empty() && !dossier.articles.empty()) talk.say(nothing());
  out.commit();
  return talk.exit_code();
}

std::string article_ids(const Dossier& dossier, const std::vector<std::uint32_t>& articles) {
  std::string ids;
  for (const std::uint32_t a : articles) {
    if (!ids.empty()) ids += ' ';
    ids += dossier.articles[a].id;
  }
  return ids;
}

std::string entity_name(const Dossier& dossier, std::int32_t entity) {
  return entity < 0 ? "–" : dossier.entities[static_cast<std::size_t>(entity)].name;
}

}  // namespace twosource::cli
