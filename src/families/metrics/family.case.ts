import { uniformRows } from '../../testing/points.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';

export function smallProblem(): SmallProblem {
  const n = 24;
  const frequencies = Float64Array.from({ length: n }, (_, i) => 1 + ((i * 5) % n));
  return {
    input: uniformRows(n, 3, 1),
    run: {
      seed: 5,
      classes: Array.from({ length: n }, (_, i) => `class ${i % 3}`),
      frequencies,
      scores: frequencies,
      answers: {
        queries: uniformRows(5, 3, 2),
        judgements: Array.from({ length: 10 }, (_, i) => ({ query: i % 5, document: (i * 7) % n })),
      },
    },
  };
}
