#include "pipeline/about.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "text/stemmer.hpp"
#include "text/utf8.hpp"

namespace twosource::pipeline {
namespace {

std::vector<std::string> split(std::string_view words) {
  std::vector<std::string> out;
  std::string squeezed = utf8::lower(utf8::squeeze(words));
  for (std::size_t at = 0; at < squeezed.size();) {
    const std::size_t end = std::min(squeezed.find(' ', at), squeezed.size());
    out.push_back(squeezed.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// Stems are remembered: an archive has few different words and many tokens.
class Matcher {
 public:
  Matcher(std::string_view language, const std::vector<std::string>& words) : stemmer_(language) {
    for (const std::string& w : words) wanted_.emplace(stemmer_.stem(w));
  }

  bool matches(const Article& a) {
    std::set<std::string, std::less<>> missing = wanted_;
    for (std::size_t i = 0; i < a.tokens.tokens.size() && !missing.empty(); ++i) {
      missing.erase(stem(a.tokens.lower(i)));
    }
    for (const std::string& word : split(a.headline)) missing.erase(stem(word));
    return missing.empty();
  }

 private:
  const std::string& stem(std::string_view lower) {
    auto it = stems_.find(lower);
    if (it == stems_.end()) it = stems_.emplace(lower, stemmer_.stem(lower)).first;
    return it->second;
  }

  Stemmer stemmer_;
  std::set<std::string, std::less<>> wanted_;
  std::map<std::string, std::string, std::less<>> stems_;
};

}  // namespace

void keep_about(std::vector<Article>& articles, std::string_view words) {
  const std::vector<std::string> wanted = split(words);
  std::map<std::string, Matcher> by_language;
  std::erase_if(articles, [&](const Article& a) {
    return !by_language.try_emplace(a.language, a.language, wanted).first->second.matches(a);
  });
}

}  // namespace twosource::pipeline
