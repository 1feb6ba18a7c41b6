import { gathered, matrix, zeros64 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { type Directions, spaceMark } from '../../structures/directions/index.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';

const ROWS = 48;
const COLS = 6;

/** Three classes about three axes in six columns, the direction of the first, and the rows with a noisy second column. */
export function smallProblem(_id: string): SmallProblem {
  const random = Random.fromSeed(1);
  const points = zeros64(ROWS, COLS);
  for (let e = 0; e < points.data.length; e++) points.data[e] = 0.4 * random.normal();
  for (let i = 0; i < ROWS; i++) points.data[i * COLS + (i % 3)] += 1;
  const partners = matrix(points.data.slice(), ROWS, COLS);
  for (let i = 0; i < ROWS; i++) partners.data[i * COLS + 1] += random.normal();
  const classes = Array.from({ length: ROWS }, (_, i) => 'abc'[i % 3]);
  const kept = Array.from({ length: ROWS }, (_, i) => (points.data[i * COLS + 4] > 0 ? 'y' : 'n'));
  const directions = firstAxis(spaceMark(points));
  const concepts = gathered(points, [0, 3]);
  return { input: { points, classes, kept, partners, directions, concepts } };
}

function firstAxis(space: Directions['space']): Directions {
  return {
    basis: matrix(Float64Array.of(1, 0, 0, 0, 0, 0), 1, COLS),
    names: ['first'],
    origin: space.mean,
    draws: zeros64(0, COLS),
    space,
    provenance: { method: 'given', options: {}, rows: ROWS, facts: {} },
  };
}
