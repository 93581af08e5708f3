#pragma once

#include <string>
#include <vector>

#include "record/record.hpp"
#include "watch/changes.hpp"

namespace twosource::watch {

// A change as everybody is told of it (schema/watch.schema.json), JSON without its number: the
// claim as `claims --json` prints it, with the words, articles and origins that it rests on, and
// which of them are new. At most 50 statements and as many differences, new ones first. `at`: when
// it was found, "2026-05-12T09:30:00Z".
[[nodiscard]] std::string message(record::Record& record, const Change& change,
                                  const std::vector<ClaimState>& before,
                                  const std::vector<ClaimState>& now, const std::string& at);

}  // namespace twosource::watch
