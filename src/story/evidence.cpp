#include "story/evidence.hpp"

#include <xxhash.h>

#include <algorithm>
#include <utility>

#include "article/edtf.hpp"
#include "story/dates.hpp"

namespace twosource::story {
namespace {

constexpr std::size_t kMostAnchors = 16;  // of one kind in one article

int day_number(std::chrono::sys_days day) {
  return static_cast<int>(day.time_since_epoch().count());
}

template <typename T>
void tidy(std::vector<T>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

template <typename T>
bool share(const std::vector<T>& a, const std::vector<T>& b) {
  return std::any_of(a.begin(), a.end(),
                     [&](const T& x) { return std::binary_search(b.begin(), b.end(), x); });
}

std::vector<std::uint32_t> places_of(const Article& a, const Gazetteer& gazetteer) {
  constexpr int kCity = 3;
  std::vector<std::uint32_t> places;
  for (std::size_t at = 0; at < a.dateline.size();) {  // "Hamburg/Berlin"
    const std::size_t end = std::min(a.dateline.find('/', at), a.dateline.size());
    if (end > at)
      places.push_back(place_number(gazetteer.place_name(a.dateline.substr(at, end - at))));
    at = end + 1;
  }
  for (const Mention& m : a.mentions) {
    if (m.kind != MentionKind::Name || m.entity >= a.entities.size()) continue;
    const Entity& entity = a.entities[m.entity];
    if (entity.type != EntityType::Location || places.size() >= kMostAnchors) continue;
    if (a.tokens.sentence_at(m.span.begin) >= kTopSentences) continue;
    const std::string name = gazetteer.place_name(entity.name);
    if (gazetteer.fineness(name) == kCity) places.push_back(place_number(name));
  }
  tidy(places);
  return places;
}

std::vector<int> days_of(const Article& a) {
  const auto published = parse_edtf(a.published.value);
  const bool known = published && published->precision != DatePrecision::None;
  std::vector<int> days;
  for (const Timex& t : a.times) {
    const auto date = calendar_date(t);
    if (!date || !date->day_value() || days.size() >= kMostAnchors) continue;
    const int day = day_number(*date->day_value());
    if (known && (day < day_number(first_day(*published)) - kReportDays ||
                  day > day_number(last_day(*published)) + 1)) {
      continue;
    }
    days.push_back(day);
  }
  tidy(days);
  return days;
}

}  // namespace

std::uint32_t place_number(std::string_view canonical_name) {
  return static_cast<std::uint32_t>(XXH3_64bits(canonical_name.data(), canonical_name.size()));
}

Anchors find_anchors(const Article& article, const Gazetteer& gazetteer) {
  return {places_of(article, gazetteer), days_of(article)};
}

std::vector<std::uint64_t> anchor_keys(const Anchors& anchors) {
  std::vector<std::uint64_t> out;
  for (const std::uint32_t place : anchors.places) {
    for (const int day : anchors.days) {
      out.push_back(std::uint64_t{place} << 32U | static_cast<std::uint32_t>(day));
    }
  }
  tidy(out);
  return out;
}

bool has_anchor(const Anchors& anchors, std::uint64_t key) {
  const auto place = static_cast<std::uint32_t>(key >> 32U);
  const auto day = static_cast<int>(static_cast<std::uint32_t>(key));
  return std::binary_search(anchors.places.begin(), anchors.places.end(), place) &&
         std::binary_search(anchors.days.begin(), anchors.days.end(), day);
}

double anchor_factor(const Anchors& a, const Anchors& b, bool telling) {
  if (telling) return kSamePlaceAndDay;
  return a.places.empty() || b.places.empty() || share(a.places, b.places) ? 1 : kOtherPlace;
}

SharedAnchors::SharedAnchors(std::vector<Anchors> anchors) : anchors_(std::move(anchors)) {
  std::unordered_map<std::uint64_t, std::uint32_t> ids;
  for (const Anchors& a : anchors_) {
    keys_.emplace_back();
    for (const std::uint64_t key : anchor_keys(a)) {
      const auto [it, fresh] = ids.emplace(key, static_cast<std::uint32_t>(ids.size()));
      if (fresh) holders_.push_back(0);
      ++holders_[it->second];
      keys_.back().push_back(it->second);
    }
    tidy(keys_.back());
  }
}

bool SharedAnchors::same_place(std::uint32_t a, std::uint32_t b) const {
  return share(anchors_[a].places, anchors_[b].places);
}

double SharedAnchors::factor(std::uint32_t a, std::uint32_t b) const {
  const bool telling = std::any_of(keys_[a].begin(), keys_[a].end(), [&](std::uint32_t key) {
    return holders_[key] <= kMostOfOneAnchor &&
           std::binary_search(keys_[b].begin(), keys_[b].end(), key);
  });
  return anchor_factor(anchors_[a], anchors_[b], telling);
}

}  // namespace twosource::story
