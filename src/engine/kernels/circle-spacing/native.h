// circle-spacing: see contract.ts; the bytes of reference.ts.
//
// Arrays: projections n × 2L, L sums. Numbers: n, L, the cap.
#pragma once

#include "../numeric.h"
#include "../sort-rows/native.h"
#include "../work.h"

namespace tammes::TAMMES_TARGET::circle_spacing {

/** What one thread needs: the circle's columns, angles, ranks by angle, and what sorting needs. */
struct Scratch {
  /** x_p and x_q, whole vectors of PAIRS; then the forces. */
  double *p, *q;
  double* angles;
  float* keys;
  int32_t* ranks;
  char* sorting;
  int64_t bytes;

  Scratch(int64_t n, char* start) {
    Arena arena(start);
    const int64_t whole = rounded_up(n, PAIRS);
    p = arena.take<double>(whole);
    q = arena.take<double>(whole);
    angles = arena.take<double>(whole);
    keys = arena.take<float>(whole);
    ranks = arena.take<int32_t>(whole);
    sorting = arena.take<char>(sort_rows::scratch_bytes(n));
    bytes = arena.taken();
  }
};

inline Plan plan(const Call& call) {
  Plan plan;
  plan.tasks = call.integer(1);
  plan.scratch = Scratch(call.integer(0), nullptr).bytes;
  return plan;
}

typedef int64_t Longs __attribute__((vector_size(4 * LANES)));

inline Doubles choose(Longs mask, Doubles a, Doubles b) {
  return (Doubles)(((Longs)a & mask) | ((Longs)b & ~mask));
}

constexpr double PI = 3.141592653589793;

/** `angle_of_vector` of PAIRS vectors, step by step the same. */
inline Doubles angles_of_vectors(Doubles y, Doubles x) {
  const Doubles ay = choose(y < 0, -y, y), ax = choose(x < 0, -x, x);
  const Longs steep = ay > ax;
  const Doubles over = choose(steep, ax, ay), under = choose(steep, ay, ax);
  const Longs plain = (under > 0) & (under < __builtin_inf()) & (over < __builtin_inf());
  for (int i = 0; i < PAIRS; i++) {
    if (plain[i]) continue;
    Doubles angles;
    for (int u = 0; u < PAIRS; u++) angles[u] = angle_of_vector(y[u], x[u]);
    return angles;
  }
  // The nearest whole number, halves up: adding 2⁵² rounds, halves to even.
  const Doubles eighths = 8 * over / under;
  const Doubles even = (eighths + 0x1p52) - 0x1p52;
  const Doubles k = choose(eighths - even >= 0.5, even + 1, even);
  Doubles whole;
  for (int i = 0; i < PAIRS; i++) whole[i] = ATAN_EIGHTHS[(int)k[i]];
  const Doubles t = (over - k / 8 * under) / (under + k / 8 * over);
  const Doubles z = t * t;
  Doubles p = splat(ATAN_64[6]);
  for (int i = 5; i >= 0; i--) p = p * z + ATAN_64[i];
  Doubles angle = whole + (t + t * z * p);
  angle = choose(steep, PI / 2 - angle, angle);
  angle = choose(x < 0, PI - angle, angle);
  return choose(y < 0, -angle, angle);
}

/** Angles of the n points, their mean, and their ranks. */
inline double rank_angles(const Scratch& scratch, int64_t n) {
  for (int64_t i = 0; i < n; i += PAIRS) {
    const Doubles angles =
        angles_of_vectors(load<Doubles>(scratch.q + i), load<Doubles>(scratch.p + i));
    const HalfFloats rounded = __builtin_convertvector(angles, HalfFloats);
    store(scratch.keys + i, rounded);
    store(scratch.angles + i, __builtin_convertvector(rounded, Doubles));
  }
  double mean = 0;
  for (int64_t i = 0; i < n; i++) mean += scratch.angles[i];
  int32_t* ranks = scratch.ranks;
  sort_rows::sort_row(scratch.keys, n, scratch.sorting,
                      [ranks](int32_t rank, int32_t place) { ranks[place] = rank; });
  return mean / (double)n;
}

/** The points' forces instead of their columns; returns the sum of squares. */
inline double add_forces(const Scratch& scratch, int64_t n, double mean, double scale, double cap) {
  typedef int32_t Places __attribute__((vector_size(2 * LANES)));
  const double count = (double)n;
  double sum = 0;
  for (int64_t i = 0; i < n; i += PAIRS) {
    const Doubles rank = __builtin_convertvector(load<Places>(scratch.ranks + i), Doubles);
    const Doubles phase = (2 * rank + 1 - count) * PI / count;
    const Doubles residual = load<Doubles>(scratch.angles + i) - mean - phase;
    const Doubles square = residual * residual;
    for (int64_t u = 0; u < smaller(PAIRS, n - i); u++) sum += square[u];
    const Doubles p = load<Doubles>(scratch.p + i), q = load<Doubles>(scratch.q + i);
    const Doubles inverse = 1 / root(p * p + q * q);
    const Doubles capped = choose(inverse < cap, inverse, splat(cap));
    const Doubles force = scale * residual * inverse * capped;
    const Doubles kept = choose(inverse == __builtin_inf(), Doubles{}, force);
    store(scratch.p + i, -kept * q);
    store(scratch.q + i, kept * p);
  }
  return sum;
}

/** Task t: circle t. */
inline void run(const Call& call, int64_t task, char* memory) {
  const int64_t n = call.integer(0), stride = 2 * call.integer(1);
  float* const columns = call.array<float>(0) + 2 * task;
  const Scratch scratch(n, memory);
  for (int64_t i = 0; i < n; i++) {
    scratch.p[i] = (double)columns[i * stride];
    scratch.q[i] = (double)columns[i * stride + 1];
  }
  for (int64_t i = n; i % PAIRS; i++) scratch.p[i] = scratch.q[i] = scratch.ranks[i] = 0;
  const double mean = rank_angles(scratch, n);
  const double scale = 2 / ((double)n * (double)stride);
  call.array<double>(1)[task] = add_forces(scratch, n, mean, scale, call.numbers[2]);
  for (int64_t i = 0; i < n; i++) {
    columns[i * stride] = (float)scratch.p[i];
    columns[i * stride + 1] = (float)scratch.q[i];
  }
}

}  // namespace tammes::TAMMES_TARGET::circle_spacing
