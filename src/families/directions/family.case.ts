import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';

/** Problems of methods that are given something else than what most are. */
const OWN: Readonly<Record<string, Partial<SmallProblem>>> = {};

/** Rows of three classes that lie apart along known axes, scored along the first. */
export function smallProblem(id: string): SmallProblem {
  const random = Random.fromSeed(2).fork('rows');
  const [n, d] = [36, 5];
  const classes = Array.from({ length: n }, (_, i) => ['one', 'two', 'three'][i % 3]);
  const data = Float64Array.from({ length: n * d }, (_, e) => {
    const [i, c] = [Math.floor(e / d), e % d];
    return random.normal() + 1 + (c === i % 3 ? 2 : 0);
  });
  const points = matrix(data, n, d);
  const rows = Array.from({ length: n }, (_, i) => i);
  return {
    input: {
      points,
      classes,
      scores: Array.from(rows, (i) => data[i * d] + random.normal() / 4),
      pairs: { a: rows.filter((i) => i % 3 === 0), b: rows.filter((i) => i % 3 === 1) },
      labels: rows.map((i) => `row${i}`),
      formulas: ['row1 - row0', 'row2 - row0 + row4'],
      factors: {
        shape: classes,
        half: rows.map((i) => (i < n / 2 ? 'first' : 'second')),
      },
    },
    options: { draws: 4 },
    ...OWN[id],
  };
}
