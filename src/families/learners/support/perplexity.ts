import { evaluate, IGNORED, type Workspace } from '../../../learning/index.ts';
import type { CausalNetwork } from './causal-network.ts';
import { rangeOf } from './inputs.ts';
import type { Windows } from './windows.ts';
import { SPECIAL } from './word-tokens.ts';

/** Windows that are evaluated at once. */
const BLOCK = 16;

/** Surprise, −log p of what came, summed by token of the vocabulary. */
export interface Surprise {
  /** Nats. */
  readonly sums: Float64Array;
  readonly counts: Int32Array;
}

export async function surpriseOf(
  { states, logits }: CausalNetwork,
  windows: Windows,
  vocabulary: number,
  workspace: Workspace,
): Promise<Surprise> {
  const sums = new Float64Array(vocabulary);
  const counts = new Int32Array(vocabulary);
  for (let a = 0; a < windows.count; a += BLOCK) {
    const places = rangeOf(a, Math.min(windows.count, a + BLOCK));
    const found = await evaluate(logits(states(windows.inputs(places))), workspace);
    const targets = windows.targets(places);
    const own = Float64Array.from(targets, (target, i) => found[i * vocabulary + target]);
    const rows = { data: found, rows: targets.length, cols: vocabulary };
    const logSums = await workspace.engine.softmaxInPlace(rows);
    targets.forEach((target, i) => {
      if (target === IGNORED) return;
      sums[target] += logSums[i] - own[i];
      counts[target] += 1;
    });
  }
  return { sums, counts };
}

/** e to the mean surprise over the tokens from a to b (b excluded) of the vocabulary; NaN where none came. */
export function perplexity({ sums, counts }: Surprise, a = 0, b = counts.length): number {
  let [sum, count] = [0, 0];
  for (let token = a; token < b; token++) {
    sum += sums[token];
    count += counts[token];
  }
  return Math.exp(sum / count);
}

/** Where each quarter of the words begins, the most frequent first, and where the last ends. */
export function quarterBounds(vocabulary: number): readonly number[] {
  const first = SPECIAL.length;
  return [0, 1, 2, 3, 4].map((q) => first + Math.round((q * (vocabulary - first)) / 4));
}

/** `perplexity` of all tokens, and `perplexity1` (the most frequent quarter of the words) to `perplexity4`, where any came. */
export function perplexities(surprise: Surprise): Record<string, number> {
  const bounds = quarterBounds(surprise.counts.length);
  const quarters = [1, 2, 3, 4].map(
    (q) => [`perplexity${q}`, perplexity(surprise, bounds[q - 1], bounds[q])] as const,
  );
  const all = [['perplexity', perplexity(surprise)] as const, ...quarters];
  return Object.fromEntries(all.filter(([, value]) => Number.isFinite(value)));
}
