#include "serve/corrections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "article/edtf.hpp"
#include "article/shown.hpp"
#include "serve/page_parts.hpp"

namespace twosource::serve {
namespace {

using K = CorrectionKind;

constexpr std::size_t kLongest = 2000;       // bytes of one field
constexpr std::size_t kMostStatements = 64;  // of a claim, and code points of a sentence: as
constexpr std::size_t kLongestAnchor = 200;  // article/corrections.cpp keeps them

tl::unexpected<Error> refused(std::string why) { return tl::unexpected(Error{std::move(why), {}}); }

// The id itself, or the one that has this name.
std::string id_of(Store& store, Kind kind, std::string_view text) {
  if (store.json(kind, text)) return std::string(text);
  const std::vector<std::string> ids = store.ids_by_name(kind, text);
  return ids.size() == 1 ? ids[0] : std::string();
}

// A person by words that name them, in different articles: one of these may be withdrawn.
Target person_target(Store& store, const Json& person) {
  Target t{text_of(person, "name"), {}};
  for (const bool whole : {true, false}) {
    for (const Json& m : list_of(person, "mentions")) {
      if (t.places.size() == kTargetPlaces) return t;
      const std::string article = text_of(m, "article");
      if (std::any_of(t.places.begin(), t.places.end(),
                      [&](const Anchor& a) { return a.article == article; })) {
        continue;
      }
      const auto text = store.text(article);
      if (!text) continue;
      const utf8::OffsetIndex offsets(text->text);
      const Span place = offsets.bytes(make_span(number_of(m, "start"), number_of(m, "end")));
      std::string words(slice(text->text, place));
      if (words.empty() || (words == t.name) != whole) continue;
      t.places.push_back(
          {article, static_cast<std::uint32_t>(number_of(m, "start")), std::move(words)});
    }
  }
  return t;
}

Target event_target(const Json& event) {
  Target t{text_of(event, "label"), {}};
  for (const std::string& article : texts_of(event, "articles")) {
    if (t.places.size() < kTargetPlaces) t.places.push_back({article, 0, {}});
  }
  return t;
}

// A claim by its sentences in these articles, or (inside false) in all others.
Target claim_target(Store& store, const Json& claim, const std::set<std::string>& articles,
                    bool inside) {
  Target t{text_of(claim, "text"), {}};
  for (const Json& s : list_of(claim, "statements")) {
    const std::string article = text_of(s, "article");
    if (articles.contains(article) != inside || t.places.size() == kMostStatements) continue;
    const auto text = store.text(article);
    if (!text) continue;
    const utf8::OffsetIndex offsets(text->text);
    const std::size_t start = number_of(s, "start");
    const std::size_t end = std::min(number_of(s, "end"), start + kLongestAnchor);
    std::string words(slice(text->text, offsets.bytes(make_span(start, end))));
    if (inside && t.places.empty()) t.name = words;
    t.places.push_back({article, static_cast<std::uint32_t>(start), std::move(words)});
  }
  return t;
}

// Claims by id; two of them, or one and the articles whose sentences are something else.
Result<Correction> about_claims(Store& store, const Fields& form, Correction c) {
  const std::set<std::string> apart(c.articles.begin(), c.articles.end());
  const auto first = store.json(Kind::Claims, form["a"]);
  if (!first) return refused(fmt::format("there is no claim \"{}\"", form["a"]));
  c.a = claim_target(store, parsed(*first), apart, false);
  if (apart.empty()) {
    const auto second = store.json(Kind::Claims, form["b"]);
    if (!second) return refused(fmt::format("there is no claim \"{}\"", form["b"]));
    if (form["a"] == form["b"]) return refused("both are the same");
    c.b = claim_target(store, parsed(*second), {}, false);
  } else {
    c.b = claim_target(store, parsed(*first), apart, true);
  }
  if (c.a.places.empty() || c.b.places.empty()) {
    return refused("the claim has no sentences of these articles and of others");
  }
  c.articles.clear();
  return c;
}

// The articles leave the event, which is named by some that stay.
Result<Correction> split_event(Store& store, const Fields& form, Correction c) {
  const auto json = store.json(Kind::Events, form["a"]);
  if (!json) return refused(fmt::format("there is no event \"{}\"", form["a"]));
  const Json event = parsed(*json);
  c.a.name = text_of(event, "label");
  std::set<std::string> apart(c.articles.begin(), c.articles.end());
  for (const std::string& article : texts_of(event, "articles")) {
    if (apart.erase(article) > 0) continue;
    if (c.a.places.size() < kTargetPlaces) c.a.places.push_back({article, 0, {}});
  }
  if (!apart.empty()) return refused("not all of the articles are in the event");
  if (c.a.places.empty()) return refused("an article must stay in the event");
  return c;
}

// An outlet by its name, and the publisher group that it belongs to.
Result<Correction> set_group(Store& store, const Fields& form, Correction c) {
  c.a.name = form["a"];
  record::Statement s(store.record().database(),
                      "SELECT id, publisher, url FROM main.articles WHERE publisher = ? OR "
                      "publisher IS NULL");
  s.bind(c.a.name);
  while (s.step()) {
    Article a;
    a.id = s.string(0);
    a.publisher = s.string(1);
    a.url = s.string(2);
    if (outlet_of(a) == c.a.name) return c;
  }
  return refused(fmt::format("no article is by \"{}\"", c.a.name));
}

Result<Target> target(Store& store, K kind, std::string_view text) {
  const bool event = kind == K::MergeEvents || kind == K::RenameEvent;
  const Kind shelf = event ? Kind::Events : Kind::People;
  const std::string id = id_of(store, shelf, text);
  const auto json = id.empty() ? std::nullopt : store.json(shelf, id);
  if (!json) return refused(fmt::format("nothing, or more than one, is called \"{}\"", text));
  Target t = event ? event_target(parsed(*json)) : person_target(store, parsed(*json));
  if (t.places.empty()) return refused(fmt::format("no article names \"{}\"", text));
  return t;
}

bool takes_articles(K kind) {
  return kind == K::CutCopies || kind == K::JoinCopies || kind == K::SetDate ||
         kind == K::SplitPerson || kind == K::SplitEvent || kind == K::NotSameClaim;
}

// What must be said of its kind before it is looked up what it is about; empty: nothing is missing.
std::string missing(const Correction& c) {
  const bool two = c.kind == K::CutCopies || c.kind == K::JoinCopies;
  // Two claims, or one and articles.
  const bool some = takes_articles(c.kind) && c.kind != K::NotSameClaim;
  if ((some && c.articles.empty()) ||
      (two && (c.articles.size() != 2 || c.articles[0] == c.articles[1]))) {
    return "the articles are missing";
  }
  if (c.kind == K::SetDate && !parse_edtf(c.value)) return "the date is missing";
  const bool named = c.kind == K::RenamePerson || c.kind == K::RenameEvent ||
                     c.kind == K::SetRole || c.kind == K::RemoveRole || c.kind == K::SetGroup;
  return named && c.value.empty() ? "the name or office is missing" : "";
}

Result<Correction> about_people_or_events(Store& store, const Fields& form, Correction c) {
  Result<Target> a = target(store, c.kind, form["a"]);
  if (!a) return tl::unexpected(a.error());
  c.a = std::move(*a);
  if (c.kind == K::MergePeople || c.kind == K::MergeEvents) {
    Result<Target> b = target(store, c.kind, form["b"]);
    if (!b) return tl::unexpected(b.error());
    c.b = std::move(*b);
    if (c.a == c.b) return refused("both are the same");
  }
  return c;
}

}  // namespace

Result<Correction> correction_of(Store& store, const Fields& form) {
  for (const auto& [name, value] : form.items()) {
    if (value.size() > kLongest) return refused(fmt::format("\"{}\" is too long", name));
  }
  const auto kind = correction_kind(form["do"]);
  if (!kind) return refused("there is no such correction");
  Correction c;
  c.kind = *kind;
  c.by = utf8::squeeze(form["by"]);
  c.why = utf8::squeeze(form["why"]);
  c.value = utf8::squeeze(form["value"]);
  c.from = form["from"];
  c.to = form["to"];
  if (c.by.empty() || c.why.empty()) return refused("who corrects, and why, must be said");
  for (const std::string& date : {c.from, c.to}) {
    if (!date.empty() && !parse_edtf(date)) {
      return refused(fmt::format("\"{}\" is no date like 2017-07-08", date));
    }
  }
  if (takes_articles(*kind)) {
    for (const auto& [name, value] : form.items()) {
      if (name != "article") continue;
      if (!store.article(value)) return refused(fmt::format("there is no article \"{}\"", value));
      c.articles.push_back(value);
    }
  }
  if (std::string what = missing(c); !what.empty()) return refused(std::move(what));
  switch (*kind) {
    case K::CutCopies:
    case K::JoinCopies:
    case K::SetDate:
      return c;
    case K::SameClaim:
    case K::NotSameClaim:
      return about_claims(store, form, std::move(c));
    case K::SplitEvent:
      return split_event(store, form, std::move(c));
    case K::SetGroup:
      return set_group(store, form, std::move(c));
    default:
      return about_people_or_events(store, form, std::move(c));
  }
}

Result<std::int64_t> store_correction(Store& store, const std::string& path, const Fields& form,
                                      bool undo) {
  try {
    if (undo) {
      if (form["by"].empty() || form["why"].empty()) {
        return refused("who takes it back, and why, must be said");
      }
      record::Record record(path, record::Record::Mode::Write);
      return record.undo(static_cast<std::int64_t>(form.number("id", 0, 0, 1'000'000'000)),
                         utf8::squeeze(form["by"]), utf8::squeeze(form["why"]));
    }
    Result<Correction> correction = correction_of(store, form);
    if (!correction) return tl::unexpected(correction.error());
    record::Record record(path, record::Record::Mode::Write);
    return record.add_correction(std::move(*correction));
  } catch (const IoError& e) {
    return refused(e.what());
  }
}

}  // namespace twosource::serve
