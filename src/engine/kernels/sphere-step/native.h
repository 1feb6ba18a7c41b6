// sphere-step: see contract.ts; the bytes of reference.ts.
//
// Arrays: points n × d, tangents n × d. Numbers: n, d.
#pragma once

#include "../numeric.h"
#include "../work.h"

namespace tammes::TAMMES_TARGET::sphere_step {

/** Rows per task. */
constexpr int64_t ROWS = 256;

inline Plan plan(const Call& call) {
  Plan plan;
  plan.tasks = (call.integer(0) + ROWS - 1) / ROWS;
  return plan;
}

typedef double TwoDoubles __attribute__((vector_size(16)));

inline void step_row(float* x, const float* v, int64_t d) {
  // Even and odd entries apart.
  TwoDoubles xx = {}, xv = {}, vv = {};
  int64_t c = 0;
  for (; c + 1 < d; c += 2) {
    const TwoDoubles xc = {(double)x[c], (double)x[c + 1]};
    const TwoDoubles vc = {(double)v[c], (double)v[c + 1]};
    xx += xc * xc;
    xv += xc * vc;
    vv += vc * vc;
  }
  if (c < d) {
    xx[0] += (double)x[c] * (double)x[c];
    xv[0] += (double)x[c] * (double)v[c];
    vv[0] += (double)v[c] * (double)v[c];
  }
  const double squared = vv[0] + vv[1];
  if (squared == 0) return;
  const double a = __builtin_sqrt(squared);
  double sine, along;
  sine_cosine(a, sine, along);
  const double across = sine / a;
  const double length =
      __builtin_sqrt(along * along * (xx[0] + xx[1]) + 2 * along * across * (xv[0] + xv[1]) +
                     across * across * squared);
  const double along_x = along / length, along_v = across / length;
  for (c = 0; c < d; c++) x[c] = (float)(along_x * (double)x[c] + along_v * (double)v[c]);
}

inline void run(const Call& call, int64_t task, char*) {
  const int64_t d = call.integer(1), end = smaller(call.integer(0), (task + 1) * ROWS);
  for (int64_t i = task * ROWS; i < end; i++)
    step_row(call.array<float>(0) + i * d, call.array<float>(1) + i * d, d);
}

}  // namespace tammes::TAMMES_TARGET::sphere_step
