#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "annotate/measure/measure.hpp"
#include "annotate/time/time.hpp"
#include "text/tokenizer.hpp"

namespace {

using twosource::Article;

void require(bool condition) {
  if (!condition) std::abort();
}

// What the article's layers promise, whatever rules made them.
void check(const Article& a) {
  std::uint32_t end = 0;
  for (const twosource::Timex& x : a.times) {
    require(end <= x.span.begin && x.span.begin < x.span.end && x.span.end <= a.text.size());
    end = x.span.end;
  }
  for (const twosource::Measure& m : a.measures) {
    require(m.span.begin < m.span.end && m.span.end <= a.text.size());
    require(m.of_span.begin <= m.of_span.end && m.of_span.end <= a.text.size());
  }
}

// Compiles the pack and reads the text with it; a refusal must name the file.
void run(const twosource::Pack& pack, std::string_view text) {
  try {
    const twosource::Tokenizer tokenizer(pack);
    const twosource::annotate::TimeTagger time(pack);
    const twosource::annotate::MeasureTagger measure(pack);
    Article a;
    a.text = text;
    a.published.value = "2021-03-03";
    a.paragraphs.push_back({twosource::make_span(0, a.text.size())});
    a.tokens = tokenizer.run(a.text, twosource::paragraph_spans(a));
    a.times = time.run(a);
    a.measures = measure.run(a);
    check(a);
  } catch (const twosource::PackError& e) {
    const std::string_view message = e.what();
    require(message.starts_with("fuzz/") && message.find(':') != std::string_view::npos);
  }
}

}  // namespace

// Tables of a pack, each after a line "@NAME", and after "@text" the text they are tried on.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  twosource::Pack pack("xx");
  std::string_view text;
  while (!rest.empty()) {
    const std::size_t mark = rest.front() == '@' ? 0 : rest.find("\n@");
    if (mark == std::string_view::npos) break;
    rest.remove_prefix(mark + (mark == 0 && rest.front() == '@' ? 1 : 2));
    const std::size_t line = rest.find('\n');
    if (line == std::string_view::npos) break;
    const std::string name(rest.substr(0, line));
    rest.remove_prefix(line);
    const std::string_view body = rest.substr(1, rest.find("\n@", 1));
    if (name == "text") {
      text = body;
    } else if (name.ends_with(".tsv")) {
      const auto added = pack.add(name, body, "fuzz/" + name);
      if (!added) require(!added.error().describe().empty());
    }
  }
  run(pack, text);
  return 0;
}
