/**
 * Transcendental functions that give the same bits in every JavaScript engine.
 *
 * `Math.exp` and its like may differ between browsers in the last place; these use only
 * +, −, ×, ÷ and √, which IEEE 754 fixes. Errors stay below 2 units in the last place on the
 * ranges named.
 */

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

const bits = new DataView(new ArrayBuffer(8));

/** x · 2ᵏ for integer k. */
function scaledByPowerOfTwo(x: number, k: number): number {
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

/** eˣ. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  const k = Math.round(x / Math.LN2);
  const high = x - k * LN2_HIGH;
  const r = high - k * LN2_LOW;
  // Taylor to r¹³; |r| ≤ ½ ln 2 leaves less than 5e-18.
  let p = 0;
  for (let i = 13; i >= 1; i--) p = (p + 1) * (r / i);
  return scaledByPowerOfTwo(1 + p, k);
}

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
  let p = 0;
  for (let i = 23; i >= 3; i -= 2) p = (p + 2 / i) * z;
  // ln m = f − s(f − p): keeps the leading term exact.
  return k * LN2_HIGH + (f - (s * (f - p) - k * LN2_LOW));
}

const PIO2_1 = 1.5707963267341256;
const PIO2_2 = 6.077100506303966e-11;
const PIO2_3 = 2.0222662487959506e-21;

/** sin r and cos r by Taylor series, |r| ≤ π/4. */
function sinOf(r: number): number {
  const z = r * r;
  let p = 0;
  for (let i = 19; i >= 3; i -= 2) p = (p + 1) * (-z / (i * (i - 1)));
  return r + r * p;
}
function cosOf(r: number): number {
  const z = r * r;
  let p = 0;
  for (let i = 18; i >= 2; i -= 2) p = (p + 1) * (-z / (i * (i - 1)));
  return 1 + p;
}

function reduced(x: number): [r: number, quadrant: number] {
  const k = Math.round(x / (Math.PI / 2));
  return [x - k * PIO2_1 - k * PIO2_2 - k * PIO2_3, ((k % 4) + 4) % 4];
}

/** sin x for |x| ≤ 10⁵. */
export function sin(x: number): number {
  const [r, q] = reduced(x);
  const value = q % 2 === 0 ? sinOf(r) : cosOf(r);
  return q < 2 ? value : -value;
}

/** cos x for |x| ≤ 10⁵. */
export function cos(x: number): number {
  const [r, q] = reduced(x);
  const value = q % 2 === 0 ? cosOf(r) : sinOf(r);
  return q === 0 || q === 3 ? value : -value;
}

/** arctan of y/x for 0 ≤ y ≤ x. */
function atanOfRatio(y: number, x: number): number {
  // Twice t → t/(1 + √(1+t²)) halves the angle, leaving t ≤ tan(π/16).
  let t = y / x;
  t = t / (1 + Math.sqrt(1 + t * t));
  t = t / (1 + Math.sqrt(1 + t * t));
  const z = t * t;
  let p = 0;
  for (let i = 25; i >= 3; i -= 2) p = (p + 1 / i) * -z;
  return 4 * (t + t * p);
}

/** The angle of (x, y) in [−π, π]; 0 at the origin. */
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

/** xʸ for x > 0, by exp(y ln x): relative error grows with |y ln x|. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (x === 0) return y > 0 ? 0 : Infinity;
  return exp(y * log(x));
}

/** The angle between unit vectors whose chord is r: θ = 2 asin(r/2), accurate near 0 and π. */
export function angleOfChord(r: number): number {
  return r >= 2 ? Math.PI : 2 * asin(r / 2);
}
