// Reduction of a square matrix to upper bidiagonal form: bidiagonal.as.ts.
#pragma once

#include "vectors.h"

namespace tammes::TAMMES_TARGET::linear_algebra {

struct BidiagonalJob {
  double *a, *u, *v, *x, *y;
  int64_t stride;
  double *diagonal, *off_diagonal, *left_tau, *right_tau;
  double *left, *right;
  int64_t n, first;

  explicit BidiagonalJob(const Description& job)
      : a(job.doubles(0)),
        u(job.doubles(1)),
        v(job.doubles(2)),
        x(job.doubles(3)),
        y(job.doubles(4)),
        stride(job.stride(5)),
        diagonal(job.doubles(6)),
        off_diagonal(diagonal + stride),
        left_tau(off_diagonal + stride),
        right_tau(left_tau + stride),
        left(job.doubles(7)),
        right(job.doubles(8)),
        n(job.integer(9)),
        first(job.integer(10)) {}

  double* u_of(int64_t t) const { return u + (first + t) * stride; }
  double* v_of(int64_t t) const { return v + (first + t) * stride; }
  double* x_of(int64_t t) const { return x + t * stride; }
  double* y_of(int64_t t) const { return y + t * stride; }
};

/** y ← y + Σ u_r row_r over four rows and columns [from, to), rounded out. */
inline void add_four_rows(const double* a, int64_t stride, int64_t from, int64_t to, const double* u,
                          double* y) {
  const Doubles u0 = splat(u[0]), u1 = splat(u[1]), u2 = splat(u[2]), u3 = splat(u[3]);
  const double *b = a + stride, *c = b + stride, *d = c + stride;
  for (int64_t j = round_down(from); j < to; j += PAIRS) {
    const Doubles even = multiply_add(u2, load<Doubles>(c + j),
                                      multiply_add(u0, load<Doubles>(a + j), load<Doubles>(y + j)));
    const Doubles odd = multiply_add(u3, load<Doubles>(d + j), u1 * load<Doubles>(b + j));
    store(y + j, even + odd);
  }
}

/** The products of four rows with v over [from, to), rounded out. */
inline void dot_four_rows(const double* a, int64_t stride, int64_t from, int64_t to, const double* v,
                          double* out) {
  Doubles sums[4][PARTS] = {};
  for (int64_t j = round_down(from); j < to; j += PANEL) {
    for (int64_t p = 0; p < PARTS; p++) {
      const Doubles x = load<Doubles>(v + j + p * PAIRS);
      for (int r = 0; r < 4; r++)
        sums[r][p] = multiply_add(load<Doubles>(a + r * stride + j + p * PAIRS), x, sums[r][p]);
    }
  }
  for (int r = 0; r < 4; r++) {
    Doubles all = {};
    for (const Doubles& part : sums[r]) all += part;
    out[r] = total(all);
  }
}

/** y_j = τ (A − U Yᵀ − X Vᵀ)ᵀ u_j, right of column k. */
inline void multiply_left(const BidiagonalJob& job, int64_t j, double tau) {
  const int64_t n = job.n, k = job.first + j;
  const double* u = job.u_of(j);
  double* y = job.y_of(j);
  for (int64_t i = k & ~int64_t{3}; i < n; i += 4)
    add_four_rows(job.a + i * job.stride, job.stride, k + 1, n, u + i, y);
  for (int64_t t = 0; t < j; t++)
    subtract_two(y, dot(job.u_of(t), u, k, n), job.y_of(t), dot(job.x_of(t), u, k, n), job.v_of(t),
                 k + 1, n);
  set_multiple(y, tau, y, k + 1, n);
  for (int64_t i = round_down(k + 1); i <= k; i++) y[i] = 0;
}

/** x_j = τ (A − U Yᵀ − X Vᵀ) v_j, below row k. */
inline void multiply_right(const BidiagonalJob& job, int64_t j, double tau) {
  const int64_t n = job.n, k = job.first + j;
  const double* v = job.v_of(j);
  double* x = job.x_of(j);
  for (int64_t i = (k + 1) & ~int64_t{3}; i < n; i += 4)
    dot_four_rows(job.a + i * job.stride, job.stride, k + 1, n, v, x + i);
  for (int64_t t = 0; t < j; t++)
    subtract_two(x, dot(job.y_of(t), v, k + 1, n), job.u_of(t), dot(job.v_of(t), v, k + 1, n),
                 job.x_of(t), k + 1, n);
  add_multiple(x, -dot(job.y_of(j), v, k + 1, n), job.u_of(j), k + 1, n);
  set_multiple(x, tau, x, k + 1, n);
  for (int64_t i = round_down(k + 1); i <= k; i++) x[i] = 0;
}

/** BLOCK steps of the reduction; the trailing matrix is only read. Scratch: 16 bytes and a row. */
inline void bidiagonal_panel(const Call& call, int64_t, char* scratch) {
  const BidiagonalJob job{Description(call)};
  const int64_t n = job.n, stride = job.stride, end = smaller(n, job.first + BLOCK);
  double* line = reinterpret_cast<double*>(scratch);
  std::memset(line, 0, sizeof(double) * stride);
  std::memset(job.x, 0, sizeof(double) * BLOCK * stride);
  std::memset(job.y, 0, sizeof(double) * BLOCK * stride);
  for (int64_t k = job.first; k < end; k++) {
    const int64_t j = k - job.first;
    for (int64_t i = k; i < n; i++) line[i] = job.a[i * stride + k];
    for (int64_t i = n; i % PANEL != 0; i++) line[i] = 0;
    for (int64_t t = 0; t < j; t++)
      subtract_two(line, job.y_of(t)[k], job.u_of(t), job.v_of(t)[k], job.x_of(t), k, n);
    const Reflector column = make_reflector(line, k, n, job.u_of(j));
    job.diagonal[k] = column.beta;
    job.left_tau[k] = column.tau;
    if (k == n - 1) return;
    multiply_left(job, j, column.tau);

    set_multiple(line, 1, job.a + k * stride, k + 1, n);
    for (int64_t t = 0; t < j; t++)
      subtract_two(line, job.u_of(t)[k], job.y_of(t), job.x_of(t)[k], job.v_of(t), k + 1, n);
    add_multiple(line, -job.u_of(j)[k], job.y_of(j), k + 1, n);
    const Reflector row = make_reflector(line, k + 1, n, job.v_of(j));
    job.off_diagonal[k] = row.beta;
    job.right_tau[k] = row.tau;
    multiply_right(job, j, row.tau);
  }
  if (end == n) return;
  const int64_t depth = 2 * BLOCK;
  double* left = job.left + end * depth;
  double* right = job.right + end * depth;
  pack_negated_columns(job.u_of(0), stride, BLOCK, end, stride, left, depth, 0);
  pack_negated_columns(job.x, stride, BLOCK, end, stride, left, depth, BLOCK);
  pack_panels(job.y, stride, BLOCK, end, stride, right, depth, 0);
  pack_panels(job.v_of(0), stride, BLOCK, end, stride, right, depth, BLOCK);
}

}  // namespace tammes::TAMMES_TARGET::linear_algebra
