import { unitRows } from '../../testing/points.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';

export function smallProblem(id: string): SmallProblem {
  const exempt: SmallProblem['exempt'] =
    id === 'fidelity' ? { abort: 'one pass over the rows, with nothing to wait for' } : {};
  return { exempt, input: unitRows(12, 3, 1), run: { start: unitRows(12, 3, 2), seed: 5 } };
}
