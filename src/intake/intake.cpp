#include "intake/intake.hpp"

#include "intake/reader.hpp"
#include "intake/walk.hpp"

namespace twosource::intake {

void read_inputs(const std::vector<std::string>& inputs, const Options& options,
                 std::istream& standard_input, const OnDocument& on_document,
                 const OnSkipped& on_skipped) {
  Reader reader(options, standard_input, on_document, on_skipped);
  for (const Source& source : list_sources(inputs, options.max_depth, options.lasting_ids))
    reader.source(source);
}

}  // namespace twosource::intake
