// The register tile of the matrix kernels, and the layouts it reads.
#pragma once

#include "simd.h"
#include "work.h"

namespace tammes::TAMMES_TARGET {

/** Rows of a register tile: with two vectors in each, its sums and operands fill the registers. */
constexpr int TILE_ROWS = TAMMES_TILE_ROWS;
/** Columns of a full tile. */
constexpr int TILE_COLUMNS = 2 * LANES;



/**
 * C = A·B, or C += A·B if ADD: TILE_ROWS rows of VECTORS vectors. A's entry (i, k) is a[i · ROW + k · STEP],
 * and a[i · row + k · STEP] if ROW is 0; B is `depth` rows of VECTORS vectors, one after the other.
 */
template <int VECTORS, int ROW, int STEP, bool ADD>
inline void tile(int depth, const float* a, const float* b, float* c, int64_t stride,
                 int64_t row = ROW) {
  // Unrolled, so that the sums are registers throughout.
  Floats sums[TILE_ROWS][VECTORS];
#pragma GCC unroll 12
  for (int i = 0; i < TILE_ROWS; i++) {
#pragma GCC unroll 2
    for (int v = 0; v < VECTORS; v++) sums[i][v] = Floats{};
  }
#pragma GCC unroll 4
  for (int k = 0; k < depth; k++) {
    Floats right[VECTORS];
#pragma GCC unroll 2
    for (int v = 0; v < VECTORS; v++) right[v] = load<Floats>(b + v * LANES);
#pragma GCC unroll 12
    for (int i = 0; i < TILE_ROWS; i++) {
      const Floats left = splat(a[i * (ROW == 0 ? row : ROW)]);
#pragma GCC unroll 2
      for (int v = 0; v < VECTORS; v++) sums[i][v] = multiply_add(left, right[v], sums[i][v]);
    }
    a += STEP;
    b += VECTORS * LANES;
  }
#pragma GCC unroll 12
  for (int i = 0; i < TILE_ROWS; i++)
#pragma GCC unroll 2
    for (int v = 0; v < VECTORS; v++) {
      float* at = c + i * stride + v * LANES;
      store(at, ADD ? load<Floats>(at) + sums[i][v] : sums[i][v]);
    }
}

/** C = A·B in tiles of two vectors, C += A·B where `add`. A's rows lie next to one another. */
template <int STEP>
inline void tile_of_panels(int64_t depth, const float* a, const float* b, float* c, int64_t stride,
                           bool add) {
  if (add) tile<2, 1, STEP, true>((int)depth, a, b, c, stride);
  else tile<2, 1, STEP, false>((int)depth, a, b, c, stride);
}

/** C += A·B in a tile of two vectors, or of one where no more than LANES columns are left. */
template <int ROW, int STEP>
inline void add_tile(int64_t left, int64_t depth, const float* a, const float* b, float* c,
                     int64_t stride) {
  if (left > LANES) tile<2, ROW, STEP, true>((int)depth, a, b, c, stride);
  else tile<1, ROW, STEP, true>((int)depth, a, b, c, stride);
}

/** Entries start … end of four rows, `stride` apart, as columns: out[WIDTH k + u] = x[u · stride + k]. */
template <int WIDTH>
inline void transpose_four(const float* x, int64_t start, int64_t end, int64_t stride, float* out) {
  typedef float Four __attribute__((vector_size(16)));
  int64_t k = start;
  for (; k + 4 <= end; k += 4) {
    const Four a = load<Four>(x + k), b = load<Four>(x + stride + k);
    const Four c = load<Four>(x + 2 * stride + k), e = load<Four>(x + 3 * stride + k);
    for (int v = 0; v < 4; v++) store(out + WIDTH * (k + v), Four{a[v], b[v], c[v], e[v]});
  }
  for (; k < end; k++)
    for (int u = 0; u < 4; u++) out[WIDTH * k + u] = x[u * stride + k];
}

/**
 * Rows as columns: `count` rows of length d, `stride` apart, into panels of WIDTH rows, each k-major:
 * out[(j / WIDTH) · WIDTH d + WIDTH k + j % WIDTH] = x[j · stride + k]; rows that are missing in the
 * last panel are zero.
 */
template <int WIDTH>
inline void pack_columns(const float* x, int64_t count, int64_t d, int64_t stride, float* out) {
  for (int64_t j = 0; j < count; j += WIDTH, out += WIDTH * d) {
    const int64_t present = count - j < WIDTH ? count - j : WIDTH;
    if (present < WIDTH) std::memset(out, 0, sizeof(float) * WIDTH * d);
    // Strips of k keep the lines that are written in the cache.
    for (int64_t start = 0; start < d; start += 64) {
      const int64_t end = start + 64 < d ? start + 64 : d;
      int64_t u = 0;
      for (; u + 4 <= present; u += 4)
        transpose_four<WIDTH>(x + (j + u) * stride, start, end, stride, out + u);
      for (; u < present; u++) {
        const float* row = x + (j + u) * stride;
        for (int64_t k = start; k < end; k++) out[WIDTH * k + u] = row[k];
      }
    }
  }
}

/**
 * `count` rows of length d, `stride` apart, into panels of TILE_COLUMNS columns, row after row; the last
 * panel is one vector wide where that suffices. Columns beyond d are zero.
 */
inline void pack_rows(const float* x, int64_t count, int64_t d, int64_t stride, float* out) {
  for (int64_t c = 0; c < d; c += TILE_COLUMNS) {
    const int64_t width = d - c > LANES ? TILE_COLUMNS : LANES;
    const int64_t present = d - c < width ? d - c : width;
    for (int64_t j = 0; j < count; j++, out += width) {
      const float* row = x + j * stride + c;
      for (int64_t u = 0; u < present; u++) out[u] = row[u];
      for (int64_t u = present; u < width; u++) out[u] = 0;
    }
  }
}

}  // namespace tammes::TAMMES_TARGET
