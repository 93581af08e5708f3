#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "article/json.hpp"
#include "article/json_sink.hpp"
#include "text/utf8.hpp"

namespace twosource {

Json or_null(const std::string& s) { return s.empty() ? Json(nullptr) : Json(s); }

namespace {

// Tells a sink (json_sink.hpp) one article; turns its byte spans into code point offsets.
template <class Sink>
class ArticleWriter {
 public:
  ArticleWriter(const Article& a, Sink& sink) : a_(a), out_(sink), offsets_(a.text) {}

  void write(Layers layers) {
    out_.open_object(32);
    head();
    body();
    if (layers == Layers::With) annotations();
    if (!a_.extra.empty()) {
      const Json extra = Json::parse(a_.extra, nullptr, false);
      if (extra.is_object()) {
        out_.key("extra");
        out_.json(extra);
      }
    }
    out_.close_object();
  }

 private:
  void text(std::string_view key, std::string_view value) {
    out_.key(key);
    out_.string(value);
  }
  void text_or_null(std::string_view key, std::string_view value) {
    out_.key(key);
    value.empty() ? out_.null() : out_.string(value);
  }
  void text_if_any(std::string_view key, std::string_view value) {
    if (!value.empty()) text(key, value);
  }
  template <class N>
  void number(std::string_view key, N value) {
    out_.key(key);
    out_.number(value);
  }
  void flag(std::string_view key, bool value) {
    out_.key(key);
    out_.boolean(value);
  }
  // The elements of a list, each written by `write`.
  template <class List, class F>
  void list(std::string_view key, const List& items, F&& write) {
    out_.key(key);
    out_.open_array();
    for (const auto& item : items) write(item);
    out_.close_array();
  }
  void texts(std::string_view key, const std::vector<std::string>& items) {
    list(key, items, [this](const std::string& s) { out_.string(s); });
  }

  // Opens an object with the ends of a span; `more` members follow.
  void open_span(Span s, std::size_t more = 0) {
    const Span c = offsets_.code_points(s);
    out_.open_object(2 + more);
    number("start", c.begin);
    number("end", c.end);
  }
  void span(Span s) {
    open_span(s);
    out_.close_object();
  }
  void spans(std::string_view key, const std::vector<Span>& items) {
    list(key, items, [this](Span s) { span(s); });
  }
  void span_or_null(std::string_view key, Span s) {
    out_.key(key);
    s.empty() ? out_.null() : span(s);
  }
  void date(std::string_view key, const PublicationDate& d) {
    out_.key(key);
    out_.open_object(2);
    text_or_null("value", d.value);
    text("from", to_string(d.from));
    out_.close_object();
  }

  void head() {
    text("id", a_.id);
    text_or_null("path", a_.path);
    text_or_null("url", a_.url);
    text_or_null("headline", a_.headline);
    text_or_null("publisher", a_.publisher);
    text_if_any("publisherGroup", a_.publisher_group);
    texts("authors", a_.authors);
    text_or_null("inLanguage", a_.language);
    date("datePublished", a_.published);
    if (a_.modified.value.empty()) {
      text_or_null("dateModified", {});
    } else {
      date("dateModified", a_.modified);
    }
    text_or_null("dateline", a_.dateline);
    text_if_any("genre", a_.genre);
    list("agencies", a_.agencies, [this](const AgencyCredit& c) { credit(c); });
  }

  void credit(const AgencyCredit& c) {
    out_.open_object(5);
    text("name", c.name);
    text("kind", to_string(c.kind));
    const Span s = offsets_.code_points(c.span);
    out_.key("start");
    c.span.empty() ? out_.null() : out_.number(s.begin);
    out_.key("end");
    c.span.empty() ? out_.null() : out_.number(s.end);
    if (c.furniture >= 0) number("furniture", c.furniture);
    out_.close_object();
  }

  void body() {
    text("text", a_.text);
    list("furniture", a_.furniture, [this](const Furniture& f) {
      out_.open_object(3);
      text("kind", to_string(f.kind));
      text("text", f.text);
      number("before", offsets_.code_points(f.before));
      out_.close_object();
    });
    list("paragraphs", a_.paragraphs, [this](const Paragraph& p) {
      const bool set_out = p.form != ParagraphForm::Running;
      open_span(p.span, set_out ? 2 : 1);
      text("kind", to_string(p.kind));
      if (set_out) text("form", to_string(p.form));
      out_.close_object();
    });
    if (!a_.source.empty()) list("sourceMap", a_.source, [this](const SourceRun& r) { run(r); });
    list("sentences", a_.tokens.sentences, [this](const Sentence& s) { span(s.span); });
  }

  void run(const SourceRun& r) {
    open_span(r.text, 1);
    out_.key("page");
    out_.open_object(2);
    number("start", r.page.begin);
    number("end", r.page.end);
    out_.close_object();
    out_.close_object();
  }

  void annotations() {
    list("times", a_.times, [this](const Timex& t) { timex(t); });
    list("measures", a_.measures, [this](const Measure& m) { measure(m); });
    list("entities", a_.entities, [this](const Entity& e) {
      out_.open_object(5);
      text("id", e.id);
      text("name", e.name);
      text("type", to_string(e.type));
      texts("roles", e.roles);
      text_if_any("gender", e.gender);
      out_.close_object();
    });
    list("mentions", a_.mentions, [this](const Mention& m) {
      open_span(m.span, 2);
      text("entity", a_.entities[m.entity].id);
      text("kind", to_string(m.kind));
      out_.close_object();
    });
    list("quotes", a_.quotes, [this](const Quote& q) { quote(q); });
  }

  void timex(const Timex& t) {
    open_span(t.span, 9);
    text("type", to_string(t.type));
    text("value", t.value);
    text_or_null("mod", t.mod);
    text_if_any("quant", t.quant);
    text_if_any("freq", t.freq);
    text_if_any("beginPoint", t.begin_point);
    text_if_any("endPoint", t.end_point);
    if (t.weekday != 0) number("weekday", t.weekday);
    if (t.direction != 0) number("direction", t.direction);
    out_.close_object();
  }

  void measure(const Measure& m) {
    open_span(m.span, 11);
    text("value", m.value);
    text("unit", to_string(m.unit));
    text_if_any("unitName", m.unit_name);
    flag("approx", m.bound != Bound::Exact);
    if (m.bound != Bound::Exact) text("bound", to_string(m.bound));
    text_or_null("of", m.of);
    if (!m.of_span.empty()) span_or_null("ofSpan", m.of_span);
    text("modality", to_string(m.modality));
    number("low", m.low);
    number("high", m.high);
    number("granularity", m.granularity);
    out_.close_object();
  }

  void quote(const Quote& q) {
    open_span(q.span, 7);
    spans("parts", q.parts);
    text("kind", to_string(q.kind));
    text_or_null("speaker", q.speaker < 0 ? std::string_view()
                                          : a_.entities[static_cast<std::size_t>(q.speaker)].id);
    span_or_null("speakerSpan", q.speaker_span);
    spans("cue", q.cue);
    span_or_null("addressee", q.addressee);
    span_or_null("frame", q.frame);
    out_.close_object();
  }

  const Article& a_;
  Sink& out_;
  utf8::OffsetIndex offsets_;
};

}  // namespace

Json article_to_json(const Article& article, Layers layers) {
  JsonTree tree;
  ArticleWriter(article, tree).write(layers);
  return std::move(tree).take();
}

std::string article_line(const Article& article, Layers layers) {
  JsonLine line;
  ArticleWriter(article, line).write(layers);
  return std::move(line).take();
}

}  // namespace twosource
