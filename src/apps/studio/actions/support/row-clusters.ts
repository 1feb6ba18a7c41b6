import { gathered, type Matrix } from '../../../../core/matrix.ts';
import { Random } from '../../../../core/random.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { lloydCenters, spreadRows } from '../../../../structures/clusters/lloyd-centers.ts';

/** Rows that centers are found from, where there are more. */
const MOST_ROWS = 20_000;
const STEPS = 50;

export interface RowClusters {
  /** The cluster of each row, the largest cluster first. */
  readonly of: Int32Array;
  /** Distance of each row from its center. */
  readonly distances: Float64Array;
  /** Rows of each cluster, ascending. */
  readonly members: readonly Int32Array[];
}

/** k-means from spread starts, on a sample of many rows; then each row goes to the nearest center. Clusters without rows are left out. */
export async function rowClusters(
  points: Matrix<Float32Array>,
  k: number,
  seed: number,
  { engine, signal }: { readonly engine: Engine; readonly signal?: AbortSignal | undefined },
): Promise<RowClusters> {
  const random = Random.fromSeed(seed).fork('clusters');
  const some =
    points.rows > MOST_ROWS
      ? gathered(points, random.fork('rows').sample(points.rows, MOST_ROWS).sort())
      : points;
  const start = spreadRows(some, Math.min(k, some.rows), random.fork('start'));
  const { centers } = await lloydCenters(some, start, STEPS, { engine, signal });
  const { indices, distances } = await engine.assign(points, centers, { signal });
  const lists = Array.from({ length: centers.rows }, (): number[] => []);
  for (const [row, center] of indices.entries()) lists[center].push(row);
  const members = lists
    .filter((list) => list.length > 0)
    .sort((a, b) => b.length - a.length || a[0] - b[0])
    .map((list) => Int32Array.from(list));
  const of = new Int32Array(points.rows);
  for (const [cluster, list] of members.entries()) for (const row of list) of[row] = cluster;
  return { of, distances, members };
}
