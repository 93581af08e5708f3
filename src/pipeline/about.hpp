#pragma once

#include <string_view>
#include <vector>

#include "article/article.hpp"

namespace twosource::pipeline {

// Keeps the articles in whose text or headline every one of `words` (separated by blanks) occurs,
// compared by stem in the article's language, without regard to case. No words keep everything.
// Needs tokens. Linear in the texts.
void keep_about(std::vector<Article>& articles, std::string_view words);

}  // namespace twosource::pipeline
