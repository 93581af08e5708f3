#include "pipeline/pipeline.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <thread>
#include <tuple>
#include <utility>
#include <variant>

#include "article/shown.hpp"
#include "pipeline/ordered.hpp"
#include "reuse/reuse.hpp"
#include "story/story.hpp"

namespace twosource::pipeline {

Stages::Stages(PackSet packs, const StageOptions& options)
    : packs_(std::move(packs)), cleaner_(packs_, options.trace) {
  if (options.layers == Layers::All) annotator_.emplace(packs_, options.preference);
}

Article Stages::read(const intake::RawDocument& raw) const {
  Article article = cleaner_.run(raw);
  if (annotator_) annotator_->run(article);
  return article;
}

std::vector<Article> Stages::read(std::span<const intake::RawDocument> raw) const {
  std::vector<Article> articles;
  articles.reserve(raw.size());
  for (const intake::RawDocument& document : raw) articles.push_back(cleaner_.run(document));
  if (annotator_) annotator_->run(articles);
  return articles;
}

void Stages::tokenize(Article& article) const { annotator_->tokenize(article); }

bool Stages::correct_date(Article& article, std::span<const Correction> corrections) const {
  bool corrected = false;
  for (const Correction& c : corrections) {
    if (c.kind != CorrectionKind::SetDate || c.articles.front() != article.id) continue;
    article.published = {c.value, DateSource::Option};
    corrected = true;
  }
  if (corrected) annotator_->run(article);
  return corrected;
}

namespace {

// What the reading thread hands on: documents to work on and inputs to name, in their order.
using Task = std::variant<intake::RawDocument, intake::Skipped>;
using Then = std::function<void()>;
using Outcome = std::variant<Then, intake::Skipped>;
using Batch = std::vector<Task>;
using Outcomes = std::vector<Outcome>;
constexpr std::size_t kBatchBytes = 64U << 10U;  // more gained nothing
constexpr std::size_t kBatchTasks = 64;

// Nothing that a reader could use: no words, no headline, no date.
bool blank(const Article& a) {
  return a.paragraphs.empty() && a.headline.empty() && a.published.value.empty();
}

Outcomes work(const Stages& stages, const std::function<Then(Article&&)>& more, Batch&& batch) {
  std::vector<intake::RawDocument> documents;
  for (Task& task : batch) {
    if (auto* raw = std::get_if<intake::RawDocument>(&task)) documents.push_back(std::move(*raw));
  }
  std::vector<Article> articles = stages.read(documents);
  Outcomes out;
  out.reserve(batch.size());
  std::size_t next = 0;
  for (Task& task : batch) {
    if (auto* skipped = std::get_if<intake::Skipped>(&task)) {
      out.emplace_back(std::move(*skipped));
    } else if (Article& article = articles[next++]; blank(article)) {
      out.emplace_back(intake::Skipped{article.path, "no article text found"});
    } else {
      out.emplace_back(more(std::move(article)));
    }
  }
  return out;
}

// Puts tasks together to batches and hands each on when it is large enough, the last by finish().
template <class Put>
class Batcher {
 public:
  explicit Batcher(const Put& put) : put_(put) {}
  void add(intake::RawDocument&& raw) {
    bytes_ += raw.body.size();
    batch_.emplace_back(std::move(raw));
    if (bytes_ >= kBatchBytes || batch_.size() >= kBatchTasks) finish();
  }
  void add(const intake::Skipped& skipped) {
    batch_.emplace_back(skipped);
    if (batch_.size() >= kBatchTasks) finish();
  }
  void finish() {
    if (!batch_.empty()) put_(std::exchange(batch_, {}));
    bytes_ = 0;
  }

