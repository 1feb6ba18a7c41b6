import type { Matrix } from '../../../core/matrix.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { integer } from '../../../method/options.ts';
import { componentsOf } from '../../../structures/neighbors/components.ts';
import { defineMetric } from '../define.ts';
import { allLists, rowOfSample } from '../support/all-lists.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';

/** Groups below this share of the rows are stragglers, not populations. */
const LEAST_SHARE = 0.01;
const LEAST_ROWS = 10;

/**
 * Separate populations: components of the k-nearest-neighbour graph that are not just stragglers.
 *
 *     #{ components G of ({1 … n}, E) : |G| ≥ max(n/100, min(10, n)) }
 *     E = { ij : j ∈ kNN(i) or i ∈ kNN(j) }
 *
 * over the n unit rows: an edge is where either row lists the other, and components hold at least 1 % of
 * the rows and 10 rows. One under any law with a connected support once k exceeds about 0.6 ln n (k = 10
 * suffices beyond a million rows in practice), which is the null. Several mean populations that are
 * nobody's neighbours across: tight clusters, or rows of different models in one file. `series` gives,
 * for each component, its share of the rows and the mean cosine within, which tells the two apart; the
 * rows of all but the largest are named. Of so many rows that only some lists are known, a sample of
 * 10,000 is joined, and a warning says so. NaN for one row.
 *
 * @remarks Use it as a check of what is in a file: 1 is what you want to see, more is a reason to look at
 * the rows. One bridge of rows joins two clusters, so 1 does not say that there are none: see `dip-test`
 * and `clusterability`. It has no interval. 0 is possible, where all parts are small. Costs O(n² d).
 * @example
 * import { Random, zeros } from 'tammes';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { components } from 'tammes/metrics';
 *
 * // Rows of two models in one file: one uses the first three columns, the other the last three.
 * const half = uniformPoints(60, 3, Random.fromSeed(2));
 * const points = zeros(120, 6);
 * for (let i = 0; i < 120; i++) {
 *   const row = half.data.subarray(3 * (i % 60), 3 * (i % 60) + 3);
 *   points.data.set(row, 6 * i + (i < 60 ? 0 : 3));
 * }
 * const { value, series, null: expected } = await components(points, { k: 5 });
 * console.log(value, Array.from(series?.x ?? []).join(), expected?.value); // 2 0.5,0.5 1
 * @function
 */
export const components = /* @__PURE__ */ defineMetric({
  id: 'components',
  group: 'neighborhoods',
  range: ({ n }) => [0, n],
  title: 'Separate populations',
  summary: 'Components of the nearest-neighbour graph with at least 1 % of the rows.',
  references: [
    cite(
      sources.nearestNeighborGraphClusters,
      'clusters as connected components of symmetric k-nearest-neighbour graphs',
    ),
  ],
  options: {
    k: integer(10, 'Neighbours of each row.', { min: 1, max: 1000, symbol: 'k' }),
  },
  async measure(space, { k }) {
    if (space.points.rows < 2) return NO_PAIR;
    const lists = await allLists(space, k, 'groups can hang together through other rows');
    const { graph, warnings } = lists;
    const { points } = lists.space;
    const n = points.rows;
    const groups = componentsOf(graph, n).filter(
      ({ length }) => length >= Math.max(LEAST_SHARE * n, Math.min(LEAST_ROWS, n)),
    );
    const series = {
      x: groups.map(({ length }) => length / n),
      y: groups.map((rows) => meanCosineWithin(points, rows)),
      xName: 'share of the rows',
      yName: 'mean cosine within',
    };
    const rows = groups
      .slice(1)
      .flat()
      .map((i) => rowOfSample(lists, i));
    return { value: groups.length, rows, series, warnings };
  },
  underUniform: ({ n }) =>
    n < 2 ? undefined : { value: 1, how: 'asymptotic: connected with probability near 1' },
});

/** (mR² − 1)/(m − 1) over the m rows; NaN for a single one. */
function meanCosineWithin({ data, cols: d }: Matrix, rows: readonly number[]): number {
  const sum = new Float64Array(d);
  for (const i of rows) for (let c = 0; c < d; c++) sum[c] += data[i * d + c];
  const m = rows.length;
  const squared = sum.reduce((total, x) => total + x * x, 0);
  return (squared - m) / (m * (m - 1));
}
