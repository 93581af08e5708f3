#include "text/language.hpp"

#include <gtest/gtest.h>

#include "text/stemmer.hpp"

namespace twosource {
namespace language_test {

TEST(Language, TellsGermanFromEnglish) {
  EXPECT_EQ(identify_language("Der Minister sagte am Freitag, dass die Verhandlungen weitergehen.").code, "de");
  EXPECT_EQ(identify_language("The minister said on Friday that the negotiations would go on.").code, "en");
  EXPECT_EQ(identify_language("").code, "");
  EXPECT_EQ(identify_language("12345 67890 !!!").code, "");
}

TEST(Stemmer, JoinsInflectedForms) {
  Stemmer german("de");
  const std::string one(german.stem("verhandlungen"));
  EXPECT_EQ(one, german.stem("verhandlung"));
  Stemmer none("xx");
  EXPECT_EQ(none.stem("verhandlungen"), "verhandlungen");
}

}  // namespace language_test
}  // namespace twosource
