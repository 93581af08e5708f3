#include "intake/intake.hpp"

namespace twosource::intake {

void read_inputs(const std::vector<std::string>&, const Options&, std::istream&, const OnDocument&,
                 const OnSkipped&) {}

}  // namespace twosource::intake
