import { choice } from '../../../../method/options.ts';
import type { NullValue } from '../../../../numerics/statistics/null-value.ts';
import { simulatedInterval } from '../../../../numerics/statistics/simulated-interval.ts';
import type { Space } from '../../../../structures/space/types.ts';
import {
  drawsInWords,
  type NeighborDraws,
  type UniformModel,
} from '../../../../structures/uniform/uniform-model.ts';
import type { Measured } from '../../types.ts';
import type { DistinctLists, KeptPlaces } from './distinct-lists.ts';

/** Above, estimates from n rows say more about concentration than about the rows. */
const TRUSTED_LOSS = 0.5;

/** What a dimension estimate says where there are not enough distinct rows. */
export const TOO_FEW: Measured = {
  value: NaN,
  warnings: ['there are not enough distinct rows to compare distances of neighbours.'],
};

/** Whether distances are taken between rows of unit length or as the rows came. */
export function rowsOption() {
  return choice(
    ['unit', 'raw'],
    'unit',
    'Rows scaled to unit length, or as they came: a plane through the origin has one dimension less when scaled.',
  );
}

/** The space whose distances are looked at. */
export async function spaceOf(space: Space, rows: 'unit' | 'raw'): Promise<Space> {
  return rows === 'raw' ? space.flat() : space;
}

/** Shares of equal distances that are said, and from which on ratios tell nothing. */
const SOME_TIES = 0.05;
const ALL_TIES = 0.9;

/** What an estimate from ratios of distances says where these are all equal. */
export const EQUIDISTANT: Measured = {
  value: NaN,
  warnings: [
    'the neighbours of each row are all equally far away: their distances tell no dimension.',
  ],
};

export function areEquidistant({ ties }: { readonly ties: number }): boolean {
  return ties > ALL_TIES;
}

/** Said where distances to neighbours are often equal, and where an estimate is more than there can be. */
export function implausible(dimension: number, d: number, ties: number): readonly string[] {
  const share = (100 * ties).toPrecision(2);
  return [
    ...(ties > SOME_TIES
      ? [
          `many ties: ${share} % of the distances to neighbours are equal, as on a grid or of whole numbers, and ratios of distances read too high.`,
        ]
      : []),
    ...(dimension === Infinity ? ['no finite dimension has neighbours so evenly apart.'] : []),
    ...(Number.isFinite(dimension) && dimension > d
      ? [
          `a dimension of ${dimension.toPrecision(3)} is more than the ${d} columns: do not trust it.`,
        ]
      : []),
  ];
}

/** A raw estimate and its reading, with the interval's ends read in the same way. */
export function readDimension(
  { value, half }: { readonly value: number; readonly half: number },
  read: (estimate: number) => number,
  lists: DistinctLists,
): Measured & { readonly warnings: readonly string[] } {
  const dimension = read(value);
  const warnings = [
    ...lists.warnings,
    ...implausible(dimension, lists.d, lists.ties),
    ...concentrated(value, dimension, `${lists.n} rows`),
  ];
  return {
    value: dimension,
    low: read(Math.max(0, value - half)),
    high: read(value + half),
    warnings,
    table: [{ corrected: dimension, 'as published': value }],
  };
}

/** Said where an estimate loses more than half to the concentration of distances. */
export function concentrated(raw: number, dimension: number, from: string): readonly string[] {
  if (!(raw < (1 - TRUSTED_LOSS) * dimension)) return [];
  return [
    `the uncorrected estimate is ${raw.toFixed(1)}: so many dimensions cannot be told well from ${from}.`,
  ];
}

/**
 * −ln-ratio means of lists: mean over the owners of Σ_{j<k} ln(r_k/r_j), and how many had k neighbours.
 */
export function meanLogRatios(
  { logs }: DistinctLists,
  k: number,
  owners: Int32Array,
  kept: KeptPlaces,
): number {
  let sum = 0;
  let used = 0;
  for (const i of owners) {
    const places = kept(i, k);
    if (!places) continue;
    const last = logs[places[k - 1]];
    for (let r = 0; r < k - 1; r++) sum += last - logs[places[r]];
    used += 1;
  }
  return sum / used;
}

/**
 * The law of a reading under uniform points: exactly d − 1 on average, because estimates are read on
 * spheres; the interval from simulation.
 */
export async function dimensionNull(
  model: UniformModel,
  k: number,
  raw: (logs: readonly Float64Array[]) => number,
  readAt: (n: number) => (estimate: number) => number,
): Promise<NullValue | undefined> {
  const { n, d } = model;
  if (n < k + 2 || d < 2) return undefined;
  const drawn: NeighborDraws = await model.neighborDraws(k);
  if (drawn.rows < k + 2) return undefined;
  const values = drawn.graphs.map((graph) => {
    const lists: Float64Array[] = [];
    for (let i = 0; i < graph.n; i++) {
      lists.push(graph.distances.subarray(i * graph.k, i * graph.k + k).map(Math.log));
    }
    return raw(lists);
  });
  const { low, high } = simulatedInterval(values, drawn.rows, n);
  const read = readAt(drawn.rows);
  return {
    value: d - 1,
    low: Math.min(d - 1, read(low)),
    high: Math.max(d - 1, read(high)),
    how: `exact; interval simulated, ${drawsInWords(drawn, n)}`,
  };
}
