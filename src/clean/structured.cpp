#include "clean/structured.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "clean/html_blocks.hpp"
#include "text/utf8.hpp"

namespace twosource::clean {
namespace {

namespace sd = simdjson::dom;

constexpr std::size_t kMaxElements = 20000;  // objects and arrays visited in one page
constexpr std::size_t kMaxScriptBytes = 4U << 20U;

std::string text_of(const sd::element& e) {
  std::string_view s;
  if (e.get(s) == simdjson::SUCCESS) return plain_text(s);
  sd::array list;
  if (e.get(list) == simdjson::SUCCESS) {
    for (const sd::element item : list) {
      if (item.get(s) == simdjson::SUCCESS) return plain_text(s);
    }
  }
  return {};
}

std::string field(const sd::object& o, std::string_view key) {
  sd::element e;
  return o.at_key(key).get(e) == simdjson::SUCCESS ? text_of(e) : std::string{};
}

bool type_has(const sd::object& o, std::string_view word) {
  sd::element e;
  if (o.at_key("@type").get(e) != simdjson::SUCCESS) return false;
  std::string_view s;
  if (e.get(s) == simdjson::SUCCESS) return s.find(word) != std::string_view::npos;
  sd::array list;
  if (e.get(list) != simdjson::SUCCESS) return false;
  for (const sd::element item : list) {
    if (item.get(s) == simdjson::SUCCESS && s.find(word) != std::string_view::npos) return true;
  }
  return false;
}

bool is_article(const sd::object& o) {
  return type_has(o, "Article") || type_has(o, "Posting") || type_has(o, "Report");
}

// Name of a person or organisation given as a string, an object or a list; several are appended.
void add_authors(const sd::element& e, std::vector<StructuredAuthor>& out, int depth = 0) {
  if (out.size() > 24 || depth > 3) return;
  std::string_view s;
  sd::array list;
  sd::object o;
  if (e.get(s) == simdjson::SUCCESS) {
    if (std::string name = plain_text(s); !name.empty()) out.push_back({std::move(name), false});
  } else if (e.get(list) == simdjson::SUCCESS) {
    for (const sd::element item : list) add_authors(item, out, depth + 1);
  } else if (e.get(o) == simdjson::SUCCESS) {
    sd::element name;
    if (o.at_key("name").get(name) != simdjson::SUCCESS) {
      const std::string full = utf8::squeeze(field(o, "givenName") + ' ' + field(o, "familyName"));
      if (!full.empty()) out.push_back({full, false});
      return;
    }
    const std::size_t before = out.size();
    add_authors(name, out, depth + 1);
    const bool organisation = type_has(o, "Organization");
    for (std::size_t i = before; i < out.size(); ++i) out[i].organisation = organisation;
  }
}

Structured read_article(const sd::object& o) {
  Structured a;
  a.found = true;
  a.type = field(o, "@type");
  a.headline = field(o, "headline");
  if (a.headline.empty()) a.headline = field(o, "name");
  a.body = field(o, "articleBody");
  a.published = field(o, "datePublished");
  a.modified = field(o, "dateModified");
  a.url = field(o, "url");
  for (const std::string_view key : {"genre", "articleSection"}) {
    if (std::string kind = field(o, key); !kind.empty()) a.kinds.push_back(std::move(kind));
  }
  sd::element e;
  if (a.url.empty() && o.at_key("mainEntityOfPage").get(e) == simdjson::SUCCESS) {
    a.url = text_of(e);
    sd::object page;
    if (e.get(page) == simdjson::SUCCESS) a.url = field(page, "@id");
  }
  if (o.at_key("author").get(e) == simdjson::SUCCESS) add_authors(e, a.authors);
  if (a.authors.empty() && o.at_key("creator").get(e) == simdjson::SUCCESS) {
    add_authors(e, a.authors);
  }
  std::vector<StructuredAuthor> publisher;
  if (o.at_key("publisher").get(e) == simdjson::SUCCESS) add_authors(e, publisher);
  if (!publisher.empty()) a.publisher = publisher.front().name;
  if (o.at_key("isAccessibleForFree").get(e) == simdjson::SUCCESS) {
    bool is_free = true;
    if (e.get(is_free) != simdjson::SUCCESS) {
      const std::string word = utf8::lower(text_of(e));
      is_free = word != "false" && word != "http://schema.org/false";
    }
    a.not_free = !is_free;
  }
  return a;
}

// Persons that the page describes beside the article: authors given as "@id" only.
struct Named {
  std::string id;
  std::string name;
};

void resolve_ids(const sd::object& article, const std::vector<Named>& named, Structured& a) {
  sd::element e;
  if (!a.authors.empty() || article.at_key("author").get(e) != simdjson::SUCCESS) return;
  std::vector<sd::object> refs;
  sd::object o;
  sd::array list;
  if (e.get(o) == simdjson::SUCCESS) refs.push_back(o);
  if (e.get(list) == simdjson::SUCCESS) {
    for (const sd::element item : list) {
      if (item.get(o) == simdjson::SUCCESS && refs.size() < 24) refs.push_back(o);
    }
  }
  for (const sd::object& ref : refs) {
    const std::string id = field(ref, "@id");
    for (const Named& n : named) {
      if (!id.empty() && n.id == id) {
        a.authors.push_back({n.name, false});
        break;
      }
    }
  }
}

class Reader {
 public:
  Reader(std::string_view url, std::string_view title) : url_(url), title_(comparable(title)) {}

