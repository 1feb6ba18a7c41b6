// A vector of float32 values at a time: the functions of vector-math.as.ts, with fused operations where
// the processor has them. Errors in units in the last place (ulp) of the result, unless stated;
// src/engine/native/vector-math.test.ts measures them.
#pragma once

#include "work.h"

namespace tammes::TAMMES_TARGET {

template <int COUNT>
inline Floats polynomial(const float (&coefficients)[COUNT], Floats x) {
  Floats p = splat(coefficients[0]);
  for (int i = 1; i < COUNT; i++) p = multiply_add(p, x, splat(coefficients[i]));
  return p;
}

/** Beyond these eˣ leaves the normal numbers of float32. */
constexpr float EXP_LOWEST = -87;
constexpr float EXP_HIGHEST = 88.72283f;
/** Adding 1.5 · 2²³ rounds to a whole number and leaves it in the low bits. */
constexpr float ROUNDER = 12582912;
/** ln 2 in two parts; the first has so few digits that its product with an exponent is exact. */
constexpr float LN2_HIGH = 0.693359375f;
constexpr float LN2_LOW = -2.12194440e-4f;
/** (eᶠ − 1 − f) / f² on |f| ≤ ½ ln 2, highest power first: a Chebyshev fit, 1e-8. */
constexpr float EXP[] = {0.0013926250394433737f, 0.00836323294788599f, 0.04166655242443085f,
                         0.16666576266288757f, 0.5f};

/** eˣ for x ≤ 88.7, 0 below −87; error below 1.5 ulp. x = r ln 2 + f, |f| ≤ ½ ln 2. */
inline Floats exp_below(Floats x) {
  const Floats bounded = larger(x, splat(EXP_LOWEST));
  const Floats shifted = multiply_add(bounded, splat(1.44269504088896341f), splat(ROUNDER));
  const Floats r = shifted - ROUNDER;
  Floats f = multiply_add(r, splat(-LN2_HIGH), bounded);
  f = multiply_add(r, splat(-LN2_LOW), f);
  const Floats p = multiply_add(polynomial(EXP, f), f * f, f + 1.0f);
  const Floats power = floats_of(bits_of(p) + (bits_of(shifted) << 23));
  return keep(power, x >= EXP_LOWEST);
}

/** eˣ, ∞ above 88.72. */
inline Floats exp_of(Floats x) {
  const Floats power = exp_below(smaller(x, splat(EXP_HIGHEST)));
  return choose(x > EXP_HIGHEST, splat(__builtin_inff()), power);
}

/** (ln(1 + f) − f + f²/2) / f³ on √½ ≤ 1 + f ≤ √2, highest power first: a Chebyshev fit, 7e-9. */
constexpr float LOG[] = {-0.0790274366736412f, 0.12622319161891937f,  -0.12998183071613312f,
                         0.14214496314525604f, -0.166412815451622f,   0.20001044869422913f,
                         -0.25000306963920593f, 0.3333333134651184f};
/** The bits of √½. */
constexpr int32_t ROOT_HALF_BITS = 0x3f3504f3;

/** ln x for positive normal x; absolute error below 2⁻²³ · max(1, |ln x|). x = 2ᵉ (1 + f). */
inline Floats log_of(Floats x) {
  const Integers exponent = (bits_of(x) - ROOT_HALF_BITS) >> 23;
  const Floats f = floats_of(bits_of(x) - (exponent << 23)) - 1.0f;
  const Floats e = __builtin_convertvector(exponent, Floats);
  const Floats squared = f * f;
  Floats rest = polynomial(LOG, f) * f * squared;
  rest = multiply_add(e, splat(LN2_LOW), rest);
  rest = multiply_add(squared, splat(-0.5f), rest);
  return multiply_add(e, splat(LN2_HIGH), rest + f);
}

/**
 * 1/√x for positive normal x; error below 2 ulp. From the bits a first guess, 3.5 % off, then a step of third and
 * one of second order: no processor's own approximation, so that the bits are the same on all.
 */
inline Floats inverse_root(Floats x) {
  Floats y = floats_of(0x5f375a86 - (bits_of(x) >> 1));
  Floats rest = multiply_add(-(x * y), y, splat(1.0f));
  y = multiply_add(y * rest, multiply_add(rest, splat(0.375f), splat(0.5f)), y);
  rest = multiply_add(-(x * y), y, splat(1.0f));
  return multiply_add(y * 0.5f, rest, y);
}

/** asin(√u) / √u on 0 ≤ u ≤ ½, highest power first: a Chebyshev fit, 8e-9. */
constexpr float ARCSINE[] = {0.09469734877347946f,  -0.07972071319818497f, 0.06379697471857071f,
                             0.010435326024889946f, 0.03199023753404617f,  0.04453881457448006f,
                             0.075002521276474f,    0.1666666567325592f,   1};

/** The angle θ with 1 − cos θ = q, 0 ≤ q ≤ 2; error below 3 ulp. sin²(θ/2) = q/2; θ = π − θ(2 − q). */
inline Floats angle_of(Floats q) {
  const Floats u = smaller(q, 2.0f - q) * 0.5f;
  const Floats half = root(u) * polynomial(ARCSINE, u);
  const Floats angle = half + half;
  return choose(q > 1.0f, 3.14159265358979f - angle, angle);
}

/**
 * The functions by themselves, for the test of their errors. Arrays: values, results. Numbers: which
 * (0: exp, 1: log, 2: angle, 3: 1/√), how many.
 */
inline Plan plan_functions(const Call&) {
  Plan plan;
  plan.tasks = 1;
  return plan;
}

inline void functions(const Call& call, int64_t, char*) {
  const float* x = call.array<float>(0);
  float* y = call.array<float>(1);
  const int64_t count = call.integer(1);
  for (int64_t i = 0; i < count; i += LANES) {
    const int64_t present = smaller(LANES, count - i);
    Floats value = splat(1.0f);
    std::memcpy(&value, x + i, sizeof(float) * present);
    if (call.numbers[0] == 0) value = exp_of(value);
    else if (call.numbers[0] == 1) value = log_of(value);
    else if (call.numbers[0] == 2) value = angle_of(value);
    else value = inverse_root(value);
    std::memcpy(y + i, &value, sizeof(float) * present);
  }
}

}  // namespace tammes::TAMMES_TARGET
