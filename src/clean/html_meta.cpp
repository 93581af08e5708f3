#include "clean/html_meta.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace twosource::clean {
namespace {

using dom::Attr;
using dom::Document;
using dom::Node;
using dom::Tag;

enum class MetaField {
  OgTitle,
  Description,
  SiteName,
  Canonical,
  Type,
  Published,
  AnyDate,
  Modified,
  Author,
  Image
};
struct MetaName {
  std::string_view name;  // lower case
  MetaField field;
  int rank;  // smaller is trusted more
};
// Names of meta elements (Open Graph, Dublin Core, Parsely, Sailthru, schema.org and what content
// systems of publishers write).
constexpr MetaName kNames[] = {
    {"og:title", MetaField::OgTitle, 0},
    {"twitter:title", MetaField::OgTitle, 1},
    {"parsely-title", MetaField::OgTitle, 2},
    {"sailthru.title", MetaField::OgTitle, 2},
    {"dc.title", MetaField::OgTitle, 3},
    {"dcterms.title", MetaField::OgTitle, 3},
    {"og:description", MetaField::Description, 1},
    {"description", MetaField::Description, 0},
    {"twitter:description", MetaField::Description, 2},
    {"og:site_name", MetaField::SiteName, 0},
    {"application-name", MetaField::SiteName, 1},
    {"dc.publisher", MetaField::SiteName, 2},
    {"publisher", MetaField::SiteName, 2},
    {"og:url", MetaField::Canonical, 1},
    {"og:image", MetaField::Image, 0},
    {"twitter:image", MetaField::Image, 1},
    {"og:type", MetaField::Type, 0},
    {"article:published_time", MetaField::Published, 0},
    {"og:article:published_time", MetaField::Published, 0},
    {"og:published_time", MetaField::Published, 1},
    {"datepublished", MetaField::Published, 1},
    {"article:published", MetaField::Published, 1},
    {"parsely-pub-date", MetaField::Published, 1},
    {"sailthru.date", MetaField::Published, 1},
    {"publishdate", MetaField::Published, 1},
    {"publish_date", MetaField::Published, 1},
    {"publish-date", MetaField::Published, 1},
    {"publication_date", MetaField::Published, 1},
    {"pubdate", MetaField::Published, 1},
    {"published_time", MetaField::Published, 1},
    {"published", MetaField::Published, 1},
    {"article_date_original", MetaField::Published, 1},
    {"cxenseparse:recs:publishtime", MetaField::Published, 1},
    {"cxenseparse:publishtime", MetaField::Published, 1},
    {"article.published", MetaField::Published, 1},
    {"dcterms.issued", MetaField::Published, 2},
    {"dc.date.issued", MetaField::Published, 2},
    {"dcterms.created", MetaField::Published, 2},
    {"dcterms.date", MetaField::AnyDate, 0},
    {"dc.date.created", MetaField::Published, 2},
    {"date.created", MetaField::Published, 2},
    {"article.created", MetaField::Published, 2},
    {"dc.date", MetaField::AnyDate, 0},
    {"dc:date", MetaField::AnyDate, 0},
    {"bepress_citation_date", MetaField::Published, 2},
    {"shareaholic:article_published_time", MetaField::Published, 2},
    {"article:publication_date", MetaField::Published, 1},
    {"og:pubdate", MetaField::Published, 1},
    {"og:publish_date", MetaField::Published, 1},
    {"rnews:datepublished", MetaField::Published, 1},
    {"displaydate", MetaField::Published, 2},
    {"originalpublicationdate", MetaField::Published, 0},
    {"timestamp", MetaField::AnyDate, 1},
    {"citation_publication_date", MetaField::Published, 2},
    {"citation_date", MetaField::Published, 2},
    {"datecreated", MetaField::Published, 2},
    {"creation_date", MetaField::AnyDate, 2},
    {"date", MetaField::AnyDate, 0},
    {"vr:published_time", MetaField::Published, 2},
    {"last-modified", MetaField::Modified, 2},
    {"article:modified_time", MetaField::Modified, 0},
    {"og:updated_time", MetaField::Modified, 1},
    {"og:modified_time", MetaField::Modified, 1},
    {"datemodified", MetaField::Modified, 1},
    {"dcterms.modified", MetaField::Modified, 1},
    {"dc.date.modified", MetaField::Modified, 1},
    {"revised", MetaField::Modified, 2},
    {"lastmod", MetaField::Modified, 2},
    {"last_updated", MetaField::Modified, 2},
    {"article:author", MetaField::Author, 1},
    {"article:author_name", MetaField::Author, 0},
    {"og:article:author", MetaField::Author, 1},
    {"author", MetaField::Author, 0},
    {"authors", MetaField::Author, 0},
    {"parsely-author", MetaField::Author, 0},
    {"sailthru.author", MetaField::Author, 0},
    {"dc.creator", MetaField::Author, 1},
    {"dcterms.creator", MetaField::Author, 1},
    {"dc.contributor", MetaField::Author, 2},
    {"byl", MetaField::Author, 1},
    {"byline", MetaField::Author, 1},
    {"citation_author", MetaField::Author, 1},
    {"cxenseparse:author", MetaField::Author, 1},
    {"cxenseparse:recs:authors", MetaField::Author, 1},
};

struct Ranked {
  int rank;
  std::string value;
};

// Values by trust, in document order within the same trust.
std::vector<std::string> in_order(std::vector<Ranked> values) {
  std::stable_sort(values.begin(), values.end(),
                   [](const Ranked& a, const Ranked& b) { return a.rank < b.rank; });
  std::vector<std::string> out;
  for (Ranked& v : values) out.push_back(std::move(v.value));
  return out;
}

class MetaReader {
 public:
  explicit MetaReader(const Document& doc) : doc_(doc) {}

