import type { Operation, ShardRef } from '../operation.ts';
import { int32s } from '../output.ts';

export interface GatherRowsSettings {
  readonly shard: ShardRef;
  /** The number in the table of its first row. */
  readonly first: number;
  /** How many of its rows are wanted, for the plan. */
  readonly count: number;
}

/**
 * The rows of a shard that stand in a list of row numbers, ascending, which is the input's array `rows`.
 *
 *     points  m × d
 */
export const gatherRows: Operation<GatherRowsSettings> = {
  id: 'gather-rows',
  version: 1,
  async run({ shard, first }, { rowsOf, input }) {
    const list = await int32s(await input(0), 'rows');
    const wanted = list.filter((row) => row >= first && row < first + shard.rows);
    const { data, cols: d } = await rowsOf(shard);
    const points = new Float32Array(wanted.length * d);
    for (const [at, row] of wanted.entries()) {
      const from = (row - first) * d;
      points.set(data.subarray(from, from + d), at * d);
    }
    return { fields: {}, arrays: { points: { shape: [wanted.length, d], data: points } } };
  },
  cost: ({ shard, count }) => ({
    products: 0,
    bytesRead: shard.bytes,
    bytesWritten: 4 * count * shard.cols,
  }),
};
