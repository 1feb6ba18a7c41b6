// circle-spacing: see contract.ts; the bytes of reference.ts.
//
// Arrays: projections n × 2L, L sums. Numbers: n, L, the cap.
#pragma once

#include "../numeric.h"
#include "../sort-rows/native.h"
#include "../work.h"

namespace tammes::TAMMES_TARGET::circle_spacing {

/** What one thread needs: angles, their order, and what sorting needs. */
struct Scratch {
  float* angles;
  int32_t* order;
  char* sorting;
  int64_t bytes;

  Scratch(int64_t n, char* start) {
    Arena arena(start);
    angles = arena.take<float>(n);
    order = arena.take<int32_t>(n);
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

/** Task t: circle t. */
inline void run(const Call& call, int64_t task, char* memory) {
  const int64_t n = call.integer(0), stride = 2 * call.integer(1);
  const double cap = call.numbers[2], count = (double)n;
  float* const columns = call.array<float>(0) + 2 * task;
  const Scratch scratch(n, memory);
  double mean = 0;
  for (int64_t i = 0; i < n; i++) {
    const float* x = columns + i * stride;
    scratch.angles[i] = (float)angle_of_vector((double)x[1], (double)x[0]);
    mean += (double)scratch.angles[i];
  }
  mean /= count;
  sort_rows::sort_row(scratch.angles, n, scratch.order, scratch.sorting);
  const double scale = 2 / (count * (double)stride);
  double sum = 0;
  for (int64_t rank = 0; rank < n; rank++) {
    const int64_t i = scratch.order[rank];
    const double phase = ((double)(2 * rank + 1 - n) * 3.141592653589793) / count;
    const double residual = (double)scratch.angles[i] - mean - phase;
    sum += residual * residual;
    float* x = columns + i * stride;
    const double xp = x[0], xq = x[1];
    const double inverse = 1 / __builtin_sqrt(xp * xp + xq * xq);
    const double capped = inverse < cap ? inverse : cap;
    const double force = inverse == __builtin_inf() ? 0 : scale * residual * inverse * capped;
    x[0] = (float)(-force * xq);
    x[1] = (float)(force * xp);
  }
  call.array<double>(1)[task] = sum;
}

}  // namespace tammes::TAMMES_TARGET::circle_spacing
