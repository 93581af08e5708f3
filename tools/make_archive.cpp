// Writes a made-up press archive (archive/archive.hpp) as JSON Lines, and what is true of it:
//   make_archive FOLDER-OF-TABLES ARTICLES OUT.jsonl TRUTH.tsv [SEED] [ARTICLES-A-DAY]
// Truth: id, event ("-" for none), sources separated by blanks. Score with score_archive.py.
#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "archive/archive.hpp"

int main(int argc, char** argv) {
  using namespace twosource;
  if (argc < 5) {
    std::cerr << "make_archive FOLDER-OF-TABLES ARTICLES OUT.jsonl TRUTH.tsv [SEED] [A-DAY]\n";
    return 2;
  }
  archive::Options options;
  if (argc > 5) options.seed = std::stoull(argv[5]);
  if (argc > 6) options.per_day = std::stoull(argv[6]);
  const std::size_t wanted = std::stoull(argv[2]);
  std::ofstream out(argv[3]);
  std::ofstream truth(argv[4]);
  try {
    const archive::Maker maker(argv[1], PackSet::builtin(), options);
    std::size_t made = 0;
    for (std::uint64_t u = 0; made < wanted; ++u) {
      for (const archive::Made& m : maker.unit(u)) {
        const Article& a = m.article;
        nlohmann::ordered_json line = {{"id", a.id},
                                       {"url", a.url},
                                       {"publisher", a.publisher},
                                       {"published", a.published.value},
                                       {"headline", a.headline},
                                       {"authors", nlohmann::ordered_json::array()},
                                       {"inLanguage", a.language},
                                       {"text", a.text}};
        for (const AgencyCredit& c : a.agencies) line["authors"].push_back(c.name);
        out << line.dump() << '\n';
        truth << a.id << '\t'
              << (m.event == archive::kNone ? std::string("-") : std::to_string(m.event)) << '\t';
        for (std::size_t s = 0; s < m.sources.size(); ++s) {
          truth << (s == 0 ? "" : " ") << m.sources[s];
        }
        truth << '\n';
        if (++made == wanted) break;
      }
    }
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return out && truth ? 0 : 1;
}
