#include "record/layers.hpp"

#include <bit>
#include <cmath>
#include <cstdlib>

#include "text/utf8.hpp"

namespace twosource::record {
namespace {

// Enumerators are stored as numbers: one that gets another number needs another kLayersVersion.
static_assert(static_cast<int>(AgencyKind::Photo) == 1 &&
              static_cast<int>(DateSource::Option) == 6 &&
              static_cast<int>(FurnitureKind::Other) == 17 &&
              static_cast<int>(ParagraphKind::Body) == 3 && static_cast<int>(TimexType::Set) == 3 &&
              static_cast<int>(Unit::Other) == 18 && static_cast<int>(Bound::Nearly) == 6 &&
              static_cast<int>(Modality::Denied) == 3 && static_cast<int>(EntityType::Other) == 3 &&
              static_cast<int>(MentionKind::Metonym) == 3 &&
              static_cast<int>(QuoteKind::Free) == 4);

constexpr double kExact = 9007199254740992.0;  // whole numbers up to 2^53 are doubles

std::uint64_t zigzag(std::int64_t n) {
  return (static_cast<std::uint64_t>(n) << 1U) ^ static_cast<std::uint64_t>(n >> 63);
}
std::int64_t unzigzag(std::uint64_t n) {
  return static_cast<std::int64_t>(n >> 1U) ^ -static_cast<std::int64_t>(n & 1U);
}

// Both classes have the same members, so that visit() below is the layout for either direction.
class Writer {
 public:
  void number(std::uint64_t n) {
    for (; n > 127; n >>= 7U) out_ += static_cast<char>(n | 128U);
    out_ += static_cast<char>(n);
  }
  void integer(std::int64_t n) { number(zigzag(n)); }
  // Whole numbers are even: twice their zigzag.
  void real(double x) {
    if (std::trunc(x) == x && std::abs(x) < kExact && !(x == 0 && std::signbit(x))) {
      return number(zigzag(static_cast<std::int64_t>(x)) << 1U);
    }
    number(1);
    const auto bits = std::bit_cast<std::uint64_t>(x);
    for (unsigned i = 0; i < 64; i += 8) out_ += static_cast<char>((bits >> i) & 255U);
  }
  void text(std::string_view s) {
    number(s.size());
    out_ += s;
  }
  template <class E>
  void choice(E e, E /*last*/) {
    number(static_cast<std::uint64_t>(e));
  }
  // Two as one number; where the second is its first enumerator, that of the first alone.
  template <class E, class F>
  void choices(E e, E last, F f, F /*last*/) {
    number(static_cast<std::uint64_t>(e) +
           static_cast<std::uint64_t>(f) * (static_cast<std::uint64_t>(last) + 1));
  }
  void place(Span s) {
    integer(static_cast<std::int64_t>(s.begin) - last_);
    number(s.size());
    last_ = s.begin;
  }
  // One that may be missing, which is empty.
  void place_or_none(Span s) {
    number(s.empty() ? 0 : s.size());
    if (s.empty()) return;
    integer(static_cast<std::int64_t>(s.begin) - last_);
    last_ = s.begin;
  }
  // Texts that mostly are empty: a bit for each that is not.
  template <class... Texts>
  void rare(const Texts&... texts) {
    std::uint64_t mask = 0;
    unsigned bit = 0;
    ((mask |= texts.empty() ? 0U : 1ULL << bit, ++bit), ...);
    number(mask);
    ((texts.empty() ? void() : text(texts)), ...);
  }
  template <class List, class Each>
  void list(const List& items, const Each& each) {
    number(items.size());
    for (const auto& item : items) each(item);
  }
  // A number that counts items of a list of `size`.
  void index(std::uint32_t n, std::size_t /*size*/) { number(n); }
  void index(std::int32_t n, std::size_t /*size*/) { number(static_cast<std::uint64_t>(n + 1)); }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  std::string out_;
  std::int64_t last_ = 0;  // where the last span began
};

// Thrown inside this file only, turned into Error at its edge.
struct Damaged {};

class Reader {
 public:
  Reader(std::string_view bytes, std::string_view text) : bytes_(bytes), text_(text) {}

