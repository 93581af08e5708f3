#include "annotate/name/lexicon.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace twosource::annotate::name {
Lexicon::Lexicon(const PackSet&, const Pack& pack) : clusters(pack.bytes("names.clusters")) {
  capital_nouns = pack.setting("capital_nouns").value_or("no") == "yes";
  load_words(pack);
  load_places(pack);
  load_organisations(pack);
  load_media(pack);
  load_things(pack);
  load_first_names(pack);
  load_roles(pack);
  find_former_roles();
  load_role_links(pack);
  load_offices(pack);
  index_words();
  load_common(pack);
}

Word& Lexicon::entry(std::string_view form) {
  return words_.try_emplace(utf8::lower(form)).first.value();
}

void Lexicon::index_words() {
  index_.reserve(words_.size() * 3);
  for (const auto& [form, word] : words_) index_.at(word_hash(form)).word = &word;
  phrases_.each_first_word(
      [this](std::string_view form) { index_.at(word_hash(form)).begins_known = true; });
  role_phrases_.each_first_word(
      [this](std::string_view form) { index_.at(word_hash(form)).begins_role = true; });
}

const Word* Lexicon::word(std::string_view lower) const {
  const auto it = words_.find(lower);
  return it == words_.end() ? nullptr : &it->second;
}

// Registers a name with the inflected forms the language's settings ask for.
void Lexicon::add_known(const std::string& form, std::int32_t index) {
  phrases_.add(form, index);
  for (const std::string& ending : genitive_endings_) {
    const char last = form.empty() ? 's' : form.back();
    if (last != 's' && last != 'x' && last != 'z') phrases_.add(form + ending, index);
  }
  const std::size_t blank = form.find(' ');
  if (blank == std::string::npos || blank < 3 || form[blank - 1] != 'e') return;
  for (const std::string& ending : name_adjective_endings_) {
    phrases_.add(form.substr(0, blank) + ending + form.substr(blank), index);
  }
}

std::int32_t Lexicon::known_at(const TokenLayer& layer, std::size_t at, std::size_t end,
                               std::uint32_t& tokens) const {
  if (!layer.tokens[at].upper && !layer.tokens[at].has_digit) return -1;
  const PhraseTable::Match match = phrases_.longest(layer, at, end);
  if (!match) return -1;
  const Known& entry = known[static_cast<std::size_t>(match.value)];
  if (match.tokens == 1 && !layer.tokens[at].all_upper) {
    const std::size_t letters = layer.tokens[at].span.size();
    if (entry.caps && letters <= 4) return -1;
  }
  if (!layer.tokens[at + match.tokens - 1].upper &&
      !layer.tokens[at + match.tokens - 1].has_digit) {
    return -1;
  }
  tokens = match.tokens;
  return match.value;
}

bool Lexicon::place_suffix(std::string_view lower) const {
  return std::any_of(place_suffixes_.begin(), place_suffixes_.end(), [&](const std::string& s) {
    return lower.size() > s.size() + 2 && lower.ends_with(s);
  });
}

bool Lexicon::aged(std::string_view lower) const {
  return std::any_of(aged_.begin(), aged_.end(),
                     [&](const std::string& s) { return lower.ends_with(s); });
}

std::int32_t Lexicon::metonym_of(std::int32_t place) const {
  const Place& p = places[static_cast<std::size_t>(place)];
  return p.metonym ? place_by_name(p.of) : -1;
}

bool Lexicon::adjective_like(std::string_view lower) const {
  return adjective_endings_.empty() ||
         std::any_of(adjective_endings_.begin(), adjective_endings_.end(),
                     [&](const std::string& e) {
                       return lower.size() > e.size() + 2 && lower.ends_with(e);
                     });
}

bool Lexicon::may_be_plural(std::string_view lower) const {
  const auto it = words_.find(lower);
  return it != words_.end() && it->second.role_plural;
}

std::int32_t Lexicon::place_by_name(std::string_view name) const {
  const auto it = place_by_name_.find(name);
  return it == place_by_name_.end() ? -1 : it->second;
}

void Lexicon::find_former_roles() {
  for (Role& role : roles) {
    const std::string lower = utf8::lower(role.noun);
    for (const std::string& prefix : former_prefixes_) {
      if (!lower.starts_with(prefix)) continue;
      const std::size_t cut = prefix.size() + (lower[prefix.size()] == '-' ? 1U : 0U);
      const auto it = role_by_noun_.find(lower.substr(cut));
      if (it != role_by_noun_.end()) role.former_of = it->second;
    }
  }
}

