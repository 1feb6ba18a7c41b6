import { InputError, ShapeError } from '../../../core/errors.ts';
import { requireFinite } from '../../../core/finite.ts';
import { type GivenPoints, givenPoints } from '../../../core/given-points.ts';
import { alike, type Matrix, zeros64 } from '../../../core/matrix.ts';
import { pow } from '../../../core/numeric.ts';
import { MethodRun, type RunOptions } from '../../../method/method.ts';
import { lessRow } from '../../../numerics/rows/centered.ts';
import type { FitContext } from '../types.ts';
import { type Axes, axesOf, scaledRows } from './axes.ts';
import { whitening } from './canonical.ts';

const WHERE = 'multiViewCca';

export interface MultiViewOptions {
  /** λ, a share of the mean variance along the axes of each view. Default: 1e-4. */
  readonly ridge?: number | undefined;
  /** Coordinates are weighted by their eigenvalue to this power. Default: 4. */
  readonly power?: number | undefined;
  /** Coordinates kept; all where it is more than there are. Default: all. */
  readonly dim?: number | undefined;
}

/** Where rows of several views of the same things can be compared. */
export interface MultiView {
  /** m views agree fully at m, not at all at 1, and speak against one another at 0: largest first, one for each coordinate. */
  readonly eigenvalues: Float64Array;
  readonly ridge: number;
  /** Rows of one view, r × dₖ, in the common space: r × dim. Each row as if it were alone. */
  place(view: number, rows: GivenPoints, run?: RunOptions): Promise<Matrix>;
}

/**
 * Canonical correlation of m ≥ 2 views of the same n things, n × d₁ … n × dₘ, centred:
 *
 *     C w = δ B w,   B = diag(XₖᵀXₖ + λₖI),   C = B + the products XₖᵀXₗ of different views
 *     place(k, x) = (x − μₖ)·Wₖ·diag(δ)^power
 *
 * W with WᵀBW = m·I, Wₖ the rows of view k. Of two views δ = 1 ± ρ with ρ the canonical correlations, and the first
 * directions of each view are those of `cca-subspace`. O(n(Σd)² + (Σd)³) time.
 *
 * Source: Fu, Hospedales, Xiang, Gong 2015 (power 4), after Gong, Ke, Isard, Lazebnik 2014.
 *
 * @throws ShapeError where views differ in rows, InputError where one is constant or not finite
 */
export async function multiViewCca(
  given: readonly GivenPoints[],
  { ridge = 1e-4, power = 4, dim = Number.POSITIVE_INFINITY }: MultiViewOptions = {},
  options: RunOptions = {},
): Promise<MultiView> {
  const views = viewsOf(given);
  if (!(ridge >= 0)) throw new InputError(WHERE, `expected a ridge of 0 or more; got ${ridge}.`);
  if (!(dim >= 1)) throw new InputError(WHERE, `expected 1 coordinate or more; got dim ${dim}.`);
  const run = new MethodRun(options);
  const context = { engine: await run.engineFor(views[0]), work: { signal: run.signal } };
  const axes: Axes[] = [];
  for (const view of views) axes.push(await axesOf(view, context));
  constantView(axes);
  const factors = axes.map((own) => whitening(own, ridge));
  const { values, vectors } = await context.engine.linalg.eigh(
    await whitenedProducts(axes, factors, context),
    context.work,
  );
  const kept = Math.min(Math.floor(dim), values.length);
  const eigenvalues = values.slice(0, kept).map((value) => Math.max(0, value));
  const weights = eigenvalues.map((value) => Math.sqrt(axes.length) * pow(value, power));
  const turned = { weights, vectors };
  const directions: Matrix[] = [];
  for (const k of axes.keys()) {
    const scaled = alike(scaledRows(axes[k].vectors, factors[k]), views[k]);
    const own = alike(columnsFrom(turned, startOf(axes, k), axes[k].values.length), scaled);
    const by = { transposeA: true, transposeB: true };
    directions.push(await context.engine.matmul(scaled, own, by, context.work));
  }
  return {
    eigenvalues,
    ridge,
    async place(view, rows, placing = {}) {
      const points = givenPoints(WHERE, rows);
      const own = axes[view];
      if (!own) throw new InputError(WHERE, `there is no view ${view} of ${axes.length}.`);
      if (points.cols !== own.mean.length)
        throw new ShapeError(WHERE, `rows of ${own.mean.length} of view ${view}`, `${points.cols}`);
      const by = new MethodRun(placing);
      const engine = await by.engineFor(points);
      const turned = alike(directions[view], points);
      return engine.matmul(lessRow(points, own.mean), turned, {}, { signal: by.signal });
    },
  };
}

