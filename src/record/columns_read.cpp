#include <bit>
#include <map>
#include <nlohmann/json.hpp>

#include "article/json_sink.hpp"
#include "record/columns.hpp"
#include "record/columns_format.hpp"

namespace twosource::record {
namespace {

using columns::Around;
using columns::Form;
using columns::Role;

constexpr std::size_t kMostBytes = std::size_t{1} << 30U;  // what claims to be larger is damaged
constexpr std::size_t kMostColumns = 4096;                 // bounds the depth, too: a level has one
constexpr std::size_t kNoString = ~std::size_t{0};

// Thrown inside this file only, turned into nullopt at its edge.
struct DamagedColumns {};

class Bytes {
 public:
  explicit Bytes(std::string_view bytes = {}) : bytes_(bytes) {}
  std::uint64_t number() {
    std::uint64_t n = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto b = static_cast<unsigned char>(take(1)[0]);
      n |= static_cast<std::uint64_t>(b & 127U) << shift;
      if (b < 128) return n;
    }
    throw DamagedColumns{};
  }
  std::uint64_t eight() {
    std::uint64_t bits = 0;
    unsigned shift = 0;
    for (const char c : take(8)) {
      bits |= static_cast<std::uint64_t>(static_cast<unsigned char>(c)) << shift;
      shift += 8;
    }
    return bits;
  }
  std::string_view take(std::uint64_t size) {
    if (size > bytes_.size()) throw DamagedColumns{};
    const std::string_view out = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return out;
  }
  [[nodiscard]] std::size_t left() const { return bytes_.size(); }

 private:
  std::string_view bytes_;
};

class ColumnsReader {
 public:
  explicit ColumnsReader(std::string_view all) : in_(all) {
    runs_ = list(2);
    const std::vector<std::uint64_t> sizes = list(2);
    const std::uint64_t ids = in_.number();
    const std::uint64_t strings = in_.number();
    columns_.resize(sizes.size() / 2);
    used_ = ColumnsWriter::kKinds;
    if (columns_.size() < used_ || columns_.size() > kMostColumns) throw DamagedColumns{};
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      columns_[i].tags = Bytes(in_.take(sizes[2 * i]));
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      columns_[i].values = Bytes(in_.take(sizes[2 * i + 1]));
    }
    ids_ = Bytes(in_.take(ids));
    strings_ = Bytes(in_.take(strings));
  }

  ColumnLines run() {
    for (std::size_t r = 0; r < runs_.size(); r += 2) {
      if (runs_[r] >= ColumnsWriter::kKinds) throw DamagedColumns{};
      for (std::uint64_t n = runs_[r + 1]; n > 0; --n) line(runs_[r]);
    }
    return std::move(out_);
  }

 private:
  struct Column : columns::State {
    Bytes tags, values;
    std::uint64_t tag = 0;
    std::uint64_t count = 0;

    std::uint64_t next() {
      if (count == 0) {
        tag = tags.number();
        count = tags.number();
        if (count == 0) throw DamagedColumns{};
      }
      --count;
      return tag;
    }
  };
  struct Missing {  // words, by the number of their place
    std::size_t at = 0;
    std::uint64_t place = 0;
  };

  // A number and so many times `each` numbers.
  std::vector<std::uint64_t> list(std::uint64_t each) {
    const std::uint64_t size = in_.number();
    if (size > in_.left() / each) throw DamagedColumns{};
    std::vector<std::uint64_t> out(size * each);
    for (std::uint64_t& n : out) n = in_.number();
    return out;
  }

  void line(std::size_t kind) {
    places_.clear();
    missing_.clear();
    get(kind, Role::Other, Around{});
    for (const Missing& m : missing_) {
      if (m.place >= places_.size()) throw DamagedColumns{};
      const columns::Place& p = places_[m.place];
      out_.words.push_back({m.at, p.article, p.start, p.end});
    }
    out_.ends.push_back(out_.text.size());
    out_.text += '\n';
  }

  // Writes the value that comes next in a column; an integer's or string's is handed back, too.
  struct Got {
    std::int64_t number = -1;
    std::size_t string = kNoString;
  };

