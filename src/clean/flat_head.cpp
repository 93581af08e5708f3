#include "clean/flat_head.hpp"

#include <algorithm>

#include "clean/flat_lex.hpp"
#include "text/utf8.hpp"

namespace twosource::clean {
namespace {

constexpr std::size_t kHeadReach = 25;  // lines before the text that can belong to its head
constexpr std::size_t kTailReach = 4;   // lines behind it that can still carry its date
constexpr float kGoodEnough = 0.4F;
constexpr std::uint32_t kMaxHeadlineWords = 24;

bool all_upper_words(const LineFacts& line) { return line.upper_words == line.words; }

void add_unique(std::vector<std::string>& list, std::string value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(std::move(value));
}

}  // namespace

HeadReader::HeadReader(const PackSet& packs, const CreditFinder& credits, const DateFinder& dates)
    : credits_(credits), dates_(dates) {
  for (const std::string& code : packs.languages()) {
    const Table& names = packs.get(code).table("firstnames.tsv");
    for (const Row& row : names.rows()) {
      first_names_.insert(row.cells[names.column("name")]);
    }
    const Table& words = packs.get(code).table("credit_words.tsv");
    for (const Row& row : words.rows()) {
      if (row.cells[words.column("class")] == "by") {
        by_words_.insert(row.cells[words.column("phrase")]);
      }
    }
  }
}

std::size_t HeadReader::first_kept(const std::vector<LineLabel>& labels) {
  return static_cast<std::size_t>(std::find_if(labels.begin(), labels.end(), is_kept) -
                                  labels.begin());
}

float HeadReader::headline_score(const FlatText& text, const LineTable& table, std::size_t at,
                                 std::size_t anchor, std::string_view known) const {
  const LineFacts& line = table.lines[at];
  const std::string_view words = slice(text.buffer, line.span);
  if (!known.empty() && words == known) return 20;
  if (line.marked() || !line.photo_tail.span.empty() || line.forced >= 0) return -10;
  if (line.words < 2 || line.words > kMaxHeadlineWords) return -10;
  float score = 0;
  if (line.words >= 4) score += 1;
  if (line.function_words > 0) score += 1;
  const bool name_like = all_upper_words(line) && line.words <= 3 && line.end == 0;
  if (line.words >= 3 && !name_like) score += 0.5F;
  if (is_person(words, line)) score -= 3;
  if (line.end == '.') score -= 1.2F;
  if (line.inner_sentences > 1) score -= 1;
  if (line.symbols || line.starts_lower) score -= 1;
  if (name_like) score -= 1.5F;
  for (std::size_t i = at + 1; i < anchor; ++i) {
    const bool skipped = table.lines[i].marked() || !table.lines[i].photo_tail.span.empty();
    score -= skipped ? 0.05F : 0.4F;
  }
  if (at + 1 < table.lines.size() && table.lines[at + 1].credit.credits == AgencyKind::Photo &&
      !table.lines[at + 1].credit.span.empty()) {
    // What stands above a photo's credit is its caption, or, as the first line of any length that
    // does not end as a sentence, the headline of a page without captions.
    bool first = line.end == 0;
    for (std::size_t i = 0; i < at && first; ++i)
      first = table.lines[i].words < 4 || table.lines[i].marked();
    score -= first ? 1 : 2;
  }
  bool again = line.repeats > 0;
  for (std::size_t i = 0; i < anchor && !again; ++i) {
    const Span other = table.lines[i].span;
    again = i != at && line.words >= 3 && other.size() > line.span.size() &&
            other.size() < 2 * line.span.size() + 80 &&
            slice(text.buffer, other).find(words) != std::string_view::npos;
  }
  return score - line.hit.weight / 2 + (again ? 2.5F : 0.F);
}

std::size_t HeadReader::headline(const FlatText& text, const LineTable& table,
                                 const std::vector<LineLabel>& labels,
                                 std::string_view known_headline) const {
  const std::size_t none = table.lines.size();
  std::size_t anchor = first_kept(labels);
  if (anchor == none) return none;
  std::size_t best = none;
  float top = kGoodEnough;
  const std::size_t from = anchor > kHeadReach ? anchor - kHeadReach : 0;
  // A subhead that opens the text is the headline.
  const std::size_t last = labels[anchor] == LineLabel::Subhead ? anchor + 1 : anchor;
  for (std::size_t i = from; i < last; ++i) {
    const float score = headline_score(text, table, i, anchor, known_headline);
    if (score <= top) continue;
    top = score;
    best = i;
  }
  return best;
}

bool HeadReader::is_person(std::string_view line, const LineFacts& facts) const {
  if (facts.words < 2 || facts.words > 5 || facts.numbers > 0 || facts.end != 0) return false;
  // "Ada Hansen", "Ada Hansen in Boston"
  if (facts.words - facts.upper_words > 1 || line.find(':') != line.npos) return false;
  const std::size_t blank = line.find(' ');
  if (blank == line.npos || !utf8::starts_upper(line.substr(blank + 1))) return false;
  return first_names_.contains(line.substr(0, line.find_first_of(" -")));
}

std::vector<std::string> HeadReader::authors(std::string_view byline) const {
  const std::vector<Lex> tokens = lex(byline);
  std::size_t first = 0;
  std::string phrase;
  for (std::size_t i = 0; i < tokens.size() && i < 4; ++i) {
    if (tokens[i].kind != LexKind::Word) break;
    phrase += (i > 0 ? " " : "") + tokens[i].lower;
    if (by_words_.contains(phrase)) first = i + 1;
  }
  std::vector<std::string> out;
  Span name;
  int words = 0;
  const auto finish = [&] {
    const std::string_view text = slice(byline, name);
    if (words >= 2 && words <= 4 && credits_.canonical(text).empty()) {
      add_unique(out, std::string(text));
    }
    name = {};
    words = 0;
  };
  bool described = false;  // "unserem Redakteur": a word of description follows
  for (std::size_t i = first; i < tokens.size(); ++i) {
    const Lex& t = tokens[i];
    const bool upper = t.kind == LexKind::Word && utf8::starts_upper(slice(byline, t.span));
    const bool inside = t.kind == LexKind::Mark && !name.empty() &&
                        (t.mark == '-' || t.mark == '.' || t.mark == '\'' || t.mark == 0x2019);
    if (inside) {
      name.end = t.span.end;
    } else if (upper && !described) {
      if (name.empty()) name.begin = t.span.begin;
      if (i == 0 || t.spaced || tokens[i - 1].kind != LexKind::Mark) ++words;
      name.end = t.span.end;
    } else {
      finish();
      if (t.mark == ',' && !out.empty() && t.kind == LexKind::Mark) continue;
      described = t.kind == LexKind::Word && !upper && out.empty() && t.lower.size() > 3;
    }
  }
  finish();
  return out;
}

void HeadReader::date_of(std::string_view line, FlatResult& out) const {
  for (const FoundDate& d : dates_.find(line, out.language)) {
    if (d.role == DateRole::Modified) {
      if (out.modified.value.empty()) out.modified = {d.value, DateSource::Visible};
    } else if (out.published.value.empty()) {
      out.published = {d.value, DateSource::Visible};
    }
  }
}

void HeadReader::read(const FlatText& text, const LineTable& table,
                      const std::vector<LineLabel>& labels, std::size_t headline, FlatResult& out,
                      std::vector<bool>& bylines) const {
  const std::size_t n = table.lines.size();
  const std::size_t anchor = first_kept(labels);
  std::size_t body = anchor;  // the first line behind which no head can follow
  while (body < n && (labels[body] == LineLabel::Teaser || labels[body] == LineLabel::HeadGap)) {
    ++body;
  }
  const std::size_t from =
      headline < n ? (headline > 3 ? headline - 3 : 0) : (anchor > 8 ? anchor - 8 : 0);
  for (std::size_t i = from; i < body && i < n; ++i) {
    if (is_kept(labels[i])) continue;
    const LineFacts& line = table.lines[i];
    const std::string_view words = slice(text.buffer, line.span);
    if (line.date_line) date_of(words, out);
    if (i == headline || i < headline || headline == n) {
      if (line.credit.span.empty()) continue;
    }
    if (!line.credit.span.empty() && line.credit.kind == FurnitureKind::Byline) {
      for (std::string& a : authors(slice(words, line.credit.span)))
        add_unique(out.authors, std::move(a));
    } else if (is_person(words, line)) {
      for (std::string& a : authors(words)) add_unique(out.authors, std::move(a));
      bylines[i] = true;
    }
  }
  if (!out.published.value.empty() || !out.modified.value.empty() || anchor == n) {
    if (out.published.value.empty()) out.published = out.modified;
    return;
  }
  std::size_t end = n;
  while (end > 0 && !is_kept(labels[end - 1])) --end;
  for (std::size_t i = end; i < n && i < end + kTailReach; ++i) {
    if (table.lines[i].hit.opens > 0) return;
    if (table.lines[i].date_line) date_of(slice(text.buffer, table.lines[i].span), out);
  }
  if (out.published.value.empty()) out.published = out.modified;
}

}  // namespace twosource::clean
