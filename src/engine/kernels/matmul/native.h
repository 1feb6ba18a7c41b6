// matmul: see contract.ts.
//
// Arrays: A n × k (k × n if transposed), B k × m (m × k if transposed), the product n × m, a bias of m. Numbers: n,
// k, m, whether A is transposed, whether B is, whether there is a bias, and ten that say which patches A stands for if it holds images.
#pragma once

#include "../tile.h"
#include "../work.h"
#include "patches.h"

namespace tammes::TAMMES_TARGET::matmul {

/** Terms summed in one go; the sums of the stretches are then added up. */
constexpr int64_t DEPTH = 256;
/** Rows of the product in a task, and columns that are computed from one stretch of B. */
constexpr int64_t ROWS = 96;
constexpr int64_t COLUMNS = 288;

/** A product of so few columns reads A where it lies: to pack it would cost more. */
constexpr int64_t NARROW = 64;

/** First B is packed into panels of TILE_COLUMNS columns, COLUMNS a task; then each task does ROWS rows. */
struct Job {
  const float *a, *b;
  float* out;
  const float* bias;
  int64_t n, k, m;
  bool transposed_a, transposed_b;
  Patches patches;
  int64_t packs;

  Counter* packed;
  int64_t cleared;
  float* right;
  int64_t workspace;

  explicit Job(const Call& call)
      : a(call.array<float>(0)),
        b(call.array<float>(1)),
        out(call.array<float>(2)),
        bias(call.numbers[5] != 0 ? call.array<float>(3) : nullptr),
        n(call.integer(0)),
        k(call.integer(1)),
        m(call.integer(2)),
        transposed_a(call.numbers[3] != 0),
        transposed_b(call.numbers[4] != 0),
        patches(call, 6),
        packs((m + COLUMNS - 1) / COLUMNS) {
    Arena arena(call.workspace);
    packed = arena.take<Counter>(1);
    cleared = arena.taken();
    right = arena.take<float>(rounded_up(m, TILE_COLUMNS) * k);
    workspace = arena.taken();
  }

