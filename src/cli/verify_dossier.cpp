#include "cli/verify_dossier.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "text/utf8.hpp"

namespace twosource::cli {
namespace {

// Two versions of one passage share at least this part of the words of the shorter one. Passages
// are joined from runs of equal words with small edits between them, so honest ones stay far above.
constexpr double kSharedWords = 0.4;

struct Text {
  std::string text;
  std::vector<Span> sentences;  // code points, sorted
  std::optional<utf8::OffsetIndex> offsets;
};

std::multiset<std::string> words_of(std::string_view text) {
  std::multiset<std::string> words;
  std::string word;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::decode(text, at);
    if (utf8::is_letter(c) || utf8::is_digit(c)) {
      utf8::append(word, utf8::to_lower(c));
    } else if (!word.empty()) {
      words.insert(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.insert(std::move(word));
  return words;
}

bool alike(std::string_view a, std::string_view b) {
  const auto x = words_of(a);
  const auto y = words_of(b);
  std::vector<std::string> common;
  std::set_intersection(x.begin(), x.end(), y.begin(), y.end(), std::back_inserter(common));
  const std::size_t shorter = std::min(x.size(), y.size());
  return shorter > 0 &&
         static_cast<double>(common.size()) >= kSharedWords * static_cast<double>(shorter);
}

class Verifier {
 public:
  explicit Verifier(const Json& dossier) : dossier_(dossier) {}

  Verification run() {
    read_articles();
    collect_ids();
    each("people", [&](const Json& p, const std::string& at) { person(p, at); });
    each("entities", [&](const Json& p, const std::string& at) { person(p, at); });
    each("copies", [&](const Json& c, const std::string& at) { copies(c, at); });
    each("events", [&](const Json& e, const std::string& at) { event(e, at); });
    each("claims", [&](const Json& c, const std::string& at) { claim(c, at); });
    each("quotes", [&](const Json& q, const std::string& at) { quotes(q, at); });
    each("timeline", [&](const Json& t, const std::string& at) {
      spans(t, "evidence", at);
      reference(t, "event", at);
    });
    return std::move(result_);
  }

 private:
  void problem(const std::string& at, std::string_view what) {
    result_.problems.push_back(fmt::format("{}: {}", at, what));
  }

  static const Json& list(const Json& j, const char* key) {
    static const Json kNone = Json::array();
    const auto it = j.is_object() ? j.find(key) : j.end();
    return it != j.end() && it->is_array() ? *it : kNone;
  }
  static std::string text(const Json& j, const char* key) {
    const auto it = j.is_object() ? j.find(key) : j.end();
    return it != j.end() && it->is_string() ? it->get<std::string>() : std::string();
  }

  template <class Check>
  void each(const char* key, const Check& check) {
    std::size_t i = 0;
    for (const Json& item : list(dossier_, key)) check(item, fmt::format("{}[{}]", key, i++));
  }

  void read_articles() {
    each("articles", [&](const Json& a, const std::string& at) {
      const std::string id = text(a, "id");
      if (id.empty()) problem(at, "an article without id");
      const auto [it, fresh] = texts_.try_emplace(id);
      if (!fresh) return problem(at, fmt::format("a second article \"{}\"", id));
      ++result_.articles;
      Text& t = it->second;
      t.text = text(a, "text");
      t.offsets.emplace(t.text);
      std::uint32_t last = 0;
      std::size_t i = 0;
      for (const Json& s : list(a, "sentences")) {
        const std::string here = fmt::format("{}.sentences[{}]", at, i++);
        const std::optional<Span> span = offsets(s, t, here);
        if (!span) continue;
        if (span->begin < last) problem(here, "overlaps the sentence before it");
        last = span->end;
        t.sentences.push_back(*span);
      }
    });
  }

  void collect_ids() {
    for (const char* key : {"people", "entities", "origins", "events", "stories"}) {
      for (const Json& item : list(dossier_, key)) ids_.insert(text(item, "id"));
    }
  }

  void reference(const Json& j, const char* key, const std::string& at) {
    const std::string id = text(j, key);
    if (!id.empty() && !ids_.contains(id))
      problem(at, fmt::format("{} \"{}\" does not exist", key, id));
  }

  // `start` and `end` of an object as they stand, when they fit the text.
  std::optional<Span> offsets(const Json& j, const Text& t, const std::string& at) {
    const auto number = [&](const char* key) -> std::optional<std::uint32_t> {
      const auto it = j.is_object() ? j.find(key) : j.end();
      if (it == j.end() || !it->is_number_unsigned()) return std::nullopt;
      const auto n = it->get<std::uint64_t>();
      return n > t.offsets->total() ? std::nullopt : std::optional(static_cast<std::uint32_t>(n));
    };
    const auto begin = number("start");
    const auto end = number("end");
    if (!begin || !end || *begin >= *end) {
      problem(at, "start and end are no range of the text");
      return std::nullopt;
    }
    return Span{*begin, *end};
  }

  // The text at a piece of evidence; nullopt (and a problem) when it does not stand.
  std::optional<std::string_view> evidence(const Json& j, const std::string& at) {
    ++result_.spans;
    const auto article = texts_.find(text(j, "article"));
    if (article == texts_.end()) {
      problem(at, fmt::format("no article \"{}\"", text(j, "article")));
      return std::nullopt;
    }
    const std::optional<Span> span = offsets(j, article->second, at);
    if (!span) return std::nullopt;
    return slice(article->second.text, article->second.offsets->bytes(*span));
  }

  void spans(const Json& j, const char* key, const std::string& at) {
    std::size_t i = 0;
    for (const Json& e : list(j, key)) {
      (void)evidence(e, fmt::format("{}.{}[{}]", at, key, i++));
    }
  }

  void person(const Json& p, const std::string& at) {
    spans(p, "mentions", at);
    std::size_t i = 0;
    for (const Json& role : list(p, "roles")) {
      spans(role, "evidence", fmt::format("{}.roles[{}]", at, i++));
    }
  }

  void copies(const Json& c, const std::string& at) {
    std::size_t i = 0;
    for (const Json& p : list(c, "passages")) {
      const std::string here = fmt::format("{}.passages[{}]", at, i++);
      if (!p.is_object() || !p.contains("a") || !p.contains("b")) {
        problem(here, "without a or b");
        continue;
      }
      const auto a = evidence(p["a"], here + ".a");
      const auto b = evidence(p["b"], here + ".b");
      if (a && b && !alike(*a, *b)) problem(here, "the two sides do not share their words");
    }
  }

  void event(const Json& e, const std::string& at) {
    spans(e, "evidence", at);
    for (const Json& a : list(e, "articles")) {
      if (!a.is_string() || !texts_.contains(a.get<std::string>())) {
        problem(at, "names an article that does not exist");
      }
    }
    reference(e, "story", at);
  }

  // A statement is told by one sentence, or by a run of whole ones: it may not begin or end
  // between.
  void in_sentences(const Json& s, const std::string& at) {
    const auto article = texts_.find(text(s, "article"));
    if (article == texts_.end() || article->second.sentences.empty()) return;
    const auto begin = s["start"].get<std::uint32_t>();
    const auto end = s["end"].get<std::uint32_t>();
    const auto inside = [&](std::uint32_t at_offset) {
      return std::any_of(article->second.sentences.begin(), article->second.sentences.end(),
                         [&](Span x) { return x.begin <= at_offset && at_offset <= x.end; });
    };
    if (!inside(begin) || !inside(end)) problem(at, "does not lie in a sentence of its article");
  }

  void claim(const Json& c, const std::string& at) {
    reference(c, "event", at);
    std::size_t i = 0;
    for (const Json& s : list(c, "statements")) {
      const std::string here = fmt::format("{}.statements[{}]", at, i++);
      if (!evidence(s, here)) continue;
      in_sentences(s, here);
      reference(s, "speaker", here);
      reference(s, "origin", here);
      std::size_t k = 0;
      for (const Json& v : list(s, "values")) {
        const std::string value_at = fmt::format("{}.values[{}]", here, k++);
        if (!v.is_object() || !v.contains("start")) continue;
        Json in_article = v;
        in_article["article"] = text(s, "article");
        (void)evidence(in_article, value_at);
      }
    }
    i = 0;
    for (const Json& d : list(c, "differences")) {
      const std::string here = fmt::format("{}.differences[{}]", at, i++);
      for (const char* side : {"a", "b"}) {
        if (d.is_object() && d.contains(side)) (void)evidence(d[side], here + "." + side);
      }
    }
  }

  void quotes(const Json& q, const std::string& at) {
    reference(q, "speaker", at);
    std::size_t i = 0;
    for (const Json& v : list(q, "variants")) {
      const std::string here = fmt::format("{}.variants[{}]", at, i++);
      const auto found = evidence(v, here);
      if (found && *found != text(v, "text")) {
        problem(here, fmt::format("the article reads \"{}\", the dossier \"{}\"", *found,
                                  text(v, "text")));
      }
    }
  }

  const Json& dossier_;
  std::map<std::string, Text> texts_;
  std::set<std::string> ids_;
  Verification result_;
};

}  // namespace

Result<Verification> verify_dossier(const Json& dossier) {
  if (!dossier.is_object() || !dossier.contains("articles") || !dossier["articles"].is_array()) {
    return tl::unexpected(Error{"not a dossier: no list \"articles\"", {}});
  }
  return Verifier(dossier).run();
}

}  // namespace twosource::cli
