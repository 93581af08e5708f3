#pragma once

#include <optional>
#include <string>
#include <vector>

#include "article/dossier.hpp"

namespace twosource::cli {

// Why something in a dossier is as it is: the rule in words, and the places it rests on.
struct Explanation {
  struct Place {
    Evidence evidence;
    std::string note;  // origin, speaker, value: what this place contributes
  };
  std::string id;
  std::string kind;  // "claim", "event", "copies", "quotation", "person", "story", "origin"
  std::string label;
  std::string result;  // a claim's verdict, an event's date, …
  std::string why;
  std::vector<Place> places;
};

// nullopt when the dossier has nothing of that id.
[[nodiscard]] std::optional<Explanation> explain(const Dossier& dossier, const std::string& id);

}  // namespace twosource::cli
