import type { Floats } from '../../../../core/matrix.ts';
import type { Random } from '../../../../core/random.ts';
import {
  add,
  constant,
  crossEntropy,
  linear,
  multiply,
  scale,
  type Tensor,
  take,
} from '../../../../learning/index.ts';
import { rangeOf } from '../inputs.ts';
import { betaDraw } from './beta-draw.ts';
import { numbersLike, symmetricSoftCrossEntropy } from './contrast.ts';
import { slerpRows } from './slerp.ts';

export interface MixOptions {
  /** Weight of the artificial negatives. */
  readonly mixWeight: number;
  /** Temperature of the artificial negatives. */
  readonly mixTemperature: number;
  /** Weight of each of the three mixtures within and across the sides. */
  readonly neighborWeight: number;
}

/** Unit rows of both sides, and what turns cosines into logits. */
export interface Sides {
  readonly a: Tensor;
  readonly b: Tensor;
  readonly logits: (cosines: Tensor) => Tensor;
  /** An array of the element type of all of them. */
  readonly like: Floats;
}

/**
 * m²-Mix: the other pairs of the batch stand, as negatives, on the great arc between their two sides.
 *
 *     mean of both directions: cross-entropy of ⟨aᵢ, m(aⱼ, bⱼ; λ)⟩/τ₂ for j ≠ i beside ⟨aᵢ, bᵢ⟩/τ₂,   λ ~ Beta(½, ½)
 */
export function geodesicNegatives(
  { a, b, like }: Sides,
  { mixWeight, mixTemperature }: MixOptions,
  random: Random,
): Tensor {
  const n = a.shape[0];
  const between = slerpRows(a, b, betaDraw(random, 0.5));
  const own = weighted(linear(a, b), like, (i, j) => (i === j ? 1 : 0));
  const direction = (x: Tensor) => {
    const others = weighted(linear(x, between), like, (i, j) => (i === j ? 0 : 1));
    return crossEntropy(scale(add(own, others), 1 / mixTemperature), rangeOf(0, n));
  };
  return scale(add(direction(a), direction(b)), mixWeight);
}

/** The other three of m³-Mix: rows of one side, or of both, mixed along the arc with those of the reversed batch. */
export function geodesicNeighbors(
  { a, b, logits, like }: Sides,
  { neighborWeight }: MixOptions,
  random: Random,
): Tensor {
  const n = a.shape[0];
  const reversed = rangeOf(0, n).reverse();
  const mixed = (x: Tensor, share: number) => slerpRows(x, take(x, reversed), share);
  const shares = (share: number) => mixedTargets(like, reversed, new Float64Array(n).fill(share));
  const [ofA, ofB, ofBoth] = [0, 1, 2].map(() => betaDraw(random, 0.5));
  const one = symmetricSoftCrossEntropy(logits(linear(mixed(a, ofA), b)), shares(ofA));
  const other = symmetricSoftCrossEntropy(logits(linear(a, mixed(b, ofB))), shares(ofB));
  // Each mixture of a pair contains both pairs: the code of the paper counts both as right, in full.
  const both = scale(
    symmetricSoftCrossEntropy(logits(linear(mixed(a, ofBoth), mixed(b, ofBoth))), shares(0.5)),
    2,
  );
  return scale(add(add(one, other), both), neighborWeight);
}

/** Which rows of a batch are mixed with which, and the share that each keeps. */
export interface MixedInputs {
  readonly rows: Tensor;
  readonly targets: Tensor;
}

/** MixCo: about half of the rows become λ·xᵢ + (1 − λ)·x_p(i), λ ~ Beta(0.15, 0.15), p a permutation. */
export function mixedInputs(x: Tensor, random: Random): MixedInputs {
  const [n, d] = x.shape;
  const partners = random.fork('partners').sample(n);
  const shares = Float64Array.from({ length: n }, () => {
    const drawn = betaDraw(random, 0.15);
    return random.uniform() <= 0.5 ? drawn : 1;
  });
  const from = x.data as Floats;
  const data = from.slice();
  for (let i = 0; i < n; i++)
    for (let k = 0; k < d; k++)
      data[i * d + k] = shares[i] * from[i * d + k] + (1 - shares[i]) * from[partners[i] * d + k];
  return { rows: constant(data, [n, d]), targets: mixedTargets(from, partners, shares) };
}

/** The share of row i at its own place, the rest at that of its partner. */
function mixedTargets(like: Floats, partners: Int32Array, shares: Float64Array): Tensor {
  const n = partners.length;
  const data = numbersLike(like, n * n);
  for (let i = 0; i < n; i++) {
    data[i * n + i] += shares[i];
    data[i * n + partners[i]] += 1 - shares[i];
  }
  return constant(data, [n, n]);
}

function weighted(x: Tensor, like: Floats, weight: (i: number, j: number) => number): Tensor {
  const [n, m] = x.shape;
  const data = numbersLike(like, n * m);
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) data[i * m + j] = weight(i, j);
  return multiply(x, constant(data, x.shape));
}
