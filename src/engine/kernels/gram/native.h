// gram: see contract.ts. Products of two float32 are exact in float64, so fusing them with their sum
// changes no bit.
//
// Arrays: points n × d, the result d × d. Numbers: n, d, threads.
#pragma once

#include "../tile.h"
#include "../work.h"

namespace tammes::TAMMES_TARGET::gram {

/** GRAM_ROWS of contract.ts. */
constexpr int64_t ROWS = 256;
/** A panel of columns is as wide as a register tile, and as tall as some of them on top of each other. */
constexpr int VECTORS = LANES == 16 ? 2 : 3;
constexpr int PANEL = VECTORS * PAIRS;
constexpr int TALL = LANES == 16 ? 8 : LANES == 8 ? 4 : TILE_ROWS / 2;
static_assert(PANEL % TALL == 0);
/** Panels in a strip at most. */
constexpr int64_t MOST_PANELS = 96 / PANEL;

/**
 * The columns are cut into strips; task t is a pair of strips a ≤ b, its sums and their mirror image. Strips are
 * narrow where threads would find no work.
 */
struct Job {
  const float* points;
  double* out;
  int64_t n, d;
  int64_t strip, strips;

  explicit Job(const Call& call)
      : points(call.array<float>(0)),
        out(call.array<double>(1)),
        n(call.integer(0)),
        d(call.integer(1)) {
    const int64_t panels = (d + PANEL - 1) / PANEL;
    const int64_t shared = call.integer(2) > 1 ? (panels + 3) / 4 : panels;
    strip = PANEL * smaller(MOST_PANELS, shared);
    strips = strip > 0 ? (d + strip - 1) / strip : 0;
  }
};

inline Plan plan(const Call& call) {
  const Job job(call);
  Plan plan;
  plan.tasks = job.strips * (job.strips + 1) / 2;
  // Two strips of ROWS rows in float64, and their sums.
  plan.scratch = (int64_t)sizeof(double) * (2 * ROWS * job.strip + job.strip * job.strip);
  return plan;
}

/** `count` rows of a strip's columns from c on, widened, in panels; columns beyond d are zero. */
inline void widen(const Job& job, int64_t first, int64_t count, int64_t c, double* out) {
  const int64_t columns = smaller(job.strip, job.d - c);
  for (int64_t i = 0; i < count; i++, out += PANEL) {
    const float* row = job.points + (first + i) * job.d + c;
    double* to = out;
    int64_t u = 0;
    for (; u + PANEL <= columns; u += PANEL, to += ROWS * PANEL)
#pragma GCC unroll 3
      for (int v = 0; v < VECTORS; v++) store(to + v * PAIRS, widened(row + u + v * PAIRS));
    if (u < columns)
      for (int64_t v = 0; v < PANEL; v++) to[v] = u + v < columns ? (double)row[u + v] : 0;
  }
}

/** Adds the block's sums of products of TALL columns of one panel and the PANEL of another. */
inline void add_tile(int64_t count, const double* left, const double* right, double* sums,
                     int64_t stride) {
  Doubles block[TALL][VECTORS];
#pragma GCC unroll 8
  for (int a = 0; a < TALL; a++)
#pragma GCC unroll 3
    for (int v = 0; v < VECTORS; v++) block[a][v] = Doubles{};
  for (int64_t i = 0; i < count; i++, left += PANEL, right += PANEL) {
    Doubles row[VECTORS];
#pragma GCC unroll 3
    for (int v = 0; v < VECTORS; v++) row[v] = load<Doubles>(right + v * PAIRS);
#pragma GCC unroll 8
    for (int a = 0; a < TALL; a++) {
      const Doubles factor = splat(left[a]);
#pragma GCC unroll 3
      for (int v = 0; v < VECTORS; v++) block[a][v] = multiply_add(factor, row[v], block[a][v]);
    }
  }
#pragma GCC unroll 8
  for (int a = 0; a < TALL; a++)
#pragma GCC unroll 3
    for (int v = 0; v < VECTORS; v++) {
      double* at = sums + a * stride + v * PAIRS;
      store(at, load<Doubles>(at) + block[a][v]);
    }
}

/** Adds a block of rows; where a strip meets itself, from the diagonal on. */
inline void add_products(const Job& job, int64_t count, const double* left, const double* right,
                         int64_t columns, double* sums) {
  for (int64_t j = 0; j < columns; j += PANEL) {
    const int64_t end = left == right ? j + PANEL : job.strip;
    for (int64_t i = 0; i < end; i += TALL) {
      const double* factors = left + i / PANEL * PANEL * ROWS + i % PANEL;
      add_tile(count, factors, right + j * ROWS, sums + i * job.strip + j, job.strip);
    }
  }
}

inline void run(const Call& call, int64_t task, char* scratch) {
  const Job job(call);
  int64_t b = 0;
  while (task > b) task -= ++b;
  const int64_t d = job.d, strip = job.strip, first_a = task * strip, first_b = b * strip;
  const int64_t rows = smaller(strip, d - first_a), columns = smaller(strip, d - first_b);
  double* left = reinterpret_cast<double*>(scratch);
  double* right = task == b ? left : left + ROWS * strip;
  double* sums = left + 2 * ROWS * strip;
  std::memset(sums, 0, sizeof(double) * strip * strip);
  for (int64_t first = 0; first < job.n; first += ROWS) {
    const int64_t count = smaller(ROWS, job.n - first);
    widen(job, first, count, first_a, left);
    if (right != left) widen(job, first, count, first_b, right);
    add_products(job, count, left, right, columns, sums);
  }
  for (int64_t i = 0; i < rows; i++)
    for (int64_t j = task == b ? i : 0; j < columns; j++)
      job.out[(first_a + i) * d + first_b + j] = sums[i * strip + j];
  for (int64_t j = 0; j < columns; j++)
    for (int64_t i = 0; i < (task == b ? j : rows); i++)
      job.out[(first_b + j) * d + first_a + i] = sums[i * strip + j];
}

}  // namespace tammes::TAMMES_TARGET::gram
