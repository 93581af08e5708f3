#include "desk/named.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_map>

#include "article/json.hpp"
#include "desk/shelf.hpp"
#include "text/utf8.hpp"

namespace twosource::desk {
namespace {

using record::Statement;

class Reader {
 public:
  explicit Reader(record::Database& db) : db_(db) {}

  void look_for(const std::string& target) {
    bool found = article(target).has_value();
    found |= people(target);
    found |= events(target);
    found |= claims("SELECT json FROM claims WHERE id = ?", target);
    found |= family(target);
    if (found) return;
    outlet(target);
    claims("SELECT json FROM claims WHERE id IN (SELECT claim FROM claim_list WHERE claimed = ?)",
           target);
  }

  Dossier take() { return std::move(out_); }

 private:
  // The number of an article here; nullopt when there is none of this id.
  std::optional<std::uint32_t> article(const std::string& id) {
    if (const auto it = numbers_.find(id); it != numbers_.end()) return it->second;
    Statement s(db_,
                "SELECT coalesce(publisher, ''), coalesce(url, ''), text FROM main.articles "
                "WHERE id = ?");
    s.bind(id);
    if (!s.step()) return std::nullopt;
    Article a;
    a.id = id;
    a.publisher = s.string(0);
    a.url = s.string(1);
    a.text = s.string(2);
    const auto number = static_cast<std::uint32_t>(out_.articles.size());
    out_.articles.push_back(std::move(a));
    numbers_.emplace(id, number);
    return number;
  }

  // A place {article, start, end}.
  std::optional<Evidence> place(const Json& j) {
    const std::optional<std::uint32_t> number = article(j.value("article", std::string()));
    if (!number) return std::nullopt;
    const utf8::OffsetIndex offsets(out_.articles[*number].text);
    return Evidence{*number, offsets.bytes({j.value("start", 0U), j.value("end", 0U)})};
  }

  // The JSON of what is found with this statement.
  std::vector<Json> found(const char* sql, const std::string& target) {
    std::vector<Json> out;
    Statement s(db_, sql);
    s.bind(target);
    while (s.step()) {
      Json j = Json::parse(s.text(0), nullptr, false);
      if (j.is_object()) out.push_back(std::move(j));
    }
    return out;
  }

  static std::string text(const Json& j, const char* key) {
    const auto it = j.find(key);
    return it != j.end() && it->is_string() ? it->get<std::string>() : std::string();
  }

  bool people(const std::string& target) {
    const std::vector<Json> all = found(
        "SELECT json FROM people WHERE id IN "
        "(SELECT id FROM main.people WHERE id = ?1 OR name = ?1)",
        target);
    for (const Json& j : all) {
      CorpusEntity& e = out_.entities.emplace_back();
      e.id = text(j, "id");
      e.name = text(j, "name");
      for (const Json& m : j.value("mentions", Json::array())) {
        if (const auto evidence = place(m)) e.mentions.push_back(*evidence);
      }
    }
    return !all.empty();
  }

  bool events(const std::string& target) {
    const std::vector<Json> all = found(
        "SELECT json FROM events WHERE id IN "
        "(SELECT id FROM main.events WHERE id = ?1 OR label = ?1)",
        target);
    for (const Json& j : all) {
      Event e;
      e.id = text(j, "id");
      e.label = text(j, "label");
      for (const Json& a : j.value("articles", Json::array())) {
        if (const auto number = article(a.get<std::string>())) e.articles.push_back(*number);
      }
      out_.events.push_back(std::move(e));
    }
    return !all.empty();
  }

  bool claims(const char* sql, const std::string& target) {
    const std::vector<Json> all = found(sql, target);
    for (const Json& j : all) {
      Claim c;
      c.id = text(j, "id");
      c.text = text(j, "text");
      for (const Json& statement : j.value("statements", Json::array())) {
        twosource::Statement s;
        const auto evidence = place(statement);
        if (!evidence) continue;
        s.evidence = *evidence;
        c.statements.push_back(std::move(s));
      }
      out_.claims.push_back(std::move(c));
    }
    return !all.empty();
  }

  bool family(const std::string& target) {
    Statement s(db_, "SELECT a, b FROM main.copies WHERE family = ?");
    s.bind(target);
    CopyFamily f;
    f.id = target;
    while (s.step()) {
      for (const int side : {0, 1}) {
        if (const auto number = article(s.string(side))) f.articles.push_back(*number);
      }
    }
    if (f.articles.empty()) return false;
    std::sort(f.articles.begin(), f.articles.end());
    f.articles.erase(std::unique(f.articles.begin(), f.articles.end()), f.articles.end());
    out_.copies.push_back(std::move(f));
    return true;
  }

  // One article is enough to know the outlet by.
  void outlet(const std::string& name) {
    const std::vector<std::string> ids = articles_of_outlet(db_, name);
    if (!ids.empty()) (void)article(ids.front());
  }

  record::Database& db_;
  Dossier out_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

}  // namespace

Dossier named(record::Record& store, const std::vector<std::string>& targets) {
  Reader reader(store.database());
  for (const std::string& target : targets) reader.look_for(target);
  return reader.take();
}

}  // namespace twosource::desk
