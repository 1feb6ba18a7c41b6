import { gathered, type Matrix, matrix } from '../../../core/matrix.ts';
import { log } from '../../../core/numeric.ts';
import { transposed } from '../../../core/transposed.ts';
import type { Engine } from '../../../engine/engine.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { number } from '../../../method/options.ts';
import { defineMetric } from '../define.ts';
import {
  type Classes,
  classesOf,
  classJackknife,
  ONE_CLASS,
  rowsByClass,
} from './support/classes.ts';
import { shuffledParts } from './support/shuffled-parts.ts';

/** Classes beyond whose number spectra would take minutes. */
const MOST_WORK = 3e11;

/**
 * Coding rate reduction of MCR²: how many nats a row costs less when its class is known.
 *
 *     ΔR = R(X) − Σ_c n_c/n R(X_c),   R(X) = ½ ln det(I + d/(n ε²) XᵀX)
 *
 * with X the n × d unit rows and X_c the n_c of class c, with n_c in place of n. Large where classes are
 * small each and wide apart together; 0 for classes that have the same second moments. The null is that
 * of shuffled classes, with a p-value; the interval needs 10 rows a class. NaN without classes, with
 * fewer than 2, where no class has 2 rows, and where so many classes of so many rows would take minutes.
 *
 * @remarks Use it when classes should be apart and still keep their own directions: unlike `nc1` it does
 * not reward collapse to points as such, but subspaces that are at right angles. It depends on d, on ε²
 * and on the number of classes, so compare two spaces with the same of all three, best with the null:
 * classes of few rows read well above 0 by chance. Larger is better. Costs O(n d min(n, d)), once for all
 * and once by class.
 * @example
 * import { zeros } from 'tammes';
 * import { rateReduction } from 'tammes/metrics';
 *
 * // Four classes at the four axes: 2 ln(1 + 1/ε²) − ½ ln(1 + 4/ε²) = ln 3 at ε² = ½.
 * const points = zeros(40, 4);
 * for (let i = 0; i < 40; i++) points.data[4 * i + (i % 4)] = 1;
 * const classes = Array.from({ length: 40 }, (_, i) => `${i % 4}`);
 * const { value } = await rateReduction(points, {}, { classes });
 * console.log(value.toFixed(4), Math.log(3).toFixed(4)); // 1.0986 1.0986
 * @function
 */
export const rateReduction = /* @__PURE__ */ defineMetric({
  id: 'rate-reduction',
  group: 'labels',
  needs: 'classes',
  title: 'Coding rate reduction (MCR²)',
  summary: 'How many nats a row costs less when its class is known.',
  references: [cite(sources.maximalCodingRateReduction, 'Eq. (8): ΔR(Z, Π, ε)')],
  options: {
    distortion: number(0.5, 'Squared error of the code.', { min: 1e-6, max: 1e6, symbol: 'ε²' }),
  },
  async measure(space, { distortion }) {
    const classes = classesOf(space);
    if (!classes) return ONE_CLASS;
    const { rows: n, cols: d } = space.points;
    const work = [...classes.counts].reduce(
      (sum, m) => sum + m * d * Math.min(m, d) + Math.min(m, d) ** 3,
      0,
    );
    if (work > MOST_WORK) {
      return {
        value: NaN,
        warnings: [`${classes.names.length} classes of ${n} × ${d} take too long.`],
      };
    }
    const statistic = (points: Matrix, some: Classes) =>
      reduction(points, some, distortion, space.engine);
    const scale = d / distortion;
    const whole =
      n < d
        ? await codingRate(space.points, scale, space.engine)
        : await codingRateOf(await space.gram(), scale / n, space.engine);
    const value = await reduction(space.points, classes, distortion, space.engine, whole);
    const half = await classJackknife(space, classes, statistic);
    const part = {
      of: (rows: Matrix) => codingRate(rows, scale, space.engine),
      byRows: true,
      whole,
    };
    const law = await shuffledParts(space, classes, part, value, (gap) => gap);
    return { value, low: Math.max(0, value - half), high: value + half, ...(law && { null: law }) };
  },
});

async function reduction(
  points: Matrix,
  classes: Classes,
  distortion: number,
  engine: Engine,
  whole?: number,
): Promise<number> {
  const { rows: n, cols: d } = points;
  const scale = d / distortion;
  let rate = whole ?? (await codingRate(points, scale, engine));
  for (const rows of rowsByClass(classes)) {
    if (rows.length === 0) continue;
    rate -= (rows.length / n) * (await codingRate(gathered(points, rows), scale, engine));
  }
  return rate;
}

/** ½ ln det(I + scale·XᵀX/n) = Σ ln L_kk of its Cholesky factor, through the smaller of XᵀX and XXᵀ. */
async function codingRate(points: Matrix, scale: number, engine: Engine): Promise<number> {
  const { rows: n, cols: d } = points;
  const products = await engine.gram(n < d ? transposed(points) : points);
  return codingRateOf(products, scale / n, engine);
}

async function codingRateOf(
  { data, rows: size }: Matrix<Float64Array>,
  scale: number,
  { linalg }: Engine,
): Promise<number> {
  const sum = data.map((x, e) => x * scale + (e % (size + 1) === 0 ? 1 : 0));
  const factor = await linalg.cholesky(matrix(sum, size, size));
  let rate = 0;
  for (let k = 0; k < size; k++) rate += log(factor.data[k * (size + 1)]);
  return rate;
}
