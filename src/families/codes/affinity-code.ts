import { InputError, OptionError, ShapeError } from '../../core/errors.ts';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { integer } from '../../method/options.ts';
import { eigh } from '../../numerics/decompositions/eigh.ts';
import { rescaleRows } from '../../numerics/rows/unit-rows.ts';
import { SphereLbfgs } from '../../numerics/solvers/sphere-lbfgs.ts';
import { defineCode } from './define.ts';
import { separationOf } from './solver/separation.ts';
import { Watch } from './solver/watch.ts';
import { codeOf } from './support/code-of.ts';
import { requireProblem } from './support/problem.ts';
import type { Code } from './types.ts';

export interface AffinityCode extends Code {
  /** Root mean square of ⟨x_i, x_j⟩ − T_ij over the pairs. */
  readonly rootMeanSquareError: number;
  /** Largest |⟨x_i, x_j⟩ − T_ij|. */
  readonly largestError: number;
}

/** Cosines of one pair in the two halves of the matrix may differ by rounding. */
const SYMMETRY = 1e-6;

/**
 * Unit vectors with wanted cosines, such as class affinities.
 *
 *     minimise Σ_{i<j} (⟨xᵢ, xⱼ⟩ − Tᵢⱼ)² over X, n × M with unit rows
 *
 * for an n × n matrix T of wanted cosines (its diagonal does not matter). Starts at the
 * eigenrepresentation of T: its M leading eigenvectors, each times the root of its eigenvalue, rows
 * scaled to unit length.
 *
 * @remarks Use it for class vectors that are to be as alike as the classes are, in fewer dimensions
 * than classes. It ends in a local optimum: 0 error where T is a matrix of cosines of rank up to M,
 * otherwise `rootMeanSquareError` says how far the cosines are off, in units of the cosine. Where
 * all classes should be equally far apart take `best-code`; to hand out a code that exists,
 * `semantic-assignment`. O(n³) for the start, O(n²M) a step.
 * @example
 * import { matrix } from 'tammes';
 * import { affinityCode } from 'tammes/codes';
 *
 * // Two classes are alike, the third has nothing to do with them. Two dimensions do not hold that.
 * const wanted = matrix(new Float64Array([1, 0.5, 0, 0.5, 1, 0, 0, 0, 1]), 3, 3);
 * const space = await affinityCode(wanted, { dim: 3 });
 * const plane = await affinityCode(wanted, { dim: 2 });
 * console.log(space.rootMeanSquareError.toFixed(3)); // 0.000
 * console.log(plane.rootMeanSquareError.toFixed(3)); // 0.289
 * @function
 */
export const affinityCode = /* @__PURE__ */ defineCode({
  id: 'affinity-code',
  title: 'Codes for wanted cosines (normalised eigenrepresentation)',
  summary: 'Unit vectors whose cosines are as near as possible to a given matrix.',
  references: [
    cite(
      papers.beyondOneHotLowerDimensionalTargetEmbedding,
      'normalized eigenrepresentation of class affinities',
    ),
  ],
  options: {
    dim: integer(2, 'Dimensions of the code.', { min: 2, symbol: 'M' }),
  },
  deviations: [
    'The eigenrepresentation is the start; the squared error of the cosines is then minimised.',
  ],
  async compute(targets: Matrix, { dim: d }, run): Promise<AffinityCode> {
    requireTargets(targets);
    const n = targets.rows;
    requireProblem('affinity-code', { n, d });
    const points = eigenrepresentation(targets, d);
    const wanted = Float64Array.from(targets.data);
    const lbfgs = new SphereLbfgs(n, d);
    const watch = new Watch(run);
    watch.stage = 'affinities';
    lbfgs.begin(squaredError(wanted, d), points, {
      maxIterations: 2000,
      tolerance: 1e-10,
      scale: () => 1,
      longestStep: 0.3,
      firstStep: 0.5,
    });
    while (lbfgs.advance()) if (watch.isDue()) await watch.pause();
    const separation = await separationOf(points, d);
    return { ...codeOf({ points, ...separation }, d, 'targets'), ...errorsOf(points, wanted, d) };
  },
});

function requireTargets({ data, rows: n, cols }: Matrix): void {
  const where = 'affinity-code';
  if (n !== cols)
    throw new ShapeError(where, 'a square matrix of wanted cosines', `${n} × ${cols}`);
  if (n < 2) throw new OptionError(where, 'targets', 'at least 2 × 2', n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [data[i * n + j], data[j * n + i]];
      if (!(Math.abs(a) <= 1) || !(Math.abs(b) <= 1)) {
        throw new InputError(where, `the cosine of ${i} and ${j} must be in [−1, 1]; it is ${a}.`);
      }
      if (Math.abs(a - b) > SYMMETRY) {
        throw new InputError(
          where,
          `rows ${i} and ${j} want two cosines of one another: ${a}, ${b}.`,
        );
      }
    }
  }
}

/** √λ-weighted leading eigenvectors of T with ones on its diagonal, as unit rows. */
function eigenrepresentation(targets: Matrix, d: number): Float64Array {
  const n = targets.rows;
  const affinities = Float64Array.from(targets.data);
  for (let i = 0; i < n; i++) affinities[i * n + i] = 1;
  const { values, vectors } = eigh(matrix(affinities, n, n));
  const points = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < Math.min(d, n); k++) {
      points[i * d + k] = Math.sqrt(Math.max(values[k], 0)) * vectors.data[k * n + i];
    }
    // Rows that fall into the part left out would have no direction, equal rows no force apart.
    points[i * d + (i % d)] += 1e-6;
  }
  rescaleRows(points, d, 0);
  return points;
}

/** Mean squared error over the pairs, and its Riemannian gradient. */
function squaredError(wanted: Float64Array, d: number) {
  return (x: Float64Array, gradient: Float64Array): number => {
    const n = x.length / d;
    const share = 2 / (n * (n - 1));
    gradient.fill(0);
    let sum = 0;
    for (let i = 1; i < n; i++) {
      for (let j = 0; j < i; j++) {
        let cosine = 0;
        for (let k = 0; k < d; k++) cosine += x[i * d + k] * x[j * d + k];
        const error = cosine - wanted[i * n + j];
        sum += error * error;
        const push = 2 * share * error;
        for (let k = 0; k < d; k++) {
          gradient[i * d + k] += push * x[j * d + k];
          gradient[j * d + k] += push * x[i * d + k];
        }
      }
    }
    for (let i = 0; i < n * d; i += d) {
      let radial = 0;
      for (let k = i; k < i + d; k++) radial += gradient[k] * x[k];
      for (let k = i; k < i + d; k++) gradient[k] -= radial * x[k];
    }
    return share * sum;
  };
}

function errorsOf(x: Float64Array, wanted: Float64Array, d: number) {
  const n = x.length / d;
  let sum = 0;
  let largestError = 0;
  for (let i = 1; i < n; i++) {
    for (let j = 0; j < i; j++) {
      let cosine = 0;
      for (let k = 0; k < d; k++) cosine += x[i * d + k] * x[j * d + k];
      const error = Math.abs(cosine - wanted[i * n + j]);
      sum += error * error;
      largestError = Math.max(largestError, error);
    }
  }
  return { rootMeanSquareError: Math.sqrt((2 * sum) / (n * (n - 1))), largestError };
}
