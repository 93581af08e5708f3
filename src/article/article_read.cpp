#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "article/json.hpp"

namespace twosource {
namespace {

// Thrown inside this file only, turned into Error at its edge: the reader is deeply nested.
struct Refused {
  std::string field;
  std::string reason;
};

class ArticleReader {
 public:
  explicit ArticleReader(const Json& j) : j_(j) {}

  Article read() {
    if (!j_.is_object()) throw Refused{"", "an article is a JSON object"};
    a_.text = text(j_, "text");
    if (!utf8::valid(a_.text)) throw Refused{"text", "not UTF-8"};
    offsets_.emplace(a_.text);
    head();
    body();
    entities();
    layers();
    return std::move(a_);
  }

 private:
  static std::string text(const Json& j, const char* key) {
    const auto it = j.find(key);
    if (it == j.end() || it->is_null()) return {};
    if (!it->is_string()) throw Refused{key, "expected a string"};
    return it->get<std::string>();
  }
  static std::uint32_t number(const Json& j, const char* key) {
    const auto it = j.find(key);
    if (it == j.end() || !it->is_number_integer()) throw Refused{key, "expected a whole number"};
    const auto n = it->get<std::int64_t>();
    if (n < 0 || n > INT32_MAX) throw Refused{key, "out of range"};
    return static_cast<std::uint32_t>(n);
  }
  static double real(const Json& j, const char* key, double otherwise) {
    const auto it = j.find(key);
    if (it == j.end()) return otherwise;
    if (!it->is_number()) throw Refused{key, "expected a number"};
    return it->get<double>();
  }
  static const Json& list(const Json& j, const char* key) {
    static const Json kEmpty = Json::array();
    const auto it = j.find(key);
    if (it == j.end() || it->is_null()) return kEmpty;
    if (!it->is_array()) throw Refused{key, "expected a list"};
    return *it;
  }
  template <class E>
  static E name(const Json& j, const char* key) {
    const auto value = from_string<E>(text(j, key));
    if (!value) throw Refused{key, fmt::format("unknown value \"{}\"", text(j, key))};
    return *value;
  }
  Span span(const Json& j) const {
    if (!j.is_object()) throw Refused{"start", "expected an object with start and end"};
    const Span c{number(j, "start"), number(j, "end")};
    if (c.begin > c.end || c.end > offsets_->total()) {
      throw Refused{"start", fmt::format("[{}, {}) is outside the text", c.begin, c.end)};
    }
    return offsets_->bytes(c);
  }
  Span optional_span(const Json& j, const char* key) const {
    const auto it = j.find(key);
    return it == j.end() || it->is_null() ? Span{} : span(*it);
  }
  static PublicationDate date(const Json& j, const char* key) {
    const auto it = j.find(key);
    if (it == j.end() || it->is_null()) return {};
    return {text(*it, "value"), name<DateSource>(*it, "from")};
  }
  std::uint32_t entity(const Json& j, const char* key) const {
    const std::string id = text(j, key);
    for (std::size_t i = 0; i < a_.entities.size(); ++i) {
      if (a_.entities[i].id == id) return static_cast<std::uint32_t>(i);
    }
    throw Refused{key, fmt::format("no entity \"{}\"", id)};
  }
  static std::vector<std::string> strings(const Json& j, const char* key) {
    std::vector<std::string> out;
    for (const Json& s : list(j, key)) {
      if (!s.is_string()) throw Refused{key, "expected strings"};
      out.push_back(s.get<std::string>());
    }
    return out;
  }

  void head() {
    a_.id = text(j_, "id");
    a_.path = text(j_, "path");
    a_.url = text(j_, "url");
    a_.headline = text(j_, "headline");
    a_.publisher = text(j_, "publisher");
    a_.publisher_group = text(j_, "publisherGroup");
    a_.authors = strings(j_, "authors");
    a_.language = text(j_, "inLanguage");
    a_.published = date(j_, "datePublished");
    a_.modified = date(j_, "dateModified");
    a_.dateline = text(j_, "dateline");
    a_.genre = text(j_, "genre");
    for (const Json& c : list(j_, "agencies")) {
      AgencyCredit credit{text(c, "name"), name<AgencyKind>(c, "kind"), {}, -1};
      if (c.contains("start") && !c["start"].is_null()) credit.span = span(c);
      if (c.contains("furniture")) credit.furniture = static_cast<std::int32_t>(number(c, "furniture"));
      a_.agencies.push_back(std::move(credit));
    }
    if (const auto it = j_.find("extra"); it != j_.end() && it->is_object()) a_.extra = it->dump();
  }

