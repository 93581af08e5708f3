// Copies and events of a made-up archive (tools/archive) of any size: quality on its truth, time
// and memory. Articles are made, read into signatures and dropped in batches, so that only the
// indices grow:
//   archive_scale ARTICLES [ARTICLES-A-COMMIT] [THREADS]
// ARTICLES-A-COMMIT: commit whenever so many came, as a record that grows; 0 (default): once.
// Prints a line a commit. CPU seconds of making the articles, their tokens and signatures are given
// apart from those of the indices; scoring counts in neither.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <thread>
#include <unordered_map>

#include "archive/archive.hpp"
#include "reuse/index.hpp"
#include "story/clusterer.hpp"

namespace {

using namespace twosource;

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

double peak_gib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / (1024.0 * 1024.0);
}

// What is known of an article from the outside.
struct Truth {
  std::uint64_t event = 0;
  std::vector<std::uint64_t> sources;
};

struct Read {
  reuse::Signature copy;
  story::Signature event;
  Truth truth;
};

// Units [begin, end) as signatures, the same whatever the number of threads.
std::vector<Read> read_units(const archive::Maker& maker, std::vector<story::Signer>& signers,
                             std::uint64_t begin, std::uint64_t end) {
  std::vector<std::vector<Read>> parts(signers.size());
  const auto work = [&](std::size_t t) {
    const std::uint64_t share = (end - begin + signers.size() - 1) / signers.size();
    for (std::uint64_t u = begin + t * share; u < std::min(end, begin + (t + 1) * share); ++u) {
      for (archive::Made& made : maker.unit(u)) {
        parts[t].push_back({reuse::sign(made.article),
                            signers[t].sign(made.article),
                            {made.event, std::move(made.sources)}});
      }
    }
  };
  {
    std::vector<std::jthread> helpers;
    for (std::size_t t = 1; t < signers.size(); ++t) helpers.emplace_back(work, t);
    work(0);
  }
  for (std::size_t t = 1; t < parts.size(); ++t) {
    std::move(parts[t].begin(), parts[t].end(), std::back_inserter(parts[0]));
  }
  return std::move(parts[0]);
}

double f1(double precision, double recall) {
  return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
}

// F1 of the pairs of articles that share a source.
double score_copies(const reuse::Index& index,
                    const std::unordered_map<std::string, Truth>& truth) {
  std::unordered_map<std::uint64_t, double> holders;
  for (const auto& [id, t] : truth) {
    for (const std::uint64_t s : t.sources) ++holders[s];
  }
  double want = 0;
  for (const auto& [source, n] : holders) want += n * (n - 1) / 2;
  double found = 0;
  double right = 0;
  for (const reuse::IndexFamily* family : index.families()) {
    for (const CopyPair& p : family->pairs) {
      const auto& a = truth.at(index.at(p.a).id).sources;
      const auto& b = truth.at(index.at(p.b).id).sources;
      ++found;
      if (std::find_first_of(a.begin(), a.end(), b.begin(), b.end()) != a.end()) ++right;
    }
  }
  return f1(right / std::max(1.0, found), right / std::max(1.0, want));
}

// B-Cubed F1 over the articles that are of an event.
double score_events(const story::Clusterer& clusterer,
                    const std::unordered_map<std::string, Truth>& truth) {
  std::unordered_map<std::uint64_t, double> size_of;
  double articles = 0;
  for (const auto& [id, t] : truth) {
    if (t.event != archive::kNone) ++size_of[t.event], ++articles;
  }
  double precision = 0;
  double recall = 0;
  for (const story::Clusterer::View& event : clusterer.events()) {
    std::map<std::uint64_t, double> here;
    double members = 0;
    for (const std::string& id : event.articles) {
      const std::uint64_t of = truth.at(id).event;
      if (of != archive::kNone) ++here[of], ++members;
    }
    for (const auto& [of, n] : here) {
      precision += n * n / members;
      recall += n * n / size_of[of];
    }
  }
  return f1(precision / std::max(1.0, articles), recall / std::max(1.0, articles));
}

class Run {
 public:
  Run(std::size_t wanted, std::size_t batch, unsigned threads)
      : wanted_(wanted), batch_(batch), maker_(TWOSOURCE_SOURCE_DIR "/tools/archive", packs_, {}) {
    for (unsigned t = 0; t < threads; ++t) signers_.emplace_back(packs_);
  }

  void go() {
    constexpr std::uint64_t kUnits = 4096;
    fmt::print(
        "articles  reading CPU s  index CPU s  ms an article  wall s  peak GiB  copies F1  events "
        "F1\n");
    std::size_t next = batch_;
    for (std::uint64_t unit = 0; truth_.size() < wanted_; unit += kUnits) {
      const double before = cpu_seconds();
      std::vector<Read> read = read_units(maker_, signers_, unit, unit + kUnits);
      reading_ += cpu_seconds() - before;
      for (Read& r : read) {
        if (truth_.size() == wanted_) break;
        truth_.emplace(r.copy.id, std::move(r.truth));
        copies_.put(std::move(r.copy));
        events_.put(std::move(r.event));
        if (batch_ != 0 && truth_.size() == next && next < wanted_) {
          commit();
          print();
          next += batch_;
        }
      }
    }
    commit();
    print();
  }

 private:
  void commit() {
    const auto threads = static_cast<unsigned>(signers_.size());
    for (const std::string& id : copies_.commit(threads).articles) events_.touch(id);
    (void)events_.commit([&](std::string_view id) { return copies_.partners(id); }, threads);
  }

  void print() {
    const double before = cpu_seconds();
    const double index = before - reading_ - scoring_;
    const double wall =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    fmt::print("{:8}  {:13.1f}  {:11.1f}  {:13.3f}  {:6.0f}  {:8.2f}", truth_.size(), reading_,
               index, 1000 * index / static_cast<double>(truth_.size()), wall, peak_gib());
    fmt::print("  {:9.4f}  {:9.4f}\n", score_copies(copies_, truth_),
               score_events(events_, truth_));
    std::fflush(stdout);
    scoring_ += cpu_seconds() - before;
  }

  std::size_t wanted_;
  std::size_t batch_;
  PackSet packs_ = PackSet::builtin();
  archive::Maker maker_;
  std::vector<story::Signer> signers_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double reading_ = 0;
  double scoring_ = 0;
  reuse::Index copies_;
  story::Clusterer events_;
  std::unordered_map<std::string, Truth> truth_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("archive_scale ARTICLES [ARTICLES-A-COMMIT] [THREADS]\n", stderr);
    return 2;
  }
  const std::size_t batch = argc > 2 ? std::stoull(argv[2]) : 0;
  const unsigned threads = argc > 3 ? static_cast<unsigned>(std::stoul(argv[3])) : 2;
  Run(std::stoull(argv[1]), batch, std::max(1U, threads)).go();
}
