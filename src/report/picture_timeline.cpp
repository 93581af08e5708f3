#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <optional>

#include "article/edtf.hpp"
#include "report/picture.hpp"
#include "report/svg.hpp"
#include "text/utf8.hpp"

namespace twosource::report {
namespace {

using std::chrono::sys_days;

constexpr std::size_t kMostDates = 60;
constexpr double kWide = 960;
constexpr double kNarrow = 360;
constexpr double kSide = 28;    // free at both ends of the wide axis
constexpr double kFont = 12.5;  // of the wide drawing's labels
constexpr double kLane = 54;    // height of a row of labels: three lines
constexpr double kDateFont = 11.5;
constexpr int kLanes = 4;
constexpr double kNarrowFont = 14;
constexpr std::size_t kNarrowDates = 24;

struct Date {
  sys_days first;
  sys_days last;
  std::string words;
  bool vague = false;
  bool event = false;
  std::size_t sources = 0;
  std::vector<const TimePoint*> points;  // the one to be named first
};

// First and last day that an EDTF date or interval can mean.
std::optional<std::pair<sys_days, sys_days>> days_of(const std::string& when) {
  const std::size_t slash = when.find('/');
  const std::string a = when.substr(0, slash);
  const std::string b = slash == std::string::npos ? a : when.substr(slash + 1);
  const auto from = parse_edtf(a == ".." ? b : a);
  const auto to = parse_edtf(b == ".." ? a : b);
  if (!from || !to || from->precision == DatePrecision::None ||
      to->precision == DatePrecision::None) {
    return std::nullopt;
  }
  const sys_days first = first_day(*from);
  return std::pair(first, std::max(first, last_day(*to)));
}

std::string words_of(const std::string& when, const Labels& labels) {
  const std::size_t slash = when.find('/');
  if (slash == std::string::npos) return labels.date(when);
  const std::string a = when.substr(0, slash);
  const std::string b = when.substr(slash + 1);
  if (a == "..") return labels.fill("until", labels.date(b));
  if (b == "..") return labels.fill("from", labels.date(a));
  return labels.date(a) + " – " + labels.date(b);
}

// Keeps events, then what most say, then the earliest; in the order of time.
void keep_heaviest(std::vector<Date>& dates) {
  std::vector<std::size_t> order(dates.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (dates[a].event != dates[b].event) return dates[a].event;
    return dates[a].sources > dates[b].sources;
  });
  order.resize(kMostDates);
  std::sort(order.begin(), order.end());
  std::vector<Date> kept;
  for (const std::size_t i : order) kept.push_back(std::move(dates[i]));
  dates = std::move(kept);
}

std::vector<Date> dates_of(const std::vector<TimePoint>& points, const Labels& labels) {
  std::map<std::pair<sys_days, sys_days>, Date> by_days;
  for (const TimePoint& p : points) {
    const auto days = days_of(p.when);
    if (!days) continue;
    Date& d = by_days[*days];
    if (d.points.empty()) {
      d.first = days->first;
      d.last = days->second;
      d.vague = d.first != d.last;
      d.words = words_of(p.when, labels);
    }
    d.event = d.event || p.event;
    d.sources += p.sources;
    d.points.push_back(&p);
  }
  std::vector<Date> out;
  for (auto& [unused, d] : by_days) {
    std::stable_sort(d.points.begin(), d.points.end(), [](const TimePoint* a, const TimePoint* b) {
      return a->event != b->event ? a->event : a->sources > b->sources;
    });
    out.push_back(std::move(d));
  }
  if (out.size() > kMostDates) keep_heaviest(out);
  return out;
}

// Rows of things side by side that must not touch.
class Rows {
 public:
  explicit Rows(std::size_t most) : rows_(most) {}
  [[nodiscard]] bool is_free(std::size_t row, double from, double to) const {
    return std::none_of(rows_[row].begin(), rows_[row].end(),
                        [&](const auto& r) { return from < r.second && r.first < to; });
  }
  void take(std::size_t row, double from, double to) { rows_[row].emplace_back(from, to); }
  [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }

 private:
  std::vector<std::vector<std::pair<double, double>>> rows_;
};

// Days as places on an axis: the square root of each gap.
class Scale {
 public:
  Scale(const std::vector<Date>& dates, double from, double to) {
    for (const Date& d : dates) {
      at_[d.first] = 0;
      at_[d.last] = 0;
    }
    double sum = 0;
    sys_days before = at_.begin()->first;
    for (auto& [day, place] : at_) {
      sum += std::sqrt(static_cast<double>((day - before).count()));
      place = sum;
      before = day;
    }
    for (auto& [unused, place] : at_) {
      place = sum == 0 ? (from + to) / 2 : from + (to - from) * place / sum;
    }
  }
  [[nodiscard]] double operator()(sys_days day) const { return at_.at(day); }

