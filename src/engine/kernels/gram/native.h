// gram: see contract.ts. Products of two float32 are exact in float64, so fusing them with their sum
// changes no bit.
//
// Arrays: points n × d, the result d × d. Numbers: n, d.
#pragma once

#include "../work.h"

namespace tammes::TAMMES_TARGET::gram {

/** GRAM_ROWS of contract.ts. */
constexpr int64_t ROWS = 256;
/** Rows and columns of the result in a register tile. */
constexpr int TALL = 4;
constexpr int WIDE = 2 * PAIRS;

struct Job {
  const float* points;
  double* out;
  int64_t n, d;

  explicit Job(const Call& call)
      : points(call.array<float>(0)),
        out(call.array<double>(1)),
        n(call.integer(0)),
        d(call.integer(1)) {}
};

/** Task t: rows TALL·t … of the result from the diagonal on, and their mirror images. */
inline Plan plan(const Call& call) {
  const Job job(call);
  Plan plan;
  plan.tasks = (job.d + TALL - 1) / TALL;
  // A block of columns in float64, padded; sums.
  plan.scratch = (int64_t)sizeof(double) * (ROWS * WIDE + ROWS * TALL + TALL * (job.d + WIDE));
  return plan;
}

/** `count` rows of the columns from c on, widened; columns beyond d are zero. */
template <int COLUMNS>
inline void widen(const Job& job, int64_t first, int64_t count, int64_t c, double* out) {
  const int64_t present = smaller(COLUMNS, job.d - c);
  for (int64_t i = 0; i < count; i++, out += COLUMNS) {
    const float* row = job.points + (first + i) * job.d + c;
    for (int64_t u = 0; u < COLUMNS; u++) out[u] = u < present ? (double)row[u] : 0;
  }
}

/** Adds the block's sums of products, TALL × WIDE, to `sums`. */
inline void add_block(int64_t count, const double* left, const double* right, double* sums,
                      int64_t stride) {
  Doubles block[TALL][2] = {};
  for (int64_t i = 0; i < count; i++, left += TALL, right += WIDE) {
    const Doubles low = load<Doubles>(right), high = load<Doubles>(right + PAIRS);
#pragma GCC unroll 4
    for (int a = 0; a < TALL; a++) {
      block[a][0] = multiply_add(splat(left[a]), low, block[a][0]);
      block[a][1] = multiply_add(splat(left[a]), high, block[a][1]);
    }
  }
  for (int a = 0; a < TALL; a++) {
    for (int v = 0; v < 2; v++) {
      double* at = sums + a * stride + v * PAIRS;
      store(at, load<Doubles>(at) + block[a][v]);
    }
  }
}

inline void run(const Call& call, int64_t task, char* scratch) {
  const Job job(call);
  const int64_t d = job.d, a = task * TALL, rows = smaller(TALL, d - a);
  const int64_t stride = rounded_up(d - a, WIDE);
  double* left = reinterpret_cast<double*>(scratch);
  double* right = left + ROWS * TALL;
  double* sums = right + ROWS * WIDE;
  std::memset(sums, 0, sizeof(double) * TALL * stride);
  for (int64_t first = 0; first < job.n; first += ROWS) {
    const int64_t count = smaller(ROWS, job.n - first);
    widen<TALL>(job, first, count, a, left);
    for (int64_t b = a; b < d; b += WIDE) {
      widen<WIDE>(job, first, count, b, right);
      add_block(count, left, right, sums + b - a, stride);
    }
  }
  for (int64_t i = 0; i < rows; i++) {
    for (int64_t b = a + i; b < d; b++) {
      const double value = sums[i * stride + b - a];
      job.out[(a + i) * d + b] = value;
      job.out[b * d + a + i] = value;
    }
  }
}

}  // namespace tammes::TAMMES_TARGET::gram
