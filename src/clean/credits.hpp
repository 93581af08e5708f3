#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.hpp"
#include "clean/furniture.hpp"
#include "text/hash_map.hpp"
#include "text/pack.hpp"
#include "text/span.hpp"

namespace twosource::clean {

// Where a text stands decides what an agency's name in it means.
enum class CreditPlace : std::uint8_t {
  Body,    // running text: only in a credit's shape counts ("(dpa)", "Berlin (dpa/AFP) -")
  Author,  // an author field, a byline, a source line, an author code: every name counts, as text
  Photo,   // a caption or photo credit: every name counts, as photo
};

// A credit in a text: canonical agency name (agencies.tsv), kind, and the bytes of the name.
struct CreditMatch {
  std::string name;
  AgencyKind kind = AgencyKind::Text;
  Span span;
};

// A stretch that is nothing but a credit and may be cut out ("Foto: Jan Maier/dpa",
// "cgn/fab (afpe, dpa)", "© dpa-infocom, dpa:210301-99-12345/2").
struct CreditSpan {
  Span span;
  FurnitureKind kind = FurnitureKind::Credit;  // Credit, AuthorCode or Byline
  AgencyKind credits = AgencyKind::Text;       // what agencies in it are credited with
};

// Finds agency credits. Names and aliases come from lang/*/agencies.tsv, credit words ("Foto:",
// "Quelle:", "mit Material von") from lang/*/credit_words.tsv. Const, thread-safe, linear.
class CreditFinder {
 public:
  explicit CreditFinder(const PackSet& packs);
  ~CreditFinder();
  CreditFinder(CreditFinder&&) noexcept;

  // Agencies credited in `text`, in text order; one agency may come twice. In Body a name counts
  // only inside brackets that hold nothing else but agencies and author codes, or behind words of
  // credit; photo credits ("(Foto: dpa)") are told by their label in every place.
  [[nodiscard]] std::vector<CreditMatch> find(std::string_view text, CreditPlace place) const;

  // Of a text whose lines nobody took apart: as in Body, behind "Quelle:" where a sentence ends,
  // and what signs its last line off. Linear.
  [[nodiscard]] std::vector<CreditMatch> find_in_text(std::string_view text) const;

  // Canonical name of a word or phrase that is an agency's name as a whole; empty if none.
  [[nodiscard]] std::string_view canonical(std::string_view name) const;

  // Can `words` (of one line, furniture.hpp) hold a credit at all? False settles it: one hash
  // access a word instead of a closer look. Spans of words count from `base`.
  [[nodiscard]] bool may_credit(std::string_view line, const FlatWord* words, std::size_t count,
                                std::uint32_t base) const;

  // Is the whole line nothing but a credit, an author code or a byline of agencies? Span is the
  // trimmed line.
  [[nodiscard]] bool is_credit_line(std::string_view line, CreditSpan& out) const;

  // Does a line that is short and no sentence begin or end with an agency's name?
  [[nodiscard]] bool agency_at_edge(std::string_view line) const;

  // Photo credit at the end of a line that has other text before it: "… LawrowBild: dpa/C. Kaster",
  // "… Gipfels. (Foto: dpa)". Empty span when there is none.
  [[nodiscard]] CreditSpan photo_credit_at_end(std::string_view line) const;

  // What signs a text off behind its last sentence: codes of the authors ("… erwartet./jkr/stw",
  // "… erwartet. (hb)"), agencies ("… erwartet. (mak/dpa)", "… erwartet. dpa/AFP"). Empty span:
  // nothing. The kind is Credit where an agency is named, else AuthorCode.
  [[nodiscard]] CreditSpan sign_off(std::string_view line) const;

 private:
  struct Data;
  struct Scan;
  void find_in_body(std::string_view text, std::vector<CreditMatch>& out) const;
  void find_labelled(std::string_view text, std::vector<CreditMatch>& out) const;
  [[nodiscard]] bool labelled_line(const Scan& scan, CreditSpan& out) const;
  [[nodiscard]] bool has_report_number(const Scan& scan) const;
  [[nodiscard]] bool bare_line(const Scan& scan, std::size_t n, CreditSpan& out) const;
  [[nodiscard]] std::size_t photo_bracket(const Scan& scan, std::size_t open,
                                          std::size_t close) const;
  [[nodiscard]] std::size_t person_and_agency_at_end(const Scan& scan) const;
  [[nodiscard]] std::size_t first_of_sign_off(const Scan& scan, bool& agency) const;
  [[nodiscard]] bool stands_alone(std::string_view text, std::size_t open, std::size_t close) const;
  std::unique_ptr<const Data> data_;
};

}  // namespace twosource::clean
