import type { Floats } from '../../../../core/matrix.ts';
import { matrix } from '../../../../core/matrix.ts';
import type { Random } from '../../../../core/random.ts';
import { kMeans } from '../../../../numerics/solvers/k-means.ts';

/** Examples that groups are found by, at most. */
const MOST = 4096;

export interface GateGroups {
  /** Mean gates of each group, groups × columns. */
  readonly centers: Floats;
  /** 1 for columns that a group keeps, groups × columns. */
  readonly masks: Floats;
}

/**
 * Groups of examples with gates alike, by k-means, and what each keeps: the columns with the largest mean gates, a share
 * of all; where `kept` is 0, those with a mean above 1/2, the largest at least.
 *
 * @param openness the gates of a row
 */
export function findGroups(
  { centers, masks }: GateGroups,
  rows: Int32Array,
  openness: (row: number) => Float64Array,
  {
    groups,
    kept,
    random,
  }: { readonly groups: number; readonly kept: number; readonly random: Random },
): void {
  const some = rows.length > MOST ? random.fork('rows').sample(rows.length, MOST) : rows.keys();
  const gates = Array.from(some, (place) => openness(rows[place]));
  const columns = gates[0].length;
  const points = matrix(Float64Array.from(gates.flatMap((row) => [...row])), gates.length, columns);
  centers.set(kMeans(points, { clusters: groups }, random.fork('k-means')).centers.data);
  masks.fill(0);
  for (let group = 0; group < groups; group++) {
    const mean = centers.subarray(group * columns, (group + 1) * columns);
    for (const column of keptColumns(mean, kept)) masks[group * columns + column] = 1;
  }
}

function keptColumns(mean: Floats, kept: number): readonly number[] {
  const ordered = Array.from(mean.keys()).sort((a, b) => mean[b] - mean[a]);
  const count =
    kept > 0 ? Math.round(kept * mean.length) : ordered.filter((c) => mean[c] > 0.5).length;
  return ordered.slice(0, Math.max(1, count));
}

/** The group whose mean gates are nearest; of equally near ones the first. */
export function groupOf({ centers }: Pick<GateGroups, 'centers'>, gates: Float64Array): number {
  const columns = gates.length;
  let [best, nearest] = [0, Infinity];
  for (let group = 0; group * columns < centers.length; group++) {
    let distance = 0;
    for (let c = 0; c < columns; c++) distance += (gates[c] - centers[group * columns + c]) ** 2;
    if (distance < nearest) [best, nearest] = [group, distance];
  }
  return best;
}
