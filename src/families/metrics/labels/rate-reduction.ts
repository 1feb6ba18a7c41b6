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
 * Rate reduction ΔR = R(Z, ε) − Σ_c n_c/n R(Z_c, ε): the nats a row costs less when its class is known,
 * R(Z, ε) = ½ ln det(I + d/(n ε²) ZᵀZ). Large where classes are small each and wide apart together.
 *
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
