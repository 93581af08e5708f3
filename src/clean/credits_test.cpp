#include "clean/credits.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace twosource::clean {
namespace credits_test {

const CreditFinder& finder() {
  static const PackSet packs = PackSet::builtin();
  static const CreditFinder instance(packs);
  return instance;
}

// "dpa,AFP+AP": text credits, and behind a plus photo credits.
std::string render(const std::vector<CreditMatch>& matches) {
  std::string text;
  std::string photo;
  for (const CreditMatch& m : matches) {
    std::string& out = m.kind == AgencyKind::Photo ? photo : text;
    if (!out.empty()) out += ',';
    out += m.name;
  }
  return photo.empty() ? text : text + '+' + photo;
}

struct LineCase {
  const char* line;
  const char* want;  // kind and credits: "credit:dpa", "byline:", "no"
};

std::string describe(const char* line) {
  CreditSpan span;
  if (!finder().is_credit_line(line, span)) return "no";
  const CreditPlace place =
      span.credits == AgencyKind::Photo ? CreditPlace::Photo : CreditPlace::Author;
  return std::string(to_string(span.kind)) + ':' + render(finder().find(line, place));
}

class CreditLine : public testing::TestWithParam<LineCase> {};
TEST_P(CreditLine, IsToldFromText) { EXPECT_EQ(describe(GetParam().line), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(
    Lines, CreditLine,
    testing::ValuesIn(std::vector<LineCase>{
        // text credits
        {"(dpa)", "credit:dpa"},
        {"dpa", "credit:dpa"},
        {"dpa/AFP", "credit:dpa,AFP"},
        {"(dpa/lby)", "credit:dpa"},
        {"AFP, dpa", "credit:AFP,dpa"},
        {"(Reuters)", "credit:Reuters"},
        {"(dpa, AFP, Reuters)", "credit:dpa,AFP,Reuters"},
        {"(mit Material von dpa)", "credit:dpa"},
        {"Mit Material von dpa und AFP", "credit:dpa,AFP"},
        {"mit Material der dpa", "credit:dpa"},
        {"Mit Agenturmaterial.", "credit:"},
        {"Mit Informationen von epd", "credit:epd"},
        {"Quelle: ntv.de, jog/dpa", "credit:dpa"},
        {"Quelle: dpa", "credit:dpa"},
        {"Quellen: AFP/dpa", "credit:AFP,dpa"},
        {"Weitere Quellen • AP", "credit:AP"},
        {"dpa-infocom GmbH", "no"},
        {"© dpa-infocom, dpa:210301-99-12345/2", "credit:dpa,dpa"},
        {"© dpa-infocom, dpa:240516-99-53606/3 (dpa)", "credit:dpa,dpa,dpa"},
        {"Copyright 2024 The Associated Press. All rights reserved.", "credit:AP"},
        {"With files from The Associated Press", "credit:AP"},
        {"Additional reporting by Reuters", "credit:Reuters"},
        {"Source: Reuters", "credit:Reuters"},
        // author codes
        {"cgn/fab (afpe, dpa)", "author-code:AFP,dpa"},
        {"mka/tlo (afp, dpa)", "author-code:AFP,dpa"},
        {"lob/dpa", "author-code:dpa"},
        {"as (dpa)", "author-code:dpa"},
        {"rbr/kle", "author-code:"},
        {"srf/hosb;kesm", "author-code:"},
        {"mak (dpa, rtr)", "author-code:dpa,Reuters"},
        // bylines
        {"Von dpa", "byline:dpa"},
        {"Von dpa/AFP", "byline:dpa,AFP"},
        {"Von Jana Kern und Ole Tietz, dpa", "byline:dpa"},
        {"Von Jana Kern", "byline:"},
        {"Von: Jana Kern", "byline:"},
        {"Von unserem Redakteur Ulf Brett", "byline:"},
        {"By The Associated Press", "byline:AP"},
        {"By Ada Hansen, Reuters", "byline:Reuters"},
        {"By Ada Hansen and Bo Lind", "byline:"},
        // photo credits
        {"Foto: dpa", "credit:+dpa"},
        {"(Foto: dpa)", "credit:+dpa"},
        {"Foto: Jan Maier/dpa", "credit:+dpa"},
        {"Bild: picture-alliance/dpa/AP", "credit:+picture alliance,dpa,AP"},
        {"Bild: picture alliance/dpa/C. Kern", "credit:+picture alliance,dpa"},
        {"Bildrechte: picture alliance/dpa | Jan Vogt", "credit:+picture alliance,dpa"},
        {"Fotos: Jan Maier", "credit:"},
        {"© Jana Kern", "credit:"},
        {"© dpa | Jan Karst", "credit:+dpa"},
        {"© Imago", "credit:+imago"},
        {"Photograph: L. Castell/Reuters", "credit:+Reuters"},
        {"Photo: Ada Hansen / Getty Images", "credit:+Getty Images"},
        {"Imago/Nachtlicht", "credit:+imago"},
        {"picture alliance / ASSOCIATED PRESS | Alex Brand", "credit:+picture alliance,AP"},
        {"Ada Hansen / Pool via Reuters", "credit:+Reuters"},
        {"Bloomberg/Jana Kern", "credit:+Bloomberg"},
        {"Symbolbild: Jan Maier/dpa", "credit:+dpa"},
        {"Grafik: dpa", "credit:+dpa"},
        // no credits
        {"Von Montag an gilt der neue Fahrplan.", "no"},
        {"Von der Elbe bis zur Oder reichte das Tief.", "no"},
        {"Quelle des Flusses ist ein Moor im Wald", "no"},
        {"Bild der Woche", "no"},
        {"© 2024 Nordblick", "no"},
        {"Die dpa berichtete zuerst.", "no"},
        {"Reuters baut in Berlin zehn Stellen ab", "no"},
        {"und", "no"},
        {"Mit Rückenwind in die Rückrunde", "no"},
        {"", "no"},
        {"   ", "no"},
        {"\xC3", "no"},
    }));

struct FindCase {
  const char* text;
  CreditPlace place;
  const char* want;
};
class CreditFind : public testing::TestWithParam<FindCase> {};
TEST_P(CreditFind, NamesAgencies) {
  EXPECT_EQ(render(finder().find(GetParam().text, GetParam().place)), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, CreditFind,
    testing::ValuesIn(std::vector<FindCase>{
        {"Das Tor fiel spät. (dpa)", CreditPlace::Body, "dpa"},
        {"Das Tor fiel spät. (dpa/AFP)", CreditPlace::Body, "dpa,AFP"},
        {"Bergen (dpa) - Es regnete.", CreditPlace::Body, "dpa"},
        {"Es regnete. (mit Material von dpa)", CreditPlace::Body, "dpa"},
        {"Es regnete. (jk/dpa)", CreditPlace::Body, "dpa"},
        {"Am Kai. (Foto: dpa)", CreditPlace::Body, "+dpa"},
        {"Am Kai. (Quelle: imago images)", CreditPlace::Body, "+imago"},
        {"Am Kai. (Quelle: Jan Karst/imago images)", CreditPlace::Body, "+imago"},
        {"Am Kai. (Quelle: Future Image/imago images)", CreditPlace::Body, "+Future Image,imago"},
        {"Am Kai. (Quelle: dpa/imago images)", CreditPlace::Body, "+dpa,imago"},
        {"Am Kai. (Quelle: dpa)", CreditPlace::Body, "dpa"},
        {"Es regnete. (dpa/AFP, imago)", CreditPlace::Body, "dpa,AFP+imago"},
        {"Am Kai. (Ada Hansen/Associated Press)", CreditPlace::Body, "+AP"},
        {"Das sagte er der dpa am Montag.", CreditPlace::Body, ""},
        {"Der Sender (AP hatte darüber berichtet) schwieg.", CreditPlace::Body, ""},
        {"Die Nachrichtenagentur Reuters meldete es.", CreditPlace::Body, ""},
        {"Die Partei (SPD) stimmte zu.", CreditPlace::Body, ""},
        {"dpa", CreditPlace::Author, "dpa"},
        {"Jana Kern, dpa", CreditPlace::Author, "dpa"},
        {"Text: AFP, Foto: dpa", CreditPlace::Author, "AFP+dpa"},
        {"Anka Weber", CreditPlace::Author, ""},
        {"Deutsche Presse-Agentur", CreditPlace::Author, "dpa"},
        {"The Associated Press", CreditPlace::Author, "AP"},
        {"picture-alliance/dpa/AP", CreditPlace::Photo, "+picture alliance,dpa,AP"},
        {"Ada Hansen/AFP via Getty Images", CreditPlace::Photo, "+AFP,Getty Images"},
        {"( ( (dpa", CreditPlace::Body, ""},
        {"(\xC3(dpa)", CreditPlace::Body, ""},
        {"Die Deutsche Presse-Agentur (dpa) feiert.", CreditPlace::Body, ""},
        {"Der Klub der Freunde (AP) tagte, der Rat (APA) auch.", CreditPlace::Body, ""},
        {"Rom (KNA) Der Papst kommt.", CreditPlace::Body, "KNA"},
    }));

struct TailCase {
  const char* line;
  const char* want;  // the credit that is cut, empty if none
};
class PhotoTail : public testing::TestWithParam<TailCase> {};
TEST_P(PhotoTail, IsFound) {
  const std::string_view line = GetParam().line;
  EXPECT_EQ(slice(line, finder().photo_credit_at_end(line).span), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Tails, PhotoTail,
    testing::ValuesIn(std::vector<TailCase>{
        {"Haugland am Kai in Bergen. (Foto: dpa)", "(Foto: dpa)"},
        {"Haugland am Kai in BergenBild: picture alliance/dpa/C. Kern",
         "Bild: picture alliance/dpa/C. Kern"},
        {"Haugland am Kai in Bergen Foto: Jan Maier", "Foto: Jan Maier"},
        {"Haugland am Kai in Bergen © dpa | Jan Karst", "© dpa | Jan Karst"},
        {"Haugland am Kai in Bergen © Gemeinde Nordhafen", "© Gemeinde Nordhafen"},
        {"Haugland at the quay. Photograph: L. Castell/Reuters", "Photograph: L. Castell/Reuters"},
        {"Haugland at the quay. (Ada Hansen/Associated Press)", "(Ada Hansen/Associated Press)"},
        {"Gefrorenes in einer Klinik.Ada Hansen/dpa", "Ada Hansen/dpa"},
        {"Das Bild: Es hängt in der Kirche und ist sehr alt.", ""},
        {"Sie sagte: Bild und Ton seien ausgefallen.", ""},
        {"Das Tor fiel spät. (dpa)", ""},
        {"Er stimmte zu (siehe Foto oben links im Text und die Karte dazu).", ""},
        {"", ""},
    }));

struct SignOffCase {
  const char* line;
  const char* signature;
  FurnitureKind kind = FurnitureKind::Credit;
};

TEST(CreditFinder, FindsWhatSignsATextOff) {
  static constexpr SignOffCase kCases[] = {
      {"Das Tor fiel spät. (jk/dpa)", "(jk/dpa)"},
      {"Das Tor fiel spät. dpa", "dpa"},
      {"Das Tor fiel spät.dpa/AFP", "dpa/AFP"},
      {"„Das Tor fiel spät.“ (AFP, dpa)", "(AFP, dpa)"},
      {"Das Tor fiel spät! (mit Material von AFP)", "(mit Material von AFP)"},
      {"Das Tor fiel spät. /dpa", "/dpa"},
      {"Das Tor fiel spät./jkr/stw", "/jkr/stw", FurnitureKind::AuthorCode},
      {"Das Tor fiel spät. (hb)", "(hb)", FurnitureKind::AuthorCode},
      {"Das Tor fiel spät. (SPD)", "(SPD)", FurnitureKind::AuthorCode},
      {"Sie stimmte zu (SPD)", ""},
      {"Das Tor fiel spät (dpa).", ""},
      {"Das Tor fiel (dpa) spät.", ""},
      {"Das Tor fiel spät. Und dann", ""},
      {"Das Tor fiel spät. Ja", ""},
      {"Das Tor fiel spät. ja", ""},
      {"dpa", ""},
      {"", ""},
  };
  for (const SignOffCase& c : kCases) {
    const std::string_view line = c.line;
    const CreditSpan found = finder().sign_off(line);
    EXPECT_EQ(slice(line, found.span), c.signature) << line;
    if (!found.span.empty()) {
      EXPECT_EQ(found.kind, c.kind) << line;
    }
  }
}

// An agency is one origin in all languages: every form of it has one canonical name.
struct TextCase {
  const char* text;
  const char* want;
};

class CreditInText : public testing::TestWithParam<TextCase> {};
TEST_P(CreditInText, IsFoundWithoutLines) {
  const TextCase& c = GetParam();
  const std::vector<CreditMatch> found = finder().find_in_text(c.text);
  EXPECT_EQ(render(found), c.want);
  for (const CreditMatch& m : found) {
    EXPECT_EQ(finder().canonical(std::string_view(c.text).substr(m.span.begin, m.span.size())),
              m.name);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Texts, CreditInText,
    testing::ValuesIn(std::vector<TextCase>{
        {"Der Deich hielt stand. RND/dpa", "dpa"},
        {"Der Deich hielt stand. RND/pach/dpa/AP", "dpa,AP"},
        {"Der Deich hielt stand. Nachrichtenagenturen dpa, AFP", "dpa,AFP"},
        {"Der Deich hielt stand. Quelle: ntv.de, jwu/dpa/AFP", "dpa,AFP"},
        {"Der Deich hielt stand. Quelle: dpa/nto. Mehr zum Thema finden Sie hier.", "dpa"},
        {"Der Deich hielt stand. Quelle: dpa Mehr zum Thema", "dpa"},
        {"Erster Satz.\nDer Deich hielt stand. (dpa)\n\n", "dpa"},
        {"Berlin (dpa) - Der Deich hielt stand. Quelle: dpa", "dpa,dpa"},
        {"Der Deich hielt stand. Quelle: Landesamt, dpa", ""},   // not agencies and codes alone
        {"Die Polizei nannte als Quelle: dpa und andere.", ""},  // no sentence ends before it
        {"Er arbeitet bei der dpa.", ""},
        {"Die Meldung kam von dpa", ""},
        {"Quelle:", ""},
        {"", ""}}));

TEST(CreditFinder, LooksAtManyColonsInLinearTime) {  // minutes, if it walked back from each
  EXPECT_TRUE(finder().find_in_text(std::string(std::size_t{1} << 20U, ':')).empty());
}

TEST(CreditFinder, TablesOfAllLanguagesAgree) {
  const PackSet packs = PackSet::builtin();
  std::map<std::string, std::string> names;
  for (const std::string& code : packs.languages()) {
    const Table& table = packs.get(code).table("agencies.tsv");
    for (const Row& row : table.rows()) {
      const std::string& name = row.cells[table.column("name")];
      std::vector<std::string> forms = split_list(row.cells[table.column("aliases")]);
      forms.push_back(name);
      for (const std::string& form : forms) {
        const auto [it, fresh] = names.emplace(form, name);
        EXPECT_EQ(it->second, name) << table.where(row) << ": " << form;
      }
    }
  }
}

TEST(CreditFinder, KnowsCanonicalNames) {
  EXPECT_EQ(finder().canonical("Deutsche Presse-Agentur"), "dpa");
  EXPECT_EQ(finder().canonical("The Associated Press"), "AP");
  EXPECT_EQ(finder().canonical("Nordblick"), "");
  EXPECT_EQ(finder().canonical(""), "");
}

}  // namespace credits_test
}  // namespace twosource::clean
