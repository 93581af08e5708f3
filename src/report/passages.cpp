#include "report/passages.hpp"

#include <algorithm>
#include <set>

namespace twosource::report {
namespace {

bool covers(const std::vector<Span>& spans, std::uint32_t at) {
  const auto it =
      std::partition_point(spans.begin(), spans.end(), [&](Span s) { return s.end <= at; });
  return it != spans.end() && it->begin <= at;
}

void add_borders(const std::vector<Span>& spans, Span sentence, std::set<std::uint32_t>& cuts) {
  for (const Span s : spans) {
    if (sentence.contains(s.begin)) cuts.insert(s.begin);
    if (sentence.contains(s.end)) cuts.insert(s.end);
  }
}

}  // namespace

void merge_spans(std::vector<Span>& spans) {
  std::sort(spans.begin(), spans.end());
  std::vector<Span> out;
  for (const Span s : spans) {
    if (!out.empty() && s.begin <= out.back().end) {
      out.back().end = std::max(out.back().end, s.end);
    } else {
      out.push_back(s);
    }
  }
  spans = std::move(out);
}

std::vector<Segment> segments_of(Span sentence, const std::vector<Span>& copied,
                                 const std::vector<Span>& quoted) {
  std::set<std::uint32_t> cuts{sentence.begin, sentence.end};
  add_borders(copied, sentence, cuts);
  add_borders(quoted, sentence, cuts);
  std::vector<Segment> out;
  for (auto it = cuts.begin(); std::next(it) != cuts.end(); ++it) {
    out.push_back({{*it, *std::next(it)}, covers(copied, *it), covers(quoted, *it)});
  }
  return out;
}

PassageIndex::PassageIndex(const Dossier& dossier)
    : copied_(dossier.articles.size()), quoted_(dossier.articles.size()) {
  for (const CopyFamily& family : dossier.copies) {
    for (const CopyPair& pair : family.pairs) {
      for (const Passage& p : pair.passages) {
        copied_[pair.a].push_back(p.a);
        copied_[pair.b].push_back(p.b);
      }
    }
  }
  for (std::size_t i = 0; i < dossier.articles.size(); ++i) {
    for (const Quote& q : dossier.articles[i].quotes) {
      if (q.kind != QuoteKind::Direct && q.kind != QuoteKind::Mixed) continue;
      quoted_[i].insert(quoted_[i].end(), q.parts.begin(), q.parts.end());
    }
    merge_spans(copied_[i]);
    merge_spans(quoted_[i]);
  }
}

std::vector<Segment> PassageIndex::segments(std::uint32_t article, Span sentence) const {
  return segments_of(sentence, copied_[article], quoted_[article]);
}

}  // namespace twosource::report