  bool narrow() const { return m <= NARROW && !transposed_a && !patches.given(); }
};

inline Plan plan(const Call& call) {
  const Job job(call);
  const int64_t seen = job.patches.given() ? ROWS * DEPTH : 0;
  const int64_t scratch = ROWS * DEPTH + TILE_ROWS * TILE_COLUMNS + seen;
  return {job.packs + (job.n + ROWS - 1) / ROWS, job.workspace, job.cleared,
          scratch * (int64_t)sizeof(float)};
}

/** `count` columns of `depth` rows, `stride` apart, into panels of WIDTH columns; columns beyond are zero. */
template <int WIDTH>
inline void pack_panels(const float* x, int64_t count, int64_t depth, int64_t stride, float* out) {
  for (int64_t c = 0; c < count; c += WIDTH) {
    const int64_t present = smaller(WIDTH, count - c);
    for (int64_t t = 0; t < depth; t++, out += WIDTH) {
      const float* row = x + t * stride + c;
      if (present == WIDTH) {
        std::memcpy(out, row, sizeof(float) * WIDTH);
      } else {
        for (int64_t u = 0; u < WIDTH; u++) out[u] = u < present ? row[u] : 0;
      }
    }
  }
}

inline void pack_right(const Job& job, int64_t first) {
  const int64_t count = smaller(COLUMNS, job.m - first), k = job.k;
  float* out = job.right + first * k;
  if (job.narrow() && job.m <= LANES) {
    if (job.transposed_b) pack_columns<LANES>(job.b, count, k, k, out);
    else pack_panels<LANES>(job.b, count, k, job.m, out);
  } else if (job.transposed_b) pack_columns<TILE_COLUMNS>(job.b + first * k, count, k, k, out);
  else pack_panels<TILE_COLUMNS>(job.b + first, count, k, job.m, out);
  job.packed->fetch_add(1, std::memory_order_acq_rel);
}

/** As pack_left, from images: the block of the matrix that they stand for is made behind the sums. */
inline void pack_patches(const Job& job, int64_t first, int64_t rows, int64_t start, int64_t depth,
                         float* out) {
  float* seen = out + ROWS * DEPTH + TILE_ROWS * TILE_COLUMNS;
  if (job.transposed_a) {
    gather_patches(job.a, job.patches, start, depth, first, rows, seen);
    pack_panels<TILE_ROWS>(seen, rows, depth, rows, out);
  } else {
    gather_patches(job.a, job.patches, first, rows, start, depth, seen);
    pack_columns<TILE_ROWS>(seen, rows, depth, depth, out);
  }
}

inline void pack_left(const Job& job, int64_t first, int64_t rows, int64_t start, int64_t depth,
                      float* out) {
  if (job.patches.given()) return pack_patches(job, first, rows, start, depth, out);
  if (job.transposed_a) pack_panels<TILE_ROWS>(job.a + start * job.n + first, rows, depth, job.n, out);
  else pack_columns<TILE_ROWS>(job.a + first * job.k + start, rows, depth, job.k, out);
}

/** Writes, or adds, the rows × columns of a tile that belong to the product. */
inline void put_part(const float* sums, int64_t rows, int64_t columns, float* out, int64_t stride,
                     bool add) {
  for (int64_t i = 0; i < rows; i++, out += stride, sums += TILE_COLUMNS)
    for (int64_t j = 0; j < columns; j++) out[j] = add ? out[j] + sums[j] : sums[j];
}

/** A tile at the edge of the product, of which only rows × columns belong to it. */
inline void edge_tile(int64_t depth, const float* a, const float* b, int64_t rows, int64_t columns,
                      float* out, int64_t stride, bool add, float* sums) {
  tile_of_panels<TILE_ROWS>(depth, a, b, sums, TILE_COLUMNS, false);
  put_part(sums, rows, columns, out, stride, add);
}

inline void product_rows(const Job& job, int64_t first, char* scratch) {
  float* left = reinterpret_cast<float*>(scratch);
  float* sums = left + ROWS * DEPTH;
  const int64_t rows = smaller(ROWS, job.n - first), k = job.k, m = job.m;
  for (int64_t start = 0; start < k || start == 0; start += DEPTH) {
    const int64_t depth = smaller(DEPTH, k - start);
    pack_left(job, first, rows, start, depth, left);
    for (int64_t j = 0; j < m; j += TILE_COLUMNS) {
      const float* panel = job.right + j * k + start * TILE_COLUMNS;
      const int64_t columns = smaller(TILE_COLUMNS, m - j);
      for (int64_t i = 0; i < rows; i += TILE_ROWS) {
        const float* a = left + i * depth;
        float* out = job.out + (first + i) * m + j;
        const int64_t present = smaller(TILE_ROWS, rows - i);
        if (present == TILE_ROWS && columns == TILE_COLUMNS)
          tile_of_panels<TILE_ROWS>(depth, a, panel, out, m, start > 0);
        else
          edge_tile(depth, a, panel, present, columns, out, m, start > 0, sums);
      }
    }
  }
}

/** Rows of a narrow product, in panels of VECTORS vectors. */
template <int VECTORS>
inline void narrow_rows(const Job& job, int64_t first, char* scratch) {
  float* left = reinterpret_cast<float*>(scratch);
  float* sums = left + ROWS * DEPTH;
  const int64_t end = smaller(first + ROWS, job.n), k = job.k, m = job.m;
  for (int64_t i = first; i < end; i += TILE_ROWS) {
    const int64_t rows = smaller(TILE_ROWS, end - i);
    for (int64_t start = 0; start < k || start == 0; start += DEPTH) {
      const int depth = (int)smaller(DEPTH, k - start);
      const float* a = job.a + i * k + start;
      if (rows < TILE_ROWS) pack_columns<TILE_ROWS>(a, rows, depth, k, left);
      for (int64_t j = 0; j < m; j += VECTORS * LANES) {
        const float* panel = job.right + j * k + start * VECTORS * LANES;
        if (rows < TILE_ROWS) tile<VECTORS, 1, TILE_ROWS, false>(depth, left, panel, sums, TILE_COLUMNS);
        else tile<VECTORS, 0, 1, false>(depth, a, panel, sums, TILE_COLUMNS, k);
        put_part(sums, rows, smaller(VECTORS * LANES, m - j), job.out + i * m + j, m, start > 0);
      }
    }
  }
}

inline void add_bias(const Job& job, int64_t first) {
  const int64_t end = smaller(first + ROWS, job.n), m = job.m;
  for (int64_t i = first; i < end; i++) {
    float* __restrict row = job.out + i * m;
    for (int64_t j = 0; j < m; j++) row[j] += job.bias[j];
  }
}

inline void run(const Call& call, int64_t task, char* scratch) {
  const Job job(call);
  if (task < job.packs) return pack_right(job, task * COLUMNS);
  wait_for(*job.packed, (int32_t)job.packs);
  const int64_t first = (task - job.packs) * ROWS;
  if (!job.narrow()) product_rows(job, first, scratch);
  else if (job.m > LANES) narrow_rows<2>(job, first, scratch);
  else narrow_rows<1>(job, first, scratch);
  if (job.bias) add_bias(job, first);
}

}  // namespace tammes::TAMMES_TARGET::matmul
