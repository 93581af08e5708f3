#include "clean/source_map.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace twosource::clean {
namespace {

// Length of the character at `at`, at least one byte.
std::size_t character(std::string_view text, std::size_t at) {
  std::size_t end = at;
  static_cast<void>(utf8::decode(text, end));
  return end - at;
}

// Length of a character reference at `at` ("&amp;", "&#8222;", "&nbsp"), 0 when there is none.
std::size_t reference(std::string_view page, std::size_t at) {
  constexpr std::size_t kLongest = 33;  // of the names HTML knows, with "&" and ";"
  if (at >= page.size() || page[at] != '&') return 0;
  std::size_t end = at + 1;
  const auto part = [](char c) {
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '#';
  };
  while (end < page.size() && end - at < kLongest && part(page[end])) ++end;
  if (end == at + 1) return 0;
  return end - at + (end < page.size() && page[end] == ';' ? 1 : 0);
}

bool blank_at(std::string_view page, std::size_t at, std::size_t& length) {
  std::size_t end = at;
  const char32_t c = utf8::decode(page, end);
  length = end - at;
  const bool invisible = c == 0xAD || c == 0x200B || c == 0xFEFF || c == 0x2060;
  return c <= ' ' || invisible || utf8::is_space(c);
}

// Walks along a text and the page's bytes that it was read from.
class Tracer {
 public:
  Tracer(std::string_view page, bool markup, std::vector<SourceRun>& out)
      : page_(page), markup_(markup), out_(out) {}

  // Traces as much of text[at, end) as the page has from `from` on; `shift` is added to offsets of
  // the text. Returns where in the text it stopped; the page's place is in `place()`.
  std::size_t run(std::string_view text, std::size_t at, std::size_t end, std::size_t from,
                  std::int64_t shift) {
    place_ = from;
    while (at < end && place_ < page_.size()) {
      const std::size_t here = character(text, at);
      if (text[at] == ' ' && skip_blanks(at, shift)) {
        ++at;
      } else if (text.compare(at, here, page_, place_, here) == 0 && !spelled_otherwise(text[at])) {
        add(at, here, here, shift, true);
        at += here;
      } else if (std::size_t length = 0; blank_at(page_, place_, length)) {
        place_ += length;
      } else if (const std::size_t spelled = markup_ ? reference(page_, place_) : 0; spelled > 0) {
        add(at, here, spelled, shift, false);
        at += here;
      } else {
        break;
      }
    }
    return at;
  }
  [[nodiscard]] std::size_t place() const { return place_; }

  // The blank at text[at] from the page's blanks at `from`; false when there are none.
  bool blank(std::size_t at, std::size_t from, std::int64_t shift) {
    place_ = from;
    return skip_blanks(at, shift);
  }

 private:
  // An ampersand in a page with markup may begin a reference to one.
  [[nodiscard]] bool spelled_otherwise(char c) const {
    return c == '&' && markup_ && reference(page_, place_) > 0;
  }

  // A blank of the text stands for all blanks of the page.
  bool skip_blanks(std::size_t at, std::int64_t shift) {
    const std::size_t begin = place_;
    std::size_t length = 0;
    while (place_ < page_.size()) {
      if (blank_at(page_, place_, length)) {
        place_ += length;
      } else if (const std::size_t spelled = markup_ ? blank_reference() : 0; spelled > 0) {
        place_ += spelled;
      } else {
        break;
      }
    }
    if (place_ == begin) return false;
    const std::size_t whole = place_ - begin;
    place_ = begin;
    add(at, 1, whole, shift, page_.substr(begin, whole) == " ");
    return true;
  }
  [[nodiscard]] std::size_t blank_reference() const {
    const std::size_t length = reference(page_, place_);
    const std::string_view name = page_.substr(place_, length);
    for (const std::string_view blank :
         {"&nbsp", "&#160", "&#xa0", "&#xA0", "&ensp", "&emsp", "&thinsp", "&#8201", "&#8239",
          "&shy", "&#173", "&#10", "&#13", "&#32"}) {
      if (name == blank || (name.ends_with(';') && name.substr(0, length - 1) == blank)) {
        return length;
      }
    }
    return 0;
  }

