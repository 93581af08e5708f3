#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "cli/list_command.hpp"
#include "cli/output.hpp"
#include "cli/table.hpp"
#include "record/record.hpp"

namespace twosource::cli {
namespace {

// What two articles have in common and where they part. Index 0 and 1 in the dossier's articles.
struct Comparison {
  std::vector<const CopyPair*> shared;
  std::vector<const Claim*> agreeing;
  std::vector<const Claim*> differing;
  std::vector<Evidence> only[2];  // sentences without counterpart
};

bool covered(const Evidence& sentence, const Comparison& c) {
  for (const CopyPair* pair : c.shared) {
    for (const Passage& p : pair->passages) {
      const Span side = sentence.article == pair->a ? p.a : p.b;
      if (side.overlaps(sentence.span)) return true;
    }
  }
  for (const auto* list : {&c.agreeing, &c.differing}) {
    for (const Claim* claim : *list) {
      for (const Statement& s : claim->statements) {
        if (s.evidence.article == sentence.article && s.evidence.span.overlaps(sentence.span)) {
          return true;
        }
      }
    }
  }
  return false;
}

Comparison compare(const Dossier& d) {
  Comparison c;
  for (const CopyFamily& f : d.copies) {
    for (const CopyPair& p : f.pairs) c.shared.push_back(&p);
  }
  for (const Claim& claim : d.claims) {
    const auto in = [&](std::uint32_t a) {
      return std::any_of(claim.statements.begin(), claim.statements.end(),
                         [a](const Statement& s) { return s.evidence.article == a; });
    };
    if (!in(0) || !in(1)) continue;
    const bool differs =
        std::any_of(claim.differences.begin(), claim.differences.end(), [](const Difference& x) {
          return x.relation == Relation::Different || x.relation == Relation::Superseded;
        });
    (differs ? c.differing : c.agreeing).push_back(&claim);
  }
  for (std::uint32_t a = 0; a < 2; ++a) {
    for (const Sentence& s : d.articles[a].tokens.sentences) {
      const Evidence e{a, s.span};
      if (!covered(e, c)) c.only[a].push_back(e);
    }
  }
  return c;
}

std::string text_of(const Dossier& d, const Evidence& e) {
  return std::string(d.articles[e.article].at(e.span));
}

Json to_json(const Dossier& d, const Comparison& c) {
  const DossierWriter writer(d);
  Json j;
  j["a"] = d.articles[0].id;
  j["b"] = d.articles[1].id;
  Json shared = Json::array();
  for (const CopyFamily& f : d.copies) {
    for (const CopyPair& p : f.pairs) shared.push_back(writer.copy_pair(f, p));
  }
  j["shared"] = std::move(shared);
  const auto claims = [&](const char* key, const std::vector<const Claim*>& list) {
    Json items = Json::array();
    for (const Claim* claim : list) items.push_back(writer.claim(*claim));
    j[key] = std::move(items);
  };
  claims("agreeing", c.agreeing);
  claims("differing", c.differing);
  for (const std::size_t side : {0U, 1U}) {
    const utf8::OffsetIndex offsets(d.articles[side].text);
    Json items = Json::array();
    for (const Evidence& e : c.only[side]) {
      const Span s = offsets.code_points(e.span);
      items.push_back({{"start", s.begin}, {"end", s.end}, {"text", text_of(d, e)}});
    }
    j[side == 0 ? "onlyA" : "onlyB"] = std::move(items);
  }
  return j;
}

void print(std::ostream& out, const Dossier& d, const Comparison& c) {
  Table table({"what", "in", "text"});
  for (const CopyPair* pair : c.shared) {
    for (const Passage& p : pair->passages) {
      table.add({"shared", "both", text_of(d, {pair->a, p.a})});
    }
  }
  for (const Claim* claim : c.agreeing) table.add({"agrees", "both", claim->text});
  for (const Claim* claim : c.differing) {
    for (const Difference& x : claim->differences) {
      const Evidence& a = claim->statements[x.a].evidence;
      const Evidence& b = claim->statements[x.b].evidence;
      const std::string relation{to_string(x.relation)};
      table.add({relation, d.articles[a.article].id, x.a_value + ": " + text_of(d, a)});
      table.add({relation, d.articles[b.article].id, x.b_value + ": " + text_of(d, b)});
    }
  }
  for (const auto& list : c.only) {
    for (const Evidence& e : list) {
      table.add({"only in", d.articles[e.article].id, text_of(d, e)});
    }
  }
  table.print(out);
}

class Diff final : public Command {
 public:
  explicit Diff(CLI::App& app) {
    CLI::App& sub = add_subcommand(app, "diff", "Two articles side by side",
                                   "  twosource diff monday.html tuesday.html\n"
                                   "  twosource diff 01-nordblick 03-seekurier --record story.db");
    options_.declare(sub, true);
    sub.get_option("INPUT")->expected(2)->description("Two files; with --record two article ids");
    sub.add_option("--record", record_, "Take the articles from this record");
    sub.add_flag("--json", json_, "One JSON object");
    sub.add_option("-o,--output", output_, "File to write instead of standard output");
  }

  ExitCode run(const Env& env) override {
    Talk talk(env, options_.quiet);
    const pipeline::Stages stages = options_.stages();
    std::vector<Article> articles = load(env, stages, talk);
    if (articles.size() != 2) {
      throw IoError(fmt::format("diff compares two articles, there are {}", articles.size()));
    }
    const Dossier d = pipeline::cross_check(std::move(articles), stages.packs(), {});
    if (d.articles.size() != 2) throw IoError("the two articles are one and the same");
    const Comparison c = compare(d);
    Output out(env, output_);
    if (json_) {
      out.stream() << dump_line(to_json(d, c)) << '\n';
    } else {
      print(out.stream(), d, c);
    }
    out.commit();
    return talk.exit_code();
  }

 private:
  std::vector<Article> load(const Env& env, const pipeline::Stages& stages, Talk& talk) const {
    std::vector<Article> articles;
    if (record_.empty()) {
      read_inputs(options_, stages, env, talk,
                  [&](Article&& a) { articles.push_back(std::move(a)); });
      return articles;
    }
    record::Record store(record_, record::Record::Mode::Read);
    store.each_article([&](Article&& a) {
      if (std::find(options_.inputs.begin(), options_.inputs.end(), a.id) ==
          options_.inputs.end()) {
        return;
      }
      stages.tokenize(a);
      articles.push_back(std::move(a));
    });
    return articles;
  }

  ReadOptions options_;
  std::string record_;
  bool json_ = false;
  std::string output_;
};

}  // namespace

std::unique_ptr<Command> make_diff(CLI::App& app) { return std::make_unique<Diff>(app); }

}  // namespace twosource::cli
