import { type Matrix, zeros64, zerosLike } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { number } from '../../method/options.ts';
import { defineObjective } from './define.ts';
import { centeredInto, columnMeans } from './support/columns.ts';
import { exactGram, exactSums } from './support/exact-moments.ts';
import { addInvariance } from './support/invariance.ts';
import { pairCount } from './support/pair-energy.ts';
import { inElementTypeOf } from './support/smaller-gram.ts';
import { areUnitRows } from './support/unit-rows.ts';

/**
 * Variance and covariance terms of VICReg: every coordinate keeps its spread, no two say the same.
 *
 *     loss = μ·v + ν·c + λ·s
 *     v = (1/d) Σⱼ max(0, γ − √(Var zⱼ + ε)),   c = (1/d) Σ_{j≠k} Cov(zⱼ, zₖ)²
 *     s = (1/(md)) Σᵢ ‖zᵢ − z_{p(i)}‖²
 *
 * with Z n × d of rows of any length, zⱼ its columns, variance and covariance over n − 1, and s over the m rows
 * that have a partner p(i), the other view of the same thing (`partners`); without partners s is 0. Unit rows
 * are counted in units of 1/√d, Z = √d·X: γ = 1 is then what a coordinate has where the rows fill all
 * directions. Not differentiable where a spread is γ: no force then.
 *
 * @remarks Use it in self-supervised training, on outputs that are not normalised: v holds every coordinate
 * open, c decorrelates them, and no negatives are wanted. On the sphere v and c are 0 at centred rows with a
 * tight frame, so it cannot tell those from uniform points; it is not invariant to rotation. A batch needs more
 * rows than columns, or c cannot vanish. The weights are those of the paper for networks: in `disperse` take a
 * learning rate of 0.001 or so. O(nd²), no pairs.
 * @example
 * import { matrix } from 'tammes';
 * import { varianceCovariance } from 'tammes/objectives';
 *
 * // Both coordinates of a square of side 2 have variance 4/3 over n − 1, and no covariance: nothing to mend.
 * const square = matrix(new Float64Array([1, 1, 1, -1, -1, 1, -1, -1]), 4, 2);
 * console.log((await varianceCovariance(square)).loss); // 0
 *
 * // One coordinate has collapsed: μ(1 − √ε)/2 with ε = 10⁻⁴.
 * const line = matrix(new Float64Array([1, 0, 1, 0, -1, 0, -1, 0]).map((x) => 2 * x), 4, 2);
 * console.log((await varianceCovariance(line)).loss.toFixed(4)); // 12.3750
 * @function
 */
export const varianceCovariance = /* @__PURE__ */ defineObjective({
  id: 'variance-covariance',
  title: 'Variance and covariance (VICReg)',
  summary: 'Holds the spread of every coordinate above γ and decorrelates coordinates.',
  space: 'euclidean',
  references: [cite(sources.vicreg, 'the three terms and their weights')],
  deviations: [
    'Variances and covariances are those of all rows at once; the paper takes each of its two views apart.',
    's is a mean over coordinates too, as in the authors’ code, whose weights these are.',
    'Unit rows are scaled by √d: without that γ = 1 is out of their reach.',
  ],
  options: {
    gamma: number(1, 'Standard deviation below which a coordinate is widened.', {
      min: 0,
      symbol: 'γ',
    }),
    variance: number(25, 'Weight of the variance term.', { min: 0, symbol: 'μ' }),
    covariance: number(1, 'Weight of the covariance term.', { min: 0, symbol: 'ν' }),
    invariance: number(25, 'Weight of the distance to the partner.', { min: 0, symbol: 'λ' }),
    epsilon: number(1e-4, 'Added to each variance.', { min: 1e-12, max: 1, symbol: 'ε' }),
  },
  additive: {
    size: (d) => d * (d + 1),
    async statistic(points, _options, context) {
      const { cols: d } = points;
      const out = new Float64Array(d * (d + 1));
      out.set(await exactSums(points, context));
      out.set(await exactGram(points, context), d);
      return out;
    },
    async lossAndGradient(points, options, statistic, gradient, { engine, signal, total }) {
      // Parts hold unit rows: they are points of the sphere.
      const { rows: n, cols: d } = points;
      const means = statistic.slice(0, d).map((sum) => sum / total);
      const sums = zeros64(d, d);
      for (let j = 0; j < d; j++) {
        for (let k = 0; k < d; k++) {
          const product = statistic[d + j * d + k] - total * means[j] * means[k];
          sums.data[j * d + k] = d * product;
        }
      }
      const { loss, slopes } = spreadTerms(sums, total - 1, options);
      const centered = zerosLike(points);
      centeredInto(points, means, d, centered);
      await engine.matmul(centered, inElementTypeOf(points, slopes), { out: gradient }, { signal });
      return loss * (n / total);
    },
  },
  async lossAndGradient(points, options, gradient, { engine, signal, partners }) {
    pairCount('variance-covariance', points);
    const scale = areUnitRows(points) ? Math.sqrt(points.cols) : 1;
    const centered = zerosLike(points);
    centeredInto(points, columnMeans(points), scale, centered);
    const sums = await engine.gram(centered, { signal });
    const { loss, slopes } = spreadTerms(sums, points.rows - 1, options);
    await engine.matmul(centered, inElementTypeOf(points, slopes), { out: gradient }, { signal });
    if (scale !== 1) {
      const g = gradient.data;
      for (let e = 0; e < g.length; e++) g[e] *= scale;
    }
    if (!partners) return loss;
    const weight = options.invariance * scale ** 2;
    return loss + addInvariance('variance-covariance', points, partners, weight, gradient);
  },
});

/** μ·v + ν·c, and the d × d matrix W that makes their gradient Z·W of the centred rows. */
function spreadTerms(
  sums: Matrix<Float64Array>,
  freedom: number,
  options: {
    readonly gamma: number;
    readonly variance: number;
    readonly covariance: number;
    readonly epsilon: number;
  },
): { loss: number; slopes: Matrix<Float64Array> } {
  const { gamma, variance, covariance, epsilon } = options;
  const { data, rows: d } = sums;
  const slopes = zerosLike(sums);
  let hinges = 0;
  let squares = 0;
  for (let j = 0; j < d; j++) {
    for (let k = 0; k < d; k++) {
      const shared = data[j * d + k] / freedom;
      if (j === k) continue;
      squares += shared * shared;
      slopes.data[j * d + k] = (4 * covariance * shared) / (d * freedom);
    }
    const deviation = Math.sqrt(data[j * d + j] / freedom + epsilon);
    if (deviation >= gamma) continue;
    hinges += gamma - deviation;
    slopes.data[j * d + j] = -variance / (d * freedom * deviation);
  }
  return { loss: (variance * hinges + covariance * squares) / d, slopes };
}
