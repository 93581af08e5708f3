#include "record/cell.hpp"

#include <xxhash.h>
#include <zstd.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "article/json.hpp"
#include "article/json_sink.hpp"
#include "record/columns.hpp"
#include "text/error.hpp"
#include "text/utf8.hpp"

namespace twosource::record {
namespace {

// Lines as cells have them, each with its kind in front. Part of the stored format: other lines
// need another schema version.
constexpr std::string_view kSample =
    R"json(0{"id":"v370dk5svy3yr","label":"After the summit","when":"2020-01-01","where":[")json"
    R"json(Berlin"],"who":["p9e2deb232wzv"],"names":["g00t6pr0dkgz1"],"type":"MEET","articl)json"
    R"json(es":["n1-0","n1-1"],"story":null,"evidence":[{"article":"n1-0","start":496,"end")json"
    R"json(:843}],"why":"3 article(s); when: the publication date"})json"
    "\n"
    R"json(0{"id":"v370dk5svy3yt","label":"Pressemitteilung","when":null,"where":[],"who":[)json"
    R"json(],"names":[],"type":null,"articles":["n1-0"],"story":null,"evidence":[{"article")json"
    R"json(:"n1-0","start":0,"end":40}],"why":"1 article(s); when: no publication date is k)json"
    R"json(nown"})json"
    "\n"
    R"json(1{"id":"kq6yg59arq1cd","event":"v370dk5svy3yr","text":"","verdict":"agency-only")json"
    R"json(,"origins":1,"statements":[{"article":"n1-0","start":60,"end":148,"speaker":null)json"
    R"json(,"origin":"o8mdpjxsyfvsm","why":"copied text; dpa is credited by n1-0","values":)json"
    R"json([{"slot":"date","value":"2020-01-01","start":66,"end":75}]},{"article":"n1-1","s)json"
    R"json(tart":44,"end":132,"speaker":null,"origin":"o8mdpjxsyfvsm","why":"copied text; d)json"
    R"json(pa is credited by n1-0","values":[{"slot":"count:people","value":"12","start":50)json"
    R"json(,"end":59}]}],"differences":[],"why":"rests on one agency: dpa (agency)"})json"
    "\n"
    R"json(1{"id":"k1fc907470eg9","event":"v370dk5svy3yr","text":"","verdict":"confirmed",")json"
    R"json(origins":2,"statements":[{"article":"n1-0","start":302,"end":412,"speaker":"p9e2)json"
    R"json(deb232wzv","origin":"o0a644bk14234","via":["dpa"],"why":"attributed to the polic)json"
    R"json(e","values":[]},{"article":"n1-1","start":286,"end":396,"speaker":null,"origin":)json"
    R"json("o4p9x7cbvj5kq","why":"no origin is named: the outlet itself","values":[]}],"dif)json"
    R"json(ferences":[{"slot":"quote","relation":"different","a":{"article":"n1-0","start":)json"
    R"json(715,"end":860,"value":"8"},"b":{"article":"n1-1","start":970,"end":1352,"value":)json"
    R"json("16"},"why":"they differ by 8"}],"why":"several articles relay one origin: no or)json"
    R"json(igin that can be named"})json"
    "\n"
    R"json(1{"id":"k2bjgxdb0713d","event":"v370dk5svy3yr","text":"","verdict":"single-outle)json"
    R"json(t","origins":1,"statements":[{"article":"n1-0","start":413,"end":524,"speaker":n)json"
    R"json(ull,"origin":"o8mdpjxsyfvsm","why":"no origin is named: the outlet itself","valu)json"
    R"json(es":[]}],"differences":[],"why":"stands alone: n1 (outlet)"})json"
    "\n"
    R"json(1{"id":"k2bjgxdb0713f","event":"v370dk5svy3yr","text":"","verdict":"relayed-only)json"
    R"json(","origins":1,"statements":[{"article":"n1-0","start":413,"end":524,"speaker":nu)json"
    R"json(ll,"origin":"o8mdpjxsyfvsm","why":"attributed to","values":[]}],"differences":[{)json"
    R"json("slot":"percent","relation":"compatible","a":{"article":"n1-0","start":715,"end")json"
    R"json(:860,"value":"8"},"b":{"article":"n1-1","start":970,"end":1352,"value":"16"},"wh)json"
    R"json(y":"reported on 2020-01-05 and on 2020-01-08"}],"why":"stands alone: no origin t)json"
    R"json(hat can be named"})json"
    "\n"
    R"json(1{"id":"k2bjgxdb0713h","event":"v370dk5svy3yr","text":"","verdict":"authority-on)json"
    R"json(ly","origins":1,"statements":[{"article":"n1-0","start":413,"end":524,"speaker":)json"
    R"json(null,"origin":"o8mdpjxsyfvsm","why":"","values":[]}],"differences":[],"why":"res)json"
    R"json(ts on one authority:  (authority)"})json"
    "\n"
    R"json(2{"family":"c2ezvmqzc4g91","a":"n1-0","b":"n1-1","agency":"dpa","containment":0.)json"
    R"json(5,"revision":false,"original":null,"passages":[{"a":{"start":406,"end":515},"b":)json"
    R"json({"start":205,"end":314}}],"reworked":[],"why":"dpa is credited by n1-0"})json"
    "\n"
    R"json(3{"id":"qc9h1wpnmc643","speaker":"pq3y8dpca12dc","name":"Heinz","variants":[{"ar)json"
    R"json(ticle":"n1-0","start":839,"end":1081,"text":""}]})json"
    "\n"
    R"json(4{"id":"p9e2deb232wzv","name":"Heil","type":"PER","aliases":[],"roles":[{"title")json"
    R"json(:"SPD","from":null,"to":null,"evidence":[{"article":"n1-0","start":113,"end":126)json"
    R"json(}]}],"mentions":[{"article":"n1-0","start":113,"end":126},{"article":"n1-1","sta)json"
    R"json(rt":113,"end":126}]})json"
    "\n"
    R"json(4{"id":"g00t6pr0dkgz1","name":"Landgericht","type":"ORG","aliases":["SPD"],"role)json"
    R"json(s":[],"mentions":[{"article":"n1-0","start":113,"end":126}]})json"
    "\n"
    R"json(4{"id":"l00t6pr0dkgz1","name":"Hamburg","type":"LOC","aliases":[],"roles":[],"me)json"
    R"json(ntions":[{"article":"n1-0","start":113,"end":126}]})json"
    "\n"
    R"json(5{"when":"2020-01-01","text":"After the summit","event":"v370dk5svy3yr","evidenc)json"
    R"json(e":[{"article":"n1-0","start":0,"end":40}]})json"
    "\n"
    R"json(6{"entities":["p9e2deb232wzv"],"origins":["o8mdpjxsyfvsm"],"quotes":["qc9h1wpnmc)json"
    R"json(643"],"copies":[["c2ezvmqzc4g91","n1-0","n1-1"]],"texts":[["n1-0",3000000000],[")json"
    R"json(n1-1",3000000000]]})json"
    "\n";
