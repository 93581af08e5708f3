#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "article/corrections.hpp"
#include "article/edtf.hpp"
#include "article/json.hpp"

namespace twosource {
namespace {

Json target_to_json(const Target& t) {
  Json j;
  j["name"] = t.name;
  Json places = Json::array();
  for (const Anchor& a : t.places) {
    Json place;
    place["article"] = a.article;
    place["start"] = a.start;
    place["words"] = a.words;
    places.push_back(std::move(place));
  }
  j["places"] = std::move(places);
  return j;
}

tl::unexpected<Error> refused(std::string message) {
  return tl::unexpected(Error{std::move(message), {}});
}

// Reads fields and remembers the first that is wrong.
class Reader {
 public:
  explicit Reader(const Json& json) : json_(json) {}

  std::string text(const char* key) {
    const auto it = json_.find(key);
    if (it == json_.end() || it->is_null()) return {};
    if (!it->is_string()) return wrong(key), std::string();
    return it->get<std::string>();
  }
  std::vector<std::string> texts(const char* key) {
    std::vector<std::string> out;
    const auto it = json_.find(key);
    if (it == json_.end()) return out;
    if (!it->is_array()) return wrong(key), out;
    for (const Json& item : *it) {
      if (!item.is_string()) return wrong(key), out;
      out.push_back(item.get<std::string>());
    }
    return out;
  }
  Target target(const char* key) {
    Target t;
    const auto it = json_.find(key);
    if (it == json_.end()) return t;
    if (!it->is_object()) return wrong(key), t;
    Reader inner(*it);
    t.name = inner.text("name");
    const auto places = it->find("places");
    if (places != it->end()) {
      if (!places->is_array()) return wrong(key), t;
      for (const Json& p : *places) {
        if (!p.is_object()) return wrong(key), t;
        Reader place(p);
        Anchor a{place.text("article"), place.number("start"), place.text("words")};
        if (a.article.empty() || !place.problem.empty()) return wrong(key), t;
        t.places.push_back(std::move(a));
      }
    }
    if (!inner.problem.empty()) wrong(key);
    return t;
  }
  std::uint32_t number(const char* key) {
    const auto it = json_.find(key);
    if (it == json_.end()) return 0;
    if (!it->is_number_unsigned() || *it > 0xFFFFFFFFULL) return wrong(key), 0;
    return it->get<std::uint32_t>();
  }
  void wrong(const char* key) {
    if (problem.empty()) problem = std::string("\"") + key + "\" is missing or of the wrong type";
  }

  std::string problem;

 private:
  const Json& json_;
};

// The parts without which a correction says nothing.
void require(const Correction& c, Reader& r) {
  using K = CorrectionKind;
  const K k = c.kind;
  const bool by_articles = k == K::JoinCopies || k == K::CutCopies || k == K::SetDate;
  if (!by_articles && c.a.name.empty() && c.a.places.empty()) r.wrong("a");
  const bool pair =
      k == K::MergePeople || k == K::MergeEvents || k == K::SameClaim || k == K::NotSameClaim;
  if (pair && c.b.name.empty() && c.b.places.empty()) r.wrong("b");
  const bool value = k == K::RenamePerson || k == K::RenameEvent || k == K::SetRole ||
                     k == K::RemoveRole || k == K::SetDate || k == K::SetGroup;
  if (value && c.value.empty()) r.wrong("value");
  const bool two = k == K::JoinCopies || k == K::CutCopies;
  const bool some = k == K::SplitPerson || k == K::SplitEvent || k == K::SetDate;
  if (two ? c.articles.size() != 2 || c.articles[0] == c.articles[1] : some && c.articles.empty()) {
    r.wrong("articles");
  }
  if (k == K::SetDate && !parse_edtf(c.value)) r.wrong("value");
  if (!c.from.empty() && !parse_edtf(c.from)) r.wrong("from");
  if (!c.to.empty() && !parse_edtf(c.to)) r.wrong("to");
}

}  // namespace

Json correction_what(const Correction& c) {
  Json j;
  j["do"] = to_string(c.kind);
  if (!c.a.name.empty() || !c.a.places.empty()) j["a"] = target_to_json(c.a);
  if (!c.b.name.empty() || !c.b.places.empty()) j["b"] = target_to_json(c.b);
  if (!c.articles.empty()) j["articles"] = c.articles;
  const std::array<std::pair<const char*, const std::string*>, 3> texts{
      {{"value", &c.value}, {"from", &c.from}, {"to", &c.to}}};
  for (const auto& [key, text] : texts) {
    if (!text->empty()) j[key] = *text;
  }
  return j;
}

Json correction_to_json(const Correction& c) {
  Json j;
  j["id"] = c.id;
  j["when"] = c.when;
  j["by"] = c.by;
  j["why"] = c.why;
  j.update(correction_what(c));
  return j;
}

Result<Correction> correction_from_json(const Json& json) {
  if (!json.is_object()) return refused("not a JSON object");
  Reader r(json);
  const std::string kind = r.text("do");
  const std::optional<CorrectionKind> known = correction_kind(kind);
  if (!known) return refused("\"do\" is missing or names no correction: \"" + kind + "\"");
  Correction c;
  c.kind = *known;
  c.id = r.number("id");
  c.when = r.text("when");
  c.by = r.text("by");
  c.why = r.text("why");
  c.a = r.target("a");
  c.b = r.target("b");
  c.articles = r.texts("articles");
  c.value = r.text("value");
  c.from = r.text("from");
  c.to = r.text("to");
  require(c, r);
  if (!r.problem.empty()) return refused(r.problem);
  return c;
}

}  // namespace twosource
