import type { Manifest } from '../../io/sharded/index.ts';
import type { PlacedShard } from '../operations/nearest-partial.ts';
import { shardRefs } from './shard-refs.ts';

/** The shards of a table, each with the number of its first row. */
export function placedShards(manifest: Manifest): PlacedShard[] {
  let first = 0;
  return shardRefs(manifest).map((shard) => {
    const placed = { shard, first };
    first += shard.rows;
    return placed;
  });
}

/** How many of some row numbers, ascending, lie in a shard. */
export function countIn(rows: ArrayLike<number>, { shard, first }: PlacedShard): number {
  return placeOf(rows, first + shard.rows) - placeOf(rows, first);
}

/** How many of ascending numbers are below another. */
function placeOf(rows: ArrayLike<number>, limit: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