 private:
  std::map<sys_days, double> at_;
};

std::string tip(const Date& d) {
  std::string out = d.words;
  for (std::size_t i = 0; i < std::min<std::size_t>(4, d.points.size()); ++i) {
    out += "\n" + fitted(d.points[i]->text, 1, 90);
  }
  if (d.points.size() > 4) out += fmt::format("\n+ {}", d.points.size() - 4);
  return out;
}

class Wide {
 public:
  Wide(const std::vector<Date>& dates, const Labels& labels, std::string_view id)
      : dates_(dates),
        labels_(labels),
        id_(id),
        x_(dates, kSide + 30, kWide - kSide - 30),
        wide_(std::clamp((kWide - 60) / static_cast<double>(dates.size()), 150.0, 270.0)) {}

  std::string draw() {
    place_labels();
    place_spans();
    axis_ = 16 + kLane * lanes_ + 22;
    const double bottom = axis_ + 34 + 24 * static_cast<double>(span_rows_);
    Svg svg(kWide, bottom + 16, "wide", fmt::format("{}-w", id_), labels_("timeline"),
            labels_.fill("picture.timeline", std::to_string(dates_.size())));
    svg.line(kSide, axis_, kWide - kSide, axis_, "axis");
    svg.head(kWide - kSide + 8, axis_, 5, "axishead");
    for (std::size_t i = 0; i < dates_.size(); ++i) leader(svg, i);
    for (std::size_t i = 0; i < dates_.size(); ++i) mark(svg, i);
    if (dates_.size() > 2) {
      svg.text(kWide - kSide, bottom + 8, labels_("picture.compressed"), "faint", "end");
    }
    return svg.finish();
  }

 private:
  struct Spot {
    int lane = -1;  // of the label; -1: none
    double label_x = 0;
    bool end = false;  // the label ends at label_x
    std::size_t span_row = 0;
    bool named = false;  // the date stands below
  };

  double middle(const Date& d) const { return (x_(d.first) + x_(d.last)) / 2; }

  // Events first, then what most say: each into the lowest row where neither its words nor the line
  // that leads to them touch anything.
  void place_labels() {
    spots_.resize(dates_.size());
    std::vector<std::size_t> order(dates_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      if (dates_[a].event != dates_[b].event) return dates_[a].event;
      return dates_[a].sources > dates_[b].sources;
    });
    Rows rows(kLanes);
    for (const std::size_t i : order) {
      const double x = middle(dates_[i]);
      const bool end = x + wide_ > kWide - 4;
      const double from = end ? x - wide_ : x - 4;
      for (std::size_t lane = 0; lane < rows.size(); ++lane) {
        bool open = rows.is_free(lane, from, from + wide_ + 8);
        for (std::size_t below = 0; below < lane; ++below) {
          open = open && rows.is_free(below, x - 3, x + 3);
        }
        if (!open) continue;
        rows.take(lane, from, from + wide_ + 8);
        for (std::size_t below = 0; below < lane; ++below) rows.take(below, x - 3, x + 3);
        spots_[i].lane = static_cast<int>(lane);
        spots_[i].label_x = end ? x + 3 : x - 3;
        spots_[i].end = end;
        lanes_ = std::max(lanes_, static_cast<int>(lane) + 1);
        break;
      }
    }
  }

  // Days get their date below the axis where there is room; spans a row further down.
  void place_spans() {
    Rows names(1);
    Rows rows(8);
    for (std::size_t i = 0; i < dates_.size(); ++i) {
      const Date& d = dates_[i];
      const double width = text_width(d.words, kDateFont);
      if (!d.vague) {
        const double from = middle(d) - width / 2;
        spots_[i].named = names.is_free(0, from - 6, from + width + 6);
        if (spots_[i].named) names.take(0, from, from + width);
        continue;
      }
      const double begin = std::min(x_(d.first), middle(d) - 9);
      const double end = std::max(x_(d.last), middle(d) + 9);
      const bool left = end + width + 10 > kWide;  // the date stands before the bar
      const double from = left ? begin - width - 10 : begin;
      const double to = left ? end : end + width + 10;
      std::size_t row = 0;
      while (row + 1 < rows.size() && !rows.is_free(row, from - 4, to + 4)) ++row;
      rows.take(row, from, to);
      spots_[i].span_row = row;
      span_rows_ = std::max(span_rows_, row + 1);
    }
  }

  void leader(Svg& svg, std::size_t i) const {
    if (spots_[i].lane < 0) return;
    const double x = middle(dates_[i]);
    const double from = dates_[i].vague ? span_y(i) : axis_;
    svg.line(x, from, x, label_y(i) + 2, "lead");
  }
  double label_y(std::size_t i) const { return axis_ - 24 - kLane * spots_[i].lane; }
  double span_y(std::size_t i) const {
    return axis_ + 30 + 24 * static_cast<double>(spots_[i].span_row);
  }

