#pragma once

#include <string>
#include <vector>

#include "intake/intake.hpp"

namespace twosource::intake {

// One file to read, or an input that cannot be read.
struct Source {
  std::string path;       // as it is shown; "-" for standard input
  std::string id;         // file name without extensions, unique among all sources of a run
  std::string problem;    // why it is not read; empty when it is
  bool harmless = false;  // the problem loses nothing (the same file given twice)
};

// The files that the inputs stand for: a folder becomes its files in byte order of their names,
// folders within it included (up to max_depth, each folder once however links lead to it); hidden
// entries are passed over. Two files of one name get the first 8 hex digits of XXH3 of their paths
// added to both ids, so that ids do not depend on the order of the inputs; not with `alone`: every
// file has the id that it would have if it were read alone.
[[nodiscard]] std::vector<Source> list_sources(const std::vector<std::string>& inputs,
                                               unsigned max_depth, bool alone = false);

}  // namespace twosource::intake
