import { uniformRows } from '../../testing/points.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';

export function smallProblem(): SmallProblem {
  return { input: uniformRows(12, 3, 1), run: { start: uniformRows(12, 3, 2), seed: 5 } };
}
