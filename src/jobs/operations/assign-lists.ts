import { InputError } from '../../core/errors.ts';
import { requireFinite } from '../../core/finite.ts';
import type { Operation, ShardRef } from '../operation.ts';
import { float32Rows } from '../output.ts';
import { unitRowsInPlace } from '../support/unit-rows.ts';

export interface AssignListsSettings {
  readonly shard: ShardRef;
  /** The number in the table of its first row. */
  readonly first: number;
  /** Whether rows are scaled to unit length; rows of zeros stay. */
  readonly unit: boolean;
  /** Lists that a row is in. */
  readonly probes: number;
  /** How many centers there are, for the plan. */
  readonly lists: number;
}

/** To copy a row into a list takes as long as to compare it with so many centers. */
const COPIED = 300;

/**
 * The rows of a shard in the lists of their nearest centers, the `points` of the input, list after list: within one they
 * keep their order. Equally near centers by lower number.
 *
 *     offsets  L + 1      rows  n·p, numbers in the table      ranks  n·p, 0 in the list of the nearest center
 *     points  n·p × d
 */
export const assignLists: Operation<AssignListsSettings> = {
  id: 'assign-lists',
  version: 1,
  async run({ shard, first, unit, probes }, { rowsOf, input, engine, signal }) {
    const centers = await float32Rows(await input(0), 'points');
    const points = requireFinite('search build', await rowsOf(shard));
    if (unit) unitRowsInPlace(points);
    const { rows: n, cols: d } = points;
    const lists =
      probes === 1
        ? (await engine.assign(points, centers, { signal })).indices
        : (await engine.nearestAmong(points, centers, probes, { signal })).indices;
    const offsets = new Int32Array(centers.rows + 1);
    for (const list of lists) {
      if (list < 0)
        throw new InputError('search build', 'there are fewer centers than lists of a row.');
      offsets[list + 1] += 1;
    }
    for (let l = 0; l < centers.rows; l++) offsets[l + 1] += offsets[l];
    const next = offsets.slice();
    const rows = new Int32Array(lists.length);
    const ranks = new Uint8Array(lists.length);
    const listed = new Float32Array(lists.length * d);
    for (const [at, list] of lists.entries()) {
      const i = Math.floor(at / probes);
      const place = next[list]++;
      rows[place] = first + i;
      ranks[place] = at - i * probes;
      listed.set(points.data.subarray(i * d, (i + 1) * d), place * d);
    }
    return {
      fields: { rows: n },
      arrays: {
        offsets: { shape: [offsets.length], data: offsets },
        rows: { shape: [rows.length], data: rows },
        ranks: { shape: [rows.length], data: ranks },
        points: { shape: [rows.length, d], data: listed },
      },
    };
  },
  cost: ({ shard: { rows, cols, bytes }, lists, probes }) => ({
    products: rows * (lists + COPIED * probes) * cols,
    bytesRead: bytes + 4 * lists * cols,
    bytesWritten: 4 * probes * rows * (cols + 1) + 4 * lists,
  }),
};