  void read(std::string_view script) {
    if (script.size() > kMaxScriptBytes) return;
    std::string clean(script);
    // Raw line breaks inside strings are common and harmless; JSON forbids them.
    for (char& c : clean) {
      if (static_cast<unsigned char>(c) < ' ') c = ' ';
    }
    const std::size_t begin = clean.find_first_of("{[");
    const std::size_t end = clean.find_last_of("}]");
    if (begin == std::string::npos || end == std::string::npos || end <= begin) return;
    const simdjson::padded_string json(std::string_view(clean).substr(begin, end + 1 - begin));
    sd::parser parser;
    sd::element root;
    if (parser.parse(json).get(root) == simdjson::SUCCESS) {
      walk(root);
    } else {
      rescue(clean);
    }
  }

  Structured take() {
    best_.site_name = site_name_;
    best_.page_authors = std::move(page_authors_);
    best_.page_published = page_published_;
    return std::move(best_);
  }

 private:
  void walk(const sd::element& root) {
    std::vector<sd::element> open{root};
    std::vector<sd::object> articles;
    std::vector<sd::object> pages;
    std::vector<Named> named;
    std::size_t visited = 0;
    while (!open.empty() && ++visited < kMaxElements) {
      const sd::element e = open.back();
      open.pop_back();
      sd::array list;
      if (e.get(list) == simdjson::SUCCESS) {
        std::vector<sd::element> items(list.begin(), list.end());
        open.insert(open.end(), items.rbegin(), items.rend());
        continue;
      }
      sd::object o;
      if (e.get(o) != simdjson::SUCCESS) continue;
      if (is_article(o)) articles.push_back(o);
      if (page_published_.empty()) page_published_ = field(o, "datePublished");
      if (type_has(o, "WebPage")) pages.push_back(o);
      note_name(o, named);
      for (const std::string_view key : {"@graph", "mainEntity", "itemListElement", "item"}) {
        sd::element below;
        if (o.at_key(key).get(below) == simdjson::SUCCESS) open.push_back(below);
      }
    }
    for (const sd::object& o : articles) consider(o, named);
    for (const sd::object& o : pages) {
      Structured page;
      resolve_ids(o, named, page);
      if (page_authors_.empty()) page_authors_ = std::move(page.authors);
    }
  }

  void note_name(const sd::object& o, std::vector<Named>& named) {
    const bool person = type_has(o, "Person");
    const bool site = type_has(o, "WebSite") || type_has(o, "Organization");
    if (!person && !site) return;
    std::string name = field(o, "name");
    if (name.empty()) return;
    if (person) {
      named.push_back({field(o, "@id"), std::move(name)});
    } else if (site_name_.empty()) {
      site_name_ = std::move(name);
    }
  }

  void consider(const sd::object& o, const std::vector<Named>& named) {
    Structured a = read_article(o);
    resolve_ids(o, named, a);
    int score = a.headline.empty() ? 0 : 1;
    if (!a.published.empty()) score += 1;
    if (!url_.empty() && a.url == url_) score += 4;
    if (!title_.empty() && word_overlap(comparable(a.headline), title_) > 0.7) score += 4;
    if (score <= best_score_) return;
    best_score_ = score;
    best_ = std::move(a);
  }

