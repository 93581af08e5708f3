#include "record/findings.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "article/json.hpp"
#include "record/packed.hpp"

namespace twosource::record {
namespace {

// The row of a finding in its full-text index: the number in its id ("k12").
std::int64_t row_of(const std::string& id) { return std::stoll(id.substr(1)); }

// Text of a JSON member, empty when it is null or missing.
std::string member(const Json& j, const char* key) {
  const auto it = j.find(key);
  return it != j.end() && it->is_string() ? it->get<std::string>() : std::string();
}

// Writes table by table; parents before children.
class Writer {
 public:
  Writer(Database& db, Index& index, const Dossier& d) : db_(db), index_(index), d_(d), json_(d) {}

  void write() {
    clear();
    find_articles();
    events();
    claims();
    copies();
    quotes();
    names();
    timeline();
  }

 private:
  void clear() {
    for (const char* table :
         {"timeline", "quote_variants", "quotes", "copies", "differences", "statements", "claims",
          "origins", "people", "entities", "event_articles", "events", "stories"}) {
      db_.execute(fmt::format("DELETE FROM main.{}", table).c_str());
    }
    for (const char* words : {"claim_words", "event_words"}) {
      db_.execute(fmt::format("INSERT INTO {0} ({0}) VALUES ('delete-all')", words).c_str());
    }
  }

  void find_articles() {
    Statement find(db_, "SELECT 1 FROM articles WHERE id = ?");
    for (const Article& a : d_.articles) {
      find.bind(a.id);
      here_.push_back(find.step());
      find.reset();
    }
  }

  void events() {
    Statement story(db_, "INSERT INTO main.stories VALUES (?,?,?)");
    for (const Story& s : d_.stories) {
      story.bind(s.id).bind(s.label).bind_blob(pack(json_.story(s))).run();
    }
    Statement event(db_, "INSERT INTO main.events VALUES (?,?,?,?,?,?)");
    Statement link(db_, "INSERT INTO event_articles VALUES (?,?)");
    Statement words(db_, "INSERT INTO event_words (rowid, text) VALUES (?,?)");
    for (const Event& e : d_.events) {
      const Json j = json_.event(e);
      event.bind(e.id).bind_or_null(e.when).bind(e.label).bind_or_null(e.type);
      event.bind_or_null(member(j, "story")).bind_blob(pack(j)).run();
      for (const std::uint32_t a : e.articles) {
        if (here_[a]) link.bind(e.id).bind(d_.articles[a].id).run();
      }
      const std::string language = e.articles.empty() ? "" : d_.articles[e.articles[0]].language;
      words.bind(row_of(e.id)).bind(index_.forms(language).forms(e.label)).run();
    }
  }

  // The statement whose sentence is the claim's text, -1 when none is.
  [[nodiscard]] std::int64_t said_in(const Claim& c) const {
    for (std::size_t i = 0; i < c.statements.size(); ++i) {
      const Evidence& e = c.statements[i].evidence;
      if (here_[e.article] && d_.articles[e.article].at(e.span) == c.text) {
        return static_cast<std::int64_t>(i);
      }
    }
    return -1;
  }

