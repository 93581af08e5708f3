#include "annotate/measure/lexicon.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "text/utf8.hpp"

namespace twosource::annotate {
namespace {

constexpr std::pair<std::string_view, Bound> kBounds[] = {
    {"exact", Bound::Exact},        {"approx", Bound::Approx},  {"at_least", Bound::AtLeast},
    {"more_than", Bound::MoreThan}, {"at_most", Bound::AtMost}, {"less_than", Bound::LessThan},
    {"nearly", Bound::Nearly}};

constexpr std::pair<std::string_view, MeasureWord> kWords[] = {
    {"planned", MeasureWord::Planned},
    {"planned_attr", MeasureWord::PlannedBefore},
    {"possible", MeasureWord::Possible},
    {"denied", MeasureWord::Denied},
    {"not_before", MeasureWord::NotBefore},
    {"not_after", MeasureWord::NotAfter},
    {"age_after", MeasureWord::AgeAfter},
    {"age_before", MeasureWord::AgeBefore},
    {"range", MeasureWord::Range},
    {"score", MeasureWord::Score},
    {"score_before", MeasureWord::ScoreBefore},
    {"between", MeasureWord::Between},
    {"between_and", MeasureWord::BetweenAnd},
    {"skip", MeasureWord::Skip},
    {"of_link", MeasureWord::OfLink},
    {"both", MeasureWord::Both},
    {"magnitude_before", MeasureWord::Magnitude},
    {"clause_end", MeasureWord::ClauseEnd},
    {"minus", MeasureWord::Minus},
    {"lasting", MeasureWord::Lasting},
    {"plural_irregular", MeasureWord::PluralIrregular},
    {"article", MeasureWord::Article},
    {"planned_duration", MeasureWord::PlannedDuration},
    {"intent", MeasureWord::Intent},
    {"hearsay_end", MeasureWord::HearsayEnd},
    {"denier", MeasureWord::Denier},
    {"ratio_before", MeasureWord::RatioBefore},
    {"score_dash", MeasureWord::ScoreDash},
    {"vote_noun", MeasureWord::VoteNoun},
    {"each", MeasureWord::Each},
    {"out_of", MeasureWord::OutOf},
    {"one_in", MeasureWord::OneIn},
    {"half", MeasureWord::Half},
    {"vague", MeasureWord::Vague},
    {"from", MeasureWord::From},
    {"to", MeasureWord::To},
    {"but", MeasureWord::But},
    {"elliptic", MeasureWord::Elliptic},
    {"partitive", MeasureWord::Partitive},
    {"total", MeasureWord::Total},
    {"total_before", MeasureWord::TotalBefore},
    {"age_before_end", MeasureWord::AgeBeforeEnd},
    {"age_open", MeasureWord::AgeOpen},
    {"age_close", MeasureWord::AgeClose},
    {"leading", MeasureWord::Leading},
    {"address", MeasureWord::Address},
    {"glued_unit", MeasureWord::GluedUnit},
    {"planner", MeasureWord::Planner},
    {"ordinal_noun", MeasureWord::OrdinalNoun},
    {"weight_near", MeasureWord::WeightNear},
    {"total_after", MeasureWord::TotalAfter},
    {"counted_state", MeasureWord::CountedState},
    {"counted_verb", MeasureWord::CountedVerb}};

constexpr std::pair<std::string_view, Unit> kUnits[] = {
    {"percent", Unit::Percent}, {"percentage_points", Unit::PercentPoints},
    {"money", Unit::Money},     {"length", Unit::Length},
    {"area", Unit::Area},       {"volume", Unit::Volume},
    {"weight", Unit::Weight},   {"temperature", Unit::Temperature},
    {"speed", Unit::Speed},     {"energy", Unit::Energy},
    {"power", Unit::Power},     {"other", Unit::Other}};

template <class Pairs, class Value>
bool lookup(const Pairs& pairs, std::string_view name, Value& out) {
  for (const auto& [text, value] : pairs) {
    if (text == name) {
      out = value;
      return true;
    }
  }
  return false;
}

std::string with_blanks(std::string word) {
  if (word.size() > 1) std::replace(word.begin(), word.end(), '_', ' ');
  return word;
}

double to_double(const Table& table, const Row& row, std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw PackError(fmt::format("{}: \"{}\" is not a number", table.where(row), text));
  }
  return value;
}

}  // namespace

MeasureLexicon::MeasureLexicon(const Pack& pack)
    : capital_nouns(pack.setting("capital_nouns").value_or("no") == "yes"),
      words_(static_cast<std::size_t>(MeasureWord::Count)) {
  load_units(pack);
  load_words(pack);
  mark_first_words();
}

void MeasureLexicon::mark_first_words() {
  const auto mark = [&](const PhraseTable& table, unsigned bit) {
    table.each_first_word([&](std::string_view word) {
      marks_.try_emplace(std::string(word), 0).first.value() |= std::uint64_t{1} << bit;
    });
  };
  for (std::size_t i = 0; i < words_.size(); ++i) mark(words_[i], static_cast<unsigned>(i));
  mark(bounds_, kBoundBit);
  mark(unit_words_, kUnitBit);
  const auto open = [&](std::string_view word) {
    opens_[static_cast<unsigned char>(word.front())] = true;
  };
  words_[static_cast<std::size_t>(MeasureWord::Both)].each_first_word(open);
  words_[static_cast<std::size_t>(MeasureWord::Half)].each_first_word(open);
  for (const auto& [word, part] : parts_) open(word);
}

