#include "report/svg.hpp"

#include <fmt/format.h>

#include "report/template.hpp"
#include "text/utf8.hpp"

namespace twosource::report {

Svg::Svg(double width, double height, std::string_view css_class, std::string_view id,
         std::string_view title, std::string_view description) {
  out_ += fmt::format(
      "<svg class=\"pic {0}\" viewBox=\"0 0 {1:.0f} {2:.0f}\" role=\"group\" "
      "aria-labelledby=\"{3}-t {3}-d\"><title id=\"{3}-t\">",
      css_class, width, height, escape_html(id));
  append_escaped(out_, title);
  out_ += fmt::format("</title><desc id=\"{}-d\">", escape_html(id));
  append_escaped(out_, description);
  out_ += "</desc>";
}

void Svg::line(double x1, double y1, double x2, double y2, std::string_view css_class) {
  out_ +=
      fmt::format("<line class=\"{}\" x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"/>",
                  css_class, x1, y1, x2, y2);
}

void Svg::circle(double x, double y, double r, std::string_view css_class) {
  out_ += fmt::format("<circle class=\"{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\"/>", css_class,
                      x, y, r);
}

void Svg::rect(double x, double y, double w, double h, double radius, std::string_view css_class) {
  out_ += fmt::format(
      "<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" "
      "rx=\"{:.1f}\"/>",
      css_class, x, y, w, h, radius);
}

void Svg::curve(double x1, double y1, double x2, double y2, double thickness,
                std::string_view css_class) {
  const double half = (x2 - x1) / 2;
  out_ += fmt::format(
      "<path class=\"{}\" stroke-width=\"{:.1f}\" d=\"M{:.1f} {:.1f}C{:.1f} {:.1f} "
      "{:.1f} {:.1f} {:.1f} {:.1f}\"/>",
      css_class, thickness, x1, y1, x1 + half, y1, x2 - half, y2, x2, y2);
}

void Svg::head(double x, double y, double size, std::string_view css_class) {
  out_ += fmt::format("<path class=\"{}\" d=\"M{:.1f} {:.1f}l{:.1f} {:.1f}v{:.1f}z\"/>", css_class,
                      x, y, -1.5 * size, -size, 2 * size);
}

void Svg::text(double x, double y, std::string_view words, std::string_view css_class,
               std::string_view anchor) {
  out_ += fmt::format("<text class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">", css_class,
                      x, y, anchor);
  append_escaped(out_, words);
  out_ += "</text>";
}

void Svg::open_link(std::string_view href, std::string_view title) {
  open_.push_back(href.empty() ? "</g>" : "</a>");
  if (href.empty()) {
    out_ += "<g>";
  } else {
    out_ += "<a href=\"";
    append_escaped(out_, href);
    out_ += "\">";
  }
  if (title.empty()) return;
  out_ += "<title>";
  append_escaped(out_, title);
  out_ += "</title>";
}

void Svg::close_link() {
  if (open_.empty()) return;
  out_ += open_.back();
  open_.pop_back();
}

std::string Svg::finish() {
  while (!open_.empty()) close_link();
  out_ += "</svg>";
  return std::move(out_);
}

namespace {

double advance(char32_t c) noexcept {
  if (c == U' ') return 0.32;
  if (c == U'i' || c == U'l' || c == U'.' || c == U',') return 0.3;
  return utf8::is_upper(c) ? 0.68 : 0.55;
}

}  // namespace

double text_width(std::string_view words, double font) {
  double width = 0;
  for (std::size_t at = 0; at < words.size();) width += advance(utf8::decode(words, at));
  return width * font;
}

std::string fitted(std::string_view words, double font, double width) {
  double sum = 0;
  std::size_t fits = 0;  // so much stands before an ellipsis
  std::size_t word = 0;  // the same, ending with a word
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t before = at;
    const char32_t c = utf8::decode(words, at);
    sum += font * advance(c);
    if (sum > width) {
      if (2 * word > fits) fits = word;
      return std::string(utf8::trim(words.substr(0, fits))) + "…";
    }
    if (sum + 0.8 * font > width) continue;
    fits = at;
    if (c == U' ') word = before;
  }
  return std::string(words);
}

std::vector<std::string> wrapped(std::string_view words, double font, double width,
                                 std::size_t most) {
  std::vector<std::string> lines;
  while (!words.empty() && lines.size() < most) {
    std::size_t end = 0;
    for (std::size_t at = 0; at <= words.size();) {
      const std::size_t blank = std::min(words.find(' ', at), words.size());
      if (text_width(words.substr(0, blank), font) > width) break;
      end = blank;
      at = blank + 1;
    }
    if (lines.size() + 1 == most || end == 0) {
      lines.push_back(fitted(words, font, width));
      if (end == 0 || lines.size() == most) break;
    } else {
      lines.emplace_back(words.substr(0, end));
    }
    words = utf8::trim(words.substr(std::min(end, words.size())));
  }
  return lines;
}

}  // namespace twosource::report
