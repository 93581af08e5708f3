#include "record/columns.hpp"

#include <bit>
#include <nlohmann/json.hpp>

#include "record/columns_format.hpp"
#include "text/hash_map.hpp"

namespace twosource::record {
namespace {

using columns::Around;
using columns::Form;
using columns::Role;

constexpr std::size_t kMostPlaces = 64;  // that words are looked for at: bounds the cost

void put_number(std::string& out, std::uint64_t n) {
  for (; n > 127; n >>= 7U) out += static_cast<char>(n | 128U);
  out += static_cast<char>(n);
}
void put_eight(std::string& out, std::uint64_t bits) {
  for (unsigned i = 0; i < 64; i += 8) out += static_cast<char>((bits >> i) & 255U);
}

std::optional<std::uint64_t> id_bits(std::string_view s) {
  const std::size_t letter = s.empty() ? std::string_view::npos : columns::kIdLetters.find(s[0]);
  if (letter == std::string_view::npos) return std::nullopt;
  const std::uint64_t key = key_of(s[0], s);
  if (key == 0) return std::nullopt;
  return std::uint64_t{letter} << columns::kIdBits | key;
}

}  // namespace

class ColumnsWriter::State {
 public:
  explicit State(WordsOf words) : words_(std::move(words)), columns_(kKinds) {}

  void add(unsigned kind, const Json& line) {
    if (runs_.empty() || runs_.back().first != kind) runs_.emplace_back(kind, 0);
    ++runs_.back().second;
    places_.clear();
    find_places(line);
    put(kind, line, Role::Other, Around{});
  }

  [[nodiscard]] std::string take() const {
    std::string out;
    put_number(out, runs_.size());
    for (const auto& [kind, count] : runs_) put_number(out, kind), put_number(out, count);
    put_number(out, columns_.size());
    std::string tags;
    std::string values;
    for (const Column& c : columns_) {
      std::string runs = c.tags;
      if (c.count > 0) put_number(runs, c.tag), put_number(runs, c.count);
      put_number(out, runs.size());
      put_number(out, c.values.size());
      tags += runs;
      values += c.values;
    }
    put_number(out, ids_.size());
    put_number(out, strings_.size());
    return out + tags + values + ids_ + strings_;
  }

 private:
  struct Column : columns::State {
    std::string tags;  // but for the run that goes on
    std::string values;
    std::uint64_t tag = 0;
    std::uint64_t count = 0;

    void put(std::uint64_t t) {
      if (t != tag && count > 0) {
        put_number(tags, tag);
        put_number(tags, count);
        count = 0;
      }
      tag = t;
      ++count;
    }
  };

  void find_places(const Json& j) {
    if (!j.is_structured() || places_.size() >= kMostPlaces) return;
    if (j.is_object() && j.contains("article") && j.contains("start") && j.contains("end")) {
      columns::Place& place = places_.emplace_back();
      if (j["article"].is_string() && j["start"].is_number_integer() &&
          j["end"].is_number_integer()) {
        place = {j["article"].get<std::string>(), j["start"].get<std::int64_t>(),
                 j["end"].get<std::int64_t>()};
      }
    }
    for (const Json& item : j) find_places(item);
  }

  bool put_words(Column& column, const std::string& s) {
    for (std::size_t i = 0; i < places_.size(); ++i) {
      const columns::Place& p = places_[i];
      if (words_(p.article, p.start, p.end) != s) continue;
      column.put(columns::kWordsTag);
      put_number(column.values, i);
      return true;
    }
    return false;
  }

  void put_string(Column& column, const std::string& s) {
    const auto [known, fresh] = known_.emplace(s, static_cast<std::int64_t>(known_.size()));
    const std::int64_t n = known->second;
    if (!fresh) {
      column.put(columns::kKnownTag);
      put_number(column.values, columns::zigzag(n - column.last_string));
    } else if (const std::optional<std::uint64_t> id = id_bits(s)) {
      column.put(columns::kNewIdTag);
      put_eight(ids_, *id);
    } else {
      column.put(columns::kNewStringTag);
      put_number(column.values, s.size());
      strings_ += s;
    }
    column.last_string = n;
  }

