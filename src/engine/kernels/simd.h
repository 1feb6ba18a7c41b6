// Vectors of floats and doubles of one instruction set, and the few operations on them that have no
// operator. Included once per instruction set, each time in the namespace that TAMMES_TARGET names.
//
// Compilers may not contract a·b + c by themselves (-ffp-contract=off): `multiply_add` says where a
// fused operation is wanted, so results do not depend on the compiler.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__AVX512F__)
#include <immintrin.h>
#define TAMMES_LANES 16
#define TAMMES_TILE_ROWS 12
#elif defined(__AVX2__)
#include <immintrin.h>
#define TAMMES_LANES 8
#define TAMMES_TILE_ROWS 6
#elif defined(__x86_64__)
#include <emmintrin.h>
#define TAMMES_LANES 4
#define TAMMES_TILE_ROWS 6
#elif defined(__aarch64__)
#include <arm_neon.h>
#define TAMMES_LANES 4
#define TAMMES_TILE_ROWS 12
#else
#error "There are kernels for x86-64 and arm64."
#endif

namespace tammes::TAMMES_TARGET {

/** Floats in a vector. */
constexpr int LANES = TAMMES_LANES;
/** Doubles in a vector. */
constexpr int PAIRS = LANES / 2;

typedef float Floats __attribute__((vector_size(4 * LANES)));
typedef double Doubles __attribute__((vector_size(4 * LANES)));
typedef float HalfFloats __attribute__((vector_size(2 * LANES)));
/** Whole numbers, and masks: −1 where a comparison holds, else 0. */
typedef int32_t Integers __attribute__((vector_size(4 * LANES)));

/** Four values whatever the instruction set, where the order of sums is part of a contract. */
typedef float FourFloats __attribute__((vector_size(16)));
typedef double FourDoubles __attribute__((vector_size(32)));

template <class V, class T>
inline V load(const T* from) {
  V value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

template <class V, class T>
inline void store(T* to, V value) {
  std::memcpy(to, &value, sizeof value);
}

/** x in every lane: x − 0 is x whatever its sign, so nothing but a broadcast is left of it. */
inline Floats splat(float x) { return x - Floats{}; }
inline Doubles splat(double x) { return x - Doubles{}; }

inline Integers bits_of(Floats x) { return (Integers)x; }
inline Floats floats_of(Integers bits) { return (Floats)bits; }
inline Floats keep(Floats x, Integers mask) { return floats_of(bits_of(x) & mask); }
inline Floats drop(Floats x, Integers mask) { return floats_of(bits_of(x) & ~mask); }
/** a where the mask holds, else b. */
inline Floats choose(Integers mask, Floats a, Floats b) {
  return floats_of((bits_of(a) & mask) | (bits_of(b) & ~mask));
}

/** As many floats as a vector of doubles has lanes. GCC makes two halves of a conversion by itself. */
inline Doubles widened(const float* from) {
#if defined(__AVX512F__)
  return _mm512_cvtps_pd(load<HalfFloats>(from));
#elif defined(__AVX2__)
  return _mm256_cvtps_pd(load<HalfFloats>(from));
#else
  return __builtin_convertvector(load<HalfFloats>(from), Doubles);
#endif
}

/** The lanes added in pairs, then pairs of pairs. */
inline float sum(Floats x) {
  for (int half = LANES / 2; half > 0; half /= 2)
    for (int i = 0; i < half; i++) x[i] += x[i + half];
  return x[0];
}

// The intrinsics of each instruction set: a·b + c, √, the smaller and larger (of a and NaN: NaN's
// place decides, nobody relies on it), and whether a mask holds anywhere.

#if defined(__AVX512F__)
inline Floats multiply_add(Floats a, Floats b, Floats c) { return _mm512_fmadd_ps(a, b, c); }
inline Doubles multiply_add(Doubles a, Doubles b, Doubles c) { return _mm512_fmadd_pd(a, b, c); }
inline Floats root(Floats x) { return _mm512_sqrt_ps(x); }
inline Doubles root(Doubles x) { return _mm512_sqrt_pd(x); }
inline Floats smaller(Floats a, Floats b) { return _mm512_min_ps(a, b); }
inline Floats larger(Floats a, Floats b) { return _mm512_max_ps(a, b); }
inline uint32_t lanes_of(Integers mask) { return _mm512_movepi32_mask((__m512i)mask); }
#elif defined(__AVX2__)
inline Floats multiply_add(Floats a, Floats b, Floats c) { return _mm256_fmadd_ps(a, b, c); }
inline Doubles multiply_add(Doubles a, Doubles b, Doubles c) { return _mm256_fmadd_pd(a, b, c); }
inline Floats root(Floats x) { return _mm256_sqrt_ps(x); }
inline Doubles root(Doubles x) { return _mm256_sqrt_pd(x); }
inline Floats smaller(Floats a, Floats b) { return _mm256_min_ps(a, b); }
inline Floats larger(Floats a, Floats b) { return _mm256_max_ps(a, b); }
inline uint32_t lanes_of(Integers mask) { return _mm256_movemask_ps((__m256)mask); }
#elif defined(__x86_64__)
inline Floats multiply_add(Floats a, Floats b, Floats c) { return a * b + c; }
inline Doubles multiply_add(Doubles a, Doubles b, Doubles c) { return a * b + c; }
inline Floats root(Floats x) { return _mm_sqrt_ps(x); }
inline Doubles root(Doubles x) { return _mm_sqrt_pd(x); }
inline Floats smaller(Floats a, Floats b) { return _mm_min_ps(a, b); }
inline Floats larger(Floats a, Floats b) { return _mm_max_ps(a, b); }
inline uint32_t lanes_of(Integers mask) { return _mm_movemask_ps((__m128)mask); }
#else
inline Floats multiply_add(Floats a, Floats b, Floats c) {
  return (Floats)vfmaq_f32((float32x4_t)c, (float32x4_t)a, (float32x4_t)b);
}
inline Doubles multiply_add(Doubles a, Doubles b, Doubles c) {
  return (Doubles)vfmaq_f64((float64x2_t)c, (float64x2_t)a, (float64x2_t)b);
}
inline Floats root(Floats x) { return (Floats)vsqrtq_f32((float32x4_t)x); }
inline Doubles root(Doubles x) { return (Doubles)vsqrtq_f64((float64x2_t)x); }
inline Floats smaller(Floats a, Floats b) {
  return (Floats)vminq_f32((float32x4_t)a, (float32x4_t)b);
}
inline Floats larger(Floats a, Floats b) {
  return (Floats)vmaxq_f32((float32x4_t)a, (float32x4_t)b);
}
/** One bit per lane. */
inline uint32_t lanes_of(Integers mask) {
  const Integers bit = {1, 2, 4, 8};
  return (uint32_t)vaddvq_s32((int32x4_t)(mask & bit));
}
#endif

#if defined(__AVX2__)
inline FourDoubles widened(FourFloats x) { return _mm256_cvtps_pd(x); }
inline FourFloats narrowed(FourDoubles x) { return _mm256_cvtpd_ps(x); }
#else
inline FourDoubles widened(FourFloats x) { return __builtin_convertvector(x, FourDoubles); }
inline FourFloats narrowed(FourDoubles x) { return __builtin_convertvector(x, FourFloats); }
#endif

#if defined(__AVX512F__)
inline FourDoubles multiply_add(FourDoubles a, FourDoubles b, FourDoubles c) {
  return _mm256_fmadd_pd(a, b, c);
}
inline FourDoubles root(FourDoubles x) { return _mm256_sqrt_pd(x); }
#elif !defined(__AVX2__)
/** Not fused: for products that are exact. */
inline FourDoubles multiply_add(FourDoubles a, FourDoubles b, FourDoubles c) { return a * b + c; }
inline FourDoubles root(FourDoubles x) {
  for (int i = 0; i < 4; i++) x[i] = __builtin_sqrt(x[i]);
  return x;
}
#endif

inline bool any(Integers mask) { return lanes_of(mask) != 0; }

}  // namespace tammes::TAMMES_TARGET
