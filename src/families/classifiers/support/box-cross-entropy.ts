import type { Floats } from '../../../core/matrix.ts';
import { exp, log } from '../../../core/numeric.ts';
import { operation, type Tensor } from '../../../learning/index.ts';
import { LEAST, logOfRest, TEMPERATURE } from './box-entailment.ts';

/** Which of c boxes contains which of n: targets 1, 0 and weights, n × c. A weight of 0 asks nothing. */
export interface Containments {
  readonly targets: Floats;
  readonly weights: Floats;
}

/**
 * Weighted cross-entropy of "is in the box", over n boxes of things and c boxes of concepts, both as rows of 2m numbers.
 *
 *     L = −Σ w(t·ℓ + (1 − t)·log(1 − e^ℓ)),   ℓ = log P(concept | thing)
 */
export function boxCrossEntropy(
  things: Tensor,
  concepts: Tensor,
  { targets, weights }: Containments,
): Tensor {
  const [n, width] = things.shape;
  const [c] = concepts.shape;
  const dim = width / 2;
  const logs = new Float64Array(n * c);
  const slopes = new Float64Array(n * c * dim);
  return operation('boxCrossEntropy', [things, concepts], [], {
    forward({ inputs: [a, b], out }) {
      const own = softWidths(a, n, dim);
      let total = 0;
      for (let e = 0; e < n * c; e++) {
        const i = Math.floor(e / c);
        if (weights[e] === 0) continue;
        logs[e] = logAndSlopes(a, i, b, e % c, dim, own, slopes, e * dim);
        total -= weights[e] * (targets[e] * logs[e] + rest(targets[e], logs[e]));
      }
      out[0] = total;
    },
    backward({ gradient, inputs: [a, b], to: [toA, toB] }) {
      toA?.fill(0);
      toB?.fill(0);
      const own = softWidths(a, n, dim);
      for (let e = 0; e < n * c; e++) {
        if (weights[e] === 0 || logs[e] >= -LEAST) continue;
        const [p, t] = [exp(logs[e]), targets[e]];
        const slope = gradient[0] * weights[e] * (((1 - t) * p) / (1 - p) - t);
        const i = Math.floor(e / c);
        if (toA) passToThing(slope, a, i, b, e % c, dim, own, slopes, e * dim, toA);
        if (toB) passToConcept(slope, a, i, b, e % c, dim, slopes, e * dim, toB);
      }
    },
  });
}

const rest = (t: number, logP: number) => (t < 1 ? (1 - t) * logOfRest(logP) : 0);

/** Soft widths of the sides and their slopes, 2m a box. */
function softWidths(boxes: Floats, count: number, dim: number): Float64Array {
  const out = new Float64Array(2 * count * dim);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < dim; k++) {
      const z = boxes[(2 * i + 1) * dim + k] / TEMPERATURE;
      const e = exp(-z);
      const soft = TEMPERATURE * (z + log(1 + e));
      out[2 * i * dim + k] = soft;
      out[(2 * i + 1) * dim + k] = 1 / ((1 + e) * soft);
    }
  }
  return out;
}

/** Ratios are taken to the logarithm before their product could vanish. */
const SMALL = 1e-200;

/** ℓ as in `logEntailment`, and ∂ℓ/∂u of each axis into `slopes`; 0 where the thing lies within. */
function logAndSlopes(
  a: Floats,
  i: number,
  b: Floats,
  j: number,
  dim: number,
  own: Float64Array,
  slopes: Float64Array,
  at: number,
): number {
  let sum = 0;
  let product = 1;
  for (let k = 0; k < dim; k++) {
    const s = a[(2 * i + 1) * dim + k];
    const x = a[2 * i * dim + k];
    const t = b[(2 * j + 1) * dim + k];
    const y = b[2 * j * dim + k];
    const u = (Math.min(x + s, y + t) - Math.max(x - s, y - t)) / 2;
    slopes[at + k] = 0;
    if (u >= s) continue;
    const z = u / TEMPERATURE;
    const e = exp(-Math.abs(z));
    const soft = TEMPERATURE * (Math.max(z, 0) + (e < 1e-5 ? e * (1 - e / 2) : log(1 + e)));
    slopes[at + k] = (z < 0 ? e : 1) / ((1 + e) * soft);
    product *= soft / own[2 * i * dim + k];
    if (product < SMALL) {
      sum += log(product);
      product = 1;
    }
  }
  return Math.min(sum + log(product), -LEAST);
}

/** Each end of the common side belongs to one of the two boxes: ∂u is half of what moves there. */
function passToThing(
  slope: number,
  a: Floats,
  i: number,
  b: Floats,
  j: number,
  dim: number,
  own: Float64Array,
  slopes: Float64Array,
  at: number,
  to: Floats,
): void {
  for (let k = 0; k < dim; k++) {
    if (slopes[at + k] === 0) continue;
    const half = (slope * slopes[at + k]) / 2;
    const [center, side] = [2 * i * dim + k, (2 * i + 1) * dim + k];
    const [y, t] = [b[2 * j * dim + k], b[(2 * j + 1) * dim + k]];
    const upper = a[center] + a[side] < y + t ? half : 0;
    const lower = a[center] - a[side] > y - t ? half : 0;
    to[center] += upper - lower;
    to[side] += upper + lower - slope * own[side];
  }
}

function passToConcept(
  slope: number,
  a: Floats,
  i: number,
  b: Floats,
  j: number,
  dim: number,
  slopes: Float64Array,
  at: number,
  to: Floats,
): void {
  for (let k = 0; k < dim; k++) {
    if (slopes[at + k] === 0) continue;
    const half = (slope * slopes[at + k]) / 2;
    const [center, side] = [2 * j * dim + k, (2 * j + 1) * dim + k];
    const [x, s] = [a[2 * i * dim + k], a[(2 * i + 1) * dim + k]];
    const upper = x + s < b[center] + b[side] ? 0 : half;
    const lower = x - s > b[center] - b[side] ? 0 : half;
    to[center] += upper - lower;
    to[side] += upper + lower;
  }
}
