#pragma once

#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "article/article.hpp"

// What tests of the record share.
namespace twosource::record {

// A path for a record of one test; the file and its companions are removed at the end.
class TestFile {
 public:
  explicit TestFile(const std::string& name)
      : path_((std::filesystem::temp_directory_path() /
               ("twosource_" + name + "_" + std::to_string(::getpid()) + ".db"))
                  .string()) {
    clear();
  }
  ~TestFile() { clear(); }
  TestFile(const TestFile&) = delete;
  TestFile& operator=(const TestFile&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  void clear() const {
    for (const char* end : {"", "-wal", "-shm", "-journal", "-desk"})
      std::filesystem::remove(path_ + end);
  }
  std::string path_;
};

// An article of one paragraph with these sentences, a blank between two.
inline Article test_article(const std::string& id, const std::string& language,
                            const std::string& headline, const std::string& publisher,
                            const std::string& published,
                            const std::vector<std::string>& sentences) {
  Article a;
  a.id = id;
  a.path = id + ".txt";
  a.language = language;
  a.headline = headline;
  a.publisher = publisher;
  a.published = {published, published.empty() ? DateSource::None : DateSource::Meta};
  for (const std::string& s : sentences) {
    if (!a.text.empty()) a.text += ' ';
    const std::size_t begin = a.text.size();
    a.text += s;
    a.tokens.sentences.push_back({make_span(begin, a.text.size()), 0, 0, 0});
  }
  a.paragraphs.push_back({make_span(0, a.text.size()), ParagraphKind::Body});
  return a;
}

}  // namespace twosource::record
