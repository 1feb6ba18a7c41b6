import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { integer } from '../../../method/options.ts';
import { medianOf } from '../../../numerics/statistics/averages.ts';
import { jackknifeSpread } from '../../../numerics/statistics/jackknife.ts';
import { defineMetric } from '../define.ts';
import { valuesOfRows } from '../support/per-row.ts';
import { TOO_FEW } from './support/dimension-estimates.ts';
import {
  dimensionTrend,
  FEWEST,
  fewerNeighbors,
  groupedTraces,
} from './support/neighborhood-traces.ts';
import { rowGroups, visitNeighborhoods } from './support/neighborhoods.ts';
import { participation } from './support/participation.ts';

/**
 * Local PCA dimension: over how many directions the neighbours of a row vary, the median over the rows.
 *
 *     medianᵢ (tr Σᵢ)²/tr Σᵢ²
 *
 * with Σᵢ the d × d covariance of the k neighbours of row i, in the tangent space of the sphere, over up
 * to 400 rows; outliers do not move the median. With few neighbours the plain ratio reads low (k
 * neighbours have rank k − 1 at most): both traces are estimated without bias. It weighs directions by
 * their variance: noise that is small counts little. `series` has the value of each row. Under uniform
 * points it is near d − 1, the null.
 *
 * Neighbourhoods that bend read high (a flat torus of dimension 4 reads 6.8 from 500 rows): a quarter as
 * many neighbours are looked at too, and where the dimension changes, a warning says what it would be at
 * none. `table` has the three. NaN for fewer than 6 rows and where too few of them differ.
 *
 * @remarks Use it when strong directions are what counts, and for a local dimension row by row. Far
 * neighbours weigh more in it than near ones, which they do not in `abid-dimension`; both count long thin
 * neighbourhoods as fewer dimensions. No unit; larger is not better. Costs O(n² d) for the neighbours and
 * 400·k² d for the covariances.
 * @example
 * import { Random, zeros } from 'tammes';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { localPcaDimension } from 'tammes/metrics';
 *
 * // A great sphere of dimension 8 in R²⁴, and weak noise in all columns.
 * const random = Random.fromSeed(8);
 * const drawn = uniformPoints(400, 9, random);
 * const points = zeros(400, 24);
 * for (let e = 0; e < points.data.length; e++) points.data[e] = 0.01 * random.normal();
 * for (let e = 0; e < drawn.data.length; e++) {
 *   points.data[24 * Math.floor(e / 9) + (e % 9)] += drawn.data[e];
 * }
 * const { value, null: expected } = await localPcaDimension(points);
 * console.log(value.toFixed(0), expected?.value); // 8 23
 * @function
 */
export const localPcaDimension = /* @__PURE__ */ defineMetric({
  id: 'local-pca-dimension',
  group: 'dimension',
  range: [0, Infinity],
  title: 'Local PCA dimension',
  summary: 'The median participation ratio of the covariance of a row’s nearest neighbours.',
  references: [
    cite(sources.intrinsicDimensionalityOfData, 'principal components of neighbourhoods'),
    cite(sources.functionsOfCovariance, 'unbiased estimates of tr Σ² and (tr Σ)²'),
  ],
  deviations: ['Participation ratio in place of a count of eigenvalues above a threshold.'],
  options: {
    k: integer(64, 'Neighbours of each row.', { min: 5, max: 1000, symbol: 'k' }),
  },
  listLength: 64,
  async measure(space, { k }) {
    const { rows: n, cols: d } = space.points;
    if (n < 6) return TOO_FEW;
    const grouping = rowGroups(space);
    const size = Math.min(k, n - 1);
    const scales = [size, fewerNeighbors(size)].map((neighbors) => ({
      neighbors,
      values: [] as number[],
      without: Array.from({ length: grouping.groups }, (): number[] => []),
    }));
    const rows: number[] = [];
    await visitNeighborhoods(space, size, ({ row, neighbors, gram }) => {
      if (neighbors.length < FEWEST) return;
      rows.push(row);
      for (const scale of scales) {
        const count = Math.min(neighbors.length, scale.neighbors);
        if (count < FEWEST) continue;
        const traces = groupedTraces(gram, neighbors.length, count, neighbors, grouping);
        scale.values.push(Math.min(d, participation(traces.all)));
        for (const [g, left] of traces.without.entries()) {
          const kept = left && grouping.groupOf[row] !== g;
          if (kept) scale.without[g].push(Math.min(d, participation(left)));
        }
      }
    });
    if (rows.length < 2) return TOO_FEW;
    const [all, fewer] = scales.map(({ neighbors, values, without }) => ({
      neighbors,
      value: medianOf(values),
      without: without.map(medianOf),
    }));
    const { value } = all;
    const half = jackknifeSpread(all.without);
    const series = { x: rows, y: scales[0].values, xName: 'row', yName: 'local dimension' };
    const perRow = { value: valuesOfRows(n, rows, scales[0].values) };
    const trend = fewer.value > 0 ? dimensionTrend(all, fewer, d) : {};
    return {
      value,
      low: Math.max(1, value - half),
      high: Math.min(d, value + half),
      series,
      perRow,
      ...trend,
    };
  },
  underUniform({ n, d }) {
    if (n < 6 || d < 2) return undefined;
    return { value: d - 1, how: 'asymptotic: neighbours evenly spread in d − 1 directions' };
  },
});
