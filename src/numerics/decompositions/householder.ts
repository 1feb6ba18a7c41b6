/** H = I − τ v vᵀ with v₀ = 1 sends the vector it was made from to (β, 0, 0, …). */
export interface Reflector {
  readonly beta: number;
  /** τ; 0 where nothing has to be done. */
  readonly scale: number;
}

/**
 * Writes into u, from place `to`, the v of the reflection that sends a[from … end) to (β, 0, …).
 * `u` may be `a` with `to` = `from`.
 */
export function reflector(
  a: Float64Array,
  from: number,
  end: number,
  u: Float64Array,
  to: number,
): Reflector {
  const first = a[from];
  const tail = norm(a, from + 1, end);
  if (tail === 0) {
    u.fill(0, to, to + end - from);
    u[to] = 1;
    return { beta: first, scale: 0 };
  }
  const large = Math.max(Math.abs(first), tail);
  const whole = large * Math.sqrt((first / large) ** 2 + (tail / large) ** 2);
  const beta = first > 0 ? -whole : whole;
  const pivot = first - beta;
  for (let j = from + 1; j < end; j++) u[to + j - from] = a[j] / pivot;
  u[to] = 1;
  return { beta, scale: -pivot / beta };
}

/** Below this a sum of squares has lost digits to underflow. */
const SMALLEST_SQUARE = 2 ** -900;

/** √Σ x², of a[from … end), also where the squares leave float64. */
function norm(a: Float64Array, from: number, end: number): number {
  let sum = 0;
  for (let j = from; j < end; j++) sum += a[j] * a[j];
  if (sum > SMALLEST_SQUARE && sum < Infinity) return Math.sqrt(sum);
  let largest = 0;
  for (let j = from; j < end; j++) largest = Math.max(largest, Math.abs(a[j]));
  if (largest === 0) return 0;
  sum = 0;
  for (let j = from; j < end; j++) sum += (a[j] / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/** Reflections I − τₖ vₖ vₖᵀ of vectors of length m; vₖ is 0 before place k + `offset`, 1 there. */
export interface Reflections {
  /** Row k holds vₖ from place k + offset on; what stands before is not part of it. count × m. */
  readonly vectors: Float64Array;
  readonly tau: Float64Array;
  readonly count: number;
  readonly m: number;
  readonly offset: number;
}

/** Rows that pass one after the other through this many reflections stay near in the cache. */
const BLOCK = 32;

/**
 * Row r of `rows`, of length m, becomes H₀ H₁ … H_{count−1} r, for r = 0 … n − 1.
 *
 * `isUnit`: the rows are those of the identity; reflection k leaves row r alone while r < k + offset.
 */
export function reflectRowsInPlace(
  rows: Float64Array,
  n: number,
  reflections: Reflections,
  isUnit = false,
): void {
  const { count, m, offset } = reflections;
  for (let top = count - 1; top >= 0; top -= BLOCK) {
    const bottom = Math.max(0, top - BLOCK + 1);
    const last = (r: number): number => (isUnit ? Math.min(top, r - offset) : top);
    let r = isUnit ? bottom + offset : 0;
    for (; r + 3 < n; r += 4) {
      for (let k = last(r + 3); k >= bottom; k--) reflectFour(rows, r * m, reflections, k);
    }
    for (; r < n; r++) {
      for (let k = last(r); k >= bottom; k--) reflectOne(rows, r * m, reflections, k);
    }
  }
}

/** Four rows of length m, one after the other from `at`, by reflection k. */
export function reflectFour(q: Float64Array, at: number, by: Reflections, k: number): void {
  const { vectors, m } = by;
  const v = k * m;
  const b = at + m;
  const c = b + m;
  const d = c + m;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let j = k + by.offset; j < m; j++) {
    const x = vectors[v + j];
    s0 += q[at + j] * x;
    s1 += q[b + j] * x;
    s2 += q[c + j] * x;
    s3 += q[d + j] * x;
  }
  s0 *= by.tau[k];
  s1 *= by.tau[k];
  s2 *= by.tau[k];
  s3 *= by.tau[k];
  for (let j = k + by.offset; j < m; j++) {
    const x = vectors[v + j];
    q[at + j] -= s0 * x;
    q[b + j] -= s1 * x;
    q[c + j] -= s2 * x;
    q[d + j] -= s3 * x;
  }
}

/** One row of length m from `at` by reflection k. */
export function reflectOne(q: Float64Array, at: number, by: Reflections, k: number): void {
  const { vectors, m } = by;
  const v = k * m;
  let s = 0;
  for (let j = k + by.offset; j < m; j++) s += q[at + j] * vectors[v + j];
  s *= by.tau[k];
  for (let j = k + by.offset; j < m; j++) q[at + j] -= s * vectors[v + j];
}
