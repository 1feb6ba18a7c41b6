import { grouped } from '../../../core/text.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { integer, number } from '../../../method/options.ts';
import { meanOf, medianInPlace } from '../../../numerics/statistics/averages.ts';
import { jackknifeSpread } from '../../../numerics/statistics/jackknife.ts';
import { simulatedInterval } from '../../../numerics/statistics/simulated-interval.ts';
import { defineMetric } from '../define.ts';
import { datastoreOf, GROUPS, groupsOf } from '../support/datastore.ts';
import { rowsWithPatches, tooFewDistinct, visitPatches } from '../support/patches.ts';
import { valuesOfRows } from '../support/per-row.ts';
import {
  areEquidistant,
  concentrated,
  EQUIDISTANT,
  implausible,
  TOO_FEW,
} from './support/dimension-estimates.ts';
import { patchNeighbors, patchRate, patchScale, tiesOf } from './support/patch-two-nn.ts';

/** Neighbours without which a patch says nothing. */
const FEWEST = 5;
/** What the estimates without groups of rows cost, for a neighbour, in products. */
const RATES = 400;
/** Simulated sets, their rows, and the patches looked at in each. */
const DRAWS = 8;
const DRAWN_ROWS = 500;
const DRAWN_PATCHES = 16;

/**
 * Mean local dimension: TwoNN in the patch of each row.
 *
 *     P_i = the k nearest distinct rows of row i;  r₁(x), r₂(x) distances of x ∈ P_i to its two nearest in P_i
 *     m̂_i = rate of the exponential law of ln(r₂/r₁) over P_i, the largest tenth censored;  value = mean of m_i
 *
 * m_i is m̂_i read backwards: the dimension of the sphere on whose uniform points, n of them, patches of k have
 * m̂_i on average. A patch has an edge where neighbours are missing, so that m̂ reads low (5 as 4.5, 10 as 8.5 with
 * k = 128); the mean as published, without this reading, is in `table`. `perRow` and `series` have m_i.
 *
 * Where n rows are too many, 200 of them (or as many as 2e8 products allow) have a patch, all where nothing is to be
 * sampled. The interval leaves out rows in 40 groups, as owners and as members of patches, because patches share
 * rows. Neighbours are looked for in the run's datastore, where there is one.
 *
 * @remarks
 * One number for a space hides that its parts have different dimensions: look at `perRow`. Its mean over the same
 * rows after each epoch of training follows, without labels, what the vectors go through: the paper saw it fall where a
 * task was learned and rise where single examples were learned by heart. Compare values of the same k and n.
 *
 * @example
 * import { localTwoNn } from 'tammes/metrics';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { matrix, Random } from 'tammes';
 *
 * // 600 points of a sphere of dimension 3, in R⁴, each with six columns of zeros.
 * const points = uniformPoints(600, 4, Random.fromSeed(1));
 * const wide = new Float64Array(600 * 10);
 * for (let i = 0; i < 600; i++) wide.set(points.data.subarray(4 * i, 4 * i + 4), 10 * i);
 * const { value, perRow } = await localTwoNn(matrix(wide, 600, 10), { k: 64 });
 * console.log(value.toFixed(1), perRow?.['value']?.length); // 2.9 600
 *
 * @function
 */
