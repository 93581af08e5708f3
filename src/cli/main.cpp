#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>

#include <nlohmann/json.hpp>

#include "article/json.hpp"
#include "pipeline/pipeline.hpp"
#include "report/report.hpp"

namespace {
using namespace twosource;

struct Args {
  std::vector<std::string> inputs;
  std::string format = "auto", lang_pack, output;
  intake::Options intake;
  claim::Options claim;
  unsigned threads = 0;
  bool json = false, full = false;
};

int run(const std::string& verb, const Args& args, const pipeline::Stages& stages) {
  std::ofstream file;
  if (!args.output.empty()) file.open(args.output, std::ios::binary);
  std::ostream& out = args.output.empty() ? std::cout : file;
  std::vector<Article> articles;
  bool skipped = false;
  pipeline::read_articles(
      stages, args.inputs, args.intake, std::cin, args.threads,
      [&](Article&& a) {
        if (verb == "read") {
          out << dump_line(article_to_json(a)) << '\n';
        } else {
          articles.push_back(std::move(a));
        }
      },
      [&](const intake::Skipped& s) {
        skipped = true;
        std::cerr << s.path << ": " << s.reason << '\n';
      });
  if (verb != "read") {
    const Dossier d = pipeline::cross_check(std::move(articles), stages.packs(), args.claim);
    const DossierWriter w(d);
    if (verb == "copies") {
      for (const auto& f : d.copies)
        for (const auto& p : f.pairs) out << dump_line(w.copy_pair(f, p)) << '\n';
    } else if (verb == "events") {
      for (const auto& e : d.events) out << dump_line(w.event(e)) << '\n';
    } else if (verb == "claims") {
      for (const auto& c : d.claims) out << dump_line(w.claim(c)) << '\n';
    } else if (args.output.ends_with(".html")) {
      out << report::to_html(d, stages.packs());
    } else if (args.output.ends_with(".md")) {
      out << report::to_markdown(d, stages.packs());
    } else {
      out << dump_line(w.dossier(args.full)) << '\n';
    }
  }
  out.flush();
  return skipped ? 4 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  CLI::App app("twosource");
  app.require_subcommand(1);
  Args args;
  for (const char* verb : {"read", "copies", "events", "claims", "dossier"}) {
    CLI::App* c = app.add_subcommand(verb);
    c->add_option("INPUT", args.inputs)->required();
    c->add_option("--format", args.format)->check(CLI::IsMember({"auto", "jsonl", "html", "text"}));
    c->add_flag("--as-is", args.intake.as_is);
    c->add_option("--published", args.intake.published);
    c->add_option("--lang-pack", args.lang_pack);
    c->add_option("--threads", args.threads);
    c->add_option("-o", args.output);
    c->add_option("--min-origins", args.claim.min_origins);
    c->add_flag("--json", args.json);
    c->add_flag("--full", args.full);
  }
  CLI11_PARSE(app, argc, argv);
  args.intake.format = args.format == "jsonl"  ? intake::Format::Jsonl
                       : args.format == "html" ? intake::Format::Html
                       : args.format == "text" ? intake::Format::Text
                                               : intake::Format::Auto;
  try {
    PackSet packs = PackSet::builtin();
    if (!args.lang_pack.empty()) {
      auto over = PackSet::with_overrides(args.lang_pack);
      if (!over) throw IoError(over.error().describe());
      packs = std::move(*over);
    }
    return run(app.get_subcommands().front()->get_name(), args, pipeline::Stages(std::move(packs)));
  } catch (const std::exception& e) {
    std::cerr << "twosource: " << e.what() << '\n';
    return 1;
  }
}
