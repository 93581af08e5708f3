#pragma once

#include <ostream>
#include <string_view>

#include "article/json.hpp"

namespace twosource::exports {

// Elements of a JSON array, one a line, written as they come: no list is held in memory.
class JsonList {
 public:
  explicit JsonList(std::ostream& out) : out_(out) {}
  void add(const Json& json) {
    out_ << (first_ ? "\n" : ",\n") << dump_line(json);
    first_ = false;
  }

 private:
  std::ostream& out_;
  bool first_ = true;
};

}  // namespace twosource::exports
