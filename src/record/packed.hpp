#pragma once

#include <sqlite3.h>

#include <optional>
#include <string>
#include <string_view>

#include "article/article.hpp"
#include "article/json.hpp"
#include "text/error.hpp"

namespace twosource::record {

// What makes two versions of an article the same: XXH3-64 of its text, headline, dates, outlet,
// address and authors, 16 hex digits.
[[nodiscard]] std::string content_hash(const Article& article);

// The JSON of a finding, or lines of it, compressed (zstd with the same dictionary).
[[nodiscard]] std::string pack(const Json& json);
[[nodiscard]] std::string pack_text(std::string_view text);
// The way back; nullopt when the bytes are damaged.
[[nodiscard]] std::optional<std::string> unpack_text(std::string_view packed);

// Everything of an article but its text and path (layers.hpp), compressed with the text itself as
// dictionary: 0.25 of the text's size on 600 press articles.
[[nodiscard]] std::string pack_layers(const Article& article);
// The way back, without the path and without tokens; `with_sentences` fills in the spans of the
// sentences. Refuses what is damaged, naming the field.
[[nodiscard]] Result<Article> unpack_article(std::string_view text, std::string_view layers,
                                             bool with_sentences = false);

// Makes unpacked(packed), cell_line(packed, number), article_json(layers, path, text) and the
// aggregate merged_entity(json, name) known to a connection: the columns `json` are these. Damaged
// bytes give NULL.
void register_functions(sqlite3* handle);

}  // namespace twosource::record
