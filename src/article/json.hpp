#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "article/article.hpp"
#include "article/dossier.hpp"
#include "text/error.hpp"
#include "text/utf8.hpp"

// JSON as docs and schema/ describe it: offsets are Unicode code points into `text`, half-open;
// dates EDTF; durations ISO 8601. Keys keep the order of the documentation.
namespace twosource {

using Json = nlohmann::ordered_json;

// The contract writes null for what is not known.
[[nodiscard]] Json or_null(const std::string& s);

enum class Layers : bool { Without, With };

// One article. Without layers: metadata, text, paragraphs and sentences only.
[[nodiscard]] Json article_to_json(const Article& article, Layers layers = Layers::With);
// The way back, layers included (tokens are not stored: run the tokenizer). Refuses wrong types and
// spans outside the text, naming the field.
[[nodiscard]] Result<Article> article_from_json(const Json& json);

// Writes a dossier and the elements of its lists, as `dossier -o x.json` and the corpus commands
// print them. Keeps one offset index an article, so that a whole dossier costs one pass over its
// texts. The dossier must outlive the writer.
class DossierWriter {
 public:
  explicit DossierWriter(const Dossier& dossier);

  // `full` puts the layers of every article in.
  [[nodiscard]] Json dossier(bool full) const;
  [[nodiscard]] Json person(const CorpusEntity& entity) const;
  // A family as the dossier lists it, and one pair as `copies --json` prints it.
  [[nodiscard]] Json copies(const CopyFamily& family) const;
  [[nodiscard]] Json copy_pair(const CopyFamily& family, const CopyPair& pair) const;
  [[nodiscard]] Json origin(const Origin& origin) const;
  [[nodiscard]] Json event(const Event& event) const;
  [[nodiscard]] Json story(const Story& story) const;
  [[nodiscard]] Json claim(const Claim& claim) const;
  [[nodiscard]] Json quote_group(const QuoteGroup& group) const;
  [[nodiscard]] Json timeline_entry(const TimelineEntry& entry) const;

 private:
  [[nodiscard]] Json evidence(const Evidence& e) const;
  [[nodiscard]] Json span(std::uint32_t article, Span s) const;
  [[nodiscard]] Json entity_id(std::int32_t entity) const;
  const Dossier& dossier_;
  std::vector<utf8::OffsetIndex> offsets_;
};

// One line of JSON; ill-formed UTF-8 cannot occur in it.
[[nodiscard]] std::string dump_line(const Json& json);

}  // namespace twosource
