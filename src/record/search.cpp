#include "record/search.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "article/shown.hpp"
#include "record/query.hpp"
#include "text/utf8.hpp"

namespace twosource::record {
namespace {

// A word of the headline counts as four of the text. Set by hand, not tuned.
constexpr const char* kRank = "bm25(article_words, 4.0, 1.0)";
constexpr std::size_t kSentences = 2;

std::vector<std::string> languages_of(Database& db) {
  std::vector<std::string> out;
  // A step in the index for each, not a look at every article.
  Statement s(db,
              "WITH RECURSIVE found(language) AS ("
              "SELECT min(language) FROM main.articles UNION ALL "
              "SELECT (SELECT min(a.language) FROM main.articles a WHERE a.language > f.language) "
              "FROM found f WHERE f.language IS NOT NULL) "
              "SELECT '' WHERE EXISTS (SELECT 1 FROM main.articles WHERE language IS NULL) "
              "UNION ALL SELECT language FROM found WHERE language IS NOT NULL");
  while (s.step()) out.push_back(s.string(0));
  return out;
}

bool filtered(const SearchQuery& q) {
  return !q.from.empty() || !q.to.empty() || !q.publisher.empty() || !q.language.empty();
}

// Dates compare as text as far as the filter says: "2017" holds every day of 2017.
std::string conditions(const SearchQuery& q) {
  std::string sql;
  if (!q.from.empty()) sql += " AND substr(a.published, 1, length(?)) >= ?";
  if (!q.to.empty()) sql += " AND substr(a.published, 1, length(?)) <= ?";
  if (!q.publisher.empty()) {
    sql += " AND (lower(a.publisher) = lower(?) OR lower(a.publisher_group) = lower(?))";
  }
  if (!q.language.empty()) sql += " AND a.language = ?";
  return sql;
}

void bind_conditions(Statement& s, const SearchQuery& q) {
  if (!q.from.empty()) s.bind(q.from).bind(q.from);
  if (!q.to.empty()) s.bind(q.to).bind(q.to);
  if (!q.publisher.empty()) s.bind(q.publisher).bind(q.publisher);
  if (!q.language.empty()) s.bind(q.language);
}

std::size_t count(Database& db, const std::string& expression, const SearchQuery& q) {
  const std::string joined =
      filtered(q) ? "JOIN articles a ON a.number = article_words.rowid " : std::string();
  Statement s(db, "SELECT count(*) FROM article_words " + joined + "WHERE article_words MATCH ?" +
                      conditions(q));
  s.bind(expression);
  bind_conditions(s, q);
  return s.step() ? static_cast<std::size_t>(s.number(0)) : 0;
}

// A sentence of an article and the words in it that were looked for, in bytes.
struct Candidate {
  Span place;
  std::vector<Span> matches;
  std::size_t terms = 0;  // different ones
};

std::vector<Candidate> candidates(const Article& a, const Query& query, WordForms& forms) {
  std::vector<Candidate> out;
  for (const Sentence& sentence : a.tokens.sentences) {
    Candidate c{sentence.span, {}, 0};
    std::set<int> terms;
    for (const Span w : words_of(a.at(sentence.span))) {
      const Span word = {w.begin + sentence.span.begin, w.end + sentence.span.begin};
      const int term = query.term_of(forms.form(a.at(word)));
      if (term < 0) continue;
      terms.insert(term);
      c.matches.push_back(word);
    }
    c.terms = terms.size();
    if (c.terms > 0) out.push_back(std::move(c));
  }
  return out;
}

std::vector<SearchSentence> sentences(const Article& a, const Query& query, WordForms& forms) {
  std::vector<Candidate> found = candidates(a, query, forms);
  const std::size_t most = std::min(kSentences, found.size());
  const auto rank = [](const Candidate& c) {
    return std::tuple(-static_cast<std::int64_t>(c.terms), c.place.begin);
  };
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(most), found.end(),
                    [&](const Candidate& x, const Candidate& y) { return rank(x) < rank(y); });
  found.resize(most);
  std::sort(found.begin(), found.end(),
            [](const Candidate& x, const Candidate& y) { return x.place.begin < y.place.begin; });
  const utf8::OffsetIndex offsets(a.text);
  std::vector<SearchSentence> out;
  for (const Candidate& c : found) {
    SearchSentence s{offsets.code_points(c.place), std::string(a.at(c.place)), {}};
    for (const Span m : c.matches) s.matches.push_back(offsets.code_points(m));
    out.push_back(std::move(s));
  }
  return out;
}

// Claims are looked for in the articles that match best.
constexpr std::int64_t kBestArticles = 500;

// Do all words that are looked for occur in the text?
bool has_all(const Query& query, WordForms& forms, std::string_view text) {
  std::set<int> terms;
  for (const Span w : words_of(text)) {
    const int term = query.term_of(forms.form(slice(text, w)));
    if (term >= 0) terms.insert(term);
  }
  return terms.size() == query.terms();
}

}  // namespace

