import { gathered, type Matrix, rows as rowsBetween } from '../../core/matrix.ts';
import type { Operation, ShardRef, TaskContext } from '../operation.ts';
import { float32Rows } from '../output.ts';
import { joinedLists, listArrays, listsOf, noLists } from '../support/lists.ts';
import { type Lengths, unitRowsInPlace } from '../support/unit-rows.ts';

export interface PlacedShard {
  readonly shard: ShardRef;
  /** The number in the table of its first row. */
  readonly first: number;
}

export interface NearestPartialSettings {
  /** Whose lists: those of the rows of a shard; left out, of the rows `points` of the input. */
  readonly queries?: ShardRef;
  /** Of these rows `from` to `to` (excluded). */
  readonly block: { readonly from: number; readonly to: number };
  /** How many they are, for the plan. */
  readonly count: number;
  /** Among whose rows, in the order of the table. */
  readonly among: readonly PlacedShard[];
  readonly k: number;
}

/**
 * The k nearest rows of some shards for each query, by the distance of unit rows: equal ones by lower row. Rows without a
 * direction are nobody's neighbor and have none.
 *
 *     indices  m × k, numbers of rows in the table, −1 where there are fewer      distances  m × k
 */
export const nearestPartial: Operation<NearestPartialSettings> = {
  id: 'nearest-partial',
  version: 1,
  async run(settings, context) {
    const queries = await queriesOf(settings, context);
    let found = noLists(queries.points.rows, settings.k);
    for (const { shard, first } of settings.among) {
      context.signal?.throwIfAborted();
      const own = await nearestIn(queries, shard, first, settings.k, context);
      found = joinedLists(found, own);
    }
    return { fields: {}, arrays: listArrays(found) };
  },
  cost: ({ queries, count, among, k }) => ({
    products: among.reduce((sum, { shard }) => sum + count * shard.rows * shard.cols, 0),
    bytesRead: among.reduce((sum, { shard }) => sum + shard.bytes, queries?.bytes ?? 0),
    bytesWritten: 12 * count * k,
  }),
};

interface Queries {
  readonly points: Matrix<Float32Array>;
  readonly lengths: Lengths;
}

async function queriesOf(
  { queries, block: { from, to } }: NearestPartialSettings,
  { rowsOf, input }: TaskContext,
): Promise<Queries> {
  const all = await (queries ? rowsOf(queries) : float32Rows(await input(0), 'points'));
  const own = rowsBetween(all, from, to);
  const points = { ...own, data: own.data.slice() };
  return { points, lengths: unitRowsInPlace(points) };
}

async function nearestIn(
  queries: Queries,
  shard: ShardRef,
  first: number,
  k: number,
  { rowsOf, engine, signal }: TaskContext,
) {
  const points = await rowsOf(shard);
  const { bad } = unitRowsInPlace(points);
  const rows = bad.length === 0 ? undefined : placesWithout(points.rows, bad);
  const among = rows ? gathered(points, rows) : points;
  const graph = await engine.nearestAmong(queries.points, among, k, { signal });
  const numbered = { ...graph, indices: graph.indices.slice() };
  for (let at = 0; at < numbered.indices.length; at++) {
    const place = numbered.indices[at];
    if (place >= 0) numbered.indices[at] = first + (rows ? rows[place] : place);
  }
  return listsOf(numbered, queries.lengths.bad);
}

/** 0 to n − 1 without some. */
function placesWithout(n: number, left: Int32Array): Int32Array {
  const gone = new Set(left);
  return Int32Array.from({ length: n }, (_, i) => i).filter((i) => !gone.has(i));
}
