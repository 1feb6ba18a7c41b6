import { matrix } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import { operation, type Tensor } from '../../../learning/index.ts';
import { type HedgedLoss, hedgedLoss } from '../../objectives/index.ts';

export interface MatchOptions {
  readonly samples: number;
  readonly beta: number;
  readonly classes: Int32Array;
  readonly random: Random;
}

/**
 * The objective `hedged` with a and b that are learned: loss of the rows [μ | log σ²], n × 2D, with the match
 * probability σ(b − a·distance).
 */
export function matchLoss(
  rows: Tensor,
  slope: Tensor,
  offset: Tensor,
  { samples, beta, classes, random }: MatchOptions,
): Tensor {
  const [n, d] = rows.shape;
  let toRows = new Float64Array(0);
  let found: HedgedLoss = { loss: 0, toSlope: 0, toOffset: 0 };
  return operation('matchLoss', [rows, slope, offset], [], {
    forward({ engine, inputs: [x, [a], [b]], out }) {
      toRows = new Float64Array(n * d);
      const shape = { samples, beta, slope: a, offset: b };
      const context = { engine, random, classes };
      found = hedgedLoss(matrix(x, n, d), shape, matrix(toRows, n, d), context);
      out[0] = found.loss;
    },
    backward({ gradient: [weight], to: [onRows, onSlope, onOffset] }) {
      if (onRows) for (let e = 0; e < onRows.length; e++) onRows[e] = weight * toRows[e];
      if (onSlope) onSlope[0] = weight * found.toSlope;
      if (onOffset) onOffset[0] = weight * found.toOffset;
    },
  });
}
