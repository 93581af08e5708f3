#include "serve/site.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <thread>

#include "serve/api.hpp"
#include "serve/cache.hpp"
#include "serve/corrections.hpp"
#include "serve/metrics.hpp"
#include "serve/pages.hpp"
#include "serve/renewer.hpp"
#include "text/embedded.hpp"
#include "text/error.hpp"

namespace twosource {
[[nodiscard]] std::span<const EmbeddedFile> serve_schema_files();
}  // namespace twosource

namespace twosource::serve {
namespace {

constexpr const char* kHtml = "text/html; charset=utf-8";
constexpr const char* kText = "text/plain; charset=utf-8";
constexpr const char* kForever = "public, max-age=31536000, immutable";

using OnePage = Page (*)(const PageContext&);
using PageOf = Page (*)(const PageContext&, const std::string&);
struct Route {
  std::string_view name;
  OnePage list;  // "/name"
  PageOf one;    // "/name/ID"
};
constexpr std::array<Route, 11> kRoutes = {{{"stories", stories_page, story_page},
                                            {"events", nullptr, event_page},
                                            {"claims", nullptr, claim_page},
                                            {"articles", nullptr, article_page},
                                            {"people", people_page, person_page},
                                            {"copies", copies_page, family_page},
                                            {"timeline", timeline_page, nullptr},
                                            {"sources", sources_page, source_page},
                                            {"search", search_page, nullptr},
                                            {"corrections", corrections_page, nullptr},
                                            {"help", help_page, nullptr}}};

const char* message_key(int status) noexcept {
  switch (status) {
    case 400:
      return "bad_request";
    case 403:
      return "forbidden";
    case 404:
      return "not_found";
    case 405:
      return "method";
    case 413:
      return "too_large";
    case 421:
      return "misdirected";
    default:
      return "failed";
  }
}

std::string etag_of(std::string_view body) {
  return fmt::format("\"{:016x}\"", XXH3_64bits(body.data(), body.size()));
}

bool is_api(const Request& r) noexcept { return !r.path.empty() && r.path[0] == "api"; }

Response redirect(std::string to) {
  Response r = make_response(303, kText, {});
  r.location = std::move(to);
  return r;
}

// "/static/NAME" and the files of the API's description; nothing of them changes while the program
// runs.
std::optional<Response> fixed_file(const Request& r) {
  if (r.path.size() != 2) return std::nullopt;
  Response out;
  if (r.path[0] == "static") {
    if (r.path[1] == "site.css") {
      out = make_response(200, "text/css; charset=utf-8", site_style());
    } else if (r.path[1] == "keys.js") {
      out = make_response(200, "text/javascript; charset=utf-8",
                          std::string(site_file("static/keys.js")));
    } else if (r.path[1] == "icon.svg") {
      out = make_response(200, "image/svg+xml", std::string(site_file("static/icon.svg")));
    } else {
      return std::nullopt;
    }
    if (r.query["v"] == site_version()) out.caching = kForever;
    return out;
  }
  if (r.path[0] != "api") return std::nullopt;
  for (const EmbeddedFile& f : serve_schema_files()) {
    if (f.name == r.path[1]) {
      return make_response(200, "application/json", std::string(f.bytes()));
    }
  }
  return std::nullopt;
}

}  // namespace

class Site::Inside {
 public:
  Inside(SiteOptions options, const PackSet& packs,
         std::function<void(const std::string&)> complain)
      : options_(std::move(options)),
        packs_(packs),
        access_(options_.hosts, options_.writable),
        pool_(options_.record),
        cache_(options_.cache),
        complain_(std::move(complain)) {
    if (options_.writable && options_.renew) {
      renewer_ = std::make_unique<Renewer>(options_.renew, complain_);
    }
    for (const std::string& code : packs.languages()) {
      if (packs.get(code).table("serve.tsv").rows().empty()) continue;
      skins_.emplace(code, Skin(packs.get(code)));
      languages_.push_back(code);
    }
    if (skins_.empty()) throw IoError("no language pack has the words of the pages (serve.tsv)");
    preparing_ = std::jthread([this](const std::stop_token& stop) { prepare(stop); });
  }

  Response answer(const Request& request) {
    const auto begin = std::chrono::steady_clock::now();
    bool from_cache = false;
    Response out = guarded(request, from_cache);
    if (out.status == 200 && out.etag.empty() && out.body) out.etag = etag_of(*out.body);
    if (out.status == 200 && request.method != Method::Post && !out.etag.empty() &&
        request.if_none_match.find(out.etag) != std::string::npos) {
      out.status = 304;
      out.body.reset();
    }
    const auto time = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - begin);
    metrics_.answered(out.status, out.body ? out.body->size() : 0, from_cache,
                      static_cast<std::uint64_t>(time.count()));
    return out;
  }

