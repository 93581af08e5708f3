#include "reuse/credits.hpp"

#include <algorithm>

#include "article/shown.hpp"
#include "text/utf8.hpp"

namespace twosource::reuse {
namespace {

// Letters and digits only, folded: "n-tv.de" and "n-tv NACHRICHTEN" become comparable.
std::string core(std::string_view name) {
  std::string out;
  for (const char c : utf8::fold(name)) {
    const auto u = static_cast<unsigned char>(c);
    if (u >= 0x80 || std::isalnum(u) != 0) out.push_back(c);
  }
  return out;
}

// A name without a domain ending and "www.".
std::string core_of_site(std::string_view name) {
  constexpr std::string_view kWww = "www.";
  if (name.starts_with(kWww)) name.remove_prefix(kWww.size());
  const std::size_t dot = name.rfind('.');
  if (dot != std::string_view::npos && dot > 0 && name.find(' ') == std::string_view::npos) {
    name = name.substr(0, dot);
  }
  return core(name);
}

// What the outlet is called: by its name and by its host.
std::vector<std::string> brands(const Article& article) {
  constexpr std::size_t kShortest = 3;
  std::vector<std::string> out;
  for (const std::string_view name : {std::string_view(article.publisher), host_of(article.url)}) {
    std::string c = core_of_site(name);
    if (c.size() >= kShortest) out.push_back(std::move(c));
  }
  return out;
}

bool is_brand(const std::string& author, const std::vector<std::string>& brands) {
  return std::any_of(brands.begin(), brands.end(), [&](const std::string& brand) {
    return author.find(brand) != std::string::npos;
  });
}

std::vector<std::string_view> split_names(std::string_view text) {
  constexpr std::string_view kBetween = "/,;&|()[]";
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(kBetween), text.size());
    const std::string_view part = utf8::trim(text.substr(0, end));
    if (!part.empty()) parts.push_back(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

bool has_letter(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (utf8::is_letter(utf8::decode(text, at))) return true;
  }
  return false;
}

}  // namespace

Credits::Credits(const PackSet& packs) {
  read(packs.common());
  for (const std::string& code : packs.languages()) read(packs.get(code));
}

void Credits::read(const Pack& pack) {
  const Table& table = pack.table("agencies.tsv");
  if (table.columns().empty()) return;
  const std::size_t name = table.column("name");
  const std::size_t aliases = table.column("aliases");
  for (const Row& row : table.rows()) {
    agencies_.emplace(utf8::lower(row.cells[name]), row.cells[name]);
    for (const std::string& alias : split_list(row.cells[aliases])) {
      agencies_.emplace(utf8::lower(alias), row.cells[name]);
    }
  }
}

std::string Credits::agency(std::string_view name) const {
  const auto it = agencies_.find(utf8::lower(utf8::trim(name)));
  return it == agencies_.end() ? std::string() : it->second;
}

Authorship Credits::authorship(const Article& article) const {
  Authorship out;
  for (const AgencyCredit& credit : article.agencies) {
    if (credit.kind == AgencyKind::Text) out.agencies.push_back(credit.name);
  }
  const std::vector<std::string> outlet = brands(article);
  const auto look_at = [&](std::string_view text) {
    for (const std::string_view part : split_names(text)) {
      if (std::string known = agency(part); !known.empty()) {
        out.agencies.push_back(std::move(known));
      } else if (has_letter(part) && !is_brand(core(part), outlet)) {
        out.own_author = true;
      }
    }
  };
  for (const std::string& author : article.authors) look_at(author);
  for (const Furniture& f : article.furniture) {
    if (f.kind == FurnitureKind::AuthorCode) look_at(f.text);
  }
  std::sort(out.agencies.begin(), out.agencies.end());
  out.agencies.erase(std::unique(out.agencies.begin(), out.agencies.end()), out.agencies.end());
  return out;
}

std::string house_key(const Article& article) {
  if (!article.publisher_group.empty()) return "house:" + utf8::lower(article.publisher_group);
  if (!article.publisher.empty()) return "house:" + utf8::lower(article.publisher);
  if (const std::string_view host = host_of(article.url); !host.empty()) {
    return "house:" + utf8::lower(host);
  }
  return "article:" + article.id;
}

std::string house_name(const Article& article) {
  if (!article.publisher.empty()) return article.publisher;
  if (const std::string_view host = host_of(article.url); !host.empty()) return std::string(host);
  return article.id;
}

}  // namespace twosource::reuse