constexpr int kCellLevel = 6;
constexpr std::size_t kLargestCell = std::size_t{1} << 30U;

struct FreeZstd {
  void operator()(ZSTD_CCtx* c) const { ZSTD_freeCCtx(c); }
  void operator()(ZSTD_DCtx* c) const { ZSTD_freeDCtx(c); }
  void operator()(ZSTD_CDict* d) const { ZSTD_freeCDict(d); }
};

const std::string& sample_columns() {
  static const std::string made = [] {
    ColumnsWriter writer([](std::string_view, std::int64_t, std::int64_t) { return ""; });
    for (std::string_view rest = kSample; !rest.empty();) {
      const std::size_t end = rest.find('\n');
      writer.add(static_cast<unsigned>(rest[0] - '0'), Json::parse(rest.substr(1, end - 1)));
      rest.remove_prefix(end + 1);
    }
    return writer.take();
  }();
  return made;
}

std::optional<ColumnLines> open_columns(std::string_view packed) {
  thread_local const std::unique_ptr<ZSTD_DCtx, FreeZstd> context = [] {
    std::unique_ptr<ZSTD_DCtx, FreeZstd> made(ZSTD_createDCtx());
    ZSTD_DCtx_loadDictionary(made.get(), sample_columns().data(), sample_columns().size());
    return made;
  }();
  const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size > kLargestCell) return std::nullopt;
  std::string plain(static_cast<std::size_t>(size), '\0');
  const std::size_t got =
      ZSTD_decompressDCtx(context.get(), plain.data(), plain.size(), packed.data(), packed.size());
  if (ZSTD_isError(got) != 0 || got != plain.size()) return std::nullopt;
  std::optional<ColumnLines> lines = lines_of_columns(plain);
  if (lines && lines->ends.empty()) return std::nullopt;
  return lines;
}

