import { OptionError } from '../../../core/errors.ts';
import type { KnnGraph } from '../../../core/graph.ts';
import { exp, log } from '../../../core/numeric.ts';

/** How near the entropy of a list comes to the logarithm of the perplexity. */
const TOLERANCE = 1e-5;
const MOST_STEPS = 200;

/**
 * Conditional probabilities of neighbours, n × k, each row's from a Gaussian of its own width.
 *
 *     p(j|i) ∝ h(i, j)·exp(−βᵢ d(i, j)²),   Σⱼ p(j|i) = 1,   −Σⱼ p(j|i) ln p(j|i) = ln perplexity
 *
 * with β found to 1e-5 in entropy. A missing neighbour (index −1, or infinite distance) has probability 0; a list
 * without any has none. Lists that no β brings to the perplexity take the limit nearest to it: equal shares where there
 * are too few neighbours, equal shares of the nearest where too many of them are equally near.
 *
 * @param factors h, n × k, positive; 1 where left out
 */
export function perplexityWeights(
  { indices, distances, n, k }: KnnGraph,
  perplexity: number,
  factors?: Float64Array,
): Float64Array {
  if (!(perplexity >= 1)) throw new OptionError('neighbors', 'perplexity', '1 or more', perplexity);
  const weights = new Float64Array(n * k);
  const gaps = new Float64Array(k);
  const shares = new Float64Array(k);
  const places = new Int32Array(k);
  for (let i = 0; i < n; i++) {
    let m = 0;
    for (let at = i * k; at < (i + 1) * k; at++) {
      if (indices[at] < 0 || !(distances[at] < Infinity)) continue;
      places[m] = at;
      gaps[m] = distances[at] * distances[at];
      shares[m] = factors ? factors[at] : 1;
      m += 1;
    }
    if (m === 0) continue;
    scaleGaps(gaps, m);
    const beta = precision(gaps, shares, m, perplexity);
    let sum = 0;
    for (let r = 0; r < m; r++) {
      const weight = shareOf(gaps[r], shares[r], beta);
      weights[places[r]] = weight;
      sum += weight;
    }
    for (let r = 0; r < m; r++) weights[places[r]] /= sum;
  }
  return weights;
}

/** Less the smallest, in units of their mean: the least square then neither over- nor underflows. */
function scaleGaps(gaps: Float64Array, m: number): void {
  let least = Infinity;
  for (let r = 0; r < m; r++) least = Math.min(least, gaps[r]);
  let mean = 0;
  for (let r = 0; r < m; r++) {
    gaps[r] -= least;
    mean += gaps[r] / m;
  }
  if (mean > 0) for (let r = 0; r < m; r++) gaps[r] /= mean;
}

function shareOf(gap: number, share: number, beta: number): number {
  return gap === 0 ? share : share * exp(-beta * gap);
}

/** β in the units of the gaps: Newton's steps, kept within what is known to hold it. */
function precision(gaps: Float64Array, shares: Float64Array, m: number, perplexity: number) {
  const target = log(perplexity);
  let ties = 0;
  for (let r = 0; r < m; r++) if (gaps[r] === 0) ties += 1;
  if (ties >= perplexity) return ties === m ? 0 : Infinity;
  if (m <= perplexity) return 0;
  let low = 0;
  let high = Infinity;
  let beta = 1;
  for (let step = 0; step < MOST_STEPS; step++) {
    let sum = 0;
    let first = 0;
    let second = 0;
    let logs = 0;
    for (let r = 0; r < m; r++) {
      const weight = shareOf(gaps[r], shares[r], beta);
      sum += weight;
      first += weight * gaps[r];
      second += weight * gaps[r] * gaps[r];
      if (shares[r] !== 1 && weight > 0) logs += weight * log(shares[r]);
    }
    const mean = first / sum;
    const excess = log(sum) + beta * mean - logs / sum - target;
    if (Math.abs(excess) < TOLERANCE) return beta;
    if (excess > 0) low = beta;
    else high = beta;
    const slope = beta * (second / sum - mean * mean);
    const next = beta + excess / slope;
    const most = high === Infinity ? 4 * beta : high;
    if (next > low && next < most) beta = next;
    else beta = high === Infinity ? 4 * beta : (low + high) / 2;
  }
  return beta;
}
