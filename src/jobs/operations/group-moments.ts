import { gathered } from '../../core/matrix.ts';
import type { Operation, ShardRef } from '../operation.ts';
import { int32s } from '../output.ts';
import { sumOfRows } from '../support/sum-of-rows.ts';
import { lengthsInPlace, unitRowsInPlace } from '../support/unit-rows.ts';

export interface GroupMomentsSettings {
  readonly shard: ShardRef;
  /** The number in the table of its first row. */
  readonly first: number;
}

/** What `moments` sums, of those rows of a shard that stand in a list, which is the input's array `rows`. */
export const groupMoments: Operation<GroupMomentsSettings> = {
  id: 'group-moments',
  version: 1,
  async run({ shard, first }, { rowsOf, engine, signal, input }) {
    const list = await int32s(await input(0), 'rows');
    const wanted = list.filter((row) => row >= first && row < first + shard.rows);
    const all = await rowsOf(shard);
    const points = gathered(
      all,
      wanted.map((row) => row - first),
    );
    const { cols: d } = points;
    const gramOf = async () =>
      wanted.length > 0 ? (await engine.gram(points, { signal })).data : new Float64Array(d * d);
    const lengths = lengthsInPlace(points);
    const raw = { sum: sumOfRows(points), gram: await gramOf() };
    unitRowsInPlace(points, lengths);
    const unit = { sum: sumOfRows(points), gram: await gramOf() };
    return {
      fields: { rows: wanted.length },
      arrays: {
        'raw.sum': { shape: [d], data: raw.sum },
        'raw.gram': { shape: [d, d], data: raw.gram },
        'unit.sum': { shape: [d], data: unit.sum },
        'unit.gram': { shape: [d, d], data: unit.gram },
      },
    };
  },
  cost: ({ shard: { rows, cols, bytes } }) => ({
    products: 2 * rows * cols * cols,
    bytesRead: bytes,
    bytesWritten: 16 * cols * (cols + 1),
  }),
};
