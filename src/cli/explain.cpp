#include <fmt/format.h>

#include <ostream>

#include "cli/explanation.hpp"
#include "cli/list_command.hpp"
#include "cli/output.hpp"

namespace twosource::cli {
namespace {

// The sentence around a place, or the place itself where it is longer.
Span sentence_around(const Article& a, Span place) {
  const std::size_t s = a.tokens.sentence_at(place.begin);
  if (s >= a.tokens.sentences.size()) return place;
  const Span sentence = a.tokens.sentences[s].span;
  return sentence.contains(place) ? sentence : place;
}

Json to_json(const Dossier& d, const Explanation& x) {
  Json j;
  j["id"] = x.id;
  j["kind"] = x.kind;
  j["label"] = x.label;
  j["result"] = x.result;
  j["why"] = x.why;
  Json places = Json::array();
  for (const Explanation::Place& p : x.places) {
    const Article& a = d.articles[p.evidence.article];
    const utf8::OffsetIndex offsets(a.text);
    const Span s = offsets.code_points(p.evidence.span);
    Json item;
    item["article"] = a.id;
    item["start"] = s.begin;
    item["end"] = s.end;
    item["text"] = std::string(a.at(p.evidence.span));
    item["note"] = p.note;
    places.push_back(std::move(item));
  }
  j["evidence"] = std::move(places);
  return j;
}

void print(std::ostream& out, const Dossier& d, const Explanation& x) {
  out << fmt::format("{} ({}): {}\n", x.id, x.kind, one_line(x.label));
  if (!x.result.empty()) out << fmt::format("result: {}\n", one_line(x.result));
  out << fmt::format("why: {}\n", x.why.empty() ? "no rule was recorded" : one_line(x.why));
  if (x.places.empty()) return;
  out << '\n';
  Table table({"article", "note", "sentence"});
  for (const Explanation::Place& p : x.places) {
    const Article& a = d.articles[p.evidence.article];
    table.add({a.id, p.note, std::string(a.at(sentence_around(a, p.evidence.span)))});
  }
  table.print(out);
}

class Explain final : public Command {
 public:
  explicit Explain(CLI::App& app) {
    CLI::App& sub = add_subcommand(app, "explain", "Why this claim, event, copy, person or origin",
                                   "  twosource explain k3 stack/*.txt\n"
                                   "  twosource explain c1 --record story.db");
    sub.add_option("ID", id_, "k… claim, v… event, c… copies, q… quotation, p… person, s… story")
        ->required();
    options_.declare(sub);
    sub.add_flag("--json", json_, "One JSON object");
  }

  ExitCode run(const Env& env) override {
    Talk talk(env, options_.read.quiet);
    const pipeline::Stages stages = options_.read.stages();
    const Dossier dossier = options_.load(env, stages, talk);
    const std::optional<Explanation> found = explain(dossier, id_);
    if (!found) throw IoError(fmt::format("there is no \"{}\" here", printable(id_)));
    Output out(env, {});
    if (json_) {
      out.stream() << dump_line(to_json(dossier, *found)) << '\n';
    } else {
      print(out.stream(), dossier, *found);
    }
    out.commit();
    return talk.exit_code();
  }

 private:
  CorpusOptions options_;
  std::string id_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_explain(CLI::App& app) { return std::make_unique<Explain>(app); }

}  // namespace twosource::cli
