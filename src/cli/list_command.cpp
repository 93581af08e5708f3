#include "cli/list_command.hpp"

#include <memory>
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
  Output out(env, output_);
  Table shown = table();
  std::size_t found = 0;
  const auto each = [&](std::string_view line) {
    ++found;
    if (json_) {
      out.stream() << line << '\n';
    } else {
      rows(shown, Json::parse(line, nullptr, false));
    }
  };
  const std::unique_ptr<record::Record> store = options_.stored();
  const std::size_t articles =
      store ? options_.read_stored(*store, talk) : from_articles(env, talk, each);
  if (store) record::each_stored(*store, listed(), each);
  if (!json_ && found > 0) shown.print(out.stream());
  if (found == 0 && articles > 0) talk.say(nothing());
  out.commit();
  return talk.exit_code();
}

std::size_t ListCommand::from_articles(const Env& env, Talk& talk,
                                       const std::function<void(std::string_view)>& each) {
  const pipeline::Stages stages = options_.read.stages();
  const Dossier dossier = options_.load(env, stages, talk, upto());
  const DossierWriter writer(dossier);
  for (const Json& j : lines(dossier, writer)) each(dump_line(j));
  return dossier.articles.size();
}

std::string article_ids(const Dossier& dossier, const std::vector<std::uint32_t>& articles) {
  std::string ids;
  for (const std::uint32_t a : articles) {
    if (!ids.empty()) ids += ' ';
    ids += dossier.articles[a].id;
  }
  return ids;
}

std::string text_in(const Json& json, const char* key) {
  const auto it = json.find(key);
  return it != json.end() && it->is_string() ? it->get<std::string>() : std::string();
}

const Json& list_in(const Json& json, const char* key) {
  static const Json kNone = Json::array();
  const auto it = json.find(key);
  return it != json.end() && it->is_array() ? *it : kNone;
}

std::string joined_texts(const Json& list, const char* glue, const char* key) {
  std::string out;
  std::string last;
  for (const Json& item : list) {
    const std::string text = key != nullptr     ? text_in(item, key)
                             : item.is_string() ? item.get<std::string>()
                                                : std::string();
    if (key != nullptr && text == last) continue;
    out += (out.empty() ? "" : glue) + text;
    last = text;
  }
  return out;
}

}  // namespace twosource::cli
