#include <nlohmann/json.hpp>
#include <ostream>

#include "article/json.hpp"
#include "exports/formats.hpp"
#include "exports/json_list.hpp"

namespace twosource::exports {
namespace {

Json csl_item(const Corpus& corpus, std::uint32_t index) {
  const Article& a = corpus.dossier().articles[index];
  Json j;
  j["id"] = a.id;
  j["type"] = "article-newspaper";
  j["title"] = corpus.title(index);
  if (!a.publisher.empty()) j["container-title"] = a.publisher;
  for (const std::string& author : a.authors) {
    Json name;
    name["literal"] = author;
    j["author"].push_back(std::move(name));
  }
  const auto date = parse_edtf(a.published.value);
  if (date && date->precision != DatePrecision::None) {
    Json parts = Json::array({date->year});
    if (date->month > 0) parts.push_back(date->month);
    if (date->day > 0) parts.push_back(date->day);
    j["issued"]["date-parts"] = Json::array({std::move(parts)});
  }
  if (const std::string url = corpus.url(index); !url.empty()) j["URL"] = url;
  if (!a.language.empty()) j["language"] = a.language;
  return j;
}

}  // namespace

void write_csl(const Corpus& corpus, std::ostream& out) {
  out << '[';
  JsonList list(out);
  for (std::uint32_t i = 0; i < corpus.dossier().articles.size(); ++i) {
    list.add(csl_item(corpus, i));
  }
  out << "\n]\n";
}

}  // namespace twosource::exports
