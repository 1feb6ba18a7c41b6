import { zeros64 } from '../../core/matrix.ts';
import type { Operation, ShardRef } from '../operation.ts';
import { unitRowsInPlace } from '../support/unit-rows.ts';

/** Of which rows. */
export interface MomentsSettings {
  readonly shard: ShardRef;
}

/**
 * The sums of a shard's rows: Σ x and XᵀX of the rows as they came and of the rows at unit length, the lengths
 * themselves, and which rows have no direction.
 *
 *     raw.sum, unit.sum  d      raw.gram, unit.gram  d × d      norms  n      bad  m
 */
export const moments: Operation<MomentsSettings> = {
  id: 'moments',
  version: 1,
  async run({ shard }, { rowsOf, engine, signal }) {
    const points = await rowsOf(shard);
    const { rows: n, cols: d } = points;
    const square = { shape: [d, d] };
    const raw = { sum: sumOf(points.data, d), gram: (await engine.gram(points, { signal })).data };
    const { norms, bad } = unitRowsInPlace(points);
    const unit = { sum: sumOf(points.data, d), gram: (await engine.gram(points, { signal })).data };
    return {
      fields: { rows: n, cols: d },
      arrays: {
        'raw.sum': { shape: [d], data: raw.sum },
        'raw.gram': { ...square, data: raw.gram },
        'unit.sum': { shape: [d], data: unit.sum },
        'unit.gram': { ...square, data: unit.gram },
        norms: { shape: [n], data: norms },
        bad: { shape: [bad.length], data: bad },
      },
    };
  },
  cost: ({ shard: { rows, cols, bytes } }) => ({
    products: 2 * rows * cols * cols,
    bytesRead: bytes,
    bytesWritten: 8 * rows + 16 * cols * (cols + 1),
  }),
};

/** Σ x, row after row. */
function sumOf(data: Float32Array, d: number): Float64Array {
  const sum = zeros64(1, d).data;
  for (let e = 0; e < data.length; ) for (let c = 0; c < d; c++, e++) sum[c] += data[e];
  return sum;
}
