import { sphere } from '../../manifolds/sphere.ts';
import { uniformRows } from '../../testing/points.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';
import { koleo } from '../objectives/index.ts';

export function smallProblem(): SmallProblem {
  return {
    input: { objective: koleo.bind(), manifold: sphere, start: uniformRows(12, 3, 1) },
    options: { steps: 5, batch: 4, seed: 5 },
  };
}
