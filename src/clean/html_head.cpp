#include "clean/html_head.hpp"

#include <algorithm>
#include <array>

#include "text/utf8.hpp"

namespace twosource::clean {

std::string host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#:"));
  std::string host = utf8::lower(url);
  if (host.rfind("www.", 0) == 0) host.erase(0, 4);
  return host;
}

OutletTable::OutletTable(const PackSet& packs) {
  std::vector<const Pack*> all{&packs.common()};
  for (const std::string& code : packs.languages()) all.push_back(&packs.get(code));
  for (const Pack* pack : all) {
    const Table& table = pack->table("outlets.tsv");
    if (table.columns().empty()) continue;
    const std::size_t domain = table.column("domain");
    const std::size_t name = table.column("name");
    const std::size_t group = table.column("group");
    const std::size_t aliases = table.column("aliases");
    const std::size_t kind = table.column("kind");
    for (const Row& row : table.rows()) {
      outlets_.push_back({row.cells[name], row.cells[group], row.cells[kind] == "release"});
      const std::size_t index = outlets_.size() - 1;
      for (const std::string& d : split_list(row.cells[domain])) domains_.emplace(d, index);
      names_.emplace(comparable(row.cells[name]), index);
      for (const std::string& a : split_list(row.cells[aliases])) {
        names_.emplace(comparable(a), index);
      }
    }
  }
}

const Outlet* OutletTable::of_url(std::string_view url) const {
  const std::string host = host_of(url);
  std::string_view rest = host;
  while (!rest.empty()) {
    if (const auto it = domains_.find(rest); it != domains_.end()) return &outlets_[it->second];
    const std::size_t dot = rest.find('.');
    if (dot == std::string_view::npos) break;
    rest.remove_prefix(dot + 1);
  }
  return nullptr;
}

const Outlet* OutletTable::of_name(std::string_view name) const {
  const auto it = names_.find(comparable(name));
  return it == names_.end() ? nullptr : &outlets_[it->second];
}

namespace {

// What stands between a headline and a site's name.
constexpr std::array<std::string_view, 10> kSeparators = {" | ", " - ",  " – ",  " — ", " · ",
                                                          " » ", " :: ", " // ", " • ", " ­- "};
constexpr std::string_view kTightBar = "|";

std::string without_blanks(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
  return text;
}

struct Cut {
  std::size_t begin = std::string_view::npos;  // of the separator
  std::size_t end = 0;
};
Cut last_separator(std::string_view title) {
  Cut best;
  for (const std::string_view s : kSeparators) {
    const std::size_t at = title.rfind(s);
    if (at != std::string_view::npos && at > 0 &&
        (best.begin == std::string_view::npos || at > best.begin)) {
      best = {at, at + s.size()};
    }
  }
  if (best.begin == std::string_view::npos) {
    const std::size_t at = title.rfind(kTightBar);
    if (at != std::string_view::npos && at > 0) best = {at, at + 1};
  }
  return best;
}
Cut first_separator(std::string_view title) {
  Cut best;
  for (const std::string_view s : kSeparators) {
    const std::size_t at = title.find(s);
    if (at != std::string_view::npos && at < best.begin) best = {at, at + s.size()};
  }
  const std::size_t colon = title.find(": ");
  if (colon < best.begin) best = {colon, colon + 2};
  return best;
}

}  // namespace

SiteNames::SiteNames(const OutletTable& outlets, const PageMeta& meta, const Structured& data,
                     std::string_view url)
    : outlets_(outlets) {
  const auto add = [this](std::string_view name) {
    std::string c = comparable(name);
    if (!c.empty()) names_.push_back(std::move(c));
  };
  add(meta.site_name);
  add(data.publisher);
  add(data.site_name);
  for (const std::string_view u : {url, std::string_view(meta.canonical)}) {
    const std::string host = host_of(u);
    if (host.empty()) continue;
    if (const Outlet* outlet = outlets.of_url(u)) add(outlet->name);
    add(host);
    const std::size_t dot = host.rfind('.');
    const std::size_t before =
        dot == std::string::npos || dot == 0 ? dot : host.rfind('.', dot - 1);
    add(host.substr(
        before == std::string::npos ? 0 : before + 1,
        dot == std::string::npos ? dot : dot - (before == std::string::npos ? 0 : before + 1)));
  }
}

bool SiteNames::is_name(std::string_view name) const {
  const std::string tight = without_blanks(comparable(name));
  return !tight.empty() && std::any_of(names_.begin(), names_.end(), [&](const std::string& n) {
    return without_blanks(n) == tight;
  });
}

bool SiteNames::is_site(std::string_view name) const {
  const std::string c = comparable(name);
  if (c.empty()) return false;
  const std::string tight = without_blanks(c);
  for (const std::string& n : names_) {
    if (n == c || without_blanks(n) == tight) return true;
    // "The Daily Example Online", "example.com": one name inside the other, nearly as long.
    const std::string t = without_blanks(n);
    if (t.size() >= 4 && tight.size() >= 4 &&
        (tight.find(t) != std::string::npos || t.find(tight) != std::string::npos)) {
      const bool near = tight.size() <= 2 * t.size() + 6 && t.size() <= 2 * tight.size() + 6;
      if (near && c.size() < 40) return true;
    }
  }
  return outlets_.of_name(name) != nullptr;
}

