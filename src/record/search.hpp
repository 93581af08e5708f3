#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "record/record.hpp"
#include "text/pack.hpp"
#include "text/span.hpp"

namespace twosource::record {

// What to look for. `words`: all must occur, in any form of theirs (stems of the record's
// languages, diacritics folded, "Muenchen" as "München"); "in quotation marks" one behind the
// other; `Präsid*` beginnings; `-word` must not occur. Nothing else has a meaning: any text is a
// query. Filters that are empty let everything through.
struct SearchQuery {
  std::string words;
  std::string
      from;        // EDTF, "2017" or "2017-07" too: first and last day of publication; with either
  std::string to;  // of them articles without date are left out
  std::string publisher;  // name or publisher group, without regard to case
  std::string language;   // ISO 639-1
  unsigned limit = 20;
  unsigned offset = 0;
};

// A sentence with words that were looked for; places in code points of the article's text.
struct SearchSentence {
  Span place;
  std::string text;
  std::vector<Span> matches;  // in order, within `place`
};
struct ArticleHit {
  std::string id;
  std::string headline;
  std::string outlet;
  std::string published;
  std::string language;
  std::string url;
  double score = 0;                       // bm25, more is better
  std::vector<SearchSentence> sentences;  // at most two, those with most of the words, in text
                                          // order; none when the words stand in the headline alone
};
// An event or claim, as it stood when the findings were last stored.
struct FindingHit {
  std::string id;
  std::string text;    // a claim's words, an event's label
  std::string detail;  // a claim's verdict, an event's date
};
struct SearchHits {
  std::size_t total = 0;             // articles that match, beyond the limit too
  std::vector<ArticleHit> articles;  // best first, equals by id
};

// Articles that match. Words of nothing but signs match nothing.
[[nodiscard]] SearchHits search(Record& record, const SearchQuery& query, const PackSet& packs);
// Ids of all articles in which all of the words occur, in any form of theirs; all articles when
// there are no words.
[[nodiscard]] std::vector<std::string> matching(Record& record, std::string_view words,
                                                const PackSet& packs);
// Claims whose words match, those of the most origins first, of the 500 articles that match best;
// and events whose labels do, best
// first. Only `words`, `limit` and `offset` count, and words in quotation marks may stand apart.
[[nodiscard]] std::vector<FindingHit> search_claims(Record& record, const SearchQuery& query,
                                                    const PackSet& packs);
[[nodiscard]] std::vector<FindingHit> search_events(Record& record, const SearchQuery& query,
                                                    const PackSet& packs);

}  // namespace twosource::record
