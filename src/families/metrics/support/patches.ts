import { AbortedError } from '../../../core/errors.ts';
import { gathered, type Matrix } from '../../../core/matrix.ts';
import { grouped } from '../../../core/text.ts';
import { transposed, zerosOf } from '../../../core/transposed.ts';
import { squaredDistance } from '../../../engine/kernels/squared-distance.ts';
import { yieldToEventLoop } from '../../../engine/yield.ts';
import type { Space } from '../../../structures/space/types.ts';
import { sameDistance } from './coincident.ts';
import type { Datastore } from './datastore.ts';

/** A row and its nearest distinct neighbours, with all distances among them. */
export interface Patch {
  /** The row's number. */
  readonly row: number;
  /** Its neighbours, nearest first. */
  readonly members: Int32Array;
  /** Chords between the row, at place 0, and its neighbours; (K + 1) × (K + 1). */
  readonly distances: Float64Array;
}

/** Rows whose neighbours are looked for at a time. */
const BLOCK = 256;
/** Lists that turn out too short are looked for again, so many times as long. */
const LONGER = 4;
/** Patches after which others get a turn. */
const TURN = 32;

/**
 * Calls `visit` with the patch of each of the rows named: its K nearest rows in the store, rows that
 * coincide counting once and those that coincide with the row itself not at all; so copies of everything
 * change nothing. Returns how many rows have too few distinct neighbours, for which it is not called.
 */
export async function visitPatches(
  space: Pick<Space, 'points' | 'engine' | 'signal'>,
  store: Datastore,
  rows: Int32Array,
  neighbors: number,
  visit: (patch: Patch) => void,
): Promise<number> {
  const { points, engine, signal } = space;
  const { rows: stored, cols: d } = store.points;
  const same = Math.max(
    ...[points, store.points].map(({ data }) => sameDistance(data instanceof Float32Array)),
  );
  const members = new Int32Array(neighbors);
  const distances = new Float64Array((neighbors + 1) ** 2);
  const steps = zerosOf(points, neighbors, d);
  const [x, y] = [points.data, store.points.data];
  const look = async (some: Int32Array, k: number): Promise<number[]> => {
    const short: number[] = [];
    const queries = gathered(points, some);
    const graph = await engine.nearestAmong(queries, store.points, k, { signal });
    for (const [i, row] of some.entries()) {
      if (i % TURN === TURN - 1) await breathe({ signal });
      const self = store.own ? row : -1;
      let found = 0;
      for (let at = i * k; at < (i + 1) * k && found < neighbors; at++) {
        const [j, distance] = [graph.indices[at], graph.distances[at]];
        if (j < 0 || j === self || distance <= same) continue;
        if (isCopy(store.points, members, distances, found, j, distance, same)) continue;
        members[found] = j;
        found += 1;
        distances[found] = distance;
      }
      if (found < neighbors) {
        short.push(row);
        continue;
      }
      for (let a = 0; a < found; a++) {
        const at = members[a] * d;
        for (let c = 0; c < d; c++) steps.data[a * d + c] = y[at + c] - x[row * d + c];
      }
      const { data: products } = await engine.gram(transposed(steps));
      chords(products, found, distances);
      visit({ row, members, distances });
    }
    return short;
  };
  let left = rows;
  // Where lists are full of copies, longer ones.
  let k = neighbors + Math.max(8, neighbors >> 2) + (store.own ? 1 : 0);
  for (; left.length > 0; k *= LONGER) {
    const short: number[] = [];
    for (let start = 0; start < left.length; start += BLOCK) {
      short.push(...(await look(left.subarray(start, start + BLOCK), Math.min(stored, k))));
    }
    left = Int32Array.from(short);
    if (k >= stored) break;
  }
  return left.length;
}

/** Said where rows were left out for want of neighbours. */
export function tooFewDistinct(short: number, looked: number): readonly string[] {
  if (short === 0) return [];
  const many = `${grouped(short)} of ${grouped(looked)} rows`;
  return [`${many} have too few distinct neighbours and were left out.`];
}

/** Distances among the origin, at place 0, and `count` rows with these inner products. */
function chords(products: Float64Array, count: number, out: Float64Array): void {
  const size = count + 1;
  out[0] = 0;
  for (let a = 0; a < count; a++) {
    const own = products[a * count + a];
    out[a + 1] = Math.sqrt(own);
    out[(a + 1) * size] = out[a + 1];
    out[(a + 1) * size + a + 1] = 0;
    for (let b = a + 1; b < count; b++) {
      const squared = own + products[b * count + b] - 2 * products[a * count + b];
      const length = Math.sqrt(Math.max(0, squared));
      out[(a + 1) * size + b + 1] = length;
      out[(b + 1) * size + a + 1] = length;
    }
  }
}

/** Lets others run; throws where the caller has given up. */
export async function breathe({ signal }: Pick<Space, 'signal'>): Promise<void> {
  await yieldToEventLoop();
  if (signal?.aborted) throw new AbortedError('measure');
}

/** Whether row j, at that distance, is where one of the first `found` members is. */
function isCopy(
  { data: x, cols: d }: Matrix,
  members: Int32Array,
  distances: Float64Array,
  found: number,
  j: number,
  distance: number,
  same: number,
): boolean {
  for (let a = found; a > 0 && distance - distances[a] <= same; a--) {
    if (squaredDistance(x, members[a - 1] * d, x, j * d, d) <= same * same) return true;
  }
  return false;
}

/** Patches that are looked at where there are more, if their cost would be greater than this. */
const FEWEST_PATCHES = 200;
const MOST_PRODUCTS = 2e8;

/**
 * The rows whose patches are looked at: all where nothing is sampled, or those that the seed draws; ascending.
 * `cost`: of what is done with a patch, beside its distances, in products.
 */
export function rowsWithPatches(
  space: Space,
  neighbors: number,
  cost: number,
  name: string,
): Int32Array {
  const { rows: n, cols: d } = space.points;
  const affordable = Math.floor(MOST_PRODUCTS / ((neighbors * neighbors * d) / 2 + cost));
  const count = space.exact ? n : Math.min(n, Math.max(FEWEST_PATCHES, affordable));
  return space.random(name).sample(n, count).sort();
}
