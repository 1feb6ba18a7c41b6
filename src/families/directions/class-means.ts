import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { meanRow } from '../../numerics/rows/centered.ts';
import { defineDirections } from './define.ts';
import type { ClassList } from './types.ts';

/**
 * From the mean of one class to that of another; with more than two classes, from the mean of the others to that of each:
 *
 *     w = μ₁ − μ₀,   or  wⱼ = μⱼ − (nμ − nⱼμⱼ)/(n − nⱼ) for each class j of k
 *
 * with X n × d, nⱼ rows of class j with the mean μⱼ, μ the mean of all. Projections are 0 midway between both means.
 *
 * @remarks Use it with few rows a class, or to move rows from class to class: it has nothing to tune. Columns that vary much
 * for other reasons blur it; `lda` and `probe` weigh these down.
 * @example
 * import { matrix } from 'tammes';
 * import { classMeans } from 'tammes/directions';
 *
 * const points = matrix(new Float64Array([0, 0, 0, 2, 3, 0, 3, 2]), 4, 2);
 * const { directions } = await classMeans({ points, classes: ['old', 'old', 'young', 'young'] });
 * console.log(directions.names[0], directions.basis.data); // old → young Float64Array(2) [ 1, 0 ]
 * @function
 */
export const classMeans = /* @__PURE__ */ defineDirections({
  id: 'class-means',
  title: 'Difference of class means',
  summary: 'From the mean of one class to that of another, or of each class from all others.',
  references: [cite(sources.geometryOfTruth, 'section 5: mass-mean probing')],
  needs: ['classes'],
  options: {},
  fit({ points, classes = { names: [], of: new Int32Array() } }) {
    const { means, counts } = meansOf(points, classes);
    const all = meanRow(points);
    const [n, d, k] = [points.rows, points.cols, classes.names.length];
    if (k === 2) {
      const [a, b] = [means.data.subarray(0, d), means.data.subarray(d)];
      return {
        basis: matrix(
          b.map((x, c) => x - a[c]),
          1,
          d,
        ),
        names: [classes.names.join(' → ')],
        origin: a.map((x, c) => (x + b[c]) / 2),
      };
    }
    const basis = zeros64(k, d);
    for (let j = 0; j < k; j++) {
      // μⱼ − (nμ − nⱼμⱼ)/(n − nⱼ) = (μⱼ − μ)·n/(n − nⱼ)
      const factor = n / (n - counts[j]);
      for (let c = 0; c < d; c++) basis.data[j * d + c] = (means.data[j * d + c] - all[c]) * factor;
    }
    return { basis, names: classes.names, origin: all };
  },
});

function meansOf({ data, cols: d }: Matrix, { names, of }: ClassList) {
  const means = zeros64(names.length, d);
  const counts = new Int32Array(names.length);
  for (const [i, own] of of.entries()) {
    counts[own] += 1;
    for (let c = 0; c < d; c++) means.data[own * d + c] += data[i * d + c];
  }
  for (let e = 0; e < means.data.length; e++) means.data[e] /= counts[Math.floor(e / d)];
  return { means, counts };
}
