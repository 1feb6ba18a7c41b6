import { unitRows } from '../../testing/points.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';

export function smallProblem(): SmallProblem {
  return { input: { a: unitRows(20, 3, 1), b: unitRows(20, 3, 2) }, run: { seed: 5 } };
}
