#include "story/card.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "story/headline.hpp"
#include "text/utf8.hpp"

namespace twosource::story {
namespace {

constexpr std::size_t kMaxWho = 4;
constexpr double kTakesPart = 3;  // weight of a mention beside the event's words
constexpr double kFade = 8;       // sentences after which a mention counts half

double prominence(std::size_t sentence) { return kFade / (kFade + static_cast<double>(sentence)); }

class Card {
 public:
  Card(const Corpus& corpus, Event& event) : c_(corpus), e_(event) {}

  void fill(std::vector<ResolvedTime>& resolved) {
    find_type();
    find_who();
    const std::vector<ResolvedTime> times = resolve_weekdays(c_.articles, e_.articles);
    EventDate date = date_event(c_.articles, e_.articles, times, e_.type, c_.triggers);
    e_.when = std::move(date.when);
    e_.evidence = std::move(date.evidence);
    e_.why = std::to_string(e_.articles.size()) + " article(s); when: " + date.why;
    find_where(times);
    find_label();
    resolved.insert(resolved.end(), times.begin(), times.end());
    std::sort(e_.evidence.begin(), e_.evidence.end());
    e_.evidence.erase(std::unique(e_.evidence.begin(), e_.evidence.end()), e_.evidence.end());
  }

 private:
  void find_type() {
    std::map<std::string, double> points;
    for (const std::uint32_t i : e_.articles) {
      const Article& a = c_.articles[i];
      for (std::size_t t = 0; t < a.tokens.tokens.size(); ++t) {
        if (a.tokens.tokens[t].kind != TokenKind::Word) continue;
        const Trigger* trigger = c_.triggers[i]->find(a.tokens.lower(t));
        if (trigger == nullptr) continue;
        points[trigger->type] += trigger->weight * prominence(a.tokens.tokens[t].sentence);
      }
    }
    double best = 0;
    for (const auto& [type, p] : points) {
      if (p > best) best = p, e_.type = type;
    }
  }

  void find_who() {
    std::map<std::uint32_t, std::pair<double, std::size_t>> people;  // points, articles
    for (const std::uint32_t i : e_.articles) {
      const Article& a = c_.articles[i];
      std::map<std::uint32_t, double> here;
      for (const Mention& m : a.mentions) {
        if (m.entity >= a.entities.size()) continue;
        const std::uint32_t corpus = c_.entities.entity_of[i][m.entity];
        if (c_.entities.list[corpus].type != EntityType::Person) continue;
        const std::size_t s = a.tokens.sentence_at(m.span.begin);
        here[corpus] += prominence(s) * (happens_in(i, s) ? kTakesPart : 1);
      }
      for (const auto& [person, p] : here) people[person].first += p, ++people[person].second;
    }
    double top = 0;
    for (const auto& [person, p] : people) top = std::max(top, p.first);
    std::vector<std::pair<double, std::uint32_t>> ranked;
    for (const auto& [person, p] : people) {
      constexpr double kCentral = 0.25;  // of the most prominent person
      if (2 * p.second >= e_.articles.size() && p.first >= kCentral * top) {
        ranked.emplace_back(-p.first, person);
      }
    }
    std::sort(ranked.begin(), ranked.end());
    for (std::size_t k = 0; k < std::min(kMaxWho, ranked.size()); ++k) {
      e_.who.push_back(ranked[k].second);
    }
  }

  // Does sentence `s` tell of the event's kind of happening? Those named there take part in it;
  // those who only speak about it stand elsewhere.
  bool happens_in(std::uint32_t i, std::size_t s) const {
    const Article& a = c_.articles[i];
    return s < a.tokens.sentences.size() &&
           c_.triggers[i]->in_sentence(a, a.tokens.sentences[s], e_.type);
  }

  struct PlacePoints {
    double points = 0;
    Evidence where;
  };

