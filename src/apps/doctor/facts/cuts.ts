import type { KnnGraph } from '../../../core/graph.ts';
import { Random } from '../../../core/random.ts';
import { componentsOf } from '../../../structures/neighbors/components.ts';

/** Who is a neighbour of whom, either way: the neighbours of row i stand at starts[i] … starts[i + 1]. */
export interface Adjacency {
  readonly starts: Int32Array;
  readonly others: Int32Array;
}

export function adjacencyOf({ indices, k }: KnnGraph, n: number): Adjacency {
  const counts = new Int32Array(n + 1);
  const each = (visit: (i: number, j: number) => void): void => {
    for (let i = 0; i < n; i++) {
      for (let q = i * k; q < (i + 1) * k; q++) if (indices[q] >= 0) visit(i, indices[q]);
    }
  };
  each((i, j) => {
    counts[i + 1]++;
    counts[j + 1]++;
  });
  for (let i = 0; i < n; i++) counts[i + 1] += counts[i];
  const [starts, next] = [counts.slice(), counts.slice()];
  const others = new Int32Array(starts[n]);
  each((i, j) => {
    others[next[i]++] = j;
    others[next[j]++] = i;
  });
  return { starts, others };
}

/** A part is not cut further where more than this share of its smaller side's edges would cross. */
const MOST_CROSSING = 0.1;
const MOST_PARTS = 16;
const ROUNDS = 300;

/** Parts with next to no neighbours across: components, cut again and again where few edges cross. */
export function sparselyJoined(graph: KnnGraph, n: number, fewest: number): number[][] {
  const adjacency = adjacencyOf(graph, n);
  const waiting = componentsOf(graph, n).filter(({ length }) => length >= fewest);
  const parts: number[][] = [];
  while (waiting.length > 0) {
    const part = waiting.pop() as number[];
    const halves =
      parts.length + waiting.length + 1 < MOST_PARTS
        ? bisected(adjacency, part, fewest)
        : undefined;
    if (halves) waiting.push(...halves);
    else parts.push(part);
  }
  return parts;
}

/**
 * The cut of least conductance, edges across over edges of the smaller side, among those that the second
 * eigenvector of the normalised adjacency orders (Cheeger's sweep); undefined where too many cross.
 */
function bisected(
  { starts, others }: Adjacency,
  part: readonly number[],
  fewest: number,
): [number[], number[]] | undefined {
  const m = part.length;
  if (m < 2 * fewest) return undefined;
  const place = new Map(part.map((row, at) => [row, at]));
  const lists = part.map((row) => {
    const list: number[] = [];
    for (let q = starts[row]; q < starts[row + 1]; q++) {
      const at = place.get(others[q]);
      if (at !== undefined) list.push(at);
    }
    return list;
  });
  const vector = secondVector(lists);
  const order = Array.from(vector.keys()).sort((p, q) => vector[p] - vector[q] || p - q);
  const total = lists.reduce((sum, list) => sum + list.length, 0);
  const inside = new Uint8Array(m);
  let [volume, cut, least, at] = [0, 0, MOST_CROSSING, -1];
  order.forEach((i, position) => {
    for (const j of lists[i]) cut += inside[j] === 1 ? -1 : 1;
    inside[i] = 1;
    volume += lists[i].length;
    if (position + 1 < fewest || position + 1 > m - fewest) return;
    const conductance = cut / Math.min(volume, total - volume);
    if (conductance < least) [least, at] = [conductance, position];
  });
  if (at < 0) return undefined;
  return [order.slice(0, at + 1).map((i) => part[i]), order.slice(at + 1).map((i) => part[i])];
}

/** D^(−1/2) times the second eigenvector of (I + D^(−1/2) A D^(−1/2))/2, by power iteration. */
function secondVector(lists: readonly (readonly number[])[]): Float64Array {
  const m = lists.length;
  const root = Float64Array.from(lists, ({ length }) => Math.sqrt(Math.max(1, length)));
  const size = Math.sqrt(root.reduce((sum, x) => sum + x * x, 0));
  const random = Random.fromSeed(0).fork('sweep');
  let x = Float64Array.from({ length: m }, () => random.normal());
  for (let round = 0; round < ROUNDS; round++) {
    let along = 0;
    for (let i = 0; i < m; i++) along += (x[i] * root[i]) / size;
    let squared = 0;
    for (let i = 0; i < m; i++) {
      x[i] -= (along * root[i]) / size;
      squared += x[i] * x[i];
    }
    const scale = 1 / Math.sqrt(squared || 1);
    const next = new Float64Array(m);
    for (let i = 0; i < m; i++) {
      let sum = 0;
      for (const j of lists[i]) sum += x[j] / root[j];
      next[i] = 0.5 * scale * (x[i] + sum / root[i]);
    }
    x = next;
  }
  return x.map((value, i) => value / root[i]);
}
