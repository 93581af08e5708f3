#pragma once

#include <stdexcept>
#include <string>
#include <tl/expected.hpp>

namespace twosource {

// What was refused and where: `where` names the file and, if known, the line ("lang/de/x.tsv:12").
struct Error {
  std::string message;
  std::string where;

  [[nodiscard]] std::string describe() const {
    return where.empty() ? message : where + ": " + message;
  }
};

template <class T>
using Result = tl::expected<T, Error>;

// Files, sockets, the store: ends the command or request. Caught in main and in web handlers.
class IoError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace twosource
