import { gathered, type Matrix } from '../../core/matrix.ts';
import type { Engine } from '../../engine/engine.ts';
import { number } from '../../method/options.ts';
import { defineMetric } from '../contract.ts';
import { type Classes, classesOf, classJackknife, ONE_CLASS } from '../shared/classes.ts';
import { codingRateOf, maximalCodingRateReduction } from '../shared/coding-rate.ts';
import { eigenvaluesOf } from '../shared/group-spectra.ts';

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
  references: [maximalCodingRateReduction('Eq. (8): ΔR(Z, Π, ε)')],
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
    const value = await statistic(space.points, classes);
    const half = await classJackknife(space, classes, statistic);
    return { value, low: Math.max(0, value - half), high: value + half };
  },
});

async function reduction(
  points: Matrix,
  { of, counts }: Classes,
  distortion: number,
  engine: Engine,
): Promise<number> {
  const { rows: n, cols: d } = points;
  const scale = d / distortion;
  let rate = codingRateOf(await eigenvaluesOf(points, false, engine), scale);
  for (let c = 0; c < counts.length; c++) {
    if (counts[c] === 0) continue;
    const rows = [...of.keys()].filter((i) => of[i] === c);
    const values = await eigenvaluesOf(gathered(points, rows), false, engine);
    rate -= (counts[c] / n) * codingRateOf(values, scale);
  }
  return rate;
}
