import { InputError, OptionError } from '../../core/errors.ts';
import { alike, type Matrix } from '../../core/matrix.ts';
import { angleOfChord, DEGREES } from '../../core/numeric.ts';
import { rowNorms, unitRows } from '../../core/rows.ts';
import { counted } from '../../core/text.ts';
import type { Engine, Work } from '../../engine/engine.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { boolean } from '../../method/options.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { dot } from '../../numerics/rows/dot.ts';
import { principalAxes } from '../../structures/spectra/principal-axes.ts';
import { defineReduction } from './define.ts';
import { flatColumns } from './support/degenerate.ts';
import { leftOutLengths } from './support/left-out-lengths.ts';

/**
 * Principal subspheres: the rows at unit length, moved to the nearest point of the great subsphere that fits them best.
 *
 *     y = x·Vᵀ/‖x·Vᵀ‖,   V the m leading eigenvectors of (1/n) Σᵢ xᵢxᵢᵀ
 *
 * with ‖x‖ = 1 and y of m numbers, ‖y‖ = 1: a point of S^{m−1}. V makes the mean sin² of the angle between rows and
 * subsphere least: for m = 2 it is the principal great circle. Subspheres of fewer dimensions lie in those of more. With
 * `small`, V holds the leading eigenvectors of the covariance of the rows and the subsphere is a small one, about
 * μ − VᵀVμ with μ the mean row: it fits rows that keep a distance from some axis.
 *
 * Facts: `angle`, the root mean squared angle between rows and subsphere in degrees; `explained`, the eigenvalues' share;
 * with `small` the `radius`, by which chords of the result shrink where they are chords between rows.
 *
 * @remarks Use it instead of `pca` where angles are what counts and the result is to lie on a sphere again, for a globe
 * (m = 3) or for a search by cosine. Where `angle` is large, no such subsphere is near the rows. A row at 90° to the
 * subsphere has no nearest point and is refused.
 * O(nd·min(n, d) + min(n, d)³) time.
 * @example
 * import { matrix } from 'tammes';
 * import { sphericalPca } from 'tammes/reduction';
 *
 * // Three rows of one great circle of S²: as points of the circle they keep their angles.
 * const rows = matrix(new Float64Array([1, 0, 0, 0, 0.6, 0.8, 0, -0.6, -0.8]), 3, 3);
 * const { points, facts } = await sphericalPca(rows, { dim: 2 });
 * const [ax, ay, bx, by] = points.data;
 * console.log(Math.abs(ax * bx + ay * by).toFixed(6), facts.angle.toFixed(6)); // 0.000000 0.000000
 * @function
 */
export const sphericalPca = /* @__PURE__ */ defineReduction({
  id: 'spherical-pca',
  title: 'Principal subspheres',
  summary: 'The subsphere that fits rows of a sphere best: fewer dimensions, and a sphere again.',
  references: [
    cite(sources.directionalStatistics, 'section 9.2.4: the scatter matrix about the origin'),
    cite(sources.principalNestedSpheres, 'great and small subspheres, nested'),
  ],
  deviations: [
    'Subspheres minimise squared sines, in closed form, in place of squared angles, one dimension after the other.',
  ],
  dims: { usual: 3 },
  options: {
    small: boolean(false, 'Allow a small subsphere, which does not divide the sphere in halves.'),
  },
  async fit(points, { dim, small }, { engine, work: { signal } }) {
    const work = { signal };
    const { points: units, norms } = unitRows('spherical-pca', points);
    requireDimensions(units, dim, small);
    const mean = meanRow(units);
    const about = small ? lessRow(units, mean) : units;
    const { values, vectors, total } = await principalAxes(about, dim, engine, work);
    if (total < roundingOf(units) ** 2)
      throw new InputError('spherical-pca', 'all rows have one direction.');
    const products = await productsWith(vectors, units, engine, work);
    const center = small ? across(mean, vectors) : new Float64Array(points.cols);
    const radius = Math.sqrt(Math.max(0, 1 - dot(center, center)));
    return {
      settings: { radius },
      arrays: { axes: vectors },
      points: unitProducts(products),
      facts: {
        angle: DEGREES * meanAngle(units, products, { axes: vectors, center, radius }),
        explained: values.reduce((sum, value) => sum + value, 0) / total,
        ...(small ? { radius } : {}),
      },
      warnings: [...leftOutLengths(norms, 'Take pca where they count.'), ...flatColumns(values)],
    };
  },
  async place({ arrays: { axes } }, rows, { engine, work }) {
    const { points: units } = unitRows('spherical-pca', rows);
    return unitProducts(await productsWith(axes, units, engine, work));
  },
});

function requireDimensions({ rows: n, cols: d }: Matrix, dim: number, small: boolean): void {
  const most = Math.min(small ? n - 1 : n, d);
  if (dim >= 2 && dim <= most) return;
  const shape = `${n} rows of ${counted(d, 'column')}`;
  throw new OptionError('spherical-pca', 'dim', `2 to ${most} for ${shape}`, dim);
}

async function productsWith(axes: Matrix, units: Matrix, engine: Engine, work: Work) {
  return engine.matmul(units, alike(axes, units), true, work);
}

/** A length of unit rows' sums that may be rounding alone. */
function roundingOf({ data }: Matrix): number {
  return data instanceof Float32Array ? 2 ** -20 : 2 ** -40;
}

/** Products at unit length; refuses rows whose product is 0 but for rounding. */
function unitProducts(products: Matrix): Matrix {
  const least = roundingOf(products);
  const across = rowNorms(products).findIndex((length) => length < least);
  if (across >= 0)
    throw new InputError(
      'spherical-pca',
      `row ${across} (counted from 0) is at 90° to the subsphere and has no nearest point there; leave it out or raise dim.`,
    );
  return unitRows('spherical-pca', products).points;
}

/** μ − VᵀVμ. */
function across(mean: Float64Array, { data, rows: m, cols: d }: Matrix): Float64Array {
  const out = mean.slice();
  for (let k = 0; k < m; k++) {
    const axis = data.subarray(k * d, (k + 1) * d);
    const along = dot(axis, mean);
    for (let c = 0; c < d; c++) out[c] -= along * axis[c];
  }
  return out;
}

interface Subsphere {
  readonly axes: Matrix;
  readonly center: Float64Array;
  readonly radius: number;
}

/** √ of the mean squared angle between the rows and their nearest points of the subsphere, in radians. */
function meanAngle(units: Matrix, products: Matrix, { axes, center, radius }: Subsphere): number {
  const { data: x, rows: n, cols: d } = units;
  const lengths = rowNorms(products);
  const chord = new Float64Array(d);
  let squares = 0;
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) chord[c] = x[i * d + c] - center[c];
    for (let k = 0; k < axes.rows; k++) {
      const along = (products.data[i * axes.rows + k] * radius) / lengths[i];
      for (let c = 0; c < d; c++) chord[c] -= along * axes.data[k * d + c];
    }
    squares += angleOfChord(Math.sqrt(dot(chord, chord))) ** 2;
  }
  return Math.sqrt(squares / n);
}
