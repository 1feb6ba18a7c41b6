/**
 * Transcendental functions that give the same bits in every JavaScript engine.
 *
 * `Math.exp` and its like may differ between browsers in the last place; these use only
 * +, −, ×, ÷ and √, which IEEE 754 fixes. Errors stay within 2 units in the last place on the
 * ranges named (asin and acos: 3).
 */

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

const bits = new DataView(new ArrayBuffer(8));

/** 2ᵏ for −1000 ≤ k ≤ 1000, from k = −1000 on. */
const POWERS = /* @__PURE__ */ powersOfTwo(1000);

function powersOfTwo(most: number): Float64Array {
  const powers = new Float64Array(2 * most + 1).fill(1);
  for (let k = 1; k <= most; k++) {
    powers[most + k] = 2 * powers[most + k - 1];
    powers[most - k] = powers[most - k + 1] / 2;
  }
  return powers;
}

/** x · 2ᵏ for integer k. */
function scaledByPowerOfTwo(x: number, k: number): number {
  if (k >= -1000 && k <= 1000) return x * POWERS[k + 1000];
  let value = x;
  let rest = k;
  while (rest > 1000) {
    value *= 2 ** 1000;
    rest -= 1000;
  }
  while (rest < -1000) {
    value *= 2 ** -1000;
    rest += 1000;
  }
  bits.setUint32(0, (rest + 1023) << 20);
  bits.setUint32(4, 0);
  return value * bits.getFloat64(0);
}

/** c₀ + c₁x + c₂x² + …, by Horner's rule. */
function polynomial(c: Float64Array, x: number): number {
  let p = c[c.length - 1];
  for (let i = c.length - 2; i >= 0; i--) p = p * x + c[i];
  return p;
}

/** f(0), f(1), … f(count − 1). */
function coefficients(count: number, f: (i: number) => number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => f(i));
}
function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

// Taylor to r¹³; |r| ≤ ½ ln 2 leaves less than 5e-18.
const EXP = /* @__PURE__ */ coefficients(13, (i) => 1 / factorial(i + 1));

/** Horner's rule over EXP, written out: the loop takes twice the time. */
function expPolynomial(r: number): number {
  const c = EXP;
  const high = (((((c[12] * r + c[11]) * r + c[10]) * r + c[9]) * r + c[8]) * r + c[7]) * r + c[6];
  return (((((high * r + c[5]) * r + c[4]) * r + c[3]) * r + c[2]) * r + c[1]) * r + c[0];
}

/** eˣ. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  const k = Math.round(x / Math.LN2);
  const high = x - k * LN2_HIGH;
  const r = high - k * LN2_LOW;
  return scaledByPowerOfTwo(1 + r * expPolynomial(r), k);
}

// 2/3 + 2z/5 + 2z²/7 + … + 2z¹⁰/23 with z ≤ 0.0295 leaves less than 1e-18.
const LOG = /* @__PURE__ */ coefficients(11, (i) => 2 / (2 * i + 3));

/** ln x for x ≥ 0. */
export function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return x;
  let value = x;
  let k = 0;
  if (value < 2.2250738585072014e-308) {
    value *= 2 ** 54;
    k = -54;
  }
  bits.setFloat64(0, value);
  const high = bits.getUint32(0);
  k += (high >>> 20) - 1023;
  bits.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  let m = bits.getFloat64(0);
  if (m > Math.SQRT2) {
    m /= 2;
    k += 1;
  }
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  const p = z * polynomial(LOG, z);
  // ln m = f − s(f − p): keeps the leading term exact.
  return k * LN2_HIGH + (f - (s * (f - p) - k * LN2_LOW));
}

const PIO2_1 = 1.5707963267341256;
const PIO2_2 = 6.077100506303966e-11;
const PIO2_3 = 2.0222662487959506e-21;

const SIN = /* @__PURE__ */ coefficients(9, (i) => (-1) ** (i + 1) / factorial(2 * i + 3));
const COS = /* @__PURE__ */ coefficients(9, (i) => (-1) ** (i + 1) / factorial(2 * i + 2));

/** sin r and cos r by Taylor series, |r| ≤ π/4. */
function sinOf(r: number): number {
  const z = r * r;
  return r + r * z * polynomial(SIN, z);
}
function cosOf(r: number): number {
  const z = r * r;
  return 1 + z * polynomial(COS, z);
}

