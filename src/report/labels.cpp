#include "report/labels.hpp"

#include "article/edtf.hpp"

namespace twosource::report {
namespace {

void replace(std::string& text, std::string_view mark, std::string_view with) {
  for (std::size_t at = text.find(mark); at != std::string::npos;
       at = text.find(mark, at + with.size())) {
    text.replace(at, mark.size(), with);
  }
}

}  // namespace

Labels::Labels(const Pack& pack, std::string_view more) {
  for (const std::string_view file : {more, std::string_view("report.tsv")}) {
    if (file.empty()) continue;
    const Table& table = pack.table(file);
    for (const Row& row : table.rows()) {
      texts_.try_emplace(row.cells[table.column("key")], row.cells[table.column("text")]);
    }
  }
  const Table& reasons = pack.table("reasons.tsv");
  for (const Row& row : reasons.rows()) {
    reasons_.add(row.cells[reasons.column("pattern")], row.cells[reasons.column("text")]);
  }
  if (reasons.rows().empty()) return;
  // Values go by the names of the page: "duration", and "count:Tote" with its noun.
  constexpr std::string_view kSlot = "slot.";
  for (const auto& [key, text] : texts_) {
    if (!key.starts_with(kSlot)) continue;
    const std::string name = key.substr(kSlot.size());
    reasons_.add(name, text);
    reasons_.add(name + ":{noun}", text + " ({noun})");
  }
}

std::string Labels::operator()(std::string_view key) const {
  const auto it = texts_.find(key);
  return it == texts_.end() ? std::string(key) : it->second;
}

std::string Labels::fill(std::string_view key, std::string_view first,
                         std::string_view second) const {
  std::string text = (*this)(key);
  replace(text, "{0}", first);
  replace(text, "{1}", second);
  return text;
}

std::string Labels::count(std::string_view key, std::size_t n) const {
  return fill(std::string(key) + (n == 1 ? "_one" : "_many"), std::to_string(n));
}

std::string Labels::date(std::string_view edtf) const {
  const auto date = parse_edtf(edtf);
  if (!date) return std::string(edtf);
  std::string text = (*this)(date->precision == DatePrecision::Year    ? "date_year"
                             : date->precision == DatePrecision::Month ? "date_month"
                                                                       : "date_day");
  replace(text, "{d}", std::to_string(date->day));
  replace(text, "{month}", (*this)("month." + std::to_string(date->month)));
  replace(text, "{y}", std::to_string(date->year));
  return text;
}

}  // namespace twosource::report
