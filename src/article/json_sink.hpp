#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "article/json.hpp"

// Where one JSON value is told to, piece by piece: as a line of text, or as a tree. Both take the
// same calls and mean the same value. Keys are our own words (no character to escape).
namespace twosource {

// Writes text. What Json::dump would write, several times as fast.
class JsonLine {
 public:
  void open_object(std::size_t /*members*/ = 0) { open('{'); }
  void close_object() { close('}'); }
  void open_array() { open('['); }
  void close_array() { close(']'); }
  void key(std::string_view name);
  void string(std::string_view text);  // ill-formed UTF-8 becomes U+FFFD
  void number(std::int64_t n);
  void number(std::uint64_t n);
  void number(std::int32_t n) { number(std::int64_t{n}); }
  void number(std::uint32_t n) { number(std::uint64_t{n}); }
  void number(double n);
  void boolean(bool b) { word(b ? "true" : "false"); }
  void null() { word("null"); }
  void json(const Json& value);
  [[nodiscard]] std::string take() && { return std::move(out_); }

 private:
  void separate() {
    if (!fresh_) out_ += ',';
    fresh_ = false;
  }
  void open(char bracket) {
    separate();
    out_ += bracket;
    fresh_ = true;
  }
  void close(char bracket) {
    out_ += bracket;
    fresh_ = false;
  }
  void word(std::string_view w) {
    separate();
    out_ += w;
  }

  std::string out_;
  bool fresh_ = true;  // nothing to separate the next value from
};

// Builds the tree.
class JsonTree {
 public:
  JsonTree();
  ~JsonTree();
  JsonTree(const JsonTree&) = delete;
  JsonTree& operator=(const JsonTree&) = delete;

  // Room for so many members: a vector of members copies them, with all that is below them,
  // whenever it grows.
  void open_object(std::size_t members = 0);
  void close_object() { open_.pop_back(); }
  void open_array();
  void close_array() { open_.pop_back(); }
  void key(std::string_view name) { key_ = name; }
  void string(std::string_view text);
  void number(std::int64_t n);
  void number(std::uint64_t n);
  void number(std::int32_t n) { number(std::int64_t{n}); }
  void number(std::uint32_t n) { number(std::uint64_t{n}); }
  void number(double n);
  void boolean(bool b);
  void null();
  void json(const Json& value);
  [[nodiscard]] Json take() &&;

 private:
  Json& put(Json&& value);

  std::unique_ptr<Json> root_;
  std::vector<Json*> open_;  // containers that are not closed; only the last one grows
  std::string_view key_;     // of the next member
};

// What article_to_json() gives, as a line of text and without building the tree.
[[nodiscard]] std::string article_line(const Article& article, Layers layers = Layers::With);

}  // namespace twosource
