// The cross-check of one event told by many articles. The articles are made up: sentences drawn by
// a fixed seed from templates with exchangeable words and figures, about 3.5 KB each, so that every
// fact is told by several articles in other words.
#include <benchmark/benchmark.h>

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "claim/claim.hpp"
#include "pipeline/pipeline.hpp"

namespace {

using namespace twosource;

// "[a|b]" stands for one of the wordings, "#" for a figure, "@" for a street.
constexpr std::string_view kFacts[] = {
    "[Die Polizei|Die Einsatzleitung|Ein Sprecher der Polizei] [zählte|meldete|nannte] am "
    "[Abend|Nachmittag] # Verletzte im @.",
    "Im @ wurden [nach Angaben der Feuerwehr|laut Feuerwehr] # Menschen [verletzt|leicht "
    "verletzt|zum Teil schwer verletzt].",
    "[Bei dem Brand|Bei dem Feuer|Durch die Flammen] im @ [starben|kamen ums Leben] # "
    "[Bewohner|Menschen].",
    "Rund # [Einsatzkräfte|Feuerwehrleute|Helfer] [waren im Einsatz|rückten zum @ aus|kämpften am "
    "@ gegen die Flammen].",
    "[Der Schaden am @|Der Sachschaden im @] [beträgt|liegt bei|wird geschätzt auf] [rund|etwa] # "
    "Millionen Euro.",
    "Die [Straße am @|Fahrbahn beim @] blieb [# Stunden lang|für # Stunden] gesperrt.",
    "[Bürgermeisterin|Oberbürgermeisterin] Karla Dornfeld [dankte|sprach] den Helfern am @ [ihren "
    "Dank aus|für ihren Einsatz].",
    "„Wir haben am @ noch # [Wohnungen|Häuser] zu prüfen“, sagte [Feuerwehrchef|Einsatzleiter] "
    "Jonas Brettin.",
    "[Kommissarin|Polizeisprecherin] Hella Wiesner sagte, am @ seien # [Zeugen|Anwohner] "
    "[befragt|vernommen] worden.",
    "Im @ [fanden|entdeckten] Ermittler # [Kanister|Gasflaschen] in einem Keller.",
    "[Die Bewohner des @|Die Anwohner am @] [mussten|sollen] # Nächte in einer "
    "[Turnhalle|Notunterkunft] [schlafen|verbringen].",
    "Der Strom [fiel im @ aus|war am @ weg], # Haushalte [waren betroffen|saßen im Dunkeln].",
    "[Nach ersten Erkenntnissen|Nach bisherigen Ermittlungen] brach das Feuer im @ gegen #.15 Uhr "
    "aus.",
    "Ein [Gutachter|Sachverständiger] [soll|will] den @ am Mittwoch [untersuchen|begutachten].",
    "[Die Staatsanwaltschaft|Die Anklagebehörde] [prüft|untersucht] den [Verdacht der "
    "Brandstiftung|Verdacht auf Brandstiftung] am @.",
    "Ein [Hubschrauber|Rettungshubschrauber] [brachte|flog] # [Patienten|Verletzte] vom @ [in eine "
    "Klinik|ins Krankenhaus].",
    "[Das Gebäude|Das Haus] am @ stammt aus dem Jahr 19#, [es gilt als einsturzgefährdet|es droht "
    "einzustürzen].",
    "Die Temperatur am @ [stieg auf|erreichte] # Grad, [die Löschfahrzeuge|die Wagen] "
    "[litten|nahmen Schaden].",
    "[Spenden|Kleider und Geld] für die Familien vom @ [sammelt|nimmt] der Verein Nachbarn [ein|an "
    "# Orten an].",
    "Am @ [wehte|kam] der Wind mit # Kilometern in der Stunde [von Westen|aus Westen].",
    "Vom @ [gerettet|in Sicherheit gebracht] [wurden|worden sind] # [Kinder|Jugendliche] einer "
    "[Schule|Schulklasse].",
    "[Die Miete|Der Mietpreis] am @ war [zuletzt um|im Frühjahr um] # Prozent gestiegen, klagt "
    "[der Mieterbund|ein Mieterverein].",
    "[Vor # Jahren|Im Sommer vor # Jahren] hatte es am @ [schon einmal gebrannt|bereits ein Feuer "
    "gegeben].",
    "Der [Eigentümer|Besitzer] vom @, [die Firma Lindwurm|das Unternehmen Lindwurm], [wollte sich "
    "nicht äußern|schwieg]."};

constexpr std::string_view kStreets[] = {
    "Fliederhof",   "Ankerplatz",   "Mühlenviertel", "Kornspeicher", "Lindenquartier", "Salzhaus",
    "Brückenblock", "Sternviertel", "Fischerhof",    "Auenpark",     "Glockenturm",    "Weberhaus"};

std::string fill(std::string_view pattern, std::mt19937& random) {
  std::string out;
  // The place belongs to the fact: its figure is the same for most tellers.
  const std::size_t street = random() % std::size(kStreets);
  const unsigned figure = 2 + static_cast<unsigned>(street * 7 + pattern.size()) % 67;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '#') {
      out += std::to_string(figure + (random() % 8 == 0 ? 1 : 0));
    } else if (pattern[i] == '@') {
      out += kStreets[street];
    } else if (pattern[i] == '[') {
      const std::size_t close = pattern.find(']', i);
      std::string_view inner = pattern.substr(i + 1, close - i - 1);
      std::vector<std::string_view> choices;
      for (std::size_t at = 0; at <= inner.size();) {
        const std::size_t bar = std::min(inner.find('|', at), inner.size());
        choices.push_back(inner.substr(at, bar - at));
        at = bar + 1;
      }
      const std::string_view choice = choices[random() % choices.size()];
      for (const char c : choice) {
        if (c == '#') {
          out += std::to_string(figure);
        } else if (c == '@') {
          out += kStreets[street];
        } else {
          out += c;
        }
      }
      i = close;
    } else {
      out += pattern[i];
    }
  }
  return out;
}