  PageMeta read() {
    for (std::size_t i = 0; i < doc_.size(); ++i) {
      const Node& node = doc_[i];
      if (node.tag == Tag::Meta) {
        meta(node);
      } else if (node.tag == Tag::Link) {
        if (doc_.attr(node, Attr::Rel) == "canonical" && out_.canonical.empty()) {
          out_.canonical = std::string(utf8::trim(doc_.attr(node, Attr::Href)));
        }
      } else if (node.tag == Tag::Title) {
        if (out_.title.empty()) out_.title = doc_.text_of(i);
      } else if (node.tag == Tag::Html) {
        out_.language = utf8::lower(doc_.attr(node, Attr::Lang).substr(0, 2));
      }
      if (node.attributes > 0) item(i);
    }
    return finish();
  }

 private:
  void meta(const Node& node) {
    std::string_view name = doc_.attr(node, Attr::Property);
    if (name.empty()) name = doc_.attr(node, Attr::Name);
    const std::string value = plain_text(doc_.attr(node, Attr::Content));
    if (name.empty() || value.empty() || name.size() > 40) return;
    const std::string lower = utf8::lower(name);
    if (lower.rfind("twitter:label", 0) == 0) {
      out_.cards.push_back({value, {}});
    } else if (lower.rfind("twitter:data", 0) == 0 && !out_.cards.empty()) {
      out_.cards.back().data = value;
    }
    for (const MetaName& known : kNames) {
      if (known.name != lower) continue;
      fields_[static_cast<std::size_t>(known.field)].push_back({known.rank, value});
      return;
    }
  }

