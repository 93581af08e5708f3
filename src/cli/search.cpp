#include "record/search.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "article/json.hpp"
#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/table.hpp"
#include "cli/talk.hpp"
#include "text/join.hpp"

namespace twosource::cli {
namespace {

Json span(Span s) {
  Json j;
  j["start"] = s.begin;
  j["end"] = s.end;
  return j;
}

Json to_json(const record::ArticleHit& hit) {
  Json j;
  j["article"] = hit.id;
  j["headline"] = or_null(hit.headline);
  j["outlet"] = hit.outlet;
  j["published"] = or_null(hit.published);
  j["inLanguage"] = or_null(hit.language);
  j["url"] = or_null(hit.url);
  j["score"] = hit.score;
  Json sentences = Json::array();
  for (const record::SearchSentence& s : hit.sentences) {
    Json item = span(s.place);
    item["text"] = s.text;
    Json matches = Json::array();
    for (const Span m : s.matches) matches.push_back(span(m));
    item["matches"] = std::move(matches);
    sentences.push_back(std::move(item));
  }
  j["sentences"] = std::move(sentences);
  return j;
}

class Search final : public Command {
 public:
  explicit Search(CLI::App& app) {
    CLI::App& sub = add_subcommand(app, "search", "Find articles by their words",
                                   "  twosource search Treffen Hafen --record story.db\n"
                                   "  twosource search '\"zwei Stunden\" Präsid* -Paris' --record "
                                   "story.db --json\n"
                                   "  twosource search harbour --from 2024-05 --lang en --record "
                                   "story.db");
    sub.add_option("WORDS", words_,
                   "All must occur, in any form; \"one behind the other\", beginn*, -not")
        ->required();
    sub.add_option("--record", record_, "The record to search")->required();
    sub.add_option("--from", query_.from, "Published on this day or later (2017, 2017-07, …)")
        ->check(check_date);
    sub.add_option("--to", query_.to, "Published on this day or earlier")->check(check_date);
    sub.add_option("--publisher", query_.publisher, "Outlet or publisher group");
    sub.add_option("--lang", query_.language, "Language of the article (de, en, …)");
    sub.add_option("--limit", query_.limit, "Articles to show at most")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
    sub.add_flag("--json", json_, "One JSON object an article");
    sub.add_option("--lang-pack", lang_pack_, "Folder with language data to put over the built-in");
    sub.add_flag("--quiet,-q", quiet_, "Say nothing on standard error");
  }

  ExitCode run(const Env& env) override {
    Talk talk(env, quiet_);
    query_.words = joined(words_, " ");
    record::Record store(record_, record::Record::Mode::Read);
    const record::SearchHits hits = record::search(store, query_, packs());
    Output out(env, {});
    json_ ? print_json(out.stream(), hits) : print(out.stream(), hits);
    out.commit();
    std::string said = fmt::format("{} article{}", hits.total, hits.total == 1 ? "" : "s");
    if (hits.articles.size() < hits.total)
      said += fmt::format(", the best {} shown", hits.articles.size());
    talk.say(hits.total == 0 ? "no article has these words" : said);
    return kDone;
  }

 private:
  [[nodiscard]] PackSet packs() const {
    if (lang_pack_.empty()) return PackSet::builtin();
    Result<PackSet> found = PackSet::with_overrides(lang_pack_);
    if (!found) throw IoError(found.error().describe());
    return std::move(*found);
  }

  static void print_json(std::ostream& out, const record::SearchHits& hits) {
    for (const record::ArticleHit& hit : hits.articles) out << dump_line(to_json(hit)) << '\n';
  }

  static void print(std::ostream& out, const record::SearchHits& hits) {
    for (const record::ArticleHit& hit : hits.articles) {
      out << printable(fmt::format("{}  {}  {}  {}", hit.id,
                                   hit.published.empty() ? "no date" : hit.published, hit.outlet,
                                   one_line(hit.headline)))
          << '\n';
      for (const record::SearchSentence& s : hit.sentences) {
        out << "    " << printable(one_line(s.text)) << '\n';
      }
    }
  }

  std::vector<std::string> words_;
  record::SearchQuery query_;
  std::string record_;
  std::string lang_pack_;
  bool json_ = false;
  bool quiet_ = false;
};

}  // namespace

std::unique_ptr<Command> make_search(CLI::App& app) { return std::make_unique<Search>(app); }

}  // namespace twosource::cli
