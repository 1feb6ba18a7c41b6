import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import { defineMetric } from '../define.ts';
import { valuesOfRows } from '../support/per-row.ts';
import {
  balancedSpace,
  clusterJackknife,
  clustersOption,
  tooFewRows,
} from './support/balanced-space.ts';
import { type Classes, classesOf, ONE_CLASS } from './support/classes.ts';
import { shuffledNull } from './support/shuffled-null.ts';

const SHUFFLES = 50;

/**
 * Purity of clusters: whether rows that lie near one another are of one class, such as the source of each document.
 *
 *     (1/n) Σ_c max_y n_cy
 *
 * with n_cy the rows of class y in cluster c, of k clusters of one size by balanced k-means on the unit rows (n × d). 1
 * where every cluster is of one class. `table` has for each class how many rows are in clusters that are mostly of it;
 * `perRow` the `cluster` of each row and the `share` of its own class there. The null is that of shuffled classes, with a
 * p-value: where one class is most rows it is high. The interval leaves out parts of the clusters. Of more than 20,000 rows
 * a seeded sample stands for all.
 *
 * @remarks
 * Use it to ask whether a space keeps sources, topics or languages apart without having seen them. Compare spaces at one
 * number of clusters, clearly more than there are classes: a small class can fill none where clusters are larger than it.
 * `silhouette` and `knn-accuracy` use the classes where this does not.
 *
 * @example
 * import { matrix } from 'tammes';
 * import { clusterPurity } from 'tammes/metrics';
 *
 * // Two bundles of directions, a source each; then one row of the other source.
 * const angles = Array.from({ length: 16 }, (_, i) => (i < 8 ? 0 : 1.5) + i / 100);
 * const points = matrix(Float64Array.from(angles.flatMap((a) => [Math.cos(a), Math.sin(a)])), 16, 2);
 * const classes = angles.map((_, i) => (i < 8 ? 'news' : 'code'));
 * console.log((await clusterPurity(points, { clusters: 2 }, { classes })).value); // 1
 * classes[0] = 'code';
 * console.log((await clusterPurity(points, { clusters: 2 }, { classes })).value); // 0.9375
 *
 * @function
 */
export const clusterPurity = /* @__PURE__ */ defineMetric({
  id: 'cluster-purity',
  group: 'labels',
  range: [0, 1],
  needs: 'classes',
  title: 'Purity of clusters',
  summary: 'The share of rows that are of the most frequent class of their balanced cluster.',
  references: [
    cite(
      papers.analyzingSimilarityMetricsDataSelectionLmPretraining,
      'whether clusters keep the data sets of origin apart',
    ),
  ],
  options: { clusters: clustersOption() },
  async measure(space, { clusters }) {
    const n = space.points.rows;
    const balanced = await balancedSpace(space, clusters);
    if (!balanced) return tooFewRows(n);
    const classes = classesOf(balanced.space);
    if (!classes) return ONE_CLASS;
    const { k, of, rows } = balanced;
    const table = tableOf(of, k, classes);
    const value = purityOf(table, classes, () => false);
    const half = clusterJackknife(k, (isOut) => purityOf(table, classes, isOut));
    const law = await shuffledNull(
      balanced.space,
      classes,
      SHUFFLES,
      value,
      (shuffled) => purityOf(tableOf(of, k, shuffled), shuffled, () => false),
      { range: [0, 1] },
    );
    const spread = (values: Float64Array) => (rows ? valuesOfRows(n, rows, values) : values);
    const [columns, size] = [classes.names.length, clusterSizes(of, k)];
    const shares = Float64Array.from(of, (c, i) => table[c * columns + classes.of[i]] / size[c]);
    return {
      value,
      ...(half >= 0 ? { low: Math.max(0, value - half), high: Math.min(1, value + half) } : {}),
      null: law,
      table: linesOf(table, classes),
      perRow: { cluster: spread(Float64Array.from(of)), share: spread(shares) },
      warnings: rows ? [`from a sample of ${rows.length} of the ${n} rows.`] : [],
    };
  },
});

/** Rows of each class in each cluster, k × classes. */
function tableOf(of: Int32Array, k: number, { of: classOf, names }: Classes): Float64Array {
  const table = new Float64Array(k * names.length);
  for (const [i, c] of of.entries()) table[c * names.length + classOf[i]] += 1;
  return table;
}

function clusterSizes(of: Int32Array, k: number): Int32Array {
  const sizes = new Int32Array(k);
  for (const c of of) sizes[c] += 1;
  return sizes;
}

function purityOf(
  table: Float64Array,
  { names }: Classes,
  isOut: (cluster: number) => boolean,
): number {
  let [most, all] = [0, 0];
  for (let from = 0, c = 0; from < table.length; from += names.length, c++) {
    if (isOut(c)) continue;
    const line = table.subarray(from, from + names.length);
    most += Math.max(...line);
    all += line.reduce((sum, x) => sum + x, 0);
  }
  return most / all;
}

/** Of each class, the share of its rows that are in clusters where it is the most frequent one. */
function linesOf(table: Float64Array, { names, counts }: Classes) {
  return names.map((name, y) => {
    let own = 0;
    for (let from = 0; from < table.length; from += names.length) {
      const line = table.subarray(from, from + names.length);
      if (line[y] === Math.max(...line)) own += line[y];
    }
    return { class: name, rows: counts[y], 'in own clusters': own / Math.max(1, counts[y]) };
  });
}
