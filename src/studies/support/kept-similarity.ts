import type { Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { spearman } from '../../core/ranks.ts';
import { rowDot } from '../../numerics/rows/dot.ts';
import { unitOrAxisRows } from '../../numerics/rows/unit-rows.ts';
import type { PairSet } from './judged-words.ts';

/**
 * The mean Spearman correlation of cosines with judgements over the sets, from each of several cuts of one space, as
 * shares of that of the last; and of the cut `at` its 95 % interval over redrawn pairs.
 */
export function keptSimilarity(
  cuts: readonly Matrix[],
  sets: readonly PairSet[],
  at: number,
  { random, draws }: { readonly random: Random; readonly draws: number },
) {
  const cosines = cuts.map((cut) => {
    const rows = unitOrAxisRows('study', cut);
    return sets.map(({ pairs }) => pairs.map(([a, b]) => rowDot(rows, a, rows, b)));
  });
  const score = (cut: number, drawn?: readonly Int32Array[]) =>
    sets.reduce((sum, { scores }, s) => {
      const own = drawn?.[s] ?? scores.map((_, i) => i);
      const said = Float64Array.from(own, (i) => cosines[cut][s][i]);
      const judged = Float64Array.from(own, (i) => scores[i]);
      return sum + spearman(said, judged) / sets.length;
    }, 0);
  const last = cuts.length - 1;
  const kept = cuts.map((_, cut) => score(cut) / score(last));
  const ratios = Float64Array.from({ length: draws }, () => {
    const drawn = sets.map(({ scores }) => scores.map(() => random.integer(scores.length)));
    const rows = drawn.map((own) => Int32Array.from(own));
    return score(at, rows) / score(last, rows);
  }).sort();
  const end = (p: number) => ratios[Math.round(p * (draws - 1))];
  return { kept, quarter: { value: kept[at], low: end(0.025), high: end(0.975) } };
}
