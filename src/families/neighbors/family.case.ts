import { unitRows } from '../../testing/points.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';

export function smallProblem(): SmallProblem {
  return { input: unitRows(24, 3, 1), options: { k: 4, candidates: 12 } };
}
