import type { Floats } from '../../core/matrix.ts';
import { factored, makeOrthogonal, polished } from './frames.ts';
import {
  addMixed,
  innerProducts,
  matrixExponential,
  product,
  transposedSquare,
} from './small-matrices.ts';

/** The geodesic of the canonical metric that leaves x (k orthonormal rows of length p) with velocity u. */
export interface StiefelGeodesic {
  /** The point at time 1. */
  readonly end: Float64Array;
  /** v at x, carried to `end` by parallel transport. */
  carry(v: Floats): Float64Array;
}

/**
 * With rows u = A-part along x + R-part along q, both k × k (A skew), the frame (x, q) turns by e^M,
 * M = [[A, −Rᵀ], [R, 0]] (Edelman, Arias and Smith 1998).
 *
 * In that turning frame a vector v = (C, D, rest) is parallel where
 *
 *     C' = −½(AC − CA − RᵀD + DᵀR),   D' = −½(RC − DA),   rest' = ½·rest·A
 *
 * which is −½[M, ·] without the part that leaves x as it is: the metric is naturally reductive.
 */
export function stiefelGeodesic(x: Floats, u: Floats, k: number, p: number): StiefelGeodesic {
  const a = skewPart(innerProducts(x, k, u, k, p), k);
  const normal = Float64Array.from(u);
  makeOrthogonal(x, normal, k, p);
  const { q, r } = factored(normal, k, p);
  const turned = matrixExponential(generator(a, r, k), 2 * k);
  const frame = (at: number) => {
    const out = new Float64Array(k * p);
    addMixed(x, k, p, turned, out, k, { at, stride: 2 * k });
    addMixed(q, k, p, turned, out, k, { at: at + 2 * k * k, stride: 2 * k });
    return out;
  };
  const end = polished(frame(0), k, p);
  return {
    end,
    carry(v) {
      const c = skewPart(innerProducts(x, k, v, k, p), k);
      const rest = Float64Array.from(v);
      makeOrthogonal(x, rest, k, p);
      const d = innerProducts(q, k, rest, k, p);
      addMixed(q, k, p, d, rest, k, { scale: -1 });
      const ahead = parallel(a, r, c, d, k);
      const out = new Float64Array(k * p);
      addMixed(end, k, p, ahead.c, out, k);
      addMixed(frame(k), k, p, ahead.d, out, k);
      const halfTurn = matrixExponential(
        a.map((value) => value / 2),
        k,
      );
      addMixed(rest, k, p, halfTurn, out, k);
      return out;
    },
  };
}

/** (A − Aᵀ)/2 of a k × k matrix. */
function skewPart(a: Float64Array, k: number): Float64Array {
  const t = transposedSquare(a, k);
  return a.map((value, e) => (value - t[e]) / 2);
}

/** [[A, −Rᵀ], [R, 0]], 2k × 2k. */
function generator(a: Float64Array, r: Float64Array, k: number): Float64Array {
  const out = new Float64Array(4 * k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      out[i * 2 * k + j] = a[i * k + j];
      out[i * 2 * k + k + j] = -r[j * k + i];
      out[(k + i) * 2 * k + j] = r[i * k + j];
    }
  }
  return out;
}

/** More terms than a series needs whose operator has a norm of at most 1. */
const MOST_TERMS = 30;

/** C and D at time 1 of the equations above, by the power series of their operator over short spans of time. */
function parallel(
  a: Float64Array,
  r: Float64Array,
  c: Float64Array,
  d: Float64Array,
  k: number,
): { c: Float64Array; d: Float64Array } {
  // ‖[M, ·]‖/2 ≤ ‖M‖ in the Frobenius norm.
  const spans = Math.max(1, Math.ceil(Math.sqrt(squares(a) + 2 * squares(r))));
  const rt = transposedSquare(r, k);
  let [atC, atD] = [c, d];
  for (let span = 0; span < spans; span++) {
    let [termC, termD] = [atC, atD];
    [atC, atD] = [atC.slice(), atD.slice()];
    for (let n = 1; n <= MOST_TERMS; n++) {
      const factor = -0.5 / (spans * n);
      const ac = product(a, termC, k);
      const ca = product(termC, a, k);
      const rd = product(rt, termD, k);
      const dr = product(transposedSquare(termD, k), r, k);
      const rc = product(r, termC, k);
      const da = product(termD, a, k);
      termC = termC.map((_, e) => factor * (ac[e] - ca[e] - rd[e] + dr[e]));
      termD = termD.map((_, e) => factor * (rc[e] - da[e]));
      for (let e = 0; e < k * k; e++) {
        atC[e] += termC[e];
        atD[e] += termD[e];
      }
      if (squares(termC) + squares(termD) <= 1e-40 * (squares(atC) + squares(atD))) break;
    }
  }
  return { c: atC, d: atD };
}

function squares(values: Float64Array): number {
  let sum = 0;
  for (let e = 0; e < values.length; e++) sum += values[e] * values[e];
  return sum;
}
