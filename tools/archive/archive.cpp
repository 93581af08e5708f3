#include "archive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "pattern.hpp"
#include "text/utf8.hpp"

namespace twosource::archive {
namespace {

constexpr int kFirstDay = 18262;   // 2020-01-01
constexpr double kMeanUnit = 3.1;  // articles
constexpr std::size_t kGermanOutlets = 60;
constexpr std::size_t kOutlets = 90;

using Text = std::vector<Piece>;  // sentences

// What an article is before it is put together.
struct Draft {
  const Language* language = nullptr;
  Text sentences;
  Piece headline;
  std::size_t outlet = 0;
  std::string url;
  std::vector<std::uint64_t> sources;
  bool credits = false;
  int minutes = 0;  // after the event's day began
};

class UnitMaker {
 public:
  UnitMaker(const Language& german, const Language& english, const Options& options,
            std::uint64_t number)
      : german_(german), english_(english), options_(options), number_(number) {}

  std::vector<Made> run() {
    Random random(options_.seed * 0x9E3779B97F4A7C15ULL + number_);
    in_english_ = chance(random, 30);
    cast_ = make_cast(german_, english_, in_english_, day_of(number_), random);
    if (chance(random, 8)) return {report(random)};
    both_languages_ = chance(random, 5);
    if (chance(random, 15) && number_ > 200) follow_up(random);
    const std::size_t size = size_of(random);
    std::vector<Draft> drafts;
    for (std::size_t k = 0; k < size; ++k) drafts.push_back(draft(k, size, drafts, random));
    std::vector<Made> out;
    for (std::size_t k = 0; k < drafts.size(); ++k) {
      out.push_back(assemble(std::move(drafts[k]), k, number_, random));
    }
    return out;
  }

 private:
  int day_of(std::uint64_t unit) const {
    return kFirstDay + static_cast<int>(static_cast<double>(unit) * kMeanUnit /
                                        static_cast<double>(options_.per_day));
  }

  static std::size_t size_of(Random& random) {
    const std::size_t roll = below(random, 100);
    if (roll < 45) return 1;
    if (roll < 70) return 2 + below(random, 2);
    if (roll < 92) return 4 + below(random, 5);
    return 9 + below(random, 8);
  }

  // A person and the place of an earlier unit, ten days later; what happens is something else.
  void follow_up(Random& random) {
    const std::uint64_t before = number_ - 1 - below(random, 200);
    Random earlier(options_.seed * 0x9E3779B97F4A7C15ULL + before);
    const bool english = chance(earlier, 30);
    const Cast cast = make_cast(german_, english_, english, day_of(before), earlier);
    if (english != in_english_) return;
    cast_.people.front() = cast.people.front();
    cast_.place = cast.place;
    cast_.day += 10;
  }

  const Language& language(Random& random) const {
    const bool swap = both_languages_ && chance(random, 40);
    return in_english_ != swap ? english_ : german_;
  }

  Text write(const Language& language, std::size_t sentences, Random& random) const {
    Text out;
    const std::vector<std::string>& patterns = language.of("sentence");
    for (std::size_t i = 0; i < sentences; ++i) {
      out.push_back(fill(pick(random, patterns), language, cast_, random));
    }
    return out;
  }

  static std::size_t outlet_of(const Language& language, Random& random) {
    return language.code == "de" ? below(random, kGermanOutlets)
                                 : kGermanOutlets + below(random, kOutlets - kGermanOutlets);
  }

  Draft draft(std::size_t k, std::size_t size, const std::vector<Draft>& before, Random& random) {
    Draft out;
    out.minutes = static_cast<int>(below(random, 60 * 24 * (size > 4 ? 4 : 2)));
    if (k > 0 && chance(random, 10)) {
      revise(before[below(random, before.size())], out, random);
      return out;
    }
    out.language = &language(random);
    out.outlet = outlet_of(*out.language, random);
    out.url = fmt::format("https://outlet{}.example/{}/{}", out.outlet, number_, k);
    out.headline = fill(pick(random, out.language->of("headline")), *out.language, cast_, random);
    const std::size_t roll = below(random, 100);
    if (size > 1 && roll < 55) {
      copy(out, size >= 4 && roll < 12 ? 1 : 0, random);
    } else {
      out.sentences = write(*out.language, 13 + below(random, 12), random);
      if (size > 1 && chance(random, 30)) insert_quote(out, random);
    }
    return out;
  }

