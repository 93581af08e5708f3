#include <cstdint>
#include <cstdlib>
#include <string>

#include "annotate/measure/measure.hpp"
#include "annotate/time/time.hpp"
#include "text/tokenizer.hpp"

namespace {

using twosource::Article;
using twosource::Span;

void require(bool condition) {
  if (!condition) std::abort();
}

struct Taggers {
  explicit Taggers(const twosource::Pack& pack) : tokenizer(pack), time(pack), measure(pack) {}
  twosource::Tokenizer tokenizer;
  twosource::annotate::TimeTagger time;
  twosource::annotate::MeasureTagger measure;
};

const Taggers& taggers(bool german) {
  static const twosource::PackSet packs = twosource::PackSet::builtin();
  static const Taggers de(packs.get("de"));
  static const Taggers en(packs.get("en"));
  return german ? de : en;
}

}  // namespace

// The first byte chooses language and publication date; the rest is the text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr const char* kDates[] = {"2021-03-03", "2017-07", "2017", ""};
  Article a;
  a.text.assign(reinterpret_cast<const char*>(data) + 1, size - 1);
  a.published.value = kDates[data[0] / 2 % 4];
  a.paragraphs.push_back({twosource::make_span(0, a.text.size())});
  const Taggers& t = taggers(data[0] % 2 == 0);
  a.tokens = t.tokenizer.run(a.text, twosource::paragraph_spans(a));
  a.times = t.time.run(a);
  a.measures = t.measure.run(a);
  std::uint32_t end = 0;
  for (const twosource::Timex& x : a.times) {
    require(end <= x.span.begin && x.span.begin < x.span.end && x.span.end <= a.text.size());
    require(!x.value.empty());
    end = x.span.end;
  }
  for (const twosource::Measure& m : a.measures) {
    require(m.span.begin < m.span.end && m.span.end <= a.text.size());
    require(m.of_span.begin <= m.of_span.end && m.of_span.end <= a.text.size());
    require(!m.value.empty());
  }
  return 0;
}
