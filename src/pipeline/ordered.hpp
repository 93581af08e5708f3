#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace twosource::pipeline {

// Thrown into the producer when the consumer has given up: unwinds it quietly.
struct Cancelled {};

// One producer, many workers, one consumer: what goes in in some order comes out in that order. A
// window of `capacity` items is in flight at most; the producer waits while it is full.
template <class In, class Out>
class Ordered {
 public:
  explicit Ordered(std::size_t capacity) : capacity_(capacity) {}

  // Runs `produce(put)` on a thread of its own, `work` on `threads` more, `consume` on this one, in
  // the order of the puts. What any of them throws stops the others and is thrown again here, the
  // earliest in item order for `work`. Returns when all threads have ended.
  template <class Produce, class Work, class Consume>
  void run(unsigned threads, const Produce& produce, const Work& work, const Consume& consume) {
    std::vector<std::jthread> team;
    try {
      team.emplace_back([&] { produce_all(produce); });
      for (unsigned i = 0; i < threads; ++i) team.emplace_back([&] { work_all(work); });
      while (std::optional<Out> out = next()) consume(std::move(*out));
    } catch (...) {
      cancel();
      throw;
    }
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  struct Item {
    std::optional<In> in;
    std::optional<Out> out;
    std::exception_ptr failure;
    bool done = false;
  };

  template <class Produce>
  void produce_all(const Produce& produce) {
    try {
      produce([this](In&& in) { put(std::move(in)); });
    } catch (const Cancelled&) {
      return;
    } catch (...) {
      const std::lock_guard lock(mutex_);
      failure_ = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    produced_all_ = true;
    changed_.notify_all();
  }

  void put(In&& in) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return cancelled_ || window_.size() < capacity_; });
    if (cancelled_) throw Cancelled{};
    window_.emplace_back().in = std::move(in);
    changed_.notify_all();
  }

  template <class Work>
  void work_all(const Work& work) {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock,
                    [this] { return cancelled_ || produced_all_ || begun_ < window_.size(); });
      if (cancelled_ || begun_ == window_.size()) {
        if (cancelled_ || produced_all_) return;
        continue;
      }
      Item& item = window_[begun_++];  // a deque keeps its place while others come and go
      lock.unlock();
      try {
        item.out = work(std::move(*item.in));
      } catch (...) {
        item.failure = std::current_exception();
      }
      lock.lock();
      item.done = true;
      changed_.notify_all();
    }
  }

  std::optional<Out> next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return window_.empty() ? produced_all_ : window_.front().done; });
    if (window_.empty()) return std::nullopt;
    Item item = std::move(window_.front());
    window_.pop_front();
    --begun_;
    changed_.notify_all();
    lock.unlock();
    if (item.failure) std::rethrow_exception(item.failure);
    return std::move(item.out);
  }

  void cancel() {
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
    changed_.notify_all();
  }

  std::size_t capacity_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Item> window_;
  std::size_t begun_ = 0;  // items of the window that a worker has taken
  bool produced_all_ = false;
  bool cancelled_ = false;
  std::exception_ptr failure_;  // of the producer
};

}  // namespace twosource::pipeline
