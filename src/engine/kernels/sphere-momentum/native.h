// sphere-momentum and sphere-flow: see contract.ts; the bytes of reference.ts. Sums are added where they are written,
// never fused but where products of two float32 are exact.
#pragma once

#include "../distance.h"
#include "../numeric.h"
#include "../work.h"

namespace tammes::TAMMES_TARGET::sphere_momentum {

/** Rows per task. */
constexpr int64_t ROWS = 256;

inline Plan plan(const Call& call) {
  Plan plan;
  plan.tasks = (call.integer(0) + ROWS - 1) / ROWS;
  return plan;
}

inline FourDoubles four(const float* x) { return widened(load<FourFloats>(x)); }

/** A sum in the order of `fourSumDot`. */
struct FourSums {
  FourDoubles sums = {};
  void add(FourDoubles x, FourDoubles y) { sums += x * y; }
  /** Of values of float32, whose product is exact: fused or not, the bits are the same. */
  void add_exact(FourDoubles x, FourDoubles y) { sums = multiply_add(x, y, sums); }
  /** One of the last d mod 4. */
  void add(double x, double y) { sums[0] += x * y; }
  double total() const { return sums[0] + sums[1] + (sums[2] + sums[3]); }
};

inline double inner(const float* x, const float* y, int64_t d) {
  FourSums sum;
  int64_t c = 0;
  for (; c + 4 <= d; c += 4) sum.add_exact(four(x + c), four(y + c));
  for (; c < d; c++) sum.add((double)x[c], (double)y[c]);
  return sum.total();
}

/** `radial`: ⟨x,g⟩. */
inline void push_row(const float* x, const float* g, float* m, int64_t d, double radial,
                     double keep, double weight, double* sums) {
  FourSums tt, xx, xm, mm;
  int64_t c = 0;
  for (; c + 4 <= d; c += 4) {
    const FourDoubles xc = four(x + c);
    const FourDoubles t = four(g + c) - radial * xc;
    const FourDoubles sum = keep * four(m + c) + weight * t;
    const FourFloats stored = narrowed(sum);
    store(m + c, stored);
    const FourDoubles next = widened(stored);
    tt.add(t, t);
    xx.add_exact(xc, xc);
    xm.add_exact(xc, next);
    mm.add_exact(next, next);
  }
  for (; c < d; c++) {
    const double xc = x[c];
    const double t = (double)g[c] - radial * xc;
    m[c] = (float)(keep * (double)m[c] + weight * t);
    const double next = m[c];
    tt.add(t, t);
    xx.add(xc, xc);
    xm.add(xc, next);
    mm.add(next, next);
  }
  sums[0] = tt.total();
  sums[1] = xx.total();
  sums[2] = xm.total();
  sums[3] = mm.total();
}

/** Arrays: points, gradient, momentum, n × d each, n factors to keep, n × 4 sums. Numbers: n, d, weight. */
inline void run(const Call& call, int64_t task, char*) {
  const int64_t d = call.integer(1), end = smaller(call.integer(0), (task + 1) * ROWS);
  const float *x = call.array<float>(0), *g = call.array<float>(1);
  const double* keep = call.array<double>(3);
  double* sums = call.array<double>(4);
  // Some rows at a time, so that none waits for the whole of its own inner product.
  constexpr int64_t SOME = 8;
  for (int64_t first = task * ROWS; first < end; first += SOME) {
    const int64_t last = smaller(first + SOME, end);
    double radial[SOME];
    for (int64_t i = first; i < last; i++) radial[i - first] = inner(x + i * d, g + i * d, d);
    for (int64_t i = first; i < last; i++)
      push_row(x + i * d, g + i * d, call.array<float>(2) + i * d, d, radial[i - first], keep[i],
               call.numbers[2], sums + 4 * i);
  }
}

// sphere-flow -------------------------------------------------------------------------------------

typedef int64_t FourLongs __attribute__((vector_size(32)));

inline FourDoubles choose(FourLongs mask, FourDoubles a, FourDoubles b) {
  return (FourDoubles)(((FourLongs)a & mask) | ((FourLongs)b & ~mask));
}

/** To the nearest whole numbers, halves up. Adding 1.5 · 2⁵² rounds, halves to even. */
inline FourDoubles rounded(FourDoubles x) {
  constexpr double ROUNDER = 0x1.8p52;
  const FourDoubles even = (x + ROUNDER) - ROUNDER;
  return choose(x - even >= 0.5, even + 1, even);
}

template <int COUNT>
inline FourDoubles polynomial(const double (&c)[COUNT], FourDoubles x) {
  FourDoubles p = c[COUNT - 1] - FourDoubles{};
  for (int i = COUNT - 2; i >= 0; i--) p = p * x + c[i];
  return p;
}

/** sin and cos of core/numeric.ts. */
inline void sines_cosines(FourDoubles x, FourDoubles& sine, FourDoubles& cosine) {
  const FourDoubles k = rounded(x / 1.5707963267948966);
  const FourDoubles r =
      x - k * 1.5707963267341256 - k * 6.077100506303966e-11 - k * 2.0222662487959506e-21;
  const FourDoubles z = r * r;
  const FourDoubles s = r + r * z * polynomial(SIN_64, z);
  const FourDoubles c = 1 + z * polynomial(COS_64, z);
  // k mod 4: what is left of the nearest multiple of 4 is between −2 and 2.
  FourDoubles quadrant = k - 4 * rounded(k / 4);
  quadrant = choose(quadrant < 0, quadrant + 4, quadrant);
  const FourLongs odd = (quadrant == 1) | (quadrant == 3);
  sine = choose(odd, c, s);
  cosine = choose(odd, s, c);
  sine = choose(quadrant >= 2, -sine, sine);
  cosine = choose((quadrant == 1) | (quadrant == 2), -cosine, cosine);
}

/** What becomes of four rows: x ← px + qv, v ← rv + sx. */
struct Flow {
  FourDoubles p, q, r, s;

