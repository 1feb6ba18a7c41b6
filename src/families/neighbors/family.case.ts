import { uniformRows } from '../../testing/points.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';

export function smallProblem(): SmallProblem {
  return { input: uniformRows(24, 3, 1), options: { k: 4, candidates: 12 } };
}
