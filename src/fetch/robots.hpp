#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace twosource::fetch {

// A robots.txt as one program has to read it (RFC 9309): the rules of all groups that name it,
// without regard to case, else those of the groups for "*", else none. Total on any bytes.
class Robots {
 public:
  // RFC 9309, section 2.5, asks for at least 500 KiB; what follows is not read.
  static constexpr std::size_t kMostBytes = 500U << 10U;
  // More rules than that in one file are not read; together with kMostBytes this bounds allows().
  static constexpr std::size_t kMostRules = 20000;

  // Nothing is forbidden.
  Robots() = default;
  // `product`: letters, "-" and "_" ("twosource").
  Robots(std::string_view text, std::string_view product);
  // Everything is forbidden: what holds while a robots.txt cannot be reached (section 2.3.1.4).
  [[nodiscard]] static Robots nothing();

  // May the path with its query ("/a?b") be asked for? The rule with the longest pattern decides,
  // the one that allows among equals; /robots.txt itself always may. Cost: rules × target.
  [[nodiscard]] bool allows(std::string_view target) const;
  // Seconds between two requests by "Crawl-delay", which is no part of the RFC but often meant; 0
  // when not given.
  [[nodiscard]] double delay_s() const noexcept { return delay_s_; }

 private:
  struct Rule {
    std::string pattern;  // %XX normalised, `*` and a last `$` have their meaning
    bool allow = false;
  };
  std::vector<Rule> rules_;
  double delay_s_ = 0;
};

// Does `target` begin with `pattern`, in which * is any bytes and a last $ the end? Linear in both.
[[nodiscard]] bool robots_match(std::string_view pattern, std::string_view target) noexcept;
// %XX of unreserved characters decoded, hex digits in upper case, bytes beyond ASCII, blanks and a
// bare % as %XX: two ways to write one path become equal (section 2.2.2).
[[nodiscard]] std::string robots_normal(std::string_view path);

}  // namespace twosource::fetch
