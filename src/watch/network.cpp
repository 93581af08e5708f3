#include "watch/network.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <ctime>
#include <utility>

#include "intake/encoding.hpp"
#include "intake/feed.hpp"
#include "intake/item.hpp"
#include "intake/web.hpp"

namespace twosource::watch {
namespace {
using std::chrono::seconds;

constexpr unsigned kMostTries = 3;                    // for a page that an entry links to
constexpr std::int64_t kForgottenAfter = 30 * 86400;  // entries that a feed shows no more
constexpr int kGone = 410;

std::int64_t clock_s() { return std::time(nullptr); }

std::uint64_t hash(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

std::uint64_t key_of(const intake::Item& item) {
  if (!item.url.empty()) return hash(item.url);
  return hash(item.id.empty() ? item.headline : item.id);
}
std::uint64_t content_of(const intake::Item& item) {
  std::string all = item.headline;
  for (const std::string* part : {&item.teaser, &item.content, &item.published}) {
    all.append("\n").append(*part);
  }
  return hash(all);
}

// One answer that is here already, everything else from the network; remembers what failed.
class Given final : public intake::Web {
 public:
  Given(std::string asked, intake::WebDocument document, fetch::Fetcher& fetcher)
      : asked_(std::move(asked)), document_(std::move(document)), fetcher_(fetcher) {}
  Result<intake::WebDocument> open(const std::string& url) override {
    if (url == asked_ && document_.body) return std::move(document_);
    Result<intake::WebDocument> got = fetcher_.open(url);
    if (!got) failed_.insert(hash(url));
    return got;
  }
  [[nodiscard]] bool failed(std::uint64_t url) const { return failed_.count(url) > 0; }

 private:
  std::string asked_;
  intake::WebDocument document_;
  fetch::Fetcher& fetcher_;
  std::set<std::uint64_t> failed_;
};

}  // namespace

Network::Network(State& state, fetch::Fetcher& fetcher, const Options& options,
                 const intake::Options& intake)
    : state_(state), fetcher_(fetcher), options_(options), intake_(intake) {}

void Network::add(const std::string& url, const std::string& list) {
  if (sources_.count(url) > 0) return;
  SourceState source = state_.source(url).value_or(SourceState{});
  source.address = url;
  source.list = list;
  const bool is_list = source.is_list;
  sources_.emplace(url, std::move(source));
  if (!is_list) return;
  for (const SourceState& s : state_.listed(url)) add(s.address, url);
}

seconds Network::due_in() const {
  std::int64_t least = 86400;
  for (const auto& [url, source] : sources_) {
    least = std::min(least, std::max<std::int64_t>(0, source.next - clock_s()));
  }
  return seconds(least);
}

bool Network::poll(const Read& read, const Refuse& refuse, const std::function<bool()>& stop) {
  bool any = false;
  // A list that is read may add to the sources: those come at the end of this round, too.
  for (bool again = true; again && !stop();) {
    again = false;
    std::vector<std::string> due;
    for (const auto& [url, source] : sources_) {
      if (source.next <= clock_s()) due.push_back(url);
    }
    for (const std::string& url : due) {
      if (stop()) return any;
      const auto found = sources_.find(url);
      if (found == sources_.end()) continue;
      SourceState source = found->second;
      const std::size_t count = sources_.size();
      any = ask(source, read, refuse, stop) || any;
      again = again || sources_.size() > count;
      sources_[url] = std::move(source);
    }
  }
  return any;
}

// The body as a whole; why not, else empty.
std::string Network::take(fetch::Answer& answer, Page& page) const {
  page.url = answer.url;
  page.type = answer.type;
  page.charset = answer.charset;
  intake::Input input(std::move(answer.body), options_.max_ratio);
  const bool whole = input.read_all(options_.most_bytes, page.bytes);
  if (std::string failure = input.failure(); !failure.empty()) return failure;
  return whole ? std::string() : fmt::format("larger than {} MiB", options_.most_bytes >> 20U);
}

bool Network::ask(SourceState& source, const Read& read, const Refuse& refuse,
                  const std::function<bool()>& stop) {
  tl::expected<fetch::Answer, fetch::Failure> got =
      fetcher_.get({source.address, source.etag, source.modified});
  Hints hints;
  std::string problem;
  Page page;
  if (!got) {
    problem = got.error().reason;
    hints.retry_after = got.error().retry_after;
    if (got.error().status == kGone) hints.retry_after = std::chrono::hours{7 * 24};
  } else {
    hints.fresh = got->fresh;
    if (got->status != 304) problem = take(*got, page);
  }
  if (!problem.empty() && stop()) return false;  // it was not its fault
  if (!problem.empty()) {
    if (source.failures++ == 0) refuse(source.address, problem);
  } else {
    source.failures = 0;
  }
  const bool news = problem.empty() && got->status != 304;
  std::string text;
  if (news) {
    source.etag = got->etag;
    source.modified = got->modified;
    text = intake::decode(page.bytes, page.charset).text;
    hints.period = feed_period(text);
  }
  source.next = clock_s() + next_in(options_.every, hints, source.failures).count();
  if (!news) {
    state_.set_source(source);
    return false;
  }
  if (intake::xml_kind(text) == intake::Xml::Opml) {
    list(source, text, page);
    return false;
  }
  return entries(source, std::move(page), read, stop);
}

void Network::list(SourceState& source, const std::string& text, const Page& page) {
  record::Transaction all = state_.begin();
  source.is_list = true;
  std::set<std::string> named;
  for (const std::string& feed : intake::read_opml(text)) {
    std::string url = intake::resolve_address(page.url, feed);
    if (!url.empty() && url != source.address) named.insert(std::move(url));
  }
  for (const SourceState& s : state_.listed(source.address)) {
    if (named.count(s.address) > 0) continue;
    state_.drop_source(s.address);
    sources_.erase(s.address);
  }
  if (source.list.empty()) {  // no lists within lists
    for (const std::string& url : named) {
      add(url, source.address);
      state_.set_source(sources_.at(url));
    }
  }
  state_.set_source(source);
  all.commit();
}

bool Network::entries(SourceState& source, Page&& page, const Read& read,
                      const std::function<bool()>& stop) {
  const Entries known = state_.entries(source.address);
  Entries seen;
  Given web(source.address,
            {page.url, page.type, page.charset, intake::from_string(std::move(page.bytes))},
            fetcher_);
  intake::Options options = intake_;
  options.web = &web;
  options.lasting_ids = true;
  options.wanted = [&](const intake::Item& item) {
    if (stop()) return false;
    const std::uint64_t key = key_of(item);
    const EntryState now{content_of(item), 0};
    const auto was = known.find(key);
    const bool same = was != known.end() && was->second.content == now.content;
    const unsigned failures = same ? was->second.failures : 0;
    seen[key] = {now.content, failures};
    return !same || (failures > 0 && failures < kMostTries);
  };
  read(source.address, options);
  record::Transaction all = state_.begin();
  const bool stopped = stop();
  bool retry = stopped;
  for (auto& [key, entry] : seen) {
    if (stopped && web.failed(key)) continue;  // it was not the page's fault
    const auto was = known.find(key);
    const bool asked = was == known.end() || was->second.content != entry.content ||
                       (entry.failures > 0 && entry.failures < kMostTries);
    if (asked) entry.failures = web.failed(key) ? entry.failures + 1 : 0;
    retry = retry || (entry.failures > 0 && entry.failures < kMostTries);
    state_.set_entry(source.address, key, entry, clock_s());
  }
  if (retry) {  // a 304 would hide what is to be tried again
    source.etag.clear();
    source.modified.clear();
  }
  if (stopped) source.next = 0;
  state_.forget_entries(source.address, clock_s() - kForgottenAfter);
  state_.set_source(source);
  all.commit();
  return true;
}

}  // namespace twosource::watch
