// sphere-momentum and row-mix: see contract.ts; the bytes of reference.ts.
#pragma once

#include "../work.h"

namespace tammes::TAMMES_TARGET::sphere_momentum {

/** Rows per task. */
constexpr int64_t ROWS = 256;

typedef double TwoDoubles __attribute__((vector_size(16)));

inline TwoDoubles two(const float* x) { return TwoDoubles{(double)x[0], (double)x[1]}; }

inline Plan plan(const Call& call) {
  Plan plan;
  plan.tasks = (call.integer(0) + ROWS - 1) / ROWS;
  return plan;
}

/** ⟨x,g⟩ in four sums. */
inline double radial_part(const float* x, const float* g, int64_t d) {
  TwoDoubles s01 = {}, s23 = {};
  int64_t c = 0;
  for (; c + 4 <= d; c += 4) {
    s01 += two(x + c) * two(g + c);
    s23 += two(x + c + 2) * two(g + c + 2);
  }
  double s0 = s01[0];
  for (; c < d; c++) s0 += (double)x[c] * (double)g[c];
  return s0 + s01[1] + (s23[0] + s23[1]);
}

inline void push_row(const float* x, const float* g, float* m, int64_t d, double keep,
                     double weight, double* sums) {
  const double radial = radial_part(x, g, d);
  TwoDoubles tt = {}, xx = {}, xm = {}, mm = {};
  int64_t c = 0;
  for (; c + 2 <= d; c += 2) {
    const TwoDoubles xc = two(x + c);
    const TwoDoubles t = two(g + c) - radial * xc;
    const TwoDoubles sum = keep * two(m + c) + weight * t;
    m[c] = (float)sum[0];
    m[c + 1] = (float)sum[1];
    const TwoDoubles next = two(m + c);
    tt += t * t;
    xx += xc * xc;
    xm += xc * next;
    mm += next * next;
  }
  if (c < d) {
    const double xc = x[c];
    const double t = (double)g[c] - radial * xc;
    m[c] = (float)(keep * (double)m[c] + weight * t);
    const double next = m[c];
    tt[1] += t * t;
    xx[1] += xc * xc;
    xm[1] += xc * next;
    mm[1] += next * next;
  }
  sums[0] = tt[0] + tt[1];
  sums[1] = xx[0] + xx[1];
  sums[2] = xm[0] + xm[1];
  sums[3] = mm[0] + mm[1];
}

/** Arrays: points, gradient, momentum, n × d each, n factors to keep, n × 4 sums. Numbers: n, d, weight. */
inline void run(const Call& call, int64_t task, char*) {
  const int64_t d = call.integer(1), end = smaller(call.integer(0), (task + 1) * ROWS);
  const double* keep = call.array<double>(3);
  double* sums = call.array<double>(4);
  for (int64_t i = task * ROWS; i < end; i++)
    push_row(call.array<float>(0) + i * d, call.array<float>(1) + i * d,
             call.array<float>(2) + i * d, d, keep[i], call.numbers[2], sums + 4 * i);
}

inline void mix_row(float* a, float* b, int64_t d, const double* mix) {
  const double p = mix[0], q = mix[1], r = mix[2], s = mix[3];
  int64_t c = 0;
  for (; c + PAIRS <= d; c += PAIRS) {
    const Doubles ac = widened(a + c), bc = widened(b + c);
    store(a + c, __builtin_convertvector(p * ac + q * bc, HalfFloats));
    store(b + c, __builtin_convertvector(r * bc + s * ac, HalfFloats));
  }
  for (; c < d; c++) {
    const double ac = a[c], bc = b[c];
    a[c] = (float)(p * ac + q * bc);
    b[c] = (float)(r * bc + s * ac);
  }
}

/** Arrays: a, b, n × d each, n × 4 coefficients. Numbers: n, d. */
inline void run_mix(const Call& call, int64_t task, char*) {
  const int64_t d = call.integer(1), end = smaller(call.integer(0), (task + 1) * ROWS);
  for (int64_t i = task * ROWS; i < end; i++)
    mix_row(call.array<float>(0) + i * d, call.array<float>(1) + i * d, d,
            call.array<double>(2) + 4 * i);
}

}  // namespace tammes::TAMMES_TARGET::sphere_momentum
