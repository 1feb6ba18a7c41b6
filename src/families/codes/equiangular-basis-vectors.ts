import { Random } from '../../core/random.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, integer, number, seedOption } from '../../method/options.ts';
import { rescaleRows } from '../../numerics/rows/unit-rows.ts';
import { defineCode } from './define.ts';
import type { LineProblem } from './line-code.ts';
import { scatter } from './solver/moves.ts';
import { separationOf } from './solver/separation.ts';
import { codeOf } from './support/code-of.ts';
import { requireProblem } from './support/problem.ts';
import type { Code } from './types.ts';

export interface BasisVectors extends Code {
  readonly steps: number;
  /** `converged`: the largest |cos| fell to the threshold. */
  readonly stop: 'converged' | 'max-iterations';
}

/** The official code stops when the largest |cos| is this near to the threshold. */
const NEAR_THRESHOLD = 1e-4;

/**
 * Equiangular basis vectors by the published method: gradient descent on the part of |cos| over α.
 *
 *     loss = Σ_{i≠j} max(0, |⟨wᵢ, wⱼ⟩| − α)
 *
 * over W, n × d; steps of a fixed rate, rows scaled to unit length after each. Near Welch's bound
 * the sum of hinges does best by making two vectors equal and the others easier; `squared` hinges
 * do not. `line-code` minimises the largest |cos| itself.
 *
 * @remarks Use it to repeat published results; for anything else prefer `line-code`, which needs no
 * threshold and gives smaller cosines with a certificate. It says `converged` when every |cos| is
 * at most α + 10⁻⁴; an α below Welch's bound √((n − d)/(d(n − 1))) cannot be reached. Every step
 * costs O(n²d), and thousands are usual.
 * @example
 * import { equiangularBasisVectors, lineCode } from 'tammes/codes';
 *
 * // 20 lines in 8 dimensions: Welch’s bound on the largest |cos| is 0.281.
 * const problem = { n: 20, d: 8 };
 * const options = { threshold: 0.4, loss: 'squared', learningRate: 0.05 } as const;
 * const { stop, cosine } = await equiangularBasisVectors(problem, options);
 * console.log(stop, cosine.toFixed(3)); // converged 0.400
 * console.log((await lineCode(problem)).cosine.toFixed(3)); // 0.315
 * @function
 */
export const equiangularBasisVectors = /* @__PURE__ */ defineCode({
  id: 'equiangular-basis-vectors',
  title: 'Equiangular Basis Vectors (EBV)',
  summary: 'Lines with |cos| below a threshold, by the published hinge loss.',
  references: [
    cite(
      papers.equiangularBasisVectors,
      'generation of basis vectors, and Generate_EBV.py of the official code',
    ),
  ],
  options: {
    threshold: number(0.002, 'Largest |cos| wanted.', { min: 0, max: 1, symbol: 'α' }),
    loss: choice(['hinge', 'squared'], 'hinge', 'Hinges as published, or their squares.'),
    learningRate: number(1e-3, 'Size of a step.', { min: 0 }),
    maxSteps: integer(10_000, 'Steps after which to give up; the official code takes 100,000.', {
      min: 1,
    }),
    seed: seedOption(),
  },
  deviations: [
    'All rows step together; the official code goes through slices of 130 to save memory.',
  ],
  async compute({ n, d }: LineProblem, options, run): Promise<BasisVectors> {
    requireProblem('equiangular-basis-vectors', { n, d });
    const { threshold, learningRate, maxSteps, seed } = options;
    const squared = options.loss === 'squared';
    const points = new Float64Array(n * d);
    const random = Random.fromSeed(seed).fork('start');
    scatter(points, { d, frozen: 0, diameter: 1 }, random);
    const gradient = new Float64Array(n * d);
    let stop: BasisVectors['stop'] = 'max-iterations';
    let steps = 0;
    for (; steps < maxSteps; steps++) {
      await run.tick({ stage: 'hinges', done: steps / maxSteps });
      const largest = hinges(points, d, threshold, squared, gradient);
      if (largest <= threshold + NEAR_THRESHOLD) {
        stop = 'converged';
        break;
      }
      for (let k = 0; k < points.length; k++) points[k] -= learningRate * gradient[k];
      rescaleRows(points, d, 0);
    }
    const code = codeOf({ points, ...(await separationOf(points, d, true)) }, d, 'random');
    return { ...code, steps, stop };
  },
});

/** The gradient of the loss; returns the largest |cos|. */
function hinges(
  x: Float64Array,
  d: number,
  threshold: number,
  squared: boolean,
  gradient: Float64Array,
): number {
  gradient.fill(0);
  let largest = 0;
  for (let i = d; i < x.length; i += d) {
    for (let j = 0; j < i; j += d) {
      let cosine = 0;
      for (let k = 0; k < d; k++) cosine += x[i + k] * x[j + k];
      const excess = Math.abs(cosine) - threshold;
      largest = Math.max(largest, Math.abs(cosine));
      if (excess <= 0) continue;
      // Both orders of the pair count.
      const push = 2 * Math.sign(cosine) * (squared ? 2 * excess : 1);
      for (let k = 0; k < d; k++) {
        gradient[i + k] += push * x[j + k];
        gradient[j + k] += push * x[i + k];
      }
    }
  }
  return largest;
}
