#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/short_id.hpp"

// What writing and reading columns (columns.hpp) share.
namespace twosource::record::columns {

enum Tag : unsigned {
  kNullTag,
  kFalseTag,
  kTrueTag,
  kIntegerTag,
  kRealTag,
  kArrayTag,
  kNewIdTag,
  kNewStringTag,
  kKnownTag,
  kWordsTag,
  kNewFormTag,
  kFormTag  // and the forms behind it
};

inline std::uint64_t zigzag(std::int64_t n) {
  return (static_cast<std::uint64_t>(n) << 1U) ^ static_cast<std::uint64_t>(n >> 63);
}
inline std::int64_t unzigzag(std::uint64_t n) {
  return static_cast<std::int64_t>(n >> 1U) ^ -static_cast<std::int64_t>(n & 1U);
}
// Differences wrap around, so that any two numbers have one.
inline std::int64_t difference(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}
inline std::int64_t sum(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

// Ids as text/short_id.hpp makes them, in 64 bits: the letter in the upper four.
inline constexpr std::string_view kIdLetters = "kvpoqcsgl";
inline constexpr unsigned kIdBits = 60;

struct Place {
  std::string article;
  std::int64_t start = 0;
  std::int64_t end = 0;
};

enum class Role : unsigned char { Other, Article, Start, End, Text };
inline Role role_of(std::string_view key) {
  if (key == "article") return Role::Article;
  if (key == "start") return Role::Start;
  if (key == "end") return Role::End;
  return key == "text" ? Role::Text : Role::Other;
}

// Of an object on the way.
struct Around {
  std::int64_t outer = -1;  // start of the object around it; -1: none
  std::int64_t start = -1;  // its own, once it is known

  // What an integer is the difference to; `before` in its column.
  [[nodiscard]] std::int64_t base(Role role, std::int64_t before) const {
    if (role == Role::End && start >= 0) return start;
    if (role == Role::Start && outer >= 0) return outer;
    return before;
  }
  [[nodiscard]] Around inner() const { return {start >= 0 ? start : outer, -1}; }
};

// The members that objects of a column have.
struct Form {
  std::vector<std::string> keys;
  std::vector<Role> roles;
  std::vector<std::size_t> columns;

  void add(std::string_view key, std::size_t column) {
    keys.emplace_back(key);
    roles.push_back(role_of(key));
    columns.push_back(column);
  }
  // Has it a place in an article?
  [[nodiscard]] bool is_place() const {
    unsigned found = 0;
    for (const Role r : roles) found |= 1U << static_cast<unsigned>(r);
    constexpr unsigned kAll = 1U << static_cast<unsigned>(Role::Article) |
                              1U << static_cast<unsigned>(Role::Start) |
                              1U << static_cast<unsigned>(Role::End);
    return (found & kAll) == kAll;
  }
};

// What is known of a column on the way.
struct State {
  std::vector<Form> forms;
  std::map<std::string, std::size_t, std::less<>> by_key;  // columns of keys of all forms
  std::size_t items = 0;                                   // that of an array's items; 0: none yet
  std::int64_t last_integer = 0;
  std::int64_t last_string = 0;
};

}  // namespace twosource::record::columns
