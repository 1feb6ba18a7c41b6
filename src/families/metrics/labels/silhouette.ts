import { gathered, type Matrix } from '../../../core/matrix.ts';
import type { Engine } from '../../../engine/engine.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { Z95 } from '../../../numerics/laws/normal.ts';
import { meanOf } from '../../../numerics/statistics/averages.ts';
import { meanEstimate } from '../../../numerics/statistics/intervals.ts';
import { defineMetric } from '../define.ts';
import { valuesOfRows } from '../support/per-row.ts';
import {
  type Classes,
  classesOf,
  classesOfRows,
  classJackknife,
  classMeans,
  ONE_CLASS,
  productsWith,
} from './support/classes.ts';
import { shuffledNull } from './support/shuffled-null.ts';

/** Products of rows with class means, over all dimensions: about 10 s of `wasm`. */
const MOST_PRODUCTS = 1e11;
const SHUFFLES = 10;
const SHUFFLED_PRODUCTS = 1e9;
const LISTED = 100;

/**
 * Mean silhouette of the classes, by cosine distance.
 *
 *     1/n Σᵢ sᵢ,   sᵢ = (bᵢ − aᵢ)/max(aᵢ, bᵢ)
 *
 * with aᵢ the mean distance 1 − ⟨xᵢ, xⱼ⟩ of unit row i to the others of its class and bᵢ that to the rows
 * of the nearest other class. Between −1 and 1; 0 for the only row of a class. Means of cosines are
 * products with class means, so all pairs are looked at in O(n·C·d). Rows with a negative silhouette are
 * listed, worst first. The null is that of shuffled classes, with a p-value, unless there are too many
 * rows for it. NaN without classes, with fewer than 2, and where no class has 2 rows.
 * `perRow` has the silhouette of each row.
 *
 * @remarks Use it to compare labels or clusterings of one space, or one clustering across models: near 1
 * classes are tight and apart, 0 they touch, below 0 rows lie nearer to another class. Classes of many
 * parts or unequal width read low although they are told apart without error; see `knn-accuracy` for
 * these. In many dimensions cosine distances are alike and 0.1 can be much, so read it beside the null.
 * Larger is better.
 * @example
 * import { matrix } from 'tammes';
 * import { silhouette } from 'tammes/metrics';
 *
 * // Two points at a right angle, a class each; then with one label wrong.
 * const points = matrix(Float32Array.of(1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1), 6, 2);
 * const right = await silhouette(points, {}, { classes: ['a', 'a', 'a', 'b', 'b', 'b'] });
 * console.log(right.value.toFixed(3)); // 1.000
 * // Row 2 has −1, and the others pay for it: (2 · 1 + 3 · ⅔ − 1)/6.
 * const wrong = await silhouette(points, {}, { classes: ['a', 'a', 'b', 'b', 'b', 'b'] });
 * console.log(wrong.value.toFixed(3), wrong.rows?.join()); // 0.500 2
 * @function
 */
export const silhouette = /* @__PURE__ */ defineMetric({
  id: 'silhouette',
  group: 'labels',
  range: [-1, 1],
  needs: 'classes',
  title: 'Silhouette of the classes',
  summary: 'How much nearer rows are to their own class than to the nearest other, by cosine.',
  references: [cite(sources.silhouettes, 'Eq. (1): s(i)')],
  options: {},
  async measure(space) {
    const classes = classesOf(space);
    if (!classes) return ONE_CLASS;
    const { rows: n, cols: d } = space.points;
    const work = n * d * classes.names.length;
    const m = work > MOST_PRODUCTS ? Math.floor((n * MOST_PRODUCTS) / work) : n;
    const sample = m < n ? space.random('silhouette').sample(n, m).sort() : undefined;
    const values = await silhouettes(space.points, classes, space.engine, sample);
    const listed = [...values.keys()].filter((i) => values[i] < 0);
    listed.sort((a, b) => values[a] - values[b] || a - b);
    const { value, standardError } = meanEstimate(values);
    // Rows share the errors of the class means, which the jackknife moves and their own spread does not.
    const shared = await classJackknife(space, classes, async (points, some) =>
      meanOf(await silhouettes(points, some, space.engine)),
    );
    const half = Math.max(Z95 * standardError, shared || 0);
    const measured = {
      value,
      low: Math.max(-1, value - half),
      high: Math.min(1, value + half),
      warnings: m < n ? [`mean over a sample of ${m} of the ${n} rows.`] : [],
      rows: listed.slice(0, LISTED).map((i) => (sample ? sample[i] : i)),
      perRow: { value: sample ? valuesOfRows(n, sample, values) : values },
    };
    if (work > SHUFFLED_PRODUCTS) return measured;
    const expected = await shuffledNull(
      space,
      classes,
      SHUFFLES,
      value,
      async (shuffled) => meanOf(await silhouettes(space.points, shuffled, space.engine)),
      { range: [-1, 1] },
    );
    return { ...measured, null: expected };
  },
});

/** The silhouette of every row, or of those in `sample`. */
async function silhouettes(
  points: Matrix,
  classes: Classes,
  engine: Engine,
  sample?: Int32Array,
): Promise<Float64Array> {
  const means = classMeans(points, classes);
  const rows = sample ? gathered(points, sample) : points;
  const { of } = sample ? classesOfRows(classes, sample) : classes;
  const { counts } = classes;
  const { data, cols } = await productsWith(rows, means, engine);
  return Float64Array.from({ length: rows.rows }, (_, i) => {
    const own = of[i];
    if (counts[own] < 2) return 0;
    let nearest = Infinity;
    for (let c = 0; c < cols; c++) {
      if (c !== own && counts[c] > 0) nearest = Math.min(nearest, 1 - data[i * cols + c]);
    }
    const within = 1 - (data[i * cols + own] * counts[own] - 1) / (counts[own] - 1);
    const larger = Math.max(within, nearest);
    return larger > 0 ? (nearest - within) / larger : 0;
  });
}