  // The same words spoken, heard by several outlets.
  void insert_quote(Draft& out, Random& random) {
    Random fixed(number_ * 31 + 7);
    Piece quote = fill(pick(fixed, out.language->of("quote")), *out.language, cast_, fixed);
    const auto at = static_cast<std::ptrdiff_t>(below(random, out.sentences.size()));
    out.sentences.insert(out.sentences.begin() + at, std::move(quote));
  }

  void copy(Draft& out, std::uint64_t which, Random& random) {
    const std::uint64_t lang = out.language->code == "de" ? 0 : 1;
    Random fixed(number_ * 64 + which * 2 + lang + (options_.seed << 40U));
    Text dispatch = write(*out.language, 12 + below(fixed, 11), fixed);
    if (chance(random, 50)) {  // shortened from the end
      dispatch.resize(std::max<std::size_t>(5, dispatch.size() * (50 + below(random, 45)) / 100));
    }
    if (chance(random, 25)) {  // two blocks change places
      std::rotate(dispatch.begin(), dispatch.begin() + 3, dispatch.end());
    }
    if (chance(random, 60)) {
      for (Piece& sentence : dispatch) exchange_words(sentence, *out.language, random);
    }
    if (chance(random, 50)) {
      Text own = write(*out.language, 1 + below(random, 5), random);
      const bool front = chance(random, 30);
      dispatch.insert(front ? dispatch.begin() : dispatch.end(), own.begin(), own.end());
    }
    out.sentences = std::move(dispatch);
    out.credits = chance(random, 60);
    out.sources.push_back(number_ * 64 + which * 2 + lang);
  }

  // A new version under the old URL: sentences added, words exchanged.
  void revise(const Draft& old, Draft& out, Random& random) {
    const int minutes = old.minutes + 30 + static_cast<int>(below(random, 600));
    out = old;
    out.minutes = minutes;
    for (Piece& sentence : out.sentences) {
      if (chance(random, 30)) exchange_words(sentence, *out.language, random);
    }
    Text more = write(*out.language, 1 + below(random, 3), random);
    out.sentences.insert(out.sentences.end(), more.begin(), more.end());
    revised_.push_back(old.url);
  }

  // One adjective or participle of the patterns in four becomes another.
  static void exchange_words(Piece& piece, const Language& language, Random& random) {
    for (const char* kind : {"adjective", "verb"}) {
      for (const std::string& word : language.of(kind)) {
        const std::size_t at = piece.text.find(" " + word);
        if (at == std::string::npos || !chance(random, 25)) continue;
        const std::string& other = pick(random, language.of(kind));
        piece.text.replace(at + 1, word.size(), other);
        const auto shift =
            static_cast<std::int64_t>(other.size()) - static_cast<std::int64_t>(word.size());
        for (Piece::Marked& m : piece.marks) {
          if (m.span.begin <= at) continue;
          m.span.begin = static_cast<std::uint32_t>(m.span.begin + shift);
          m.span.end = static_cast<std::uint32_t>(m.span.end + shift);
        }
        break;
      }
    }
  }

  Made report(Random& random) {
    Draft out;
    out.language = in_english_ ? &english_ : &german_;
    const auto& patterns = out.language->of("report");
    const std::size_t which = below(random, patterns.size());
    out.outlet = (in_english_ ? kGermanOutlets : 0) + which;
    out.url = fmt::format("https://outlet{}.example/report/{}", out.outlet, number_);
    out.headline = fill("{L}", *out.language, cast_, random);
    std::string_view rest = patterns[which];
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(". "), rest.size() - 1);
      out.sentences.push_back(fill(rest.substr(0, end + 1), *out.language, cast_, random));
      rest.remove_prefix(std::min(end + 2, rest.size()));
    }
    out.minutes = 420;
    return assemble(std::move(out), 0, kNone, random);
  }

  Made assemble(Draft draft, std::size_t k, std::uint64_t event, Random& random) {
    Made made;
    made.event = event;
    made.sources = draft.sources;
    const bool versions = std::find(revised_.begin(), revised_.end(), draft.url) != revised_.end();
    if (draft.sources.empty() && versions) {
      made.sources.push_back((number_ * 64 + 32 + std::hash<std::string>()(draft.url) % 32) |
                             (1ULL << 62U));
    }
    Article& a = made.article;
    a.id = fmt::format("n{}-{}", number_, k);
    a.url = draft.url;
    a.publisher = fmt::format("{} {}", draft.language->of("onset")[draft.outlet % 25] + "urg",
                              draft.outlet < kGermanOutlets ? "Bote" : "Gazette") +
                  std::to_string(draft.outlet);
    a.language = draft.language->code;
    const int day = cast_.day + draft.minutes / 1440;
    a.published.value = iso_day(day);
    a.published.from = DateSource::Meta;
    if (!chance(random, 10)) {
      const int minute = draft.minutes % 1440;
      a.published.value += fmt::format("T{:02}:{:02}:00Z", minute / 60, minute % 60);
    }
    if (draft.credits) a.agencies.push_back({"dpa", AgencyKind::Text, {}, -1});
    if (draft.outlet % 10 < 3 && chance(random, 70)) {
      const auto& stubs = draft.language->of("stub");
      draft.sentences.push_back({stubs[draft.outlet % stubs.size()], {}});
    }
    a.headline = draft.headline.text;
    put_text(a, draft);
    return made;
  }

