import { type Matrix, zeros64 } from '../core/matrix.ts';
import { Random } from '../core/random.ts';
import type { RowFacts } from '../structures/space/types.ts';

/** Classes of n rows in turn: '0', '1', …, '0', … */
export const classesInTurn =
  (count: number) =>
  (n: number): RowFacts => ({
    classes: Array.from({ length: n }, (_, i) => `${i % count}`),
  });

/** n rows in `count` classes in turn: the class's axis plus noise. */
export function classRows(
  n: number,
  d: number,
  count: number,
  noise: number,
  seed: number,
): Matrix {
  const random = Random.fromSeed(seed);
  const rows = zeros64(n, d);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) rows.data[i * d + c] = noise * random.normal();
    rows.data[i * d + (i % count)] += 1;
  }
  return rows;
}
