#include "clean/credits.hpp"

namespace twosource::clean {

struct CreditFinder::Data {};
CreditFinder::CreditFinder(const PackSet&) : data_(std::make_unique<Data>()) {}
CreditFinder::~CreditFinder() = default;
CreditFinder::CreditFinder(CreditFinder&&) noexcept = default;
std::vector<CreditMatch> CreditFinder::find(std::string_view, CreditPlace) const { return {}; }
std::string_view CreditFinder::canonical(std::string_view) const { return {}; }
bool CreditFinder::is_credit_line(std::string_view, CreditSpan&) const { return false; }
CreditSpan CreditFinder::photo_credit_at_end(std::string_view) const { return {}; }
CreditSpan CreditFinder::text_credit_at_end(std::string_view) const { return {}; }

}  // namespace twosource::clean
