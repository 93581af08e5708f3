#include <cstdio>
#include <iostream>

#include <nlohmann/json.hpp>

#include "article/json.hpp"
#include "pipeline/pipeline.hpp"
#include "report/report.hpp"

int main(int argc, char** argv) {
  using namespace twosource;
  const pipeline::Stages stages(PackSet::builtin());
  pipeline::read_articles(
      stages, std::vector<std::string>(argv + 1, argv + argc), {}, std::cin, 1,
      [](Article&& a) { std::cout << dump_line(article_to_json(a)) << '\n'; },
      [](const intake::Skipped& s) { std::cerr << s.path << ": " << s.reason << '\n'; });
  return 0;
}
