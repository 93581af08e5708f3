#pragma once

#include <functional>
#include <string_view>

#include "record/record.hpp"

namespace twosource::record {

// The findings of a record as they are stored, one list of a dossier each.
enum class Listed : unsigned char { Events, Claims, Copies, Quotes, People, Timeline };

// Hands over the JSON of every finding of one kind, as its command prints it with --json, in the
// order of a dossier: by the first article of the cell, the timeline by date. The view is valid
// during the call. Whether they are of the record's articles as they are now is for the caller to
// ask (Record::findings_generation). Memory: some bytes a finding.
void each_stored(Record& record, Listed what, const std::function<void(std::string_view)>& on_json);

}  // namespace twosource::record
