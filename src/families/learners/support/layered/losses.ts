import { ShapeError } from '../../../../core/errors.ts';
import type { Floats } from '../../../../core/matrix.ts';
import {
  concat,
  constant,
  crossEntropy,
  linear,
  logSoftmax,
  logSumExp,
  multiply,
  reshape,
  scale,
  softmax,
  subtract,
  sum,
  type Tensor,
  take,
} from '../../../../learning/index.ts';
import { rangeOf } from '../inputs.ts';
import { numbersLike } from '../towers/contrast.ts';

/**
 * In-batch negatives: the partner of each row is to be nearer than the partners of all others.
 *
 *     mean_i −log softmax_j(⟨aᵢ, bⱼ⟩/τ)_i,   a and b unit rows, n × d
 */
export function inBatchLoss(a: Tensor, b: Tensor, temperature: number): Tensor {
  const n = a.shape[0];
  return crossEntropy(scale(linear(a, b), 1 / temperature), rangeOf(0, n));
}

/**
 * CoSENT: pairs that are scored higher are to have the larger cosine.
 *
 *     log(1 + Σ over scoreᵢ > scoreⱼ exp((⟨aⱼ, bⱼ⟩ − ⟨aᵢ, bᵢ⟩)/τ)),   a and b unit rows, n × d
 *
 * 0 where all scores are equal.
 */
export function cosentLoss(
  a: Tensor,
  b: Tensor,
  scores: ArrayLike<number>,
  temperature: number,
  like: Floats,
): Tensor {
  const n = a.shape[0];
  if (scores.length !== n)
    throw new ShapeError('cosentLoss', `${n} scores, one a pair`, `${scores.length}`);
  const [higher, lower]: [number[], number[]] = [[], []];
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      if (scores[i] > scores[j]) {
        higher.push(i);
        lower.push(j);
      }
  const [d, m] = [a.shape[1], higher.length];
  if (m === 0) return scale(sum(a), 0);
  const cosines = linear(multiply(a, b), constant(numbersLike(like, d).fill(1), [1, d]));
  const gaps = scale(subtract(take(cosines, lower), take(cosines, higher)), 1 / temperature);
  const one = constant(numbersLike(like, 1), [1, 1]);
  return sum(logSumExp(concat(one, reshape(gaps, [1, m]))));
}

/** How far the softmax of each row's columns is from that of the wanted row: mean_i KL(softmax(qᵢ) ‖ softmax(pᵢ)). */
export function columnDivergence(wanted: Tensor, rows: Tensor): Tensor {
  const gaps = subtract(logSoftmax(wanted), logSoftmax(rows));
  return scale(sum(multiply(softmax(wanted), gaps)), 1 / rows.shape[0]);
}
