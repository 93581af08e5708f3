#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "annotate/name/lexicon.hpp"
#include "article/edtf.hpp"
#include "text/utf8.hpp"

// Reading the tables of the name stage. A missing table leaves its part empty.
namespace twosource::annotate::name {
namespace {

constexpr std::array<std::pair<std::string_view, WordClass>, 29> kClassNames{{
    {"stop", kStop},
    {"particle", kParticle},
    {"article", kArticle},
    {"indefinite", kIndefinite},
    {"and", kAnd},
    {"both", kBoth},
    {"title", kTitle},
    {"org_tail", kOrgTail},
    {"org_head", kOrgHead},
    {"event_head", kEventHead},
    {"pronoun", kPronoun},
    {"possessive", kPossessive},
    {"reported_verb", kReportedVerb},
    {"speech_verb", kSpeechVerb},
    {"complementizer", kComplementizer},
    {"preposition", kPreposition},
    {"relation", kRelation},
    {"place_preposition", kPlacePreposition},
    {"place_tail", kPlaceTail},
    {"place_head", kPlaceHead},
    {"event_tail", kEventTail},
    {"first_name", kFirstName},
    {"ambiguous", kAmbiguous},
    {"former", kFormer},
    {"of", kOf},
    {"relational", kRelational},
    {"description", kDescription},
    {"member", kMember},
    {"inner_particle", kInnerParticle},
}};

constexpr std::array<std::pair<std::string_view, bool Word::*>, 6> kFlagNames{{
    {"acting", &Word::acting},
    {"relative", &Word::relative},
    {"oblique", &Word::oblique},
    {"surname", &Word::surname},
    {"genitive", &Word::genitive},
    {"saint", &Word::saint},
}};

Gender gender_of(std::string_view cell) {
  if (cell == "m") return Gender::Male;
  if (cell == "f") return Gender::Female;
  return Gender::Unknown;
}

bool short_capitals(std::string_view form) {
  return form.size() <= 4 && std::all_of(form.begin(), form.end(),
                                         [](char c) { return (c >= 'A' && c <= 'Z') || c == '.'; });
}

bool capitals(std::string_view form) {
  return std::none_of(form.begin(), form.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

std::string setting(const Pack& pack, std::string_view key) {
  for (const Row& row : pack.table("name_settings.tsv").rows()) {
    if (row.cells.size() >= 2 && row.cells[0] == key) return row.cells[1];
  }
  return {};
}

std::vector<std::string> forms_of(const std::string& name, const std::string& aliases) {
  std::vector<std::string> forms = split_list(aliases);
  forms.insert(forms.begin(), name);
  return forms;
}

bool ends_with_any(std::string_view word, const std::vector<std::string>& endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](const std::string& e) { return word.ends_with(e); });
}

}  // namespace

void Lexicon::load_words(const Pack& pack) {
  genitive_endings_ = split_list(setting(pack, "genitive_endings"));
  adjective_endings_ = split_list(setting(pack, "adjective_endings"));
  name_adjective_endings_ = split_list(setting(pack, "inner_endings"));
  feminine_endings_ = split_list(setting(pack, "demonym_feminine_endings"));
  plural_endings_ = split_list(setting(pack, "demonym_plural_endings"));
  has_genitive_s = !genitive_endings_.empty();
  verb_plural_ending = setting(pack, "verb_plural_ending");
  still_prefixes_ = split_list(setting(pack, "still_prefixes"));
  two_words_ = split_list(setting(pack, "two_words"));
  former_prefixes_ = split_list(setting(pack, "former_prefixes"));
  const Table& table = pack.table("name_words.tsv");
  const std::size_t form = table.column("word");
  const std::size_t cls = table.column("class");
  const std::size_t gender = table.column("gender");
  for (const Row& row : table.rows()) {
    if (row.cells[cls] == "place_suffix") {
      place_suffixes_.push_back(utf8::lower(row.cells[form]));
      continue;
    }
    if (row.cells[cls] == "aged") {
      aged_.push_back(utf8::lower(row.cells[form]));
      continue;
    }
    if (row.cells[cls] == "carrier") {
      carriers_.push_back(utf8::lower(row.cells[form]));
      continue;
    }
    const auto* flag = std::find_if(kFlagNames.begin(), kFlagNames.end(),
                                    [&](const auto& f) { return f.first == row.cells[cls]; });
    if (flag != kFlagNames.end()) {
      Word& word = entry(row.cells[form]);
      word.*(flag->second) = true;
      if (const Gender g = gender_of(row.cells[gender]); g != Gender::Unknown) word.gender = g;
      continue;
    }
    const auto* it = std::find_if(kClassNames.begin(), kClassNames.end(),
                                  [&](const auto& c) { return c.first == row.cells[cls]; });
    if (it == kClassNames.end()) throw PackError(table.where(row) + ": unknown class");
    Word& word = entry(row.cells[form]);
    word.classes |= it->second;
    if (it->second == kFirstName) word.first_name = gender_of(row.cells[gender]);
    if (const Gender g = gender_of(row.cells[gender]); g != Gender::Unknown) word.gender = g;
  }
}

void Lexicon::load_place_words(const Table& table, const Row& row, std::int32_t place) {
  for (const std::string& stem : split_list(row.cells[table.column("adjectives")])) {
    std::vector<std::string> forms{stem};
    if (!utf8::starts_upper(stem) || stem.find('-') != std::string::npos) {
      for (const std::string& ending : adjective_endings_) forms.push_back(stem + ending);
    }
    for (const std::string& form : forms) {
      Word& word = entry(form);
      if (!word.is(kPlaceAdjective)) word.place = place;
      word.classes |= kPlaceAdjective;
    }
  }
  for (const std::string& form : split_list(row.cells[table.column("demonyms")])) {
    Word& word = entry(form);
    if (!word.is(kPlaceAdjective | kDemonym)) word.place = place;
    if (word.is(kPlaceAdjective)) word.place = std::max(word.place, place);
    word.classes |= kDemonym;
    word.demonym_plural = ends_with_any(form, plural_endings_);
    if (ends_with_any(form, feminine_endings_)) word.gender = Gender::Female;
  }
}

void Lexicon::load_places(const Pack& pack) {
  StringMap<std::string> genitives;
  const Table& genitive = pack.table("name_genitive.tsv");
  for (const Row& row : genitive.rows()) {
    genitives[row.cells[genitive.column("place")]] = row.cells[genitive.column("genitive")];
  }
  const std::string of_word = setting(pack, "of_word");
  const Table& table = pack.table("places.tsv");
  const std::size_t name = table.column("name");
  const std::size_t kind = table.column("kind");
  for (const Row& row : table.rows()) {
    const auto index = static_cast<std::int32_t>(places.size());
    Place place;
    place.name = row.cells[name];
    place.country = row.cells[kind] == "country";
    place.metonym = row.cells[table.column("metonym")] == "yes";
    place.of = row.cells[table.column("of")];
    if (const auto it = genitives.find(place.name); it != genitives.end()) {
      place.genitive = it->second;
    } else if (genitive_endings_.empty() || place.name.ends_with('s')) {
      place.genitive = of_word + " " + place.name;
    } else {
      place.genitive = place.name + genitive_endings_.front();
    }
    places.push_back(std::move(place));
    place_by_name_.try_emplace(row.cells[name], index);
    if (places.back().country) country_by_code_.try_emplace(row.cells[table.column("in")], index);
    for (const std::string& form : forms_of(row.cells[name], row.cells[table.column("aliases")])) {
      known.push_back({row.cells[name], EntityType::Location, index, short_capitals(form), false});
      add_known(form, static_cast<std::int32_t>(known.size()) - 1);
    }
    load_place_words(table, row, index);
  }
}

void Lexicon::load_organisations(const Pack& pack) {
  const Table& table = pack.table("organisations.tsv");
  const std::size_t name = table.column("name");
  const std::size_t of = table.column("of");
  const std::size_t kind = table.column("kind");
  for (const Row& row : table.rows()) {
    if (row.cells[kind] == "party") parties_.insert(row.cells[name]);
    for (const std::string& form : forms_of(row.cells[name], row.cells[table.column("aliases")])) {
      // The bare kind of a body ("Justizministerium" of "Bundesjustizministerium") may be
      // another's.
      const bool bare = form != row.cells[name] && form.find(' ') == std::string::npos &&
                        utf8::lower(row.cells[name]).ends_with(utf8::lower(form));
      if (bare) continue;
      known.push_back({row.cells[name], EntityType::Organisation, country_of(row.cells[of]),
                       short_capitals(form), row.cells[kind] == "party",
                       row.cells[kind] == "government"});
      add_known(form, static_cast<std::int32_t>(known.size()) - 1);
    }
  }
}

// News agencies and outlets; forms in lower case ("dpa") are credits, not names in a sentence.
void Lexicon::load_media(const Pack& pack) {
  for (const char* file : {"agencies.tsv", "outlets.tsv"}) {
    const Table& table = pack.table(file);
    const std::size_t name = table.column("name");
    const std::size_t aliases = table.column("aliases");
    for (const Row& row : table.rows()) {
      for (const std::string& form : forms_of(row.cells[name], row.cells[aliases])) {
        // A capitalised word as a further form ("Rex") is more often something else.
        const bool several = form.find(' ') != std::string::npos || form == row.cells[name];
        if (form.size() < 3 || !utf8::starts_upper(form) || (!several && !capitals(form))) continue;
        if (const Word* w = word(utf8::lower(form)); w != nullptr && w->is(kStop)) continue;
        known.push_back(
            {row.cells[name], EntityType::Organisation, -1, short_capitals(form), false});
        add_known(form, static_cast<std::int32_t>(known.size()) - 1);
      }
    }
  }
}

// Things with names of their own: aircraft, pipelines, treaties.
void Lexicon::load_things(const Pack& pack) {
  const Table& table = pack.table("name_things.tsv");
  if (table.rows().empty()) return;
  const std::size_t name = table.column("name");
  const std::size_t aliases = table.column("aliases");
  for (const Row& row : table.rows()) {
    for (const std::string& form : forms_of(row.cells[name], row.cells[aliases])) {
      known.push_back({row.cells[name], EntityType::Other, -1, short_capitals(form), false});
      add_known(form, static_cast<std::int32_t>(known.size()) - 1);
    }
  }
}

void Lexicon::load_first_names(const Pack& pack) {
  const Table& table = pack.table("firstnames.tsv");
  const std::size_t name = table.column("name");
  const std::size_t gender = table.column("gender");
  for (const Row& row : table.rows()) {
    Word& word = entry(row.cells[name]);
    if (word.is(kFirstName)) continue;
    word.classes |= kFirstName;
    word.first_name = gender_of(row.cells[gender]);
  }
}

void Lexicon::add_role_form(const std::string& form, std::int32_t role, Gender gender,
                            bool plural_only) {
  const std::string lower = utf8::lower(form);
  const std::size_t blank = lower.rfind(' ');
  if (blank != std::string::npos) {
    role_phrases_.add(form, role);
    return;
  }
  Word& word = words_[lower];
  if (word.is(kRole)) {
    // A form that is both ("Präsidenten": genitive singular and plural) may be singular.
    word.role_plural_only = word.role_plural_only && plural_only;
    return;
  }
  word.classes |= kRole;
  word.role = role;
  word.role_gender = gender;
  word.role_plural_only = plural_only;
  if (lower.size() >= 4 && lower.size() < 64) {
    role_tails_[four_bytes(std::string_view(lower).substr(lower.size() - 4))] |= std::uint64_t{1}
                                                                                 << lower.size();
  }
}

void Lexicon::load_roles(const Pack& pack) {
  const Table& table = pack.table("roles.tsv");
  const std::size_t noun = table.column("noun");
  const std::size_t feminine = table.column("feminine");
  const std::size_t plural = table.column("plural");
  const std::size_t authority = table.column("authority");
  const std::size_t kind_column = table.column("kind");
  std::map<std::string, std::uint8_t> kinds;
  const std::vector<std::string> oblique = split_list(setting(pack, "role_oblique_endings"));
  const std::vector<std::string> female_plural =
      split_list(setting(pack, "plural_feminine_endings"));
  for (const Row& row : table.rows()) {
    const std::string& form = row.cells[noun];
    const std::string& female = row.cells[feminine];
    const auto index = static_cast<std::int32_t>(roles.size());
    if (!role_by_noun_.try_emplace(utf8::lower(form), index).second) continue;
    const bool speaks = row.cells[authority] == "yes";
    // Members of governments are politicians.
    const std::string& field = row.cells[kind_column];
    const auto [kind, new_kind] =
        kinds.try_emplace(field == "government" || field == "authority" ? "politics" : field,
                          static_cast<std::uint8_t>(kinds.size() + 1));
    Role role{form, female, speaks, entry(form).is(kRelational)};
    role.member = entry(form).is(kMember);
    role.description = entry(form).is(kDescription);
    role.kind = kind->second;
    if (kind->first == "politics") politics = kind->second;
    role.office = speaks && !role.description;
    roles.push_back(std::move(role));
    const Gender g = female.empty() ? Gender::Unknown : Gender::Male;
    add_role_form(form, index, g, false);
    // "der Beauftragte" (weak masculine) looks like "die Beauftragte".
    const bool weak_like = female + "r" == form;
    if (!female.empty())
      add_role_form(female, index, weak_like ? Gender::Unknown : Gender::Female, false);
    for (const std::string& ending : oblique) add_role_form(form + ending, index, g, false);
    for (const std::string& p : split_list(row.cells[plural])) {
      // The weak declension ("des Präsidenten") looks like the plural.
      const bool female_form = ends_with_any(p, female_plural);
      // "des Präsidenten": the weak declension looks like the plural, and so does "die Minister".
      add_role_form(p, index, female_form ? Gender::Female : g, female_form || oblique.empty());
      auto form_it = words_.find(utf8::lower(p));
      if (form_it != words_.end()) form_it.value().role_plural = true;
    }
  }
}

void Lexicon::load_role_links(const Pack& pack) {
  links_.resize(roles.size());
  const Table& table = pack.table("name_role_links.tsv");
  for (const Row& row : table.rows()) {
    const std::string& form = row.cells[table.column("word")];
    const std::int32_t place = place_by_name(row.cells[table.column("place")]);
    auto it = role_by_noun_.find(form);
    if (it == role_by_noun_.end()) {
      it = role_by_noun_.try_emplace(form, static_cast<std::int32_t>(roles.size())).first;
      roles.push_back({form, "", true, false});
      roles.back().office = true;
      links_.emplace_back();
      add_role_form(form, it->second, Gender::Male, false);
      for (const std::string& ending : genitive_endings_) {
        add_role_form(form + ending, it->second, Gender::Male, false);
      }
    }
    if (place >= 0) words_[form].place = place;
    for (const std::string& noun : split_list(row.cells[table.column("noun")])) {
      const auto to = role_by_noun_.find(utf8::lower(noun));
      if (to != role_by_noun_.end())
        links_[static_cast<std::size_t>(it->second)].push_back(to->second);
    }
  }
}

void Lexicon::load_offices(const Pack& pack) {
  const Table& table = pack.table("offices.tsv");
  for (const Row& row : table.rows()) {
    const auto from = parse_edtf(row.cells[table.column("from")]);
    const auto to = parse_edtf(row.cells[table.column("to")]);
    if (!from) continue;
    if (const auto it = role_by_noun_.find(utf8::lower(row.cells[table.column("office")]));
        it != role_by_noun_.end() && place_by_name(row.cells[table.column("of")]) >= 0) {
      roles[static_cast<std::size_t>(it->second)].office = true;
    }
    using std::chrono::sys_days;
    const sys_days open_end{std::chrono::year{9999} / 1 / 1};
    offices.push_back({utf8::lower(row.cells[table.column("office")]),
                       row.cells[table.column("of")], row.cells[table.column("person")],
                       first_day(*from), to ? first_day(*to) : open_end});
    offices_of_[row.cells[table.column("of")]].push_back(
        static_cast<std::uint32_t>(offices.size()) - 1);
    const auto index = static_cast<std::uint32_t>(offices.size()) - 1;
    for (const char* column : {"office", "feminine", "aliases"}) {
      for (const std::string& title : split_list(row.cells[table.column(column)])) {
        if (title.find(' ') != std::string::npos) continue;
        std::vector<std::uint32_t>& rows = offices_titled_[utf8::lower(title)];
        if (rows.empty() || rows.back() != index) rows.push_back(index);
      }
    }
    const std::string& person = row.cells[table.column("person")];
    const std::size_t blank = person.rfind(' ');
    if (blank == std::string::npos || person.size() - blank < 5) continue;
    const std::string surname = person.substr(blank + 1);
    const Word* w = word(utf8::lower(surname));
    if (w == nullptr || !w->is(kStop | kRole | kFirstName | kTitle)) {
      office_surnames_.insert(surname);
      surname_heads_[surname_head(surname)] = true;
    }
  }
}

}  // namespace twosource::annotate::name
