import type { Operation, ShardRef } from '../operation.ts';
import { unitRowsInPlace } from '../support/unit-rows.ts';

export interface ClassSumsSettings {
  readonly shard: ShardRef;
  /** The number in the table of its first row. */
  readonly first: number;
  /** Classes, and in how many ways the rows are put into them. */
  readonly classes: number;
  readonly numberings: number;
}

/**
 * Σ x of the rows of each class of a shard at unit length, row after row, for each of some numberings: the input's array
 * `classes.r` has the class of every row of the table by the r-th, −1 for none.
 *
 *     sums.0, sums.1, …  classes × d
 */
export const classSums: Operation<ClassSumsSettings> = {
  id: 'class-sums',
  version: 1,
  async run({ shard, first, classes, numberings }, { rowsOf, input }) {
    const given = await input(0);
    const points = await rowsOf(shard);
    unitRowsInPlace(points);
    const { data, cols: d } = points;
    const arrays: Record<string, { shape: number[]; data: Float64Array }> = {};
    for (let r = 0; r < numberings; r++) {
      const of = await given.slice(`classes.${r}`, first, first + shard.rows);
      const sums = new Float64Array(classes * d);
      for (let i = 0; i < points.rows; i++) {
        const to = Number(of[i]) * d;
        if (to < 0) continue;
        for (let c = 0; c < d; c++) sums[to + c] += data[i * d + c];
      }
      arrays[`sums.${r}`] = { shape: [classes, d], data: sums };
    }
    return { arrays };
  },
  cost: ({ shard: { rows, cols, bytes }, classes, numberings }) => ({
    products: rows * cols * numberings,
    bytesRead: bytes + 4 * rows * numberings,
    bytesWritten: 8 * classes * cols * numberings,
  }),
};
