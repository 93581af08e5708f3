#include "intake/intake.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <optional>

#include "intake/archive_pages.hpp"
#include "intake/byte_source.hpp"
#include "intake/encoding.hpp"
#include "intake/feed.hpp"
#include "intake/jsonl.hpp"
#include "intake/mail.hpp"
#include "intake/news_json.hpp"
#include "intake/sniff.hpp"
#include "intake/walk.hpp"
#include "text/utf8.hpp"

namespace twosource::intake {
namespace {
namespace fs = std::filesystem;

constexpr std::size_t kSniffed = 64U << 10U;
// JSON may write one byte of text as six ("\u001f"); four times the bound is ample for real text.
constexpr std::size_t kLineFactor = 4;

std::string megabytes(std::size_t bytes) { return fmt::format("{} MiB", bytes >> 20U); }

// The name's extension in lower case, that of the data inside for ".gz" and ".zst".
std::string extension(const std::string& path) {
  fs::path name = fs::path(path).filename();
  if (name.extension() == ".gz" || name.extension() == ".zst") name = name.stem();
  return utf8::lower(name.extension().string());
}

class Reader {
 public:
  Reader(const Options& options, std::istream& standard_input, const OnDocument& on_document,
         const OnSkipped& on_skipped)
      : options_(options),
        standard_input_(standard_input),
        on_document_(on_document),
        on_skipped_(on_skipped) {}

  void source(const Source& s) {
    if (!s.problem.empty()) {
      return on_skipped_({s.path, s.problem, s.harmless ? Effect::Noted : Effect::Refused});
    }
    std::optional<Input> input = open(s.path);
    if (!input) return;
    if (options_.format == Format::Auto && is_archive(input->peek(kSniffed))) {
      return read_archive(
          *input, s.path, s.id, options_, [this](ArchivedPage&& p) { archived(std::move(p)); },
          on_skipped_);
    }
    if (!readable(*input, s.path)) return;
    if (is_jsonl(*input, s.path)) return lines(*input, s);
    RawDocument d;
    d.id = s.id;
    d.path = s.path;
    document(*input, std::move(d));
  }

 private:
  void refuse(std::string path, std::string reason) {
    on_skipped_({std::move(path), std::move(reason), Effect::Refused});
  }

  std::optional<Input> open(const std::string& path) {
    if (path == "-") return Input(from_stream(standard_input_), options_.max_ratio);
    auto file = open_file(path);
    if (!file) {
      refuse(path, file.error().message);
      return std::nullopt;
    }
    return Input(std::move(*file), options_.max_ratio);
  }

  // Looks at the first bytes only, so that a large file of another kind costs nothing.
  bool readable(Input& input, const std::string& path) {
    const std::string_view head = input.peek(kSniffed);
    if (head.empty()) {
      const std::string failure = input.failure();
      refuse(path, failure.empty() ? "empty file" : failure);
      return false;
    }
    std::string reason = binary_reason(head);
    if (reason.empty()) return true;
    refuse(path, std::move(reason));
    return false;
  }

  bool is_jsonl(Input& input, const std::string& path) {
    if (options_.format != Format::Auto) return options_.format == Format::Jsonl;
    const std::string ending = extension(path);
    return ending == ".jsonl" || ending == ".ndjson" || looks_like_jsonl(input.peek(kSniffed));
  }

  // One whole file. `d` brings what is known besides its content.
  void document(Input& input, RawDocument&& d) {
    std::string bytes;
    const bool whole = input.read_all(options_.max_document_bytes, bytes);
    if (const std::string failure = input.failure(); !failure.empty()) {
      return refuse(d.path, failure);
    }
    if (!whole) {
      return refuse(d.path, "larger than " + megabytes(options_.max_document_bytes));
    }
    const bool any = options_.format == Format::Auto && !options_.as_is;
    if (any && looks_like_mail(std::string_view(bytes).substr(0, kSniffed))) {
      Result<Item> mail = read_mail(bytes);
      return mail ? item(std::move(*mail), d) : refuse(d.path, mail.error().message);
    }
    Decoded decoded = decode(std::move(bytes));
    tell(decoded, d.path);
    if (any && items(decoded.text, d)) return;
    d.body = std::move(decoded.text);
    d.content = content_of(d);
    finish(std::move(d));
  }

  // Files that hold several articles, or one under other names. False when it is none of them.
  bool items(const std::string& text, const RawDocument& d) {
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
    if (!looks_like_news_json(std::string_view(text).substr(0, kSniffed))) return false;
    Result<std::vector<Item>> found = read_news_json(text);
    if (!found) return false;
    all(std::move(*found), d);
    return true;
  }

  void all(std::vector<Item>&& found, const RawDocument& d) {
    if (found.empty()) return refuse(d.path, "no article in it");
    if (found.size() == 1) return item(std::move(found.front()), d);
    for (std::size_t i = 0; i < found.size(); ++i) {
      RawDocument known = d;
      known.path = fmt::format("{}:{}", d.path, i + 1);
      known.id = fmt::format("{}:{}", d.id, i + 1);
      item(std::move(found[i]), known);
    }
  }