  // Does the sentence speak of another time than the event's?
  bool other_time(std::uint32_t i, Span sentence, std::span<const ResolvedTime> times) const {
    const Article& a = c_.articles[i];
    for (std::uint32_t t = 0; t < a.times.size(); ++t) {
      if (!sentence.contains(a.times[t].span)) continue;
      const bool resolved = std::any_of(times.begin(), times.end(), [&](const ResolvedTime& r) {
        return r.article == i && r.timex == t;
      });
      const auto date = calendar_date(a.times[t]);
      if (resolved || !date || e_.when.empty()) continue;
      const auto when = parse_edtf(e_.when);
      if (when && (last_day(*date) < first_day(*when) || first_day(*date) > last_day(*when))) {
        return true;
      }
    }
    return false;
  }

  double place_points(std::uint32_t i, const Mention& m, std::span<const ResolvedTime> times,
                      Span& where) const {
    const Article& a = c_.articles[i];
    const std::size_t s = a.tokens.sentence_at(m.span.begin);
    const std::size_t t = a.tokens.token_at(m.span.begin);
    if (s >= a.tokens.sentences.size() || t >= a.tokens.tokens.size()) return 0;
    const Sentence& sentence = a.tokens.sentences[s];
    where = sentence.span;
    if (t == 0 || t == sentence.first_token) return 0;
    if (!c_.triggers[i]->leads_to_place(a.tokens.lower(t - 1))) return 0;
    if (other_time(i, sentence.span, times)) return 0;
    double points = prominence(s);
    if (c_.triggers[i]->in_sentence(a, sentence, e_.type)) points *= 3;
    if (trigger_before(i, sentence, t - 1)) points *= 2;
    return points;
  }

  // "Gipfel in X", "Treffen der beiden in X": a trigger up to five tokens before the place word.
  bool trigger_before(std::uint32_t i, const Sentence& sentence, std::size_t place_word) const {
    const Article& a = c_.articles[i];
    constexpr std::size_t kReach = 5;
    const std::size_t from =
        place_word > sentence.first_token + kReach ? place_word - kReach : sentence.first_token;
    for (std::size_t t = from; t < place_word; ++t) {
      const Trigger* trigger = c_.triggers[i]->find(a.tokens.lower(t));
      if (trigger != nullptr && trigger->type == e_.type) return true;
    }
    return false;
  }

  std::map<std::string, PlacePoints> score_places(std::span<const ResolvedTime> times) const {
    std::map<std::string, PlacePoints> places;
    for (const std::uint32_t i : e_.articles) {
      const Article& a = c_.articles[i];
      std::map<std::string, PlacePoints> here;  // best mention of each place
      for (const Mention& m : a.mentions) {
        if (m.kind != MentionKind::Name || m.entity >= a.entities.size()) continue;
        const CorpusEntity& entity = c_.entities.list[c_.entities.entity_of[i][m.entity]];
        if (entity.type != EntityType::Location) continue;
        Span sentence;
        const double p = place_points(i, m, times, sentence);
        PlacePoints& best = here[entity.name];
        if (p > best.points) best = {p, {i, sentence}};
      }
      // Two places in a dateline are where the agency's people sit.
      if (!a.dateline.empty() && a.dateline.find('/') == std::string::npos) {
        here[c_.gazetteer.place_name(a.dateline)].points += 3;
      }
      for (const auto& [name, p] : here) {
        PlacePoints& sum = places[name];
        if (sum.points == 0) sum.where = p.where;
        sum.points += p.points;
      }
    }
    return places;
  }

