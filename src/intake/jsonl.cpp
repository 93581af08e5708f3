#include "intake/jsonl.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <nlohmann/json.hpp>

namespace twosource::intake {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

// A scalar as text; nullopt for a list or an object. null is the empty text.
std::optional<std::string> scalar(const element& value) {
  switch (value.type()) {
    case element_type::NULL_VALUE:
      return std::string();
    case element_type::STRING:
      return std::string(value.get_string().value_unsafe());
    case element_type::INT64:
    case element_type::UINT64:
    case element_type::DOUBLE:
      return simdjson::to_string(value);
    default:
      return std::nullopt;
  }
}

// Fills one JsonRecord from the fields of an object.
class RecordReader {
 public:
  Result<JsonRecord> read(const simdjson::dom::object& object) {
    for (const auto [key, value] : object) {
      if (!field(key, value)) return tl::unexpected(Error{std::move(refusal_), {}});
    }
    if (bodies_ == 0) return refuse("has none of \"text\", \"html\" and \"file\"");
    if (bodies_ > 1) return refuse("has more than one of \"text\", \"html\" and \"file\"");
    if (!extra_.empty()) record_.document.extra = "{" + extra_ + "}";
    return std::move(record_);
  }

 private:
  static Result<JsonRecord> refuse(std::string reason) {
    return tl::unexpected(Error{std::move(reason), {}});
  }

  bool field(std::string_view key, const element& value) {
    RawDocument& d = record_.document;
    if (key == "id") return text(key, value, d.id);
    if (key == "url") return text(key, value, d.url);
    if (key == "publisher") return text(key, value, d.publisher);
    if (key == "published") return text(key, value, d.published);
    if (key == "headline") return text(key, value, d.headline);
    if (key == "inLanguage") return text(key, value, d.language);
    if (key == "authors") return authors(value);
    if (key == "author") author(value);  // and passed through, like every field not ours
    if (key == "text") return body(key, value, JsonRecord::Body::Text);
    if (key == "html") return body(key, value, JsonRecord::Body::Html);
    if (key == "file") return body(key, value, JsonRecord::Body::File);
    if (!extra_.empty()) extra_ += ',';
    extra_ += nlohmann::json(std::string(key)).dump();
    extra_ += ':';
    extra_ += simdjson::minify(value);
    return true;
  }

  bool text(std::string_view key, const element& value, std::string& into) {
    std::optional<std::string> s = scalar(value);
    if (!s) {
      refusal_ = fmt::format("\"{}\" is not a string", key);
      return false;
    }
    into = std::move(*s);
    return true;
  }

  bool body(std::string_view key, const element& value, JsonRecord::Body kind) {
    if (value.is_null()) return true;
    if (!value.is_string()) {
      refusal_ = fmt::format("\"{}\" is not a string", key);
      return false;
    }
    ++bodies_;
    record_.kind = kind;
    record_.document.content = kind == JsonRecord::Body::Html ? Content::Html : Content::Text;
    record_.document.body = value.get_string().value_unsafe();
    return true;
  }

  // What other programs call the field; left alone unless it is plain names.
  void author(const element& value) {
    std::vector<std::string>& list = record_.document.authors;
    if (!list.empty()) return;
    simdjson::dom::array items;
    if (value.is_string()) list.emplace_back(value.get_string().value_unsafe());
    if (value.get(items) != simdjson::SUCCESS) return;
    for (const element item : items) {
      if (item.is_string()) list.emplace_back(item.get_string().value_unsafe());
    }
  }

  bool authors(const element& value) {
    std::vector<std::string>& list = record_.document.authors;
    list.clear();
    simdjson::dom::array items;
    if (value.get(items) != simdjson::SUCCESS) {
      std::string one;
      if (!text("authors", value, one)) return false;
      if (!one.empty()) list.push_back(std::move(one));
      return true;
    }
    for (const element item : items) {
      std::string name;
      if (!text("authors", item, name)) return false;
      if (!name.empty()) list.push_back(std::move(name));
    }
    return true;
  }

  JsonRecord record_;
  std::string extra_;
  std::string refusal_;
  unsigned bodies_ = 0;
};

}  // namespace

struct JsonlParser::State {
  simdjson::dom::parser parser;
};

JsonlParser::JsonlParser() : state_(std::make_unique<State>()) {}
JsonlParser::~JsonlParser() = default;

Result<JsonRecord> JsonlParser::parse(std::string_view line) {
  element root;
  if (const auto error = state_->parser.parse(line.data(), line.size()).get(root)) {
    return tl::unexpected(Error{fmt::format("not JSON ({})", simdjson::error_message(error)), {}});
  }
  simdjson::dom::object object;
  if (root.get(object) != simdjson::SUCCESS) {
    return tl::unexpected(Error{"not a JSON object", {}});
  }
  return RecordReader().read(object);
}

}  // namespace twosource::intake
