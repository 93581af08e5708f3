#include "clean/flat_build.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace twosource::clean {
namespace {

constexpr std::size_t kCreditReach = 8;  // lines around the text in which credits are its own
constexpr std::size_t kRightsReach = 3;  // lines between the text and the holder of its rights

// Nothing was found to be text. What is not plainly furniture stays, so that nothing is lost.
void keep_what_can_be(const LineTable& table, std::vector<LineLabel>& labels) {
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const LineFacts& line = table.lines[i];
    const bool furniture = line.marked() || line.forced >= 0 || !line.photo_tail.span.empty();
    labels[i] = furniture ? LineLabel::Gap : LineLabel::Text;
  }
}

bool is_photo_credit(const LineFacts& line) {
  return !line.credit.span.empty() && line.credit.credits == AgencyKind::Photo;
}

}  // namespace

void FlatWriter::paragraph(std::string_view text, ParagraphKind kind) {
  if (text.empty()) return;
  if (!out_.text.empty()) out_.text += '\n';
  const std::size_t begin = out_.text.size();
  for (; waiting_ < out_.furniture.size(); ++waiting_) {
    out_.furniture[waiting_].before = static_cast<std::uint32_t>(begin);
  }
  out_.text += text;
  out_.paragraphs.push_back({make_span(begin, out_.text.size()), kind});
}

std::int32_t FlatWriter::furniture(FurnitureKind kind, std::string_view text) {
  out_.furniture.push_back({kind, std::string(text), 0});
  return static_cast<std::int32_t>(out_.furniture.size()) - 1;
}

void FlatWriter::finish() {
  for (; waiting_ < out_.furniture.size(); ++waiting_) {
    out_.furniture[waiting_].before = static_cast<std::uint32_t>(out_.text.size());
  }
}

struct FlatBuilder::Run {
  const FlatText& text;
  const LineTable& table;
  const std::vector<LineLabel>& labels;
  FlatResult& out;
  FlatWriter writer;
  std::size_t headline;
  std::size_t first;  // first and behind the last kept line
  std::size_t end;
  std::vector<bool> bylines;
  FurnitureKind list = FurnitureKind::Other;  // what the last opener announced
  bool dateline_open = true;                  // no paragraph of text has come yet

  // Does the word at the start of a line stand nowhere else?
  [[nodiscard]] bool once(std::string_view line_text, std::size_t bytes) const {
    const std::string_view all = text.buffer;
    const std::size_t where = all.find(line_text.substr(0, bytes));
    return where == all.npos || all.find(line_text.substr(0, bytes), where + 1) == all.npos;
  }
  [[nodiscard]] std::string_view line(std::size_t i) const {
    return slice(text.buffer, table.lines[i].span);
  }
};

FurnitureKind FlatBuilder::kind_of(const Run& run, std::size_t at) {
  const LineFacts& line = run.table.lines[at];
  if (line.forced >= 0) return static_cast<FurnitureKind>(line.forced);
  if (run.bylines[at]) return FurnitureKind::Byline;
  const bool only_credit = !line.credit.span.empty() && line.photo_tail.span.begin == 0;
  if (!line.photo_tail.span.empty() && !only_credit) return FurnitureKind::Caption;
  if (line.hit.weight >= 5 && line.credit.span.empty()) return line.hit.kind;
  if (!line.credit.span.empty()) return line.credit.kind;
  const std::size_t n = run.table.lines.size();
  const auto player = [&](std::size_t i) {
    const FurnitureHit& hit = run.table.lines[i].hit;
    return hit.kind == FurnitureKind::Player && hit.weight >= 4;
  };
  if (line.time_line && !line.date_line &&
      ((at + 1 < n && player(at + 1)) || (at > 0 && player(at - 1)))) {
    return FurnitureKind::Player;
  }
  if (line.date_line || line.time_line) return FurnitureKind::Prefix;
  if (line.hit.weight >= 2) return line.hit.kind;
  if (at + 1 < n && is_photo_credit(run.table.lines[at + 1]) && line.words < kCaptionWords) {
    return FurnitureKind::Caption;
  }
  const bool clock_next =
      at + 1 < n && run.table.lines[at + 1].time_line && !run.table.lines[at + 1].date_line;
  if (clock_next && at > run.first) return FurnitureKind::Player;
  if (run.list != FurnitureKind::Other) return run.list;
  if (at < run.first && line.words < 8) return FurnitureKind::Navigation;
  return run.labels[at] == LineLabel::Related ? FurnitureKind::Related : FurnitureKind::Other;
}

void FlatBuilder::add_credits(std::string_view text, CreditPlace place, std::int32_t furniture,
                              FlatResult& out) const {
  for (CreditMatch& m : credits_.find(text, place)) {
    const bool known = std::any_of(out.agencies.begin(), out.agencies.end(), [&](const auto& a) {
      return a.name == m.name && a.kind == m.kind && a.furniture == furniture;
    });
    if (!known) out.agencies.push_back({std::move(m.name), m.kind, {}, furniture});
  }
}

// "© AFP. Alle Rechte vorbehalten." right behind the text, but for credits and codes: whose text
// it is. Behind a caption or in front of the text the sign stands for a photo.
bool FlatBuilder::rights_of_text(const Run& run, std::size_t at) {
  if (at < run.end || at > run.end + kRightsReach) return false;
  for (std::size_t i = run.end; i < at; ++i) {
    if (run.table.lines[i].credit.span.empty()) return false;
  }
  const std::string_view line = run.line(at);
  return line.starts_with("©") || line.starts_with("(c)") || line.starts_with("(C)");
}

