#include "intake/feed.hpp"

#include <libxml/xmlreader.h>

#include <memory>

#include "intake/tag_scanner.hpp"
#include "text/utf8.hpp"

namespace twosource::intake {
namespace {

constexpr std::size_t kMaxEntries = 100000;
constexpr std::size_t kXmlHead = 64U << 10U;

struct FreeReader {
  void operator()(xmlTextReader* reader) const { xmlFreeTextReader(reader); }
};
using XmlReader = std::unique_ptr<xmlTextReader, FreeReader>;

XmlReader open_xml(const std::string& xml) {
  constexpr int kOptions = XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR |
                           XML_PARSE_NOWARNING | XML_PARSE_NOCDATA;
  return XmlReader(
      xmlReaderForMemory(xml.data(), static_cast<int>(xml.size()), nullptr, "UTF-8", kOptions));
}

std::string owned(xmlChar* text) {
  if (text == nullptr) return {};
  std::string out(reinterpret_cast<const char*>(text));
  xmlFree(text);
  return out;
}
std::string_view local_name(xmlTextReader* r) {
  const xmlChar* name = xmlTextReaderConstLocalName(r);
  return name == nullptr ? std::string_view() : reinterpret_cast<const char*>(name);
}
std::string attribute(xmlTextReader* r, const char* name) {
  return owned(xmlTextReaderGetAttribute(r, reinterpret_cast<const xmlChar*>(name)));
}

class FeedReader {
 public:
  explicit FeedReader(const std::string& xml) : reader_(open_xml(xml)) {}

  Feed read() {
    Feed feed;
    int state = reader_ == nullptr ? -1 : xmlTextReaderRead(reader_.get());
    while (state == 1) {
      const int type = xmlTextReaderNodeType(reader_.get());
      const std::string_view name = local_name(reader_.get());
      const bool entry = name == "item" || name == "entry";
      if (type == XML_READER_TYPE_ELEMENT && entry && !inside_) {
        if (feed.items.size() >= kMaxEntries) break;
        inside_ = xmlTextReaderIsEmptyElement(reader_.get()) == 0;
        depth_ = xmlTextReaderDepth(reader_.get());
        item_ = {};
      } else if (type == XML_READER_TYPE_END_ELEMENT && entry && inside_ &&
                 xmlTextReaderDepth(reader_.get()) == depth_) {
        inside_ = false;
        finish(feed);
      } else if (type == XML_READER_TYPE_ELEMENT) {
        inside_ ? of_item(name) : of_feed(name);
      }
      state = xmlTextReaderRead(reader_.get());
    }
    feed.broken = state < 0;
    if (inside_) finish(feed);
    return feed;
  }

 private:
  std::string text() { return owned(xmlTextReaderReadString(reader_.get())); }

  void of_feed(std::string_view name) {
    // Of the channel itself, not of its image or text field.
    const bool top = xmlTextReaderDepth(reader_.get()) <= 2;
    if (name == "title" && top && title_.empty()) title_ = utf8::squeeze(text());
    if (name == "language" && top) language_ = text();
    if (name == "feed") language_ = attribute(reader_.get(), "xml:lang");
  }

  void of_item(std::string_view name) {
    const int below = xmlTextReaderDepth(reader_.get()) - depth_;
    if (below == 2 && name == "name" && in_author_) return add_author(text());
    if (below != 1) return;
    in_author_ = name == "author" || name == "creator";
    if (name == "title" && item_.headline.empty()) item_.headline = plain(text());
    if (name == "link") link();
    if ((name == "guid" || name == "id") && item_.id.empty()) item_.id = text();
    if (name == "description" || name == "summary") item_.teaser = body();
    if (name == "encoded" || name == "content") item_.content = body();
    if (name == "pubDate" || name == "published" || name == "issued") item_.published = text();
    if ((name == "date" || name == "updated") && item_.published.empty()) item_.published = text();
    if (in_author_) {
      const std::string direct = text();  // RSS; Atom has a <name> below
      const bool nested = direct.find('\n') != std::string::npos;
      if (name == "creator" || !nested) pending_author_ = direct;
    }
  }

  void link() {
    const std::string href = attribute(reader_.get(), "href");
    const std::string rel = attribute(reader_.get(), "rel");
    if (!href.empty() && (rel.empty() || rel == "alternate")) item_.url = href;
    if (href.empty() && item_.url.empty()) item_.url = utf8::trim(text());
  }

  std::string body() {
    const std::string type = attribute(reader_.get(), "type");
    if (type == "xhtml") return owned(xmlTextReaderReadInnerXml(reader_.get()));
    std::string s = text();
    return type == "text" ? escaped(s) : s;
  }

  // A headline may hold escaped markup; only its words are wanted.
  static std::string plain(std::string_view s) {
    std::string out;
    bool tag = false;
    for (const char c : s) {
      if (c == '<') tag = true;
      if (!tag) out += c;
      if (c == '>') tag = false;
    }
    return utf8::squeeze(tag ? s : std::string_view(out));
  }

  // "mail@host (Name)" is how RSS has it.
  void add_author(std::string_view name) {
    const std::size_t open = name.find('(');
    const std::size_t close = name.rfind(')');
    if (name.find('@') != std::string_view::npos) {
      if (open == std::string_view::npos || close == std::string_view::npos || close < open) return;
      name = name.substr(open + 1, close - open - 1);
    }
    std::string clean = utf8::squeeze(name);
    if (!clean.empty() && clean.size() < 200) item_.authors.push_back(std::move(clean));
  }

  void finish(Feed& feed) {
    if (item_.authors.empty() && !pending_author_.empty()) add_author(pending_author_);
    pending_author_.clear();
    if (item_.url.empty() && item_.id.starts_with("http")) item_.url = item_.id;
    item_.publisher = title_;
    item_.language = language_;
    feed.items.push_back(std::move(item_));
    item_ = {};
  }

  XmlReader reader_;
  Item item_;
  std::string title_;
  std::string language_;
  std::string pending_author_;
  int depth_ = 0;
  bool inside_ = false;
  bool in_author_ = false;
};

}  // namespace

Xml xml_kind(std::string_view head) {
  head = head.substr(0, kXmlHead);
  const std::size_t start = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (start == std::string_view::npos || head[start] != '<') return Xml::None;
  TagScanner scanner(head);
  Tag first;
  if (!scanner.next(first)) return Xml::None;
  if (first.name == "opml") return Xml::Opml;
  const bool feed = first.name == "rss" || first.name == "feed" || first.name == "rdf:rdf";
  return feed ? Xml::Feed : Xml::None;
}

Result<Feed> read_feed(const std::string& xml) {
  Feed feed = FeedReader(xml).read();
  if (feed.items.empty()) {
    return tl::unexpected(Error{feed.broken ? "broken feed" : "feed without entries", {}});
  }
  return feed;
}

std::vector<std::string> read_opml(const std::string& xml) {
  std::vector<std::string> out;
  const XmlReader reader = open_xml(xml);
  while (reader != nullptr && xmlTextReaderRead(reader.get()) == 1 && out.size() < kMaxEntries) {
    if (xmlTextReaderNodeType(reader.get()) != XML_READER_TYPE_ELEMENT) continue;
    if (local_name(reader.get()) != "outline") continue;
    std::string address = attribute(reader.get(), "xmlUrl");
    if (!address.empty()) out.push_back(std::move(address));
  }
  return out;
}

}  // namespace twosource::intake
