#include <algorithm>

#include "serve/page_parts.hpp"
#include "serve/pictures.hpp"
#include "text/join.hpp"

namespace twosource::serve {
namespace {

constexpr std::size_t kColumns = 16;       // articles of an event side by side
constexpr std::size_t kMostEntries = 200;  // timeline entries of one event

// What one article does with one claim. The signs are those of the dossier.
struct CellOf {
  const char* state = "silent";
  const char* sign = "–";
  std::string words;
};

class Matrix {
 public:
  // `articles`: those with most statements first.
  Matrix(const PageContext& c, Quoter& quoter, std::vector<std::string> articles)
      : c_(c), quoter_(quoter), columns_(std::move(articles)) {
    more_ = columns_.size() > kColumns ? columns_.size() - kColumns : 0;
    columns_.resize(columns_.size() - more_);
    std::sort(columns_.begin(), columns_.end(), [&](const auto& a, const auto& b) {
      return quoter_.article(a).outlet < quoter_.article(b).outlet;
    });
  }

  [[nodiscard]] std::size_t more() const noexcept { return more_; }

  [[nodiscard]] Data columns() const {
    Data out = Data::list();
    for (const std::string& id : columns_) out.push_back(quoter_.named(id));
    return out;
  }

  [[nodiscard]] Data row(const Json& claim) {
    Data out;
    const std::string verdict = text_of(claim, "verdict");
    out.set("id", text_of(claim, "id"));
    out.set("href", link("claims", text_of(claim, "id")));
    out.set("text", utf8::squeeze(text_of(claim, "text")));
    out.set("verdict", verdict);
    out.set("origins", c_.skin.labels().count("origins", number_of(claim, "origins")));
    Data cells = Data::list();
    for (const std::string& id : columns_) {
      const CellOf cell = cell_of(claim, id);
      Data item;
      item.set("state", cell.state);
      item.set("sign", cell.sign);
      item.set("outlet", quoter_.article(id).outlet);
      item.set("hidden", Data(cell.words.empty()));
      const bool copies = std::string_view(cell.state) == "copies";
      item.set("words", cell.words.empty() ? c_.skin.labels()(copies ? "copies_cell" : cell.state)
                                           : cell.words);
      cells.push_back(std::move(item));
    }
    out.set("cells", std::move(cells));
    return out;
  }

 private:
  // What a statement's origin adds: an agency or another outlet of the claim that it rests on.
  CellOf by_origin(const Json& claim, const Json& statement) {
    const Json& origin = origin_of(text_of(statement, "origin"));
    const std::string name = text_of(origin, "name");
    const std::string kind = text_of(origin, "kind");
    if (kind == "agency") return {"copies", "≡", name};
    if (kind == "outlet") {
      for (const Json& s : list_of(claim, "statements")) {
        const std::string other = text_of(s, "article");
        if (other == text_of(statement, "article")) continue;
        const ArticleName& a = quoter_.article(other);
        if (a.outlet == name || a.id == name) return {"copies", "≡", a.outlet};
      }
    }
    if (const std::string speaker = text_of(statement, "speaker"); !speaker.empty()) {
      return {"cites", "❝", c_.store.name(speaker)};
    }
    return {"reports", "●", {}};
  }

  CellOf cell_of(const Json& claim, const std::string& article) {
    CellOf best;
    for (const Json& s : list_of(claim, "statements")) {
      if (text_of(s, "article") != article) continue;
      if (std::string_view(best.state) == "silent") best = by_origin(claim, s);
      for (const Json& d : list_of(claim, "differences")) {
        const std::string relation = text_of(d, "relation");
        if (relation != "different" && relation != "superseded") continue;
        for (const char* side : {"a", "b"}) {
          const auto place = d.find(side);
          if (place == d.end() || text_of(*place, "article") != article ||
              number_of(*place, "start") != number_of(s, "start")) {
            continue;
          }
          const std::string value = value_words(s, text_of(*place, "value"));
          if (relation == "different") return {"differs", "≠", value};
          best = {"later", "↻", value};
        }
      }
    }
    return best;
  }

  // The words of the text that a value was read from, else the value.
  std::string value_words(const Json& statement, const std::string& value) {
    for (const Json& v : list_of(statement, "values")) {
      if (text_of(v, "value") == value && v.contains("start")) {
        return quoter_.words(text_of(statement, "article"), number_of(v, "start"),
                             number_of(v, "end"));
      }
    }
    return value;
  }

