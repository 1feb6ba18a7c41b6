// circle-counts and circle-forces: see contract.ts; the bytes of reference.ts.
//
// circle-counts: projections n × 2L, counts R × L × (K + 1). Numbers: n, L, K, R, K/2π.
// circle-forces: projections n × 2L, arcs L × K × 2, a sum for each block. Numbers: n, L, K, K/2π, scale, the cap.
#pragma once

#include "../circle-spacing/native.h"

namespace tammes::TAMMES_TARGET::circle_counts {

using circle_spacing::angles_of_vectors;
using circle_spacing::choose;
using circle_spacing::Longs;
using circle_spacing::PI;

constexpr int64_t ROWS = 1024;
/** COUNTED_CIRCLES of contract.ts. */
constexpr int64_t CIRCLES = 16;
constexpr double UNITS = 0x1p20, ROUNDING = 0x1.8p52;

typedef int32_t Arcs __attribute__((vector_size(2 * LANES)));

/** The columns of one circle in some rows: x_p, x_q, angles, places in arcs. */
struct Columns {
  double p[ROWS], q[ROWS], angles[ROWS], places[ROWS];
  int32_t arcs[ROWS];

  /** `count` rows from the first number of the first one's pair on. */
  void take(const float* from, int64_t stride, int64_t count, double per_turn, double most) {
    for (int64_t i = 0; i < count; i++) {
      p[i] = (double)from[i * stride];
      q[i] = (double)from[i * stride + 1];
    }
    for (int64_t i = count; i % PAIRS; i++) p[i] = q[i] = 0;
    for (int64_t i = 0; i < count; i += PAIRS) {
      const HalfFloats rounded = __builtin_convertvector(
          angles_of_vectors(load<Doubles>(q + i), load<Doubles>(p + i)), HalfFloats);
      const Doubles angle = __builtin_convertvector(rounded, Doubles);
      Doubles place = (angle + PI) * per_turn;
      place = choose(place >= 0, place, Doubles{});
      place = choose(place <= most, place, splat(most));
      Doubles inside = choose(place < most, place, splat(most - 1));
      store(angles + i, angle);
      store(places + i, place);
      store(arcs + i, __builtin_convertvector(inside, Arcs));
    }
  }
};

inline int64_t groups(const Call& call) { return (call.integer(1) + CIRCLES - 1) / CIRCLES; }

inline Plan plan_counts(const Call& call) {
  Plan plan;
  plan.tasks = groups(call) * call.integer(3);
  plan.scratch = (int64_t)sizeof(Columns) + CIRCLES * call.integer(2) * (int64_t)sizeof(double);
  return plan;
}

/** A task: some circles, a part of the rows. */
inline void count(const Call& call, int64_t task, char* memory) {
  const int64_t n = call.integer(0), circles = call.integer(1), arcs = call.integer(2);
  const int64_t parts = call.integer(3), part = task % parts, stride = 2 * circles;
  const double per_turn = call.numbers[4];
  const int64_t from = (task / parts) * CIRCLES, to = smaller(circles, from + CIRCLES);
  const int64_t first = n * part / parts, end = n * (part + 1) / parts;
  Columns& columns = *reinterpret_cast<Columns*>(memory);
  // Neighbors often share an arc: every other row counts elsewhere, so that it need not wait.
  double* const odd = reinterpret_cast<double*>(memory + sizeof(Columns));
  std::memset(odd, 0, sizeof(double) * CIRCLES * arcs);
  for (int64_t block = first; block < end; block += ROWS) {
    const int64_t rows = smaller(ROWS, end - block);
    for (int64_t l = from; l < to; l++) {
      double* const counts = call.array<double>(1) + (part * circles + l) * (arcs + 1);
      columns.take(call.array<float>(0) + block * stride + 2 * l, stride, rows, per_turn, (double)arcs);
      double* const others = odd + (l - from) * arcs;
      int64_t i = 0;
      for (; i + 2 <= rows; i += 2) {
        counts[columns.arcs[i]] += 1;
        others[columns.arcs[i + 1]] += 1;
      }
      if (i < rows) counts[columns.arcs[i]] += 1;
      // Sums of whole numbers: the order does not matter.
      Doubles sums = {};
      for (i = 0; i + PAIRS <= rows; i += PAIRS)
        sums += load<Doubles>(columns.angles + i) * UNITS + ROUNDING - ROUNDING;
      double sum = 0;
      for (; i < rows; i++) sum += columns.angles[i] * UNITS + ROUNDING - ROUNDING;
      for (int u = 0; u < PAIRS; u++) sum += sums[u];
      counts[arcs] += sum;
    }
  }
  for (int64_t l = from; l < to; l++) {
    double* const counts = call.array<double>(1) + (part * circles + l) * (arcs + 1);
    for (int64_t k = 0; k < arcs; k++) counts[k] += odd[(l - from) * arcs + k];
  }
}

inline Plan plan_forces(const Call& call) {
  Plan plan;
  plan.tasks = (call.integer(0) + ROWS - 1) / ROWS;
  plan.scratch = sizeof(Columns);
  return plan;
}

/** Overwrites the columns of the rows of a block. */
inline void force(const Call& call, int64_t task, char* memory) {
  const int64_t n = call.integer(0), circles = call.integer(1), arcs = call.integer(2);
  const int64_t stride = 2 * circles, first = task * ROWS, rows = smaller(ROWS, n - first);
  const double per_turn = call.numbers[3], scale = call.numbers[4], cap = call.numbers[5];
  Columns& columns = *reinterpret_cast<Columns*>(memory);
  double total = 0;
  for (int64_t l = 0; l < circles; l++) {
    float* const at = call.array<float>(0) + first * stride + 2 * l;
    const double* const table = call.array<double>(1) + 2 * l * arcs;
    columns.take(at, stride, rows, per_turn, (double)arcs);
    double sum = 0;
    for (int64_t i = 0; i < rows; i += PAIRS) {
      const Doubles angle = load<Doubles>(columns.angles + i);
      const Doubles place = load<Doubles>(columns.places + i);
      Doubles alpha, beta, floor;
      for (int u = 0; u < PAIRS; u++) {
        const int64_t arc = columns.arcs[i + u];
        alpha[u] = table[2 * arc];
        beta[u] = table[2 * arc + 1];
        floor[u] = (double)arc;
      }
      const Doubles residual = angle - (alpha + beta * (place - floor));
      const Doubles square = residual * residual;
      for (int64_t u = 0; u < smaller(PAIRS, rows - i); u++) sum += square[u];
      const Doubles p = load<Doubles>(columns.p + i), q = load<Doubles>(columns.q + i);
      const Doubles inverse = 1 / root(p * p + q * q);
      const Doubles capped = choose(inverse < cap, inverse, splat(cap));
      const Doubles kept = choose(inverse == __builtin_inf(), Doubles{}, scale * residual * inverse * capped);
      store(columns.p + i, -kept * q);
      store(columns.q + i, kept * p);
    }
    for (int64_t i = 0; i < rows; i++) {
      at[i * stride] = (float)columns.p[i];
      at[i * stride + 1] = (float)columns.q[i];
    }
    total += sum;
  }
  call.array<double>(2)[task] = total;
}

}  // namespace tammes::TAMMES_TARGET::circle_counts