  void find_where(std::span<const ResolvedTime> times) {
    const std::map<std::string, PlacePoints> places = score_places(times);
    std::vector<std::tuple<double, std::string>> ranked;
    double top = 0;
    for (const auto& [name, p] : places) top = std::max(top, p.points);
    constexpr double kCompetes = 0.25;  // of the best: then the finer place wins
    for (const auto& [name, p] : places) {
      if (p.points > 0 && p.points >= kCompetes * top) {
        const double fine = 1 + c_.gazetteer.fineness(name);
        ranked.emplace_back(-p.points * fine * fine, name);
      }
    }
    if (ranked.empty()) return;
    std::sort(ranked.begin(), ranked.end());
    const std::string& best = std::get<1>(ranked.front());
    add_place(best, places.at(best));
    const Place* inner = c_.gazetteer.place(best);
    for (std::size_t k = 1; k < ranked.size() && e_.where.size() < 2; ++k) {
      const std::string& name = std::get<1>(ranked[k]);
      const Place* outer = c_.gazetteer.place(name);
      if (inner != nullptr && outer != nullptr && inner->in == outer->in &&
          c_.gazetteer.fineness(name) < c_.gazetteer.fineness(best)) {
        add_place(name, places.at(name));
      }
    }
  }

  void add_place(const std::string& name, const PlacePoints& p) {
    e_.where.push_back(name);
    if (!p.where.span.empty()) e_.evidence.push_back(p.where);
  }

  // Do at least half of the articles name the two most prominent persons in one sentence with a
  // word of meeting? Two who merely speak about the same thing do not meet.
  bool these_two_meet() const {
    std::size_t told = 0;
    for (const std::uint32_t i : e_.articles) {
      std::map<std::size_t, unsigned> in_sentence;  // bit 0: the first, bit 1: the second
      for (const Mention& m : c_.articles[i].mentions) {
        if (m.entity >= c_.articles[i].entities.size()) continue;
        const std::uint32_t person = c_.entities.entity_of[i][m.entity];
        const std::size_t s = c_.articles[i].tokens.sentence_at(m.span.begin);
        if (person == e_.who[0]) in_sentence[s] |= 1U;
        if (person == e_.who[1]) in_sentence[s] |= 2U;
      }
      told += std::any_of(in_sentence.begin(), in_sentence.end(), [&](const auto& item) {
        return item.second == 3U && happens_in(i, item.first);
      });
    }
    return 2 * told >= e_.articles.size();
  }

  void find_label() {
    const std::uint32_t central = most_telling_headline(c_.articles, e_.articles);
    const Article& a = c_.articles[central];
    const bool meeting = e_.type == "MEET" && e_.who.size() >= 2 && these_two_meet();
    const std::string headline = headline_of(a);
    if (!meeting && !headline.empty()) {
      e_.label = headline;
      return;
    }
    std::string label = c_.triggers[central]->noun(e_.type);
    // Persons make a label only where they meet: an accident is not theirs.
    const std::size_t persons = meeting ? std::min<std::size_t>(2, e_.who.size()) : 0;
    const bool telling = e_.type == "MEET" || e_.type == "ACCIDENT" || e_.type == "DISASTER";
    if (!meeting && (!telling || label.empty() || e_.where.empty())) {
      e_.label = first_words(a);
      if (!e_.label.empty()) return;
    }
    for (std::size_t k = 0; k < persons; ++k) {
      label.append(k == 0 ? " " : " – ").append(c_.entities.list[e_.who[k]].name);
    }
    if (!e_.where.empty()) label.append(label.empty() ? "" : ", ").append(e_.where.front());
    e_.label = std::string(utf8::trim(label));
    if (e_.label.empty()) e_.label = headline.empty() ? a.id : headline;
  }

  // The first sentence as far as a label goes.
  static std::string first_words(const Article& a) {
    constexpr std::size_t kLongest = 80;  // bytes
    if (a.tokens.sentences.empty()) return {};
    std::string line = utf8::squeeze(a.at(a.tokens.sentences.front().span));
    if (line.size() <= kLongest) return line;
    const std::size_t blank = line.rfind(' ', kLongest);
    if (blank == std::string::npos) return {};
    line.resize(blank);
    return line + " …";
  }

  const Corpus& c_;
  Event& e_;
};

}  // namespace

void make_card(const Corpus& corpus, Event& event, std::vector<ResolvedTime>& resolved) {
  Card(corpus, event).fill(resolved);
}

}  // namespace twosource::story
