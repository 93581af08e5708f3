#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "article/json.hpp"
#include "text/utf8.hpp"

namespace twosource {

Json or_null(const std::string& s) { return s.empty() ? Json(nullptr) : Json(s); }

namespace {

// Turns the byte spans of one article into code point offsets.
// An empty object with room for so many members: a vector of members copies them, with all that is
// below them, whenever it grows.
Json object(std::size_t members) {
  Json j = Json::object();
  j.get_ref<Json::object_t&>().reserve(members);
  return j;
}

class ArticleWriter {
 public:
  explicit ArticleWriter(const Article& a) : a_(a), offsets_(a.text) {}

  Json write(Layers layers) const {
    Json j = object(32);
    head(j);
    body(j);
    if (layers == Layers::With) annotations(j);
    if (!a_.extra.empty()) {
      Json extra = Json::parse(a_.extra, nullptr, false);
      if (extra.is_object()) j["extra"] = std::move(extra);
    }
    return j;
  }

 private:
  Json span(Span s) const {
    const Span c = offsets_.code_points(s);
    Json j = object(4);
    j["start"] = c.begin;
    j["end"] = c.end;
    return j;
  }
  Json span_or_null(Span s) const { return s.empty() ? Json(nullptr) : span(s); }
  Json spans(const std::vector<Span>& list) const {
    Json j = Json::array();
    for (const Span s : list) j.push_back(span(s));
    return j;
  }
  Json entity_id(std::int32_t index) const {
    return index < 0 ? Json(nullptr) : Json(a_.entities[static_cast<std::size_t>(index)].id);
  }
  static Json date(const PublicationDate& d) {
    Json j;
    j["value"] = or_null(d.value);
    j["from"] = to_string(d.from);
    return j;
  }

  void head(Json& j) const {
    j["id"] = a_.id;
    j["path"] = or_null(a_.path);
    j["url"] = or_null(a_.url);
    j["headline"] = or_null(a_.headline);
    j["publisher"] = or_null(a_.publisher);
    if (!a_.publisher_group.empty()) j["publisherGroup"] = a_.publisher_group;
    j["authors"] = a_.authors;
    j["inLanguage"] = or_null(a_.language);
    j["datePublished"] = date(a_.published);
    j["dateModified"] = a_.modified.value.empty() ? Json(nullptr) : date(a_.modified);
    j["dateline"] = or_null(a_.dateline);
    if (!a_.genre.empty()) j["genre"] = a_.genre;
    Json agencies = Json::array();
    for (const AgencyCredit& c : a_.agencies) {
      Json credit;
      credit["name"] = c.name;
      credit["kind"] = to_string(c.kind);
      const Span s = offsets_.code_points(c.span);
      credit["start"] = c.span.empty() ? Json(nullptr) : Json(s.begin);
      credit["end"] = c.span.empty() ? Json(nullptr) : Json(s.end);
      if (c.furniture >= 0) credit["furniture"] = c.furniture;
      agencies.push_back(std::move(credit));
    }
    j["agencies"] = std::move(agencies);
  }

  void body(Json& j) const {
    j["text"] = a_.text;
    Json furniture = Json::array();
    for (const Furniture& f : a_.furniture) {
      Json item = object(3);
      item["kind"] = to_string(f.kind);
      item["text"] = f.text;
      item["before"] = offsets_.code_points(f.before);
      furniture.push_back(std::move(item));
    }
    j["furniture"] = std::move(furniture);
    Json paragraphs = Json::array();
    for (const Paragraph& p : a_.paragraphs) {
      Json item = span(p.span);
      item["kind"] = to_string(p.kind);
      paragraphs.push_back(std::move(item));
    }
    j["paragraphs"] = std::move(paragraphs);
    if (!a_.source.empty()) {
      Json runs = Json::array();
      for (const SourceRun& r : a_.source) {
        Json run = span(r.text);
        run["page"] = {{"start", r.page.begin}, {"end", r.page.end}};
        runs.push_back(std::move(run));
      }
      j["sourceMap"] = std::move(runs);
    }
    Json sentences = Json::array();
    for (const Sentence& s : a_.tokens.sentences) sentences.push_back(span(s.span));
    j["sentences"] = std::move(sentences);
  }

  void annotations(Json& j) const {
    Json times = Json::array();
    for (const Timex& t : a_.times) times.push_back(timex(t));
    j["times"] = std::move(times);
    Json measures = Json::array();
    for (const Measure& m : a_.measures) measures.push_back(measure(m));
    j["measures"] = std::move(measures);
    Json entities = Json::array();
    for (const Entity& e : a_.entities) {
      Json item = object(5);
      item["id"] = e.id;
      item["name"] = e.name;
      item["type"] = to_string(e.type);
      item["roles"] = e.roles;
      if (!e.gender.empty()) item["gender"] = e.gender;
      entities.push_back(std::move(item));
    }
    j["entities"] = std::move(entities);
    Json mentions = Json::array();
    for (const Mention& m : a_.mentions) {
      Json item = span(m.span);
      item["entity"] = a_.entities[m.entity].id;
      item["kind"] = to_string(m.kind);
      mentions.push_back(std::move(item));
    }
    j["mentions"] = std::move(mentions);
    Json quotes = Json::array();
    for (const Quote& q : a_.quotes) quotes.push_back(quote(q));
    j["quotes"] = std::move(quotes);
  }

