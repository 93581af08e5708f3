#pragma once

#include <string>

#include "article/corrections.hpp"
#include "serve/store.hpp"
#include "serve/url.hpp"
#include "text/error.hpp"

namespace twosource::serve {

// The correction that a form asks for: "do" (a CorrectionKind's name), "a" and "b" (ids as pages
// show them, or names that only one has), "article", "value", "from", "to", "by", "why". Names and
// words of articles stand in for the ids, as corrections want it. Refuses what names nothing in the
// record, a date that is none, and an empty "by" or "why".
[[nodiscard]] Result<Correction> correction_of(Store& store, const Fields& form);

// Stores what a form asks for: a correction, or (undo) that "id" is taken back. Returns its number.
// Opens the record for writing; refuses instead of throwing.
[[nodiscard]] Result<std::int64_t> store_correction(Store& store, const std::string& path,
                                                    const Fields& form, bool undo);

}  // namespace twosource::serve
