#include "clean/dates.hpp"

namespace twosource::clean {

DateFinder::DateFinder(const PackSet&) {}
std::vector<FoundDate> DateFinder::find(std::string_view, std::string_view) const { return {}; }
std::optional<FoundDate> DateFinder::date_line(std::string_view, std::string_view) const {
  return std::nullopt;
}
std::optional<FoundDate> DateFinder::prefix(std::string_view) const { return std::nullopt; }
std::string DateFinder::from_url(std::string_view) const { return {}; }
unsigned DateFinder::month(std::string_view) const { return 0; }
DateFinder::WordClass DateFinder::word_class(std::string_view) const { return WordClass::None; }

}  // namespace twosource::clean