function viewsOf(given: readonly GivenPoints[]): readonly Matrix[] {
  if (given.length < 2) throw new ShapeError(WHERE, 'two views or more', `${given.length}`);
  const views = given.map((own, k) =>
    requireFinite(`${WHERE}, view ${k}`, givenPoints(`${WHERE}, view ${k}`, own)),
  );
  const [{ rows: n, data }] = views;
  for (const [k, view] of views.entries()) {
    if (view.rows !== n || n < 2)
      throw new ShapeError(
        WHERE,
        `as many rows in every view, two or more, since row i is about thing i`,
        `${n} in view 0 and ${view.rows} in view ${k}`,
      );
    if (view.data.constructor !== data.constructor)
      throw new InputError(WHERE, 'views must all be float32 or all float64.');
  }
  return views;
}

function constantView(axes: readonly Axes[]): void {
  const constant = axes.findIndex(({ values }) => !(values[0] > 0));
  if (constant >= 0)
    throw new InputError(WHERE, `all rows of view ${constant} are equal: leave it out.`);
}

/** Where the axes of view k begin among those of all. */
const startOf = (axes: readonly Axes[], k: number) =>
  axes.slice(0, k).reduce((sum, { values }) => sum + values.length, 0);

/** The columns of one view of the first eigenvectors, each times its weight. */
function columnsFrom(
  { weights, vectors }: { readonly weights: Float64Array; readonly vectors: Matrix },
  first: number,
  cols: number,
): Matrix<Float64Array> {
  const out = zeros64(weights.length, cols);
  for (let j = 0; j < out.rows; j++) {
    for (let c = 0; c < cols; c++)
      out.data[j * cols + c] = weights[j] * vectors.data[j * vectors.cols + first + c];
  }
  return out;
}

/** B^{−½}CB^{−½} on the axes of the views: I on the diagonal, and beside it what canonical correlation decomposes. */
async function whitenedProducts(
  axes: readonly Axes[],
  factors: readonly Float64Array[],
  { engine, work }: Pick<FitContext, 'engine' | 'work'>,
): Promise<Matrix<Float64Array>> {
  const size = startOf(axes, axes.length);
  const out = zeros64(size, size);
  for (let e = 0; e < size; e++) out.data[e * size + e] = 1;
  for (const [l, b] of axes.entries()) {
    for (const [k, a] of axes.slice(0, l).entries()) {
      const products = await engine.matmul(a.centered, b.centered, { transposeA: true }, work);
      const [from, to] = [alike(a.vectors, products), alike(b.vectors, products)];
      const left = await engine.matmul(from, products, {}, work);
      const cross = await engine.matmul(left, to, { transposeB: true }, work);
      put(cross, [factors[k], factors[l]], [startOf(axes, k), startOf(axes, l)], out);
    }
  }
  return out;
}

function put(
  { data, rows, cols }: Matrix,
  [left, right]: readonly Float64Array[],
  [top, first]: readonly number[],
  out: Matrix<Float64Array>,
): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const value = data[i * cols + j] * left[i] * right[j];
      out.data[(top + i) * out.cols + first + j] = value;
      out.data[(first + j) * out.cols + top + i] = value;
    }
  }
}