SearchHits search(Record& record, const SearchQuery& q, const PackSet& packs) {
  Database& db = record.database();
  const Spellings spellings(packs);
  const Query query(q.words, languages_of(db), spellings);
  SearchHits out;
  if (query.expression().empty()) return out;
  out.total = count(db, query.expression(), q);
  Statement s(db, std::string("SELECT a.id, a.headline, a.publisher, "
                              "a.published, a.language, a.url, ") +
                      kRank +
                      " AS score FROM article_words JOIN articles a ON a.number = "
                      "article_words.rowid WHERE article_words MATCH ?" +
                      conditions(q) + " ORDER BY score, a.id LIMIT ? OFFSET ?");
  s.bind(query.expression());
  bind_conditions(s, q);
  s.bind(std::int64_t{q.limit}).bind(std::int64_t{q.offset});
  std::map<std::string, WordForms> forms;
  while (s.step()) {
    ArticleHit hit{s.string(0), s.string(1), {},         s.string(3),
                   s.string(4), s.string(5), -s.real(6), {}};
    if (const std::optional<Article> a = record.article(hit.id)) {
      hit.outlet = outlet_of(*a);
      if (hit.headline.empty()) hit.headline = title_of(*a);
      hit.sentences =
          sentences(*a, query, forms.try_emplace(hit.language, hit.language).first->second);
    }
    out.articles.push_back(std::move(hit));
  }
  return out;
}

std::vector<std::string> matching(Record& record, std::string_view words, const PackSet& packs) {
  Database& db = record.database();
  const Spellings spellings(packs);
  const Query query(words, languages_of(db), spellings);
  std::vector<std::string> out;
  Statement s(db, query.expression().empty()
                      ? "SELECT id FROM main.articles"
                      : "SELECT a.id FROM article_words JOIN main.articles a "
                        "ON a.number = article_words.rowid WHERE article_words MATCH ?");
  if (!query.expression().empty()) s.bind(query.expression());
  while (s.step()) out.push_back(s.string(0));
  return out;
}

std::vector<FindingHit> search_claims(Record& record, const SearchQuery& q, const PackSet& packs) {
  Database& db = record.database();
  const Spellings spellings(packs);
  const Query query(q.words, languages_of(db), spellings, false);
  std::vector<FindingHit> out;
  if (query.expression().empty()) return out;
  Statement s(
      db,
      "SELECT DISTINCT l.claim, l.claimed, l.verdict, l.origins, coalesce(a.language, '') "
      "FROM (SELECT rowid FROM article_words WHERE article_words MATCH ? "
      "ORDER BY bm25(article_words) LIMIT ?) w "
      "JOIN main.articles a ON a.number = w.rowid JOIN event_article_rows x ON x.article = w.rowid "
      "JOIN event_rows e ON e.number = x.event "
      "JOIN claim_rows c ON c.number >= e.first_claim AND c.number < e.first_claim + e.claims "
      "JOIN statement_rows t ON t.claim = c.number AND t.article = w.rowid "
      "JOIN claim_list l ON l.claim = c.id ORDER BY l.origins DESC, l.claim, 5");
  s.bind(query.expression()).bind(kBestArticles);
  std::map<std::string, WordForms> forms;
  std::size_t skip = q.offset;
  while (s.step() && out.size() < q.limit) {
    if (!out.empty() && out.back().id == s.text(0)) continue;
    const std::string language = s.string(4);
    WordForms& of = forms.try_emplace(language, language).first->second;
    if (!has_all(query, of, s.text(1))) continue;
    if (skip > 0) {
      --skip;
    } else {
      out.push_back({s.string(0), s.string(1), s.string(2)});
    }
  }
  return out;
}

std::vector<FindingHit> search_events(Record& record, const SearchQuery& q, const PackSet& packs) {
  Database& db = record.database();
  const Spellings spellings(packs);
  const Query query(q.words, languages_of(db), spellings, false);
  std::vector<FindingHit> out;
  if (query.expression().empty()) return out;
  Statement s(db,
              "SELECT rowid FROM event_words WHERE event_words MATCH ? "
              "ORDER BY bm25(event_words), rowid LIMIT ? OFFSET ?");
  Statement find(db, "SELECT id, label, coalesce(\"when\", '') FROM main.events WHERE number = ?");
  s.bind(query.expression()).bind(std::int64_t{q.limit}).bind(std::int64_t{q.offset});
  while (s.step()) {
    find.bind(s.number(0));
    if (find.step()) out.push_back({find.string(0), find.string(1), find.string(2)});
    find.reset();
  }
  return out;
}

}  // namespace twosource::record
