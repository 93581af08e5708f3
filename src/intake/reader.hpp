#pragma once

#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/archive_pages.hpp"
#include "intake/byte_source.hpp"
#include "intake/encoding.hpp"
#include "intake/item.hpp"
#include "intake/jsonl.hpp"
#include "intake/walk.hpp"
#include "intake/web.hpp"

namespace twosource::intake {

// Reads one source after the other: what read_inputs() is made of. Whatever lies inside another
// document is read by the same functions, one level deep: files named by a line of JSON Lines,
// feeds named by a list, pages that a feed links to.
class Reader {
 public:
  Reader(const Options& options, std::istream& standard_input, const OnDocument& on_document,
         const OnSkipped& on_skipped)
      : options_(options),
        standard_input_(standard_input),
        on_document_(on_document),
        on_skipped_(on_skipped) {}
  void source(const Source& s);

 private:
  // How a document was come to: given, named by a list of feeds, linked to by a feed.
  static constexpr unsigned kInput = 0;
  static constexpr unsigned kListed = 1;
  static constexpr unsigned kPage = 2;
  // What the network told about the document at hand; all empty for a file.
  struct Told {
    std::string url;  // after redirects
    std::string charset;
    bool plain = false;  // text/plain
    unsigned depth = kInput;
  };

  void refuse(std::string path, std::string reason);
  [[nodiscard]] std::optional<Input> open(const std::string& path);
  [[nodiscard]] bool readable(Input& input, const std::string& path);
  [[nodiscard]] bool is_jsonl(Input& input, const std::string& path);
  // Whatever it is. `d` brings what is known besides its content.
  void content(Input& input, RawDocument&& d);
  void document(Input& input, RawDocument&& d);
  void archived(ArchivedPage&& page);
  void tell(const Decoded& decoded, const std::string& path);
  [[nodiscard]] Content content_of(const RawDocument& d) const;
  void finish(RawDocument&& d);

  // reader_items.cpp: files that hold several articles or name them.
  bool items(const std::string& text, const RawDocument& d);
  void all(std::vector<Item>&& found, const RawDocument& d);
  void item(Item&& found, const RawDocument& known);
  void feed_list(const std::string& text, const RawDocument& d);
  void feed_file(RawDocument&& d, const std::string& named_in);
  void lines(Input& input, const RawDocument& d);
  void line(std::string_view text, const std::string& where, std::string id);
  void named_file(RawDocument&& d, const std::string& where);

  // reader_web.cpp: what lies on the network.
  // False when it could not be had; it has been named then.
  bool address(const std::string& url, RawDocument&& d, unsigned depth);
  [[nodiscard]] bool is_entry_followed(const Item& found) const;
  [[nodiscard]] std::string entry_id(const Item& found, const RawDocument& d) const;

  const Options& options_;
  std::istream& standard_input_;
  const OnDocument& on_document_;
  const OnSkipped& on_skipped_;
  JsonlParser parser_;
  Told told_;
};

[[nodiscard]] std::string in_megabytes(std::size_t bytes);

}  // namespace twosource::intake
