import type { Matrix } from '../../../core/matrix.ts';
import { gathered } from '../../../core/matrix.ts';
import { counted } from '../../../core/text.ts';
import { transposed } from '../../../core/transposed.ts';
import type { Engine } from '../../../engine/engine.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { centeredGram, doublyCentered, meanRow } from '../../../numerics/rows/centered.ts';
import { meanOf } from '../../../numerics/statistics/averages.ts';
import { defineMetric } from '../define.ts';
import type { Measured } from '../types.ts';
import {
  type Classes,
  classesOf,
  classJackknife,
  ONE_CLASS,
  rowsByClass,
} from './support/classes.ts';
import { shuffledParts } from './support/shuffled-parts.ts';

/**
 * Participation ratio within classes: how many directions share the variance inside a class.
 *
 *     1/|K| Σ_{c ∈ K} (tr Σ_c)²/tr Σ_c²
 *
 * with Σ_c the d × d covariance of the unit rows of class c and K the classes with 3 rows and more; those
 * whose rows are all equal are left out and named in a warning. 1 where each class varies along one line
 * only: collapse that the rank of the whole space does not show. `series` has one value for each class in
 * the order of their names. Read from n_c rows it is too low, by a share of about PR/n_c, and a warning
 * says where. The null is that of shuffled classes, with a p-value, where two classes and more count. NaN
 * without classes, with fewer than 2, and where no class has 3 rows; 0 where all such classes have collapsed.
 *
 * @remarks Use it to see what is left inside classes after supervised or contrastive training: low values
 * beside a high `participation-ratio` of the whole space mean that classes have become lines or points,
 * which is bad for transfer to finer tasks and what neural collapse predicts (see `nc1` for its size).
 * Compare at like class sizes. At most min(n_c − 1, d). Costs O(n d min(n_c, d)).
 * @example
 * import { zeros } from 'tammes';
 * import { classRank } from 'tammes/metrics';
 *
 * // Class a lies on ± one axis, class b on ± two others: ratios 1 and 2.
 * const points = zeros(8, 3);
 * for (let i = 0; i < 8; i++) points.data[3 * i + (i < 4 ? 0 : i < 6 ? 1 : 2)] = i % 2 === 0 ? 1 : -1;
 * const classes = ['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b'];
 * const { value, series } = await classRank(points, {}, { classes });
 * console.log(value.toFixed(2), Array.from(series?.y ?? [], (x) => x.toFixed(0)).join()); // 1.50 1,2
 * @function
 */
export const classRank = /* @__PURE__ */ defineMetric({
  id: 'class-rank',
  group: 'labels',
  range: ({ d }) => [0, d],
  needs: 'classes',
  title: 'Participation ratio within classes',
  summary: 'How many directions share the variance inside a class, on average over the classes.',
  references: [
    cite(sources.whyDoBetterLosses, 'collapse within classes; here by the participation ratio'),
  ],
  options: {},
  async measure(space) {
    const classes = classesOf(space);
    if (!classes) return ONE_CLASS;
    const ranks = await classRanks(space.points, classes, space.engine);
    const value = meanKnown(ranks);
    if (Number.isNaN(value)) return ranks.includes(0) ? COLLAPSED : NO_CLASS;
    const half = await classJackknife(space, classes, async (points, some) =>
      meanKnown(await classRanks(points, some, space.engine)),
    );
    const still = classes.names.filter((_, c) => ranks[c] === 0);
    const warnings = [];
    if (still.length > 0) warnings.push(`all rows are equal in ${listed(still)}.`);
    const small = classes.counts.filter((count, c) => ranks[c] > 0.1 * count).length;
    if (small > 0)
      warnings.push(
        `${counted(small, 'class has', 'classes have')} so few rows that ranks read too low.`,
      );
    const series = {
      x: Float64Array.from(ranks.keys()),
      y: ranks,
      xName: 'class, by name',
      yName: 'participation ratio',
    };
    const { rows: n, cols: d } = space.points;
    const whole =
      n < d
        ? await participation(space.points, space.engine)
        : participationOf(centeredGram(await space.gram(), n, meanRow(space.points)), n);
    const part = {
      of: (points: Matrix) => participation(points, space.engine),
      byRows: false,
      whole,
    };
    const law = await shuffledParts(space, classes, part, value, (gap) => whole - gap);
    return {
      value,
      low: Math.max(1, value - half),
      high: value + half,
      warnings,
      series,
      ...(law && { null: law }),
    };
  },
});

const COLLAPSED: Measured = {
  value: 0,
  warnings: ['all rows are equal in every class of 3 rows and more: the classes have collapsed.'],
};
const NO_CLASS: Measured = { value: NaN, warnings: ['no class has 3 rows.'] };

/** NaN for classes of fewer than 3 rows, 0 where all rows of the class are equal. */
async function classRanks(points: Matrix, classes: Classes, engine: Engine): Promise<Float64Array> {
  const ranks = new Float64Array(classes.counts.length).fill(NaN);
  for (const [c, rows] of rowsByClass(classes).entries()) {
    if (rows.length >= 3) ranks[c] = await participation(gathered(points, rows), engine);
  }
  return ranks;
}

/** (tr Σ)²/‖Σ‖² through the smaller of XᵀX and XXᵀ; needs no eigenvalues. */
async function participation(points: Matrix, engine: Engine): Promise<number> {
  const { rows: n, cols: d } = points;
  const centered =
    n < d
      ? doublyCentered(await engine.gram(transposed(points)))
      : centeredGram(await engine.gram(points), n, meanRow(points));
  return participationOf(centered, n);
}

/** Of products of n centred rows; 0 where all rows are equal. */
function participationOf({ data, rows: size }: Matrix<Float64Array>, n: number): number {
  let [trace, squares] = [0, 0];
  for (let k = 0; k < size; k++) trace += data[k * size + k];
  for (const x of data) squares += x * x;
  return trace > n * 1e-12 ? (trace * trace) / squares : 0;
}

function meanKnown(values: Float64Array): number {
  return meanOf(values.filter((value) => value > 0));
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more classes` : shown;
}
