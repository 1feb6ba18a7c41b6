import type { Floats } from '../core/matrix.ts';
import type { Update } from '../learning/updates/update.ts';

/** Gradient descent with momentum, m ← keep·m + g, x ← x − rate·m: the plainest rule that remembers something. */
export function momentum(learningRate: number, keep = 0.9): Update {
  return {
    name: 'momentum',
    settings: { learningRate, keep },
    learningRate,
    start: ({ data }) => ({
      velocity: new (data.constructor as new (n: number) => Floats)(data.length),
    }),
    apply({ data }, gradient, { velocity }, { rate }) {
      const d = gradient.rows ? gradient.data.length / gradient.rows.length : data.length;
      for (let e = 0; e < gradient.data.length; e++) {
        const at = gradient.rows ? gradient.rows[Math.floor(e / d)] * d + (e % d) : e;
        velocity[at] = keep * velocity[at] + gradient.data[e];
        data[at] -= rate * velocity[at];
      }
    },
  };
}
