#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/json.hpp"

// Lines of JSON of a few kinds as columns: what stands at one place of the lines of one kind lies
// side by side, which compresses better, and no key is named twice.
//
// Layout: the number of runs of lines of one kind, each as kind and length; the number of columns;
// the sizes of the tags and of the values of each; the sizes of all new ids and new strings; then
// all tags, all values, the ids, the strings. Numbers are LEB128 with the lowest seven bits first.
// The first kKinds columns are the lines of each kind, the others are numbered as a reader comes
// upon them. Tags are runs, tag and length. The value of
//  - null, false, true: nothing
//  - integer: zigzag of the difference to the one before in the column; that of a key "end" to the
//    "start" in the same object, that of a "start" to the "start" of the object around it
//  - real: eight bytes, the lowest first
//  - array: its length
//  - new id: nothing; eight bytes among the ids hold its letter and its twelve digits
//  - new string: its length; its bytes stand among the strings
//  - known string: zigzag of how far it is behind the last one of the column, by order of newness
//  - words: how many before the last of the line's places, objects with article, start and end
//  - object of a new form: the number of its keys, and each as length and bytes
//  - object of the n-th form of the column: nothing
namespace twosource::record {

// The words of an article between two code points; empty when they are not known. Valid until the
// next call.
using WordsOf =
    std::function<std::string_view(std::string_view article, std::int64_t start, std::int64_t end)>;

class ColumnsWriter {
 public:
  static constexpr unsigned kKinds = 8;
  explicit ColumnsWriter(WordsOf words);
  ~ColumnsWriter();
  ColumnsWriter(const ColumnsWriter&) = delete;
  ColumnsWriter& operator=(const ColumnsWriter&) = delete;

  // Adds a line of a kind below kKinds. What stands under the key "text" and at one of the line's
  // places is left to the article. Linear.
  void add(unsigned kind, const Json& line);
  // Everything that was added.
  [[nodiscard]] std::string take() const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

struct ColumnLines {
  // Words that an article has, to be put in before the byte `at` of `text`, as JSON string.
  struct Words {
    std::size_t at = 0;
    std::string article;
    std::int64_t start = 0;
    std::int64_t end = 0;
  };
  std::string text;               // the lines, each with '\n' behind it
  std::vector<std::size_t> ends;  // where these stand
  std::vector<Words> words;       // by `at`
};
// The way back; nullopt when the bytes are damaged. Linear in what comes out.
[[nodiscard]] std::optional<ColumnLines> lines_of_columns(std::string_view bytes);
}  // namespace twosource::record
