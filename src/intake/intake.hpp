#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace twosource::intake {

enum class Content : std::uint8_t { Html, Text };

// One document before cleaning. `body` is valid UTF-8 (decoded from the detected encoding).
struct RawDocument {
  std::string id;    // given, or made from the file's name; unique within one run
  std::string path;  // where it was read from; "-" for standard input
  std::string url;   // metadata that came with the document; empty when unknown
  std::string publisher;
  std::string published;  // EDTF as given, not yet checked
  std::string headline;
  std::string language;
  std::vector<std::string> authors;
  std::string extra;  // unknown JSONL fields as a JSON object; empty when none
  Content content = Content::Text;
  bool as_is = false;  // text is neither cleaned nor normalised, byte for byte
  std::string body;
};

// What became of an input that could not simply be read.
enum class Effect : std::uint8_t {
  Refused,  // not read at all
  Altered,  // read, but something of it was lost ("3 ill-formed bytes replaced")
  Noted,    // read in full, on an assumption that a reader should know ("decoded as windows-1252")
};
// The reason stands in words ("empty file", "PNG image, not an article's text"); the path names the
// line of a JSON Lines file ("a.jsonl:7").
struct Skipped {
  std::string path;
  std::string reason;
  Effect effect = Effect::Refused;
};

class Web;
struct Item;

enum class Format : std::uint8_t { Auto, Jsonl, Html, Text };

struct Options {
  Format format = Format::Auto;
  bool as_is = false;
  std::string published;  // --published: for documents that bring no date of their own
  // Bounds. A document may not be larger than max_document_bytes once decoded; compressed data may
  // not grow by more than max_ratio beyond the first 1 MiB; folders are walked max_depth deep.
  std::size_t max_document_bytes = 32U << 20U;
  double max_ratio = 200;
  unsigned max_depth = 32;
  // The network, for inputs that are http(s) addresses; nullptr: they are refused.
  Web* web = nullptr;
  // The pages that a feed's entries link to are read instead of the entries' own text, and feeds on
  // the network that a list in a file names are read, too.
  bool follow = false;
  // Ids that are the same in every run, for a store that is added to again and again: those of entries
  // come from what these say of themselves and not from their place (entries of feeds on the network
  // always have such ids), those of files do not depend on what else is read.
  bool lasting_ids = false;
  // Asked for every entry of a file with several; false: it is passed over silently.
  std::function<bool(const Item&)> wanted{};
};

using OnDocument = std::function<void(RawDocument&&)>;
using OnSkipped = std::function<void(const Skipped&)>;

// Reads files, folders (walked in name order), JSONL, http(s) addresses and "-" (standard input,
// from `standard_input`); .gz and .zst are opened. Documents come in the order of the inputs.
// Nothing in a document's bytes throws or ends the run: what cannot be read goes to `on_skipped`,
// the rest goes on.
void read_inputs(const std::vector<std::string>& inputs, const Options& options,
                 std::istream& standard_input, const OnDocument& on_document,
                 const OnSkipped& on_skipped);

}  // namespace twosource::intake
