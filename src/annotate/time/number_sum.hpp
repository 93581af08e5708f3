#pragma once

#include <cstdint>

#include "annotate/time/numbers.hpp"

namespace twosource::annotate {

// Adds morphemes up to a value; refuses sequences that are no number ("three two").
class NumberReader::Sum {
 public:
  bool push(const Morpheme& m, bool glued) {
    if (ordinal_) return false;
    switch (m.kind) {
      case Kind::One:
      case Kind::Digit:
        return push_small(m, glued);
      case Kind::Ten:
        if (last_ == Last::Ten || last_ == Last::End || (last_ == Last::Digit && !and_)) {
          return false;
        }
        return add(m.value, Last::Ten);
      case Kind::Hundred:
        if (last_ == Last::Ten || last_ == Last::Hundred || last_ == Last::End) return false;
        current_ = (current_ == 0 ? 1 : current_) * m.value;
        return set(Last::Hundred);
      case Kind::Scale:
        if (and_ || (last_ == Last::Scale && current_ == 0)) return false;
        total_ += (last_ == Last::None ? 1 : current_) * m.value;
        current_ = 0;
        scale_ = m.value;
        return set(Last::Scale);
      case Kind::Special:
        return last_ == Last::None && add(m.value, Last::End);
      case Kind::Plus:
        if (!glued || last_ == Last::None) return false;
        fraction_ = m.value;
        return add(m.value, Last::End);
      case Kind::And:
        and_ = true;
        return glued || last_ == Last::Hundred || last_ == Last::Scale;
      case Kind::Ordinal:
        if (last_ == Last::Digit || last_ == Last::End) return false;
        ordinal_ = true;
        return add(m.value, Last::End);
      case Kind::OrdinalSuffix:
        if (!glued || last_ == Last::None) return false;
        ordinal_ = true;
        return true;
      case Kind::Half:
      case Kind::DigitSuffix:
        return false;
    }
    return false;
  }
  [[nodiscard]] bool complete() const { return last_ != Last::None && !and_; }
  void fill(Number& n) const {
    n.value = total_ + current_;
    n.ordinal = ordinal_;
    n.article = article_;
    n.scaled = last_ == Last::Scale;
    n.granularity = n.scaled && scale_ >= 1000 ? scale_ : 1;
    if (fraction_ > 0) n.granularity = fraction_;
  }

 private:
  enum class Last : std::uint8_t { None, Digit, Ten, Hundred, Scale, End };
  bool push_small(const Morpheme& m, bool glued) {
    if (last_ == Last::Digit || last_ == Last::End) return false;
    if (m.kind == Kind::One && !glued && last_ != Last::None) return false;
    article_ = m.kind == Kind::One && last_ == Last::None;
    const bool only = article_;
    add(m.value, Last::Digit);
    article_ = only;
    return true;
  }
  bool add(double value, Last kind) {
    current_ += value;
    return set(kind);
  }
  bool set(Last kind) {
    last_ = kind;
    and_ = false;
    article_ = false;
    return true;
  }
  double total_ = 0;
  double current_ = 0;
  double scale_ = 1;
  double fraction_ = 0;
  Last last_ = Last::None;
  bool and_ = false;
  bool ordinal_ = false;
  bool article_ = false;
};

}  // namespace twosource::annotate
