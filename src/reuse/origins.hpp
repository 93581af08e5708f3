#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "article/dossier.hpp"
#include "reuse/credits.hpp"

namespace twosource::reuse {

// A sentence counts as copied when this share of its words' bytes lies in passages shared with
// another house.
inline constexpr double kCopiedSentence = 0.6;

struct Origins {
  std::vector<Origin> origins;  // ids o1, o2, … in order of first use
  std::vector<std::vector<SentenceOrigin>> sentences;
};

// Names the agency of every family and says in `why` what it rests on. The agency is clear when all
// text credits of the members name one, or when exactly one is named by every member that credits
// any. Otherwise it stays empty.
void credit_families(std::vector<CopyFamily>& families, std::span<const Article> articles,
                     const Credits& credits);

// The origin of every sentence:
//   copied (from another house)   the family's agency; else the house of the text that the others
//                                 reprint (a reprint says so) or whose press release it is; else
//                                 Unknown, one for the whole family, so that all copies count once
//   not copied, agency credited   one agency and no own author: that agency; an own author or
//                                 several agencies: Unknown, one for the article ("mixed")
//   not copied, no credit         Outlet, one for the house (credits.hpp); Unknown, one for the
//                                 article, when a fifth of its sentences is others' copy
// Text shared only within one house, or with other versions of the same article, is its own. Fails
// closed: Unknown never confirms anything.
[[nodiscard]] Origins trace_sentences(std::span<const Article> articles,
                                      std::span<const std::uint32_t> order,
                                      std::span<const CopyFamily> families, const Credits& credits);

}  // namespace twosource::reuse
