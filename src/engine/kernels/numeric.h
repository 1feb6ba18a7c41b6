// core/numeric.ts, and with it its bytes, in C++: float64 functions of +, −, ×, ÷ and √ alone, which no
// C library rounds its own way.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

#include "simd.h"

namespace tammes::TAMMES_TARGET {

inline double from_bits(uint64_t bits) {
  double value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

inline uint64_t bits_of(double value) {
  uint64_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

/** c₀ + c₁x + c₂x² + …, by Horner's rule. */
template <int COUNT>
inline double polynomial(const double (&c)[COUNT], double x) {
  double p = c[COUNT - 1];
  for (int i = COUNT - 2; i >= 0; i--) p = p * x + c[i];
  return p;
}

constexpr double factorial(int n) { return n < 2 ? 1 : n * factorial(n - 1); }

/** x to the nearest whole number, halves up, as Math.round does. */
inline double rounded(double x) {
  const double down = std::floor(x);
  return x - down >= 0.5 ? down + 1 : down;
}

constexpr double EXP_64[] = {
    1 / factorial(1), 1 / factorial(2),  1 / factorial(3),  1 / factorial(4), 1 / factorial(5),
    1 / factorial(6), 1 / factorial(7),  1 / factorial(8),  1 / factorial(9), 1 / factorial(10),
    1 / factorial(11), 1 / factorial(12), 1 / factorial(13)};

/** eˣ. */
inline double exp_of(double x) {
  if (!(x == x)) return x;
  if (x > 709.782712893384) return __builtin_inf();
  if (x < -745.1332191019412) return 0;
  const double k = rounded(x / 0.6931471805599453);
  const double high = x - k * 0.6931471803691238;
  const double r = high - k * 1.9082149292705877e-10;
  double value = 1 + r * polynomial(EXP_64, r);
  int rest = (int)k;
  for (; rest > 1000; rest -= 1000) value *= from_bits((uint64_t)(1023 + 1000) << 52);
  for (; rest < -1000; rest += 1000) value *= from_bits((uint64_t)(1023 - 1000) << 52);
  return value * from_bits((uint64_t)(rest + 1023) << 52);
}

constexpr double LOG_64[] = {2.0 / 3,  2.0 / 5,  2.0 / 7,  2.0 / 9,  2.0 / 11, 2.0 / 13,
                             2.0 / 15, 2.0 / 17, 2.0 / 19, 2.0 / 21, 2.0 / 23};

/** ln x for normal x > 0. */
inline double log_of(double x) {
  const uint64_t bits = bits_of(x);
  double k = (double)((int)(bits >> 52) - 1023);
  double m = from_bits((bits & 0xfffffffffffffull) | 0x3ff0000000000000ull);
  if (m > 1.4142135623730951) {
    m /= 2;
    k += 1;
  }
  const double f = m - 1;
  const double s = f / (2 + f);
  const double z = s * s;
  const double p = z * polynomial(LOG_64, z);
  return k * 0.6931471803691238 + (f - (s * (f - p) - k * 1.9082149292705877e-10));
}

constexpr double SIN_64[] = {-1 / factorial(3),  1 / factorial(5),  -1 / factorial(7),
                             1 / factorial(9),   -1 / factorial(11), 1 / factorial(13),
                             -1 / factorial(15), 1 / factorial(17),  -1 / factorial(19)};
constexpr double COS_64[] = {-1 / factorial(2),  1 / factorial(4),  -1 / factorial(6),
                             1 / factorial(8),   -1 / factorial(10), 1 / factorial(12),
                             -1 / factorial(14), 1 / factorial(16),  -1 / factorial(18)};

/** sin and cos of x, 0 ≤ x ≤ 10⁵. */
inline void sine_cosine(double x, double& sine, double& cosine) {
  const double k = rounded(x / 1.5707963267948966);
  const double r =
      x - k * 1.5707963267341256 - k * 6.077100506303966e-11 - k * 2.0222662487959506e-21;
  const double z = r * r;
  const double s = r + r * z * polynomial(SIN_64, z);
  const double c = 1 + z * polynomial(COS_64, z);
  const int quadrant = (int)((int64_t)k & 3);
  sine = quadrant & 1 ? c : s;
  cosine = quadrant & 1 ? s : c;
  if (quadrant >= 2) sine = -sine;
  if (quadrant == 1 || quadrant == 2) cosine = -cosine;
}

constexpr double ATAN_EIGHTHS[] = {0.0,
                                   0.12435499454676144,
                                   0.24497866312686414,
                                   0.35877067027057225,
                                   0.4636476090008061,
                                   0.5585993153435624,
                                   0.6435011087932844,
                                   0.7188299996216245,
                                   0.7853981633974483};
constexpr double ATAN_64[] = {-1.0 / 3, 1.0 / 5, -1.0 / 7, 1.0 / 9, -1.0 / 11, 1.0 / 13, -1.0 / 15};

/** arctan of y/x for 0 ≤ y ≤ x, x not tiny: the nearest eighth k, and the small angle that is left. */
inline double arctangent_of_ratio(double y, double x) {
  const double k = rounded(8 * y / x);
  const double t = (y - k / 8 * x) / (x + k / 8 * y);
  const double z = t * t;
  return ATAN_EIGHTHS[(int)k] + (t + t * z * polynomial(ATAN_64, z));
}

/** The angle of (x, y), both ≥ 0 and not both tiny. */
inline double angle_in_quadrant(double y, double x) {
  if (y <= x) return arctangent_of_ratio(y, x);
  return 3.141592653589793 / 2 - arctangent_of_ratio(x, y);
}

/** The angle of (x, y) in (−π, π]; 0 at the origin; for components that come from float32. */
inline double angle_of_vector(double y, double x) {
  const double ay = __builtin_fabs(y), ax = __builtin_fabs(x);
  if (ax == 0 && ay == 0) return 0;
  const double infinite = __builtin_inf();
  double angle;
  if (!(ax < infinite && ay < infinite)) {
    if (ax != ax || ay != ay) return ax + ay;
    const double eighth = 3.141592653589793 / 4;
    angle = ax == ay ? eighth : ax == infinite ? 0 : 2 * eighth;
  } else {
    angle = angle_in_quadrant(ay, ax);
  }
  if (x < 0) angle = 3.141592653589793 - angle;
  return y < 0 ? -angle : angle;
}

}  // namespace tammes::TAMMES_TARGET
