#include <fmt/format.h>

#include <map>
#include <memory>
#include <optional>
#include <ostream>

#include "cli/explanation.hpp"
#include "cli/list_command.hpp"
#include "cli/output.hpp"
#include "serve/api.hpp"

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

// What the record has stored of it: {id, kind, label, result, why, evidence}.
void print(std::ostream& out, record::Record& store, const Json& x) {
  out << fmt::format("{} ({}): {}\n", text_in(x, "id"), text_in(x, "kind"),
                     one_line(text_in(x, "label")));
  if (const std::string result = text_in(x, "result"); !result.empty()) {
    out << fmt::format("result: {}\n", one_line(result));
  }
  const std::string why = text_in(x, "why");
  out << fmt::format("why: {}\n", why.empty() ? "no rule was recorded" : one_line(why));
  if (list_in(x, "evidence").empty()) return;
  out << '\n';
  Table table({"article", "note", "sentence"});
  std::map<std::string, std::optional<Article>> articles;
  for (const Json& place : list_in(x, "evidence")) {
    const std::string id = text_in(place, "article");
    const auto [it, fresh] = articles.try_emplace(id);
    if (fresh) it->second = store.article(id);
    std::string sentence = text_in(place, "text");
    if (const std::optional<Article>& a = it->second) {
      const Span span =
          utf8::OffsetIndex(a->text).bytes({place.value("start", 0U), place.value("end", 0U)});
      sentence = a->at(sentence_around(*a, span));
    }
    table.add({id, text_in(place, "note"), sentence});
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
    if (const std::unique_ptr<record::Record> store = options_.stored()) {
      return explain_stored(env, *store, talk);
    }
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
  ExitCode explain_stored(const Env& env, record::Record& store, Talk& talk) {
    options_.read_stored(store, talk);
    serve::Store reader(options_.record);
    const std::optional<std::string> found = serve::explanation_json(reader, id_);
    if (!found) throw IoError(fmt::format("there is no \"{}\" here", printable(id_)));
    Output out(env, {});
    if (json_) {
      out.stream() << *found << '\n';
    } else {
      print(out.stream(), store, Json::parse(*found, nullptr, false));
    }
    out.commit();
    return talk.exit_code();
  }

  CorpusOptions options_;
  std::string id_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_explain(CLI::App& app) { return std::make_unique<Explain>(app); }

}  // namespace twosource::cli
