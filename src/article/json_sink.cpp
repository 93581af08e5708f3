#include "article/json_sink.hpp"

#include <charconv>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>

#include "text/utf8.hpp"

namespace twosource {
namespace {

// First place from `at` on of a character that JSON escapes, the size when there is none. Eight
// bytes at a time: "a byte less than n" and "a byte equal to n" (S. E. Anderson, Bit Twiddling
// Hacks); a byte behind a real one may be taken for one, so that the last eight are looked at each.
std::size_t next_escape(std::string_view text, std::size_t at) {
  constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
  constexpr std::uint64_t kHigh = 0x8080808080808080ULL;
  const auto zero_byte = [](std::uint64_t w) { return (w - kOnes) & ~w & kHigh; };
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t w = 0;
    std::memcpy(&w, text.data() + at, sizeof w);
    const std::uint64_t found = ((w - kOnes * 0x20U) & ~w & kHigh) | zero_byte(w ^ (kOnes * '"')) |
                                zero_byte(w ^ (kOnes * '\\'));
    if (found != 0) break;
  }
  for (; at < text.size(); ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c < 0x20 || c == '"' || c == '\\') break;
  }
  return at;
}

void append_escape(std::string& out, unsigned char c) {
  constexpr std::string_view kNamed = "\"\\\b\f\n\r\t";
  constexpr std::string_view kNames = "\"\\bfnrt";
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '\\';
  if (const std::size_t named = kNamed.find(static_cast<char>(c)); named != kNamed.npos) {
    out += kNames[named];
  } else {
    out.append("u00").append(1, kHex[c >> 4U]).append(1, kHex[c & 15U]);
  }
}

template <class N>
void append_number(std::string& out, N n) {
  char digits[24];
  const auto [end, error] = std::to_chars(std::begin(digits), std::end(digits), n);
  out.append(digits, end);
}

}  // namespace

void JsonLine::key(std::string_view name) {
  separate();
  out_ += '"';
  out_ += name;
  out_ += "\":";
  fresh_ = true;
}

void JsonLine::string(std::string_view text) {
  separate();
  if (!utf8::valid(text)) {
    out_ += Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
    return;
  }
  out_ += '"';
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = next_escape(text, at);
    out_.append(text, at, end - at);
    if (end < text.size()) append_escape(out_, static_cast<unsigned char>(text[end]));
    at = end + 1;
  }
  out_ += '"';
}

void JsonLine::number(std::int64_t n) {
  separate();
  append_number(out_, n);
}
void JsonLine::number(std::uint64_t n) {
  separate();
  append_number(out_, n);
}
void JsonLine::number(double n) {
  separate();
  out_ += Json(n).dump();
}

void JsonLine::json(const Json& value) {
  switch (value.type()) {
    case Json::value_t::object:
      open_object();
      for (const auto& [name, member] : value.get_ref<const Json::object_t&>()) {
        string(name);
        out_ += ':';
        fresh_ = true;
        json(member);
      }
      return close_object();
    case Json::value_t::array:
      open_array();
      for (const Json& item : value) json(item);
      return close_array();
    case Json::value_t::string:
      return string(value.get_ref<const std::string&>());
    case Json::value_t::boolean:
      return boolean(value.get<bool>());
    case Json::value_t::number_integer:
      return number(value.get<std::int64_t>());
    case Json::value_t::number_unsigned:
      return number(value.get<std::uint64_t>());
    default:
      word(value.dump());
  }
}

JsonTree::JsonTree() : root_(std::make_unique<Json>()) {}
JsonTree::~JsonTree() = default;

Json& JsonTree::put(Json&& value) {
  if (open_.empty()) return *root_ = std::move(value);
  Json& into = *open_.back();
  if (into.is_array()) return into.emplace_back(std::move(value));
  auto& members = into.get_ref<Json::object_t&>();
  members.emplace_back(std::string(key_), std::move(value));
  return members.back().second;
}

void JsonTree::open_object(std::size_t members) {
  Json object = Json::object();
  object.get_ref<Json::object_t&>().reserve(members);
  open_.push_back(&put(std::move(object)));
}
void JsonTree::open_array() { open_.push_back(&put(Json::array())); }
void JsonTree::string(std::string_view text) { put(Json(text)); }
void JsonTree::number(std::int64_t n) { put(Json(n)); }
void JsonTree::number(std::uint64_t n) { put(Json(n)); }
void JsonTree::number(double n) { put(Json(n)); }
void JsonTree::boolean(bool b) { put(Json(b)); }
void JsonTree::null() { put(Json(nullptr)); }
void JsonTree::json(const Json& value) { put(Json(value)); }
Json JsonTree::take() && { return std::move(*root_); }

std::string dump_line(const Json& json) {
  JsonLine line;
  line.json(json);
  return std::move(line).take();
}

}  // namespace twosource
