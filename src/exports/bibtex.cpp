#include <fmt/format.h>

#include <array>
#include <ostream>
#include <unordered_set>

#include "exports/formats.hpp"

namespace twosource::exports {
namespace {

constexpr auto kMonths = std::to_array<std::string_view>(
    {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"});

// What a key may be made of for every program that reads BibTeX.
std::string key_of(std::string_view id) {
  std::string key;
  for (const char c : id) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain || c == '-' || c == '_' || c == '.') key += c;
  }
  return key.empty() ? "source" : key;
}

// Names stand between "and"s; one with a comma or an "and" in it is a body, kept in braces.
std::string authors_of(const Article& a) {
  std::string out;
  for (const std::string& author : a.authors) {
    const std::string name = bibtex_text(author);
    if (name.empty()) continue;
    if (!out.empty()) out += " and ";
    const bool body =
        name.find(',') != std::string::npos || name.find(" and ") != std::string::npos;
    out += body ? '{' + name + '}' : name;
  }
  return out;
}

void add_field(std::ostream& out, std::string_view name, std::string_view value) {
  if (!value.empty()) out << ",\n  " << name << " = {" << value << '}';
}

void add_date(std::ostream& out, const std::string& published) {
  const auto date = parse_edtf(published);
  if (!date || date->precision == DatePrecision::None) return;
  add_field(out, "date", published.substr(0, published.find('T')));  // biblatex
  add_field(out, "year", fmt::format("{:04}", date->year));
  if (date->month > 0) out << ",\n  month = " << kMonths.at(date->month - 1);
  if (date->day > 0) add_field(out, "day", std::to_string(date->day));
}

}  // namespace

void write_bibtex(const Corpus& corpus, std::ostream& out) {
  std::unordered_set<std::string> keys;
  for (std::uint32_t i = 0; i < corpus.dossier().articles.size(); ++i) {
    const Article& a = corpus.dossier().articles[i];
    const std::string base = key_of(a.id);
    std::string key = base;
    for (int n = 2; !keys.insert(key).second; ++n) key = fmt::format("{}.{}", base, n);
    out << (i == 0 ? "@" : "\n@") << (a.publisher.empty() ? "misc" : "article") << '{' << key;
    add_field(out, "author", authors_of(a));
    add_field(out, "title", '{' + bibtex_text(corpus.title(i)) + '}');
    add_field(out, "journal", bibtex_text(a.publisher));
    add_date(out, a.published.value);
    add_field(out, "url", corpus.url(i));
    add_field(out, "langid", a.language == "de" ? "ngerman" : a.language == "en" ? "english" : "");
    out << "\n}\n";
  }
}

}  // namespace twosource::exports