/** x less the kth multiple of π/2. */
function reduced(x: number, k: number): number {
  return x - k * PIO2_1 - k * PIO2_2 - k * PIO2_3;
}

/** sin x for |x| ≤ 10⁵. */
export function sin(x: number): number {
  const k = Math.round(x / (Math.PI / 2));
  const r = reduced(x, k);
  const q = ((k % 4) + 4) % 4;
  const value = q % 2 === 0 ? sinOf(r) : cosOf(r);
  return q < 2 ? value : -value;
}

/** cos x for |x| ≤ 10⁵. */
export function cos(x: number): number {
  const k = Math.round(x / (Math.PI / 2));
  const r = reduced(x, k);
  const q = ((k % 4) + 4) % 4;
  const value = q % 2 === 0 ? cosOf(r) : sinOf(r);
  return q === 0 || q === 3 ? value : -value;
}

/** arctan k/8. */
const ATAN_EIGHTHS = /* @__PURE__ */ Float64Array.of(
  0.0,
  0.12435499454676144,
  0.24497866312686414,
  0.35877067027057225,
  0.4636476090008061,
  0.5585993153435624,
  0.6435011087932844,
  0.7188299996216245,
  0.7853981633974483,
);
// −1/3 + z/5 − … + z⁶/15 with z ≤ 1/256 leaves less than 1e-18.
const ATAN = /* @__PURE__ */ coefficients(7, (i) => (-1) ** (i + 1) / (2 * i + 3));

/** arctan of y/x for 0 ≤ y ≤ x: the nearest eighth k, and the small angle that is left. */
function atanOfRatio(y: number, x: number): number {
  if (x === Infinity) return y === Infinity ? Math.PI / 4 : 0;
  if (x < 2 ** -900) return atanOfRatio(y * 2 ** 200, x * 2 ** 200);
  if (x > 2 ** 1000) return atanOfRatio(y / 2 ** 100, x / 2 ** 100);
  const k = Math.round((8 * y) / x);
  const t = (y - (k / 8) * x) / (x + (k / 8) * y);
  const z = t * t;
  return ATAN_EIGHTHS[k] + (t + t * z * polynomial(ATAN, z));
}

/** The angle of (x, y) in (−π, π]; 0 at the origin; −0 counts as 0. */
export function atan2(y: number, x: number): number {
  const ay = Math.abs(y);
  const ax = Math.abs(x);
  if (ax === 0 && ay === 0) return 0;
  let angle = ay <= ax ? atanOfRatio(ay, ax) : Math.PI / 2 - atanOfRatio(ax, ay);
  if (x < 0) angle = Math.PI - angle;
  return y < 0 ? -angle : angle;
}

/** arcsin x for |x| ≤ 1. */
export function asin(x: number): number {
  return atan2(x, Math.sqrt((1 - x) * (1 + x)));
}

/** arccos x for |x| ≤ 1; exact to rounding at both ends, unlike `Math.acos` of a rounded cosine. */
export function acos(x: number): number {
  return 2 * atan2(Math.sqrt(1 - x), Math.sqrt(1 + x));
}

/** xʸ for x ≥ 0: by products for whole |y| ≤ 64, else exp(y ln x), whose error grows with |y ln x|. */
export function pow(x: number, y: number): number {
  if (Number.isInteger(y) && Math.abs(y) <= 64) {
    let power = 1;
    let square = x;
    for (let rest = Math.abs(y); rest > 0; rest >>= 1) {
      if (rest & 1) power *= square;
      square *= square;
    }
    return y < 0 ? 1 / power : power;
  }
  if (x === 0) return y > 0 ? 0 : Infinity;
  return exp(y * log(x));
}

/** The cube root, of negative numbers too. */
export function cbrt(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  const a = Math.abs(x);
  let root = pow(a, 1 / 3);
  // Newton's steps bring the power to the last place.
  for (let k = 0; k < 2; k++) root -= (root - a / (root * root)) / 3;
  return x < 0 ? -root : root;
}

/** The angle between unit vectors whose chord is r: θ = 2 asin(r/2), accurate near 0 and π. */
export function angleOfChord(r: number): number {
  return r >= 2 ? Math.PI : 2 * asin(r / 2);
}

/** Degrees in a radian. */
export const DEGREES = 180 / Math.PI;