  Flow(FourDoubles time, FourDoubles xx, FourDoubles xv, FourDoubles vv) {
    FourDoubles speed, sine, cosine, length;
    speed = root(vv);
    sines_cosines(time * speed, sine, cosine);
    const FourDoubles along = choose(speed == 0, time, sine / speed);
    const FourDoubles squared =
        cosine * cosine * xx + 2 * cosine * along * xv + along * along * vv;
    length = root(squared);
    p = cosine / length;
    q = along / length;
    r = cosine;
    s = -sine * speed;
  }
};

/** Whether x changed. */
inline bool mix_row(float* x, float* v, int64_t d, double p, double q, double r, double s) {
  typedef int32_t HalfIntegers __attribute__((vector_size(2 * LANES)));
  HalfIntegers differ = {};
  bool changed = false;
  int64_t c = 0;
  for (; c + PAIRS <= d; c += PAIRS) {
    const HalfFloats before = load<HalfFloats>(x + c);
    const Doubles xc = __builtin_convertvector(before, Doubles), vc = widened(v + c);
    const HalfFloats after = __builtin_convertvector(p * xc + q * vc, HalfFloats);
    store(x + c, after);
    store(v + c, __builtin_convertvector(r * vc + s * xc, HalfFloats));
    differ |= (HalfIntegers)(after != before);
  }
  for (int u = 0; u < PAIRS; u++) changed |= differ[u] != 0;
  for (; c < d; c++) {
    const float before = x[c];
    const double xc = before, vc = v[c];
    x[c] = (float)(p * xc + q * vc);
    v[c] = (float)(r * vc + s * xc);
    changed |= x[c] != before;
  }
  return changed;
}

/**
 * Arrays: points, velocities, n × d each, n times, n × 4 sums (or anything, without them), a flag that is set
 * when a point changes. Numbers: n, d, whether there are sums.
 */
inline void run_flow(const Call& call, int64_t task, char*) {
  const int64_t d = call.integer(1), end = smaller(call.integer(0), (task + 1) * ROWS);
  const bool summed = call.numbers[2] != 0;
  const double* times = call.array<double>(2);
  const double* sums = call.array<double>(3);
  bool changed = false;
  for (int64_t first = task * ROWS; first < end; first += 4) {
    const int64_t count = smaller(4, end - first);
    FourDoubles time = {}, xx = time, xv = time, vv = time;
    for (int64_t u = 0; u < count; u++) {
      const int64_t i = first + u;
      const float *x = call.array<float>(0) + i * d, *v = call.array<float>(1) + i * d;
      time[u] = times[i];
      xx[u] = summed ? sums[4 * i + 1] : inner(x, x, d);
      xv[u] = summed ? sums[4 * i + 2] : inner(x, v, d);
      vv[u] = summed ? sums[4 * i + 3] : inner(v, v, d);
    }
    const Flow flow(time, xx, xv, vv);
    for (int64_t u = 0; u < count; u++) {
      if (time[u] == 0) continue;
      const int64_t at = (first + u) * d;
      changed |= mix_row(call.array<float>(0) + at, call.array<float>(1) + at, d, flow.p[u],
                         flow.q[u], flow.r[u], flow.s[u]);
    }
  }
  if (changed) __atomic_store_n(call.array<int32_t>(4), 1, __ATOMIC_RELAXED);
}

}  // namespace tammes::TAMMES_TARGET::sphere_momentum
