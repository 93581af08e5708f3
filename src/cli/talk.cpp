#include "cli/talk.hpp"

#include <fmt/format.h>

#include <ostream>

#include "text/utf8.hpp"

namespace twosource::cli {
namespace {
constexpr std::chrono::milliseconds kProgressEvery{100};
}

std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::decode(text, at);
    const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    // Marks that change the direction of everything after them.
    const bool direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    utf8::append(out, control ? U' ' : direction ? utf8::kReplacement : c);
  }
  return out;
}

void Talk::skipped(const intake::Skipped& skipped) {
  if (skipped.effect != intake::Effect::Noted) ++lost_;
  if (skipped.effect == intake::Effect::Refused) ++refused_;
  if (quiet_ && skipped.effect == intake::Effect::Noted) return;
  clear();
  const char* what = skipped.effect == intake::Effect::Refused ? "skipped" : "note";
  env_.err << fmt::format("{}: {}: {}\n", what, printable(skipped.path), printable(skipped.reason));
}

void Talk::article_read() {
  ++articles_;
  if (quiet_ || !env_.err_is_terminal) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - shown_ < kProgressEvery) return;
  shown_ = now;
  progress_shown_ = true;
  env_.err << fmt::format("\r{} articles read", articles_) << std::flush;
}

void Talk::summary() {
  std::string line = fmt::format("{} article{} read", articles_, articles_ == 1 ? "" : "s");
  if (refused_ > 0) line += fmt::format(", {} input{} skipped", refused_, refused_ == 1 ? "" : "s");
  say(line);
}

void Talk::say(std::string_view line) {
  if (quiet_) return;
  clear();
  env_.err << line << '\n';
}

void Talk::warn(std::string_view line) {
  clear();
  env_.err << line << '\n';
}

void Talk::clear() {
  if (!progress_shown_) return;
  env_.err << "\r\x1b[K" << std::flush;
  progress_shown_ = false;
}

}  // namespace twosource::cli
