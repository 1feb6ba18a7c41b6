import { alike, gathered, type Matrix } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import type { Engine, Work } from '../../../engine/engine.ts';
import { unitOrZeroRows } from '../../../numerics/rows/unit-rows.ts';
import { kMeans } from '../../../numerics/solvers/k-means.ts';
import type { HeldOutPairs } from './held-out-pairs.ts';
import { type Interval, recallInterval } from './recall-interval.ts';

const MOST_CLUSTERS = 8;
const ROWS_OF_A_CLUSTER = 50;
/** Centers are found on so many rows at most. */
const MOST_ROWS = 2000;

export interface ClusterRecall {
  /** The row of B nearest the center: what the cluster is about. */
  readonly row: number;
  /** Rows of B in it, and pairs among them that were asked about. */
  readonly rows: number;
  readonly asked: number;
  /** null where none was asked about. */
  readonly recallAt1: Interval | null;
  readonly recallAt10: Interval | null;
}

/** Recall by k-means cluster of the directions of B, the lowest first; none for fewer than 100 rows. */
export async function recallByCluster(
  b: Matrix,
  heldOut: HeldOutPairs,
  random: Random,
  { engine, work }: { readonly engine: Engine; readonly work: Work },
): Promise<ClusterRecall[]> {
  const clusters = Math.min(MOST_CLUSTERS, Math.floor(b.rows / ROWS_OF_A_CLUSTER));
  if (clusters < 2) return [];
  const unit = unitOrZeroRows(b).points;
  const some = random.fork('rows').sample(b.rows, Math.min(b.rows, MOST_ROWS)).sort();
  const found = kMeans(gathered(unit, some), { clusters, starts: 1 }, random.fork('centers'));
  const centers = alike(found.centers, unit);
  const { indices } = await engine.assign(unit, centers, work);
  const nearest = (await engine.assign(centers, unit, work)).indices;
  const of = Array.from({ length: clusters }, (_, cluster): ClusterRecall => {
    const asked = Array.from(heldOut.pairs.b, (_, at) => at).filter(
      (at) => indices[heldOut.pairs.b[at]] === cluster,
    );
    const recall = (values: Float64Array, name: string) =>
      asked.length === 0
        ? null
        : recallInterval(
            asked.map((at) => values[at]),
            asked.map((at) => heldOut.groups[at]),
            random.fork(name).fork(cluster),
          );
    return {
      row: nearest[cluster],
      rows: indices.filter((own) => own === cluster).length,
      asked: asked.length,
      recallAt1: recall(heldOut.first, 'first'),
      recallAt10: recall(heldOut.amongTen, 'ten'),
    };
  });
  return of
    .filter(({ rows }) => rows > 0)
    .sort((x, y) => (x.recallAt1?.value ?? 2) - (y.recallAt1?.value ?? 2) || x.row - y.row);
}