  void add(std::size_t at, std::size_t in_text, std::size_t in_page, std::int64_t shift,
           bool same_bytes) {
    const auto begin = static_cast<std::uint32_t>(static_cast<std::int64_t>(at) + shift);
    const SourceRun run{{begin, begin + static_cast<std::uint32_t>(in_text)},
                        make_span(place_, place_ + in_page)};
    place_ += in_page;
    const bool goes_on = same_bytes && last_same_ && !out_.empty() &&
                         out_.back().text.end == run.text.begin &&
                         out_.back().page.end == run.page.begin;
    last_same_ = same_bytes;
    if (goes_on) {
      out_.back().text.end = run.text.end;
      out_.back().page.end = run.page.end;
    } else {
      out_.push_back(run);
    }
  }

  std::string_view page_;
  bool markup_;
  std::vector<SourceRun>& out_;
  std::size_t place_ = 0;
  bool last_same_ = false;  // the last run's bytes are the page's
};

}  // namespace

void trace_block(std::string_view html, const dom::Document& doc, const Page& page,
                 const Block& block, Span span, std::vector<SourceRun>& out) {
  Tracer tracer(html, true, out);
  const std::int64_t shift =
      static_cast<std::int64_t>(span.begin) - static_cast<std::int64_t>(block.span.begin);
  auto piece = std::lower_bound(page.pieces.begin(), page.pieces.end(), block.span.begin,
                                [](const Piece& p, std::uint32_t at) { return p.text < at; });
  for (; piece != page.pieces.end() && piece->text < block.span.end; ++piece) {
    const auto next = std::next(piece);
    const std::size_t end =
        next == page.pieces.end() ? block.span.end : std::min(next->text, block.span.end);
    std::size_t at = piece->text;
    std::size_t from = doc.position(doc[piece->node]);
    // The blank between two nodes stands at the begin of the one or at the end of the other.
    if (page.text[at] == ' ') {
      const std::size_t behind = tracer.place();
      if (tracer.blank(at, from, shift)) {
        from = tracer.place();
      } else if (at > block.span.begin) {
        tracer.blank(at, behind, shift);
      }
      ++at;
    }
    tracer.run(page.text, at, end, from, shift);
  }
}

std::vector<SourceRun> trace_text(std::string_view body, const Article& article) {
  constexpr std::size_t kKey = 24;            // bytes of the text by which its place is found
  constexpr std::size_t kShortest = 5;        // bytes of a word that may find it alone
  constexpr std::size_t kWindow = 1U << 16U;  // how far ahead it is looked for
  constexpr std::size_t kMisses = 1000;       // then the rest stays untraced: bounds the time
  std::vector<SourceRun> out;
  Tracer tracer(body, false, out);
  const std::string_view text = article.text;
  std::size_t place = 0;
  std::size_t misses = 0;
  for (const Paragraph& p : article.paragraphs) {
    std::size_t at = p.span.begin;
    while (at < p.span.end && misses < kMisses) {
      const std::string_view ahead = body.substr(place, kWindow);
      const std::size_t word = std::min<std::size_t>(text.find_first_of(" \n", at + 1), p.span.end);
      std::size_t found = ahead.find(text.substr(at, std::min<std::size_t>(kKey, p.span.end - at)));
      if (found == std::string_view::npos && word - at >= kShortest) {
        found = ahead.find(text.substr(at, word - at));
      }
      if (found == std::string_view::npos) {
        at = word;  // a word that cleaning changed
        ++misses;
        continue;
      }
      at = std::max(tracer.run(text, at, p.span.end, place + found, 0), at + 1);
      place = tracer.place();
    }
  }
  return out;
}

}  // namespace twosource::clean
