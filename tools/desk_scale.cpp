// What one article more costs a process that keeps a record (serve, watch):
//   desk_scale RECORD ARTICLES.jsonl
// Opens the record, brings its findings up to date once, then adds the articles one by one and
// renews after each. Prints seconds for the first; for each of the others milliseconds on the clock
// and of processor time (on a machine with other work the one that counts), and cells.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "desk/desk.hpp"
#include "pipeline/pipeline.hpp"
#include "record/record.hpp"
#include "text/pack.hpp"

namespace {

using namespace twosource;
using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

double processor_ms() {
  return 1000.0 * static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC);
}

void summary(const char* what, std::vector<double>& times) {
  std::sort(times.begin(), times.end());
  std::printf("%s: median %.1f ms, 9 of 10 within %.1f ms\n", what, times[times.size() / 2],
              times[times.size() * 9 / 10]);
}

void run(const std::string& path, const std::string& articles) {
  const pipeline::Stages stages(PackSet::builtin());
  record::Record store(path, record::Record::Mode::Write);
  desk::Desk desk(store, stages);
  std::vector<Article> more;
  pipeline::read_articles(
      stages, {articles}, {}, std::cin, 1, [&](Article&& a) { more.push_back(std::move(a)); },
      [](const intake::Skipped& s) { std::cerr << s.path << ": " << s.reason << '\n'; });
  Clock::time_point start = Clock::now();
  desk::Renewal first;
  first.threads = 2;
  if (more.empty()) return;
  store.add(more.back());
  more.pop_back();
  (void)desk.renew(first);
  std::printf("opened with %zu articles in %.1f s, %.1f of processor time\n", store.size(),
              ms_since(start) / 1000, processor_ms() / 1000);
  std::vector<double> clock;
  std::vector<double> processor;
  for (Article& a : more) {
    start = Clock::now();
    const double before = processor_ms();
    store.add(std::move(a));
    const desk::Changes changes = desk.renew();
    clock.push_back(ms_since(start));
    processor.push_back(processor_ms() - before);
    std::printf("%.1f ms, %.1f of processor time; %zu cells, %zu verdicts\n", clock.back(),
                processor.back(), changes.cells, changes.verdicts.size());
  }
  if (clock.empty()) return;
  summary("clock", clock);
  summary("processor", processor);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("memory %ld MiB\n", usage.ru_maxrss / 1024);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "desk_scale RECORD ARTICLES.jsonl\n";
    return 2;
  }
  try {
    run(argv[1], argv[2]);
  } catch (const std::exception& e) {
    std::cerr << e.what() << '\n';
    return 1;
  }
  return 0;
}
