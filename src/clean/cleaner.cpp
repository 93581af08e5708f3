#include "clean/cleaner.hpp"

#include <algorithm>

#include "article/edtf.hpp"
#include "clean/credits.hpp"
#include "clean/dates.hpp"
#include "clean/flat.hpp"
#include "clean/flat_dateline.hpp"
#include "clean/genre.hpp"
#include "clean/html.hpp"
#include "clean/html_head.hpp"
#include "clean/release.hpp"
#include "clean/source_map.hpp"
#include "text/language.hpp"
#include "text/utf8.hpp"

namespace twosource::clean {

struct Cleaner::State {
  State(const PackSet& packs, bool trace_source)
      : trace(trace_source),
        credits(packs),
        dates(packs),
        releases(packs),
        genres(packs),
        flat(packs),
        html(packs, credits, dates, releases, genres),
        outlets(packs) {}
  bool trace;
  CreditFinder credits;
  DateFinder dates;
  ReleaseFinder releases;
  GenreWords genres;
  FlatCleaner flat;
  HtmlCleaner html;
  OutletTable outlets;

  void read_html(const intake::RawDocument& raw, Article& a) const;
  void read_flat(const intake::RawDocument& raw, Article& a) const;
  void read_as_is(const intake::RawDocument& raw, Article& a) const;
  void find_agencies(Article& a) const;
  void find_dateline(Article& a) const;
  [[nodiscard]] std::string_view genre_above(const Article& a) const;
  void apply_authors(const std::vector<std::string>& given, Article& a) const;
  void add_credits(std::string_view text, CreditPlace place, std::uint32_t offset,
                   std::int32_t furniture, Article& a) const;
};

Cleaner::Cleaner(const PackSet& packs, bool trace)
    : state_(std::make_unique<State>(packs, trace)) {}
Cleaner::~Cleaner() = default;
Cleaner::Cleaner(Cleaner&&) noexcept = default;

namespace {

// What came with the document counts before what was found in it.
void apply_given(const intake::RawDocument& raw, Article& a) {
  a.id = raw.id;
  a.path = raw.path;
  a.extra = raw.extra;
  if (!raw.url.empty()) a.url = raw.url;
  if (!raw.publisher.empty()) a.publisher = raw.publisher;
  if (!raw.headline.empty()) a.headline = raw.headline;
  if (!raw.language.empty()) a.language = raw.language;
  if (const auto date = parse_edtf(raw.published)) {
    a.published = {date->to_edtf(), DateSource::Option};
  }
}

// Where a piece of furniture stands decides what an agency's name in it means; None: nothing.
bool credit_place(FurnitureKind kind, CreditPlace& place) {
  switch (kind) {
    case FurnitureKind::Caption:
      place = CreditPlace::Photo;
      return true;
    case FurnitureKind::Byline:
    case FurnitureKind::AuthorCode:
      place = CreditPlace::Author;
      return true;
    case FurnitureKind::Credit:
    case FurnitureKind::Dateline:
    case FurnitureKind::Disclaimer:
    case FurnitureKind::Other:
      place = CreditPlace::Body;
      return true;
    default:
      return false;
  }
}

}  // namespace

Article Cleaner::run(const intake::RawDocument& raw) const {
  Article a;
  if (raw.as_is) {
    state_->read_as_is(raw, a);
  } else if (raw.content == intake::Content::Html) {
    state_->read_html(raw, a);
  } else {
    state_->read_flat(raw, a);
  }
  apply_given(raw, a);
  state_->apply_authors(raw.authors, a);
  const Outlet* const site = state_->outlets.of_url(a.url);
  const bool by_others = site != nullptr && site->releases;
  if (a.genre.empty() &&
      (by_others ||
       (!raw.as_is && state_->releases.says_so(a, raw.content == intake::Content::Text)))) {
    a.genre = "press-release";
  }
  if (a.genre.empty() && !raw.as_is && raw.content == intake::Content::Text) {
    a.genre = state_->genres.of_headline(a.headline);
    if (a.genre.empty()) a.genre = state_->genre_above(a);
  }
  if (site != nullptr) {
    if (a.publisher.empty()) a.publisher = site->name;
    if (a.publisher_group.empty()) a.publisher_group = site->group;
  } else if (const Outlet* named = state_->outlets.of_name(a.publisher)) {
    if (a.publisher_group.empty()) a.publisher_group = named->group;
  }
  return a;
}

// By the line right above the headline.
std::string_view Cleaner::State::genre_above(const Article& a) const {
  if (a.paragraphs.empty()) return {};
  const Furniture* above = nullptr;
  for (const Furniture& f : a.furniture) {
    if (f.before > a.paragraphs.front().span.begin) break;
    above = &f;
  }
  return above == nullptr ? std::string_view{} : genres.of_line(above->text);
}

void Cleaner::State::read_html(const intake::RawDocument& raw, Article& a) const {
  HtmlResult r = html.run(raw.body, raw.url, raw.language, trace);
  a.url = std::move(r.url);
  a.headline = std::move(r.headline);
  a.publisher = std::move(r.publisher);
  a.publisher_group = std::move(r.publisher_group);
  a.authors = std::move(r.authors);
  a.language = std::move(r.language);
  a.published = std::move(r.published);
  a.modified = std::move(r.modified);
  a.genre = std::move(r.genre);
  a.text = std::move(r.text);
  a.paragraphs = std::move(r.paragraphs);
  a.furniture = std::move(r.furniture);
  a.source = std::move(r.source);
  for (std::string& name : r.agencies) {
    a.agencies.push_back({std::move(name), AgencyKind::Text, {}, -1});
  }
  find_agencies(a);
  find_dateline(a);
}

void Cleaner::State::read_flat(const intake::RawDocument& raw, Article& a) const {
  FlatResult r = flat.run(raw.body, raw.language, raw.headline);
  a.headline = std::move(r.headline);
  a.dateline = std::move(r.dateline);
  a.authors = std::move(r.authors);
  a.language = std::move(r.language);
  a.published = std::move(r.published);
  a.modified = std::move(r.modified);
  a.genre = std::move(r.genre);
  a.text = std::move(r.text);
  a.paragraphs = std::move(r.paragraphs);
  a.furniture = std::move(r.furniture);
  a.agencies = std::move(r.agencies);
  if (trace) a.source = trace_text(raw.body, a);
}

void Cleaner::State::read_as_is(const intake::RawDocument& raw, Article& a) const {
  a.text = raw.body;
  const Span whole = make_span(0, a.text.size());
  if (trace && !whole.empty()) a.source.push_back({whole, whole});
  a.language = raw.language.empty() ? identify_language(a.text).code : raw.language;
  std::size_t at = 0;
  while (at < a.text.size()) {
    const std::size_t end = std::min(a.text.find('\n', at), a.text.size());
    const Span line = utf8::trim_span(a.text, make_span(at, end));
    if (!line.empty()) a.paragraphs.push_back({line, ParagraphKind::Body});
    at = end + 1;
  }
  for (CreditMatch& m : credits.find_in_text(a.text)) {
    a.agencies.push_back({std::move(m.name), m.kind, m.span, -1});
  }
}

void Cleaner::State::add_credits(std::string_view text, CreditPlace place, std::uint32_t offset,
                                 std::int32_t furniture, Article& a) const {
  for (CreditMatch& m : credits.find(text, place)) {
    AgencyCredit credit{std::move(m.name), m.kind, {}, furniture};
    if (furniture < 0) credit.span = {offset + m.span.begin, offset + m.span.end};
    a.agencies.push_back(std::move(credit));
  }
}

// Authors that came with the document count before those found in it. Agencies among them are
// credited with the text, and are no authors when they stand alone ("dpa", "dpa/lnw").
void Cleaner::State::apply_authors(const std::vector<std::string>& given, Article& a) const {
  if (given.empty()) return;
  a.authors.clear();
  for (const std::string& author : given) {
    const std::vector<CreditMatch> agencies = credits.find(author, CreditPlace::Author);
    for (const CreditMatch& m : agencies) {
      const bool known = std::any_of(a.agencies.begin(), a.agencies.end(), [&](const auto& c) {
        return c.name == m.name && c.kind == AgencyKind::Text;
      });
      if (!known) a.agencies.push_back({m.name, AgencyKind::Text, {}, -1});
    }
    CreditSpan line;
    const bool only = !agencies.empty() && credits.is_credit_line(author, line) &&
                      line.kind == FurnitureKind::Credit;
    if (!only) a.authors.push_back(author);
  }
}

// The place in front of the first paragraph, which keeps it: "Berlin (dpa) - …", "HAMBURG. …".
void Cleaner::State::find_dateline(Article& a) const {
  constexpr std::size_t kShortest = 80;  // bytes of a paragraph that may have one
  for (const Paragraph& p : a.paragraphs) {
    if (p.kind != ParagraphKind::Body || p.span.size() < kShortest) continue;
    const DatelineHit hit = flat.datelines().find(a.at(p.span), a.language);
    // What is all in capitals is no known place, and as often a word that opens the text.
    const bool known = std::any_of(hit.place.begin(), hit.place.end(),
                                   [](char c) { return c >= 'a' && c <= 'z'; });
    if (hit.cut > 0 && hit.once == 0 && known) a.dateline = hit.place;
    return;
  }
}

void Cleaner::State::find_agencies(Article& a) const {
  for (const Paragraph& p : a.paragraphs) {
    add_credits(a.at(p.span), CreditPlace::Body, p.span.begin, -1, a);
  }
  for (std::size_t i = 0; i < a.furniture.size(); ++i) {
    CreditPlace place = CreditPlace::Body;
    if (!credit_place(a.furniture[i].kind, place)) continue;
    CreditSpan line;
    if (a.furniture[i].kind == FurnitureKind::Credit &&
        credits.is_credit_line(a.furniture[i].text, line)) {
      place = line.credits == AgencyKind::Photo ? CreditPlace::Photo : CreditPlace::Author;
    }
    add_credits(a.furniture[i].text, place, 0, static_cast<std::int32_t>(i), a);
  }
}

}  // namespace twosource::clean