  // The value of "key": "…" in text that is no JSON.
  static std::string loose_field(std::string_view text, std::string_view key) {
    const std::string quoted = '"' + std::string(key) + '"';
    std::size_t at = text.find(quoted);
    if (at == std::string_view::npos) return {};
    at = text.find_first_not_of(" :", at + quoted.size());
    if (at == std::string_view::npos || text[at] != '"') return {};
    const std::size_t end = text.find('"', at + 1);
    if (end == std::string_view::npos || end - at > 300) return {};
    return plain_text(text.substr(at + 1, end - at - 1));
  }

  void rescue(std::string_view text) {
    if (best_score_ > 0) return;
    best_.published = loose_field(text, "datePublished");
    best_.modified = loose_field(text, "dateModified");
    if (best_.headline.empty()) best_.headline = loose_field(text, "headline");
  }

  std::string_view url_;
  std::string title_;
  std::string site_name_;
  std::string page_published_;
  std::vector<StructuredAuthor> page_authors_;
  Structured best_;
  int best_score_ = 0;
};

struct Reference {
  std::string_view name;
  std::string_view text;
};
constexpr Reference kReferences[] = {
    {"amp", "&"},    {"lt", "<"},     {"gt", ">"},     {"quot", "\""},  {"apos", "'"},
    {"nbsp", " "},   {"auml", "ä"},   {"ouml", "ö"},   {"uuml", "ü"},   {"Auml", "Ä"},
    {"Ouml", "Ö"},   {"Uuml", "Ü"},   {"szlig", "ß"},  {"ndash", "–"},  {"mdash", "—"},
    {"bdquo", "„"},  {"ldquo", "“"},  {"rdquo", "”"},  {"lsquo", "‘"},  {"rsquo", "’"},
    {"sbquo", "‚"},  {"laquo", "«"},  {"raquo", "»"},  {"hellip", "…"}, {"eacute", "é"},
    {"egrave", "è"}, {"agrave", "à"}, {"ccedil", "ç"}, {"shy", ""},     {"euro", "€"}};

// Resolves the reference at `at` ("&…;") into `out` and gives the offset behind it; `at` + 1 with
// the ampersand copied when it is none.
std::size_t resolve_reference(std::string_view text, std::size_t at, std::string& out) {
  const std::size_t length = text.substr(at, 12).find(';');
  if (length != std::string_view::npos && length > 1) {
    const std::size_t end = at + length;
    const std::string_view name = text.substr(at + 1, length - 1);
    if (name[0] == '#') {
      const bool hex = name.size() > 1 && (name[1] | 32) == 'x';
      const char* first = name.data() + (hex ? 2 : 1);
      unsigned value = 0;
      const auto got = std::from_chars(first, name.data() + name.size(), value, hex ? 16 : 10);
      const bool valid = got.ec == std::errc{} && value >= 32 && value < 0x110000 &&
                         (value < 0xD800 || value > 0xDFFF);
      if (valid && got.ptr == name.data() + name.size()) {
        utf8::append(out, value);
        return end + 1;
      }
    }
    for (const Reference& r : kReferences) {
      if (r.name == name) {
        out += r.text;
        return end + 1;
      }
    }
  }
  out += '&';
  return at + 1;
}

std::string resolve_references(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '&') {
      i = resolve_reference(text, i, out);
    } else {
      out += text[i++];
    }
  }
  return out;
}

}  // namespace

std::string plain_text(std::string_view markup) {
  std::string text(markup);
  for (int round = 0; round < 2 && text.find('&') != std::string::npos; ++round) {
    text = resolve_references(text);
  }
  if (text.find('<') != std::string::npos) {
    std::string without;
    const std::size_t last = text.rfind('>');
    for (std::size_t i = 0; i < text.size();) {
      const bool tag =
          text[i] == '<' && i + 1 < text.size() &&
          (text[i + 1] == '/' || ((text[i + 1] | 32) >= 'a' && (text[i + 1] | 32) <= 'z'));
      const bool closed = tag && last != std::string::npos && i < last;
      const std::size_t end = closed ? text.find('>', i) : std::string::npos;
      if (end == std::string::npos) {
        without += text[i++];
      } else {
        without += ' ';
        i = end + 1;
      }
    }
    text = std::move(without);
  }
  return utf8::squeeze(text);
}

Structured read_structured(const dom::Document& doc, std::string_view canonical_url,
                           std::string_view title) {
  Reader reader(canonical_url, title);
  int scripts = 0;
  for (const dom::Node& node : doc.nodes()) {
    if (node.tag == dom::Tag::JsonLd && !node.text.empty() && ++scripts <= 32) {
      reader.read(node.text);
    }
  }
  return reader.take();
}

}  // namespace twosource::clean
