#include "annotate/quote/marks.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "text/tokenizer.hpp"
#include "text/utf8.hpp"

namespace twosource::annotate {
namespace {

// A mark that is open, waiting for its partner.
struct Open {
  std::size_t token = 0;
  char32_t shape = 0;
  bool single = false;
};

enum class Side : std::uint8_t { Opens, Closes, Either };

// Families that may close one another: “ closes „ in German and opens in English.
int family(char32_t c) noexcept {
  switch (c) {
    case U'"':
      return 0;
    case U'„':
    case U'“':
    case U'”':
    case U'‟':
    case U'〝':
    case U'〞':
      return 1;
    case U'«':
    case U'»':
      return 2;
    case U'‚':
    case U'‘':
    case U'’':
    case U'‛':
      return 3;
    case U'‹':
    case U'›':
      return 4;
    default:
      return 5;
  }
}

bool closes(char32_t open, char32_t close) noexcept {
  const int a = family(open);
  const int b = family(close);
  // Typists mix straight and curly marks: „… " and " … “.
  return a == b || (a <= 1 && b <= 1) || ((a == 3 || a == 5) && (b == 3 || b == 5));
}

bool word_like(char32_t c) noexcept { return utf8::is_letter(c) || utf8::is_digit(c); }

// Opens before a word without blank in front of it, closes behind one.
Side side_of(std::string_view text, Span mark, char32_t shape) noexcept {
  if (shape == U'„' || shape == U'‚') return Side::Opens;
  if (shape == U'”') return Side::Closes;
  char32_t before = U' ';
  char32_t after = U' ';
  if (mark.begin > 0) {
    std::size_t at = mark.begin;
    before = utf8::decode_before(text, at);
  }
  if (mark.end < text.size()) {
    std::size_t at = mark.end;
    after = utf8::decode(text, at);
  }
  const bool gap_before = utf8::is_space(before) || before == U'(' || before == U'[' ||
                          before == U'–' || before == U'—' || before == U'/';
  const bool gap_after =
      utf8::is_space(after) || (utf8::is_punctuation(after) && !is_quote_mark(after) &&
                                after != U'(' && after != U'[' && after != U'…');
  if (gap_before && !gap_after) return Side::Opens;
  if (gap_after && !gap_before) return Side::Closes;
  if (word_like(after) && !word_like(before))
    return is_quote_mark(before) || before == U':' ? Side::Opens : Side::Either;
  if (word_like(before) && !word_like(after)) return Side::Closes;
  return Side::Either;
}

class Pairing {
 public:
  explicit Pairing(const Article& article) : article_(article), layer_(article.tokens) {}

  std::vector<MarkedRegion> run() {
    std::size_t i = 0;
    std::size_t before = 0;  // first token of the paragraph before
    for (const Paragraph& paragraph : article_.paragraphs) {
      while (i < layer_.tokens.size() && layer_.tokens[i].span.begin < paragraph.span.begin) ++i;
      const std::size_t first = i;
      while (i < layer_.tokens.size() && layer_.tokens[i].span.end <= paragraph.span.end) ++i;
      set_out_ = paragraph.form == ParagraphForm::Quotation && set_out(before, first, i);
      if (!set_out_) scan(first, i);
      before = first;
    }
    std::sort(out_.begin(), out_.end(), [](const MarkedRegion& a, const MarkedRegion& b) {
      return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
    });
    link_and_nest();
    return std::move(out_);
  }

 private:
  // A block quotation without marks that the paragraph before announces by a colon, or that goes on
  // with the one before, is one region. True when it is.
  bool set_out(std::size_t before, std::size_t first, std::size_t last) {
    if (first == 0 || last - first < kFewestSetOut || pending_ != kNone) return false;
    const auto marked = [&](std::size_t t) {
      return layer_.tokens[t].kind == TokenKind::QuoteMark;
    };
    for (std::size_t t = first; t < last; ++t) {
      if (marked(t)) return false;
    }
    if (!set_out_ && (before == first || shape(first - 1) != U':')) return false;
    if (layer_.tokens[first].kind == TokenKind::Punctuation) return false;  // "— a name"
    if (set_out_) continued_.push_back(out_.back().span.begin);
    add(first, last, false);
    out_.back().set_out = true;
    return true;
  }

