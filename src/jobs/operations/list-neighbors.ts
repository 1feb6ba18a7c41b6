import { gathered, matrix } from '../../core/matrix.ts';
import { withoutSelf } from '../../structures/neighbors/neighbor-lists.ts';
import type { Operation } from '../operation.ts';
import { float32Rows, int32s } from '../output.ts';
import { noLists } from '../support/lists.ts';
import { graphArrays } from '../support/own-lists.ts';

export interface ListNeighborsSettings {
  readonly k: number;
  /** About how many rows are in the lists, how many lists there are, and columns, for the plan. */
  readonly rows: number;
  readonly lists: number;
  readonly cols: number;
}

/** To select and to write the neighbors of a row takes as long as to compare it with so many. */
const SELECTED = 1000;

/**
 * The k nearest other rows of each row among those of its list, from an output of `list-rows` of unit rows: lists of the
 * rows for which it is the list of the nearest center.
 *
 *     rows  m, ascending      indices, distances  m × k, numbers in the table, −1 at ∞ where there are fewer
 */
export const listNeighbors: Operation<ListNeighborsSettings> = {
  id: 'list-neighbors',
  version: 1,
  async run({ k }, { input, engine, signal }) {
    const own = await input(0);
    const { data, cols: d } = await float32Rows(own, 'points');
    const [offsets, rows] = [await int32s(own, 'offsets'), await int32s(own, 'rows')];
    const ranks = await own.whole('ranks');
    const owners = rows.filter((_, at) => ranks[at] === 0);
    const found = noLists(owners.length, k);
    let at = 0;
    for (let l = 0; l + 1 < offsets.length; l++) {
      signal?.throwIfAborted();
      const [from, to] = [offsets[l], offsets[l + 1]];
      const points = matrix(data.subarray(from * d, to * d), to - from, d);
      const places = Int32Array.from({ length: to - from }, (_, i) => i).filter(
        (i) => ranks[from + i] === 0,
      );
      if (places.length === 0) continue;
      const lists = await engine.nearestAmong(gathered(points, places), points, k + 1, { signal });
      const indices = lists.indices.map((i) => (i < 0 ? -1 : rows[from + i]));
      const selves = places.map((i) => rows[from + i]);
      const others = withoutSelf({ ...lists, indices }, selves);
      found.indices.set(others.indices, at * k);
      found.distances.set(others.distances, at * k);
      at += places.length;
    }
    return { fields: {}, arrays: graphArrays(owners, found) };
  },
  cost: ({ k, rows, lists, cols }) => ({
    products: rows * (rows / Math.max(1, lists) + SELECTED) * cols,
    bytesRead: 4 * rows * (cols + 1),
    bytesWritten: 12 * rows * k,
  }),
};
