import type { Matrix } from '../../../core/matrix.ts';
import {
  add,
  constant,
  multiply,
  relu,
  scale,
  subtract,
  sum,
  type Tensor,
} from '../../../learning/index.ts';

export interface RelationWeights {
  readonly identical: number;
  readonly similar: number;
  readonly dissimilar: number;
  /** From which cosine on classes are similar. */
  readonly tau: number;
}

/**
 * How far cosines r of rows and classes are from what the classes are to one another, δ the cosines of their meanings:
 *
 *     mean of 1 − r       for the row's own class
 *     mean of [τ − r]₊ + [r − δ]₊   for similar classes, δ ≥ τ
 *     mean of [r − τ]₊   for the others
 *
 * @param cosines b × C
 * @param of the class of each of the b rows
 */
export function relationLoss(
  cosines: Tensor,
  of: Int32Array,
  { data: delta, cols: c }: Matrix,
  weights: RelationWeights,
  like: Matrix,
): Tensor {
  const n = of.length * c;
  const numbers = () =>
    like.data instanceof Float64Array ? new Float64Array(n) : new Float32Array(n);
  const [own, similar, dissimilar, upper] = [numbers(), numbers(), numbers(), numbers()];
  const counts = [0, 0];
  for (let e = 0; e < n; e++) {
    const y = of[Math.floor(e / c)];
    upper[e] = delta[y * c + (e % c)];
    const isSimilar = upper[e] >= weights.tau;
    if (e % c === y) own[e] = 1;
    else (isSimilar ? similar : dissimilar)[e] = 1;
    if (e % c !== y) counts[isSimilar ? 0 : 1] += 1;
  }
  const tensor = (data: typeof own) => constant(data, [of.length, c]);
  const tau = tensor(numbers().fill(weights.tau));
  const meanOver = (mask: typeof own, cost: Tensor, count: number, weight: number) =>
    scale(sum(multiply(tensor(mask), cost)), weight / Math.max(1, count));
  const band = add(relu(subtract(tau, cosines)), relu(subtract(cosines, tensor(upper))));
  const ones = tensor(numbers().fill(1));
  return add(
    meanOver(own, subtract(ones, cosines), of.length, weights.identical),
    add(
      meanOver(similar, band, counts[0], weights.similar),
      meanOver(dissimilar, relu(subtract(cosines, tau)), counts[1], weights.dissimilar),
    ),
  );
}
