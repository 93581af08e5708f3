#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "intake/archive.hpp"
#include "intake/intake.hpp"

namespace twosource::intake {

// A page of a web archive: `document` has its id, path ("crawl.warc.gz:12", the record's number),
// address and, under `extra`, when it was fetched; `bytes` are still in their encoding, `charset`
// is what the answer's head says about it (may be empty).
struct ArchivedPage {
  RawDocument document;
  std::string bytes;
  std::string charset;
  bool plain = false;  // text, no HTML
};
using OnPage = std::function<void(ArchivedPage&&)>;

// Reads all pages of an archive: answers with status 200 to 299 and HTML or text in them, resources
// and conversions. What is broken is named with its record's number and address; what holds no page
// (requests, metadata, revisits of pages read before, images, redirects) is counted in one note.
void read_archive(Input& input, std::string_view path, std::string_view id, const Options& options,
                  const OnPage& on_page, const OnSkipped& on_skipped);

}  // namespace twosource::intake