  void put(std::size_t at, const Json& j, Role role, const Around& in) {
    Column& column = columns_[at];
    switch (j.type()) {
      case Json::value_t::boolean:
        return column.put(j.get<bool>() ? columns::kTrueTag : columns::kFalseTag);
      case Json::value_t::number_integer:
      case Json::value_t::number_unsigned: {
        const auto n = j.get<std::int64_t>();
        column.put(columns::kIntegerTag);
        put_number(column.values,
                   columns::zigzag(columns::difference(n, in.base(role, column.last_integer))));
        column.last_integer = n;
        return;
      }
      case Json::value_t::number_float:
        column.put(columns::kRealTag);
        return put_eight(column.values, std::bit_cast<std::uint64_t>(j.get<double>()));
      case Json::value_t::string: {
        const auto& s = j.get_ref<const std::string&>();
        if (role == Role::Text && !s.empty() && put_words(column, s)) return;
        return put_string(column, s);
      }
      case Json::value_t::array:
        return put_array(at, j, in);
      case Json::value_t::object:
        return put_object(at, j, in);
      default:
        return column.put(columns::kNullTag);
    }
  }

  void put_array(std::size_t at, const Json& j, const Around& in) {
    columns_[at].put(columns::kArrayTag);
    put_number(columns_[at].values, j.size());
    if (j.empty()) return;
    if (columns_[at].items == 0) columns_[at].items = fresh();
    for (const Json& item : j) put(columns_[at].items, item, Role::Other, in);
  }

  void put_object(std::size_t at, const Json& j, const Around& in) {
    const auto& members = j.get_ref<const Json::object_t&>();
    const std::size_t form = form_of(at, members);
    Around own = in.inner();
    std::size_t i = 0;
    for (const auto& [key, value] : members) {
      const Role role = columns_[at].forms[form].roles[i];
      put(columns_[at].forms[form].columns[i++], value, role, own);
      if (role == Role::Start && value.is_number_integer()) own.start = value.get<std::int64_t>();
    }
  }

  std::size_t form_of(std::size_t at, const Json::object_t& members) {
    const auto same = [&](const Form& f) {
      std::size_t i = 0;
      for (const auto& member : members) {
        if (i >= f.keys.size() || f.keys[i++] != member.first) return false;
      }
      return i == f.keys.size();
    };
    for (std::size_t i = 0; i < columns_[at].forms.size(); ++i) {
      if (!same(columns_[at].forms[i])) continue;
      columns_[at].put(columns::kFormTag + i);
      return i;
    }
    Form form;
    columns_[at].put(columns::kNewFormTag);
    put_number(columns_[at].values, members.size());
    for (const auto& member : members) {
      put_number(columns_[at].values, member.first.size());
      columns_[at].values += member.first;
      const auto [known, unknown] = columns_[at].by_key.emplace(member.first, columns_.size());
      const std::size_t column = known->second;
      if (unknown) columns_.emplace_back();
      form.add(member.first, column);
    }
    columns_[at].forms.push_back(std::move(form));
    return columns_[at].forms.size() - 1;
  }

  std::size_t fresh() {
    columns_.emplace_back();
    return columns_.size() - 1;
  }

  WordsOf words_;
  std::vector<Column> columns_;
  std::vector<std::pair<unsigned, std::uint64_t>> runs_;
  std::vector<columns::Place> places_;  // of the line
  StringMap<std::int64_t> known_;
  std::string ids_, strings_;
};

ColumnsWriter::ColumnsWriter(WordsOf words) : state_(std::make_unique<State>(std::move(words))) {}
ColumnsWriter::~ColumnsWriter() = default;
void ColumnsWriter::add(unsigned kind, const Json& line) { state_->add(kind, line); }
std::string ColumnsWriter::take() const { return state_->take(); }

}  // namespace twosource::record