 private:
  const Put& put_;
  Batch batch_;
  std::size_t bytes_ = 0;
};

}  // namespace

void read_articles(const Stages& stages, const std::vector<std::string>& inputs,
                   const intake::Options& options, std::istream& standard_input, unsigned threads,
                   const std::function<void(Article&&)>& on_article,
                   const intake::OnSkipped& on_skipped) {
  read_articles_and(
      stages, inputs, options, standard_input, threads,
      [&](Article&& article) -> Then {
        return [&on_article, held = std::move(article)]() mutable { on_article(std::move(held)); };
      },
      on_skipped);
}

void read_articles_and(const Stages& stages, const std::vector<std::string>& inputs,
                       const intake::Options& options, std::istream& standard_input,
                       unsigned threads, const std::function<Then(Article&&)>& more,
                       const intake::OnSkipped& on_skipped) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  const auto produce = [&](const auto& put) {
    Batcher batcher(put);
    intake::read_inputs(
        inputs, options, standard_input,
        [&](intake::RawDocument&& raw) { batcher.add(std::move(raw)); },
        [&](const intake::Skipped& skipped) { batcher.add(skipped); });
    batcher.finish();
  };
  const auto consume = [&](Outcomes&& outcomes) {
    for (Outcome& outcome : outcomes) {
      if (auto* then = std::get_if<Then>(&outcome)) {
        (*then)();
      } else {
        on_skipped(std::get<intake::Skipped>(outcome));
      }
    }
  };
  if (threads == 1) {
    produce([&](Batch&& batch) { consume(work(stages, more, std::move(batch))); });
    return;
  }
  // Long documents hold the consumer up; four batches a thread keep the others busy meanwhile.
  Ordered<Batch, Outcomes> line(std::size_t{4} * threads);
  line.run(
      threads, produce, [&](Batch&& batch) { return work(stages, more, std::move(batch)); },
      consume);
}

std::vector<Article> normalise_corpus(std::vector<Article> articles) {
  const auto key = [](const Article& a) {
    return std::tie(a.id, a.text, a.published.value, a.url, a.path);
  };
  std::sort(articles.begin(), articles.end(),
            [&](const Article& a, const Article& b) { return key(a) < key(b); });
  const auto same = [](const Article& a, const Article& b) {
    return a.id == b.id && a.text == b.text;
  };
  articles.erase(std::unique(articles.begin(), articles.end(), same), articles.end());
  for (std::size_t i = 0; i < articles.size();) {
    std::size_t end = i + 1;
    while (end < articles.size() && articles[end].id == articles[i].id) ++end;
    for (std::size_t k = i; end - i > 1 && k < end; ++k) {
      const std::string& text = articles[k].text;
      articles[k].id += fmt::format("-{:08x}", XXH3_64bits(text.data(), text.size()) >> 32U);
    }
    i = end;
  }
  std::sort(articles.begin(), articles.end(), [](const Article& a, const Article& b) {
    return std::tie(a.published.value, a.id) < std::tie(b.published.value, b.id);
  });
  return articles;
}

namespace {

// Outlets' publisher groups, and whether dated articles are here.
void correct_articles(std::vector<Article>& articles, std::span<const Correction> corrections,
                      std::vector<CorrectionOutcome>& outcomes) {
  for (const Correction& c : corrections) {
    if (c.kind == CorrectionKind::SetGroup) {
      bool found = false;
      for (Article& a : articles) {
        if (outlet_of(a) != c.a.name) continue;
        a.publisher_group = c.value;
        found = true;
      }
      outcomes.push_back({c.id, found, found ? "" : "no article is by " + c.a.name});
    } else if (c.kind == CorrectionKind::SetDate) {
      const bool found = std::any_of(articles.begin(), articles.end(),
                                     [&](const Article& a) { return a.id == c.articles.front(); });
      outcomes.push_back(
          {c.id, found, found ? "" : "article " + c.articles.front() + " is not here"});
    }
  }
}

}  // namespace

Dossier cross_check(std::vector<Article> articles, const PackSet& packs,
                    const claim::Options& options, Upto upto,
                    std::span<const Correction> corrections) {
  Dossier d;
  d.articles = normalise_corpus(std::move(articles));
  correct_articles(d.articles, corrections, d.corrections);
  reuse::Result copies = reuse::find_copies(d.articles, packs, corrections);
  story::Result stories;
  if (upto >= Upto::Stories) {
    stories = story::build_stories(d.articles, copies, packs, corrections);
  }
  std::move(copies.corrections.begin(), copies.corrections.end(),
            std::back_inserter(d.corrections));
  d.copies = std::move(copies.families);
  d.origins = std::move(copies.origins);
  d.sentence_origins = std::move(copies.sentence_origins);
  story::put(std::move(stories), d);
  if (!d.stories.empty()) d.title = d.stories.front().label;
  if (upto >= Upto::Claims) claim::build_claims(d, packs, options, corrections);
  return d;
}

}  // namespace twosource::pipeline
