import type { Matrix } from '../../../core/matrix.ts';
import {
  type Potentials,
  sinkhorn,
  type TransportPlan,
} from '../../../numerics/solvers/sinkhorn.ts';

/** Entropy, in standard deviations of the costs. */
const ENTROPY = 0.05;

/** A transport plan of equal weights with little entropy for the spread of the costs; not solved to the last digit. */
export function transported(cost: Matrix<Float64Array>, start?: Potentials): TransportPlan {
  const { data } = cost;
  let [mean, squares] = [0, 0];
  for (const c of data) mean += c / data.length;
  for (const c of data) squares += (c - mean) ** 2 / data.length;
  // Where all costs are one, any entropy gives the plan of equal shares.
  const entropy = ENTROPY * Math.sqrt(squares) || 1;
  const limits = { maxRounds: 50, tolerance: 1e-3 };
  return sinkhorn(cost, { entropy, ...limits, ...(start ? { start } : {}) });
}