  void body() {
    for (const Json& f : list(j_, "furniture")) {
      const std::uint32_t before = f.contains("before") ? number(f, "before") : 0;
      a_.furniture.push_back(
          {name<FurnitureKind>(f, "kind"), text(f, "text"), offsets_->bytes(before)});
    }
    for (const Json& p : list(j_, "paragraphs")) {
      const auto form =
          p.contains("form") ? name<ParagraphForm>(p, "form") : ParagraphForm::Running;
      a_.paragraphs.push_back({span(p), name<ParagraphKind>(p, "kind"), form});
    }
    for (const Json& r : list(j_, "sourceMap")) {
      const auto page = r.find("page");
      if (page == r.end() || !page->is_object()) throw Refused{"page", "expected an object"};
      a_.source.push_back({span(r), {number(*page, "start"), number(*page, "end")}});
    }
  }

  void entities() {
    for (const Json& e : list(j_, "entities")) {
      a_.entities.push_back({text(e, "id"), text(e, "name"), name<EntityType>(e, "type"),
                             strings(e, "roles"), text(e, "gender")});
    }
    for (const Json& m : list(j_, "mentions")) {
      a_.mentions.push_back({span(m), entity(m, "entity"), name<MentionKind>(m, "kind")});
    }
  }

  void layers() {
    for (const Json& t : list(j_, "times")) a_.times.push_back(timex(t));
    for (const Json& m : list(j_, "measures")) a_.measures.push_back(measure(m));
    for (const Json& q : list(j_, "quotes")) a_.quotes.push_back(quote(q));
  }

  Timex timex(const Json& t) const {
    Timex x;
    x.span = span(t);
    x.type = name<TimexType>(t, "type");
    x.value = text(t, "value");
    x.mod = text(t, "mod");
    x.quant = text(t, "quant");
    x.freq = text(t, "freq");
    x.begin_point = text(t, "beginPoint");
    x.end_point = text(t, "endPoint");
    x.weekday = static_cast<std::uint8_t>(real(t, "weekday", 0));
    x.direction = static_cast<std::int8_t>(real(t, "direction", 0));
    return x;
  }

  Measure measure(const Json& m) const {
    Measure x;
    x.span = span(m);
    x.unit = name<Unit>(m, "unit");
    x.value = text(m, "value");
    x.unit_name = text(m, "unitName");
    if (m.contains("bound")) x.bound = name<Bound>(m, "bound");
    x.of = text(m, "of");
    x.of_span = optional_span(m, "ofSpan");
    x.modality = name<Modality>(m, "modality");
    x.low = real(m, "low", 0);
    x.high = real(m, "high", x.low);
    x.granularity = real(m, "granularity", 1);
    return x;
  }

  Quote quote(const Json& q) const {
    Quote x;
    x.span = span(q);
    for (const Json& p : list(q, "parts")) x.parts.push_back(span(p));
    if (x.parts.empty()) x.parts.push_back(x.span);
    x.kind = name<QuoteKind>(q, "kind");
    if (!text(q, "speaker").empty()) x.speaker = static_cast<std::int32_t>(entity(q, "speaker"));
    x.speaker_span = optional_span(q, "speakerSpan");
    for (const Json& c : list(q, "cue")) x.cue.push_back(span(c));
    x.addressee = optional_span(q, "addressee");
    x.frame = optional_span(q, "frame");
    return x;
  }

  const Json& j_;
  Article a_;
  std::optional<utf8::OffsetIndex> offsets_;
};

}  // namespace

Result<Article> article_from_json(const Json& json) {
  try {
    return ArticleReader(json).read();
  } catch (const Refused& r) {
    return tl::unexpected(Error{r.reason, r.field});
  }
}

}  // namespace twosource
