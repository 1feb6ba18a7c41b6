import type { Operation, ShardRef } from '../operation.ts';
import { sumOfRows } from '../support/sum-of-rows.ts';
import { lengthsInPlace, unitRowsInPlace } from '../support/unit-rows.ts';

/** Of which rows. */
export interface MomentsSettings {
  readonly shard: ShardRef;
}

/**
 * The sums of a shard's rows: Σ x and XᵀX of the rows as they came and of the rows at unit length, of these also Σ x⁴ by
 * columns, the lengths themselves, and which rows have no direction: those are in no sum.
 *
 *     raw.sum, unit.sum, unit.fourth  d      raw.gram, unit.gram  d × d      norms  n      bad  m
 */
export const moments: Operation<MomentsSettings> = {
  id: 'moments',
  version: 2,
  async run({ shard }, { rowsOf, engine, signal }) {
    const points = await rowsOf(shard);
    const { rows: n, cols: d } = points;
    const square = { shape: [d, d] };
    const lengths = lengthsInPlace(points);
    const raw = { sum: sumOfRows(points), gram: (await engine.gram(points, { signal })).data };
    const { norms, bad } = unitRowsInPlace(points, lengths);
    const unit = { sum: sumOfRows(points), gram: (await engine.gram(points, { signal })).data };
    return {
      fields: { rows: n - bad.length, cols: d },
      arrays: {
        'raw.sum': { shape: [d], data: raw.sum },
        'raw.gram': { ...square, data: raw.gram },
        'unit.sum': { shape: [d], data: unit.sum },
        'unit.gram': { ...square, data: unit.gram },
        'unit.fourth': { shape: [d], data: fourthOf(points.data, d) },
        norms: { shape: [n], data: norms },
        bad: { shape: [bad.length], data: bad },
      },
    };
  },
  cost: ({ shard: { rows, cols, bytes } }) => ({
    products: 2 * rows * cols * cols,
    bytesRead: bytes,
    bytesWritten: 8 * rows + 16 * cols * (cols + 1) + 8 * cols,
  }),
};

/** Σ x⁴, row after row. */
function fourthOf(data: Float32Array, d: number): Float64Array {
  const sum = new Float64Array(d);
  for (let e = 0; e < data.length; )
    for (let c = 0; c < d; c++, e++) sum[c] += (data[e] * data[e]) ** 2;
  return sum;
}
