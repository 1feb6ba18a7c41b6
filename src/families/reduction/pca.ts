import { alike, matrix } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { centered, lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { defineReduction } from './define.ts';

/**
 * Principal components: the rows less their mean μ, along the m directions of largest variance.
 *
 *     y = (x − μ)·Vᵀ,   V the m leading eigenvectors of (1/n) Σᵢ (xᵢ − μ)(xᵢ − μ)ᵀ
 *
 * with X n × d and y of m numbers. Of all maps to m numbers that a linear map takes back, this one loses
 * the least squared error.
 *
 * @remarks Use it first: it is exact, has no seed, and says what share of the variance it keeps. What it
 * loses is judged by `tammes reduce` beside it: recall of neighbours is what a search would notice.
 * O(nd² + d³) time.
 * @example
 * import { matrix } from 'tammes';
 * import { pca } from 'tammes/reduction';
 *
 * // Points of a line in the plane: one number each says all.
 * const line = matrix(new Float64Array([0, 0, 1, 1, 2, 2]), 3, 2);
 * const { points, facts } = await pca(line, { dim: 1 });
 * console.log(Math.abs(points.data[0]).toFixed(3), facts.explained); // 1.414 1
 * @function
 */
export const pca = /* @__PURE__ */ defineReduction({
  id: 'pca',
  title: 'Principal components',
  summary: 'The directions of largest variance: the linear map that loses the least.',
  references: [cite(sources.linesAndPlanesOfClosestFit, 'the plane of closest fit')],
  dims: { usual: 2 },
  options: {},
  async fit(points, { dim }, { engine }) {
    const { cols: d } = points;
    const mean = meanRow(points);
    const { values, vectors } = await engine.linalg.eigh(await engine.gram(centered(points)));
    const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
    const m = Math.min(dim, d);
    const kept = values.subarray(0, m).reduce((sum, value) => sum + Math.max(0, value), 0);
    return {
      settings: {},
      arrays: {
        mean: matrix(mean, 1, d),
        axes: matrix(vectors.data.slice(0, m * d), m, d),
      },
      facts: { explained: total > 0 ? kept / total : 1 },
    };
  },
  async place({ arrays: { mean, axes } }, rows, { engine, work }) {
    return engine.matmul(lessRow(rows, mean.data), alike(axes, rows), { transposeB: true }, work);
  },
});
