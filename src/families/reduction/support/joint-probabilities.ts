import type { KnnGraph } from '../../../core/graph.ts';
import { perplexityWeights } from './perplexity.ts';

/** A symmetric sparse n × n matrix: row i has the columns and values from starts[i] to starts[i + 1]. */
export interface JointProbabilities {
  readonly n: number;
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/**
 * The joint probabilities p(i, j) = (p(j|i) + p(i|j))/2n of neighbours; all of them sum to 1.
 *
 * @param factors what multiplies the Gaussian of each neighbour, as in `perplexityWeights`
 */
export function jointProbabilities(
  graph: KnnGraph,
  perplexity: number,
  factors?: Float64Array,
): JointProbabilities {
  const { indices, n, k } = graph;
  const weights = perplexityWeights(graph, perplexity, factors);
  const back = transposed(indices, weights, n, k);
  const starts = new Int32Array(n + 1);
  const columns = new Int32Array(2 * n * k);
  const values = new Float64Array(2 * n * k);
  const placeOf = new Int32Array(n).fill(-1);
  let sum = 0;
  let at = 0;
  for (let i = 0; i < n; i++) {
    const first = at;
    const add = (j: number, weight: number) => {
      if (placeOf[j] < first) {
        placeOf[j] = at;
        columns[at] = j;
        at += 1;
      }
      values[placeOf[j]] += weight;
      sum += weight;
    };
    for (let r = i * k; r < (i + 1) * k; r++) if (weights[r] > 0) add(indices[r], weights[r]);
    for (let r = back.starts[i]; r < back.starts[i + 1]; r++) add(back.rows[r], back.weights[r]);
    starts[i + 1] = at;
  }
  if (sum > 0) for (let r = 0; r < at; r++) values[r] /= sum;
  return { n, starts, columns: columns.slice(0, at), values: values.slice(0, at) };
}

/** For each row, the rows that have it as a neighbour, ascending, and their weights. */
function transposed(indices: Int32Array, weights: Float64Array, n: number, k: number) {
  const starts = new Int32Array(n + 1);
  for (let r = 0; r < n * k; r++) if (weights[r] > 0) starts[indices[r] + 1] += 1;
  for (let i = 0; i < n; i++) starts[i + 1] += starts[i];
  const rows = new Int32Array(starts[n]);
  const turned = new Float64Array(starts[n]);
  const next = starts.slice(0, n);
  for (let r = 0; r < n * k; r++) {
    if (!(weights[r] > 0)) continue;
    const at = next[indices[r]]++;
    rows[at] = Math.floor(r / k);
    turned[at] = weights[r];
  }
  return { starts, rows, weights: turned };
}
