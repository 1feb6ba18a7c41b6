import { jackknifeSpread } from '../../../../numerics/statistics/jackknife.ts';
import type { TableLine } from '../../types.ts';
import { centredGram, type Traces, unbiasedTraces } from './participation.ts';

/** Rows needed for the unbiased traces, with one to spare. */
export const FEWEST = 5;
/** The second look has this part of the neighbours: half the radius where the dimension is 2. */
const PART = 4;
/** A smaller change between the two looks, carried on through many dimensions, would be a guess. */
const WORTH_SAYING = 0.05;

/** Traces of the covariance of some vectors, of all and without each group of rows; undefined where too few are left. */
export interface GroupedTraces {
  readonly all: Traces;
  readonly without: readonly (Traces | undefined)[];
}

/**
 * From the first `count` of the vectors with that Gram matrix (size × size), vector a belonging to the
 * row `rows[a]`.
 */
export function groupedTraces(
  gram: Float64Array,
  size: number,
  count: number,
  rows: Int32Array,
  { groupOf, groups }: { readonly groupOf: Uint8Array; readonly groups: number },
): GroupedTraces {
  const centred = centredGram(gram, size, count);
  const all = unbiasedTraces(centred);
  const members: number[][] = Array.from({ length: groups }, () => []);
  for (let a = 0; a < count; a++) members[groupOf[rows[a]]].push(a);
  const without = members.map((places) => {
    if (places.length === 0) return all;
    return count - places.length < FEWEST ? undefined : unbiasedTraces(centred, places);
  });
  return { all, without };
}

/** How many neighbours the second look has of k; 0 where that is too few. */
export function fewerNeighbors(k: number): number {
  const fewer = Math.floor(k / PART);
  return fewer >= 2 * FEWEST ? fewer : 0;
}

/** A dimension from some number of neighbours, and what it is without each group of rows. */
export interface ScaleDimension {
  readonly neighbors: number;
  readonly value: number;
  readonly without: readonly number[];
}

/**
 * Curvature bends neighbourhoods into further directions, in proportion to their squared radius, which
 * grows with the number of neighbours as k^(2/m): the dimension m₀ read at none solves
 * m(k) = m₀ + c k^(2/m₀), from m at k and at k/4. A warning says it where it is significant.
 */
export function dimensionTrend(
  all: ScaleDimension,
  fewer: ScaleDimension,
  d: number,
): { readonly table: readonly TableLine[]; readonly warnings: readonly string[] } {
  const ratio = all.neighbors / fewer.neighbors;
  const within = (m: number) => Math.min(d, Math.max(1, m));
  const none = within(carriedOn(all.value, fewer.value, ratio));
  const half = jackknifeSpread(
    all.without.map((value, g) => within(carriedOn(value, fewer.without[g], ratio))),
  );
  const table = [
    { neighbors: all.neighbors, dimension: all.value },
    { neighbors: fewer.neighbors, dimension: fewer.value },
    { neighbors: 0, dimension: none },
  ];
  const seen = Math.abs(fewer.value - all.value) / all.value;
  if (!(seen > WORTH_SAYING && Math.abs(none - all.value) > half)) return { table, warnings: [] };
  const said = `${fewer.value.toPrecision(3)} with ${fewer.neighbors} neighbours`;
  const range = `${within(none - half).toPrecision(3)} to ${within(none + half).toPrecision(3)}`;
  const warning = `depends on the size of the neighbourhoods: ${said}; carried on to none, ${none.toPrecision(3)} (${range}).`;
  return { table, warnings: [warning] };
}

function carriedOn(all: number, fewer: number, ratio: number): number {
  const at = (m: number) => fewer - (all - fewer) / (ratio ** (2 / m) - 1);
  // Where the dimension rises as neighbours get fewer, noise and not curvature is seen, and no m need solve this.
  if (!(all > fewer)) return at(fewer);
  let [low, high] = [0.1, fewer];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (at(middle) > middle) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
