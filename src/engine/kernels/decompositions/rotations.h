// Plane rotations of the rows of a basis: rotations.as.ts.
#pragma once

#include "vectors.h"

namespace tammes::TAMMES_TARGET::linear_algebra {

/** Columns of a task. */
constexpr int64_t STRIP = 16;
/** Pairs of sweeps that pass over a strip while they and it stay in the second-level cache. */
constexpr int64_t BATCH = 8;

/** Two vectors of one row. */
struct Row {
  Doubles low, high;

  explicit Row(const double* from) : low(load<Doubles>(from)), high(load<Doubles>(from + PAIRS)) {}
  Row(Doubles low, Doubles high) : low(low), high(high) {}
  void put(double* to) const {
    store(to, low);
    store(to + PAIRS, high);
  }
  /** a·x + b·y. */
  static Row mix(Doubles a, const Row& x, Doubles b, const Row& y) {
    return {multiply_add(a, x.low, b * y.low), multiply_add(a, x.high, b * y.high)};
  }
};

/** Two sweeps over two vectors of columns; see rotations.as.ts. */
inline void rotate_twice(double* z, const double* rotation, int64_t low, int64_t high) {
  double* at = z + high * STRIP;
  Row x(at);
  at -= STRIP;
  Doubles c = splat(rotation[0]), s = splat(rotation[1]);
  Row a(at);
  Row y = Row::mix(s, a, c, x);
  x = Row::mix(c, a, -s, x);
  for (int64_t i = high - 2; i >= low; i--) {
    rotation += 4;
    at -= STRIP;
    c = splat(rotation[0]);
    s = splat(rotation[1]);
    const Doubles e = splat(rotation[2]), t = splat(rotation[3]);
    a = Row(at);
    const Row moved = Row::mix(s, a, c, x);
    x = Row::mix(c, a, -s, x);
    Row::mix(t, moved, e, y).put(at + 2 * STRIP);
    y = Row::mix(e, moved, -t, y);
  }
  const Doubles e = splat(rotation[6]), t = splat(rotation[7]);
  Row::mix(t, x, e, y).put(at + STRIP);
  Row::mix(e, x, -t, y).put(at);
}

/** Task t: 16 columns through all the rotations, then to `out` in the wanted order. */
inline void rotate_panel(const Call& call, int64_t task, char*) {
  const Description job(call);
  const int64_t stride = job.stride(1), out_stride = job.stride(7), n = job.integer(8);
  const int64_t pairs = job.integer(9), column = task * STRIP;
  const bool reversed = job.integer(10) != 0;
  const double* rows = job.doubles(0) + column;
  double* strip = job.doubles(2) + task * n * STRIP;
  const int32_t* sweeps = job.at<int32_t>(3);
  const double* rotations = job.doubles(4);
  const int32_t* order = job.at<int32_t>(5);
  double* out = job.doubles(6) + column;
  for (int64_t i = 0; i < n; i++) {
    const double* from = rows + (reversed ? n - 1 - i : i) * stride;
    std::memcpy(strip + i * STRIP, from, sizeof(double) * STRIP);
  }
  for (int64_t first = 0; first < pairs; first += BATCH) {
    const int64_t last = smaller(pairs, first + BATCH);
    for (int64_t part = 0; part < STRIP; part += 2 * PAIRS) {
      for (int64_t pair = first; pair < last; pair++) {
        const int32_t* sweep = sweeps + 3 * pair;
        rotate_twice(strip + part, rotations + int64_t{4} * sweep[2], sweep[0], sweep[1]);
      }
    }
  }
  for (int64_t i = 0; i < n; i++)
    std::memcpy(out + i * out_stride, strip + order[i] * STRIP, sizeof(double) * STRIP);
}

}  // namespace tammes::TAMMES_TARGET::linear_algebra
