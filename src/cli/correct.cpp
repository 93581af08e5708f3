#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>

#include "article/edtf.hpp"
#include "article/json.hpp"
#include "article/make_corrections.hpp"
#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/table.hpp"
#include "desk/desk.hpp"
#include "desk/named.hpp"

namespace twosource::cli {
namespace {

using record::StoredCorrection;

constexpr std::array kOther = {"list", "undo", "export", "import"};

std::vector<std::string> actions() {
  std::vector<std::string> out;
  for (int k = 0; k <= static_cast<int>(CorrectionKind::NotSameClaim); ++k) {
    out.emplace_back(to_string(static_cast<CorrectionKind>(k)));
  }
  out.insert(out.end(), kOther.begin(), kOther.end());
  return out;
}

std::string user() {
  for (const char* name : {"USER", "LOGNAME"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return value;
  }
  return {};
}

// "2026-05-12" or "2026-05-12T09:30:00Z": what --at takes.
std::string check_moment(const std::string& value) {
  return parse_edtf(value) && value.size() >= 10 ? std::string()
                                                 : fmt::format("\"{}\" is no day or moment", value);
}

class Correct final : public Command {
 public:
  explicit Correct(CLI::App& app) {
    CLI::App& sub = add_subcommand(
        app, "correct", "Correct what was found; kept in the record, replayed on every run",
        "  twosource correct merge-people p3 p7 --why \"one woman\" --record story.db\n"
        "  twosource correct split-person p3 a17 --as \"Piet Ohlsen\" --why … --record story.db\n"
        "  twosource correct set-role p3 --as Ministerin --from 2024-05 --why … --record story.db\n"
        "  twosource correct split-event v2 a17 a18 --why \"another fire\" --record story.db\n"
        "  twosource correct cut-copies c1 a17 --why \"own report\" --record story.db\n"
        "  twosource correct set-date a17 --as 2024-05-11 --why … --record story.db\n"
        "  twosource correct set-group Blattgold --as \"Nordblick Verlag\" --why … --record "
        "story.db\n"
        "  twosource correct not-same-claim k4 a17 --why \"another ship\" --record story.db\n"
        "  twosource correct list --record story.db\n"
        "  twosource correct undo 3 --why \"two women after all\" --record story.db\n"
        "  twosource correct export --record story.db > corrections.jsonl\n"
        "  twosource correct import corrections.jsonl --record other.db");
    sub.add_option("ACTION", action_, "What to do")->required()->check(CLI::IsMember(actions()));
    sub.add_option("TARGET", targets_,
                   "What it is about: p3 (or a name), v1, k7, c2, ids of articles, an outlet; for "
                   "undo a number, for import a file or -");
    sub.add_option("--record", record_, "The record")->required();
    sub.add_option("--why", why_, "Why: kept with the correction");
    sub.add_option("--by", by_, "Who corrects (the user's name)");
    sub.add_option("--at", at_, "When, for runs that are to be repeated (now)")
        ->check(check_moment);
    sub.add_option("--as", value_, "The new name, office, date or group");
    sub.add_option("--from", from_, "First day of an office")->check(check_date);
    sub.add_option("--to", to_, "Last day of an office")->check(check_date);
    sub.add_flag("--json", json_, "list: one JSON object a correction");
    sub.add_option("--lang-pack", read_.lang_pack,
                   "Folder with language data to put over the built-in");
    sub.add_flag("--quiet,-q", read_.quiet, "Name only what failed");
  }

  ExitCode run(const Env& env) override {
    Talk talk(env, read_.quiet);
    if (by_.empty()) by_ = user();
    if (action_ == "list" || action_ == "export") return show(env, talk);
    const pipeline::Stages stages = read_.stages();
    record::Record store(record_, record::Record::Mode::Write);
    desk::Desk desk(store, stages);
    if (action_ == "import") {
      import(env, store, talk);
    } else {
      if (why_.empty()) throw UsageError("--why says why: the next reader will ask");
      if (by_.empty()) throw UsageError("--by says who corrects: $USER is not set");
      if (action_ == "undo") {
        talk.say(fmt::format("{}: undone {}", store.undo(number(), by_, why_, at_), number()));
      } else {
        // Ids and names are looked up in what is found.
        if (store.findings_generation() != store.generation()) renew_findings(desk, 0, talk);
        for (Correction& c : made(store)) {
          const std::string what = describe(c);
          talk.say(fmt::format("{}: {}", store.add_correction(std::move(c)), printable(what)));
        }
      }
    }
    renew_findings(desk, 0, talk);
    return kDone;
  }

 private:
  // --- reading ---

  ExitCode show(const Env& env, Talk& talk) {
    record::Record store(record_, record::Record::Mode::Read);
    const std::vector<StoredCorrection> all = store.corrections();
    Output out(env, {});
    if (action_ == "export") {
      for (const StoredCorrection& c : all) out.stream() << dump_line(line(c)) << '\n';
    } else {
      list(out.stream(), all, stale(store));
    }
    out.commit();
    if (all.empty()) talk.say("nothing was corrected");
    return kDone;
  }

  // Why corrections do not apply, by id.
  [[nodiscard]] std::map<std::int64_t, std::string> stale(record::Record& store) const {
    std::map<std::int64_t, std::string> out;
    if (store.active_corrections().empty()) return out;
    const auto keep = [&](const std::vector<CorrectionOutcome>& outcomes) {
      for (const CorrectionOutcome& c : outcomes) {
        if (!c.applies) out.emplace(c.id, c.why);
      }
    };
    if (store.findings_generation() == store.generation()) {
      keep(desk::stored_outcomes(store));
    } else {
      const pipeline::Stages stages = read_.stages();
      keep(desk::Desk(store, stages).dossier().corrections);
    }
    return out;
  }

  static Json line(const StoredCorrection& c) {
    if (c.undoes == 0) return correction_to_json(c.correction);
    Json j;
    j["id"] = c.correction.id;
    j["when"] = c.correction.when;
    j["by"] = c.correction.by;
    j["why"] = c.correction.why;
    j["do"] = "undo";
    j["of"] = c.undoes;
    return j;
  }

  void list(std::ostream& out, const std::vector<StoredCorrection>& all,
            const std::map<std::int64_t, std::string>& stale) const {
    Table table({"id", "when", "by", "state", "why", "correction"});
    for (const StoredCorrection& c : all) {
      const auto gone = stale.find(c.correction.id);
      const std::string what =
          c.undoes > 0 ? fmt::format("undo {}", c.undoes) : describe(c.correction);
      const char* state = c.undone_by > 0 ? "undone" : gone != stale.end() ? "stale" : "holds";
      std::string note;
      if (c.undone_by > 0) note = fmt::format("undone by {}", c.undone_by);
      if (gone != stale.end()) note = "does not apply any more: " + gone->second;
      if (json_) {
        Json j = line(c);
        j["text"] = what;
        j["state"] = state;
        j["note"] = or_null(note);
        out << dump_line(j) << '\n';
      } else {
        table.add({std::to_string(c.correction.id), c.correction.when, c.correction.by,
                   note.empty() ? state : note, c.correction.why, what});
      }
    }
    if (!json_ && !all.empty()) table.print(out);
  }

  // --- writing ---

  [[nodiscard]] std::int64_t number() const {
    std::int64_t n = 0;
    if (targets_.size() != 1 || !CLI::detail::lexical_cast(targets_[0], n)) {
      throw UsageError("undo takes one number: see \"twosource correct list\"");
    }
    return n;
  }

  // Lines as `export` writes them; who, when and why are taken over.
  void import(const Env& env, record::Record& store, Talk& talk) {
    if (targets_.size() != 1) throw UsageError("import takes one file");
    std::ifstream file;
    if (targets_[0] != "-") {
      file.open(targets_[0], std::ios::binary);
      if (!file) throw IoError(targets_[0] + ": cannot be opened");
    }
    std::istream& in = targets_[0] == "-" ? env.in : file;
    // Everything is read before anything is kept.
    std::vector<Json> lines;
    std::string text;
    for (std::size_t n = 1; std::getline(in, text); ++n) {
      if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
      Json j = Json::parse(text, nullptr, false);
      const bool undo = j.is_object() && j.contains("do") && j["do"] == "undo";
      const Result<Correction> c = undo ? Correction() : correction_from_json(j);
      if (!c) throw IoError(fmt::format("{}:{}: {}", targets_[0], n, c.error().message));
      lines.push_back(std::move(j));
    }
    std::map<std::int64_t, std::int64_t> ids;  // there -> here
    for (const Json& j : lines) ids[j.value("id", std::int64_t{0})] = import(j, ids, store);
    talk.say(fmt::format("{} corrections", lines.size()));
  }

  std::int64_t import(const Json& j, const std::map<std::int64_t, std::int64_t>& ids,
                      record::Record& store) const {
    if (j["do"] == "undo") {
      const auto of = ids.find(j.value("of", std::int64_t{0}));
      if (of == ids.end()) throw IoError("an entry undoes one that is not in the file");
      return store.undo(of->second, j.value("by", by_), j.value("why", why_), j.value("when", at_));
    }
    Correction c = *correction_from_json(j);
    if (c.by.empty()) c.by = by_;
    if (c.why.empty()) c.why = why_;
    return store.add_correction(std::move(c));
  }

  // The corrections that the command line asks for, as they will be kept.
  [[nodiscard]] std::vector<Correction> made(record::Record& store) const {
    const Dossier d = desk::named(store, targets_);
    CorrectionRequest request{*correction_kind(action_), targets_, value_, from_, to_};
    Result<std::vector<Correction>> found = make_corrections(d, request);
    if (!found) throw UsageError(fmt::format("{}: {}", action_, printable(found.error().message)));
    for (Correction& c : *found) {
      c.by = by_;
      c.why = why_;
      c.when = at_;
    }
    return std::move(*found);
  }

  ReadOptions read_;
  std::string action_;
  std::vector<std::string> targets_;
  std::string record_;
  std::string why_;
  std::string by_;
  std::string at_;
  std::string value_;
  std::string from_;
  std::string to_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_correct(CLI::App& app) { return std::make_unique<Correct>(app); }

}  // namespace twosource::cli
