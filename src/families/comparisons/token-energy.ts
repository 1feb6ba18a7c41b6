import { type Matrix, matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { Z95 } from '../../numerics/laws/normal.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { meanEstimate, skewedMeanInterval } from '../../numerics/statistics/intervals.ts';
import { defineComparison } from './define.ts';
import { codebookOf, tokenEnergies } from './support/token-energies.ts';
import { unitSides } from './support/unit-sides.ts';

/** Directions that are drawn for the null. */
const DRAWN = 400;

/**
 * How much of hidden states lies where the vectors of tokens are, beside what a vector of a token has there.
 *
 *     E = mean_i √(mean_v ⟨û_v, ĥᵢ⟩²) / √(‖ÛᵀÛ‖²/V²)
 *
 * ĥᵢ the n unit rows of A, the states of one layer; û_v the V unit rows of B, the unembedding of the model; d columns each.
 * The divisor is the root mean square product of two tokens. Every state has 1 where the columns of Û are orthogonal
 * and of one length, as in an orthonormal U. From 0, where a state is at right angles to all tokens, up.
 *
 * @remarks Use it layer by layer (`tammes explain lens`): states of early layers of a language model lie far from all its tokens,
 * and near the end they turn to them. Multiply the columns of B by the gain of the last normalization first. Which is A
 * and which is B matters. The null is a direction drawn at random. O((n + V)·d²).
 * @example
 * import { matrix } from 'tammes';
 * import { tokenEnergy } from 'tammes/comparisons';
 *
 * const tokens = matrix(Float64Array.of(1, 0, 0, 1), 2, 2);
 * const states = matrix(Float64Array.of(0.6, 0.8, -3, 1), 2, 2);
 * console.log((await tokenEnergy({ a: states, b: tokens })).value.toFixed(3)); // 1.000
 * @function
 */
export const tokenEnergy = /* @__PURE__ */ defineComparison({
  id: 'token-energy',
  title: 'Token energy of states',
  summary: 'How much of hidden states lies in the directions of the tokens.',
  references: [
    cite(papers.doLlamasWorkInEnglish, 'token energy, with the norms of the official code'),
  ],
  options: {},
  kind: 'similarity',
  range: [0, Infinity],
  rows: 'unpaired',
  columns: 'same',
  async compare(pair) {
    const { engine, work } = pair;
    const { a, b, warnings } = unitSides(pair);
    if (a.rows === 0 || b.rows === 0)
      return { value: NaN, warnings: [...warnings, 'one set has no row with a direction.'] };
    const codebook = await codebookOf(b, engine, work);
    const { value, low, high } = skewedMeanInterval(await tokenEnergies(a, codebook, engine, work));
    const some = directionsLike(a, pair.random('directions'));
    const drawn = meanEstimate(await tokenEnergies(some, codebook, engine, work));
    // Of a mean of as many directions as there are states.
    const half = Z95 * drawn.standardError * Math.sqrt(DRAWN / a.rows);
    return {
      value,
      ...(a.rows > 1 && { low, high }),
      null: {
        value: drawn.value,
        low: drawn.value - half,
        high: drawn.value + half,
        how: `simulated: states in random directions, ${DRAWN} drawn`,
      },
      warnings,
    };
  },
});

function directionsLike({ data, cols }: Matrix, random: Random): Matrix {
  const drawn = Float64Array.from({ length: DRAWN * cols }, () => random.normal());
  const own = data instanceof Float64Array ? drawn : Float32Array.from(drawn);
  return unitOrZeroRows(matrix(own, DRAWN, cols)).points;
}