std::string SiteNames::strip(std::string_view title) const {
  title = utf8::trim(title);
  for (int round = 0; round < 3; ++round) {
    const Cut cut = last_separator(title);
    if (cut.begin == std::string_view::npos || !is_site(title.substr(cut.end))) break;
    title = utf8::trim(title.substr(0, cut.begin));
  }
  // In front, a colon also follows a kicker: only the site's very name is cut there.
  const Cut first = first_separator(title);
  if (first.begin != std::string_view::npos &&
      (title[first.begin] == ':' ? is_name(title.substr(0, first.begin))
                                 : is_site(title.substr(0, first.begin))) &&
      title.size() - first.end >= 3) {
    title = utf8::trim(title.substr(first.end));
  }
  std::string out(title);
  constexpr std::string_view kSoftHyphen = "\u00ad";
  for (std::size_t at = out.find(kSoftHyphen); at != std::string::npos;) {
    out.erase(at, kSoftHyphen.size());
    at = out.find(kSoftHyphen, at);
  }
  return out;
}

std::vector<std::string> known_headlines(const PageMeta& meta, const Structured& data,
                                         const SiteNames& site) {
  std::vector<std::string> out;
  for (const std::string* t : {&data.headline, &meta.og_title, &meta.item_headline, &meta.title}) {
    std::string stripped = site.strip(*t);
    if (!stripped.empty() && !site.is_site(stripped)) out.push_back(std::move(stripped));
  }
  // "Site » Section » Headline": what stands behind the last separator.
  constexpr std::size_t kShortestPart = 16;  // bytes, set by hand
  if (!out.empty()) {
    const std::string_view title = out.back();
    const Cut cut = last_separator(title);
    if (cut.begin != std::string_view::npos && title.size() - cut.end >= kShortestPart) {
      out.emplace_back(utf8::trim(title.substr(cut.end)));
    }
  }
  return out;
}

namespace {

// The main heading's words, without a kicker or what is hidden inside it; only those of an element
// called the headline, when there is one inside.
std::string shown_headline(const dom::Document& doc, const Page& page) {
  if (page.headline < 0) return {};
  const Block& block = page.blocks[static_cast<std::size_t>(page.headline)];
  const std::string whole(slice(page.text, block.span));
  constexpr std::size_t kShortest = 12;  // bytes of a headline that is worth to be kept alone
  std::string kept;
  for (std::size_t i = block.node + 1; i < doc[block.node].end;) {
    const HtmlRole role = page.hints[i].role;
    const bool small = doc[i].tag == dom::Tag::Small || role == HtmlRole::Teaser;
    if (role == HtmlRole::Tag || role == HtmlRole::Hidden || role == HtmlRole::Date || small) {
      i = doc[i].end;
      continue;
    }
    if (role == HtmlRole::Headline && doc[i].end == doc[block.node].end) {
      std::string inside = doc.text_of(i);
      if (inside.size() >= kShortest) return inside;
    }
    if (doc[i].tag == dom::Tag::Text) kept += doc[i].text;
    if (doc[i].tag == dom::Tag::Br || doc[i].tag == dom::Tag::Span) kept += ' ';
    ++i;
  }
  kept = utf8::squeeze(kept);
  const bool part = kept.size() >= kShortest && kept.size() < whole.size();
  return part ? kept : whole;
}

}  // namespace

namespace {

// Is there a main heading of just these words? Structured data and page agree then on the longer
// form of a headline that another line shortens.
bool is_main_heading(const Page& page, const std::string& words) {
  return !words.empty() && std::any_of(page.blocks.begin(), page.blocks.end(), [&](const Block& b) {
    return b.tag == dom::Tag::H1 && b.words < 60 && comparable(slice(page.text, b.span)) == words;
  });
}

}  // namespace

std::string choose_headline(const dom::Document& doc, const Page& page, const PageMeta& meta,
                            const Structured& data, const SiteNames& site) {
  const std::string shown = shown_headline(doc, page);
  const std::vector<std::string> all = known_headlines(meta, data, site);
  const std::string known = all.empty() ? std::string{} : all.front();
  if (shown.empty() || (site.is_site(shown) && !known.empty())) return known;
  const Block& block = page.blocks[static_cast<std::size_t>(page.headline)];
  const std::string whole = comparable(slice(page.text, block.span));
  const std::string part = comparable(shown);
  // A kicker inside the heading that `b` leaves out.
  const auto ends = [](const std::string& a, const std::string& b) {
    return b.size() + 1 < a.size() && b.size() * 10 >= a.size() * 4 &&
           a.compare(a.size() - b.size(), b.size(), b) == 0;
  };
  std::string ending;
  if (std::string og = site.strip(meta.og_title); ends(whole, comparable(og))) return og;
  std::string structured = site.strip(data.headline);
  if (const std::string b = comparable(structured); ends(b, part) && is_main_heading(page, b)) {
    return structured;
  }
  for (const std::string* t : {&data.headline, &meta.og_title, &meta.title}) {
    std::string stripped = site.strip(*t);
    const std::string b = comparable(stripped);
    // The same words: the metadata have the punctuation between kicker and headline.
    if (!b.empty() && (b == whole || b == part)) return stripped;
    if (ends(part, b) && ending.empty()) ending = std::move(stripped);
  }
  return ending.empty() ? shown : ending;
}

}  // namespace twosource::clean
