import { gathered } from '../../core/matrix.ts';
import type { Operation, ShardRef } from '../operation.ts';
import { sumOfRows } from '../support/sum-of-rows.ts';
import { lengthsInPlace, unitRowsInPlace } from '../support/unit-rows.ts';

export interface GroupMomentsSettings {
  readonly shard: ShardRef;
  /** The number in the table of its first row. */
  readonly first: number;
  /** Groups `from` to `to` (excluded). */
  readonly from: number;
  readonly to: number;
}

/**
 * What `moments` sums, of each of some groups of the rows of a shard alone. The input's array `groups` has the group of every
 * row of the table.
 *
 *     raw.sum, unit.sum  g × d      raw.gram, unit.gram  g × d × d
 */
export const groupMoments: Operation<GroupMomentsSettings> = {
  id: 'group-moments',
  version: 2,
  async run({ shard, first, from, to }, { rowsOf, engine, signal, input }) {
    const given = await input(0);
    const groups = (await given.slice('groups', first, first + shard.rows)) as Uint8Array;
    const all = await rowsOf(shard);
    const [count, d] = [to - from, all.cols];
    const raw = { sum: new Float64Array(count * d), gram: new Float64Array(count * d * d) };
    const unit = { sum: new Float64Array(count * d), gram: new Float64Array(count * d * d) };
    for (let g = 0; g < count; g++) {
      const wanted = Int32Array.from(groups.keys()).filter((i) => groups[i] === from + g);
      if (wanted.length === 0) continue;
      const points = gathered(all, wanted);
      const add = async ({ sum, gram }: typeof raw) => {
        sum.set(sumOfRows(points), g * d);
        gram.set((await engine.gram(points, { signal })).data, g * d * d);
      };
      const lengths = lengthsInPlace(points);
      await add(raw);
      unitRowsInPlace(points, lengths);
      await add(unit);
    }
    return {
      arrays: {
        'raw.sum': { shape: [count, d], data: raw.sum },
        'raw.gram': { shape: [count, d, d], data: raw.gram },
        'unit.sum': { shape: [count, d], data: unit.sum },
        'unit.gram': { shape: [count, d, d], data: unit.gram },
      },
    };
  },
  cost: ({ shard: { rows, cols, bytes }, from, to }) => ({
    products: 2 * rows * cols * cols,
    bytesRead: bytes + rows,
    bytesWritten: 16 * (to - from) * cols * (cols + 1),
  }),
};
