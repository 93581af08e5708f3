#include "serve/corrections.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "article/edtf.hpp"
#include "serve/page_parts.hpp"

namespace twosource::serve {
namespace {

using K = CorrectionKind;

constexpr std::size_t kLongest = 2000;  // bytes of one field

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

bool offered(K kind) {
  return kind == K::MergePeople || kind == K::SplitPerson || kind == K::RenamePerson ||
         kind == K::SetRole || kind == K::RemoveRole || kind == K::MergeEvents ||
         kind == K::RenameEvent || kind == K::CutCopies || kind == K::JoinCopies ||
         kind == K::SetDate;
}

bool takes_articles(K kind) {
  return kind == K::CutCopies || kind == K::JoinCopies || kind == K::SetDate ||
         kind == K::SplitPerson;
}

}  // namespace

Result<Correction> correction_of(Store& store, const Fields& form) {
  for (const auto& [name, value] : form.items()) {
    if (value.size() > kLongest) return refused(fmt::format("\"{}\" is too long", name));
  }
  const auto kind = correction_kind(form["do"]);
  if (!kind || !offered(*kind)) return refused("there is no such correction");
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
    const bool two = *kind == K::CutCopies || *kind == K::JoinCopies;
    if (c.articles.empty() || (two && (c.articles.size() != 2 || c.articles[0] == c.articles[1]))) {
      return refused("the articles are missing");
    }
  }
  if (*kind == K::SetDate && !parse_edtf(c.value)) return refused("the date is missing");
  const bool named = *kind == K::RenamePerson || *kind == K::RenameEvent || *kind == K::SetRole ||
                     *kind == K::RemoveRole;
  if (named && c.value.empty()) return refused("the name or office is missing");
  if (*kind == K::CutCopies || *kind == K::JoinCopies || *kind == K::SetDate) return c;
  Result<Target> a = target(store, *kind, form["a"]);
  if (!a) return tl::unexpected(a.error());
  c.a = std::move(*a);
  if (*kind == K::MergePeople || *kind == K::MergeEvents) {
    Result<Target> b = target(store, *kind, form["b"]);
    if (!b) return tl::unexpected(b.error());
    c.b = std::move(*b);
    if (c.a == c.b) return refused("both are the same");
  }
  return c;
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
