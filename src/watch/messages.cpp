#include "watch/messages.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "article/json.hpp"

namespace twosource::watch {
namespace {
using record::Statement;

constexpr std::size_t kMost = 50;

bool has(const std::vector<std::uint64_t>& keys, std::uint64_t key) {
  return std::binary_search(keys.begin(), keys.end(), key);
}

// New ones first, otherwise in their order, not too many.
Json chosen(std::vector<Json>&& all) {
  std::stable_partition(all.begin(), all.end(), [](const Json& j) { return j["new"].get<bool>(); });
  if (all.size() > kMost) all.resize(kMost);
  Json out = Json::array();
  for (Json& j : all) out.push_back(std::move(j));
  return out;
}

Json evidence(record::Database& db, const std::string& claim, const ClaimState* before) {
  Statement s(db,
              R"(SELECT e.article, a.publisher, a.headline, a.published, a.url, e."start", e."end",
                        e.sentence, e.speaker, e.origin_kind, e.origin
                 FROM evidence_list e JOIN main.articles a ON a.id = e.article
                 WHERE e.claim = ?)");
  s.bind(claim);
  std::vector<Json> all;
  while (s.step()) {
    Json j;
    j["article"] = s.string(0);
    j["outlet"] = or_null(s.string(1));
    j["headline"] = or_null(s.string(2));
    j["published"] = or_null(s.string(3));
    j["url"] = or_null(s.string(4));
    j["start"] = s.number(5);
    j["end"] = s.number(6);
    j["text"] = s.string(7);
    j["speaker"] = or_null(s.string(8));
    j["origin"] = {{"kind", or_null(s.string(9))}, {"name", or_null(s.string(10))}};
    j["new"] = before == nullptr || !has(before->statements, statement_key(s.text(0), s.text(7)));
    all.push_back(std::move(j));
  }
  return chosen(std::move(all));
}

Json differences(record::Database& db, const std::string& claim, const ClaimState* before) {
  Statement s(db,
              R"(SELECT d.slot, d.relation, x.article, x."start", x."end", d.a_value,
                        y.article, y."start", y."end", d.b_value, coalesce(d.why, '')
                 FROM differences d
                 JOIN statements x ON x.claim = d.claim AND x.position = d.a
                 JOIN statements y ON y.claim = d.claim AND y.position = d.b
                 WHERE d.claim = ? AND d.relation IN ('different', 'superseded'))");
  s.bind(claim);
  std::vector<Json> all;
  const auto side = [&](int column) {
    Json j;
    j["article"] = s.string(column);
    j["start"] = s.number(column + 1);
    j["end"] = s.number(column + 2);
    j["value"] = s.string(column + 3);
    return j;
  };
  while (s.step()) {
    Json j;
    j["slot"] = s.string(0);
    j["relation"] = s.string(1);
    j["a"] = side(2);
    j["b"] = side(6);
    j["why"] = or_null(s.string(10));
    j["new"] = before == nullptr ||
               !has(before->differences, difference_key(s.text(0), s.text(5), s.text(9)));
    all.push_back(std::move(j));
  }
  return chosen(std::move(all));
}

Json event_of(record::Database& db, const std::string& claim) {
  Statement s(db,
              R"(SELECT e.id, e.label, coalesce(e."when", '') FROM main.claims c
                 JOIN main.events e ON e.id = c.event WHERE c.id = ?)");
  s.bind(claim);
  if (!s.step()) return nullptr;
  return Json{{"id", s.string(0)}, {"label", s.string(1)}, {"when", or_null(s.string(2))}};
}

}  // namespace

std::string message(record::Record& record, const Change& change,
                    const std::vector<ClaimState>& before, const std::vector<ClaimState>& now,
                    const std::string& at) {
  record::Database& db = record.database();
  const ClaimState* const was = change.before == Change::kNone ? nullptr : &before[change.before];
  Json j;
  j["at"] = at;
  j["change"] = to_string(change.kind);
  j["before"] = was == nullptr ? Json(nullptr) : Json(was->verdict);
  if (change.now == Change::kNone) {
    j["verdict"] = nullptr;
    j["text"] = was->text;
    j["event"] = nullptr;
    j["claim"] = nullptr;
    j["evidence"] = Json::array();
    j["differences"] = Json::array();
    j["why"] = "no article of the record says so any more";
    return dump_line(j);
  }
  const std::string& id = now[change.now].id;
  Statement s(db, "SELECT json FROM claims WHERE id = ?");
  s.bind(id);
  const Json claim = s.step() ? Json::parse(s.text(0), nullptr, false) : Json();
  j["verdict"] = now[change.now].verdict;
  j["text"] = claim.value("text", std::string());
  j["event"] = event_of(db, id);
  j["claim"] = claim;
  j["evidence"] = evidence(db, id, was);
  j["differences"] = differences(db, id, was);
  j["why"] = claim.value("why", std::string());
  return dump_line(j);
}

}  // namespace twosource::watch
