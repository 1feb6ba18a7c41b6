// What a kernel gets and gives: the same for every instruction set.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tammes {

constexpr int MOST_ARRAYS = 8;
constexpr int MOST_NUMBERS = 16;

/** One call of an operation: arrays and numbers in the order its native.h states. */
struct Call {
  void* arrays[MOST_ARRAYS] = {};
  double numbers[MOST_NUMBERS] = {};
  /** Memory that all tasks share; its first `Plan::cleared` bytes are zero when the first task starts. */
  char* workspace = nullptr;

  // Always inlined: a copy of its own would be that of one instruction set, shared by all.
  template <class T>
  [[gnu::always_inline]] T* array(int index) const {
    return static_cast<T*>(arrays[index]);
  }
  [[gnu::always_inline]] int64_t integer(int index) const {
    return static_cast<int64_t>(numbers[index]);
  }
};

/** How a call is cut into tasks, and the memory it needs. */
struct Plan {
  int64_t tasks = 0;
  int64_t workspace = 0;
  int64_t cleared = 0;
  /** For each thread. */
  int64_t scratch = 0;
};

/**
 * An operation. Tasks are taken in order of their number, by any thread, so a task may wait for what
 * tasks before it do; its results may not depend on who runs it.
 */
struct Kernel {
  const char* name;
  Plan (*plan)(const Call&);
  void (*run)(const Call&, int64_t task, char* scratch);
};

/** Lets other threads run while one waits. */
void yield_thread();

}  // namespace tammes
