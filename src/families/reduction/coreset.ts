import { InputError } from '../../core/errors.ts';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { pow } from '../../core/numeric.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, integer, number } from '../../method/options.ts';
import { drawnRows } from '../../structures/coresets/drawn-rows.ts';
import { leverageScores, lewisWeights } from '../../structures/coresets/leverage.ts';
import { sensitivities } from '../../structures/coresets/sensitivity.ts';
import { defineReduction } from './define.ts';
import type { FitContext } from './types.ts';

const ID = 'coreset';

/**
 * A few rows with weights that stand for all: the ℓ_p size of every combination of the columns survives.
 *
 *     Σ_{i kept} wᵢ |aᵢx|^p ≈ Σᵢ |aᵢx|^p  for all x,   wᵢ = (times i was drawn)/(m qᵢ),  qᵢ ∝ score
 *     sensitivity:   sᵢ = max_x |aᵢx|^p/‖Ax‖_p^p         lewis:  wᵢ = (aᵢᵀ (Aᵀ W^(1−2/p) A)⁻¹ aᵢ)^(p/2)
 *     root-leverage: (aᵢᵀ (AᵀA)⁻¹ aᵢ)^(p/2)               leverage: aᵢᵀ (AᵀA)⁻¹ aᵢ
 *
 * with A n × d, not centred, and m = `rows` draws with replacement: a row that is drawn twice is kept once, with twice
 * the weight, so that fewer than m may be kept. Sums under the weights are unbiased for every x. Sensitivities come from
 * one regression a row, min ‖Ax‖_p with aᵢx = 1, by reweighted least squares, each held to 0.1 % by its dual. Columns
 * that depend on others change nothing. Facts: `total`, the sum of the scores (for sensitivities at most d where p ≤ 2,
 * d^(p/2) above; how many rows are needed grows with it, not with n), and `draws`.
 *
 * @remarks Use it to fit something costly (a regression, a clustering, a plot) to few rows of data with heavy tails,
 * where a uniform sample misses the rows that matter. `lewis` is the default: O(n d²) a round and as good as
 * `sensitivity`, which costs O(n² d²) a round and is worth it to say which rows matter. `uniform` is the baseline. Where
 * all rows are alike, a uniform sample does as well. Center the rows first if sizes about the mean are meant.
 * @example
 * import { matrix } from 'tammes';
 * import { coreset } from 'tammes/reduction';
 *
 * // A hundred rows along the first axis, one along the second: that one must stay.
 * const points = matrix(new Float64Array(202), 101, 2);
 * for (let i = 0; i < 100; i++) points.data[2 * i] = 1;
 * points.data[201] = 1;
 * const { kept, facts } = await coreset(points, { rows: 20 });
 * console.log(kept?.rows.at(-1), facts.total.toFixed(3)); // 100 2.000
 * @function
 */
export const coreset = /* @__PURE__ */ defineReduction({
  id: ID,
  title: 'Coreset of rows',
  summary: 'A few weighted rows that keep the ℓ_p size of every combination of the columns.',
  references: [
    cite(papers.sharperBoundsLpSensitivitySampling, 'sensitivities and root leverage scores'),
    cite(sources.lewisWeights, 'Lewis weights'),
  ],
  options: {
    rows: integer(1000, 'Draws of rows.', { min: 1, symbol: 'm' }),
    scores: choice(
      ['uniform', 'leverage', 'root-leverage', 'sensitivity', 'lewis'],
      'lewis',
      'What a row is drawn in proportion to.',
    ),
    p: number(2, 'Power of the sizes that are kept.', { min: 1, max: 64, symbol: 'p' }),
  },
  async fit(points, { rows: draws, scores: name, p }, context) {
    if (points.data.every((x) => x === 0))
      throw new InputError(ID, `expected a row that is not zero; all ${points.rows} are.`);
    const scores = await scoresOf(points, name, p, context);
    const total = scores.reduce((sum, score) => sum + score, 0);
    const kept = drawnRows(scores, draws, context.random.fork('draws'));
    const weights = matrix(kept.weights, 1, kept.weights.length);
    const warnings =
      draws >= points.rows
        ? [`${draws} draws of ${points.rows} rows leave few out: ask for fewer (rows, --rows).`]
        : [];
    return { settings: {}, arrays: { weights }, kept, facts: { total, draws }, warnings };
  },
});

async function scoresOf(
  points: Matrix,
  name: 'uniform' | 'leverage' | 'root-leverage' | 'sensitivity' | 'lewis',
  p: number,
  context: FitContext,
): Promise<Float64Array> {
  switch (name) {
    case 'uniform':
      return new Float64Array(points.rows).fill(1 / points.rows);
    case 'leverage':
      return leverageScores(points, context);
    case 'root-leverage':
      return (await leverageScores(points, context)).map((score) => pow(score, p / 2));
    case 'lewis':
      return lewisWeights(ID, points, p, context);
    case 'sensitivity':
      return sensitivities(points, p, context);
  }
}
