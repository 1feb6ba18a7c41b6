import type { Matrix } from '../../core/matrix.ts';
import { spearman } from '../../core/ranks.ts';
import { rowDot } from '../../numerics/rows/dot.ts';
import { unitOrAxisRows } from '../../numerics/rows/unit-rows.ts';
import type { PairSet } from './judged-words.ts';

/** How cosines follow people's judgements: the mean Spearman correlation over the sets. */
export function similarityOf(points: Matrix, sets: readonly PairSet[]): number {
  const rows = unitOrAxisRows('study', points);
  const correlations = sets.map(({ pairs, scores }) => {
    const cosines = pairs.map(([a, b]) => rowDot(rows, a, rows, b));
    return spearman(Float64Array.from(cosines), Float64Array.from(scores));
  });
  return correlations.reduce((sum, own) => sum + own / sets.length, 0);
}

/** The mean over rows of the cosine of each with its own row of the other. */
export function meanCosine(a: Matrix, b: Matrix): number {
  const [x, y] = [unitOrAxisRows('study', a), unitOrAxisRows('study', b)];
  let sum = 0;
  for (let i = 0; i < x.rows; i++) sum += rowDot(x, i, y, i);
  return sum / x.rows;
}

/** The share of the rows that no other row equals. */
export function uniqueRows({ data, rows, cols }: Matrix): number {
  const counts = new Map<string, number>();
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * cols, (i + 1) * cols).join(' ');
    counts.set(row, (counts.get(row) ?? 0) + 1);
  }
  return [...counts.values()].filter((count) => count === 1).length / rows;
}
