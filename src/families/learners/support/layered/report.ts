import { type Matrix, matrix } from '../../../../core/matrix.ts';
import { spearman } from '../../../../core/ranks.ts';
import { concat, evaluate, type Tensor, type Workspace } from '../../../../learning/index.ts';
import { shortened } from '../matryoshka.ts';
import { recallBothWays } from '../towers/measures.ts';
import { type FullCut, nameOfCut } from './cuts.ts';
import type { LayeredNetwork } from './network.ts';
import type { TextPairs } from './pair-loss.ts';

/** Held-out pairs that are measured at most: what is measured grows with their square. */
const MOST_ROWS = 2000;

/** Texts that are embedded at once hold about so many tokens, padding included. */
const TOKENS_AT_ONCE = 16_384;

/** How many of these texts are embedded at once. */
export function textsAtOnce(texts: readonly ArrayLike<number>[]): number {
  const longest = texts.reduce((most, { length }) => Math.max(most, length), 1);
  return Math.min(1024, Math.max(1, Math.floor(TOKENS_AT_ONCE / longest)));
}

/** The unit rows of some texts at each of these cuts, beside one another. */
export function embeddedAt(
  network: LayeredNetwork,
  texts: readonly ArrayLike<number>[],
  cuts: readonly FullCut[],
): Tensor {
  const taps = network.taps(
    texts,
    cuts.map(({ layer }) => layer),
  );
  return concat(...cuts.map(({ layer, dims }) => shortened(taps.get(layer) as Tensor, dims)));
}

/** What held-out pairs say of each cut: partners that are found first, or how cosines go with scores. */
export async function layeredReport(
  network: LayeredNetwork,
  { a, b, scores }: TextPairs,
  cuts: readonly FullCut[],
  workspace: Workspace,
): Promise<Readonly<Record<string, number>>> {
  const n = Math.min(MOST_ROWS, a.length);
  const report: Record<string, number> = { heldOut: n };
  if (n < 2) return report;
  const whole = cuts[cuts.length - 1];
  const sides = [
    await rowsAtCuts(network, a.slice(0, n), cuts, workspace),
    await rowsAtCuts(network, b.slice(0, n), cuts, workspace),
  ];
  for (const [i, cut] of [...cuts.entries()].toReversed()) {
    const [x, y] = sides.map((rows) => rows[i]);
    const value = scores
      ? spearman(cosinesOf(x, y), scores.slice(0, n))
      : recallBothWays(x, y).there.recallAt1;
    // There is no order where all scores are equal.
    if (!Number.isNaN(value))
      report[nameOfCut(scores ? 'spearman' : 'recallAt1', cut, whole)] = value;
  }
  return report;
}

/** The unit rows of the texts at each cut. */
async function rowsAtCuts(
  network: LayeredNetwork,
  texts: readonly ArrayLike<number>[],
  cuts: readonly FullCut[],
  workspace: Workspace,
): Promise<readonly Matrix[]> {
  const found = cuts.map(({ dims }) => new Float64Array(texts.length * dims));
  const cols = cuts.reduce((sum, { dims }) => sum + dims, 0);
  const some = textsAtOnce(texts);
  for (let from = 0; from < texts.length; from += some) {
    const own = texts.slice(from, from + some);
    const values = await evaluate(embeddedAt(network, own, cuts), workspace);
    for (let row = 0; row < own.length; row++) {
      let at = row * cols;
      for (const [i, { dims }] of cuts.entries()) {
        found[i].set(values.subarray(at, at + dims), (from + row) * dims);
        at += dims;
      }
    }
  }
  return found.map((data, i) => matrix(data, texts.length, cuts[i].dims));
}

/** The products of the rows of each pair. */
function cosinesOf(a: Matrix, b: Matrix): Float64Array {
  const d = a.cols;
  return Float64Array.from({ length: a.rows }, (_, i) => {
    let sum = 0;
    for (let c = i * d; c < (i + 1) * d; c++) sum += a.data[c] * b.data[c];
    return sum;
  });
}