  Response refuse(int status) {
    metrics_.answered(status, 0, false, 0);
    return make_response(status, kText, skins_.begin()->second.labels()(message_key(status)));
  }

  void watch(std::function<TransportCounts()> counts) { transport_ = std::move(counts); }
  [[nodiscard]] const Access& access() const noexcept { return access_; }

 private:
  const Skin& skin_of(const Request& r) const {
    for (const std::string_view code : {r.query["lang"], cookie(r.cookie, "lang")}) {
      if (const auto it = skins_.find(code); it != skins_.end()) return it->second;
    }
    const auto it = skins_.find(preferred_language(r.languages, languages_));
    if (it != skins_.end()) return it->second;
    const auto english = skins_.find("en");
    return english != skins_.end() ? english->second : skins_.begin()->second;
  }

  Response guarded(const Request& r, bool& from_cache) {
    try {
      if (!access_.host_allowed(r)) return error(r, 421);
      if (auto fixed = fixed_file(r)) return std::move(*fixed);
      if (r.method == Method::Post) return write(r);
      return read(r, from_cache);
    } catch (const std::exception& e) {
      complain_(e.what());
      return error(r, 500);
    }
  }

  Response error(const Request& r, int status) {
    if (is_api(r)) return api_error(status, skin_of(r).labels()(message_key(status)));
    try {
      const auto lease = pool_.lease();
      const Overviews nothing;
      const PageContext c = context(r, *lease, nothing);
      return make_response(status, kHtml, message_page(c, message_key(status)));
    } catch (const std::exception&) {
      return make_response(status, kText, skin_of(r).labels()(message_key(status)));
    }
  }

  PageContext context(const Request& r, Store& store, const Overviews& all) const {
    PageContext c{
        store, skin_of(r), all, r, packs_, languages_, access_.writable(), access_.is_writer(r),
        false, {}};
    if (c.writer) c.form_token = access_.form_token();
    c.renewing = renewer_ && renewer_->busy();
    return c;
  }

  // POST to /corrections and /corrections/undo and the same below /api/v1; nothing else takes one.
  Response write(const Request& r) {
    const std::size_t at = is_api(r) ? 2 : 0;
    const bool here =
        r.path.size() > at && r.path[at] == "corrections" && (at == 0 || r.path[1] == "v1");
    const bool undo = here && r.path.size() == at + 2 && r.path[at + 1] == "undo";
    if (!here || (!undo && r.path.size() != at + 1)) return error(r, 405);
    if (!access_.may_write(r)) return error(r, 403);
    const auto lease = pool_.lease();
    Result<std::int64_t> id = store_correction(*lease, options_.record, r.form, undo);
    if (!id) {
      if (is_api(r)) return api_error(400, id.error().message);
      const Overviews nothing;
      return make_response(
          400, kHtml, message_page(context(r, *lease, nothing), "refused", id.error().message));
    }
    if (renewer_) renewer_->ask();
    if (is_api(r)) {
      return make_response(201, "application/json", fmt::format("{{\"id\":{}}}", *id));
    }
    return redirect(fmt::format("/corrections#c{}", *id));
  }

  // Everything that only reads.
  Response read(const Request& r, bool& from_cache) {
    const std::uint64_t generation = pool_.generation();
    if (r.path.size() == 1 && (r.path[0] == "isalive" || r.path[0] == "health" ||
                               r.path[0] == "metrics" || r.path[0] == "robots.txt")) {
      return machine(r.path[0], generation);
    }
    if (r.path.empty() && access_.is_token(r.query["token"])) {
      Response out = redirect("/");
      out.cookie = access_.set_cookie();
      return out;
    }
    const std::string key = key_of(r);
    Response out;
    if (cache_.find(key, generation, out)) {
      from_cache = true;
    } else {
      const auto lease = pool_.lease();
      out = make(r, *lease, generation);
      if (out.status == 200) {
        out.etag = etag_of(*out.body);
        cache_.put(key, generation, out);
      }
    }
    if (const std::string_view lang = r.query["lang"]; skins_.find(lang) != skins_.end()) {
      out.cookie = fmt::format("lang={}; SameSite=Lax; Path=/; Max-Age=31536000", lang);
    }
    return out;
  }

