#pragma once

#include <iosfwd>

#include "exports/corpus.hpp"
#include "exports/escape.hpp"

// One function a file of a format. They write to the end; the stream's state tells of failures.
namespace twosource::exports {

// JSON Lines as the corpus commands print them (schema/): one object a line. Articles with layers.
void write_articles_jsonl(const Corpus& corpus, std::ostream& out);
void write_claims_jsonl(const Corpus& corpus, std::ostream& out);
void write_events_jsonl(const Corpus& corpus, std::ostream& out);
void write_stories_jsonl(const Corpus& corpus, std::ostream& out);
void write_people_jsonl(const Corpus& corpus, std::ostream& out);
void write_copies_jsonl(const Corpus& corpus, std::ostream& out);
void write_quotes_jsonl(const Corpus& corpus, std::ostream& out);
void write_timeline_jsonl(const Corpus& corpus, std::ostream& out);

// CSV (RFC 4180, UTF-8, CR LF, a heading): one row a statement, with its claim and exact words.
void write_claims_csv(const Corpus& corpus, Formulas formulas, std::ostream& out);

// JSON-LD 1.1: articles as schema.org NewsArticle (with articleBody), events as Event, claims as
// Claim whose `appearance`s are Quotations with their place. What schema.org has no word for is
// under urn:twosource:. Verdicts are no ClaimReview: they measure reporting, not truth. The context
// stands in the file, so that no reader needs the network.
void write_jsonld(const Corpus& corpus, std::ostream& out);

// W3C Web Annotation Data Model (REC 2017): an AnnotationCollection of every place of a claim, an
// event, a quotation and a shared passage. TextQuoteSelector with 32 code points around it;
// TextPositionSelector in code points of the article's `text`, not of the page's markup.
void write_annotations(const Corpus& corpus, std::ostream& out);

// GraphML: a node an article, an edge from the original to its copy. Where it is not known which
// came first, the pair has an edge each way with direction "unknown": readers such as networkx
// refuse graphs with directed and undirected edges.
void write_graphml(const Corpus& corpus, std::ostream& out);

// iCalendar (RFC 5545). An event of a known day is a VEVENT: a whole day, or a moment when its time
// is known. An event of a month, a year or no date is a VJOURNAL without DTSTART, its date in
// words: no entry invents a day.
void write_ics(const Corpus& corpus, std::ostream& out);

// Atom (RFC 4287): the feed of one story, an entry a claim, contradictions as the others.
void write_atom(const Corpus& corpus, std::uint32_t story, std::ostream& out);

// The articles as sources: BibTeX (@article with an outlet, @misc without) and CSL-JSON
// (article-newspaper). Dates as precise as known, never more.
void write_bibtex(const Corpus& corpus, std::ostream& out);
void write_csl(const Corpus& corpus, std::ostream& out);

}  // namespace twosource::exports
