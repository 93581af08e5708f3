#pragma once

#include <string>
#include <string_view>

#include "report/reasons.hpp"
#include "text/hash_map.hpp"
#include "text/pack.hpp"

namespace twosource::report {

// The words of the report in one language: report.tsv of its pack (columns key, text), and those of
// another such table, if one is named; its keys count before those of the report.
class Labels {
 public:
  explicit Labels(const Pack& pack, std::string_view more = {});
  // The text of a key; the key itself when the pack lacks it, so that nothing is silently empty.
  [[nodiscard]] std::string operator()(std::string_view key) const;
  // The same with {0} (and {1}) replaced.
  [[nodiscard]] std::string fill(std::string_view key, std::string_view first,
                                 std::string_view second = {}) const;
  // key_one or key_many by `n`, {0} is `n`.
  [[nodiscard]] std::string count(std::string_view key, std::size_t n) const;
  // An EDTF date in words ("11. November 2017", "Juli 2017"); clock times are left out; what is not
  // such a date comes back as it is. Empty stays empty.
  [[nodiscard]] std::string date(std::string_view edtf) const;
  // A reason (`why`) of the stages in this language; as it came when the pack cannot say it.
  [[nodiscard]] std::string reason(std::string_view why) const { return reasons_(why); }
  // Keys and texts of those that the template names as label.<key>.
  [[nodiscard]] const StringMap<std::string>& all() const noexcept { return texts_; }

 private:
  StringMap<std::string> texts_;
  Reasons reasons_;
};

}  // namespace twosource::report
