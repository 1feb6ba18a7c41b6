import { exp, log } from '../../core/numeric.ts';

/** The number that RankMe's paper adds to each share, in place of a threshold. */
export const RANKME_EPSILON = 1e-7;

/** RankMe from the eigenvalues λ_k of ZᵀZ, in any scale: exp(−Σ p_k ln p_k), p_k = √λ_k/Σ√λ + ε; not all λ 0. */
export function smoothRank(values: Float64Array, epsilon: number = RANKME_EPSILON): number {
  return exp(smoothEntropy(values, epsilon));
}

/** ln of it. */
export function smoothEntropy(values: Float64Array, epsilon: number): number {
  let entropy = 0;
  for (const share of sharesOf(values)) {
    const p = share + epsilon;
    if (p > 0) entropy -= p * log(p);
  }
  return entropy;
}

/** ∂/∂λ_k of the entropy: −(ln p_k − Σ_l q_l ln p_l)/(2 σ_k Σσ), q_l = σ_l/Σσ; 0 where σ_k is. */
export function smoothEntropySlopes(values: Float64Array, epsilon: number): Float64Array {
  const shares = sharesOf(values);
  const sum = values.reduce((all, value) => all + Math.sqrt(value), 0);
  const logs = shares.map((share) => (share + epsilon > 0 ? log(share + epsilon) : 0));
  const mean = shares.reduce((all, share, k) => all + share * logs[k], 0);
  return values.map((value, k) =>
    value > 0 ? (mean - logs[k]) / (2 * Math.sqrt(value) * sum) : 0,
  );
}

/** √λ_k/Σ√λ. */
function sharesOf(values: Float64Array): Float64Array {
  const roots = values.map(Math.sqrt);
  const sum = roots.reduce((all, root) => all + root, 0);
  return roots.map((root) => root / sum);
}
