import { alike, type Matrix, matrix } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { integer, number } from '../../method/options.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { defineAlignment } from './define.ts';
import { firstColumns } from './support/axes.ts';
import { splits } from './support/held-out.ts';
import { type Ridge, ridgeRegression } from './support/ridge.ts';
import type { FitContext } from './types.ts';

const PARTS = 4;
/** Errors that differ by less than this share of the variance of B count as equal. */
const SLACK = 1e-3;

/**
 * Reduced-rank regression: of the affine maps through r dimensions, the one with the least squared error.
 *
 *     y = (x − μ_A)·W·VᵣVᵣᵀ + μ_B,   W of `affine`, Vᵣ the r leading right singular vectors of A₀W
 *
 * with A₀ the p × d paired rows less their mean. Where `rank` is 0, r is the smallest whose squared error on pairs held
 * out, in four parts, is the least but for a thousandth of the variance of B. O(pd² + d³ + e³) time for each part.
 *
 * @remarks Use it where the two spaces share few directions and the rest is noise, or where the map itself must be small:
 * r·(d + e) numbers. With many pairs it chooses nearly all dimensions and gives what `affine` gives.
 * @example
 * import { matrix } from 'tammes';
 * import { lowRank } from 'tammes/alignment';
 *
 * // What the two spaces share is one number.
 * const a = matrix(new Float64Array([0, 1, 1, -1, 2, 0, 3, 1, 4, -1]), 5, 2);
 * const b = matrix(new Float64Array([0, 0, 1, 2, 2, 4, 3, 6, 4, 8]), 5, 2);
 * const { model } = await lowRank({ a, b }, { rank: 1, ridge: 1e-9 });
 * const { data } = await lowRank.transform(model, a);
 * console.log(Math.max(...data.map((y, e) => Math.abs(y - b.data[e]))) < 1e-6); // true
 * @function
 */
export const lowRank = /* @__PURE__ */ defineAlignment({
  id: 'low-rank',
  title: 'Low-rank affine map',
  summary: 'Reduced-rank regression: an affine map through few dimensions.',
  references: [cite(sources.reducedRankRegression, 'least squares of a given rank')],
  fewestPairs: 4,
  into: 'b',
  options: {
    rank: integer(0, 'Dimensions it goes through; 0: as many as err least on pairs held out.', {
      min: 0,
      max: 1e6,
      symbol: 'r',
    }),
    ridge: number(0, 'Penalty of the regression, as that of `affine`.', { min: 0, max: 1e6 }),
  },
  async fit({ paired }, options, context) {
    const { a, b } = paired;
    const most = Math.min(a.cols, b.cols);
    const regression = await ridgeRegression(a, b, options.ridge, context);
    const { ridge } = regression;
    const rank = options.rank
      ? Math.min(options.rank, most)
      : await bestRank(paired, most, ridge, context);
    const v = firstColumns(await leadingVectors(regression, context), rank);
    const { engine, work } = context;
    const warnings =
      options.rank > most
        ? [
            `A map between ${a.cols} and ${b.cols} dimensions has rank ${most} at most: it has that.`,
          ]
        : [];
    return {
      settings: { rank, ridge },
      arrays: {
        from: matrix(regression.axes.mean, 1, a.cols),
        to: matrix(meanRow(b), 1, b.cols),
        inner: await engine.matmul(regression.weights, alike(v, a), {}, work),
        outer: v,
      },
      facts: { rank, ridge },
      warnings,
    };
  },
  async move({ arrays: { from, to, inner, outer } }, rows, _, { engine, work }) {
    const middle = await engine.matmul(lessRow(rows, from.data), alike(inner, rows), {}, work);
    const options = { transposeB: true, bias: alike(to, rows).data };
    return engine.matmul(middle, alike(outer, rows), options, work);
  },
});

/** The right singular vectors of A₀W, e × e, those of the largest values first. */
async function leadingVectors(
  { onAxes, axes: { values } }: Ridge,
  { engine, work }: Pick<FitContext, 'engine' | 'work'>,
): Promise<Matrix> {
  const { rows: r, cols: e } = onAxes;
  const scaled = Float64Array.from(
    onAxes.data,
    (x, at) => x * Math.sqrt(values[Math.floor(at / e)]),
  );
  const { v, s } = await engine.linalg.svd(matrix(scaled, r, e), work);
  return firstColumns(v, s.length);
}

async function bestRank(
  paired: { readonly a: Matrix; readonly b: Matrix },
  most: number,
  ridge: number,
  context: FitContext,
): Promise<number> {
  const { engine, work, random } = context;
  const errors = new Float64Array(most);
  let variance = 0;
  for (const { fitted, judged } of splits(paired, PARTS, random.fork('rank'))) {
    const regression = await ridgeRegression(fitted.a, fitted.b, ridge, context);
    const v = alike(await leadingVectors(regression, context), judged.a);
    const from = lessRow(judged.a, regression.axes.mean);
    const predicted = await engine.matmul(from, regression.weights, {}, work);
    const y = await engine.matmul(predicted, v, {}, work);
    const to = lessRow(judged.b, meanRow(fitted.b));
    addErrors(y, await engine.matmul(to, v, {}, work), errors);
    for (const x of to.data) variance += x * x;
  }
  const least = Math.min(...errors);
  return 1 + errors.findIndex((error) => error <= least + SLACK * variance);
}

/** Adds to place r − 1 what rank r changes of the squared error: Σ over its columns of y² − 2by. */
function addErrors(y: Matrix, b: Matrix, errors: Float64Array): void {
  let change = 0;
  for (let r = 0; r < Math.min(errors.length, y.cols); r++) {
    for (let at = r; at < y.data.length; at += y.cols) {
      change += y.data[at] * (y.data[at] - 2 * b.data[at]);
    }
    errors[r] += change;
  }
  for (let r = y.cols; r < errors.length; r++) errors[r] += change;
}
