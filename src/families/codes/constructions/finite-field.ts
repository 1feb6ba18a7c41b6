import { InternalError } from '../../../core/errors.ts';

/** GF(p^k): elements are whole numbers, digit i in base p the coefficient of x^i. */
export interface FiniteField {
  readonly q: number;
  readonly p: number;
  readonly k: number;
  readonly add: (x: number, y: number) => number;
  readonly negate: (x: number) => number;
  readonly multiply: (x: number, y: number) => number;
  readonly power: (x: number, e: number) => number;
  /** The trace down to GF(p). */
  readonly trace: (x: number) => number;
  /** A generator of the multiplicative group. */
  readonly generator: number;
}

/** p and k with q = p^k, or undefined. */
export function primePower(q: number): { p: number; k: number } | undefined {
  if (!Number.isInteger(q) || q < 2) return undefined;
  let p = 2;
  while (p * p <= q && q % p !== 0) p++;
  if (q % p !== 0) return { p: q, k: 1 };
  let k = 0;
  for (let rest = q; rest > 1; rest /= p) {
    if (rest % p !== 0) return undefined;
    k++;
  }
  return { p, k };
}

const fields = new Map<number, FiniteField>();

/** The field with q elements, by tables of logarithms; q a prime power up to some thousands. */
export function finiteField(q: number): FiniteField {
  const known = fields.get(q);
  if (known) return known;
  const parts = primePower(q);
  if (!parts) throw new InternalError('finiteField', `${q} is not a power of a prime.`);
  const field = built(q, parts.p, parts.k);
  fields.set(q, field);
  return field;
}

function built(q: number, p: number, k: number): FiniteField {
  const add = (x: number, y: number) => (k === 1 ? (x + y) % p : digitwise(x, y, p));
  const negate = (x: number) => scaledDigits(x, p - 1, p);
  const { exp, generator } = powersOfGenerator(q, p, k, add);
  const log = new Int32Array(q);
  for (let i = 0; i < q - 1; i++) log[exp[i]] = i;
  const multiply = (x: number, y: number) =>
    x === 0 || y === 0 ? 0 : exp[(log[x] + log[y]) % (q - 1)];
  const power = (x: number, e: number) => {
    if (x === 0) return e === 0 ? 1 : 0;
    return exp[(log[x] * (e % (q - 1))) % (q - 1)];
  };
  const trace = (x: number) => {
    let sum = 0;
    let conjugate = x;
    for (let i = 0; i < k; i++) {
      sum = add(sum, conjugate);
      conjugate = power(conjugate, p);
    }
    return sum;
  };
  return { q, p, k, add, negate, multiply, power, trace, generator };
}

/** The powers of an element of order q − 1: x itself modulo the first polynomial that makes it one. */
function powersOfGenerator(
  q: number,
  p: number,
  k: number,
  add: (x: number, y: number) => number,
): { exp: Int32Array; generator: number } {
  const exp = new Int32Array(q - 1);
  for (let candidate = 1; candidate < q; candidate++) {
    // k = 1: the candidate is the element; else x^k is replaced by the candidate’s polynomial.
    const next = (value: number) => {
      if (k === 1) return (value * candidate) % p;
      const top = Math.floor(value / (q / p));
      const shifted = (value % (q / p)) * p;
      return top === 0 ? shifted : add(shifted, scaledDigits(candidate, top, p));
    };
    let value = 1;
    let order = 0;
    do {
      exp[order++] = value;
      value = next(value);
    } while (value !== 1 && value !== 0 && order < q - 1);
    if (value === 1 && order === q - 1) return { exp, generator: exp[q > 2 ? 1 : 0] };
  }
  throw new InternalError('finiteField', `No generator of GF(${q}) was found.`);
}

function digitwise(x: number, y: number, p: number): number {
  if (p === 2) return x ^ y;
  let [a, b, out, place] = [x, y, 0, 1];
  while (a > 0 || b > 0) {
    out += (((a % p) + (b % p)) % p) * place;
    a = Math.floor(a / p);
    b = Math.floor(b / p);
    place *= p;
  }
  return out;
}

function scaledDigits(x: number, factor: number, p: number): number {
  let [a, out, place] = [x, 0, 1];
  while (a > 0) {
    out += (((a % p) * factor) % p) * place;
    a = Math.floor(a / p);
    place *= p;
  }
  return out;
}