  Json timex(const Timex& t) const {
    Json item = span(t.span);
    item["type"] = to_string(t.type);
    item["value"] = t.value;
    item["mod"] = or_null(t.mod);
    if (!t.quant.empty()) item["quant"] = t.quant;
    if (!t.freq.empty()) item["freq"] = t.freq;
    if (!t.begin_point.empty()) item["beginPoint"] = t.begin_point;
    if (!t.end_point.empty()) item["endPoint"] = t.end_point;
    if (t.weekday != 0) item["weekday"] = t.weekday;
    if (t.direction != 0) item["direction"] = t.direction;
    return item;
  }

  Json measure(const Measure& m) const {
    Json item = span(m.span);
    item["value"] = m.value;
    item["unit"] = to_string(m.unit);
    if (!m.unit_name.empty()) item["unitName"] = m.unit_name;
    item["approx"] = m.bound != Bound::Exact;
    if (m.bound != Bound::Exact) item["bound"] = to_string(m.bound);
    item["of"] = or_null(m.of);
    if (!m.of_span.empty()) item["ofSpan"] = span(m.of_span);
    item["modality"] = to_string(m.modality);
    item["low"] = m.low;
    item["high"] = m.high;
    item["granularity"] = m.granularity;
    return item;
  }

  Json quote(const Quote& q) const {
    Json item = span(q.span);
    item["parts"] = spans(q.parts);
    item["kind"] = to_string(q.kind);
    item["speaker"] = entity_id(q.speaker);
    item["speakerSpan"] = span_or_null(q.speaker_span);
    item["cue"] = spans(q.cue);
    item["addressee"] = span_or_null(q.addressee);
    item["frame"] = span_or_null(q.frame);
    return item;
  }

  const Article& a_;
  utf8::OffsetIndex offsets_;
};

}  // namespace

Json article_to_json(const Article& article, Layers layers) {
  return ArticleWriter(article).write(layers);
}

namespace {

// Writes what Json::dump writes, several times as fast.
class LineWriter {
 public:
  explicit LineWriter(std::string& out) : out_(out) {}

  void value(const Json& j) {
    switch (j.type()) {
      case Json::value_t::object:
        return members(j.get_ref<const Json::object_t&>());
      case Json::value_t::array:
        return items(j.get_ref<const Json::array_t&>());
      case Json::value_t::string:
        return string(j.get_ref<const std::string&>());
      case Json::value_t::boolean:
        out_ += j.get<bool>() ? "true" : "false";
        return;
      case Json::value_t::number_integer:
        out_ += std::to_string(j.get<std::int64_t>());
        return;
      case Json::value_t::number_unsigned:
        out_ += std::to_string(j.get<std::uint64_t>());
        return;
      default:
        out_ += j.dump();
    }
  }

 private:
  void members(const Json::object_t& object) {
    char before = '{';
    for (const auto& [key, member] : object) {
      out_ += before;
      before = ',';
      string(key);
      out_ += ':';
      value(member);
    }
    out_ += object.empty() ? "{}" : "}";
  }
  void items(const Json::array_t& array) {
    char before = '[';
    for (const Json& item : array) {
      out_ += before;
      before = ',';
      value(item);
    }
    out_ += array.empty() ? "[]" : "]";
  }
  void string(const std::string& text) {
    if (!utf8::valid(text)) {
      out_ += Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
      return;
    }
    out_ += '"';
    std::size_t written = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const auto c = static_cast<unsigned char>(text[i]);
      if (c >= 0x20 && c != '"' && c != '\\') continue;
      out_.append(text, written, i - written);
      written = i + 1;
      escape(c);
    }
    out_.append(text, written);
    out_ += '"';
  }
  void escape(unsigned char c) {
    constexpr std::string_view kNamed = "\"\\\b\f\n\r\t";
    constexpr std::string_view kNames = "\"\\bfnrt";
    constexpr std::string_view kHex = "0123456789abcdef";
    out_ += '\\';
    if (const std::size_t named = kNamed.find(static_cast<char>(c)); named != kNamed.npos) {
      out_ += kNames[named];
    } else {
      out_.append("u00").append(1, kHex[c >> 4U]).append(1, kHex[c & 15U]);
    }
  }

  std::string& out_;
};

}  // namespace

std::string dump_line(const Json& json) {
  std::string out;
  LineWriter(out).value(json);
  return out;
}

}  // namespace twosource