// Agencies named in a line of furniture next to the text.
void FlatBuilder::credit_line(Run& run, std::size_t at, std::int32_t furniture) const {
  const LineFacts& line = run.table.lines[at];
  if (rights_of_text(run, at)) {
    add_credits(run.line(at), CreditPlace::Author, furniture, run.out);
    return;
  }
  const bool near = at + kCreditReach >= run.first && at < run.end + kCreditReach;
  if (!near || run.list != FurnitureKind::Other) return;
  if (!line.photo_tail.span.empty()) {
    add_credits(slice(run.line(at), line.photo_tail.span), CreditPlace::Photo, furniture, run.out);
    // "Text: epd, Foto: privat"
    if (!line.credit.span.empty() && line.credit.credits == AgencyKind::Text)
      add_credits(run.line(at).substr(0, line.photo_tail.span.begin), CreditPlace::Author,
                  furniture, run.out);
    return;
  }
  if (line.credit.span.empty()) return;
  // A bare name under a caption is the photographer's agency.
  const bool under_caption = line.credit.kind == FurnitureKind::Credit && line.words <= 2 &&
                             at > 0 && !is_kept(run.labels[at - 1]) &&
                             !run.table.lines[at - 1].marked() &&
                             run.table.lines[at - 1].words >= 5;
  const bool photo = line.credit.credits == AgencyKind::Photo || under_caption;
  add_credits(run.line(at), photo ? CreditPlace::Photo : CreditPlace::Author, furniture, run.out);
}

void FlatBuilder::drop_line(Run& run, std::size_t at) const {
  const LineFacts& line = run.table.lines[at];
  if (is_kept(run.labels[at > 0 ? at - 1 : 0])) run.list = FurnitureKind::Other;
  const FurnitureKind kind = kind_of(run, at);
  const std::int32_t index = run.writer.furniture(kind, run.line(at));
  credit_line(run, at, index);
  if (line.hit.opens >= 3 && at > run.first) run.list = line.hit.kind;
}

void FlatBuilder::keep_line(Run& run, std::size_t at) const {
  const LineFacts& line = run.table.lines[at];
  std::string_view words = run.line(at);
  ParagraphKind kind = ParagraphKind::Body;
  if (at == run.headline) kind = ParagraphKind::Headline;
  const LineLabel label = run.labels[at];
  if (kind == ParagraphKind::Body) {
    if (label == LineLabel::Teaser) kind = ParagraphKind::Teaser;
    if (label == LineLabel::Subhead || label == LineLabel::AgainSubhead) {
      kind = ParagraphKind::Subhead;
    }
  }
  const bool running = kind == ParagraphKind::Body || kind == ParagraphKind::Teaser;
  if (running && run.dateline_open) {
    const DatelineHit hit = datelines_.find(words, run.out.language);
    if (hit.cut > 0 && hit.cut < words.size() && (hit.once == 0 || run.once(words, hit.once))) {
      const std::int32_t index =
          run.writer.furniture(FurnitureKind::Dateline, utf8::trim(words.substr(0, hit.cut)));
      add_credits(words.substr(0, hit.cut), CreditPlace::Author, index, run.out);
      if (run.out.dateline.empty()) run.out.dateline = hit.place;
      if (run.out.published.value.empty() && !hit.date.empty()) {
        run.out.published = {hit.date, DateSource::Dateline};
      }
      words.remove_prefix(hit.cut);
      words = utf8::trim(words);
    }
    run.dateline_open = kind == ParagraphKind::Teaser;
  }
  std::string_view credit;
  if (running && !line.photo_tail.span.empty() && line.inner_sentences > 0) {
    credit = slice(run.line(at), line.photo_tail.span);
    words = utf8::trim(words.substr(0, words.size() - credit.size()));
  }
  CreditSpan signature;
  std::string_view code;
  if (running && at + 1 == run.end) {
    signature = credits_.sign_off(words);
    code = slice(words, signature.span);
    words = utf8::trim(words.substr(0, words.size() - code.size()));
  }
  run.writer.paragraph(words, kind);
  if (!code.empty()) {
    const std::int32_t index = run.writer.furniture(signature.kind, code);
    add_credits(code, CreditPlace::Author, index, run.out);
  }
  if (!credit.empty()) {
    add_credits(credit, CreditPlace::Photo, run.writer.furniture(FurnitureKind::Credit, credit),
                run.out);
  }
  if (kind == ParagraphKind::Headline && run.out.headline.empty()) run.out.headline = words;
}

void FlatBuilder::build(const FlatText& text, const LineTable& table, std::vector<LineLabel> labels,
                        std::string_view known_headline, FlatResult& out) const {
  if (HeadReader::first_kept(labels) == labels.size()) keep_what_can_be(table, labels);
  const std::size_t headline = head_.headline(text, table, labels, known_headline);
  const std::size_t first = HeadReader::first_kept(labels);
  std::size_t end = labels.size();
  while (end > first && !is_kept(labels[end - 1])) --end;
  Run run{text,
          table,
          labels,
          out,
          FlatWriter(out),
          headline,
          first,
          end,
          std::vector<bool>(labels.size(), false)};
  head_.read(text, table, labels, headline, out, run.bylines);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (i == headline || is_kept(labels[i])) {
      keep_line(run, i);
    } else {
      drop_line(run, i);
    }
  }
  run.writer.finish();
  for (const Paragraph& p : out.paragraphs) {
    if (p.kind == ParagraphKind::Headline) continue;
    for (CreditMatch& m : credits_.find(slice(out.text, p.span), CreditPlace::Body)) {
      const Span span{m.span.begin + p.span.begin, m.span.end + p.span.begin};
      out.agencies.push_back({std::move(m.name), m.kind, span, -1});
    }
  }
}

}  // namespace twosource::clean