export const localTwoNn = /* @__PURE__ */ defineMetric({
  id: 'local-two-nn',
  group: 'dimension',
  range: [0, Infinity],
  title: 'Mean local dimension (TwoNN in patches)',
  summary: 'The mean over rows of the dimension that TwoNN finds among their nearest neighbours.',
  references: [
    cite(
      papers.lessIsMoreLocalIntrinsicDimensions,
      'local estimates: TwoNN on the L nearest neighbours of each point',
    ),
    cite(sources.minimalNeighborhoodDimension, 'the law of r₂/r₁'),
  ],
  deviations: [
    'Maximum likelihood of the censored exponential law in place of a line through the empirical distribution.',
    'Read backwards on uniform spheres, against the edge of patches; the table has the mean without it.',
  ],
  options: {
    k: integer(128, 'Neighbours that make a patch.', { min: FEWEST, max: 1000, symbol: 'L' }),
    censored: number(0.1, 'Share of the largest ratios that count as their edge only.', {
      min: 0,
      max: 0.9,
    }),
  },
  async measure(space, { k, censored }) {
    const store = datastoreOf('local-two-nn', space);
    // The rows among which neighbours are, and the row itself.
    const n = store.points.rows + (store.own ? 0 : 1);
    const size = Math.min(k, n >> 1);
    if (size < FEWEST) return TOO_FEW;
    const groups = groupsOf(space, store);
    const read = patchScale(n, size, censored);
    const rows: number[] = [];
    const rates: number[] = [];
    const ties: number[] = [];
    const without: number[][] = Array.from({ length: GROUPS }, () => []);
    const looked = rowsWithPatches(space, size, RATES * size, 'local two-nn');
    const short = await visitPatches(space, store, looked, size, ({ row, members, distances }) => {
      const neighbors = patchNeighbors(distances, size);
      rows.push(row);
      rates.push(patchRate(neighbors, censored));
      ties.push(tiesOf(neighbors));
      for (let g = 0; g < GROUPS; g++) {
        if (groups.ofRow[row] === g) continue;
        without[g].push(patchRate(neighbors, censored, (a) => groups.ofStored[members[a]] === g));
      }
    });
    if (rows.length < 2) return TOO_FEW;
    const tied = meanOf(ties);
    if (areEquidistant({ ties: tied })) return EQUIDISTANT;
    const local = Float64Array.from(rates, read);
    const value = meanOf(local);
    const half = jackknifeSpread(without.map((list) => meanOf(Float64Array.from(list, read))));
    const raw = meanOf(Float64Array.from(rates));
    const d = space.points.cols;
    return {
      value,
      ...(store.own || d < 2 ? {} : { null: { value: d - 1, how: 'exact' } }),
      ...(half >= 0 ? { low: Math.max(0, value - half), high: value + half } : {}),
      warnings: [
        ...tooFewDistinct(short, looked.length),
        ...implausible(value, d, tied),
        ...concentrated(raw, value, `patches of ${size} rows`),
      ],
      series: { x: rows, y: local, xName: 'row', yName: 'local dimension' },
      perRow: { value: valuesOfRows(space.points.rows, rows, local) },
      table: [
        {
          'rows looked at': rows.length,
          neighbours: size,
          'median local dimension': medianInPlace(local.slice()),
          'mean as published': raw,
        },
      ],
    };
  },
  async underUniform(model, { k, censored }) {
    const { n, d, engine } = model;
    const drawnRows = Math.min(n, DRAWN_ROWS);
    const size = Math.min(k, drawnRows >> 1);
    if (d < 2 || size < FEWEST) return undefined;
    const read = patchScale(drawnRows, size, censored);
    const values: number[] = [];
    for (let r = 0; r < DRAWS; r++) {
      const points = model.draw(r, drawnRows);
      const rows = Int32Array.from({ length: Math.min(drawnRows, DRAWN_PATCHES) }, (_, i) => i);
      const local: number[] = [];
      const store = { points, own: true };
      const space = { points, engine, signal: undefined };
      await visitPatches(space, store, rows, size, ({ distances }) => {
        local.push(read(patchRate(patchNeighbors(distances, size), censored)));
      });
      values.push(meanOf(Float64Array.from(local)));
      await model.turn();
    }
    const { low, high } = simulatedInterval(values, drawnRows, n);
    const instead = drawnRows < n ? ` in place of ${grouped(n)}` : '';
    return {
      value: d - 1,
      low: Math.min(d - 1, low),
      high: Math.max(d - 1, high),
      how: `exact; interval simulated, ${DRAWS} draws of ${grouped(drawnRows)} points${instead}`,
    };
  },
});
