import { gathered, type Matrix } from '../../../core/matrix.ts';
import type { Engine } from '../../../engine/engine.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { meanEstimate, Z95 } from '../../../numerics/statistics/intervals.ts';
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
 * Mean silhouette of the classes, by cosine distance: s = (b − a)/max(a, b), with a the mean distance
 * 1 − cos of a row to the others of its class and b that to the rows of the nearest other class. Between
 * −1 and 1; 0 for the only row of a class.
 *
 * Means of cosines are products with class means, so all pairs are looked at in O(n·C·d). Rows with a
 * negative silhouette are listed, worst first; `perRow` has that of each.
 *
 * @function
 */
export const silhouette = /* @__PURE__ */ defineMetric({
  id: 'silhouette',
  group: 'labels',
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

function meanOf(values: Float64Array): number {
  return meanEstimate(values).value;
}
