#include "serve/renewer.hpp"

#include <exception>
#include <utility>

namespace twosource::serve {

Renewer::Renewer(std::function<void()> renew, std::function<void(const std::string&)> complain)
    : renew_(std::move(renew)), complain_(std::move(complain)), thread_([this] { work(); }) {}

Renewer::~Renewer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Renewer::ask() {
  {
    const std::lock_guard lock(mutex_);
    asked_ = true;
  }
  wake_.notify_all();
}

bool Renewer::busy() {
  const std::lock_guard lock(mutex_);
  return asked_ || running_;
}

void Renewer::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return asked_ || stopping_; });
    if (stopping_) return;
    asked_ = false;
    running_ = true;
    lock.unlock();
    try {
      renew_();
    } catch (const std::exception& e) {
      complain_(e.what());
    }
    lock.lock();
    running_ = false;
  }
}

}  // namespace twosource::serve
