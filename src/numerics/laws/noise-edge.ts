import { pow } from '../../core/numeric.ts';
import { marchenkoPasturQuantiles } from './marchenko-pastur.ts';

/** The 95 % point of the Tracy–Widom law of order 1. */
const TRACY_WIDOM_95 = 0.9793;

export interface NoiseEdge {
  /** The noise level σ²: the median eigenvalue over the median of the Marchenko–Pastur law. */
  readonly noise: number;
  /** The largest eigenvalue that noise has in 95 % of sets. */
  readonly edge: number;
}

/**
 * Where noise ends in the eigenvalues of the covariance of n × d rows less their mean, largest first, at least min(n − 1, d) of
 * them. A direction of variance σ² + ℓ comes out above the edge where ℓ > σ²√(d/n), and not below it (Baik, Ben Arous, Péché).
 */
export function noiseEdge(values: Float64Array, n: number, d: number): NoiseEdge {
  const rank = Math.min(n - 1, d);
  const longer = Math.max(n - 1, d);
  const half = rank >> 1;
  const middle = (x: Float64Array) => (rank % 2 === 1 ? x[half] : (x[half - 1] + x[half]) / 2);
  const unit = marchenkoPasturQuantiles(rank, rank / longer);
  const noise = ((middle(values) / middle(unit)) * n) / longer;
  const [a, b] = [Math.sqrt(n - 1), Math.sqrt(d)];
  const spread = (a + b) * pow(1 / a + 1 / b, 1 / 3);
  return { noise, edge: (noise * ((a + b) ** 2 + TRACY_WIDOM_95 * spread)) / n };
}
