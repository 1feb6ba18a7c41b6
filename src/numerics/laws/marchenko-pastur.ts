import { cos, exp, log, sin } from '../../core/numeric.ts';
import { gaussLegendre } from './special.ts';

/**
 * Effective rank of n uniform unit rows in R^d when the eigenvalues of XᵀX (or XXᵀ) follow the
 * Marchenko–Pastur law of ratio c: r·exp(−E[s ln s]/E[s])·E[s], s = √λ, r = min(n, d).
 *
 * c = (min(n, d) − 1)/max(n, d) makes the second moment tr(T²), T = XᵀX/n, exact at every n and d.
 * Against simulation: 2 % too high at 20 × 20, 0.7 % at 64 × 64, 0.15 % at 150 × 100, and less where
 * one side is much longer.
 */
export function uniformEffectiveRank(n: number, d: number): number {
  const rank = Math.min(n, d);
  if (rank === 1) return 1;
  const ratio = (rank - 1) / Math.max(n, d);
  const root = Math.sqrt(ratio);
  // λ = 1 + c + 2√c cos φ turns the density into (2/π) sin²φ / λ on [0, π].
  const { nodes, weights } = gaussLegendre(200);
  let total = 0;
  let mean = 0;
  let logged = 0;
  for (let i = 0; i < nodes.length; i++) {
    const phi = (Math.PI / 2) * (nodes[i] + 1);
    const lambda = 1 + ratio + 2 * root * cos(phi);
    const weight = (weights[i] * sin(phi) ** 2) / lambda;
    const s = Math.sqrt(lambda);
    total += weight;
    mean += weight * s;
    logged += weight * s * log(s);
  }
  mean /= total;
  logged /= total;
  return rank * mean * exp(-logged / mean);
}

/**
 * r values in the places of the quantiles (k − ½)/r of the Marchenko–Pastur law of that ratio ≤ 1 and
 * mean 1, largest first.
 */
export function marchenkoPasturQuantiles(r: number, ratio: number): Float64Array {
  const root = Math.sqrt(ratio);
  const at = (phi: number) => 1 + ratio + 2 * root * cos(phi);
  // The density along φ is sin²φ/λ; φ = 0 is the largest value.
  const steps = 4000;
  const share = new Float64Array(steps + 1);
  for (let i = 1; i <= steps; i++) {
    const phi = (Math.PI * (i - 0.5)) / steps;
    share[i] = share[i - 1] + sin(phi) ** 2 / at(phi);
  }
  const values = new Float64Array(r);
  let i = 0;
  let sum = 0;
  for (let k = 0; k < r; k++) {
    const wanted = ((k + 0.5) / r) * share[steps];
    while (share[i + 1] < wanted) i += 1;
    const phi = (Math.PI / steps) * (i + (wanted - share[i]) / (share[i + 1] - share[i]));
    values[k] = at(phi);
    sum += values[k];
  }
  return values.map((value) => (value * r) / sum);
}
