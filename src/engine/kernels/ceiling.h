// What this processor can do: the bench measures it in the same run as the operations.
#pragma once

#include "work.h"

namespace tammes::TAMMES_TARGET::ceiling {

/** Sums in flight: enough for the latency of every processor so far, few enough for its registers. */
constexpr int SUMS = 12;

/**
 * Task t: multiplications and additions in registers alone. Arrays: one double per task. Numbers: tasks,
 * rounds per task; a round is 2 · 12 · LANES operations.
 */
inline Plan plan_arithmetic(const Call& call) {
  Plan plan;
  plan.tasks = call.integer(0);
  return plan;
}

inline void arithmetic(const Call& call, int64_t task, char*) {
  Floats sums[SUMS];
#pragma GCC unroll 12
  for (int i = 0; i < SUMS; i++) sums[i] = splat((float)i);
  const Floats factor = splat(0.999f), term = splat(1e-3f);
  for (int64_t round = call.integer(1); round > 0; round--) {
#pragma GCC unroll 12
    for (int i = 0; i < SUMS; i++) sums[i] = multiply_add(sums[i], factor, term);
  }
  Floats total = {};
#pragma GCC unroll 12
  for (int i = 0; i < SUMS; i++) total += sums[i];
  call.array<double>(0)[task] = (double)sum(total);
}

/** Bytes that one task copies. */
constexpr int64_t PIECE = 1 << 20;

/** Arrays: from, to. Numbers: bytes. */
inline Plan plan_copy(const Call& call) {
  Plan plan;
  plan.tasks = (call.integer(0) + PIECE - 1) / PIECE;
  return plan;
}

inline void copy(const Call& call, int64_t task, char*) {
  const int64_t at = task * PIECE;
  std::memcpy(call.array<char>(1) + at, call.array<char>(0) + at,
              (size_t)smaller(PIECE, call.integer(0) - at));
}

}  // namespace tammes::TAMMES_TARGET::ceiling
