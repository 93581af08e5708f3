#include "record/packed.hpp"

#include <fmt/format.h>
#include <xxhash.h>
#include <zstd.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <vector>

#include "record/cell.hpp"
#include "record/layers.hpp"
#include "text/utf8.hpp"

namespace twosource::record {
namespace {

// What findings, and up to schema 4 layers, are made of. Part of the stored format: another text
// needs another schema version.
constexpr std::string_view kUsual =
    R"json("publisherGroup":"","furniture":[{"kind":"navigation","text":"","before":0},)json"
    R"json({"kind":"share","text":"","before":0},{"kind":"byline","text":"Von ",)json"
    R"json("before":36},{"kind":"caption","text":"Foto: ","before":0},)json"
    R"json({"kind":"disclaimer","text":"","before":0},{"kind":"related","text":"",)json"
    R"json("before":0}],"paragraphs":[{"start":0,"end":60,"kind":"headline"},)json"
    R"json({"start":61,"end":210,"kind":"teaser"},{"start":211,"end":640,)json"
    R"json("kind":"body"},{"start":641,"end":702,"kind":"subhead"},{"start":703,)json"
    R"json("end":1290,"kind":"body"}],)json"
    R"json("sentences":[{"start":0,"end":60},{"start":61,"end":120},{"start":121,)json"
    R"json("end":210},{"start":211,"end":302}],)json"
    R"json("times":[{"start":120,"end":127,"type":"DATE","value":"XXXX-WXX-6",)json"
    R"json("mod":null,"weekday":6,"direction":-1},{"start":305,"end":313,"type":"TIME",)json"
    R"json("value":"2017-11-11T10:30","mod":null},{"start":0,"end":12,)json"
    R"json("type":"DURATION","value":"PT3H","mod":"APPROX"},{"start":582,"end":593,)json"
    R"json("type":"SET","value":"P1Y","mod":null,"quant":"EVERY","freq":""},)json"
    R"json({"start":700,"end":709,"type":"DATE","value":"PRESENT_REF","mod":null},)json"
    R"json({"start":720,"end":727,"type":"DATE","value":"2019-05-31","mod":null}],)json"
    R"json("measures":[{"start":10,"end":22,"value":"PT3H","unit":"duration",)json"
    R"json("unitName":"s","approx":false,"of":null,"modality":"actual","low":10800.0,)json"
    R"json("high":10800.0,"granularity":3600.0},{"start":94,"end":99,"value":"95",)json"
    R"json("unit":"percent","unitName":"%","approx":true,"of":"Prozent",)json"
    R"json("ofSpan":{"start":100,"end":107},"modality":"actual","low":95.0,"high":95.0,)json"
    R"json("bound":"approx","granularity":1.0},{"start":140,"end":153,)json"
    R"json("value":"2400000000 EUR","unit":"money","unitName":"EUR","approx":false,)json"
    R"json("of":null,"modality":"planned","low":2400000000.0,"high":2400000000.0,)json"
    R"json("granularity":100000000.0},{"start":160,"end":163,"value":"12",)json"
    R"json("unit":"count","approx":false,"of":"Verletzte","modality":"actual",)json"
    R"json("low":12.0,"high":12.0,"granularity":1.0}],)json"
    R"json("entities":[{"id":"e1","name":"","type":"PER","roles":[],"gender":"m"},)json"
    R"json({"id":"e2","name":"","type":"PER","roles":["Bundeskanzlerin"],"gender":"f"},)json"
    R"json({"id":"e3","name":"Berlin","type":"LOC","roles":[]},{"id":"e4","name":"SPD",)json"
    R"json("type":"ORG","roles":[]},{"id":"e5","name":"","type":"OTH","roles":[]}],)json"
    R"json("mentions":[{"start":152,"end":166,"entity":"e1","kind":"name"},)json"
    R"json({"start":171,"end":187,"entity":"e2","kind":"role"},{"start":453,"end":458,)json"
    R"json("entity":"e3","kind":"pronoun"},{"start":463,"end":471,"entity":"e4",)json"
    R"json("kind":"metonym"}],)json"
    R"json("quotes":[{"start":537,"end":600,"parts":[{"start":537,"end":600}],)json"
    R"json("kind":"direct","speaker":"e4","speakerSpan":{"start":608,"end":615},)json"
    R"json("cue":[{"start":602,"end":607}],"addressee":null,"frame":null},{"start":700,)json"
    R"json("end":760,"parts":[{"start":700,"end":760}],"kind":"indirect",)json"
    R"json("speaker":null,"speakerSpan":null,"cue":[{"start":690,"end":696}],)json"
    R"json("addressee":null,"frame":null}]})json"
    R"json({"id":"p1","name":"","type":"PER","aliases":[],"roles":[{"title":"",)json"
    R"json("from":null,"to":null,"evidence":[{"article":"","start":0,"end":9}]}],)json"
    R"json("mentions":[{"article":"","start":10,"end":24}]})json"
    R"json({"id":"q1","speaker":"p1","name":"","variants":[{"article":"","start":100,)json"
    R"json("end":222,"text":"„"}]})json"
    R"json({"id":"o1","kind":"outlet","name":""})json"
    R"json({"id":"v1","label":"","when":"2019-05-31","where":["Berlin"],"who":["p1",)json"
    R"json("p2"],"type":"MEET","articles":[""],"story":"s1","evidence":[],"why":""})json"
    R"json({"id":"k1","event":"v1","text":"","verdict":"relayed-only","origins":1,)json"
    R"json("statements":[{"article":"","start":715,"end":860,"speaker":null,)json"
    R"json("origin":"o1","values":[]}],"differences":[{"slot":"quote",)json"
    R"json("relation":"different","a":{"article":"","start":715,"end":860,"value":""},)json"
    R"json("b":{"article":"","start":970,"end":1352,"value":""},)json"
    R"json("why":"the same statement is quoted in other words"}],)json"
    R"json("why":"several articles relay one origin:  (authority)"})json"
    R"json({"id":"k2","event":"v1","text":"","verdict":"single-outlet","origins":1,)json"
    R"json("statements":[{"article":"","start":715,"end":860,"speaker":"p1",)json"
    R"json("origin":"o1","values":[{"slot":"date","value":"2012-12-03","start":715,)json"
    R"json("end":731}]}],"differences":[],)json"
    R"json("why":"stands alone: no origin that can be named"})json"
    R"json({"id":"k3","event":"v1","text":"","verdict":"single-outlet","origins":1,)json"
    R"json("statements":[{"article":"","start":715,"end":860,"speaker":null,)json"
    R"json("origin":"o1","values":[]}],"differences":[],)json"
    R"json("why":"stands alone:  (outlet)"})json"
    R"json({"id":"","path":"/.jsonl:","url":"https://www.","headline":"",)json"
    R"json("publisher":"","authors":[],"inLanguage":"de","datePublished":{"value":null,)json"
    R"json("from":"none"},"dateModified":null,"dateline":null,)json"
    R"json("agencies":[{"name":"dpa","kind":"text","start":0,"end":3}],)json"
    R"json("inLanguage":"en","datePublished":{"value":"2019-05-31","from":"meta"},)json";
// The same for the layers of articles, which begin where their text ends: most names and values
// stand in it.
constexpr std::string_view kInLayers =
    "Live-BlogXXXX-WXX-1XXXX-XX-XXPRESENT_REFPAST_REFFUTURE_REFAPPROXSTARTMIDEVERYP1YP1MP1WP1DPT24H"
    "PT1H2026-01-01T10:30+01:00EURUSDkmdpaAFPReutersAPde.html?https://www.";
constexpr int kLevel = 6;
// What claims to be larger is damaged.
constexpr std::size_t kLargest = std::size_t{1} << 30U;

struct FreeContext {
  void operator()(ZSTD_CCtx* c) const { ZSTD_freeCCtx(c); }
  void operator()(ZSTD_DCtx* c) const { ZSTD_freeDCtx(c); }
  void operator()(ZSTD_CDict* d) const { ZSTD_freeCDict(d); }
};

}  // namespace

std::optional<std::string> unpack_text(std::string_view bytes) {
  thread_local const std::unique_ptr<ZSTD_DCtx, FreeContext> context = [] {
    std::unique_ptr<ZSTD_DCtx, FreeContext> made(ZSTD_createDCtx());
    ZSTD_DCtx_loadDictionary(made.get(), kUsual.data(), kUsual.size());
    return made;
  }();
  const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  if (size > kLargest) return std::nullopt;
  std::string plain(static_cast<std::size_t>(size), '\0');
  const std::size_t got =
      ZSTD_decompressDCtx(context.get(), plain.data(), plain.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(got) != 0 || got != plain.size()) return std::nullopt;
  return plain;
}

namespace {

std::string_view bytes_of(sqlite3_value* value) {
  const void* bytes = sqlite3_value_blob(value);
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

void give(sqlite3_context* context, const std::optional<std::string>& text) {
  if (!text) return sqlite3_result_null(context);
  sqlite3_result_text64(context, text->data(), text->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

// Nothing may be thrown through SQLite.
template <class Make>
void guarded(sqlite3_context* context, const Make& make) {
  try {
    give(context, make());
  } catch (const std::exception&) {
    sqlite3_result_error_nomem(context);
  }
}

void sql_unpacked(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  guarded(context, [&] { return unpack_text(bytes_of(values[0])); });
}

// --- what several cells know of one person, place or body ---

void merge_roles(Json& into, const Json& roles) {
  for (const Json& role : roles) {
    const auto same = std::find_if(into.begin(), into.end(), [&](const Json& r) {
      return r["title"] == role["title"] && r["from"] == role["from"] && r["to"] == role["to"];
    });
    if (same == into.end()) {
      into.push_back(role);
    } else {
      for (const Json& e : role["evidence"]) (*same)["evidence"].push_back(e);
    }
  }
}

bool places_in_order(const Json& a, const Json& b) {
  const int order = a["article"].get_ref<const std::string&>().compare(
      b["article"].get_ref<const std::string&>());
  return order != 0 ? order < 0 : a["start"].get<std::int64_t>() < b["start"].get<std::int64_t>();
}

// Most evidence first, as merge_entities has them.
bool roles_in_order(const Json& a, const Json& b) {
  if (a["evidence"].size() != b["evidence"].size()) {
    return a["evidence"].size() > b["evidence"].size();
  }
  const auto key = [](const Json& r) {
    return std::pair(r["from"].is_string() ? r["from"].get<std::string>() : std::string(),
                     r["title"].get<std::string>());
  };
  return key(a) < key(b);
}

// What corrections made of it, each once.
void merge_why(Json& into, const Json& from) {
  const auto why = from.find("why");
  if (why == from.end()) return;
  std::string all = into.value("why", std::string());
  const auto& more = why->get_ref<const std::string&>();
  if (all.find(more) != std::string::npos) return;
  into["why"] = all.empty() ? more : all + "; " + more;
}

std::string merge_entities(const std::vector<std::string>& parts, const std::string& name) {
  if (parts.size() == 1) return parts.front();
  Json all;
  std::set<std::string> names;
  for (const std::string& part : parts) {
    Json j = Json::parse(part, nullptr, false);
    if (!j.is_object()) continue;
    names.insert(j["name"].get<std::string>());
    for (const Json& alias : j["aliases"]) names.insert(alias.get<std::string>());
    if (all.is_null()) {
      all = std::move(j);
      continue;
    }
    merge_roles(all["roles"], j["roles"]);
    merge_why(all, j);
    for (Json& m : j["mentions"]) all["mentions"].push_back(std::move(m));
  }
  if (all.is_null()) return {};
  names.erase(name);
  all["name"] = name;
  all["aliases"] = names;
  for (Json& role : all["roles"]) {
    std::sort(role["evidence"].begin(), role["evidence"].end(), places_in_order);
  }
  std::sort(all["roles"].begin(), all["roles"].end(), roles_in_order);
  std::sort(all["mentions"].begin(), all["mentions"].end(), places_in_order);
  return dump_line(all);
}

struct Parts {
  std::vector<std::string> json;
  std::string name;
};

void sql_merge_step(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  auto** parts = static_cast<Parts**>(sqlite3_aggregate_context(context, sizeof(Parts*)));
  if (parts == nullptr) return sqlite3_result_error_nomem(context);
  try {
    if (*parts == nullptr) *parts = std::make_unique<Parts>().release();
    if ((*parts)->json.empty()) (*parts)->name = bytes_of(values[1]);
    (*parts)->json.emplace_back(bytes_of(values[0]));
  } catch (const std::exception&) {
    sqlite3_result_error_nomem(context);
  }
}

void sql_merge_final(sqlite3_context* context) {
  auto** parts = static_cast<Parts**>(sqlite3_aggregate_context(context, 0));
  const std::unique_ptr<Parts> owned(parts == nullptr ? nullptr : *parts);
  guarded(context, [&]() -> std::optional<std::string> {
    if (!owned) return std::nullopt;
    std::string merged = merge_entities(owned->json, owned->name);
    if (merged.empty()) return std::nullopt;
    return merged;
  });
}

void sql_article_json(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  guarded(context, [&]() -> std::optional<std::string> {
    Result<Article> article = unpack_article(bytes_of(values[2]), bytes_of(values[0]), true);
    if (!article) return std::nullopt;
    article->path = bytes_of(values[1]);
    return dump_line(article_to_json(*article));
  });
}

// What the layers of this text are compressed with.
std::string usual_of(std::string_view text) {
  std::string out;
  out.reserve(kInLayers.size() + text.size());
  return out.append(kInLayers).append(text);
}

}  // namespace

std::string content_hash(const Article& a) {
  std::string all;
  for (const std::string* part :
       {&a.text, &a.headline, &a.published.value, &a.modified.value, &a.publisher, &a.url}) {
    all += *part;
    all += '\0';
  }
  for (const std::string& author : a.authors) all.append(author) += '\0';
  return fmt::format("{:016x}", XXH3_64bits(all.data(), all.size()));
}

std::string pack(const Json& json) { return pack_text(dump_line(json)); }

std::string pack_text(std::string_view plain) {
  static const std::unique_ptr<ZSTD_CDict, FreeContext> usual(
      ZSTD_createCDict(kUsual.data(), kUsual.size(), kLevel));
  thread_local const std::unique_ptr<ZSTD_CCtx, FreeContext> context = [] {
    std::unique_ptr<ZSTD_CCtx, FreeContext> made(ZSTD_createCCtx());
    ZSTD_CCtx_refCDict(made.get(), usual.get());
    return made;
  }();
  std::string out(ZSTD_compressBound(plain.size()), '\0');
  const std::size_t size =
      ZSTD_compress2(context.get(), out.data(), out.size(), plain.data(), plain.size());
  if (ZSTD_isError(size) != 0) throw IoError("cannot be compressed: out of memory");
  out.resize(size);
  return out;
}

std::string pack_layers(const Article& article) {
  const std::string plain = layers_to_bytes(article);
  const std::string usual = usual_of(article.text);
  thread_local const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
  std::string out(ZSTD_compressBound(plain.size()), '\0');
  const std::size_t size =
      ZSTD_compress_usingDict(context.get(), out.data(), out.size(), plain.data(), plain.size(),
                              usual.data(), usual.size(), kLevel);
  if (ZSTD_isError(size) != 0) throw IoError("cannot be compressed: out of memory");
  out.resize(size);
  return out;
}

Result<Article> unpack_article(std::string_view text, std::string_view layers,
                               bool with_sentences) {
  thread_local const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
  const std::string usual = usual_of(text);
  const unsigned long long size = ZSTD_getFrameContentSize(layers.data(), layers.size());
  if (size > kLargest) return tl::unexpected(Error{"its layers are damaged", {}});
  std::string plain(static_cast<std::size_t>(size), '\0');
  const std::size_t got =
      ZSTD_decompress_usingDict(context.get(), plain.data(), plain.size(), layers.data(),
                                layers.size(), usual.data(), usual.size());
  if (ZSTD_isError(got) != 0 || got != plain.size()) {
    return tl::unexpected(Error{"its layers are damaged", {}});
  }
  Result<Article> article = layers_from_bytes(plain, text);
  if (article && !with_sentences) article->tokens.sentences.clear();
  return article;
}

void register_functions(sqlite3* handle) {
  constexpr int kFlags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  sqlite3_create_function_v2(handle, "unpacked", 1, kFlags, nullptr, sql_unpacked, nullptr, nullptr,
                             nullptr);
  register_cell_line(handle);
  sqlite3_create_function_v2(handle, "merged_entity", 2, kFlags, nullptr, nullptr, sql_merge_step,
                             sql_merge_final, nullptr);
  sqlite3_create_function_v2(handle, "article_json", 3, kFlags, nullptr, sql_article_json, nullptr,
                             nullptr, nullptr);
}

}  // namespace twosource::record
