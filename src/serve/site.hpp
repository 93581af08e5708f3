#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "serve/access.hpp"
#include "serve/http.hpp"
#include "text/pack.hpp"

namespace twosource::serve {

struct SiteOptions {
  std::string record;
  std::vector<std::string> hosts;  // names the server goes by
  bool writable = false;
  std::size_t cache = 64U << 20U;  // bytes of finished answers kept
  std::string version;
  std::function<void()> renew;  // finds everything anew, after corrections; called on one thread
};

// What is served: pages, API, metrics over one record, for any number of threads. Finished answers
// are kept until the record changes.
class Site {
 public:
  // `complain`: told what went wrong inside. Throws IoError when the record cannot be opened.
  Site(SiteOptions options, const PackSet& packs, std::function<void(const std::string&)> complain);
  ~Site();
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  [[nodiscard]] Response answer(const Request& request) noexcept;
  // For requests that the transport refuses.
  [[nodiscard]] Response refuse(int status) noexcept;
  // Where the metrics read the transport's counts.
  void watch(std::function<TransportCounts()> counts);
  [[nodiscard]] const Access& access() const noexcept;

 private:
  class Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace twosource::serve
