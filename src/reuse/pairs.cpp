#include "reuse/pairs.hpp"

#include <algorithm>
#include <cmath>

#include "reuse/align.hpp"
#include "reuse/original.hpp"

namespace twosource::reuse {
namespace {

// Standard errors taken off an estimated share: a text of templates, in which figures change from
// day to day, is to be no copy by chance. Set by hand, not tuned.
constexpr double kDoubt = 2;

// What is asked more where templates were counted in a sample only. Tuned, with the rate of the
// sketch, on press_reuse_de (development half): pairs between outlets F1 99.7, within one P 99.3.
constexpr double kMargin = 1.05;

bool estimated(const Prepared& text) {
  return !text.indexed_all() && !text.held->templates.empty();
}

double size_of(const std::vector<std::uint64_t>& set) { return static_cast<double>(set.size()); }

double ratio(double part, double a, double b) {
  const double smaller = std::min(a, b);
  return smaller <= 0 ? 0 : std::min(1.0, part / smaller);
}

// Of the shingles that two texts share, how many are no templates: by those that are indexed of
// either. Exact when one of them is short, or none is a template.
double told_share(const Prepared& a, const Prepared& b) {
  if (a.held->templates.empty() && b.held->templates.empty()) return 1;
  const std::uint64_t bound = std::max(a.bound, b.bound);
  std::size_t known = 0;
  std::size_t templates = 0;
  const std::vector<std::uint64_t>& x = a.text.set;
  const std::vector<std::uint64_t>& y = b.text.set;
  for (std::size_t i = 0, j = 0; i < x.size() && j < y.size() && x[i] <= bound;) {
    if (x[i] != y[j]) {
      x[i] < y[j] ? ++i : ++j;
      continue;
    }
    ++known;
    if (a.held->is_template(i) || b.held->is_template(j)) ++templates;
    ++i, ++j;
  }
  if (templates == 0) return 1;
  const double n = static_cast<double>(known);
  const double share = 1 - static_cast<double>(templates) / n;
  if (a.indexed_all() || b.indexed_all()) return share;
  return std::max(0.0, share - kDoubt * std::sqrt(share * (1 - share) / n));
}

// More than half of the indexed shingles of a passage are templates.
bool mostly_template(const WordPassage& p, const Prepared& a) {
  if (a.held->templates.empty()) return false;
  std::size_t known = 0;
  std::size_t templates = 0;
  for (std::size_t i = p.a_begin; i + kShingleWords <= p.a_end; ++i) {
    if (!a.indexed(a.text.at[i])) continue;
    ++known;
    if (a.is_template(a.text.at[i])) ++templates;
  }
  return 4 * templates > 3 * known;
}

bool long_passage(const std::vector<WordPassage>& words) {
  return std::any_of(words.begin(), words.end(),
                     [](const WordPassage& p) { return p.equal >= kLongPassage; });
}

// Of the shingles of `a` that lie wholly outside its direct speech and are no templates, how many
// stand in `b`; counted up to `enough`.
std::size_t shared_unspoken(const Prepared& a, const Prepared& b, std::size_t enough) {
  const std::vector<std::uint32_t>& speech = a.held->signature.speech;
  std::size_t count = 0;
  std::size_t range = 0;  // of speech: the first that does not end before the shingle
  for (std::uint32_t i = 0; i < a.text.at.size() && count < enough; ++i) {
    while (range < speech.size() && speech[range + 1] <= i) range += 2;
    if (range < speech.size() && speech[range] < i + kShingleWords) continue;
    const std::uint64_t shingle = a.text.at[i];
    if (a.is_template(shingle) || b.is_template(shingle)) continue;
    if (std::binary_search(b.text.set.begin(), b.text.set.end(), shingle)) ++count;
  }
  return count;
}

// Both quote the same words, and share too little else to have them from each other: who heard a
// minister is a witness. What a press release says is its own.
bool only_quoted_alike(const Prepared& a, const Prepared& b) {
  const Signature& x = a.held->signature;
  const Signature& y = b.held->signature;
  if (x.speech.empty() || y.speech.empty() || x.press_release || y.press_release) return false;
  return shared_unspoken(a, b, kMinShared) < kMinShared &&
         shared_unspoken(b, a, kMinShared) < kMinShared;
}

double covered(const CopyPair& pair, bool side_a, std::size_t words) {
  std::uint32_t sum = 0;
  for (const Passage& p : pair.passages) sum += side_a ? p.a.size() : p.b.size();
  return words == 0 ? 0 : static_cast<double>(sum) / static_cast<double>(words);
}

std::int32_t original_of(const Signature& a, const Signature& b, const CopyPair& pair) {
  const int first = likely_original(a, b, covered(pair, true, a.words.size()),
                                    covered(pair, false, b.words.size()));
  return first == 0 ? -1 : first < 0 ? 0 : 1;
}

}  // namespace

Prepared::Prepared(const Held& of) : held(&of), text(shingle(of.signature)) {
  const std::size_t size = sketch_size(text);
  if (size == 0) return;
  bound = text.set[size - 1];
  told = static_cast<double>(text.set.size()) * static_cast<double>(of.sketch) /
         static_cast<double>(size);
}

bool Prepared::is_template(std::uint64_t shingle) const {
  if (held->templates.empty() || !indexed(shingle)) return false;
  const auto at = std::lower_bound(text.set.begin(), text.set.end(), shingle);
  return at != text.set.end() && *at == shingle &&
         held->templates[static_cast<std::size_t>(at - text.set.begin())];
}

bool compare(const Prepared& a, const Prepared& b, CopyPair& pair) {
  const Signature& x = a.held->signature;
  const Signature& y = b.held->signature;
  const auto all = static_cast<double>(shared(a.text.set, b.text.set));
  const double common = all * told_share(a, b);
  pair.containment = ratio(common, a.told, b.told);
  if (x.url != 0 && x.url == y.url) {
    const double raw =
        std::max(pair.containment, ratio(all, size_of(a.text.set), size_of(b.text.set)));
    pair.revision = raw >= kVersionContainment;
    if (pair.revision) pair.containment = raw;
  }
  const bool within = x.house == y.house;
  double least = within ? kWithinContainment : kMinContainment;
  if (estimated(a) || estimated(b)) least *= kMargin;
  const bool kept =
      pair.revision || (common >= static_cast<double>(kMinShared) && pair.containment >= least);
  if (!kept && (within || common < static_cast<double>(kLongPassage - kShingleWords))) return false;
  if (!pair.revision && !within && only_quoted_alike(a, b)) return false;
  std::vector<WordPassage> words = align(a.text, b.text);
  if (!pair.revision) {
    std::erase_if(words, [&](const WordPassage& p) { return mostly_template(p, a); });
  }
  if (!kept && !long_passage(words)) return false;
  for (const WordPassage& p : words) {
    pair.passages.push_back({{p.a_begin, p.a_end}, {p.b_begin, p.b_end}});
  }
  pair.original = original_of(x, y, pair);
  return true;
}

std::string url_key(std::string_view url) {
  if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) {
    url.remove_prefix(scheme + 3);
  }
  if (url.starts_with("www.")) url.remove_prefix(4);
  url = url.substr(0, url.find('#'));
  std::string key(url.substr(0, url.find('?')));
  while (key.ends_with('/')) key.pop_back();
  char joint = '?';
  for (std::size_t at = url.find('?'); at != std::string_view::npos && at < url.size();) {
    const std::size_t end = std::min(url.find('&', at + 1), url.size());
    const std::string_view parameter = url.substr(at + 1, end - at - 1);
    if (!parameter.empty() && !parameter.starts_with("utm_")) {
      key.append(1, joint).append(parameter);
      joint = '&';
    }
    at = end;
  }
  return key;
}

}  // namespace twosource::reuse