  // `known` is what was given with the file; it counts before what the item says.
  void item(Item&& found, const RawDocument& known) {
    if (!found.problem.empty()) return refuse(known.path, found.problem);
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

  // Feeds that lie beside the list are read; there is no way to those on the network here.
  void feed_list(const std::string& text, const RawDocument& d) {
    const std::vector<std::string> feeds = read_opml(text);
    if (feeds.empty()) return refuse(d.path, "list of feeds without a feed");
    for (std::size_t i = 0; i < feeds.size(); ++i) {
      const std::string where = fmt::format("{}:{}", d.path, i + 1);
      if (feeds[i].find("://") != std::string::npos) {
        refuse(where, "feed on the network: " + feeds[i].substr(0, kShownAddress));
        continue;
      }
      RawDocument feed;
      feed.id = fmt::format("{}:{}", d.id, i + 1);
      feed.path = (fs::path(d.path).parent_path() / feeds[i]).string();
      feed_file(std::move(feed), where);
    }
  }
  static constexpr std::size_t kShownAddress = 200;

  void feed_file(RawDocument&& d, const std::string& named_in) {
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

  void archived(ArchivedPage&& page) {
    RawDocument& d = page.document;
    if (std::string reason = binary_reason(page.bytes); !reason.empty()) {
      return refuse(d.path, std::move(reason));
    }
    Decoded decoded = decode(std::move(page.bytes), page.charset);
    tell(decoded, d.path);
    d.body = std::move(decoded.text);
    d.content = page.plain && !looks_like_html(d.body) ? Content::Text : Content::Html;
    finish(std::move(d));
  }

  void tell(const Decoded& decoded, const std::string& path) {
    if (decoded.replaced > 0) {
      on_skipped_({path,
                   fmt::format("{} ill-formed bytes replaced, read as {}", decoded.replaced,
                               decoded.encoding),
                   Effect::Altered});
    } else if (decoded.from == Decoded::From::Guessed) {
      on_skipped_({path, fmt::format("not UTF-8, decoded as {}", decoded.encoding), Effect::Noted});
    }
  }

  [[nodiscard]] Content content_of(const RawDocument& d) const {
    if (options_.format == Format::Text) return Content::Text;
    if (options_.format == Format::Html) return Content::Html;
    if (looks_like_html(d.body)) return Content::Html;
    const std::string ending = extension(d.path);
    const bool named = ending == ".html" || ending == ".htm" || ending == ".xhtml";
    return named && d.body.find('<') != std::string::npos ? Content::Html : Content::Text;
  }

  void finish(RawDocument&& d) {
    if (d.body.size() > options_.max_document_bytes) {
      return refuse(d.path, "larger than " + megabytes(options_.max_document_bytes));
    }
    if (utf8::trim(d.body).empty()) return refuse(d.path, "empty (nothing but white space)");
    if (d.content == Content::Html) {
      std::string reason = html_refusal(d.body);
      if (!reason.empty()) return refuse(d.path, std::move(reason));
    }
    d.as_is = options_.as_is;
    if (d.published.empty()) d.published = options_.published;
    on_document_(std::move(d));
  }

  void lines(Input& input, const Source& s) {
    const std::size_t limit = kLineFactor * options_.max_document_bytes;
    std::string_view text;
    for (std::size_t number = 1;; ++number) {
      const Input::Line found = input.next_line(limit, text);
      if (found == Input::Line::End) break;
      const std::string where = fmt::format("{}:{}", s.path, number);
      if (found == Input::Line::TooLong) {
        refuse(where, "line longer than " + megabytes(limit));
        continue;
      }
      if (number == 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
      if (!utf8::trim(text).empty()) line(text, where, fmt::format("{}:{}", s.id, number));
    }
    if (const std::string failure = input.failure(); !failure.empty()) {
      on_skipped_({s.path, failure + ", the lines before it were read", Effect::Refused});
    }
  }

  void line(std::string_view text, const std::string& where, std::string id) {
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
  void named_file(RawDocument&& d, const std::string& where) {
    const std::string list = where.substr(0, where.rfind(':'));
    d.path = (fs::path(list).parent_path() / d.body).string();
    d.body.clear();
    std::error_code error;
    if (fs::is_directory(d.path, error)) return refuse(d.path, "a folder, named in " + where);
    std::optional<Input> input = open(d.path);
    if (input && readable(*input, d.path)) document(*input, std::move(d));
  }

  const Options& options_;
  std::istream& standard_input_;
  const OnDocument& on_document_;
  const OnSkipped& on_skipped_;
  JsonlParser parser_;
};

}  // namespace

void read_inputs(const std::vector<std::string>& inputs, const Options& options,
                 std::istream& standard_input, const OnDocument& on_document,
                 const OnSkipped& on_skipped) {
  Reader reader(options, standard_input, on_document, on_skipped);
  for (const Source& source : list_sources(inputs, options.max_depth)) reader.source(source);
}

}  // namespace twosource::intake
