import { matrix } from '../../core/matrix.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';

const OWN: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  classifier: { heldOut: 0.25 },
  clusters: { clusters: 2, start: 0.5, noise: 0.1 },
  generator: { codes: 2, samples: 6, discriminatorSteps: 1 },
};

/** Two classes on either side of the origin. */
export function smallProblem(id: string): SmallProblem {
  const n = 12;
  const data = Float64Array.from({ length: n * 3 }, (_, e) => {
    const side = Math.floor(e / 3) % 2 ? 1 : -1;
    return side * (1 + (e % 3)) + ((e * 7) % 5) / 10;
  });
  return {
    input: {
      points: matrix(data, n, 3),
      classes: Array.from({ length: n }, (_, i) => (i % 2 ? 'odd' : 'even')),
    },
    options: { steps: 3, batch: 4, dim: 2, hidden: 4, ...OWN[id] },
  };
}
