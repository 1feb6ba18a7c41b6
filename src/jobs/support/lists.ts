import type { Packed, PackedArray } from '../../io/packed.ts';
import { float64s, int32s } from '../output.ts';

/** For each of n queries k rows, nearest first, equal ones by lower row; −1 at ∞ where there are fewer. */
export interface Lists {
  readonly indices: Int32Array;
  readonly distances: Float64Array;
  readonly n: number;
  readonly k: number;
}

export function noLists(n: number, k: number): Lists {
  const indices = new Int32Array(n * k).fill(-1);
  return { indices, distances: new Float64Array(n * k).fill(Infinity), n, k };
}

/** The lists, emptied for queries that have no direction. */
export function listsOf({ indices, distances, n, k }: Lists, bad: Int32Array): Lists {
  for (const i of bad) {
    indices.fill(-1, i * k, (i + 1) * k);
    distances.fill(Infinity, i * k, (i + 1) * k);
  }
  return { indices, distances, n, k };
}

/** The k nearest of two lists each, the rows of `a` all before those of `b` in the table. */
export function joinedLists(a: Lists, b: Lists): Lists {
  const { n, k } = a;
  const out = noLists(n, k);
  for (let i = 0; i < n; i++) {
    let [p, q] = [i * k, i * k];
    for (let at = i * k; at < (i + 1) * k; at++) {
      // Of two that are equally near, that of the lower row.
      const takesFirst = a.distances[p] <= b.distances[q];
      const from = takesFirst ? a : b;
      const place = takesFirst ? p++ : q++;
      out.indices[at] = from.indices[place];
      out.distances[at] = from.distances[place];
    }
  }
  return out;
}

export function listArrays({ indices, distances, n, k }: Lists): Record<string, PackedArray> {
  return {
    indices: { shape: [n, k], data: indices },
    distances: { shape: [n, k], data: distances },
  };
}

/** Lists as a task stored them. */
export async function storedLists(output: Packed): Promise<Lists> {
  const [n, k] = output.shapeOf('indices');
  return {
    indices: await int32s(output, 'indices'),
    distances: await float64s(output, 'distances'),
    n,
    k,
  };
}
