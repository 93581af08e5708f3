#include "intake/intake.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <istream>
#include <iterator>

#include "intake/jsonl.hpp"
#include "text/utf8.hpp"

namespace twosource::intake {
namespace {
namespace fs = std::filesystem;

bool looks_html(std::string_view bytes) {
  const std::string head = utf8::lower(bytes.substr(0, 4096));
  return head.find("<html") != head.npos || head.find("<!doctype html") != head.npos ||
         head.find("<body") != head.npos || head.find("<p>") != head.npos;
}

class Reader {
 public:
  Reader(const Options& o, std::istream& in, const OnDocument& doc, const OnSkipped& skip)
      : options_(o), in_(in), on_document_(doc), on_skipped_(skip) {}

  void input(const std::string& path) {
    if (path == "-") return stream(path, in_);
    std::error_code ec;
    if (fs::is_directory(path, ec)) {
      std::vector<std::string> names;
      for (const auto& e : fs::directory_iterator(path, ec)) names.push_back(e.path().string());
      std::sort(names.begin(), names.end());
      for (const auto& n : names) input(n);
      return;
    }
    std::ifstream file(path, std::ios::binary);
    if (!file) return on_skipped_({path, "cannot be opened"});
    stream(path, file);
  }

 private:
  void stream(const std::string& path, std::istream& in) {
    if (options_.format == Format::Jsonl ||
        (options_.format == Format::Auto && path.ends_with(".jsonl"))) {
      return lines(path, in);
    }
    RawDocument d;
    d.id = fs::path(path).stem().string();
    d.path = path;
    d.body.assign(std::istreambuf_iterator<char>(in), {});
    finish(std::move(d), true);
  }

  void lines(const std::string& path, std::istream& in) {
    std::string line;
    for (std::size_t n = 1; std::getline(in, line); ++n) {
      if (utf8::trim(line).empty()) continue;
      auto record = parser_.parse(line);
      const std::string where = fmt::format("{}:{}", path, n);
      if (!record) {
        on_skipped_({where, record.error().message});
        continue;
      }
      RawDocument& d = record->document;
      d.path = where;
      if (d.id.empty()) d.id = fmt::format("{}:{}", fs::path(path).stem().string(), n);
      const bool is_file = record->kind == JsonRecord::Body::File;
      if (is_file) {
        const fs::path name = fs::path(path).parent_path() / d.body;
        std::ifstream file(name, std::ios::binary);
        if (!file) {
          on_skipped_({name.string(), "cannot be opened"});
          continue;
        }
        d.body.assign(std::istreambuf_iterator<char>(file), {});
        d.path = name.string();
      }
      finish(std::move(d), is_file);
    }
  }

  void finish(RawDocument&& d, bool detect) {
    if (d.body.empty()) return on_skipped_({d.path, "empty"});
    if (detect) {
      if (!utf8::valid(d.body)) d.body = utf8::sanitise(d.body);
      if (options_.format == Format::Html || looks_html(d.body)) d.content = Content::Html;
    }
    d.as_is = options_.as_is;
    if (d.published.empty()) d.published = options_.published;
    on_document_(std::move(d));
  }

  const Options& options_;
  std::istream& in_;
  const OnDocument& on_document_;
  const OnSkipped& on_skipped_;
  JsonlParser parser_;
};

}  // namespace

void read_inputs(const std::vector<std::string>& inputs, const Options& options,
                 std::istream& standard_input, const OnDocument& on_document,
                 const OnSkipped& on_skipped) {
  Reader reader(options, standard_input, on_document, on_skipped);
  for (const std::string& path : inputs) reader.input(path);
}

}  // namespace twosource::intake
