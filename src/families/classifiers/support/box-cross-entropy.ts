import type { Floats } from '../../../core/matrix.ts';
import { exp } from '../../../core/numeric.ts';
import { operation, type Tensor } from '../../../learning/index.ts';
import {
  type Boxes,
  halfOverlap,
  LEAST,
  logEntailment,
  logOfRest,
  softWidth,
  softWidthSlope,
} from './box-entailment.ts';

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
  return operation('boxCrossEntropy', [things, concepts], [], {
    forward({ inputs, out }) {
      const [a, b] = boxesOf(inputs, dim);
      let total = 0;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < c; j++) {
          const [e, weight] = [i * c + j, weights[i * c + j]];
          if (weight === 0) continue;
          logs[e] = logEntailment(a, i, b, j);
          const t = targets[e];
          total -= weight * (t * logs[e] + (t < 1 ? (1 - t) * logOfRest(logs[e]) : 0));
        }
      }
      out[0] = total;
    },
    backward({ gradient, inputs, to }) {
      const [a, b] = boxesOf(inputs, dim);
      for (const target of to) target?.fill(0);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < c; j++) {
          const [e, weight] = [i * c + j, weights[i * c + j]];
          if (weight === 0 || logs[e] >= -LEAST) continue;
          const [p, t] = [exp(logs[e]), targets[e]];
          const slope = gradient[0] * weight * (((1 - t) * p) / (1 - p) - t);
          passOn(slope, a, i, b, j, to);
        }
      }
    },
  });
}

const boxesOf = (inputs: readonly Floats[], dim: number) =>
  inputs.map((data): Boxes => ({ data, dim }));

/** Adds slope·∂ℓ to the gradients of box i of a and box j of b. */
function passOn(
  slope: number,
  a: Boxes,
  i: number,
  b: Boxes,
  j: number,
  [toA, toB]: readonly (Floats | null)[],
): void {
  const { dim } = a;
  for (let k = 0; k < dim; k++) {
    const atA = 2 * i * dim + k;
    const atB = 2 * j * dim + k;
    const s = a.data[atA + dim];
    const u = halfOverlap(a, i, b, j, k);
    if (u >= s) continue;
    const half = (slope * softWidthSlope(u, softWidth(u))) / 2;
    // Each end of the common side belongs to one of the two boxes.
    const upperOfA = a.data[atA] + s < b.data[atB] + b.data[atB + dim] ? 1 : 0;
    const lowerOfA = a.data[atA] - s > b.data[atB] - b.data[atB + dim] ? 1 : 0;
    if (toA) {
      toA[atA] += half * (upperOfA - lowerOfA);
      toA[atA + dim] += half * (upperOfA + lowerOfA) - slope * softWidthSlope(s, softWidth(s));
    }
    if (toB) {
      toB[atB] += half * (lowerOfA - upperOfA);
      toB[atB + dim] += half * (2 - upperOfA - lowerOfA);
    }
  }
}