  void claims() {
    Statement claim(db_, "INSERT INTO main.claims VALUES (?,?,?,?,?,?,?)");
    Statement words(db_, "INSERT INTO claim_words (rowid, text) VALUES (?,?)");
    Statement statement(db_, "INSERT INTO statements VALUES (?,?,?,?,?,?,?)");
    Statement difference(db_, "INSERT INTO differences VALUES (?,?,?,?,?,?,?,?)");
    for (const Claim& c : d_.claims) {
      const Json j = json_.claim(c);
      const std::int64_t said = said_in(c);
      claim.bind(c.id).bind_or_null(member(j, "event")).bind(to_string(c.verdict));
      claim.bind(std::int64_t{c.origins});
      said >= 0 ? claim.bind(said) : claim.bind_null();
      said >= 0 ? claim.bind_null() : claim.bind(c.text);
      claim.bind_blob(pack(j)).run();
      const std::string language =
          c.statements.empty() ? "" : d_.articles[c.statements[0].evidence.article].language;
      words.bind(row_of(c.id)).bind(index_.forms(language).forms(c.text)).run();
      std::int64_t position = -1;
      for (const Json& s : j["statements"]) {
        ++position;
        if (!here_[c.statements[static_cast<std::size_t>(position)].evidence.article]) continue;
        statement.bind(c.id).bind(position).bind(member(s, "article"));
        statement.bind(s["start"].get<std::int64_t>()).bind(s["end"].get<std::int64_t>());
        statement.bind_or_null(member(s, "speaker")).bind_or_null(member(s, "origin")).run();
      }
      for (const Difference& x : c.differences) {
        difference.bind(c.id).bind(x.slot).bind(to_string(x.relation)).bind(std::int64_t{x.a});
        difference.bind(std::int64_t{x.b}).bind(x.a_value).bind(x.b_value).bind_or_null(x.why);
        difference.run();
      }
    }
  }

  void copies() {
    Statement copy(db_, "INSERT INTO main.copies VALUES (?,?,?,?,?,?)");
    for (const CopyFamily& f : d_.copies) {
      for (const CopyPair& p : f.pairs) {
        if (!here_[p.a] || !here_[p.b]) continue;
        copy.bind(f.id).bind(d_.articles[p.a].id).bind(d_.articles[p.b].id);
        copy.bind_or_null(f.agency).bind(p.containment);
        copy.bind_blob(pack(json_.copy_pair(f, p))).run();
      }
    }
  }

  void quotes() {
    Statement quote(db_, "INSERT INTO main.quotes VALUES (?,?,?)");
    Statement variant(db_, "INSERT INTO quote_variants VALUES (?,?,?,?,?)");
    for (const QuoteGroup& q : d_.quotes) {
      const Json j = json_.quote_group(q);
      quote.bind(q.id).bind_or_null(member(j, "name")).bind_blob(pack(j)).run();
      std::int64_t position = -1;
      for (const Json& v : j["variants"]) {
        ++position;
        if (!here_[q.variants[static_cast<std::size_t>(position)].evidence.article]) continue;
        variant.bind(q.id).bind(position).bind(member(v, "article"));
        variant.bind(v["start"].get<std::int64_t>()).bind(v["end"].get<std::int64_t>()).run();
      }
    }
  }

  void names() {
    Statement person(db_, "INSERT INTO main.people VALUES (?,?,?)");
    Statement entity(db_, "INSERT INTO main.entities VALUES (?,?,?,?)");
    for (const CorpusEntity& e : d_.entities) {
      const std::string packed = pack(json_.person(e));
      if (e.type == EntityType::Person) {
        person.bind(e.id).bind(e.name).bind_blob(packed).run();
      } else {
        entity.bind(e.id).bind(to_string(e.type)).bind(e.name).bind_blob(packed).run();
      }
    }
    Statement origin(db_, "INSERT INTO main.origins VALUES (?,?,?,?)");
    for (const Origin& o : d_.origins) {
      origin.bind(o.id).bind(to_string(o.kind)).bind_or_null(o.name);
      origin.bind_blob(pack(json_.origin(o))).run();
    }
  }

  void timeline() {
    Statement entry(db_, "INSERT INTO main.timeline VALUES (?,?,?,?,?)");
    std::int64_t position = 0;
    for (const TimelineEntry& t : d_.timeline) {
      const Json j = json_.timeline_entry(t);
      entry.bind(position++).bind_or_null(t.when).bind(t.text);
      entry.bind_or_null(member(j, "event")).bind_blob(pack(j)).run();
    }
  }

  Database& db_;
  Index& index_;
  const Dossier& d_;
  DossierWriter json_;
  std::vector<bool> here_;  // is the article in the record?
};

}  // namespace

void write_findings(Database& database, Index& index, const Dossier& dossier) {
  Writer(database, index, dossier).write();
}

}  // namespace twosource::record
