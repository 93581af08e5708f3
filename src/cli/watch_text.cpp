#include "cli/watch_text.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "cli/talk.hpp"
#include "text/utf8.hpp"

namespace twosource::cli {
namespace {

constexpr std::size_t kMostShown = 6;  // sentences and values; the rest is counted

using Object = nlohmann::ordered_json;

std::string words(const Object& j, const char* key) {
  const auto it = j.find(key);
  const bool there = it != j.end() && it->is_string();
  return there ? printable(utf8::squeeze(it->get<std::string>())) : std::string();
}

// "Elbblick, 2017-07-08"; the article's id when nobody is named.
std::string where(const Object& evidence) {
  std::string outlet = words(evidence, "outlet");
  if (outlet.empty()) outlet = words(evidence, "article");
  const std::string published = words(evidence, "published").substr(0, 10);
  return published.empty() ? outlet : outlet + ", " + published;
}

}  // namespace

std::string change_text(const std::string& json) {
  const Object j = Object::parse(json, nullptr, false);
  if (!j.is_object()) return printable(json) + '\n';
  std::string head = words(j, "change");
  const std::string before = words(j, "before");
  const std::string verdict = words(j, "verdict");
  if (head == "changed") head = verdict;
  std::string out = head;
  if (!before.empty() && before != verdict) out += " (was " + before + ")";
  out += ": " + words(j, "text") + '\n';
  std::set<std::string> values;
  for (const Object& d : j.value("differences", Object::array())) {
    if (!d.value("new", false) || values.size() >= kMostShown) continue;
    values.insert(fmt::format("  {}: {} {} {}\n", words(d, "slot"), words(d["a"], "value"),
                              words(d, "relation") == "superseded" ? "→" : "≠",
                              words(d["b"], "value")));
  }
  for (const std::string& v : values) out += v;
  std::size_t shown = 0;
  std::size_t more = 0;
  for (const Object& e : j.value("evidence", Object::array())) {
    if (!e.value("new", false)) continue;
    if (++shown > kMostShown) {
      ++more;
      continue;
    }
    out += fmt::format("  + {} ({})\n", words(e, "text"), where(e));
  }
  if (more > 0) out += fmt::format("  + {} more\n", more);
  return out + fmt::format("  {}\n", words(j, "why"));
}

}  // namespace twosource::cli
