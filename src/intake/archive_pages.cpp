#include "intake/archive_pages.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "intake/http_message.hpp"
#include "intake/sniff.hpp"
#include "text/utf8.hpp"

namespace twosource::intake {
namespace {

bool is_markup(std::string_view type) {
  return type == "text/html" || type == "application/xhtml+xml";
}

class ArchivePages {
 public:
  ArchivePages(std::string_view path, std::string_view id, const Options& options,
               const OnPage& on_page, const OnSkipped& on_skipped)
      : path_(path), id_(id), options_(options), on_page_(on_page), on_skipped_(on_skipped) {}

  void run(Input& input) {
    ArchiveReader reader(input, options_.max_document_bytes);
    ArchiveRecord r;
    while (reader.next(r)) {
      ++records_;
      record(r);
    }
    if (reader.lost()) {
      on_skipped_({path_, "bytes between its records that belong to none", Effect::Refused});
    }
    if (records_ == 0) return on_skipped_({path_, "web archive without a record", Effect::Refused});
    std::string note = fmt::format("{} records, {} with a page", records_, pages_);
    for (const auto& [what, count] : others_) note += fmt::format(", {} {}", count, what);
    on_skipped_({path_, std::move(note), Effect::Noted});
  }

 private:
  void record(ArchiveRecord& r) {
    if (!r.problem.empty()) return refuse(r, r.problem);
    if (r.type != "response" && r.type != "resource" && r.type != "conversion") {
      ++others_[r.type.substr(0, kLongestType)];
      return;
    }
    ArchivedPage page;
    std::string type;
    if (r.type == "response" && r.block.starts_with("HTTP/")) {
      if (!from_answer(r, type, page)) return;
    } else if (r.type == "response" && r.content_type.starts_with("application/http")) {
      return refuse(r, "no HTTP answer in the record");
    } else {
      read_content_type(r.content_type, type, page.charset);
      page.bytes = std::move(r.block);
    }
    page.plain = type == "text/plain";
    const bool untold = type.empty() || type == "unknown/unknown" || type == "unk" ||
                        type == "no-type" || type == "application/octet-stream";
    if (!is_markup(type) && !page.plain && !(untold && looks_like_html(page.bytes))) {
      ++others_["of other kinds"];
      return;
    }
    ++pages_;
    page.document.path = fmt::format("{}:{}", path_, r.number);
    page.document.id = fmt::format("{}:{}", id_, r.number);
    if (r.url.find("://") != std::string::npos) page.document.url = utf8::sanitise(r.url);
    if (!r.date.empty()) {
      page.document.extra = nlohmann::json{{"fetched", utf8::sanitise(r.date)}}.dump();
    }
    on_page_(std::move(page));
  }

  bool from_answer(const ArchiveRecord& r, std::string& type, ArchivedPage& page) {
    const Result<HttpMessage> message = parse_http(r.block);
    if (!message) {
      refuse(r, message.error().message);
      return false;
    }
    if (message->status < 200 || message->status > 299) {
      ++others_["with another status than 200"];
      return false;
    }
    type = message->type;
    if (!type.empty() && !is_markup(type) && !type.starts_with("text/") &&
        !type.starts_with("un") && type != "application/octet-stream") {
      ++others_["of other kinds"];
      return false;
    }
    Result<std::string> payload =
        http_payload(*message, options_.max_document_bytes, options_.max_ratio);
    if (!payload) {
      refuse(r, payload.error().message);
      return false;
    }
    page.bytes = std::move(*payload);
    page.charset = message->charset;
    return true;
  }

  void refuse(const ArchiveRecord& r, const std::string& reason) {
    std::string where = fmt::format("{}:{}", path_, r.number);
    std::string words = reason;
    if (!r.url.empty()) words += fmt::format(" ({})", utf8::sanitise(r.url.substr(0, kShownUrl)));
    on_skipped_({std::move(where), std::move(words), Effect::Refused});
  }

  static constexpr std::size_t kLongestType = 24;  // bytes of a record type worth showing
  static constexpr std::size_t kShownUrl = 200;

  std::string path_;
  std::string id_;
  const Options& options_;
  const OnPage& on_page_;
  const OnSkipped& on_skipped_;
  std::map<std::string, std::size_t> others_;
  std::size_t records_ = 0;
  std::size_t pages_ = 0;
};

}  // namespace

void read_archive(Input& input, std::string_view path, std::string_view id, const Options& options,
                  const OnPage& on_page, const OnSkipped& on_skipped) {
  ArchivePages(path, id, options, on_page, on_skipped).run(input);
}

}  // namespace twosource::intake
