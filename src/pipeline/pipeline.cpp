#include "pipeline/pipeline.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "reuse/reuse.hpp"
#include "story/story.hpp"

namespace twosource::pipeline {

Stages::Stages(PackSet packs) : packs_(std::move(packs)), cleaner_(packs_), annotator_(packs_) {}

Article Stages::read(const intake::RawDocument& raw) const {
  Article article = cleaner_.run(raw);
  annotator_.run(article);
  return article;
}

void read_articles(const Stages& stages, const std::vector<std::string>& inputs,
                   const intake::Options& options, std::istream& standard_input, unsigned,
                   const std::function<void(Article&&)>& on_article,
                   const intake::OnSkipped& on_skipped) {
  intake::read_inputs(
      inputs, options, standard_input,
      [&](intake::RawDocument&& raw) { on_article(stages.read(raw)); }, on_skipped);
}

Dossier cross_check(std::vector<Article> articles, const PackSet& packs,
                    const claim::Options& options) {
  std::sort(articles.begin(), articles.end(), [](const Article& a, const Article& b) {
    return std::tie(a.published.value, a.id, a.path) < std::tie(b.published.value, b.id, b.path);
  });
  Dossier d;
  d.articles = std::move(articles);
  reuse::Result copies = reuse::find_copies(d.articles, packs);
  story::Result stories = story::build_stories(d.articles, copies, packs);
  d.copies = std::move(copies.families);
  d.origins = std::move(copies.origins);
  d.sentence_origins = std::move(copies.sentence_origins);
  d.entities = std::move(stories.entities);
  d.entity_of = std::move(stories.entity_of);
  d.resolved = std::move(stories.resolved);
  d.events = std::move(stories.events);
  d.stories = std::move(stories.stories);
  d.timeline = std::move(stories.timeline);
  if (!d.stories.empty()) d.title = d.stories.front().label;
  claim::build_claims(d, packs, options);
  return d;
}

}  // namespace twosource::pipeline
