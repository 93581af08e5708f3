#include "pipeline/check.hpp"

#include <fmt/format.h>

#include <ostream>

#include "cli/list_command.hpp"
#include "cli/output.hpp"

namespace twosource::cli {
namespace {

using pipeline::Check;
using pipeline::CheckedSentence;
using pipeline::Finding;

std::string origin_of(const Dossier& d, const CheckedSentence& s, const Evidence& e) {
  if (s.claim < 0) return {};
  for (const Statement& statement : d.claims[static_cast<std::size_t>(s.claim)].statements) {
    if (statement.evidence.article == e.article && statement.evidence.span.overlaps(e.span) &&
        statement.origin >= 0)
      return d.origins[static_cast<std::size_t>(statement.origin)].name;
  }
  return {};
}

Json place(const Dossier& d, const Evidence& e) {
  const Article& a = d.articles[e.article];
  const Span s = utf8::OffsetIndex(a.text).code_points(e.span);
  return {{"article", a.id}, {"start", s.begin}, {"end", s.end}, {"text", a.at(e.span)}};
}

Json to_json(const Check& check, const CheckedSentence& s, const utf8::OffsetIndex& offsets) {
  const Dossier& d = check.dossier;
  const Span span = offsets.code_points(s.span);
  Json j{{"start", span.begin}, {"end", span.end}, {"text", check.draft.at(s.span)}};
  j["status"] = to_string(s.finding);
  j["origins"] = s.origins;
  j["claim"] = nullptr;
  j["verdict"] = nullptr;
  if (s.claim >= 0) {
    const Claim& claim = d.claims[static_cast<std::size_t>(s.claim)];
    j["claim"] = claim.id;
    j["verdict"] = to_string(claim.verdict);
  }
  Json evidence = Json::array();
  for (const Evidence& e : s.support) {
    Json item = place(d, e);
    const std::string origin = origin_of(d, s, e);
    item["origin"] = origin.empty() ? Json(nullptr) : Json(origin);
    evidence.push_back(std::move(item));
  }
  j["evidence"] = std::move(evidence);
  Json differs = Json::array();
  for (const pipeline::Conflict& c : s.conflicts) {
    Json item = place(d, c.evidence);
    item["slot"] = c.slot;
    item["draft"] = c.draft_value;
    item["source"] = c.source_value;
    differs.push_back(std::move(item));
  }
  j["differs"] = std::move(differs);
  j["why"] = s.why;
  return j;
}

void print(std::ostream& out, const Check& check) {
  Table table({"status", "origins", "articles", "statement", "why"});
  for (const CheckedSentence& s : check.sentences) {
    std::vector<std::uint32_t> articles;
    for (const Evidence& e : s.support) {
      if (articles.empty() || articles.back() != e.article) articles.push_back(e.article);
    }
    for (const pipeline::Conflict& c : s.conflicts) {
      if (std::find(articles.begin(), articles.end(), c.evidence.article) == articles.end())
        articles.push_back(c.evidence.article);
    }
    table.add({std::string(to_string(s.finding)), std::to_string(s.origins),
               article_ids(check.dossier, articles), std::string(check.draft.at(s.span)), s.why});
  }
  table.print(out);
}

class CheckCommand final : public Command {
 public:
  explicit CheckCommand(CLI::App& app) {
    CLI::App& sub = add_subcommand(
        app, "check", "Is each statement of a draft backed by independent origins?",
        "  twosource check draft.txt --record story.db\n"
        "  twosource check draft.txt stack/*.txt --min-origins 3\n"
        "  twosource check - --record story.db --fail-on contradicted --json < draft.txt\n"
        "Statements are backed, weak (found, but on fewer origins or without a figure), "
        "contradicted,\n"
        "outdated or not-found; questions are left out. Exit 3 when one fails the policy.");
    sub.add_option("DRAFT", draft_, "The text to check; - reads standard input")->required();
    options_.declare(sub);
    sub.add_option("--fail-on", fail_on_,
                   "What ends with exit 3: \"unbacked\" all but backed statements, "
                   "\"contradicted\" contradicted and outdated ones, \"nothing\"")
        ->check(CLI::IsMember({"unbacked", "contradicted", "nothing"}))
        ->capture_default_str();
    sub.add_flag("--json", json_, "One JSON object a statement, one a line");
    sub.add_option("-o,--output", output_, "File to write instead of standard output");
  }

  ExitCode run(const Env& env) override {
    Talk talk(env, options_.read.quiet);
    const pipeline::Stages stages = options_.read.stages();
    Article draft = read_draft(env, stages);
    std::vector<Correction> corrections;
    std::vector<Article> articles = options_.articles(env, stages, talk, corrections);
    const Check check = pipeline::check_draft(std::move(articles), std::move(draft), stages.packs(),
                                              options_.claim, corrections);
    if (check.dossier.articles.empty())
      return talk.exit_code() == kDone ? kFailed : talk.exit_code();
    Output out(env, output_);
    if (json_) {
      const utf8::OffsetIndex offsets(check.draft.text);
      for (const CheckedSentence& s : check.sentences) {
        out.stream() << dump_line(to_json(check, s, offsets)) << '\n';
      }
    } else {
      print(out.stream(), check);
    }
    out.commit();
    return verdict(check, talk);
  }

 private:
  Article read_draft(const Env& env, const pipeline::Stages& stages) const {
    Talk talk(env, true);
    ReadOptions one = options_.read;
    one.inputs = {draft_};
    std::vector<Article> found;
    read_inputs(one, stages, env, talk, [&](Article&& a) { found.push_back(std::move(a)); });
    if (found.size() != 1)
      throw IoError(
          fmt::format("{}: a draft is one text, here are {}", printable(draft_), found.size()));
    return std::move(found.front());
  }

  [[nodiscard]] ExitCode verdict(const Check& check, Talk& talk) const {
    unsigned counts[5] = {};
    for (const CheckedSentence& s : check.sentences) ++counts[static_cast<std::size_t>(s.finding)];
    const auto of = [&](Finding f) { return counts[static_cast<std::size_t>(f)]; };
    talk.say(fmt::format("{} backed, {} weak, {} contradicted, {} outdated, {} not found",
                         of(Finding::Backed), of(Finding::Weak), of(Finding::Contradicted),
                         of(Finding::Outdated), of(Finding::NotFound)));
    const unsigned wrong = of(Finding::Contradicted) + of(Finding::Outdated);
    const unsigned open = wrong + of(Finding::Weak) + of(Finding::NotFound);
    const bool fails =
        (fail_on_ == "contradicted" && wrong > 0) || (fail_on_ == "unbacked" && open > 0);
    return fails ? kPolicy : talk.exit_code();
  }

  CorpusOptions options_;
  std::string draft_;
  std::string fail_on_ = "unbacked";
  bool json_ = false;
  std::string output_;
};

}  // namespace

std::unique_ptr<Command> make_check(CLI::App& app) { return std::make_unique<CheckCommand>(app); }

}  // namespace twosource::cli
