// Memory and order of the tasks of one call.
#pragma once

#include <atomic>

#include "call.h"
#include "simd.h"

namespace tammes::TAMMES_TARGET {

/** Hands out pieces of a block of memory, each on a cache line of its own; counts when there is none. */
class Arena {
 public:
  explicit Arena(char* start) : start_(start) {}

  template <class T>
  T* take(int64_t count) {
    T* piece = start_ ? reinterpret_cast<T*>(start_ + taken_) : nullptr;
    taken_ += (static_cast<int64_t>(sizeof(T)) * count + 63) / 64 * 64;
    return piece;
  }
  int64_t taken() const { return taken_; }

 private:
  char* start_;
  int64_t taken_ = 0;
};

/** Counts what has been done; who has seen the count sees what was done. */
using Counter = std::atomic<int32_t>;

/** Waits until the counter has reached `value`. */
inline void wait_for(const Counter& counter, int32_t value) {
  for (int look = 1; counter.load(std::memory_order_acquire) < value; look++) {
    if (look % 256 == 0) yield_thread();
#if defined(__x86_64__)
    else __builtin_ia32_pause();
#endif
  }
}

inline int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }
constexpr int64_t rounded_up(int64_t count, int64_t unit) { return (count + unit - 1) / unit * unit; }

}  // namespace tammes::TAMMES_TARGET
