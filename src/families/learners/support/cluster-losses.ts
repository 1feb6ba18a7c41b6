import {
  add,
  doublyStochastic,
  matmul,
  mean,
  multiply,
  normalizeRows,
  objective,
  scale,
  sliceRows,
  softmax,
  subtract,
  sum,
  type Tensor,
} from '../../../learning/index.ts';
import { codingRateReduction } from '../../objectives/index.ts';
import type { LossOfStep } from '../types.ts';
import { rateReduction } from './rate-reduction.ts';

/** How far the sums of a membership may be from 1. */
export const TOLERANCE = 1e-5;

export interface ClusterTerms {
  readonly membership: 'doubly-stochastic' | 'softmax';
  readonly entropy: number;
  readonly distortion: number;
  readonly similarity: number;
}

/** The volume of the mean features of two views, 2b × d, and the agreement of the views. */
export function startLoss(z: Tensor, { distortion, similarity }: ClusterTerms): LossOfStep {
  const volume = objective(meanOfViews(z), codingRateReduction.bind({ distortion }));
  return { loss: subtract(volume, agreement(z, similarity)), spread: z };
}

/** Rate reduction of the mean features by the membership, and the agreement of the views. */
export function clusterLoss(
  z: Tensor,
  membership: Tensor,
  { distortion, similarity }: ClusterTerms,
): LossOfStep {
  const reduction = rateReduction(meanOfViews(z), membership, distortion);
  return {
    loss: subtract(reduction, agreement(z, similarity)),
    spread: z,
    report: { reduction },
  };
}

/** Memberships of two views, from 2b rows of the cluster head: their mean. */
export function membershipOf(rows: Tensor, { membership, entropy }: ClusterTerms): Tensor {
  if (membership === 'softmax') return meanOfViews(softmax(rows));
  const [first, second] = halves(normalizeRows(rows)).map((c) =>
    doublyStochastic(matmul(c, c, { transposeB: true }), { entropy, tolerance: TOLERANCE }),
  );
  return scale(add(first, second), 0.5);
}

function agreement(z: Tensor, weight: number): Tensor {
  const [first, second] = halves(z);
  return scale(mean(sum(multiply(first, second), 1)), weight);
}

function meanOfViews(rows: Tensor): Tensor {
  const [first, second] = halves(rows);
  return scale(add(first, second), 0.5);
}

function halves(rows: Tensor): readonly [Tensor, Tensor] {
  const b = rows.shape[0] / 2;
  return [sliceRows(rows, 0, b), sliceRows(rows, b, 2 * b)];
}
