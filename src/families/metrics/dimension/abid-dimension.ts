import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { integer } from '../../../method/options.ts';
import { jackknifeSpread } from '../../../numerics/statistics/jackknife.ts';
import { defineMetric } from '../define.ts';
import { implausible, TOO_FEW } from './support/dimension-estimates.ts';
import {
  dimensionTrend,
  FEWEST,
  fewerNeighbors,
  groupedTraces,
} from './support/neighborhood-traces.ts';
import { rowGroups, visitNeighborhoods } from './support/neighborhoods.ts';
import { participation, type Traces } from './support/participation.ts';

/**
 * Intrinsic dimension from angles (ABID): over how many dimensions the neighbours of a row are spread.
 *
 *     m̂ = Σᵢ (tr Cᵢ)²/Σᵢ tr Cᵢ²
 *
 * with Cᵢ the d × d covariance of the unit directions u in which row i sees its k neighbours, over up to
 * 400 rows, both traces without bias. Directions that are spread evenly over m dimensions have
 * E⟨u,v⟩² = 1/m. A row near an edge of the support sees its neighbours on one side, so the directions are
 * taken about their mean.
 *
 * Directions are those of great circles (in the tangent space of the sphere), so concentration of
 * distances does not bias it: uniform points of a great sphere have exactly its dimension, and the null
 * is d − 1. It sees the shape of the neighbourhood, not its density: long thin neighbourhoods count as
 * fewer dimensions.
 *
 * Neighbourhoods that bend read high (a flat torus of dimension 4 reads 6.6 from 500 rows): a quarter as
 * many neighbours are looked at too, and where the dimension changes, a warning says what it would be at
 * none. `table` has the three. NaN for fewer than 6 rows and where too few of them differ.
 *
 * @remarks Use it for dimensions of 10 and more, where distances concentrate and `two-nn` and
 * `mle-dimension` have to be corrected most; prefer these where the surface is strongly curved, or where
 * you have too few rows for 64 near neighbours. No unit; larger is not better, it is what the data have.
 * Costs O(n² d) for the neighbours and 400·k² d for the angles.
 * @example
 * import { Random, zeros } from 'tammes';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { abidDimension } from 'tammes/metrics';
 *
 * // A great sphere of dimension 8 in R²⁴.
 * const drawn = uniformPoints(400, 9, Random.fromSeed(8));
 * const points = zeros(400, 24);
 * for (let e = 0; e < drawn.data.length; e++) {
 *   points.data[24 * Math.floor(e / 9) + (e % 9)] = drawn.data[e];
 * }
 * const { value, null: expected } = await abidDimension(points);
 * console.log(value.toFixed(0), expected?.value); // 8 23
 * @function
 */
export const abidDimension = /* @__PURE__ */ defineMetric({
  id: 'abid-dimension',
  group: 'dimension',
  range: [0, Infinity],
  title: 'Angle-based dimension (ABID)',
  summary: 'The intrinsic dimension that the angles between neighbours show.',
  references: [
    cite(sources.angleBasedIntrinsicDimensionality, 'the estimate from the mean squared cosine'),
  ],
  deviations: [
    'Pairs of one neighbour with itself, always 1, are left out.',
    'Directions are taken about their mean, against the edge of the support: a ball of dimension 20 reads 11 otherwise.',
    'Angles on the sphere, between great circles, in place of angles in space.',
    'Both traces are averaged over the rows.',
  ],
  options: {
    k: integer(64, 'Neighbours of each row.', { min: 3, max: 1000, symbol: 'k' }),
  },
  listLength: 64,
  async measure(space, { k }) {
    const { rows: n, cols: d } = space.points;
    if (n < FEWEST + 1) return TOO_FEW;
    const grouping = rowGroups(space);
    const size = Math.min(k, n - 1);
    // Sums over the rows of both traces: of all, and without each group.
    const scales = [size, fewerNeighbors(size)].map((neighbors) => ({
      neighbors,
      total: [0, 0],
      without: Array.from({ length: grouping.groups }, () => [0, 0]),
    }));
    const local = new Float64Array(n).fill(NaN);
    await visitNeighborhoods(space, size, ({ row, neighbors, gram }) => {
      const found = directions(neighbors, gram);
      for (const { neighbors: wanted, total, without } of scales) {
        const count = Math.min(found.rows.length, wanted);
        if (count < FEWEST) continue;
        const traces = groupedTraces(found.cosines, found.rows.length, count, found.rows, grouping);
        add(total, traces.all);
        if (wanted === size) local[row] = Math.min(d, participation(traces.all));
        for (const [g, left] of traces.without.entries()) {
          if (left && grouping.groupOf[row] !== g) add(without[g], left);
        }
      }
    });
    const [all, fewer] = scales.map(({ neighbors, total, without }) => ({
      neighbors,
      value: ratio(total),
      without: without.map(ratio),
    }));
    const { value } = all;
    if (!(value > 0)) return TOO_FEW;
    // Inverses, which are means, are nearer to a normal law.
    const half = jackknifeSpread(all.without.map((m) => 1 / m));
    const high = 1 / value > half ? 1 / (1 / value - half) : Infinity;
    const trend = fewer.value > 0 ? dimensionTrend(all, fewer, d) : undefined;
    return {
      value,
      low: 1 / (1 / value + half),
      high,
      perRow: { value: local },
      ...trend,
      warnings: [...implausible(value, d, 0), ...(trend?.warnings ?? [])],
    };
  },
  underUniform({ n, d }) {
    if (n < FEWEST + 1 || d < 2) return undefined;
    return { value: d - 1, how: 'exact, for both traces' };
  },
});

/** Cosines between the directions of the neighbours; an opposite row has none: every great circle leads there. */
function directions(neighbors: Int32Array, gram: Float64Array) {
  const size = neighbors.length;
  const places = [...neighbors.keys()].filter((a) => gram[a * size + a] > 0);
  const rows = Int32Array.from(places, (a) => neighbors[a]);
  const lengths = Float64Array.from(places, (a) => Math.sqrt(gram[a * size + a]));
  const cosines = new Float64Array(places.length ** 2);
  for (const [i, a] of places.entries()) {
    for (const [j, b] of places.entries()) {
      cosines[i * places.length + j] = gram[a * size + b] / (lengths[i] * lengths[j]);
    }
  }
  return { rows, cosines };
}

function add(sums: number[], { product, square }: Traces): void {
  sums[0] += product;
  sums[1] += square;
}

function ratio([product, square]: readonly number[]): number {
  return product / square;
}
