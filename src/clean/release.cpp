#include "clean/release.hpp"

#include <algorithm>

#include "clean/html_blocks.hpp"
#include "text/utf8.hpp"

namespace twosource::clean {
namespace {

// All set by hand, not tuned.
constexpr std::size_t kLongestLine = 90;     // bytes of a line that names the kind of text
constexpr std::uint32_t kTop = 200;          // bytes in which a service's dateline stands
constexpr std::size_t kOwnerWords = 6;       // of the name of a body
constexpr std::size_t kSignLines = 3;        // from the end
constexpr std::size_t kFurnitureLines = 12;  // looked at below the text, and above it

bool has_digit(std::string_view word) {
  return word.find_first_of("0123456789") != std::string_view::npos;
}

}  // namespace

ReleaseFinder::ReleaseFinder(const PackSet& packs) {
  for (const std::string& code : packs.languages()) {
    const Table& table = packs.get(code).table("clean_release.tsv");
    for (const Row& row : table.rows()) {
      const std::string& kind = row.cells[table.column("class")];
      for (std::string& words : split_list(row.cells[table.column("words")])) {
        if (kind == "sign") {
          signs_.push_back(std::move(words));
          continue;
        }
        StringSet* const set = kind == "name"      ? &names_
                               : kind == "section" ? &sections_
                               : kind == "owner"   ? &owners_
                               : kind == "beside"  ? &beside_
                                                   : nullptr;
        if (set == nullptr) throw PackError(table.where(row) + ": unknown class " + kind);
        set->insert(std::move(words));
      }
    }
    const Table& agencies = packs.get(code).table("agencies.tsv");
    for (const Row& row : agencies.rows()) {
      if (row.cells[agencies.column("kind")] == "release") {
        services_.insert(row.cells[agencies.column("name")]);
      }
    }
  }
}

// Alone: the name, numbers and words that may stand beside it. Owned: also whose text it is, all in
// words with a capital. Headline: alone, or the name and a colon in front of anything.
bool ReleaseFinder::names_release(std::string_view line, Line kind) const {
  line = utf8::trim(line);
  if (line.empty() || (kind != Line::Headline && line.size() > kLongestLine)) return false;
  const std::string words = comparable(line.substr(0, kLongestLine));
  std::size_t at = 0;
  for (std::size_t n = 0, end = 0; n < 2 && end < words.size(); ++n) {
    end = std::min(words.find(' ', end == 0 ? 0 : end + 1), words.size());
    if (names_.contains(std::string_view(words).substr(0, end))) at = end;
  }
  if (at == 0) return false;
  if (kind == Line::Headline) {
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos && comparable(line.substr(0, colon)).size() == at) {
      return true;
    }
    if (line.size() > kLongestLine) return false;
  }
  std::size_t owned = 0;  // words since one that says whose text it is
  while (at < words.size()) {
    const std::size_t end = std::min(words.find(' ', at + 1), words.size());
    const std::string_view word = std::string_view(words).substr(at + 1, end - at - 1);
    at = end;
    if (kind == Line::Owned && (owned > 0 || owners_.contains(word))) {
      if (++owned > kOwnerWords + 1) return false;
      continue;
    }
    if (!has_digit(word) && !beside_.contains(word)) return false;
  }
  if (owned == 0) return true;
  // No sentence: it has no end mark, and what is no name in it is a word between names.
  if (std::string_view(".!?").find(line.back()) != std::string_view::npos) return false;
  for (std::size_t i = 0; i < line.size();) {
    const std::size_t end = std::min(line.find(' ', i), line.size());
    const std::string_view word = line.substr(i, end - i);
    const std::string plain = comparable(word);
    const bool between = owners_.contains(plain) || beside_.contains(plain) || has_digit(word);
    if (!between && !plain.empty() && !names_.contains(plain) && !utf8::starts_upper(word)) {
      return false;
    }
    i = end + 1;
  }
  return true;
}

bool ReleaseFinder::only_service(const Article& a) const {
  if (!a.authors.empty()) return false;
  bool on_top = false;
  for (const AgencyCredit& c : a.agencies) {
    if (c.kind != AgencyKind::Text) continue;
    if (!services_.contains(c.name)) return false;
    const std::uint32_t at =
        c.furniture < 0 ? c.span.begin : a.furniture[static_cast<std::size_t>(c.furniture)].before;
    on_top = on_top || at < a.headline.size() + kTop;
  }
  return on_top;
}

bool ReleaseFinder::signed_by_service(const Article& a) const {
  const auto signs = [this](std::string_view line) {
    const std::string words = comparable(line.substr(0, 4 * kLongestLine));
    return std::any_of(signs_.begin(), signs_.end(),
                       [&](const std::string& s) { return words.find(s) != words.npos; });
  };
  for (std::size_t i = 0; i < std::min(kSignLines, a.paragraphs.size()); ++i) {
    if (signs(a.at(a.paragraphs[a.paragraphs.size() - 1 - i].span))) return true;
  }
  const std::uint32_t end = a.paragraphs.empty() ? 0 : a.paragraphs.back().span.begin;
  std::size_t looked_at = 0;
  for (const Furniture& f : a.furniture) {
    const bool may = f.kind == FurnitureKind::Disclaimer || f.kind == FurnitureKind::Credit ||
                     f.kind == FurnitureKind::Byline || f.kind == FurnitureKind::Other;
    if (f.before < end || !may) continue;
    if (signs(f.text)) return true;
    if (++looked_at == kFurnitureLines) break;
  }
  return false;
}

bool ReleaseFinder::says_so(const Article& a, bool plain) const {
  if (names_release(a.headline, Line::Headline)) return true;
  std::uint32_t body = 0;  // where the first paragraph of the text begins
  for (const Paragraph& p : a.paragraphs) {
    if (p.kind == ParagraphKind::Headline) continue;
    body = p.span.begin;
    if (names_release(a.at(p.span), Line::Owned)) return true;
    break;
  }
  std::size_t looked_at = 0;
  for (const Furniture& f : a.furniture) {
    if (f.before > body || looked_at == kFurnitureLines) break;
    const bool said = plain || f.kind == FurnitureKind::Prefix ||
                      f.kind == FurnitureKind::Dateline || f.kind == FurnitureKind::Byline ||
                      f.kind == FurnitureKind::Credit || f.kind == FurnitureKind::Tag ||
                      (f.kind == FurnitureKind::Other && f.before > 0);
    if (!said) continue;
    if (names_release(f.text, plain ? Line::Owned : Line::Alone)) return true;
    ++looked_at;
  }
  return only_service(a) || signed_by_service(a);
}

bool ReleaseFinder::is_section(const std::vector<std::string>& words) const {
  return std::any_of(words.begin(), words.end(), [this](const std::string& word) {
    const std::string plain = comparable(word);
    return names_.contains(plain) || sections_.contains(plain);
  });
}

}  // namespace twosource::clean
