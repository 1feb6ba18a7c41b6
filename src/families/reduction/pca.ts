import { OptionError } from '../../core/errors.ts';
import { type Matrix, matrix, rows as rowsOf } from '../../core/matrix.ts';
import { counted } from '../../core/text.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { boolean, choice, integer } from '../../method/options.ts';
import { lessRow } from '../../numerics/rows/centered.ts';
import {
  columnMeans,
  columnScales,
  scaleColumnsInPlace,
} from '../../numerics/rows/column-scales.ts';
import { type PrincipalAxes, principalAxes } from '../../structures/spectra/principal-axes.ts';
import { randomizedAxes } from '../../structures/spectra/randomized-axes.ts';
import { defineReduction } from './define.ts';
import { constantColumns, flatColumns } from './support/degenerate.ts';
import { linearMap, placeLinearly } from './support/linear-map.ts';

/** Where both n and d are above it, exact eigenvectors take minutes, and `auto` sketches few components. */
const EXACT_UP_TO = 2000;
/** A sketch of more than that share of the directions takes as long as all. */
const FEW = 0.2;

/**
 * Principal components: the rows less their mean μ, along the m directions of largest variance.
 *
 *     y = (x − μ)·Vᵀ,   V the m leading eigenvectors of (1/n) Σᵢ (xᵢ − μ)(xᵢ − μ)ᵀ
 *
 * with X n × d and y of m numbers, m at most min(n − 1, d). Of all maps to m numbers that a linear map takes back, this
 * one loses the least squared error. The first of the largest elements of each axis is positive, so that engines agree.
 * The model's array `explained` holds each component's share of the variance.
 *
 * `standardize` divides each column by its standard deviation first (a constant column becomes 0); `removeTop` leaves
 * out that many leading components ("all but the top"), which often carry word frequency rather than meaning;
 * `whiten` divides each component by its standard deviation.
 *
 * @remarks Use it first: it is exact up to 2,000 rows or columns, and says what share of the variance it keeps. What it
 * loses is judged by `tammes reduce` beside it: recall of neighbours is what a search would notice.
 * O(nd·min(n, d) + min(n, d)³) time. Where n and d are larger, it multiplies a random sketch by the covariance and
 * states the `residual`: within it times the largest variance of each variance found lies a true one. If that is too
 * much, raise `iterations` or take `--solver exact`.
 * @example
 * import { matrix } from 'tammes';
 * import { pca } from 'tammes/reduction';
 *
 * // Points of a line in the plane: one number each says all.
 * const line = matrix(new Float64Array([0, 0, 1, 1, 2, 2]), 3, 2);
 * const { points, facts } = await pca(line, { dim: 1 });
 * console.log(points.data[2].toFixed(3), facts.explained.toFixed(3)); // 1.414 1.000
 * @function
 */
export const pca = /* @__PURE__ */ defineReduction({
  id: 'pca',
  title: 'Principal components',
  summary: 'The directions of largest variance: the linear map that loses the least.',
  references: [
    cite(sources.linesAndPlanesOfClosestFit, 'the plane of closest fit'),
    cite(sources.structureWithRandomness, 'algorithms 4.4 and 5.3, above 2,000 rows and columns'),
    cite(sources.allButTheTop, 'algorithm 1, the components removed'),
  ],
  dims: { usual: 2 },
  options: {
    standardize: boolean(false, 'Divide each column by its standard deviation first.'),
    removeTop: integer(0, 'Leading components to leave out.', { min: 0, max: 1e6 }),
    whiten: boolean(false, 'Divide each component by its standard deviation.'),
    solver: choice(
      ['auto', 'exact', 'randomized'],
      'auto',
      'Exact eigenvectors, or a random sketch; auto sketches where more than 2,000 rows and columns are to give fewer than a fifth of the components.',
    ),
    iterations: integer(4, 'Times the random sketch is multiplied by the covariance.', {
      min: 0,
      max: 1000,
      symbol: 'q',
    }),
  },
  async fit(points, options, { engine, random, work: { signal } }) {
    const { dim, removeTop, standardize, whiten, iterations } = options;
    const { rows: n, cols: d } = points;
    requireComponents(points, dim, removeTop);
    const scales = standardize ? columnScales(points) : undefined;
    const mean = scales?.mean ?? columnMeans(points);
    const middle = lessRow(points, mean);
    if (scales) scaleColumnsInPlace(middle, scales.inverse);
    const count = removeTop + dim;
    const found: PrincipalAxes = isSketched(options, Math.min(n, d))
      ? await randomizedAxes(middle, count, { engine, random, iterations, work: { signal } })
      : await principalAxes(middle, count, engine, { signal });
    const variances = found.values.slice(removeTop);
    const axes = rowsOf(found.vectors, removeTop, count);
    if (whiten) whitenInPlace(axes, variances);
    if (scales) scaleColumnsInPlace(axes, scales.inverse);
    const share = (variance: number) => (found.total > 0 ? variance / found.total : 0);
    return {
      settings: {},
      arrays: { ...linearMap(mean, axes), explained: matrix(variances.map(share), 1, dim) },
      facts: {
        explained: found.total > 0 ? share(sum(variances)) : 1,
        ...(removeTop > 0 ? { removed: share(sum(found.values.subarray(0, removeTop))) } : {}),
        variance: found.total,
        ...(found.residual === undefined ? {} : { residual: found.residual }),
      },
      warnings: [
        ...constantColumns(scales?.constant.length ?? 0),
        ...flatColumns(variances, removeTop),
      ],
    };
  },
  place: placeLinearly,
});

/** n rows less their mean have at most n − 1 directions. */
function requireComponents({ rows: n, cols: d }: Matrix, dim: number, removed: number): void {
  const most = Math.min(n - 1, d);
  if (dim + removed <= most) return;
  if (removed >= most)
    throw new OptionError(
      'pca',
      'removeTop',
      `less than the ${most} components there are`,
      removed,
    );
  const less = removed > 0 ? ` less the ${removed} removed` : '';
  const components = `the components of ${n} rows of ${counted(d, 'column')}${less}`;
  throw new OptionError('pca', 'dim', `at most ${most - removed}, ${components}`, dim);
}

interface Wanted {
  readonly solver: string;
  readonly dim: number;
  readonly removeTop: number;
}

function isSketched({ solver, dim, removeTop }: Wanted, components: number): boolean {
  if (solver !== 'auto') return solver === 'randomized';
  return components > EXACT_UP_TO && dim + removeTop < FEW * components;
}

function whitenInPlace({ data, cols: d }: Matrix, variances: Float64Array): void {
  variances.forEach((variance, k) => {
    if (variance === 0) return;
    const deviation = Math.sqrt(variance);
    for (let c = k * d; c < (k + 1) * d; c++) data[c] /= deviation;
  });
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
