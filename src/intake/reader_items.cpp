#include <fmt/format.h>

#include <filesystem>

#include "intake/feed.hpp"
#include "intake/news_json.hpp"
#include "intake/reader.hpp"
#include "text/utf8.hpp"

namespace twosource::intake {
namespace {
namespace fs = std::filesystem;

// JSON may write one byte of text as six ("\u001f"); four times the bound is ample for real text.
constexpr std::size_t kLineFactor = 4;
constexpr std::size_t kShownAddress = 200;
constexpr std::size_t kNewsJsonHead = 64U << 10U;

}  // namespace

// Files that hold several articles, or one under other names. False when it is none of them.
bool Reader::items(const std::string& text, const RawDocument& d) {
  switch (xml_kind(text)) {
    case Xml::Feed: {
      Result<Feed> feed = read_feed(text);
      if (!feed) {
        refuse(d.path, feed.error().message);
      } else {
        if (feed->broken) {
          on_skipped_(
              {d.path, "broken feed, the entries before the break were read", Effect::Altered});
        }
        all(std::move(feed->items), d);
      }
      return true;
    }
    case Xml::Opml:
      feed_list(text, d);
      return true;
    case Xml::None:
      break;
  }
  if (!looks_like_news_json(std::string_view(text).substr(0, kNewsJsonHead))) return false;
  Result<std::vector<Item>> found = read_news_json(text);
  if (!found) return false;
  all(std::move(*found), d);
  return true;
}

void Reader::all(std::vector<Item>&& found, const RawDocument& d) {
  if (found.empty()) return refuse(d.path, "no article in it");
  const bool keyed = options_.lasting_ids || !told_.url.empty();
  if (found.size() == 1 && !keyed) return item(std::move(found.front()), d);
  for (std::size_t i = 0; i < found.size(); ++i) {
    RawDocument known = d;
    known.path = fmt::format("{}:{}", d.path, i + 1);
    known.id = keyed ? entry_id(found[i], d) : std::string();
    if (known.id.empty()) known.id = fmt::format("{}:{}", d.id, i + 1);
    found[i].url = told_.url.empty() ? found[i].url : resolve_address(told_.url, found[i].url);
    if (!options_.wanted || options_.wanted(found[i])) item(std::move(found[i]), known);
  }
}

// `known` is what was given with the file; it counts before what the item says.
void Reader::item(Item&& found, const RawDocument& known) {
  if (!found.problem.empty()) return refuse(known.path, found.problem);
  if (is_entry_followed(found)) {
    RawDocument page;
    page.id = known.id;
    page.path = found.url;
    if (address(found.url, std::move(page), kPage)) return;
  }
  RawDocument d = document_of(std::move(found));
  d.path = known.path;
  d.id = known.id;
  if (!known.url.empty()) d.url = known.url;
  if (!known.publisher.empty()) d.publisher = known.publisher;
  if (!known.published.empty()) d.published = known.published;
  if (!known.headline.empty()) d.headline = known.headline;
  if (!known.language.empty()) d.language = known.language;
  if (!known.authors.empty()) d.authors = known.authors;
  d.extra = known.extra;
  if (d.body.empty()) return refuse(d.path, "entry without text");
  finish(std::move(d));
}

// Feeds that lie beside the list are read, and those on the network where that is meant: the list
// came from there, or `follow` says so.
void Reader::feed_list(const std::string& text, const RawDocument& d) {
  if (told_.depth > 0) return refuse(d.path, "a list within a list of feeds");
  const std::vector<std::string> feeds = read_opml(text);
  if (feeds.empty()) return refuse(d.path, "list of feeds without a feed");
  const bool local = told_.url.empty();
  for (std::size_t i = 0; i < feeds.size(); ++i) {
    const std::string where = fmt::format("{}:{}", d.path, i + 1);
    const std::string shown = feeds[i].substr(0, kShownAddress);
    RawDocument feed;
    feed.id = fmt::format("{}:{}", d.id, i + 1);
    if (local && feeds[i].find("://") == std::string::npos) {
      feed.path = (fs::path(d.path).parent_path() / feeds[i]).string();
      feed_file(std::move(feed), where);
      continue;
    }
    feed.path = local ? feeds[i] : resolve_address(told_.url, feeds[i]);
    if (!is_address(feed.path)) {
      refuse(where, "no address of a feed: " + shown);
    } else if (local && !(options_.follow && options_.web != nullptr)) {
      refuse(where, "feed on the network (--follow reads it): " + shown);
    } else {
      const std::string url = feed.path;
      address(url, std::move(feed), kListed);
    }
  }
}

void Reader::feed_file(RawDocument&& d, const std::string& named_in) {
  std::error_code error;
  if (fs::is_directory(d.path, error)) return refuse(d.path, "a folder, named in " + named_in);
  std::optional<Input> input = open(d.path);
  if (!input || !readable(*input, d.path)) return;
  std::string bytes;
  if (!input->read_all(options_.max_document_bytes, bytes) || !input->failure().empty()) {
    return refuse(d.path, "cannot be read whole");
  }
  const std::string text = decode(std::move(bytes)).text;
  if (xml_kind(text) == Xml::Opml) return refuse(d.path, "a list within a list of feeds");
  if (!items(text, d)) refuse(d.path, "no feed, named in " + named_in);
}

void Reader::lines(Input& input, const RawDocument& d) {
  const std::size_t limit = kLineFactor * options_.max_document_bytes;
  std::string_view text;
  for (std::size_t number = 1;; ++number) {
    const Input::Line found = input.next_line(limit, text);
    if (found == Input::Line::End) break;
    const std::string where = fmt::format("{}:{}", d.path, number);
    if (found == Input::Line::TooLong) {
      refuse(where, "line longer than " + in_megabytes(limit));
      continue;
    }
    if (number == 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (!utf8::trim(text).empty()) line(text, where, fmt::format("{}:{}", d.id, number));
  }
  if (const std::string failure = input.failure(); !failure.empty()) {
    on_skipped_({d.path, failure + ", the lines before it were read", Effect::Refused});
  }
}

void Reader::line(std::string_view text, const std::string& where, std::string id) {
  std::string repaired;
  if (!utf8::valid(text)) {
    repaired = utf8::sanitise(text);
    text = repaired;
    on_skipped_({where, "ill-formed bytes replaced, read as UTF-8", Effect::Altered});
  }
  Result<JsonRecord> record = parser_.parse(text);
  if (!record && looks_like_news_json(text)) {
    if (Result<std::vector<Item>> found = read_news_json(text)) {
      RawDocument known;
      known.path = where;
      known.id = std::move(id);
      return all(std::move(*found), known);
    }
  }
  if (!record) return refuse(where, record.error().message);
  RawDocument& d = record->document;
  d.path = where;
  if (d.id.empty()) d.id = std::move(id);
  if (record->kind == JsonRecord::Body::File) return named_file(std::move(d), where);
  // C interfaces of later stages stop at a zero byte.
  if (!options_.as_is && d.body.find('\0') != std::string::npos) {
    d.body = utf8::sanitise(d.body);
  }
  finish(std::move(d));
}

// `body` names a file, relative to the JSON Lines file that `where` is a line of.
void Reader::named_file(RawDocument&& d, const std::string& where) {
  if (!told_.url.empty()) return refuse(where, "names a file, which is none of this machine");
  const std::string list = where.substr(0, where.rfind(':'));
  d.path = (fs::path(list).parent_path() / d.body).string();
  d.body.clear();
  std::error_code error;
  if (fs::is_directory(d.path, error)) return refuse(d.path, "a folder, named in " + where);
  std::optional<Input> input = open(d.path);
  if (input && readable(*input, d.path)) document(*input, std::move(d));
}

}  // namespace twosource::intake
