// softmax: see contract.ts.
//
// Arrays: rows n × c, and for each row its largest number and Σ exp of the distances to it. Numbers: n, c.
#pragma once

#include "../parts.h"
#include "../vector-math.h"

namespace tammes::TAMMES_TARGET::softmax {

/** About so many numbers per task. */
constexpr int64_t COUNT = 16384;

inline int64_t rows_of_task(int64_t c) { return c < COUNT ? COUNT / (c > 0 ? c : 1) : 1; }

inline Plan plan(const Call& call) {
  const int64_t rows = rows_of_task(call.integer(1));
  Plan plan;
  plan.tasks = (call.integer(0) + rows - 1) / rows;
  return plan;
}

constexpr float NOTHING = -__builtin_inff();

/** The largest of a row; NaN if one is. */
inline float top_of(const float* x, int64_t c) {
  Floats top = splat(NOTHING);
  Integers odd{};
  for (int64_t j = 0; j < c; j += LANES) {
    const Floats value = load_part(x + j, c - j, NOTHING);
    top = larger(value, top);
    odd |= value != value;
  }
  if (any(odd)) return __builtin_nanf("");
  float most = top[0];
  for (int lane = 1; lane < LANES; lane++) most = top[lane] > most ? top[lane] : most;
  return most;
}

inline void softmax_row(float* x, int64_t c, double* found) {
  const float top = top_of(x, c);
  Doubles sums[2] = {};
  for (int64_t j = 0; j < c; j += LANES) {
    const int64_t left = c - j;
    const Floats power = exp_below(load_part(x + j, left, NOTHING) - top);
    float shares[LANES];
    store(shares, power);
    sums[0] += widened(shares);
    sums[1] += widened(shares + PAIRS);
    std::memcpy(x + j, shares, sizeof(float) * smaller(left, LANES));
  }
  const Doubles both = sums[0] + sums[1];
  double total = 0;
  for (int lane = 0; lane < PAIRS; lane++) total += both[lane];
  // ∞ − ∞ and NaN have no power: exp_below makes 0 of them.
  if (top - top != 0) total = __builtin_nan("");
  const float inverse = (float)(1 / total);
  int64_t j = 0;
  for (; j + LANES <= c; j += LANES) store(x + j, load<Floats>(x + j) * inverse);
  for (; j < c; j++) x[j] *= inverse;
  found[0] = top;
  found[1] = total;
}

inline void run(const Call& call, int64_t task, char*) {
  const int64_t c = call.integer(1), rows = rows_of_task(c);
  const int64_t end = smaller(call.integer(0), (task + 1) * rows);
  for (int64_t i = task * rows; i < end; i++)
    softmax_row(call.array<float>(0) + i * c, c, call.array<double>(1) + 2 * i);
}

}  // namespace tammes::TAMMES_TARGET::softmax