  // Answers that differ have different keys.
  std::string key_of(const Request& r) const {
    std::string key = skin_of(r).language();
    key += access_.is_writer(r) ? "+" : "-";
    if (renewer_ && renewer_->busy()) key += '*';
    for (const std::string& segment : r.path) key += '/' + percent_encode(segment);
    key += '?';
    for (const auto& [name, value] : r.query.items()) {
      key += percent_encode(name) + '=' + percent_encode(value) + '&';
    }
    return key;
  }

  Response make(const Request& r, Store& store, std::uint64_t generation) {
    const std::shared_ptr<const Overviews> all = overviews(generation);
    if (is_api(r)) {
      if (r.path.size() < 2 || r.path[1] != "v1") return error(r, 404);
      return api_answer(context(r, store, *all), options_.version);
    }
    const PageContext c = context(r, store, *all);
    if (Page page = make_page(c)) return make_response(200, kHtml, std::move(*page));
    return make_response(404, kHtml, message_page(c, message_key(404)));
  }

  static Page make_page(const PageContext& c) {
    const std::vector<std::string>& path = c.request.path;
    if (path.empty()) return stories_page(c);
    for (const Route& route : kRoutes) {
      if (path[0] != route.name) continue;
      if (path.size() == 1 && route.list != nullptr) return route.list(c);
      if (path.size() == 2 && route.one != nullptr) return route.one(c, path[1]);
    }
    return std::nullopt;
  }

  std::shared_ptr<const Overviews> overviews(std::uint64_t generation) {
    const std::lock_guard lock(overview_mutex_);
    if (!overviews_ || overview_generation_ != generation) {
      overviews_ = std::make_shared<Overviews>();
      overview_generation_ = generation;
    }
    return overviews_;
  }

  // Makes what the start pages list before anybody asks; seconds for a record of 100,000 articles.
  void prepare(const std::stop_token& stop) {
    try {
      const std::shared_ptr<const Overviews> all = overviews(pool_.generation());
      const auto lease = pool_.lease();
      if (!stop.stop_requested()) (void)all->counts(*lease);
      if (!stop.stop_requested()) (void)all->stories(*lease);
      if (!stop.stop_requested()) (void)all->people(*lease);
      if (!stop.stop_requested()) (void)all->sources(*lease);
      if (!stop.stop_requested()) (void)all->families(*lease);
    } catch (const std::exception& e) {  // whoever asks tries again
      complain_(e.what());
    }
  }

  // What machines ask: is it up, can it read, how does it do.
  Response machine(const std::string& what, std::uint64_t generation) {
    Response out;
    if (what == "isalive") {
      out = make_response(200, kText, "alive\n");
    } else if (what == "robots.txt") {
      out = make_response(200, kText, "User-agent: *\nDisallow: /\n");
    } else {
      const auto lease = pool_.lease();
      const std::shared_ptr<const Overviews> all = overviews(generation);
      if (what == "health") {
        out = make_response(
            200, "application/json",
            fmt::format(
                "{{\"status\":\"ok\",\"version\":\"{}\",\"articles\":{},\"writable\":{}}}\n",
                options_.version, all->counts(*lease).articles, access_.writable()));
      } else {
        out = make_response(200, "text/plain; version=0.0.4; charset=utf-8",
                            metrics_.text(transport_ ? transport_() : TransportCounts{},
                                          all->counts(*lease), cache_.bytes(), generation));
      }
    }
    out.caching = "no-store";
    return out;
  }

  SiteOptions options_;
  PackSet packs_;
  Access access_;
  StorePool pool_;
  PageCache cache_;
  Metrics metrics_;
  std::function<void(const std::string&)> complain_;
  std::function<TransportCounts()> transport_;
  std::map<std::string, Skin, std::less<>> skins_;
  std::vector<std::string> languages_;
  std::unique_ptr<Renewer> renewer_;
  std::mutex overview_mutex_;
  std::shared_ptr<const Overviews> overviews_;
  std::uint64_t overview_generation_ = 0;
  std::jthread preparing_;  // last: it ends before what it reads
};

Site::Site(SiteOptions options, const PackSet& packs,
           std::function<void(const std::string&)> complain)
    : inside_(std::make_unique<Inside>(std::move(options), packs, std::move(complain))) {}
Site::~Site() = default;
Response Site::answer(const Request& request) noexcept {
  try {
    return inside_->answer(request);
  } catch (...) {
    return {};
  }
}
Response Site::refuse(int status) noexcept {
  try {
    return inside_->refuse(status);
  } catch (...) {
    return {};
  }
}
void Site::watch(std::function<TransportCounts()> counts) { inside_->watch(std::move(counts)); }
const Access& Site::access() const noexcept { return inside_->access(); }

}  // namespace twosource::serve
