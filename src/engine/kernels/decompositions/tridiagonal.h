// Reduction of a symmetric matrix to tridiagonal form: tridiagonal.as.ts.
#pragma once

#include "vectors.h"

namespace tammes::TAMMES_TARGET::linear_algebra {

/** Rows that one pass of the symmetric product takes. */
constexpr int64_t ROWS = PAIRS == 8 ? 8 : 4;

/** ROWS rows right of the block on the diagonal, and the same elements as columns. */
inline void multiply_rows(const double* a, int64_t stride, int64_t from, int64_t to, int64_t row,
                          const double* v, double* p) {
  Doubles sums[ROWS] = {};
  Doubles factors[ROWS];
  for (int64_t r = 0; r < ROWS; r++) factors[r] = splat(v[row + r]);
  for (int64_t j = from; j < to; j += PAIRS) {
    const Doubles u = load<Doubles>(v + j);
    Doubles even = load<Doubles>(p + j), odd = {};
#pragma GCC unroll 8
    for (int64_t r = 0; r < ROWS; r += 2) {
      const Doubles first = load<Doubles>(a + r * stride + j);
      const Doubles second = load<Doubles>(a + (r + 1) * stride + j);
      sums[r] = multiply_add(first, u, sums[r]);
      sums[r + 1] = multiply_add(second, u, sums[r + 1]);
      even = multiply_add(first, factors[r], even);
      odd = multiply_add(second, factors[r + 1], odd);
    }
    store(p + j, even + odd);
  }
  for (int64_t r = 0; r < ROWS; r++) p[row + r] += total(sums[r]);
}

/** p += A v over rows and columns [from, n), A symmetric by its upper triangle, v 0 before `from`. */
inline void multiply_symmetric(const double* a, int64_t stride, int64_t from, int64_t n, const double* v,
                               double* p) {
  for (int64_t i = round_down(from); i < n; i += ROWS) {
    const double* rows = a + i * stride;
    for (int64_t r = 0; r < ROWS; r++) {
      double sum = 0;
      for (int64_t c = 0; c < ROWS; c++)
        sum += (c < r ? rows[c * stride + i + r] : rows[r * stride + i + c]) * v[i + c];
      p[i + r] += sum;
    }
    multiply_rows(rows, stride, i + ROWS, n, i, v, p);
  }
}

struct TridiagonalJob {
  double *a, *vectors, *w;
  int64_t stride;
  double *diagonal, *off_diagonal, *tau;
  double *left, *right;
  int64_t n, first;

  explicit TridiagonalJob(const Description& job)
      : a(job.doubles(0)),
        vectors(job.doubles(1)),
        w(job.doubles(2)),
        stride(job.stride(3)),
        diagonal(job.doubles(4)),
        off_diagonal(diagonal + stride),
        tau(off_diagonal + stride),
        left(job.doubles(5)),
        right(job.doubles(6)),
        n(job.integer(7)),
        first(job.integer(8)) {}
};

/** BLOCK steps of the reduction; the trailing matrix is only read. */
inline void tridiagonal_panel(const Call& call, int64_t, char*) {
  const TridiagonalJob job{Description(call)};
  const int64_t n = job.n, stride = job.stride;
  const int64_t count = smaller(BLOCK, n - job.first);
  double* block = job.vectors + job.first * stride;
  std::memset(job.w, 0, sizeof(double) * BLOCK * stride);
  for (int64_t j = 0; j < count; j++) {
    const int64_t k = job.first + j;
    double* row = job.a + k * stride;
    for (int64_t t = 0; t < j; t++) {
      const double *v = block + t * stride, *w = job.w + t * stride;
      subtract_two(row, v[k], w, w[k], v, k, n);
    }
    job.diagonal[k] = row[k];
    if (k == n - 1) return;
    double *v = block + j * stride, *w = job.w + j * stride;
    const Reflector made = make_reflector(row, k + 1, n, v);
    job.off_diagonal[k] = made.beta;
    job.tau[k] = made.tau;
    if (made.tau == 0) continue;
    multiply_symmetric(job.a, stride, k + 1, n, v, w);
    for (int64_t i = round_down(k + 1); i <= k; i++) w[i] = 0;
    for (int64_t t = 0; t < j; t++) {
      const double *v0 = block + t * stride, *w0 = job.w + t * stride;
      subtract_two(w, dot(w0, v, k + 1, n), v0, dot(v0, v, k + 1, n), w0, k + 1, n);
    }
    const double half = 0.5 * made.tau * made.tau * dot(w, v, k + 1, n);
    set_multiple(w, made.tau, w, k + 1, n);
    add_multiple(w, -half, v, k + 1, n);
  }
  const int64_t from = job.first + BLOCK, depth = 2 * BLOCK;
  double* left = job.left + from * depth;
  double* right = job.right + from * depth;
  pack_negated_columns(block, stride, BLOCK, from, stride, left, depth, 0);
  pack_negated_columns(job.w, stride, BLOCK, from, stride, left, depth, BLOCK);
  pack_panels(job.w, stride, BLOCK, from, stride, right, depth, 0);
  pack_panels(block, stride, BLOCK, from, stride, right, depth, BLOCK);
}

}  // namespace tammes::TAMMES_TARGET::linear_algebra
