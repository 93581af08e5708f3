#include "clean/genre.hpp"

#include <algorithm>

#include "clean/html_blocks.hpp"
#include "text/utf8.hpp"

namespace twosource::clean {
namespace {

constexpr std::size_t kLongestLabel = 40;  // bytes of a line that is only a name, set by hand

}  // namespace

GenreWords::GenreWords(const PackSet& packs) {
  for (const std::string& code : packs.languages()) {
    const Table& table = packs.get(code).table("clean_genre.tsv");
    for (const Row& row : table.rows()) {
      const std::string& genre = row.cells[table.column("genre")];
      const std::string& where = row.cells[table.column("where")];
      if (where != "line" && where != "section") {
        throw PackError(table.where(row) + ": unknown place " + where);
      }
      auto known = std::find(genres_.begin(), genres_.end(), genre);
      if (known == genres_.end()) known = genres_.insert(genres_.end(), genre);
      const auto id = static_cast<std::uint8_t>(known - genres_.begin());
      for (std::string& words : split_list(row.cells[table.column("words")])) {
        (where == "line" ? lines_ : sections_).insert({std::move(words), id});
      }
    }
  }
}

std::string_view GenreWords::named(const StringMap<std::uint8_t>& table,
                                   std::string_view words) const {
  const auto it = table.find(words);
  return it == table.end() ? std::string_view{} : genres_[it->second];
}

std::string_view GenreWords::of_line(std::string_view line) const {
  line = utf8::trim(line);
  return line.size() > kLongestLabel ? std::string_view{} : named(lines_, comparable(line));
}

std::string_view GenreWords::of_headline(std::string_view headline) const {
  if (const std::size_t colon = headline.find(':'); colon != std::string_view::npos) {
    const std::string_view label = headline.substr(0, colon);
    if (const std::string_view genre = of_line(label); !genre.empty()) return genre;
    if (const std::size_t hyphen = label.rfind('-'); hyphen != std::string_view::npos) {
      if (const std::string_view genre = of_line(label.substr(hyphen + 1)); !genre.empty()) {
        return genre;
      }
    }
  }
  constexpr std::string_view kMarks = "+++";
  for (std::size_t at = headline.find(kMarks); at != std::string_view::npos;) {
    const std::size_t next = headline.find(kMarks, at + kMarks.size());
    if (next == std::string_view::npos) break;
    const std::size_t begin = at + kMarks.size();
    const std::string_view genre = of_line(headline.substr(begin, next - begin));
    if (!genre.empty()) return genre;
    at = next;
  }
  return {};
}

std::string_view GenreWords::of_sections(const std::vector<std::string>& words) const {
  for (const std::string& word : words) {
    if (const std::string_view genre = named(sections_, comparable(word)); !genre.empty()) {
      return genre;
    }
  }
  return {};
}

}  // namespace twosource::clean
