import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { integer, number } from '../../method/options.ts';
import { rowDot } from '../../numerics/rows/dot.ts';
import { defineAttribution } from './define.ts';
import { confidences, hybridAffinity, propagated } from './support/token-cues.ts';

/**
 * A class activation map whose sure tokens are amplified, whose unsure ones are damped, and that runs along what looks alike:
 *
 *     M = Hᵗ·max(0, g ⊙ ⟨A, w_c⟩)/p,  g = 1 + γ(2κ − 1)
 *     H_pq ∝ cos⁺(Aₚ, A_q)^s · e^{−‖fₚ − f_q‖²/(2bσ²)} · S_pq,  rows of sum 1
 *
 * with A p × d the tokens, B the weights of the classes, κ the tokens' confidence in [0, 1]: the class's column of the
 * `attention`, or where there is none the share of the class among the classes' activations, stretched to [0, 1]. Cues that
 * are not given are left out of H: `features` f (colour, place), the tokens' own `affinity` S. σ² is the mean squared
 * distance of features.
 *
 * @remarks To find where a thing is, from labels of whole images alone. Its map does not sum to the score of the class, on
 * purpose: `class-activation` does. Each token is handed on t times: with many steps or soft cues a map becomes flat.
 * O(p²·d), so for hundreds of tokens.
 * @example
 * import { doei } from 'tammes/attributions';
 *
 * // Token 1 is like token 0, and gets of its activation; token 2 is like neither.
 * const a = [[2, 0.1], [0.1, 0], [0, 1]];
 * const { contributions } = await doei({ a, b: [[1, 0], [0, 1]], query: { b: 0 } });
 * console.log([...contributions.values].map((x) => x.toFixed(2))); // [ '0.52', '0.52', '0.00' ]
 * @function
 */
export const doei = /* @__PURE__ */ defineAttribution({
  id: 'doei',
  title: 'Dual optimization of embedding information',
  summary:
    'Class activation amplified where it is sure and carried along tokens that are alike; no longer a sum.',
  references: [
    cite(papers.doei, 'abstract: amplify and suppress tokens; hybrid-feature alignment'),
    cite(sources.pixelLevelAffinity, 'section 4: affinity as a random walk over the map'),
  ],
  deviations: [
    'The paper’s thresholds and gains are not known to us: gain, exponent, bandwidth and steps are ours.',
    'It works on the last tokens, with nothing trained anew; the paper’s weights enter between the blocks of a transformer.',
  ],
  options: {
    gain: number(0.5, 'How much sure tokens are amplified and unsure ones damped.', {
      min: 0,
      max: 1,
      symbol: 'γ',
    }),
    steps: integer(2, 'How often the map is handed on along the affinity; 0 leaves it.', {
      min: 0,
      max: 100,
      symbol: 't',
    }),
    sharpness: number(4, 'Exponent of the cosines between tokens.', { min: 0, symbol: 's' }),
    bandwidth: number(0.1, 'How far apart features may be, of their mean squared distance.', {
      min: 1e-6,
      symbol: 'b',
    }),
  },
  exact: false,
  needs: ['query'],
  takes: ['bias', 'cues'],
  asks: ['b'],
  command: 'tammes explain cam tokens.npy weights.npy --class N --method doei',
  attribute({ a, b, bias, query, cues }, { gain, steps, sharpness, bandwidth }) {
    const { rows: p } = a;
    const own = query.b ?? 0;
    const plain = Float64Array.from({ length: p }, (_, i) => rowDot(a, i, b, own) / p);
    const sure = confidences(a, b, own, cues.attention);
    const amplified = plain.map((x, i) => Math.max(0, x * (1 + gain * (2 * sure[i] - 1))));
    const affinity = steps > 0 ? hybridAffinity(a, cues, { sharpness, bandwidth }) : undefined;
    const constant = bias?.[own] ?? 0;
    return {
      score: plain.reduce((sum, x) => sum + x, constant),
      constant,
      contributions: {
        a: Int32Array.from({ length: p }, (_, i) => i),
        b: new Int32Array(p).fill(own),
        values: affinity ? propagated(affinity, amplified, steps) : amplified,
      },
      facts: { amplified: amplified.filter((_, i) => sure[i] > 0.5).length },
    };
  },
});