  Got get(std::size_t at, Role role, const Around& in) {
    if (out_.text.size() > kMostBytes) throw DamagedColumns{};
    const std::uint64_t tag = columns_[at].next();
    if (tag >= columns::kNewFormTag) {
      object(at, tag, in);
      return {};
    }
    Column& column = columns_[at];
    std::string& text = out_.text;
    switch (tag) {
      case columns::kNullTag:
        text += "null";
        return {};
      case columns::kFalseTag:
        text += "false";
        return {};
      case columns::kTrueTag:
        text += "true";
        return {};
      case columns::kIntegerTag:
        column.last_integer = columns::sum(in.base(role, column.last_integer),
                                           columns::unzigzag(column.values.number()));
        text += std::to_string(column.last_integer);
        return {column.last_integer, kNoString};
      case columns::kRealTag: {
        JsonLine real;
        real.number(std::bit_cast<double>(column.values.eight()));
        text += std::move(real).take();
        return {};
      }
      case columns::kArrayTag:
        array(at, in);
        return {};
      case columns::kWordsTag:
        missing_.push_back({text.size(), column.values.number()});
        return {};
      default:
        return {-1, string(column, tag)};
    }
  }

  std::size_t string(Column& column, std::uint64_t tag) {
    auto n = static_cast<std::int64_t>(known_.size());
    if (tag == columns::kNewIdTag) {
      const std::uint64_t bits = ids_.eight();
      if (bits >> columns::kIdBits >= columns::kIdLetters.size()) throw DamagedColumns{};
      known_.push_back(short_id(columns::kIdLetters[bits >> columns::kIdBits],
                                bits & ((1ULL << columns::kIdBits) - 1)));
      escaped_.push_back('"' + known_.back() + '"');
    } else if (tag == columns::kNewStringTag) {
      known_.emplace_back(strings_.take(column.values.number()));
      escaped_.push_back(escaped(known_.back()));
    } else {
      n = columns::sum(column.last_string, columns::unzigzag(column.values.number()));
      if (n < 0 || static_cast<std::size_t>(n) >= known_.size()) throw DamagedColumns{};
    }
    column.last_string = n;
    out_.text += escaped_[static_cast<std::size_t>(n)];
    return static_cast<std::size_t>(n);
  }

  void array(std::size_t at, const Around& in) {
    const std::uint64_t size = columns_[at].values.number();
    if (size > 0 && columns_[at].items == 0) columns_[at].items = fresh();
    out_.text += '[';
    for (std::uint64_t i = 0; i < size; ++i) {
      if (i > 0) out_.text += ',';
      get(columns_[at].items, Role::Other, in);
    }
    out_.text += ']';
  }

  void object(std::size_t at, std::uint64_t tag, const Around& in) {
    const std::size_t number = tag == columns::kNewFormTag ? new_form(at) : tag - columns::kFormTag;
    if (number >= columns_[at].forms.size()) throw DamagedColumns{};
    const Form& form = columns_[at].forms[number];
    Around own = in.inner();
    std::size_t article = kNoString;
    std::int64_t end = -1;
    const bool placed = form.is_place();
    const std::size_t place = places_.size();
    if (placed) places_.emplace_back();  // in the order in which the writer finds them
    out_.text += '{';
    for (std::size_t i = 0; i < form.keys.size(); ++i) {
      if (i > 0) out_.text += ',';
      out_.text += form.keys[i];
      const Got got = get(form.columns[i], form.roles[i], own);
      if (form.roles[i] == Role::Article) article = got.string;
      if (form.roles[i] == Role::Start) own.start = got.number;
      if (form.roles[i] == Role::End) end = got.number;
    }
    out_.text += '}';
    if (placed && article != kNoString) places_[place] = {known_[article], own.start, end};
  }

  std::size_t new_form(std::size_t at) {
    Column& column = columns_[at];
    Form form;
    const std::uint64_t size = column.values.number();
    if (size > column.values.left()) throw DamagedColumns{};
    for (std::uint64_t i = 0; i < size; ++i) {
      const std::string key(column.values.take(column.values.number()));
      const auto known = column.by_key.emplace(key, 0);
      if (known.second) known.first->second = fresh();
      form.add(key, known.first->second);
    }
    for (std::string& key : form.keys) key = escaped(key) + ':';  // as they are written
    column.forms.push_back(std::move(form));
    return column.forms.size() - 1;
  }

  static std::string escaped(std::string_view s) {
    JsonLine line;
    line.string(s);
    return std::move(line).take();
  }

  std::size_t fresh() {
    if (used_ == columns_.size()) throw DamagedColumns{};
    return used_++;
  }

  Bytes in_, ids_, strings_;
  std::vector<std::uint64_t> runs_;
  std::vector<Column> columns_;
  std::size_t used_ = 0;
  std::vector<std::string> known_, escaped_;
  std::vector<columns::Place> places_;
  std::vector<Missing> missing_;
  ColumnLines out_;
};

}  // namespace

std::optional<ColumnLines> lines_of_columns(std::string_view bytes) {
  try {
    return ColumnsReader(bytes).run();
  } catch (const DamagedColumns&) {
    return std::nullopt;
  }
}

}  // namespace twosource::record
