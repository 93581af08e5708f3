#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "article/json.hpp"
#include "record/findings.hpp"
#include "record/packed.hpp"

// Findings as rows.
namespace twosource::record {
namespace {

// Text of a JSON member, empty when it is null or missing.
std::string member(const Json& j, const char* key) {
  const auto it = j.find(key);
  return it != j.end() && it->is_string() ? it->get<std::string>() : std::string();
}

CellRows::Place place_of(const Json& j) {
  return {member(j, "article"), j["start"].get<std::int64_t>(), j["end"].get<std::int64_t>(),
          member(j, "speaker"), member(j, "origin")};
}

class Packer {
 public:
  Packer(const Dossier& found, const Dossier& shared, FormsByLanguage& forms)
      : d_(found), shared_(shared), json_(found), forms_(forms) {}

  CellRows run(std::span<const std::string> ties) {
    events(ties);
    claims();
    copies();
    quotes();
    entities();
    timeline();
    for (const CorrectionOutcome& c : d_.corrections) {
      if (c.applies) out_.applied.push_back(c.id);
    }
    std::sort(out_.applied.begin(), out_.applied.end());
    out_.applied.erase(std::unique(out_.applied.begin(), out_.applied.end()), out_.applied.end());
    out_.packed = pack_text(header() + lines_);
    return std::move(out_);
  }

 private:
  // The number of the line that `j` becomes; the first is the header.
  std::int64_t line(const Json& j) {
    lines_ += '\n';
    lines_ += dump_line(j);
    return ++count_;
  }

  // What has to be erased with the cell.
  std::string header() const {
    Json j;
    for (const char* key : {"entities", "origins", "quotes", "copies"}) j[key] = Json::array();
    for (const auto& e : out_.entities) j["entities"].push_back(e.id);
    for (const auto& o : out_.origins) j["origins"].push_back(o.id);
    for (const auto& q : out_.quotes) j["quotes"].push_back(q.id);
    for (const auto& c : out_.copies) j["copies"].push_back({c.family, c.a, c.b});
    return dump_line(j);
  }

  void events(std::span<const std::string> ties) {
    for (std::size_t i = 0; i < d_.events.size(); ++i) {
      const Event& e = d_.events[i];
      const Json j = json_.event(e);
      CellRows::Event row{e.id, e.when, e.label, e.type, {}, {}, line(j), {}};
      if (i < ties.size()) row.ties = ties[i];
      for (const std::uint32_t a : e.articles) row.articles.push_back(d_.articles[a].id);
      const std::string& language = d_.articles[e.articles.front()].language;
      row.words = forms_.try_emplace(language, language).first->second.forms(e.label);
      out_.events.push_back(std::move(row));
    }
    if (!out_.events.empty()) out_.name = out_.events.front().id;
    for (const Story& s : d_.stories) {
      out_.stories.push_back({s.id, s.label, {}});
      for (const std::uint32_t e : s.events) {
        out_.stories.back().events.push_back(d_.events[e].id);
      }
    }
  }

  // The statement whose sentence is the claim's text, -1 when none is.
  [[nodiscard]] std::int64_t said_in(const Claim& c) const {
    for (std::size_t i = 0; i < c.statements.size(); ++i) {
      const Evidence& e = c.statements[i].evidence;
      if (d_.articles[e.article].at(e.span) == c.text) return static_cast<std::int64_t>(i);
    }
    return -1;
  }

  void claims() {
    std::set<std::int32_t> used;
    for (const Claim& c : d_.claims) {
      const Json j = json_.claim(c);
      CellRows::Claim row;
      row.id = c.id;
      row.event = member(j, "event");
      row.verdict = to_string(c.verdict);
      row.text = c.text;
      row.origins = c.origins;
      row.said_in = said_in(c);
      if (row.said_in < 0) row.own_text = c.text;
      row.line = line(j);
      for (const Json& s : j["statements"]) row.statements.push_back(place_of(s));
      for (const twosource::Statement& s : c.statements) {
        if (s.origin >= 0) used.insert(s.origin);
      }
      for (const Difference& x : c.differences) {
        row.differences.push_back(
            {x.slot, std::string(to_string(x.relation)), x.a_value, x.b_value, x.why, x.a, x.b});
      }
      out_.claims.push_back(std::move(row));
    }
    for (const std::int32_t o : used) {
      const Origin& origin = d_.origins[static_cast<std::size_t>(o)];
      out_.origins.push_back({origin.id, std::string(to_string(origin.kind)), origin.name});
    }
  }

  void copies() {
    if (shared_.copies.empty()) return;
    const DossierWriter writer(shared_);
    for (const CopyFamily& f : shared_.copies) {
      for (const CopyPair& p : f.pairs) {
        out_.copies.push_back({f.id, shared_.articles[p.a].id, shared_.articles[p.b].id, f.agency,
                               p.containment, line(writer.copy_pair(f, p))});
      }
    }
  }

  void quotes() {
    for (const QuoteGroup& q : d_.quotes) {
      const Json j = json_.quote_group(q);
      CellRows::Quote row{q.id, member(j, "name"), line(j), {}};
      for (const Json& v : j["variants"]) row.variants.push_back(place_of(v));
      out_.quotes.push_back(std::move(row));
    }
  }

  void entities() {
    for (const CorpusEntity& e : d_.entities) {
      CellRows::Entity row{e.id, std::string(to_string(e.type)), e.name, {}, 0, 0, 0};
      if (!e.roles.empty()) row.role = e.roles.front().title;
      std::set<std::uint32_t> articles;
      for (const Evidence& m : e.mentions) articles.insert(m.article);
      row.mentions = static_cast<std::int64_t>(e.mentions.size());
      row.articles = static_cast<std::int64_t>(articles.size());
      row.line = line(json_.person(e));
      out_.entities.push_back(std::move(row));
    }
  }

  void timeline() {
    for (const TimelineEntry& t : d_.timeline) {
      const Json j = json_.timeline_entry(t);
      out_.timeline.push_back({t.when, t.text, member(j, "event"), line(j)});
    }
  }

  const Dossier& d_;
  const Dossier& shared_;
  DossierWriter json_;
  FormsByLanguage& forms_;
  CellRows out_;
  std::string lines_;
  std::int64_t count_ = 0;
};

}  // namespace

CellRows pack_cell(const Dossier& found, const Dossier& shared, std::span<const std::string> ties,
                   FormsByLanguage& forms) {
  return Packer(found, shared, forms).run(ties);
}

}  // namespace twosource::record
