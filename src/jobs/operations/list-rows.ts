import type { Operation } from '../operation.ts';
import { int32s } from '../output.ts';

export interface ListRowsSettings {
  /** Lists `from` to `to` (excluded). */
  readonly from: number;
  readonly to: number;
  readonly cols: number;
  /** About how many rows, for the plan. */
  readonly rows: number;
}

/**
 * Some lists whole, from the parts of them in the outputs of `assign-lists`: list after list, in each the rows of the first
 * shard before those of the next.
 *
 *     offsets  lists + 1      rows  m      ranks  m      points  m × d
 */
export const listRows: Operation<ListRowsSettings> = {
  id: 'list-rows',
  version: 1,
  async run({ from, to, cols: d }, { inputs, input }) {
    const count = to - from;
    const offsets = new Int32Array(count + 1);
    const starts: Int32Array[] = [];
    for (let i = 0; i < inputs; i++) {
      const own = (await int32s(await input(i), 'offsets')).slice(from, to + 1);
      starts.push(own);
      for (let l = 0; l < count; l++) offsets[l + 1] += own[l + 1] - own[l];
    }
    for (let l = 0; l < count; l++) offsets[l + 1] += offsets[l];
    const next = offsets.slice();
    const rows = new Int32Array(offsets[count]);
    const ranks = new Uint8Array(offsets[count]);
    const points = new Float32Array(offsets[count] * d);
    for (const [i, own] of starts.entries()) {
      const part = await input(i);
      const [first, last] = [own[0], own[count]];
      const its = (await part.slice('rows', first, last)) as Int32Array;
      const near = (await part.slice('ranks', first, last)) as Uint8Array;
      const vectors = (await part.slice('points', first, last)) as Float32Array;
      for (let l = 0; l < count; l++) {
        const [a, b] = [own[l] - first, own[l + 1] - first];
        rows.set(its.subarray(a, b), next[l]);
        ranks.set(near.subarray(a, b), next[l]);
        points.set(vectors.subarray(a * d, b * d), next[l] * d);
        next[l] += b - a;
      }
    }
    return {
      fields: {},
      arrays: {
        offsets: { shape: [offsets.length], data: offsets },
        rows: { shape: [rows.length], data: rows },
        ranks: { shape: [rows.length], data: ranks },
        points: { shape: [rows.length, d], data: points },
      },
    };
  },
  cost: ({ rows, cols }) => ({
    products: 0,
    bytesRead: 4 * rows * (cols + 1),
    bytesWritten: 4 * rows * (cols + 1),
  }),
};