void MeasureLexicon::load_units(const Pack& pack) {
  const Table& table = pack.table("measure_units.tsv");
  for (const Row& row : table.rows()) {
    MeasureUnit unit;
    if (!lookup(kUnits, row.cells[table.column("unit")], unit.unit)) {
      throw PackError(fmt::format("{}: unknown unit", table.where(row)));
    }
    unit.name = row.cells[table.column("name")];
    unit.factor = to_double(table, row, row.cells[table.column("factor")]);
    if (!(unit.factor > 0) || !std::isfinite(unit.factor)) {
      throw PackError(fmt::format("{}: `factor` must be positive", table.where(row)));
    }
    // Miles, gallons: values are shown as written, not as "68.1374121 m3".
    const double digits = std::log10(unit.factor);
    if (std::abs(digits - std::round(digits)) > 1e-9) {
      const std::vector<std::string> forms = split_list(row.cells[table.column("word")]);
      if (!forms.empty())
        unit.word = with_blanks(forms[std::min<std::size_t>(1, forms.size() - 1)]);
    }
    unit.before = row.cells[table.column("before")] == "yes";
    const auto index = static_cast<std::int32_t>(units_.size());
    for (const std::string& form : split_list(row.cells[table.column("word")])) {
      const std::string word = with_blanks(form);
      if (unit.unit == Unit::Weight) {
        const std::int32_t known = unit_words_.word(utf8::lower(word));
        if (known >= 0) units_[static_cast<std::size_t>(known)].heavy = index;
      }
      unit_words_.add(word, index);
      // A short one that ends a sentence is an abbreviation to the tokenizer: "2,5 km."
      if (word.size() <= 4 && ('a' <= (word.back() | 0x20) && (word.back() | 0x20) <= 'z'))
        unit_words_.add(fmt::format("{}.", word), index);
    }
    units_.push_back(std::move(unit));
  }
}

// Classes whose name or words carry a number or are suffixes.
bool MeasureLexicon::add_special(std::string_view name, const std::string& word) {
  const std::size_t bar = name.find('_');
  const std::string_view number = name.substr(std::min(bar, name.size() - 1) + 1);
  if (name == "age_suffix") {
    age_suffixes.push_back(utf8::lower(word));
  } else if (name == "group_suffix") {
    group_suffixes.push_back(utf8::lower(word));
  } else if (name == "plural_end") {
    plural_end = word;
  } else if (name == "verb_end") {
    verb_end = word;
  } else if (name.starts_with("ratio_") || name.starts_with("part_") ||
             name.starts_with("suffix_")) {
    int value = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (error != std::errc() || end != number.data() + number.size() || value <= 0) return false;
    if (name.starts_with("ratio_")) denominators_.try_emplace(utf8::lower(word), value);
    if (name.starts_with("part_")) parts_.try_emplace(utf8::lower(word), value);
    if (name.starts_with("suffix_")) suffixes_.try_emplace(utf8::lower(word), value);
  } else {
    return false;
  }
  return true;
}

void MeasureLexicon::load_words(const Pack& pack) {
  const Table& table = pack.table("measure_words.tsv");
  for (const Row& row : table.rows()) {
    const std::string& name = row.cells[table.column("class")];
    for (const std::string& word : split_list(row.cells[table.column("word")])) {
      Bound bound = Bound::Exact;
      MeasureWord known = MeasureWord::Count;
      if (lookup(kBounds, name, bound)) {
        bounds_.add(word, static_cast<std::int32_t>(bound));
      } else if (lookup(kWords, name, known)) {
        words_[static_cast<std::size_t>(known)].add(word, 1);
      } else if (!add_special(name, word)) {
        throw PackError(fmt::format("{}: unknown class \"{}\"", table.where(row), name));
      }
    }
  }
}

MeasureLexicon::BoundMatch MeasureLexicon::bound_at(const TokenLayer& layer, std::size_t at,
                                                    std::size_t end) const {
  const PhraseTable::Match m = bounds_.longest(layer, at, end);
  if (!m) return {};
  return {static_cast<Bound>(m.value), m.tokens};
}

const MeasureUnit* MeasureLexicon::unit_at(const TokenLayer& layer, std::size_t at, std::size_t end,
                                           std::uint32_t& tokens) const {
  const PhraseTable::Match m = unit_words_.longest(layer, at, end);
  tokens = m.tokens;
  return m ? &units_[static_cast<std::size_t>(m.value)] : nullptr;
}

const MeasureUnit* MeasureLexicon::unit_word(std::string_view lower) const {
  const std::int32_t index = unit_words_.word(lower);
  return index < 0 ? nullptr : &units_[static_cast<std::size_t>(index)];
}

const MeasureUnit* MeasureLexicon::weighed(const MeasureUnit* unit) const {
  return unit->heavy < 0 ? nullptr : &units_[static_cast<std::size_t>(unit->heavy)];
}

std::uint32_t MeasureLexicon::at(MeasureWord word, const TokenLayer& layer, std::size_t i,
                                 std::size_t end) const {
  const PhraseTable::Match m = words_[static_cast<std::size_t>(word)].longest(layer, i, end);
  return m ? m.tokens : 0;
}

int MeasureLexicon::denominator(std::string_view lower) const {
  const auto it = denominators_.find(lower);
  return it == denominators_.end() ? 0 : it->second;
}

int MeasureLexicon::part(std::string_view lower) const {
  const auto it = parts_.find(lower);
  return it == parts_.end() ? 0 : it->second;
}

double MeasureLexicon::scale_suffix(std::string_view lower) const {
  const auto it = suffixes_.find(lower);
  return it == suffixes_.end() ? 0 : it->second;
}

}  // namespace twosource::annotate
