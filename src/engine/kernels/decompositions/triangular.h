// Panels of QR and of Cholesky: triangular.as.ts.
#pragma once

#include "vectors.h"

namespace tammes::TAMMES_TARGET::linear_algebra {

/** COUNT rows, r ← r − τ ⟨r, v⟩ v. */
template <int COUNT>
inline void reflect_rows(double* a, int64_t stride, const double* v, double tau, int64_t from,
                         int64_t to) {
  Doubles sums[COUNT] = {};
  for (int64_t j = round_down(from); j < to; j += PAIRS) {
    const Doubles x = load<Doubles>(v + j);
    for (int r = 0; r < COUNT; r++) sums[r] = multiply_add(load<Doubles>(a + r * stride + j), x, sums[r]);
  }
  for (int r = 0; r < COUNT; r++) sums[r] = splat(-tau * total(sums[r]));
  for (int64_t j = round_down(from); j < to; j += PAIRS) {
    const Doubles x = load<Doubles>(v + j);
    for (int r = 0; r < COUNT; r++) {
      double* at = a + r * stride + j;
      store(at, multiply_add(sums[r], x, load<Doubles>(at)));
    }
  }
}

/** `count` columns, from number `first` on, made triangular by reflections. */
inline void triangular_panel(const Call& call, int64_t, char*) {
  const Description job(call);
  double *columns = job.doubles(0), *vectors = job.doubles(1);
  const int64_t stride = job.stride(2), m = job.integer(5), first = job.integer(6);
  double *diagonal = job.doubles(3), *taus = job.doubles(4);
  const int64_t end = first + job.integer(7);
  for (int64_t k = first; k < end; k++) {
    double* v = vectors + k * stride;
    const Reflector made = make_reflector(columns + k * stride, k, m, v);
    diagonal[k] = made.beta;
    taus[k] = made.tau;
    if (made.tau == 0) continue;
    int64_t j = k + 1;
    for (; j + 3 < end; j += 4) reflect_rows<4>(columns + j * stride, stride, v, made.tau, k, m);
    for (; j < end; j++) reflect_rows<1>(columns + j * stride, stride, v, made.tau, k, m);
  }
}

/** BLOCK rows of U with A = UᵀU; words 6 and 8 tell of a pivot that is not positive. */
inline void cholesky_panel(const Call& call, int64_t, char*) {
  const Description job(call);
  double* a = job.doubles(0);
  const int64_t stride = job.stride(1), n = job.integer(4), first = job.integer(5);
  const int64_t end = smaller(n, first + BLOCK);
  for (int64_t k = first; k < end; k++) {
    double* row = a + k * stride;
    const double pivot = row[k];
    if (!(pivot > 0)) {
      job.words()[6] = static_cast<int32_t>(k + 1);
      std::memcpy(job.words() + 8, &pivot, sizeof pivot);
      return;
    }
    set_multiple(row, 1 / __builtin_sqrt(pivot), row, k, n);
    row[k] = __builtin_sqrt(pivot);
    for (int64_t i = k + 1; i < end; i++) add_multiple(a + i * stride, -row[i], row, i, n);
  }
  if (end == n) return;
  const double* panel = a + first * stride;
  pack_negated_columns(panel, stride, BLOCK, end, stride, job.doubles(2) + end * BLOCK, BLOCK, 0);
  pack_panels(panel, stride, BLOCK, end, stride, job.doubles(3) + end * BLOCK, BLOCK, 0);
}

}  // namespace tammes::TAMMES_TARGET::linear_algebra
