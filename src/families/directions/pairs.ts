import { gathered, type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice } from '../../method/options.ts';
import { meanRow } from '../../numerics/rows/centered.ts';
import { dot } from '../../numerics/rows/dot.ts';
import { defineDirections } from './define.ts';
import type { FitContext } from './types.ts';

/**
 * What the second rows of pairs have over the first, which differ by the concept alone:
 *
 *     w = 1/p Σ_q (x_b(q) − x_a(q)),   or the first right singular vector of the p × d differences
 *
 * The singular vector is turned to the side of the mean difference. Projections are 0 at the mean of all rows of pairs.
 *
 * @remarks Use it with pairs that are alike but for the concept: he and she, the same text in two registers. The mean is for
 * differences that point one way; the singular vector also finds an axis along which they differ in size or sign.
 * @example
 * import { matrix } from 'tammes';
 * import { pairs } from 'tammes/directions';
 *
 * const points = matrix(new Float64Array([0, 0, 1, 0, 0, 5, 1, 5]), 4, 2);
 * const { directions } = await pairs({ points, pairs: { a: [0, 2], b: [1, 3] } });
 * console.log(directions.basis.data); // Float64Array(2) [ 1, 0 ]
 * @function
 */
export const pairs = /* @__PURE__ */ defineDirections({
  id: 'pairs',
  title: 'Differences of pairs',
  summary: 'The mean difference of pairs of rows, or the axis that their differences share.',
  references: [
    cite(sources.debiasingWordEmbeddings, 'section 5: the direction of definitional pairs'),
  ],
  needs: ['pairs'],
  options: {
    by: choice(['mean', 'singular'], 'mean', 'The mean of the differences, or their first axis.'),
  },
  async fit({ points, pairs: given, name }, { by }, context) {
    const { a, b } = given ?? { a: new Int32Array(), b: new Int32Array() };
    const [from, to] = [gathered(points, a), gathered(points, b)];
    const gaps = zeros64(a.length, points.cols);
    for (let e = 0; e < gaps.data.length; e++) gaps.data[e] = to.data[e] - from.data[e];
    const mean = meanRow(gaps);
    const [lower, upper] = [meanRow(from), meanRow(to)];
    return {
      basis: matrix(by === 'mean' ? mean : await firstAxis(gaps, mean, context), 1, points.cols),
      names: [name ?? 'a → b'],
      origin: lower.map((x, c) => (x + upper[c]) / 2),
    };
  },
});

/** The first right singular vector, on the side of a row. */
async function firstAxis(
  gaps: Matrix<Float64Array>,
  side: Float64Array,
  { engine, work }: FitContext,
): Promise<Float64Array> {
  const { rows: p, cols: d } = gaps;
  let axis: Float64Array;
  if (p > d)
    axis = (await engine.linalg.eigh(await engine.gram(gaps, work), work)).vectors.data.slice(0, d);
  else {
    const { v } = await engine.linalg.svd(gaps, work);
    axis = Float64Array.from({ length: d }, (_, c) => v.data[c * v.cols]);
  }
  return dot(axis, side) < 0 ? axis.map((x) => -x) : axis;
}
