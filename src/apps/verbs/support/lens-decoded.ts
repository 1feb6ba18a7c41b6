import type { Matrix } from '../../../core/matrix.ts';
import { exp, log } from '../../../core/numeric.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { FoundSet } from './lens-sets.ts';

/** Logits that are held at once. */
const HELD = 2 ** 22;

/** What the unembedding says of the states of one layer. */
export interface Decoded {
  /** In bits, one for each state. */
  readonly entropies: Float64Array;
  /** For each set the probability that a state gives it. */
  readonly probabilities: readonly Float64Array[];
  /** The mean probability of every token. */
  readonly mean: Float64Array;
}

/** softmax(U·h) of normalized states, a block of states after the other. */
export async function decoded(
  states: Matrix,
  unembed: Matrix,
  sets: readonly FoundSet[],
  engine: Engine,
): Promise<Decoded> {
  const { rows: n, cols: d } = states;
  const { rows: tokens } = unembed;
  const entropies = new Float64Array(n);
  const probabilities = sets.map(() => new Float64Array(n));
  const mean = new Float64Array(tokens);
  const weights = new Float64Array(tokens);
  const block = Math.max(1, Math.floor(HELD / tokens));
  for (let a = 0; a < n; a += block) {
    const rows = Math.min(block, n - a);
    const some = { data: states.data.subarray(a * d, (a + rows) * d), rows, cols: d };
    const logits = await engine.matmul(some, unembed, { transposeB: true });
    for (let i = 0; i < rows; i++) {
      const { total, entropy } = softmaxOf(logits, i, weights);
      entropies[a + i] = entropy;
      for (let t = 0; t < tokens; t++) mean[t] += weights[t] / total / n;
      sets.forEach((set, s) => {
        let sum = 0;
        for (const token of set.of(a + i)) sum += weights[token];
        probabilities[s][a + i] = sum / total;
      });
    }
  }
  return { entropies, probabilities, mean };
}

/** exp(x − max) of one row, their sum, and the entropy of the shares in bits: (log Σw − Σ w·log w/Σw)/log 2. */
function softmaxOf({ data, cols }: Matrix, row: number, weights: Float64Array) {
  const start = row * cols;
  let most = -Infinity;
  for (let t = 0; t < cols; t++) most = Math.max(most, data[start + t]);
  let total = 0;
  let sum = 0;
  for (let t = 0; t < cols; t++) {
    const below = data[start + t] - most;
    const weight = exp(below);
    weights[t] = weight;
    total += weight;
    // Where the weight has underflowed, 0·(−∞) has to be 0.
    if (weight > 0) sum += weight * below;
  }
  return { total, entropy: Math.max(0, log(total) - sum / total) / Math.LN2 };
}