  template <class N>
  void number(N& n) {
    const std::uint64_t got = next();
    n = static_cast<N>(got);
    if (static_cast<std::uint64_t>(n) != got) throw Damaged{};
  }
  template <class N>
  void integer(N& n) {
    const std::int64_t got = unzigzag(next());
    n = static_cast<N>(got);
    if (n != got) throw Damaged{};
  }
  void real(double& x) {
    const std::uint64_t n = next();
    if (n % 2 == 0) {
      x = static_cast<double>(unzigzag(n >> 1U));
      return;
    }
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < 64; i += 8) bits |= static_cast<std::uint64_t>(byte()) << i;
    x = std::bit_cast<double>(bits);
  }
  void text(std::string& s) {
    const std::uint64_t size = next();
    if (size > bytes_.size() - at_) throw Damaged{};
    s.assign(bytes_.substr(at_, size));
    at_ += size;
  }
  template <class E>
  void choice(E& e, E last) {
    const std::uint64_t n = next();
    if (n > static_cast<std::uint64_t>(last)) throw Damaged{};
    e = static_cast<E>(n);
  }
  template <class E, class F>
  void choices(E& e, E last, F& f, F f_last) {
    const std::uint64_t n = next();
    const std::uint64_t of_e = static_cast<std::uint64_t>(last) + 1;
    if (n / of_e > static_cast<std::uint64_t>(f_last)) throw Damaged{};
    e = static_cast<E>(n % of_e);
    f = static_cast<F>(n / of_e);
  }
  void place(Span& s) {
    const std::int64_t begin = last_ + unzigzag(next());
    s = within(begin, next());
  }
  void place_or_none(Span& s) {
    const std::uint64_t size = next();
    s = {};
    if (size > 0) s = within(last_ + unzigzag(next()), size);
  }
  template <class... Texts>
  void rare(Texts&... texts) {
    const std::uint64_t mask = next();
    unsigned bit = 0;
    ((((mask >> bit) & 1U) != 0 ? text(texts) : texts.clear(), ++bit), ...);
  }
  template <class List, class Each>
  void list(List& items, const Each& each) {
    const std::uint64_t size = next();
    if (size > bytes_.size() - at_) throw Damaged{};  // an item has a byte at least
    items.resize(size);
    for (auto& item : items) each(item);
  }
  void index(std::uint32_t& n, std::size_t size) {
    number(n);
    if (n >= size) throw Damaged{};
  }
  void index(std::int32_t& n, std::size_t size) {
    const std::uint64_t got = next();
    if (got > size) throw Damaged{};
    n = static_cast<std::int32_t>(got) - 1;
  }
  [[nodiscard]] bool done() const { return at_ == bytes_.size(); }

 private:
  unsigned char byte() {
    if (at_ == bytes_.size()) throw Damaged{};
    return static_cast<unsigned char>(bytes_[at_++]);
  }
  std::uint64_t next() {
    std::uint64_t n = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const unsigned char b = byte();
      n |= static_cast<std::uint64_t>(b & 127U) << shift;
      if (b < 128) return n;
    }
    throw Damaged{};
  }
  [[nodiscard]] bool within_character(std::size_t at) const {
    return at < text_.size() && (static_cast<unsigned char>(text_[at]) & 0xC0U) == 0x80U;
  }
  Span within(std::int64_t begin, std::uint64_t size) {
    if (begin < 0 || static_cast<std::uint64_t>(begin) > text_.size() ||
        size > text_.size() - static_cast<std::uint64_t>(begin)) {
      throw Damaged{};
    }
    const auto first = static_cast<std::size_t>(begin);
    if (within_character(first) || within_character(first + size)) throw Damaged{};
    last_ = begin;
    return make_span(first, first + size);
  }

  std::string_view bytes_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::int64_t last_ = 0;
};

// --- the layout ---

