import { hashRowsInto } from '../../io/row-hashes.ts';
import type { Operation, ShardRef } from '../operation.ts';

export interface RowHashesSettings {
  readonly shard: ShardRef;
  /** The number in the table of its first row. */
  readonly first: number;
  /** Parts of about as many rows that the hashes are sorted into. */
  readonly parts: number;
}

/**
 * Two hashes of each row of a shard, part after part; equal rows are in one part.
 *
 *     starts  parts + 1      first, second  n      rows  n, numbers in the table
 */
export const rowHashes: Operation<RowHashesSettings> = {
  id: 'row-hashes',
  version: 1,
  async run({ shard, first, parts }, { rowsOf }) {
    const points = await rowsOf(shard);
    const { rows: n } = points;
    const [one, two] = [new Float64Array(n), new Uint32Array(n)];
    hashRowsInto(points, one, two);
    const starts = new Int32Array(parts + 1);
    for (const hash of two) starts[(hash % parts) + 1] += 1;
    for (let p = 0; p < parts; p++) starts[p + 1] += starts[p];
    const next = starts.slice();
    const sorted = { one: new Float64Array(n), two: new Uint32Array(n), rows: new Int32Array(n) };
    for (let i = 0; i < n; i++) {
      const at = next[two[i] % parts]++;
      sorted.one[at] = one[i];
      sorted.two[at] = two[i];
      sorted.rows[at] = first + i;
    }
    return {
      fields: {},
      arrays: {
        starts: { shape: [parts + 1], data: starts },
        first: { shape: [n], data: sorted.one },
        second: { shape: [n], data: sorted.two },
        rows: { shape: [n], data: sorted.rows },
      },
    };
  },
  cost: ({ shard }) => ({
    products: shard.rows * shard.cols,
    bytesRead: shard.bytes,
    bytesWritten: 16 * shard.rows,
  }),
};
