import { integer } from '../../../../method/options.ts';
import { jackknifeSpread } from '../../../../numerics/statistics/jackknife.ts';
import { balancedClusters } from '../../../../structures/clusters/balanced-clusters.ts';
import type { RowSample, Space } from '../../../../structures/space/types.ts';

/** Rows that are clustered where not all are asked for. */
const MOST_ROWS = 20_000;
/** Rows that a cluster has at least. */
const FEWEST = 3;
/** Parts of the clusters that are left out in turn. */
const PARTS = 20;

export function clustersOption() {
  return integer(50, 'Clusters of one size; fewer where one would have fewer than 3 rows.', {
    min: 2,
    max: 10_000,
  });
}

export interface Balanced extends RowSample {
  readonly k: number;
  /** The cluster of each row of the sample. */
  readonly of: Int32Array;
}

const kept = new WeakMap<Space, Map<number, Promise<Balanced>>>();

/** Balanced clusters of a space's rows, or of 20,000 of them; undefined where there are too few for two. */
export async function balancedSpace(space: Space, clusters: number): Promise<Balanced | undefined> {
  const sample = await space.sample(MOST_ROWS);
  const k = Math.min(clusters, Math.floor(sample.space.points.rows / FEWEST));
  if (k < 2) return undefined;
  const known = kept.get(space) ?? new Map<number, Promise<Balanced>>();
  kept.set(space, known);
  const found = known.get(k) ?? clustered(sample, k);
  known.set(k, found);
  return found;
}

async function clustered(sample: RowSample, k: number): Promise<Balanced> {
  const { points, engine, signal } = sample.space;
  const random = sample.space.random('balanced clusters');
  return { ...sample, k, of: await balancedClusters(points, k, { engine, random, signal }) };
}

/** What a number says of too few rows. */
export function tooFewRows(n: number) {
  return { value: NaN, warnings: [`${n} rows are too few for two clusters of ${FEWEST}.`] };
}

/**
 * Half the 95 % interval of a number about k clusters, by the jackknife over parts of them: `without` gives the number
 * where the clusters for which `isOut` holds are left out.
 */
export function clusterJackknife(
  k: number,
  without: (isOut: (cluster: number) => boolean) => number,
): number {
  const parts = Math.min(PARTS, k);
  if (parts < 3) return NaN;
  return jackknifeSpread(
    Array.from({ length: parts }, (_, part) => without((cluster) => cluster % parts === part)),
  );
}
