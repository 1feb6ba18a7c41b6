/**
 * Four float32 values at a time. Only +, −, ×, ÷, √ and comparisons, each rounded on its own: the same
 * bits on every machine. Errors in units of 2⁻²⁴ relative to the result unless stated.
 *
 * Constants are read from memory: a broadcast load is one instruction, while V8 rebuilds a constant
 * vector from two immediates at every use (four instructions, most of the time of a short loop).
 */

export const HALF = memory.data<f32>([0.5]);
export const ONE = memory.data<f32>([1]);
export const TWO = memory.data<f32>([2]);
const MINUS_HALF = memory.data<f32>([-0.5]);
const PI = memory.data<f32>([3.14159265358979]);
const INFINITE = memory.data<f32>([Infinity]);

// @ts-ignore: decorator
@inline
export function constant(address: usize): v128 {
  return v128.load32_splat(address);
}

// @ts-ignore: decorator
@inline
function multiply_add(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}

/** p · x + the coefficient at `index`. */
// @ts-ignore: decorator
@inline
function horner(p: v128, x: v128, coefficients: usize, index: usize): v128 {
  return f32x4.add(f32x4.mul(p, x), v128.load32_splat(coefficients + (index << 2)));
}

/** Beyond these eˣ leaves the normal numbers of float32. */
const EXP_LOWEST = memory.data<f32>([-87]);
const EXP_HIGHEST = memory.data<f32>([88.72283]);
const LOG2_E = memory.data<f32>([1.44269504088896341]);
/** Adding 1.5 · 2²³ rounds to a whole number and leaves it in the low bits. */
const ROUNDER = memory.data<f32>([12582912]);
/** ln 2 in two parts; the first has so few digits that its product with an exponent is exact. */
const LN2_HIGH = memory.data<f32>([0.693359375]);
const LN2_LOW = memory.data<f32>([-2.12194440e-4]);
const MINUS_LN2_HIGH = memory.data<f32>([-0.693359375]);
const MINUS_LN2_LOW = memory.data<f32>([2.12194440e-4]);
/** (eᶠ − 1 − f) / f² on |f| ≤ ½ ln 2, highest power first: a Chebyshev fit, 1e-8. */
const EXP = memory.data<f32>([
  0.0013926250394433737, 0.00836323294788599, 0.04166655242443085, 0.16666576266288757, 0.5,
]);

/** eˣ for x ≤ 88.7, 0 below −87; error below 2. x = r ln 2 + f, |f| ≤ ½ ln 2. */
// @ts-ignore: decorator
@inline
export function exp_below(x: v128): v128 {
  const bounded = f32x4.pmax(constant(EXP_LOWEST), x);
  const shifted = multiply_add(bounded, constant(LOG2_E), constant(ROUNDER));
  const r = f32x4.sub(shifted, constant(ROUNDER));
  let f = multiply_add(r, constant(MINUS_LN2_HIGH), bounded);
  f = multiply_add(r, constant(MINUS_LN2_LOW), f);
  let p = constant(EXP);
  p = horner(p, f, EXP, 1);
  p = horner(p, f, EXP, 2);
  p = horner(p, f, EXP, 3);
  p = horner(p, f, EXP, 4);
  p = multiply_add(p, f32x4.mul(f, f), f32x4.add(f, constant(ONE)));
  const power = i32x4.add(i32x4.shl(shifted, 23), p);
  return v128.and(power, f32x4.ge(x, constant(EXP_LOWEST)));
}

/** eˣ, ∞ above 88.72. */
// @ts-ignore: decorator
@inline
export function exp_f32(x: v128): v128 {
  const highest = constant(EXP_HIGHEST);
  const power = exp_below(f32x4.pmin(highest, x));
  return v128.bitselect(constant(INFINITE), power, f32x4.gt(x, highest));
}

/** The bits of √½. */
const ROOT_HALF_BITS = memory.data<i32>([0x3f3504f3]);
/** (ln(1 + f) − f + f²/2) / f³ on √½ ≤ 1 + f ≤ √2, highest power first: a Chebyshev fit, 7e-9. */
const LOG = memory.data<f32>([
  -0.0790274366736412, 0.12622319161891937, -0.12998183071613312, 0.14214496314525604,
  -0.166412815451622, 0.20001044869422913, -0.25000306963920593, 0.3333333134651184,
]);

/** ln x for positive normal x; absolute error below 2 · 2⁻²⁴ · max(1, |ln x|). x = 2ᵉ (1 + f). */
// @ts-ignore: decorator
@inline
export function log_f32(x: v128): v128 {
  const exponent = i32x4.shr_s(i32x4.sub(x, constant(ROOT_HALF_BITS)), 23);
  const f = f32x4.sub(i32x4.sub(x, i32x4.shl(exponent, 23)), constant(ONE));
  const e = f32x4.convert_i32x4_s(exponent);
  let p = constant(LOG);
  p = horner(p, f, LOG, 1);
  p = horner(p, f, LOG, 2);
  p = horner(p, f, LOG, 3);
  p = horner(p, f, LOG, 4);
  p = horner(p, f, LOG, 5);
  p = horner(p, f, LOG, 6);
  p = horner(p, f, LOG, 7);
  const squared = f32x4.mul(f, f);
  let rest = f32x4.mul(f32x4.mul(p, f), squared);
  rest = multiply_add(e, constant(LN2_LOW), rest);
  rest = multiply_add(squared, constant(MINUS_HALF), rest);
  return multiply_add(e, constant(LN2_HIGH), f32x4.add(rest, f));
}

/** asin(√u) / √u on 0 ≤ u ≤ ½, highest power first: a Chebyshev fit, 8e-9. */
const ARCSINE = memory.data<f32>([
  0.09469734877347946, -0.07972071319818497, 0.06379697471857071, 0.010435326024889946,
  0.03199023753404617, 0.04453881457448006, 0.075002521276474, 0.1666666567325592, 1,
]);

/** The angle θ with 1 − cos θ = q, 0 ≤ q ≤ 2; error below 4. sin²(θ/2) = q/2; θ = π − θ(2 − q). */
// @ts-ignore: decorator
@inline
export function angle_f32(q: v128): v128 {
  const opposite = f32x4.sub(constant(TWO), q);
  const u = f32x4.mul(f32x4.pmin(q, opposite), constant(HALF));
  let p = constant(ARCSINE);
  p = horner(p, u, ARCSINE, 1);
  p = horner(p, u, ARCSINE, 2);
  p = horner(p, u, ARCSINE, 3);
  p = horner(p, u, ARCSINE, 4);
  p = horner(p, u, ARCSINE, 5);
  p = horner(p, u, ARCSINE, 6);
  p = horner(p, u, ARCSINE, 7);
  p = horner(p, u, ARCSINE, 8);
  const half = f32x4.mul(f32x4.sqrt(u), p);
  const angle = f32x4.add(half, half);
  const far = f32x4.sub(constant(PI), angle);
  return v128.bitselect(far, angle, f32x4.gt(q, constant(ONE)));
}

/** The sum of the four lanes, (0 + 1) + (2 + 3). */
// @ts-ignore: decorator
@inline
export function lane_sum(x: v128): f32 {
  const a = f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1);
  return a + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}