RoleWord Lexicon::compound_role(std::string_view lower) const {
  if (lower.size() < 7) return {};
  const auto tail = role_tails_.find(four_bytes(lower.substr(lower.size() - 4)));
  if (tail == role_tails_.end()) return {};
  for (std::size_t cut = 2; cut + 4 <= lower.size(); ++cut) {
    const std::size_t length = lower.size() - cut;
    if (length >= 64 || (tail->second & (std::uint64_t{1} << length)) == 0) continue;
    if ((static_cast<unsigned char>(lower[cut]) & 0xC0U) == 0x80U) continue;
    const std::string_view head = lower.substr(cut);
    const auto it = words_.find(head);
    if (it == words_.end() || it->second.role < 0) continue;
    std::string_view first = lower.substr(0, cut);
    const bool hyphen = first.ends_with('-');
    if (hyphen) first.remove_suffix(1);
    RoleWord out{it->second.role, -1, it->second.role_gender, it->second.role_plural_only};
    if (std::find(former_prefixes_.begin(), former_prefixes_.end(), first) !=
        former_prefixes_.end()) {
      out.former = true;
      return out;
    }
    if (hyphen &&
        std::find(still_prefixes_.begin(), still_prefixes_.end(), first) != still_prefixes_.end())
      return out;
    if (hyphen) out.first = word_hash(first);
    const std::int32_t named = phrases_.word(first);
    if (named < 0) return out;
    // A party's or company's chairman holds no office of its country.
    const Known& k = known[static_cast<std::size_t>(named)];
    out.body = named;
    if (k.type == EntityType::Location || k.government) out.place = k.place;
    return out;
  }
  return {};
}

RoleWord Lexicon::role_at(const TokenLayer& layer, std::size_t at, std::size_t end,
                          const WordIndex::Entry* entry, std::uint32_t& tokens) const {
  tokens = 1;
  if (entry != nullptr && entry->begins_role) {
    if (const auto match = role_phrases_.longest(layer, at, end); match) {
      tokens = match.tokens;
      return {match.value, -1, Gender::Unknown, false};
    }
  }
  if (const Word* w = entry == nullptr ? nullptr : entry->word; w != nullptr && w->role >= 0) {
    RoleWord out{w->role, w->is(kPlaceAdjective | kDemonym) ? -1 : w->place, w->role_gender,
                 w->role_plural_only};
    out.former = roles[static_cast<std::size_t>(w->role)].former_of >= 0;
    return out;
  }
  return layer.tokens[at].upper || !capital_nouns ? compound_role(layer.lower(at)) : RoleWord{};
}

std::span<const std::uint32_t> Lexicon::offices_titled(std::string_view lower) const {
  auto it = offices_titled_.find(lower);
  if (it == offices_titled_.end() && has_genitive_s && lower.ends_with('s')) {
    it = offices_titled_.find(lower.substr(0, lower.size() - 1));
  }
  return it == offices_titled_.end() ? std::span<const std::uint32_t>{} : std::span(it->second);
}

bool Lexicon::role_tail(std::int32_t head, std::int32_t whole) const {
  if (head < 0 || whole < 0) return false;
  const Role& h = roles[static_cast<std::size_t>(head)];
  const Role& w = roles[static_cast<std::size_t>(whole)];
  return h.office && w.office && w.noun.size() > h.noun.size() &&
         w.noun.ends_with(utf8::lower(h.noun));
}

bool Lexicon::roles_agree(std::int32_t a, std::int32_t b) const {
  if (a < 0 || b < 0) return false;
  if (a == b) return true;
  const auto linked = [this](std::int32_t from, std::int32_t to) {
    const auto& list = links_[static_cast<std::size_t>(from)];
    return std::find(list.begin(), list.end(), to) != list.end();
  };
  return linked(a, b) || linked(b, a);
}

std::vector<const Holder*> Lexicon::holders(std::int32_t role, std::int32_t place,
                                            std::chrono::sys_days first,
                                            std::chrono::sys_days last) const {
  std::vector<const Holder*> out;
  if (role < 0 || place < 0) return out;
  const std::string& of = places[static_cast<std::size_t>(place)].name;
  const auto rows = offices_of_.find(of);
  if (rows == offices_of_.end()) return out;
  for (const std::uint32_t row : rows->second) {
    const Holder& h = offices[row];
    if (h.to <= first || h.from > last) continue;
    const auto it = role_by_noun_.find(h.office);
    if (it != role_by_noun_.end() && roles_agree(role, it->second)) out.push_back(&h);
  }
  return out;
}

}  // namespace twosource::annotate::name