  void mark(Svg& svg, std::size_t i) const {
    const Date& d = dates_[i];
    const double x = middle(d);
    svg.open_link(d.points.front()->href, tip(d));
    if (d.vague) {
      const double from = std::min(x_(d.first), x - 9);
      const double to = std::max(x_(d.last), x + 9);
      svg.rect(from, span_y(i) - 8, to - from, 16, 8, "span");
      const bool left = to + 10 + text_width(d.words, kDateFont) > kWide;
      svg.text(left ? from - 6 : to + 6, span_y(i) + 4, d.words, "date", left ? "end" : "start");
    } else {
      svg.circle(x, axis_, radius(d), d.event ? "dot main" : "dot");
      if (spots_[i].named) svg.text(x, axis_ + 22, d.words, "date", "middle");
    }
    if (d.points.size() > 1) {
      const double y = d.vague ? span_y(i) : axis_;
      svg.text(x, y + 4, std::to_string(d.points.size()), d.vague ? "number" : "number on",
               "middle");
    }
    label(svg, i);
    svg.close_link();
  }

  static double radius(const Date& d) {
    return d.points.size() > 1 ? 9.5 : 5 + std::min(3.0, 0.7 * static_cast<double>(d.sources));
  }

  void label(Svg& svg, std::size_t i) const {
    const Spot& s = spots_[i];
    if (s.lane < 0) return;
    const auto lines = wrapped(utf8::squeeze(dates_[i].points.front()->text), kFont, wide_ - 8, 3);
    double y = label_y(i) - 15 * (static_cast<double>(lines.size()) - 1) - 2;
    for (const std::string& l : lines) {
      svg.text(s.label_x + (s.end ? -6 : 6), y, l, dates_[i].event ? "label main" : "label",
               s.end ? "end" : "start");
      y += 15;
    }
  }

  const std::vector<Date>& dates_;
  const Labels& labels_;
  std::string_view id_;
  Scale x_;
  double wide_;  // of a label: fewer dates, longer ones
  std::vector<Spot> spots_;
  int lanes_ = 0;
  std::size_t span_rows_ = 0;
  double axis_ = 0;
};

// From top to bottom, for narrow screens.
std::string draw_narrow(const std::vector<Date>& dates, const Labels& labels, std::string_view id) {
  struct Block {
    double y = 0;
    double height = 0;
    std::vector<std::string> lines;
    std::size_t more = 0;
  };
  std::vector<Block> blocks;
  double y = 8;
  for (std::size_t i = 0; i < std::min(dates.size(), kNarrowDates); ++i) {
    const Date& d = dates[i];
    if (i > 0) {
      const double gap = static_cast<double>((d.first - dates[i - 1].first).count());
      y += 10 + std::min(40.0, 4 * std::sqrt(std::max(0.0, gap)));
    }
    Block b;
    b.y = y;
    b.lines = wrapped(utf8::squeeze(d.points.front()->text), kNarrowFont, kNarrow - 50, 3);
    b.more = d.points.size() - 1;
    b.height = 22 + 19 * static_cast<double>(b.lines.size()) + (b.more > 0 ? 18 : 0);
    y += b.height;
    blocks.push_back(std::move(b));
  }
  const std::size_t left = dates.size() - blocks.size();
  Svg svg(kNarrow, y + (left > 0 ? 26 : 8), "narrow", fmt::format("{}-n", id), labels("timeline"),
          labels.fill("picture.timeline", std::to_string(dates.size())));
  svg.line(14, 8, 14, y, "axis");
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Date& d = dates[i];
    const Block& b = blocks[i];
    svg.open_link(d.points.front()->href, tip(d));
    if (d.vague) {
      svg.rect(6, b.y, 16, b.height - 4, 8, "span");
    } else {
      svg.circle(14, b.y + 10, d.event ? 8 : 6, d.event ? "dot main" : "dot");
    }
    svg.text(34, b.y + 15, d.words, "date big");
    double line = b.y + 34;
    for (const std::string& l : b.lines) {
      svg.text(34, line, l, d.event ? "label big main" : "label big");
      line += 19;
    }
    if (b.more > 0)
      svg.text(34, line, labels.fill("picture.more", std::to_string(b.more)), "faint big");
    svg.close_link();
  }
  if (left > 0) {
    svg.text(34, y + 18, labels.fill("picture.more", std::to_string(left)), "faint big");
  }
  return svg.finish();
}

}  // namespace

std::string timeline_picture(const std::vector<TimePoint>& points, const Labels& labels,
                             std::string_view id) {
  const std::vector<Date> dates = dates_of(points, labels);
  if (dates.size() < 2) return {};
  return Wide(dates, labels, id).draw() + draw_narrow(dates, labels, id);
}

}  // namespace twosource::report