  // Microdata and links to authors.
  void item(std::size_t i) {
    const Node& node = doc_[i];
    std::string_view prop = doc_.attr(node, Attr::Itemprop);
    if (prop.empty() && node.tag != Tag::Meta) prop = doc_.attr(node, Attr::Property);
    if (const std::size_t colon = prop.rfind(':'); colon != std::string_view::npos) {
      prop.remove_prefix(colon + 1);  // RDFa: "schema:dateCreated"
    }
    const std::string_view rel = doc_.attr(node, Attr::Rel);
    const bool linked = node.tag == Tag::A && (has_word(rel, "author") || is_card(node));
    if (linked && next_to(i, last_link_)) add(out_.linked_authors, doc_.text_of(i));
    if (prop.empty()) return;
    if (prop == "author" || prop == "creator") {
      if (next_to(i, last_author_)) add(out_.item_authors, author_name(i));
    } else if (prop == "datePublished" || prop == "dateCreated") {
      add(out_.item_published, value_of(i));
    } else if (prop == "dateModified") {
      add(out_.item_modified, value_of(i));
    } else if (prop == "headline" && out_.item_headline.empty()) {
      out_.item_headline = value_of(i);
    }
  }

  static bool has_word(std::string_view words, std::string_view word) {
    const std::size_t at = words.find(word);
    return at != std::string_view::npos && (at == 0 || words[at - 1] == ' ') &&
           (at + word.size() == words.size() || words[at + word.size()] == ' ');
  }
  // The name in an hCard of the author (hAtom), as blogs write it.
  [[nodiscard]] bool is_card(const Node& link) const {
    return has_word(doc_.attr(link, Attr::Class), "fn") ||
           doc_.attr(link, Attr::Href).find("/author/") != std::string_view::npos;
  }
  // Is the element in the same group as the `last` one, or the first? Those farther down name the
  // authors of other articles and of comments.
  bool next_to(std::size_t i, std::size_t& last) {
    constexpr std::size_t kGroup = 24;  // nodes between two authors of one byline
    const bool near = last == 0 || i - last < kGroup;
    if (near) last = i;
    return near;
  }

  // The name inside an author element: its itemprop=name, else its text.
  [[nodiscard]] std::string author_name(std::size_t i) const {
    for (std::size_t k = i + 1; k < doc_[i].end && k < i + 40; ++k) {
      if (doc_.attr(doc_[k], Attr::Itemprop) == "name") return value_of(k);
    }
    return value_of(i);
  }

  [[nodiscard]] std::string value_of(std::size_t i) const {
    const Node& node = doc_[i];
    for (const Attr key : {Attr::Datetime, Attr::Content}) {
      const std::string_view value = doc_.attr(node, key);
      if (!value.empty()) return plain_text(value);
    }
    return doc_[i].end - i > 64 ? std::string{} : doc_.text_of(i);
  }

  static void add(std::vector<std::string>& list, std::string value) {
    if (!value.empty() && value.size() < 400 && list.size() < 16) list.push_back(std::move(value));
  }

  std::vector<Ranked>& field(MetaField f) { return fields_[static_cast<std::size_t>(f)]; }
  std::string first(MetaField f) {
    const std::vector<std::string> values = in_order(field(f));
    return values.empty() ? std::string{} : values.front();
  }

  PageMeta finish() {
    out_.og_title = first(MetaField::OgTitle);
    out_.description = first(MetaField::Description);
    out_.site_name = first(MetaField::SiteName);
    out_.type = first(MetaField::Type);
    out_.image = first(MetaField::Image);
    if (out_.canonical.empty()) out_.canonical = first(MetaField::Canonical);
    out_.published = in_order(field(MetaField::Published));
    out_.dates = in_order(field(MetaField::AnyDate));
    out_.modified = in_order(field(MetaField::Modified));
    out_.authors = in_order(field(MetaField::Author));
    return std::move(out_);
  }

  const Document& doc_;
  PageMeta out_;
  std::vector<Ranked> fields_[10];
  std::size_t last_author_ = 0;
  std::size_t last_link_ = 0;
};

}  // namespace

PageMeta read_meta(const Document& doc) { return MetaReader(doc).read(); }

}  // namespace twosource::clean