  // Direct speech: what stands between quotation marks in a sentence.
  static void put_quotes(Article& a, const Piece& piece, std::size_t base) {
    const bool german = a.language == "de";
    const std::string_view open = german ? "„" : "\"";
    const std::string_view close = german ? "“" : "\"";
    for (std::size_t at = piece.text.find(open); at != std::string::npos;) {
      const std::size_t end = piece.text.find(close, at + open.size());
      if (end == std::string::npos) return;
      const Span span = make_span(base + at, base + end + close.size());
      a.quotes.push_back({span, {span}, QuoteKind::Direct, -1, {}, {}, {}, {}});
      at = piece.text.find(open, end + close.size());
    }
  }

  static void put_text(Article& a, const Draft& draft) {
    std::unordered_map<std::string, std::uint32_t> entity_of;
    const auto append = [&](const Piece& piece) {
      const std::size_t base = a.text.size();
      a.text += piece.text;
      put_quotes(a, piece, base);
      for (const Piece::Marked& m : piece.marks) {
        const Span span = make_span(base + m.span.begin, base + m.span.end);
        if (!m.day.empty()) {
          a.times.push_back({});
          a.times.back().span = span;
          a.times.back().value = m.day;
          continue;
        }
        const auto [it, fresh] =
            entity_of.emplace(m.name, static_cast<std::uint32_t>(a.entities.size()));
        if (fresh) {
          a.entities.push_back(
              {"e" + std::to_string(a.entities.size() + 1), m.name, m.type, {}, {}});
        }
        a.mentions.push_back({span, it->second, MentionKind::Name});
      }
    };
    std::size_t begin = 0;
    const auto close = [&](ParagraphKind kind) {
      a.paragraphs.push_back({make_span(begin, a.text.size()), kind});
      a.text += '\n';
      begin = a.text.size();
    };
    append(draft.headline);
    close(ParagraphKind::Headline);
    for (std::size_t i = 0; i < draft.sentences.size(); ++i) {
      append(draft.sentences[i]);
      const bool last = i + 1 == draft.sentences.size();
      if (i % 3 == 2 || last) {
        close(ParagraphKind::Body);
      } else {
        a.text += ' ';
      }
    }
    a.text.pop_back();
    a.tokens = draft.language->tokenizer.run(a.text, paragraph_spans(a));
  }

  const Language& german_;
  const Language& english_;
  const Options& options_;
  std::uint64_t number_;
  Cast cast_;
  bool in_english_ = false;
  bool both_languages_ = false;
  std::vector<std::string> revised_;  // URLs with several versions
};

}  // namespace

Language::Language(const std::string& file, const Pack& pack, std::string of)
    : code(std::move(of)), tokenizer(pack) {
  std::ifstream in(file);
  std::stringstream bytes;
  bytes << in.rdbuf();
  const Result<Table> table = Table::parse(file, bytes.str());
  if (!in || !table) throw std::runtime_error("cannot read " + file);
  for (const Row& row : table->rows()) {
    std::vector<std::string>& list = words_[row.cells[0]];
    const bool pattern = row.cells[1].find_first_of("{[") != std::string::npos;
    if (pattern || row.cells[0] == "stub") {
      list.push_back(row.cells[1]);
    } else {
      for (std::string& word : split_list(row.cells[1])) list.push_back(std::move(word));
    }
  }
}

const std::vector<std::string>& Language::of(const std::string& kind) const {
  return words_.at(kind);
}

Maker::Maker(const std::string& folder, const PackSet& packs, Options options)
    : german_(std::make_unique<Language>(folder + "/de.tsv", packs.get("de"), "de")),
      english_(std::make_unique<Language>(folder + "/en.tsv", packs.get("en"), "en")),
      options_(options) {}

Maker::~Maker() = default;

std::vector<Made> Maker::unit(std::uint64_t number) const {
  return UnitMaker(*german_, *english_, options_, number).run();
}

}  // namespace twosource::archive
