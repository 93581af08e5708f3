#include "intake/tag_scanner.hpp"

#include <algorithm>
#include <array>

namespace twosource::intake {
namespace {

constexpr auto kRawText = std::to_array<std::string_view>(
    {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"});
constexpr std::size_t kLongestName = 32;

// What the bytes of a tag mean to its end; most mean nothing.
enum Mark : unsigned char { kPlain = 0, kSpace = 1, kClose = 2, kSlash = 4, kEquals = 8 };
constexpr auto kMarks = [] {
  std::array<unsigned char, 256> out{};
  for (const char c : {' ', '\t', '\n', '\r', '\f'}) out[static_cast<unsigned char>(c)] = kSpace;
  out['>'] = kClose;
  out['/'] = kSlash;
  out['='] = kEquals;
  return out;
}();
unsigned mark(char c) { return kMarks[static_cast<unsigned char>(c)]; }

bool is_raw_text(std::string_view name) {
  if (std::string_view("stxin").find(name.front()) == std::string_view::npos) return false;
  return std::find(kRawText.begin(), kRawText.end(), name) != kRawText.end();
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
bool letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }
bool space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

}  // namespace

bool TagScanner::next(Tag& tag) {
  for (;;) {
    const std::size_t open = html_.find('<', at_);
    if (open == std::string_view::npos || open + 1 >= html_.size()) return false;
    const char c = html_[open + 1];
    if (html_.substr(open, 4) == "<!--") {
      const std::size_t end = html_.find("-->", open + 2);  // "<!-->" is a whole comment
      if (end == std::string_view::npos) return false;
      at_ = end + 3;
    } else if (c == '!' || c == '?') {
      const std::size_t end = html_.find('>', open);
      if (end == std::string_view::npos) return false;
      at_ = end + 1;
    } else if (letter(c) || (c == '/' && open + 2 < html_.size() && letter(html_[open + 2]))) {
      at_ = read_tag(open, tag);
      if (at_ == std::string_view::npos) return false;
      tag.raw_text = !tag.closing && is_raw_text(tag.name);
      if (tag.raw_text) at_ = behind_raw_text(at_, tag.name);
      return true;
    } else {
      at_ = open + 1;
    }
  }
}

// Returns the place behind the tag that begins at `at`, npos when it does not end.
std::size_t TagScanner::read_tag(std::size_t at, Tag& tag) const {
  const std::size_t begin = at;
  tag.closing = html_[at + 1] == '/';
  at += tag.closing ? 2 : 1;
  std::array<char, kLongestName> name{};
  std::size_t length = 0;
  for (; at < html_.size() && (mark(html_[at]) & (kSpace | kSlash | kClose)) == 0; ++at) {
    if (length < kLongestName) name[length++] = lower(html_[at]);
  }
  tag.name.assign(name.data(), length);
  tag.attributes = 0;
  while (at < html_.size() && html_[at] != '>') {
    if ((mark(html_[at]) & (kSpace | kSlash)) != 0) {
      ++at;
      continue;
    }
    ++tag.attributes;
    bool value = false;
    for (; at < html_.size(); ++at) {
      const unsigned found = mark(html_[at]);
      if (found == kPlain) continue;
      if ((found & (kSpace | kClose)) != 0 || (!value && found == kSlash)) break;
      if (found != kEquals) continue;
      value = true;
      std::size_t start = at + 1;
      while (start < html_.size() && space(html_[start])) ++start;
      if (start == html_.size()) return std::string_view::npos;
      at = start - 1;
      if (html_[start] != '"' && html_[start] != '\'') continue;
      at = html_.find(html_[start], start + 1);
      if (at == std::string_view::npos) return at;
    }
  }
  if (at >= html_.size()) return std::string_view::npos;
  tag.whole = html_.substr(begin, at + 1 - begin);
  return at + 1;
}

// The place of the end tag of a raw text element; the end of the page when it has none.
std::size_t TagScanner::behind_raw_text(std::size_t at, std::string_view name) const {
  for (std::size_t end = at; (end = html_.find("</", end)) != std::string_view::npos; end += 2) {
    const std::string_view found = html_.substr(end + 2, name.size());
    if (found.size() == name.size() && std::equal(found.begin(), found.end(), name.begin(),
                                                  [](char a, char b) { return lower(a) == b; })) {
      return end;
    }
  }
  return html_.size();
}

}  // namespace twosource::intake
