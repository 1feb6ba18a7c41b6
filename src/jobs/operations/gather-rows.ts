import type { Operation, ShardRef } from '../operation.ts';
import { int32s } from '../output.ts';

export interface GatherRowsSettings {
  readonly shard: ShardRef;
  /** The number in the table of its first row. */
  readonly first: number;
  /** How many of its rows are wanted by all lists together, for the plan. */
  readonly count: number;
}

/**
 * The rows of a shard that stand in lists of row numbers, ascending, each the array `rows` of an input; the shard is read
 * once for all of them.
 *
 *     points.0, points.1, …  m × d, list by list
 */
export const gatherRows: Operation<GatherRowsSettings> = {
  id: 'gather-rows',
  version: 2,
  async run({ shard, first }, { rowsOf, inputs, input }) {
    const { data, cols: d } = await rowsOf(shard);
    const arrays: Record<string, { shape: number[]; data: Float32Array }> = {};
    for (let i = 0; i < inputs; i++) {
      const list = await int32s(await input(i), 'rows');
      const wanted = list.filter((row) => row >= first && row < first + shard.rows);
      const points = new Float32Array(wanted.length * d);
      for (const [at, row] of wanted.entries()) {
        const from = (row - first) * d;
        points.set(data.subarray(from, from + d), at * d);
      }
      arrays[`points.${i}`] = { shape: [wanted.length, d], data: points };
    }
    return { fields: {}, arrays };
  },
  cost: ({ shard, count }) => ({
    products: 0,
    bytesRead: shard.bytes,
    bytesWritten: 4 * count * shard.cols,
  }),
};
