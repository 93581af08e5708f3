#include <algorithm>

#include "clean/html_head.hpp"
#include "text/utf8.hpp"

namespace twosource::clean {
namespace {

constexpr std::size_t kMaxAuthors = 12;

bool is_address(std::string_view s) {
  return s.find("://") != std::string_view::npos || s.find('@') != std::string_view::npos ||
         s.find("www.") != std::string_view::npos || s.find(".com") != std::string_view::npos ||
         (!s.empty() && s.front() == '/');
}

std::string_view next_word(std::string_view text) { return text.substr(0, text.find(' ')); }

}  // namespace

AuthorReader::AuthorReader(const PackSet& packs, const CreditFinder& credits) : credits_(credits) {
  for (const std::string& code : packs.languages()) {
    const Table& names = packs.get(code).table("firstnames.tsv");
    if (!names.columns().empty()) {
      const std::size_t name = names.column("name");
      for (const Row& row : names.rows()) first_names_.insert(utf8::lower(row.cells[name]));
    }
    const Table& table = packs.get(code).table("clean_author.tsv");
    if (table.columns().empty()) continue;
    const std::size_t words = table.column("words");
    const std::size_t kind = table.column("kind");
    for (const Row& row : table.rows()) {
      for (std::string& w : split_list(row.cells[words])) {
        if (row.cells[kind] == "none") {
          if (w.back() == '*') {
            nobody_prefixes_.push_back(w.substr(0, w.size() - 1));
          } else {
            nobody_.insert(std::move(w));
          }
          continue;
        }
        if (row.cells[kind] == "organisation") {
          organisations_.insert(std::move(w));
        } else if (row.cells[kind] == "particle") {
          particles_.insert(std::move(w));
        } else {
          const Word word = row.cells[kind] == "by"      ? Word::By
                            : row.cells[kind] == "label" ? Word::Label
                            : row.cells[kind] == "and"   ? Word::And
                                                         : Word::Stop;
          words_.emplace(std::move(w), word);
        }
      }
    }
  }
}

// The field without the longest by-phrase at its front; `label` says whether that was a label with
// a colon ("Autor:").
std::string_view AuthorReader::cut_by(std::string_view field, bool* label) const {
  constexpr std::size_t kReach = 60;  // bytes
  const std::string lower = utf8::lower(field.substr(0, kReach));
  std::size_t cut = 0;
  std::size_t at = 0;
  bool is_label = false;
  for (int word = 0; word < 5 && at < lower.size(); ++word) {
    std::size_t end = lower.find_first_of(" :", at);
    // "Autor:in", "Autor:innen"
    if (end != std::string::npos && lower.compare(end, 3, ":in") == 0) {
      end = lower.find_first_of(" :", end + 1);
    }
    end = std::min(end, lower.size());
    const auto it = words_.find(std::string_view(lower).substr(0, end));
    if (it != words_.end() && (it->second == Word::By || it->second == Word::Label)) {
      cut = end;
      is_label = it->second == Word::Label;
    }
    at = end + 1;
  }
  if (cut == 0 || cut > field.size()) return field;
  if (label != nullptr) *label = is_label;
  field.remove_prefix(cut);
  while (!field.empty() && (field.front() == ':' || field.front() == ' ')) field.remove_prefix(1);
  return field;
}

bool AuthorReader::no_person(std::string_view lower) const {
  if (nobody_.find(lower) != nobody_.end()) return true;
  return std::any_of(nobody_prefixes_.begin(), nobody_prefixes_.end(),
                     [lower](const std::string& p) { return lower.substr(0, p.size()) == p; });
}

bool AuthorReader::looks_like_name(std::string_view name, bool trusted) const {
  if (name.size() < 3 || name.size() > 60 || is_address(name)) return false;
  if (name.find_first_of("0123456789") != std::string_view::npos) return false;
  std::size_t words = 0;
  std::size_t capitals = 0;
  for (std::size_t i = 0; i < name.size();) {
    const std::string_view word = next_word(name.substr(i));
    std::size_t at = 0;
    const bool upper = !word.empty() && utf8::is_upper(utf8::decode(word, at));
    if (upper) ++capitals;
    if (!upper && !trusted && particles_.find(word) == particles_.end()) return false;
    ++words;
    i += word.size() + 1;
  }
  if (words > 6) return false;
  return trusted ? capitals >= 1 || words == 1 : words >= 2 && capitals >= 2;
}

bool AuthorReader::is_organisation(std::string_view lower) const {
  for (std::size_t i = 0; i < lower.size();) {
    const std::string_view word = next_word(lower.substr(i));
    if (organisations_.find(word) != organisations_.end()) return true;
    i += word.size() + 1;
  }
  return false;
}

void AuthorReader::add_name(std::string_view name, const SiteNames& site, bool trusted,
                            Authors& out) const {
  name = cut_by(utf8::trim(name));
  // Words that end a name: "Anna Beispiel Redakteurin", "Ben Muster aus Kiel".
  std::size_t at = name.find(' ');
  while (at != std::string_view::npos) {
    const std::string word = utf8::lower(next_word(name.substr(at + 1)));
    const auto it = words_.find(word);
    if (it != words_.end() && it->second == Word::Stop) {
      name = name.substr(0, at);
      break;
    }
    at = name.find(' ', at + 1);
  }
  while (!name.empty() && std::string_view(" .:-*(").find(name.back()) != std::string_view::npos) {
    name.remove_suffix(1);
  }
  if (const auto it = words_.find(utf8::lower(next_word(name)));
      it != words_.end() && it->second == Word::And && name.find(' ') != std::string_view::npos) {
    name = utf8::trim(name.substr(name.find(' ')));
  }
  const bool code =
      name.size() <= 4 && utf8::lower(name) == name && credits_.canonical(name).empty();
  if (name.empty() || code) return;
  if (const std::string_view agency = credits_.canonical(name); !agency.empty()) {
    const std::string canonical(agency);
    if (std::find(out.agencies.begin(), out.agencies.end(), canonical) == out.agencies.end()) {
      out.agencies.push_back(canonical);
      if (trusted) out.names.emplace_back(name);
    }
    return;
  }
  // A site that is called by its author's name is still written by a person.
  const bool is_site = site.is_site(name) && (site.is_outlet(name) || !known_first_name(name));
  const std::string lower = utf8::lower(name);
  if (no_person(lower) || is_organisation(lower) || is_site) return;
  if (!looks_like_name(name, trusted)) return;
  const std::string key = comparable(name);
  for (const std::string& known : out.names) {
    if (comparable(known) == key) return;
  }
  if (out.names.size() < kMaxAuthors) out.names.emplace_back(name);
}

void AuthorReader::add(std::string_view field, const SiteNames& site, bool trusted,
                       Authors& out) const {
  field = utf8::trim(field);
  if (field.size() > 400 || is_address(field)) return;
  field = cut_by(field);
  std::string text(field);
  const std::string_view first =
      utf8::trim(std::string_view(text).substr(0, text.find_first_of(",/")));
  // "example.com, Town, Country", "Example GmbH, Town"
  const bool rest = first.size() < text.size();
  if (credits_.canonical(first).empty() &&
      ((rest && site.is_site(first)) || is_organisation(utf8::lower(first)))) {
    return;
  }
  for (const std::string_view dot : {"\u2022", "\u00b7"}) {
    for (std::size_t at = text.find(dot); at != std::string::npos; at = text.find(dot, at)) {
      text.replace(at, dot.size(), 1, '|');
    }
  }
  // Bars, commas, semicolons, slashes, brackets and "and" words separate names.
  std::string name;
  const auto flush = [&] {
    add_name(name, site, trusted, out);
    name.clear();
  };
  for (std::size_t i = 0; i < text.size();) {
    if (std::string_view(",;|/()\n").find(text[i]) != std::string_view::npos) {
      flush();
      ++i;
      continue;
    }
    if (text[i] == ' ') {
      const std::string_view word = next_word(std::string_view(text).substr(i + 1));
      const auto it = words_.find(utf8::lower(word));
      if (it != words_.end() && it->second == Word::And) {
        flush();
        i += 1 + word.size();
        continue;
      }
    }
    name += text[i++];
  }
  flush();
}

bool AuthorReader::known_first_name(std::string_view name) const {
  return first_names_.find(utf8::lower(next_word(utf8::trim(name)))) != first_names_.end();
}

// Bylines beside the headline: lines in elements called so, lines that begin with a by-word, and
// pieces of a line of date and author that begin with a known first name.
void AuthorReader::from_page(const dom::Document& doc, const Page& page, const SiteNames& site,
                             Authors& out) const {
  for (std::size_t i = 0; i < page.blocks.size() && out.names.empty(); ++i) {
    const Block& b = page.blocks[i];
    const auto at = static_cast<std::int64_t>(i);
    const bool near = page.headline < 0 || (at >= page.headline - 4 && at <= page.headline + 15);
    const bool picture = b.in_figure || b.role.role == HtmlRole::Credit ||
                         b.role.role == HtmlRole::Caption || b.role.role == HtmlRole::Related;
    if (b.words > 16 || picture || at == page.headline) continue;
    const std::string_view line = slice(page.text, b.span);
    bool label = false;
    const bool says_by = cut_by(line, &label).size() < line.size();
    const bool byline = b.role.role == HtmlRole::Byline;
    const bool sure = byline || line.find(':') != std::string_view::npos || b.words <= 5;
    const bool link = b.link_share > 0.5F && !byline;
    if (!near && (!label || !sure || link || b.role.role == HtmlRole::Comment)) continue;
    if (byline && b.link_share > 0.3F) {
      for (std::size_t n = b.node; n < doc[b.node].end; ++n) {
        if (doc[n].tag == dom::Tag::A) add(doc.text_of(n), site, false, out);
      }
    } else if (byline || says_by) {
      add(line, site, false, out);
    } else if (line.find('|') != std::string_view::npos ||
               line.find("\u2022") != std::string_view::npos ||
               line.find("\u00b7") != std::string_view::npos || b.role.role == HtmlRole::Date ||
               b.role.role == HtmlRole::Tag) {
      if (line.find("©") != std::string_view::npos) continue;  // whoever holds a picture's rights
      Authors pieces;
      add(line, site, false, pieces);
      if (!pieces.agencies.empty()) continue;  // "Agency / Name" credits a picture
      for (std::string& name : pieces.names) {
        if (known_first_name(name)) out.names.push_back(std::move(name));
      }
    }
  }
}

namespace {

// Account names instead of names: "anna.probe", "annaprobe".
bool only_accounts(const std::vector<std::string>& names) {
  return std::all_of(names.begin(), names.end(), [](const std::string& n) {
    return n.find(' ') == std::string::npos && utf8::lower(n) == n;
  });
}

// Does `more` hold everyone of `some`, and others?
bool holds_more(const std::vector<std::string>& more, const std::vector<std::string>& some) {
  return more.size() > some.size() &&
         std::all_of(some.begin(), some.end(), [&](const std::string& s) {
           return std::find(more.begin(), more.end(), s) != more.end();
         });
}

}  // namespace

Authors AuthorReader::from_head(const PageMeta& meta, const Structured& data,
                                const SiteNames& site) const {
  Authors out;
  for (const StructuredAuthor& a : data.authors) {
    if (!a.organisation || !credits_.canonical(a.name).empty()) add(a.name, site, true, out);
  }
  Authors of_meta;
  for (const std::string& a : meta.authors) {
    add(a, site, true, of_meta);
    if (!of_meta.names.empty()) break;
  }
  if (out.names.empty() || holds_more(of_meta.names, out.names)) return of_meta;
  return out;
}

// The house itself, when the page's structured data name no one else as the author.
Authors AuthorReader::house(const Structured& data, const SiteNames& site) const {
  constexpr std::size_t kLongest = 60;  // bytes
  Authors out;
  for (const StructuredAuthor& a : data.authors) {
    const std::string_view name = utf8::trim(a.name);
    if (name.size() > kLongest || !credits_.canonical(name).empty()) continue;
    if (out.names.empty() && site.is_site(name)) out.names.emplace_back(name);
  }
  return out;
}

Authors AuthorReader::choose(const dom::Document& doc, const Page& page, const PageMeta& meta,
                             const Structured& data, const SiteNames& site) const {
  Authors accounts;
  // Takes what a source gave unless it is nobody or only account names.
  const auto settled = [&accounts](Authors& found) {
    if (found.names.empty()) return false;
    if (!only_accounts(found.names)) return true;
    if (accounts.names.empty()) accounts = found;
    return false;
  };
  Authors out = from_head(meta, data, site);
  if (settled(out)) return out;
  out = {};
  for (const StructuredAuthor& a : data.page_authors) add(a.name, site, true, out);
  for (const LabelledData& card : meta.cards) {
    if (out.names.empty() && cut_by(card.label).empty()) add(card.data, site, true, out);
  }
  if (settled(out)) return out;
  out = {};
  for (const std::string& a : meta.item_authors) add(a, site, false, out);
  if (out.names.empty()) from_page(doc, page, site, out);
  if (out.names.empty()) {
    for (const std::string& a : meta.linked_authors) add(a, site, true, out);
  }
  if (settled(out)) return out;
  if (accounts.names.empty()) return house(data, site);
  return accounts;
}

}  // namespace twosource::clean