std::vector<Article> stack(std::size_t articles) {
  static const pipeline::Stages kStages(PackSet::builtin());
  std::mt19937 random(20240917);
  std::vector<Article> out;
  for (std::size_t n = 0; n < articles; ++n) {
    intake::RawDocument raw;
    raw.id = "bench-" + std::to_string(n);
    raw.publisher = "Blatt " + std::to_string(n);
    raw.published = "2024-09-1" + std::to_string(7 + n % 2);
    raw.language = "de";
    raw.headline = "Brand in Salzwedel: Dutzende Verletzte";
    raw.body =
        "Bei einem Großbrand in Salzwedel sind am Dienstag viele Menschen verletzt worden.\n\n";
    while (raw.body.size() < 3500) {
      for (int s = 0; s < 4; ++s)
        raw.body += fill(kFacts[random() % std::size(kFacts)], random) + " ";
      raw.body += "\n\n";
    }
    out.push_back(kStages.read(raw));
  }
  return out;
}

// What precedes it is done once; only the cross-check itself is timed.
void BM_BuildClaims(benchmark::State& state) {
  const PackSet packs = PackSet::builtin();
  Dossier before = pipeline::cross_check(stack(static_cast<std::size_t>(state.range(0))), packs, {},
                                         pipeline::Upto::Stories);
  // One event, whatever the story stage makes of the made-up texts.
  before.events.resize(1);
  before.events[0].articles.clear();
  for (std::uint32_t a = 0; a < before.articles.size(); ++a) before.events[0].articles.push_back(a);
  std::size_t claims = 0;
  for (auto _ : state) {
    state.PauseTiming();
    Dossier d = before;
    state.ResumeTiming();
    claim::build_claims(d, packs, {});
    claims = d.claims.size();
    benchmark::DoNotOptimize(d.claims.data());
  }
  std::size_t bytes = 0;
  for (const Article& a : before.articles) bytes += a.text.size();
  state.counters["claims"] = static_cast<double>(claims);
  state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(BM_BuildClaims)->ArgName("articles")->Arg(5)->Arg(50)->Unit(benchmark::kMillisecond);

}  // namespace
