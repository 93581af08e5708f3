#pragma once

#include <string_view>
#include <vector>

#include "article/article.hpp"
#include "clean/html_blocks.hpp"

// Which bytes of a page each character of the article's text was read from, so that evidence can be
// shown in the original. Offsets into the page count bytes of the page decoded to UTF-8: those of
// the file where it is well-formed UTF-8 without a byte order mark.
namespace twosource::clean {

// Appends the runs of the text [span) of an article whose bytes are those of `block` in
// `page.text`. Linear in the block and the page's bytes that it came from. What cannot be traced,
// because the parser moved it, has no run.
void trace_block(std::string_view html, const dom::Document& doc, const Page& page,
                 const Block& block, Span span, std::vector<SourceRun>& out);

// The runs of the paragraphs of a text that was cleaned from `body`, which holds no markup. Linear
// in the body.
[[nodiscard]] std::vector<SourceRun> trace_text(std::string_view body, const Article& article);

}  // namespace twosource::clean
