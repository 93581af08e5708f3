#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "article/json.hpp"
#include "record/cell.hpp"
#include "record/columns.hpp"
#include "record/findings.hpp"
#include "text/utf8.hpp"

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
      : d_(found),
        shared_(shared),
        json_(found),
        forms_(forms),
        columns_([this](std::string_view article, std::int64_t start, std::int64_t end) {
          return words(article, start, end);
        }) {
    for (std::uint32_t a = 0; a < d_.articles.size(); ++a) numbers_.emplace(d_.articles[a].id, a);
    offsets_.resize(d_.articles.size());
  }

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
    columns_.add(static_cast<unsigned>(LineKind::Header), header());
    out_.packed = pack_columns(columns_.take());
    return std::move(out_);
  }

 private:
  // The number of the line that `j` becomes, from 1 on.
  std::int64_t line(LineKind kind, const Json& j) {
    columns_.add(static_cast<unsigned>(kind), j);
    return ++count_;
  }

  std::string_view words(std::string_view article, std::int64_t start, std::int64_t end) {
    const auto number = numbers_.find(article);
    if (number == numbers_.end()) return {};
    const Article& a = d_.articles[number->second];
    std::optional<utf8::OffsetIndex>& offsets = offsets_[number->second];
    if (!offsets) offsets.emplace(a.text);
    return a.at(
        offsets->bytes(Span{static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)}));
  }

  // What has to be erased with the cell.
  Json header() const {
    Json j;
    for (const char* key : {"entities", "origins", "quotes", "copies", "texts"})
      j[key] = Json::array();
    for (const auto& e : out_.entities) j["entities"].push_back(e.id);
    for (const auto& o : out_.origins) j["origins"].push_back(o.id);
    for (const auto& q : out_.quotes) j["quotes"].push_back(q.id);
    for (const auto& c : out_.copies) j["copies"].push_back({c.family, c.a, c.b});
    for (std::uint32_t a = 0; a < d_.articles.size(); ++a) {
      if (offsets_[a]) j["texts"].push_back({d_.articles[a].id, text_hash(d_.articles[a].text)});
    }
    return j;
  }

  void events(std::span<const std::string> ties) {
    for (std::size_t i = 0; i < d_.events.size(); ++i) {
      const Event& e = d_.events[i];
      const Json j = json_.event(e);
      CellRows::Event row{e.id, e.when, e.label, e.type, {}, {}, line(LineKind::Event, j), {}};
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
      row.verdict = c.verdict;
      row.text = c.text;
      row.origins = c.origins;
      row.said_in = said_in(c);
      if (row.said_in < 0) row.own_text = c.text;
      row.line = line(LineKind::Claim, j);
      for (const Json& s : j["statements"]) row.statements.push_back(place_of(s));
      for (const twosource::Statement& s : c.statements) {
        if (s.origin >= 0) used.insert(s.origin);
      }
      for (const Difference& x : c.differences) {
        row.differences.push_back({x.slot, x.a_value, x.b_value, x.why, x.relation, x.a, x.b});
      }
      out_.claims.push_back(std::move(row));
    }
    for (const std::int32_t o : used) {
      const Origin& origin = d_.origins[static_cast<std::size_t>(o)];
      out_.origins.push_back({origin.id, origin.name, origin.kind});
    }
  }

  void copies() {
    if (shared_.copies.empty()) return;
    const DossierWriter writer(shared_);
    for (const CopyFamily& f : shared_.copies) {
      for (const CopyPair& p : f.pairs) {
        out_.copies.push_back({f.id, shared_.articles[p.a].id, shared_.articles[p.b].id, f.agency,
                               p.containment, line(LineKind::Copy, writer.copy_pair(f, p))});
      }
    }
  }

  void quotes() {
    for (const QuoteGroup& q : d_.quotes) {
      const Json j = json_.quote_group(q);
      CellRows::Quote row{q.id, member(j, "name"), line(LineKind::Quote, j), {}};
      for (const Json& v : j["variants"]) row.variants.push_back(place_of(v));
      out_.quotes.push_back(std::move(row));
    }
  }

  void entities() {
    for (const CorpusEntity& e : d_.entities) {
      CellRows::Entity row{e.id, e.name, {}, 0, 0, 0};
      if (!e.roles.empty()) row.role = e.roles.front().title;
      std::set<std::uint32_t> articles;
      for (const Evidence& m : e.mentions) articles.insert(m.article);
      row.mentions = static_cast<std::int64_t>(e.mentions.size());
      row.articles = static_cast<std::int64_t>(articles.size());
      row.line = line(LineKind::Entity, json_.person(e));
      out_.entities.push_back(std::move(row));
    }
  }

  void timeline() {
    for (const TimelineEntry& t : d_.timeline) {
      const Json j = json_.timeline_entry(t);
      CellRows::Moment row{t.when, t.text, member(j, "event"), {}, line(LineKind::Moment, j)};
      if (!t.evidence.empty() &&
          d_.articles[t.evidence[0].article].at(t.evidence[0].span) == t.text) {
        row.place = place_of(j["evidence"][0]);
        row.own_text.clear();
      }
      out_.timeline.push_back(std::move(row));
    }
  }

  const Dossier& d_;
  const Dossier& shared_;
  DossierWriter json_;
  FormsByLanguage& forms_;
  CellRows out_;
  std::map<std::string_view, std::uint32_t, std::less<>> numbers_;  // articles by id
  std::vector<std::optional<utf8::OffsetIndex>> offsets_;  // of those whose words were asked for
  ColumnsWriter columns_;
  std::int64_t count_ = 0;
};

}  // namespace

CellRows pack_cell(const Dossier& found, const Dossier& shared, std::span<const std::string> ties,
                   FormsByLanguage& forms) {
  return Packer(found, shared, forms).run(ties);
}

}  // namespace twosource::record