std::string_view last_line(const ColumnLines& lines) {
  const std::size_t n = lines.ends.size();
  const std::size_t begin = n < 2 ? 0 : lines.ends[n - 2] + 1;
  return std::string_view(lines.text).substr(begin, lines.ends.back() - begin);
}

struct FinalizeStatement {
  void operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }
};

// The texts of articles as they were when a cell was written.
class Texts {
 public:
  Texts(sqlite3* db, std::string_view header) : db_(db) {
    const Json j = Json::parse(header, nullptr, false);
    if (!j.is_object()) return;
    for (const Json& t : j.value("texts", Json::array())) {
      hashes_.emplace(t[0].get<std::string>(), t[1].get<std::uint32_t>());
    }
  }

  [[nodiscard]] std::string_view words(const std::string& article, std::int64_t start,
                                       std::int64_t end) {
    auto [text, fresh] = known_.try_emplace(article);
    if (fresh) {
      text->second.text = find(article);
      text->second.offsets.emplace(text->second.text);
    }
    const utf8::OffsetIndex& offsets = *text->second.offsets;
    if (start < 0 || end < start || end > offsets.total()) return {};
    const Span place =
        offsets.bytes(Span{static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)});
    return std::string_view(text->second.text).substr(place.begin, place.size());
  }

 private:
  struct Known {
    std::string text;
    std::optional<utf8::OffsetIndex> offsets;
  };
  using Select = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

  // The first text that `select` gives and that has the hash.
  bool first(Select& select, const char* sql, const std::string& article, std::uint32_t hash,
             std::string& out) {
    if (!select) {
      sqlite3_stmt* made = nullptr;
      if (sqlite3_prepare_v2(db_, sql, -1, &made, nullptr) != SQLITE_OK) return false;
      select.reset(made);
    }
    sqlite3_bind_text(select.get(), 1, article.data(), static_cast<int>(article.size()),
                      SQLITE_TRANSIENT);
    bool found = false;
    while (!found && sqlite3_step(select.get()) == SQLITE_ROW) {
      const std::string_view text(static_cast<const char*>(sqlite3_column_blob(select.get(), 0)),
                                  static_cast<std::size_t>(sqlite3_column_bytes(select.get(), 0)));
      found = text_hash(text) == hash;
      if (found) out = text;
    }
    sqlite3_reset(select.get());
    return found;
  }

  std::string find(const std::string& article) {
    std::string out;
    const auto hash = hashes_.find(article);
    if (hash == hashes_.end()) return out;
    if (first(now_, "SELECT text FROM main.articles WHERE id = ?", article, hash->second, out)) {
      return out;
    }
    first(before_,
          "SELECT r.text FROM main.articles a JOIN main.revisions r ON r.article = a.number "
          "WHERE a.id = ? ORDER BY r.revision DESC",
          article, hash->second, out);
    return out;
  }

  sqlite3* db_;
  std::unordered_map<std::string, std::uint32_t> hashes_;
  std::unordered_map<std::string, Known> known_;
  Select now_, before_;
};

// The lines of the cell that was asked for last: its lines are mostly asked for one after another.
// Words are looked up in the articles for some lines at a time, since a page may want few of them.
struct OpenCell {
  static constexpr std::size_t kAtATime = 64;
  sqlite3* of = nullptr;
  std::uint64_t hash = 0;
  ColumnLines lines;
  std::vector<std::size_t> first_words;  // of each line, and the number of all
  std::vector<std::string> full;         // lines with their words; empty: not yet

