import type { Floats } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import {
  add,
  constant,
  crossEntropy,
  exp,
  linear,
  multiply,
  normalizeRows,
  scale,
  sliceColumns,
  softplus,
  square,
  subtract,
  sum,
  type Tensor,
} from '../../../learning/index.ts';

/** A normal distribution for each row: mean and log variance, n × d each. */
export interface NormalCode {
  readonly mean: Tensor;
  readonly logVariance: Tensor;
}

/** Reads 2d columns as mean and log variance; log σ² = least + log(1 + e^(h − least)) stays above `least`. */
export function normalCode(columns: Tensor, least: number, like: Floats): NormalCode {
  const d = columns.shape[1] / 2;
  const raw = sliceColumns(columns, d, 2 * d);
  const floor = filled(raw, least, like);
  return {
    mean: sliceColumns(columns, 0, d),
    logVariance: add(softplus(subtract(raw, floor)), floor),
  };
}

/** z = μ + σ·ε with ε normal from the stream. */
export function drawn({ mean, logVariance }: NormalCode, random: Random, like: Floats): Tensor {
  const noise = filled(mean, 0, like);
  const data = noise.data as Floats;
  for (let e = 0; e < data.length; e++) data[e] = random.normal();
  return add(mean, multiply(exp(scale(logVariance, 0.5)), noise));
}

/** −log p(x|z) up to a constant, a mean over rows: ‖x − x̂‖²/2σ². */
export function squaredLoss(x: Tensor, decoded: Tensor, noise: number): Tensor {
  return overRows(sum(square(subtract(x, decoded))), x, 0.5 / noise ** 2);
}

/** KL(q(z|x) ‖ normal), a mean over rows: ½ Σ (μ² + σ² − 1 − log σ²). */
export function divergenceFromNormal({ mean, logVariance }: NormalCode, like: Floats): Tensor {
  const one = filled(mean, 1, like);
  const terms = subtract(add(square(mean), exp(logVariance)), add(one, logVariance));
  return overRows(sum(terms), mean, 0.5);
}

/** −log p(z) of a standard normal, up to a constant, a mean over rows: ½ Σ z². */
export function normalLoss(z: Tensor): Tensor {
  return overRows(sum(square(z)), z, 0.5);
}

/** log q(z|x) for z drawn from it, up to what no parameter moves, a mean over rows: −½ Σ log σ². */
export function ownLogDensity({ mean, logVariance }: NormalCode): Tensor {
  return overRows(sum(logVariance), mean, -0.5);
}

/**
 * How surely a code is told to be its own row's, a mean over rows:
 *
 *     −log [e_ii/(e_ii + mean_{j≠i} e_ij)],   e_ij = exp(cos(zᵢ, μⱼ)/τ)
 *
 * By the mean of the others, not their sum, the loss of codes that tell nothing is log 2 in batches of any size. 0 for one row.
 */
export function contrastOfCodes(z: Tensor, mean: Tensor, temperature: number, like: Floats) {
  const n = z.shape[0];
  const cosines = linear(normalizeRows(z), normalizeRows(mean));
  const share = filled(cosines, n > 1 ? -Math.log(n - 1) : 0, like);
  const data = share.data as Floats;
  for (let i = 0; i < n; i++) data[i * n + i] = 0;
  const own = Int32Array.from({ length: n }, (_, i) => i);
  return crossEntropy(add(scale(cosines, 1 / temperature), share), own);
}

const overRows = (total: Tensor, { shape: [n] }: Tensor, factor: number) =>
  scale(total, factor / n);

function filled({ shape }: Tensor, value: number, like: Floats): Tensor {
  const length = shape.reduce((product, axis) => product * axis, 1);
  return constant(new (like.constructor as new (n: number) => Floats)(length).fill(value), shape);
}
