#include "pattern.hpp"

#include <fmt/format.h>

#include <chrono>

#include "text/utf8.hpp"

namespace twosource::archive {
namespace {

std::chrono::year_month_day calendar(int day) {
  return std::chrono::sys_days(std::chrono::days(day));
}

// A made-up first part of names: "Kreind", "Schwack".
std::string coin(const Language& language, Random& random) {
  std::string out = pick(random, language.of("onset"));
  out += pick(random, language.of("vowel"));
  return out += pick(random, language.of("coda"));
}

Name place_name(const Language& language, Random& random) {
  std::string name = coin(language, random);
  name += pick(random, language.of("place_b"));
  return {name, name, EntityType::Location, 0};
}

Name person_name(const Language& language, Random& random) {
  std::string last = coin(language, random);
  last += pick(random, language.of("surname_b"));
  std::string full = pick(random, language.of("first")) + " " + last;
  return {std::move(full), std::move(last), EntityType::Person, random()};
}

// One person in three and one place in three are often in the news: drawn from few.
template <class Make>
Name known_or_new(Random& random, std::size_t known, Make make) {
  if (!chance(random, 33)) return make(random);
  Random fixed(below(random, known) * 977 + known);
  return make(fixed);
}

class Filler {
 public:
  Filler(const Language& language, const Cast& cast, Random& random)
      : language_(language), cast_(cast), random_(random) {}

  Piece run(std::string_view pattern) {
    expand(pattern);
    std::string& text = piece_.text;
    std::size_t first = 0;
    if (!text.empty() && utf8::is_letter(utf8::decode(text, first))) {
      const std::string upper = text.substr(0, first) == "ü" ? "Ü" : std::string();
      if (!upper.empty()) text.replace(0, first, upper);
      if (text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    }
    return std::move(piece_);
  }

 private:
  void expand(std::string_view pattern) {
    while (!pattern.empty()) {
      const std::size_t at = std::min(pattern.find_first_of("[{"), pattern.size());
      piece_.text.append(pattern.substr(0, at));
      if (at == pattern.size()) return;
      const std::size_t end = pattern.find(pattern[at] == '[' ? ']' : '}', at);
      const std::string_view inner = pattern.substr(at + 1, end - at - 1);
      pattern[at] == '[' ? alternative(inner) : slot(inner[0]);
      pattern.remove_prefix(end + 1);
      // No two writers put it in the same order: something is often slipped in behind a name.
      const bool name = inner == "T" || inner == "O" || inner == "L" || inner == "S";
      if (name && pattern.starts_with(' ') && chance(random_, 30)) {
        piece_.text += ' ';
        slot('X');
      }
    }
  }

  void alternative(std::string_view list) {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= list.size();) {
      const std::size_t end = std::min(list.find('|', at), list.size());
      parts.push_back(list.substr(at, end - at));
      at = end + 1;
    }
    expand(pick(random_, parts));
  }

  void put(const Name& name, const std::string& shown) {
    const std::size_t begin = piece_.text.size();
    piece_.text += shown;
    piece_.marks.push_back({make_span(begin, piece_.text.size()), name.full, name.type, {}});
  }

  void put_day() {
    const auto date = calendar(cast_.day);
    const std::size_t begin = piece_.text.size();
    const std::string& month = language_.of("month")[static_cast<unsigned>(date.month()) - 1];
    const auto number = static_cast<unsigned>(date.day());
    piece_.text += language_.code == "de" ? fmt::format("{}. {}", number, month)
                                          : fmt::format("{} {}", number, month);
    piece_.marks.push_back(
        {make_span(begin, piece_.text.size()), {}, EntityType::Other, iso_day(cast_.day)});
  }

  void put_thing(std::size_t a, std::size_t b) {
    const auto& first = language_.of("thing_a");
    const auto& second = language_.of("thing_b");
    piece_.text += first[a % first.size()];
    if (language_.code != "de") piece_.text += ' ';
    piece_.text += second[b % second.size()];
  }

  void slot(char what) {
    const Name& who = cast_.people[below(random_, cast_.people.size())];
    switch (what) {
      case 'R':
        piece_.text += language_.of("role")[who.role % language_.of("role").size()] + " ";
        return put(who, who.full);
      case 'P':
        return put(who, who.full);
      case 'S':
        return put(who, who.last);
      case 'Q': {
        const Name& other = pick(random_, cast_.others);
        return put(other, other.full);
      }
      case 'L':
        return put(cast_.place, cast_.place.full);
      case 'M': {
        const Name& other = pick(random_, cast_.elsewhere);
        return put(other, other.full);
      }
      case 'O': {
        const std::string& body = cast_.body[language_.code == "de" ? 0 : 1];
        return put({body, body, EntityType::Organisation, 0}, body);
      }
      case 'T': {
        const std::size_t k = 2 * below(random_, cast_.things.size() / 2);
        return put_thing(cast_.things[k], cast_.things[k + 1]);
      }
      case 'N':
        return put_thing(random_() >> 8U, random_() >> 8U);
      case 'A':
        piece_.text += pick(random_, language_.of("adjective"));
        return;
      case 'V':
        piece_.text += pick(random_, language_.of("verb"));
        return;
      case 'X':
        piece_.text +=
            pick(random_, language_.of("preposition")) + " " + pick(random_, language_.of("mass"));
        return;
      case 'B':
        piece_.text += pick(random_, language_.of("people"));
        return;
      case 'K':
        piece_.text += language_.of("kind")[cast_.kind % language_.of("kind").size()];
        return;
      case 'F':
        piece_.text += std::to_string(pick(random_, cast_.figures));
        return;
      case 'D':
        return put_day();
      default:
        piece_.text += std::to_string(2 + below(random_, 900));
        return;
    }
  }

  const Language& language_;
  const Cast& cast_;
  Random& random_;
  Piece piece_;
};

}  // namespace

std::string iso_day(int day) {
  const auto date = calendar(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

Piece fill(std::string_view pattern, const Language& language, const Cast& cast, Random& random) {
  return Filler(language, cast, random).run(pattern);
}

Cast make_cast(const Language& german, const Language& english, bool in_english, int day,
               Random& random) {
  constexpr std::size_t kKnownPeople = 400;
  constexpr std::size_t kKnownPlaces = 150;
  const Language& home = in_english ? english : german;
  const auto person = [&](Random& r) { return person_name(home, r); };
  const auto place = [&](Random& r) { return place_name(home, r); };
  Cast cast;
  const std::size_t people = 1 + below(random, 3);
  for (std::size_t i = 0; i < people; ++i) {
    cast.people.push_back(known_or_new(random, kKnownPeople, person));
  }
  for (int i = 0; i < 2; ++i) cast.others.push_back(known_or_new(random, kKnownPeople, person));
  cast.place = known_or_new(random, kKnownPlaces, place);
  for (int i = 0; i < 3; ++i) cast.elsewhere.push_back(known_or_new(random, kKnownPlaces, place));
  const std::size_t body = random();
  const std::string of = place_name(home, random).full;
  cast.body = {german.of("body_a")[body % german.of("body_a").size()] + " " + of,
               of + " " + english.of("body_a")[body % english.of("body_a").size()], of};
  for (std::size_t& t : cast.things) t = random() >> 8U;
  cast.kind = random();
  for (int i = 0; i < 5; ++i)
    cast.figures.push_back(static_cast<unsigned>(2 + below(random, 4000)));
  cast.day = day;
  return cast;
}

}  // namespace twosource::archive