  const Json& origin_of(const std::string& id) {
    const auto [it, fresh] = origins_.try_emplace(id);
    if (fresh) {
      const auto json = c_.store.json(Kind::Origins, id);
      it->second = json ? parsed(*json) : Json::object();
    }
    return it->second;
  }

  const PageContext& c_;
  Quoter& quoter_;
  std::vector<std::string> columns_;
  std::size_t more_ = 0;
  std::map<std::string, Json> origins_;
};

using Ordered = std::vector<std::pair<std::string, std::string>>;

// Claims by verdict, each group with its table, as far as this page of the list goes.
Data groups(const PageContext& c, Matrix& matrix, const Ordered& claims, std::size_t offset) {
  Data out = Data::list();
  const std::size_t end = std::min(claims.size(), offset + kPageItems);
  for (std::size_t i = offset; i < end;) {
    const std::string& verdict = claims[i].second;
    Data group;
    group.set("verdict", verdict);
    group.set("name", c.skin.labels()("verdict." + verdict));
    group.set("explanation", c.skin.labels()("explain." + verdict));
    Data rows = Data::list();
    for (; i < end && claims[i].second == verdict; ++i) {
      if (const auto json = c.store.json(Kind::Claims, claims[i].first)) {
        rows.push_back(matrix.row(parsed(*json)));
      }
    }
    group.set("claims", std::move(rows));
    out.push_back(std::move(group));
  }
  return out;
}

void add_facts(Data& page, const PageContext& c, const Json& event) {
  page.set("when", date_words(c, text_of(event, "when")));
  page.set("where", joined(texts_of(event, "where"), ", "));
  Data who = Data::list();
  for (const std::string& id : texts_of(event, "who")) who.push_back(entity_link(c, id));
  page.set("who", std::move(who));
  page.set("why", c.skin.labels().reason(text_of(event, "why")));
  const std::string type = text_of(event, "type");
  page.set("type", type);
}

}  // namespace

Page event_page(const PageContext& c, const std::string& id) {
  const auto json = c.store.json(Kind::Events, id);
  if (!json) return std::nullopt;
  const Json event = parsed(*json);
  Filter filter;
  filter.event = id;
  const Ordered claims = c.store.claims_of_event(id);
  const std::vector<Json> entries =
      parsed(c.store.list(Kind::Timeline, filter, 0, kMostEntries).items);

  const std::string story = text_of(event, "story");
  Data page = page_data(c, text_of(event, "label"), "stories",
                        story.empty() ? "/" : link("stories", story));
  page.set("id", id);
  add_facts(page, c, event);
  if (const auto above = c.store.json(Kind::Stories, story)) {
    page.set("story_href", link("stories", story));
    page.set("story_label", text_of(parsed(*above), "label"));
  }
  Quoter quoter(c);
  std::array<std::size_t, kVerdicts.size()> counts{};
  for (const auto& [unused, verdict] : claims) ++counts.at(verdict_index(verdict));
  page.set("chips", chips(c, counts));
  const std::size_t offset = offset_of(c);
  Matrix matrix(c, quoter, c.store.articles_of_claims(id));
  page.set("columns", matrix.columns());
  if (matrix.more() > 0) {
    page.set("more_columns", c.skin.labels().fill("more_columns", std::to_string(matrix.more())));
  }
  page.set("groups", groups(c, matrix, claims, offset));
  add_pager(page, c, offset, claims.size());
  const std::vector<std::string> articles = texts_of(event, "articles");
  Data list = Data::list();
  for (const std::string& a : articles) list.push_back(quoter.named(a));
  page.set("several", Data(articles.size() > 1));
  page.set("articles", std::move(list));
  page.set("timeline", timeline_items(c, quoter, entries));
  page.set("timeline_picture", timeline_picture(c, entries));
  page.set("copies_picture", copies_picture(c, quoter, articles));
  Data evidence = Data::list();
  for (const Json& place : list_of(event, "evidence")) evidence.push_back(quoter.place(place));
  page.set("evidence", std::move(evidence));
  return c.skin.render("event", page);
}

}  // namespace twosource::serve