  void scan(std::size_t first, std::size_t last) {
    stack_.clear();
    if (pending_ != kNone) resume(first, last);
    for (std::size_t i = first; i < last; ++i) {
      if (layer_.tokens[i].kind == TokenKind::QuoteMark) take(i);
    }
    finish_paragraph(first, last);
  }

  // The paragraph before left a quotation open: reopened or closed here?
  void resume(std::size_t first, std::size_t last) {
    const bool reopened = first < last && layer_.tokens[first].kind == TokenKind::QuoteMark &&
                          closes(shape(pending_), shape(first)) && side(first) != Side::Closes;
    std::size_t mark = first;
    while (mark < last && layer_.tokens[mark].kind != TokenKind::QuoteMark) ++mark;
    const bool closed =
        mark < last && side(mark) == Side::Closes && closes(shape(pending_), shape(mark));
    if (reopened || closed) {
      add(pending_, pending_end_, false);
      continued_.push_back(layer_.tokens[pending_].span.begin);
      if (closed) add(first, mark + 1, false);
      skip_ = closed ? mark : kNone;
    }
    pending_ = kNone;
  }

  void take(std::size_t i) {
    if (i == skip_) return;
    const char32_t c = shape(i);
    const bool single = is_single_quote_mark(c);
    const Side s = side(i);
    std::size_t partner = stack_.size();
    while (partner > 0 && !closes(stack_[partner - 1].shape, c)) --partner;
    const bool can_close = partner > 0;
    const bool apostrophe = single && !can_close && (c == U'’' || c == U'\'') && s != Side::Opens;
    if (apostrophe) return;
    if (s != Side::Opens && can_close) {
      add(stack_[partner - 1].token, i + 1, single);
      stack_.resize(partner - 1);
    } else if (s != Side::Closes && stack_.size() < kDeepest) {
      stack_.push_back({i, c, single});
    }
  }

  void finish_paragraph(std::size_t first, std::size_t last) {
    skip_ = kNone;
    for (const Open& open : stack_) {
      if (open.single) continue;
      pending_ = open.token;
      pending_end_ = last;
      break;
    }
    if (first == last) pending_ = kNone;
  }

  void add(std::size_t first, std::size_t last, bool single) {
    if (first >= last) return;
    MarkedRegion region;
    region.span = {layer_.tokens[first].span.begin, layer_.tokens[last - 1].span.end};
    region.first_token = static_cast<std::uint32_t>(first);
    region.last_token = static_cast<std::uint32_t>(last);
    region.single = single;
    out_.push_back(region);
  }

  // Depths, and the links between paragraphs.
  void link_and_nest() {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < out_.size(); ++i) {
      while (!open.empty() && out_[open.back()].span.end <= out_[i].span.begin) open.pop_back();
      out_[i].depth = static_cast<std::uint32_t>(open.size());
      open.push_back(i);
    }
    std::int32_t before = -1;
    for (std::size_t i = 0; i < out_.size(); ++i) {
      if (out_[i].depth != 0) continue;
      if (before >= 0 && std::binary_search(continued_.begin(), continued_.end(),
                                            out_[static_cast<std::size_t>(before)].span.begin)) {
        out_[i].continues = before;
      }
      before = static_cast<std::int32_t>(i);
    }
  }

  [[nodiscard]] char32_t shape(std::size_t token) const {
    std::size_t at = layer_.tokens[token].span.begin;
    return utf8::decode(article_.text, at);
  }
  [[nodiscard]] Side side(std::size_t token) const {
    return side_of(article_.text, layer_.tokens[token].span, shape(token));
  }

  static constexpr std::size_t kFewestSetOut = 3;  // tokens of a block quotation, set by hand
  static constexpr std::size_t kDeepest = 8;       // keeps hostile input linear
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  const Article& article_;
  const TokenLayer& layer_;
  std::vector<Open> stack_;
  std::vector<MarkedRegion> out_;
  std::vector<std::uint32_t> continued_;  // begins of regions that go on in the next paragraph
  std::size_t pending_ = kNone;           // opening mark left open by the paragraph before
  std::size_t pending_end_ = 0;
  std::size_t skip_ = kNone;
  bool set_out_ = false;  // the paragraph before is a block quotation without marks
};

}  // namespace

std::vector<MarkedRegion> find_marked_regions(const Article& article) {
  if (article.tokens.tokens.empty()) return {};
  return Pairing(article).run();
}

}  // namespace twosource::annotate