template <class Io, class A>
void head(Io& io, A& a) {
  const auto text = [&](auto& s) { io.text(s); };
  io.text(a.id);
  io.text(a.headline);
  io.text(a.language);
  io.rare(a.url, a.publisher, a.publisher_group, a.dateline, a.genre, a.extra, a.published.value,
          a.modified.value);
  io.choice(a.published.from, DateSource::Option);
  io.choice(a.modified.from, DateSource::Option);
  io.list(a.authors, text);
  io.list(a.furniture, [&](auto& f) {
    io.choice(f.kind, FurnitureKind::Other);
    io.text(f.text);
    io.index(f.before, a.text.size() + 1);
  });
  io.list(a.agencies, [&](auto& c) {
    io.text(c.name);
    io.choice(c.kind, AgencyKind::Photo);
    io.place_or_none(c.span);
    io.index(c.furniture, a.furniture.size());
  });
}

template <class Io, class A>
void body(Io& io, A& a) {
  io.list(a.paragraphs, [&](auto& p) {
    io.place(p.span);
    io.choices(p.kind, ParagraphKind::Body, p.form, ParagraphForm::Row);
  });
  io.list(a.tokens.sentences, [&](auto& s) { io.place(s.span); });
  io.list(a.source, [&](auto& r) {
    io.place(r.text);
    io.number(r.page.begin);
    io.number(r.page.end);
  });
  io.list(a.entities, [&](auto& e) {
    io.text(e.id);
    io.text(e.name);
    io.choice(e.type, EntityType::Other);
    io.text(e.gender);
    io.list(e.roles, [&](auto& s) { io.text(s); });
  });
  io.list(a.mentions, [&](auto& m) {
    io.place(m.span);
    io.index(m.entity, a.entities.size());
    io.choice(m.kind, MentionKind::Metonym);
  });
}

template <class Io, class A>
void times_and_measures(Io& io, A& a) {
  io.list(a.times, [&](auto& t) {
    io.place(t.span);
    io.choice(t.type, TimexType::Set);
    io.text(t.value);
    io.rare(t.mod, t.quant, t.freq, t.begin_point, t.end_point);
    io.number(t.weekday);
    io.integer(t.direction);
  });
  io.list(a.measures, [&](auto& m) {
    io.place(m.span);
    io.choice(m.unit, Unit::Other);
    io.text(m.value);
    io.rare(m.unit_name, m.of);
    io.real(m.low);
    io.real(m.high);
    io.real(m.granularity);
    io.choice(m.bound, Bound::Nearly);
    io.choice(m.modality, Modality::Denied);
    io.place_or_none(m.of_span);
  });
}

template <class Io, class A>
void visit(Io& io, A& a) {
  head(io, a);
  body(io, a);
  times_and_measures(io, a);
  io.list(a.quotes, [&](auto& q) {
    io.place(q.span);
    io.choice(q.kind, QuoteKind::Free);
    io.index(q.speaker, a.entities.size());
    io.place_or_none(q.speaker_span);
    io.place_or_none(q.addressee);
    io.place_or_none(q.frame);
    io.list(q.parts, [&](auto& s) { io.place(s); });
    io.list(q.cue, [&](auto& s) { io.place(s); });
  });
}

}  // namespace

std::string layers_to_bytes(const Article& article) {
  Writer writer;
  writer.number(kLayersVersion);
  visit(writer, article);
  return writer.take();
}

Result<Article> layers_from_bytes(std::string_view bytes, std::string_view text) {
  Article a;
  a.text = text;
  if (!utf8::valid(a.text)) return tl::unexpected(Error{"its text is not UTF-8", {}});
  Reader reader(bytes, text);
  try {
    unsigned version = 0;
    reader.number(version);
    if (version != kLayersVersion) {
      return tl::unexpected(Error{"its layers are of another program", {}});
    }
    visit(reader, a);
  } catch (const Damaged&) {
    return tl::unexpected(Error{"its layers are damaged", {}});
  }
  if (!reader.done()) return tl::unexpected(Error{"its layers are damaged", {}});
  return a;
}

}  // namespace twosource::record