  [[nodiscard]] std::optional<std::string_view> line(sqlite3* db, std::string_view packed,
                                                     std::int64_t number) {
    const std::uint64_t now = XXH3_64bits(packed.data(), packed.size());
    if (lines.ends.empty() || now != hash || db != of) open(db, packed, now);
    const auto n = static_cast<std::size_t>(number) - 1;
    if (number < 1 || n >= lines.ends.size()) return std::nullopt;
    if (first_words[n] == first_words[n + 1]) {
      return std::string_view(lines.text).substr(begin(n), lines.ends[n] - begin(n));
    }
    if (full[n].empty()) fill(n, std::min(n + kAtATime, lines.ends.size()));
    return full[n];
  }

 private:
  [[nodiscard]] std::size_t begin(std::size_t n) const {
    return n == 0 ? 0 : lines.ends[n - 1] + 1;
  }

  void open(sqlite3* db, std::string_view packed, std::uint64_t now) {
    hash = now;
    of = db;
    lines = open_columns(packed).value_or(ColumnLines());
    full.assign(lines.ends.size(), {});
    first_words.assign(1, 0);
    for (const std::size_t end : lines.ends) {
      std::size_t next = first_words.back();
      while (next < lines.words.size() && lines.words[next].at <= end) ++next;
      first_words.push_back(next);
    }
  }

  void fill(std::size_t from, std::size_t to) {
    Texts texts(of, last_line(lines));
    for (std::size_t n = from; n < to; ++n) {
      if (!full[n].empty()) continue;
      std::size_t done = begin(n);
      for (std::size_t w = first_words[n]; w < first_words[n + 1]; ++w) {
        const ColumnLines::Words& next = lines.words[w];
        full[n].append(lines.text, done, next.at - done);
        done = next.at;
        JsonLine words;
        words.string(texts.words(next.article, next.start, next.end));
        full[n] += std::move(words).take();
      }
      full[n].append(lines.text, done, lines.ends[n] - done);
    }
  }
};

void sql_cell_line(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  try {  // nothing may be thrown through SQLite
    thread_local OpenCell cell;
    const void* bytes = sqlite3_value_blob(values[0]);
    const std::string_view packed(static_cast<const char*>(bytes),
                                  static_cast<std::size_t>(sqlite3_value_bytes(values[0])));
    const std::optional<std::string_view> line =
        cell.line(sqlite3_context_db_handle(context), packed, sqlite3_value_int64(values[1]));
    if (!line) return sqlite3_result_null(context);
    sqlite3_result_text64(context, line->data(), line->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  } catch (const std::exception&) {
    sqlite3_result_error_nomem(context);
  }
}

}  // namespace

std::uint32_t text_hash(std::string_view text) {
  return static_cast<std::uint32_t>(XXH3_64bits(text.data(), text.size()));
}

std::string pack_columns(std::string_view columns) {
  static const std::unique_ptr<ZSTD_CDict, FreeZstd> sample(
      ZSTD_createCDict(sample_columns().data(), sample_columns().size(), kCellLevel));
  thread_local const std::unique_ptr<ZSTD_CCtx, FreeZstd> context = [] {
    std::unique_ptr<ZSTD_CCtx, FreeZstd> made(ZSTD_createCCtx());
    ZSTD_CCtx_refCDict(made.get(), sample.get());
    return made;
  }();
  std::string out(ZSTD_compressBound(columns.size()), '\0');
  const std::size_t size =
      ZSTD_compress2(context.get(), out.data(), out.size(), columns.data(), columns.size());
  if (ZSTD_isError(size) != 0) throw IoError("cannot be compressed: out of memory");
  out.resize(size);
  return out;
}

std::optional<std::string> cell_header(std::string_view packed) {
  const std::optional<ColumnLines> lines = open_columns(packed);
  if (!lines) return std::nullopt;
  return std::string(last_line(*lines));
}

void register_cell_line(sqlite3* handle) {
  sqlite3_create_function_v2(handle, "cell_line", 2, SQLITE_UTF8 | SQLITE_INNOCUOUS, nullptr,
                             sql_cell_line, nullptr, nullptr, nullptr);
}

}  // namespace twosource::record
