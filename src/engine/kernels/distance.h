// squared-distance.ts, in the same order of sums and so to the same bits.
#pragma once

#include "simd.h"

namespace tammes::TAMMES_TARGET {

template <bool SUM>
inline double squared(const float* x, const float* y, int64_t d) {
  FourDoubles s = {};
  int64_t c = 0;
  for (; c + 4 <= d; c += 4) {
    const FourDoubles a = widened(load<FourFloats>(x + c));
    const FourDoubles b = widened(load<FourFloats>(y + c));
    const FourDoubles t = SUM ? a + b : a - b;
    s += t * t;
  }
  for (int u = 0; c < d; c++, u++) {
    const double t = SUM ? (double)x[c] + (double)y[c] : (double)x[c] - (double)y[c];
    s[u] += t * t;
  }
  return s[0] + s[1] + (s[2] + s[3]);
}

/** Σ_c (x_c − y_c)². */
inline double squared_distance(const float* x, const float* y, int64_t d) {
  return squared<false>(x, y, d);
}

/** Σ_c (x_c + y_c)²: small for nearly opposite rows. */
inline double squared_sum(const float* x, const float* y, int64_t d) {
  return squared<true>(x, y, d);
}

/** Σ_c x_c y_c. */
inline double inner_product(const float* x, const float* y, int64_t d) {
  FourDoubles s = {};
  int64_t c = 0;
  for (; c + 4 <= d; c += 4)
    s += widened(load<FourFloats>(x + c)) * widened(load<FourFloats>(y + c));
  for (int u = 0; c < d; c++, u++) s[u] += (double)x[c] * (double)y[c];
  return s[0] + s[1] + (s[2] + s[3]);
}

}  // namespace tammes::TAMMES_TARGET
