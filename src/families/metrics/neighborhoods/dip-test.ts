import { gathered, type Matrix } from '../../../core/matrix.ts';
import { acos } from '../../../core/numeric.ts';
import type { Engine } from '../../../engine/engine.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { integer } from '../../../method/options.ts';
import { dipPValue, dipQuantile } from '../../../numerics/laws/dip.ts';
import { studentQuantile } from '../../../numerics/laws/student.ts';
import { defineMetric } from '../define.ts';
import { valuesOfRows } from '../support/per-row.ts';
import { dipOf } from './support/dip.ts';

const FEWEST = 10;
const MOST_ROWS = 4000;
const GROUPS = 10;
/** The p-value at which a row counts as one that sees several modes. */
const SPLIT = 0.01;

/**
 * Dip test: whether rows see the others at angles of one mode or of several.
 *
 *     1/v Σᵢ D(Fᵢ),   D(F) = min_{G with one mode} sup_θ |F(θ) − G(θ)|
 *
 * over v = `viewers` rows, with Fᵢ the distribution function of the angles from unit row i to all others,
 * m of them. D is the dip of Hartigan and Hartigan, 1/(2m) to ¼. Clusters apart give two modes, near and
 * far.
 *
 * Given the viewer, its angles are independent of one another where rows are, so that the dip test holds
 * for each as it stands (pairs of all rows are not independent, and it would not). `pValue` is the least
 * of the viewers' p-values times their number (Bonferroni: they share the rows). The null is the law with
 * one mode that dips most of all, the uniform one; other laws with one mode lie below it.
 *
 * Of more than 4,000 rows a seeded sample. `table` has the share of viewers with p < 0.01, who are the
 * rows named, `series` the angles that the viewer with the largest dip sees. NaN for fewer than 10 rows.
 *
 * @remarks Use it to see whether there are a few large clusters, which nearest neighbours do not show:
 * one mode reads below the null, ¼ is two points. Many clusters, or clusters that overlap, leave one
 * mode, so a small dip does not rule them out; see `clusterability`. In many dimensions all angles are
 * near 90° and weak clusters are lost. Costs O(v n d) for at most 4,000 rows.
 * @example
 * import { Random, zeros } from 'tammes';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { dipTest } from 'tammes/metrics';
 *
 * const random = Random.fromSeed(2);
 * const even = await dipTest(uniformPoints(400, 8, random));
 * console.log(even.value < (even.null?.value ?? 0), even.null?.pValue); // true 1
 *
 * // Two clusters about two axes of R⁸.
 * const points = zeros(400, 8);
 * for (let e = 0; e < points.data.length; e++) {
 *   points.data[e] = 0.08 * random.normal() + (e % 8 === (e >> 3) % 2 ? 1 : 0);
 * }
 * const two = await dipTest(points);
 * console.log(two.value > 0.1, (two.null?.pValue ?? 1) < 1e-6); // true true
 * @function
 */
export const dipTest = /* @__PURE__ */ defineMetric({
  id: 'dip-test',
  group: 'neighborhoods',
  range: [0, 0.25],
  title: 'Dip of the angles',
  summary: 'Whether rows see the others at angles of one mode or of several.',
  references: [
    cite(sources.dipTestOfUnimodality, 'the dip, its computation, and the uniform law as its null'),
    cite(sources.dipMeans, 'the dip-dist criterion: the dip of each viewer’s distances'),
  ],
  deviations: [
    'Angles in place of distances; one p-value over the viewers by Bonferroni.',
    'p-values from simulated quantiles in place of a bootstrap for each viewer.',
  ],
  options: {
    viewers: integer(64, 'Rows whose angles are looked at.', { min: 1, max: 10_000 }),
  },
  async measure(space, { viewers }) {
    const n = space.points.rows;
    if (n < FEWEST) {
      return {
        value: NaN,
        warnings: [`${n} rows are too few for a law of angles: ${FEWEST} are needed.`],
      };
    }
    const order = space.random('dip').sample(n, Math.min(n, MOST_ROWS));
    const m = order.length;
    const watching = order.subarray(0, Math.min(viewers, m));
    const seen = await anglesOf(space.points, watching, order, space.engine);
    const dips = seen.map(({ angles }) => dipOf(angles));
    const value = meanOf(dips);
    const pValues = dips.map((dip) => dipPValue(dip, m - 1));
    const widest = dips.indexOf(Math.max(...dips));
    const split = pValues.filter((p) => p < SPLIT).length;
    const half = halfWidth(seen);
    const ranked = [...dips.keys()].filter((v) => pValues[v] < SPLIT);
    ranked.sort((a, b) => dips[b] - dips[a] || a - b);
    return {
      value,
      low: Math.max(0, value - half),
      high: Math.min(0.25, value + half),
      warnings: m < n ? [`angles among a sample of ${m} of the ${n} rows.`] : [],
      rows: ranked.map((v) => watching[v]),
      perRow: { value: valuesOfRows(n, watching, dips) },
      table: [
        {
          'rows looked from': watching.length,
          'angles each': m - 1,
          'share that see several modes': split / watching.length,
          'largest dip': dips[widest],
        },
      ],
      series: {
        x: Float64Array.from(seen[widest].angles.keys()),
        y: seen[widest].angles.map((x) => (x * 180) / Math.PI),
        xName: 'row',
        yName: 'angle in degrees from the row that sees most modes',
      },
      null: {
        value: dipQuantile(0.5, m - 1),
        low: dipQuantile(0.99, m - 1),
        high: dipQuantile(0.05, m - 1),
        pValue: Math.min(1, Math.min(...pValues) * watching.length),
        how: `simulated, ${m - 1} uniform numbers, whose law with one mode dips most; median`,
      },
    };
  },
});

/** The angles that one row sees, ascending, and in which group of rows each of them ends. */
interface Seen {
  readonly group: number;
  readonly angles: Float64Array;
  readonly groups: Uint8Array;
}

async function anglesOf(
  points: Matrix,
  viewers: Int32Array,
  rows: Int32Array,
  engine: Engine,
): Promise<Seen[]> {
  const m = rows.length;
  const { data } = await engine.matmul(gathered(points, viewers), gathered(points, rows), true);
  return Array.from(viewers, (_, v) => {
    const own = Float64Array.from({ length: m }, (_, i) =>
      acos(Math.max(-1, Math.min(1, data[v * m + i]))),
    );
    // The viewer itself is the v-th of the rows.
    const others = Int32Array.from({ length: m - 1 }, (_, i) => (i < v ? i : i + 1));
    others.sort((a, b) => own[a] - own[b]);
    return {
      group: v % GROUPS,
      angles: Float64Array.from(others, (i) => own[i]),
      groups: Uint8Array.from(others, (i) => i % GROUPS),
    };
  });
}

/** Half the 95 % interval of the mean dip, by the jackknife over ten groups of rows, viewers among them. */
function halfWidth(seen: readonly Seen[]): number {
  const means: number[] = [];
  for (let g = 0; g < GROUPS; g++) {
    const kept = seen.filter(({ group }) => group !== g);
    if (kept.length === 0) return NaN;
    means.push(
      meanOf(kept.map(({ angles, groups }) => dipOf(angles.filter((_, i) => groups[i] !== g)))),
    );
  }
  const mean = meanOf(means);
  const squares = means.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return studentQuantile(0.95, GROUPS - 1) * Math.sqrt((squares * (GROUPS - 1)) / GROUPS);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}
