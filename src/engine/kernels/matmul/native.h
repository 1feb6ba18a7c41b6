// matmul: see contract.ts.
//
// Arrays: A n × k, B k × m (m × k if transposed), the product n × m. Numbers: n, k, m, transposed.
#pragma once

#include "../tile.h"
#include "../work.h"

namespace tammes::TAMMES_TARGET::matmul {

/** Terms summed in one go; the sums of the stretches are then added up. */
constexpr int64_t DEPTH = 256;
/** Rows of the product in a task, and columns that are computed from one stretch of B. */
constexpr int64_t ROWS = 96;
constexpr int64_t COLUMNS = 288;

/** First B is packed into panels of TILE_COLUMNS columns, COLUMNS a task; then each task does ROWS rows. */
struct Job {
  const float *a, *b;
  float* out;
  int64_t n, k, m;
  bool transposed;
  int64_t packs;

  Counter* packed;
  int64_t cleared;
  float* right;
  int64_t workspace;

  explicit Job(const Call& call)
      : a(call.array<float>(0)),
        b(call.array<float>(1)),
        out(call.array<float>(2)),
        n(call.integer(0)),
        k(call.integer(1)),
        m(call.integer(2)),
        transposed(call.numbers[3] != 0),
        packs((m + COLUMNS - 1) / COLUMNS) {
    Arena arena(call.workspace);
    packed = arena.take<Counter>(1);
    cleared = arena.taken();
    right = arena.take<float>(rounded_up(m, TILE_COLUMNS) * k);
    workspace = arena.taken();
  }
};

inline Plan plan(const Call& call) {
  const Job job(call);
  const int64_t scratch = ROWS * DEPTH + ROWS * COLUMNS;
  return {job.packs + (job.n + ROWS - 1) / ROWS, job.workspace, job.cleared,
          scratch * (int64_t)sizeof(float)};
}

inline void pack(const Job& job, int64_t first) {
  const int64_t count = smaller(COLUMNS, job.m - first);
  float* out = job.right + first * job.k;
  if (job.transposed) {
    pack_columns<TILE_COLUMNS>(job.b + first * job.k, count, job.k, job.k, out);
  } else {
    for (int64_t c = 0; c < count; c += TILE_COLUMNS) {
      const int64_t present = smaller(TILE_COLUMNS, count - c);
      for (int64_t t = 0; t < job.k; t++, out += TILE_COLUMNS) {
        const float* row = job.b + t * job.m + first + c;
        for (int64_t u = 0; u < TILE_COLUMNS; u++) out[u] = u < present ? row[u] : 0;
      }
    }
  }
  job.packed->fetch_add(1, std::memory_order_acq_rel);
}

/** Adds, or writes, the part of the sums that belongs to the product. */
inline void put(const Job& job, const float* sums, int64_t row, int64_t rows, int64_t column,
                int64_t columns, bool add) {
  for (int64_t i = 0; i < rows; i++) {
    float* out = job.out + (row + i) * job.m + column;
    const float* from = sums + i * COLUMNS;
    for (int64_t j = 0; j < columns; j++) out[j] = add ? out[j] + from[j] : from[j];
  }
}

inline void product_rows(const Job& job, int64_t first, char* scratch) {
  float* left = reinterpret_cast<float*>(scratch);
  float* sums = left + ROWS * DEPTH;
  const int64_t rows = smaller(ROWS, job.n - first), k = job.k;
  for (int64_t start = 0; start < k || start == 0; start += DEPTH) {
    const int64_t depth = smaller(DEPTH, k - start);
    pack_columns<TILE_ROWS>(job.a + first * k + start, rows, depth, k, left);
    for (int64_t column = 0; column < job.m; column += COLUMNS) {
      const int64_t columns = smaller(COLUMNS, job.m - column);
      for (int64_t j = 0; j < columns; j += TILE_COLUMNS) {
        const float* panel = job.right + (column + j) * k + start * TILE_COLUMNS;
        for (int64_t i = 0; i < rows; i += TILE_ROWS) {
          tile<2, 1, TILE_ROWS, false>((int)depth, left + i * depth, panel,
                                       sums + i * COLUMNS + j, COLUMNS);
        }
      }
      put(job, sums, first, rows, column, columns, start > 0);
    }
  }
}

inline void run(const Call& call, int64_t task, char* scratch) {
  const Job job(call);
  if (task < job.packs) return pack(job, task * COLUMNS);
  wait_for(*job.packed, (int32_t)job.packs);
  product_rows(job, (task - job.packs) * ROWS, scratch);
}

}  // namespace tammes::TAMMES_TARGET::matmul
