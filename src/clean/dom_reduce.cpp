#include "clean/dom_reduce.hpp"

#include <algorithm>
#include <array>

namespace twosource::clean::dom {
namespace {

// Elements whose start tag alone opens nothing, or is closed by a following sibling of its kind.
constexpr std::string_view kShallow[] = {
    "area", "base",   "br",     "col",   "embed", "hr",    "img", "input", "link",
    "meta", "param",  "source", "track", "wbr",   "p",     "li",  "td",    "tr",
    "th",   "option", "dt",     "dd",    "tbody", "thead", "path"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// What stands at `at` and is no markup: [inside, end) goes, reading continues at `behind`. `behind`
// is 0 when there is nothing of the kind.
struct Raw {
  std::size_t inside = 0;
  std::size_t end = 0;
  std::size_t behind = 0;
};

Raw comment_at(std::string_view html, std::size_t at) {
  const std::string_view inside = html.substr(at + 4);
  if (inside.starts_with('>') || inside.starts_with("->")) {
    const std::size_t end = html.find('>', at) + 1;
    return {at, end, end};
  }
  const std::size_t end = html.find("-->", at + 4);
  const std::size_t behind = end == std::string_view::npos ? html.size() : end + 3;
  return {at, behind, behind};
}

bool tag_starts(std::string_view html, std::size_t at, std::string_view tag) {
  if (at >= html.size()) return false;
  const std::string_view name = html.substr(at, tag.size());
  return std::equal(name.begin(), name.end(), tag.begin(), tag.end(),
                    [](char a, char b) { return lower(a) == b; });
}

// Where the end tag of a raw text element stands whose text begins at `at`; npos when it has none.
// In scripts an end tag inside "<!-- <script" is text (HTML 13.2.5.18, the double escaped state).
std::size_t end_tag(std::string_view html, std::size_t at, std::string_view tag) {
  bool escaped = false;
  bool doubly = false;
  for (;; ++at) {
    at = escaped ? html.find_first_of("<-", at) : html.find('<', at);
    if (at == std::string_view::npos) return at;
    if (html[at] == '-') {
      if (html.substr(at, 3) == "-->") escaped = doubly = false;
    } else if (tag_starts(html, at + 2, tag) && at + 1 < html.size() && html[at + 1] == '/') {
      if (!doubly) return at;
      doubly = false;
    } else if (tag == "script" && html.substr(at, 4) == "<!--") {
      escaped = true;
      at += 1;
    } else if (escaped && tag_starts(html, at + 1, tag)) {
      doubly = true;
    }
  }
}

// Scripts and style sheets; those that hold JSON-LD are kept.
Raw raw_element_at(std::string_view html, std::size_t at, std::string_view tag) {
  const std::size_t open = html.find('>', at);
  if (open == std::string_view::npos) return {at, at, html.size()};
  const std::size_t end = end_tag(html, open + 1, tag);
  Raw raw{open + 1, html.size(), html.size()};
  if (end != std::string_view::npos) {
    raw.end = end;
    raw.behind = end + 2 + tag.size();
  }
  const bool kept = html.substr(at, open - at).find("ld+json") != std::string_view::npos;
  if (kept) raw.end = raw.inside;
  return raw;
}

// A drawing that holds no other one and is closed.
Raw drawing_at(std::string_view html, std::size_t at) {
  const std::size_t open = html.find('>', at);
  if (open == std::string_view::npos || html[open - 1] == '/') return {};
  const std::size_t end = html.find("svg", open);
  if (end == std::string_view::npos || end < 2 || html.substr(end - 2, 2) != "</") return {};
  return {open + 1, end - 2, end - 2};
}

Raw raw_at(std::string_view html, std::size_t at, std::string_view tag) {
  if (html.substr(at, 4) == "<!--") return comment_at(html, at);
  if (tag == "script" || tag == "style") return raw_element_at(html, at, tag);
  if (tag == "svg") return drawing_at(html, at);
  return {};
}

class Reducer {
 public:
  Reducer(std::string_view html, const Bounds& bounds, std::vector<Stretch>& kept)
      : html_(html.substr(0, std::min(html.size(), bounds.bytes))), bounds_(bounds), list_(kept) {}

  // `whole` is false when the page breaks a bound and ends there.
  std::string run(bool& whole) {
    out_.reserve(html_.size() / 2);
    const std::size_t size = scan();
    whole = size == html_.size();
    begin_stretch();
    out_.append(html_.substr(kept_, size - std::min(kept_, size)));
    return std::move(out_);
  }

 private:
  // Offset where the page breaks a bound, its size when it keeps them.
  std::size_t scan() {
    std::size_t depth = 0;
    std::size_t at = 0;
    while ((at = html_.find('<', at)) != std::string_view::npos) {
      const bool closing = at + 1 < html_.size() && html_[at + 1] == '/';
      std::size_t name_end = at + (closing ? 2 : 1);
      std::array<char, 8> name{};
      std::size_t length = 0;
      for (; name_end < html_.size() &&
             ((html_[name_end] | 32) >= 'a' && (html_[name_end] | 32) <= 'z');
           ++name_end) {
        if (length < name.size()) name[length++] = lower(html_[name_end]);
      }
      const std::string_view tag(name.data(), length);
      if (const Raw raw = closing ? Raw{} : raw_at(html_, at, tag); raw.behind != 0) {
        cut(raw);
        at = raw.behind;
        continue;
      }
      if (length == 0) {
        if (at + 1 == html_.size()) return at;
        ++at;
        continue;
      }
      const std::size_t close = html_.find('>', name_end);
      if (close == std::string_view::npos) return at;  // MyHTML loses text before it
      if (close - at > bounds_.tag_bytes) return at;
      const bool shallow =
          std::find(std::begin(kShallow), std::end(kShallow), tag) != std::end(kShallow);
      if (closing && !shallow) depth -= depth > 0 ? 1 : 0;
      if (!closing && !shallow && html_[close - 1] != '/' && ++depth > bounds_.depth) return at;
      at = close + 1;
    }
    return html_.size();
  }

  void cut(const Raw& raw) {
    if (raw.end <= raw.inside) return;
    begin_stretch();
    out_.append(html_.substr(kept_, raw.inside - kept_));
    kept_ = raw.end;
  }

  void begin_stretch() {
    list_.push_back({static_cast<std::uint32_t>(out_.size()), static_cast<std::uint32_t>(kept_)});
  }

  std::string_view html_;
  const Bounds& bounds_;
  std::vector<Stretch>& list_;
  std::string out_;
  std::size_t kept_ = 0;  // everything before is in out_ or was cut
};

}  // namespace

std::string reduced_page(std::string_view html, const Bounds& bounds, bool& whole,
                         std::vector<Stretch>& kept) {
  return Reducer(html, bounds, kept).run(whole);
}

}  // namespace twosource::clean::dom
