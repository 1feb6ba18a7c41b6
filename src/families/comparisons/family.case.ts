import { unitRows } from '../../testing/points.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';

const ONE_PASS = { abort: 'one pass over the rows, with nothing to wait for' };

const EXEMPT: Readonly<Record<string, SmallProblem['exempt']>> = {
  'mean-row-cosine': ONE_PASS,
  'median-row-cosine': ONE_PASS,
  'sparse-prediction': { 'row order': 'rows are dealt to the two halves by their places' },
  'rotated-row-cosine': { 'row order': 'rows are dealt to the two halves by their places' },
};

export function smallProblem(id: string): SmallProblem {
  return {
    exempt: EXEMPT[id] ?? {},
    input: { a: unitRows(20, 3, 1), b: unitRows(20, 3, 2) },
    run: { seed: 5 },
  };
}
