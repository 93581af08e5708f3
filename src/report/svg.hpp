#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace twosource::report {

// Writes an SVG element by element. Lengths in user units, one decimal; texts and addresses are
// escaped; looks come from classes.
class Svg {
 public:
  // Opens <svg class=… viewBox="0 0 width height"> with its title and description.
  Svg(double width, double height, std::string_view css_class, std::string_view id,
      std::string_view title, std::string_view description);

  void line(double x1, double y1, double x2, double y2, std::string_view css_class);
  void circle(double x, double y, double r, std::string_view css_class);
  void rect(double x, double y, double w, double h, double radius, std::string_view css_class);
  // A curve that leaves and arrives level; with `thickness` as its stroke's width.
  void curve(double x1, double y1, double x2, double y2, double thickness,
             std::string_view css_class);
  // An arrow's head that points right to (x, y).
  void head(double x, double y, double size, std::string_view css_class);
  // `anchor`: "start", "middle" or "end".
  void text(double x, double y, std::string_view words, std::string_view css_class,
            std::string_view anchor = "start");
  // What is drawn until close_link() leads to `href` (nothing when empty) and has `title` as its
  // tip.
  void open_link(std::string_view href, std::string_view title);
  void close_link();
  [[nodiscard]] std::string finish();

 private:
  std::string out_;
  std::vector<const char*> open_;
};

// About how wide words are in the fonts of the pages, in units of the font size; 0.55 a character
// fits the usual sans-serif fonts (average of German text; capitals count 0.68).
[[nodiscard]] double text_width(std::string_view words, double font);
// Cut to at most `width` with an ellipsis, at a word where there is one near.
[[nodiscard]] std::string fitted(std::string_view words, double font, double width);
// In lines of at most `width`, at most `most` lines, the last one cut.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view words, double font, double width,
                                               std::size_t most);

}  // namespace twosource::report
