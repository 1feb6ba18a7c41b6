import { InputError } from '../../core/errors.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice } from '../../method/options.ts';
import { dot } from '../../numerics/rows/dot.ts';
import { defineAttribution } from './define.ts';
import { allPairs } from './support/pairs.ts';
import { headed, shares, total } from './support/pooling.ts';

/**
 * The cosine of two pooled sets of vectors, split over the pairs of their parts:
 *
 *     cos(u, v) = Σ_{pq} ⟨mₚ, n_q⟩/(‖u‖·‖v‖),  u = Σₚ mₚ,  v = Σ_q n_q
 *
 * with mₚ what part p of A (p × d: tokens, patches, rows) brings into the pooled vector u. Average pooling: mₚ = Aₚ/p.
 * Max pooling: each channel where part p has its maximum. A linear layer behind the pooling (W, e × d, with β) is folded in: mₚ becomes
 * W mₚ + β/p, so every part has the same share of the bias.
 *
 * Contributions of one part of A summed over B are its similarity map; a map sums to the similarity.
 *
 * @remarks For "why are these two near?" wherever vectors are means of others: sentences of word vectors, pooled tokens,
 * feature maps of an image. Exact, since pooling is linear once the places of the maxima are fixed; it says what the vectors
 * hold and not what the network before them did: a token's vector may hold its neighbours. Not for sets that are
 * compared without pooling: `late-interaction`. O(p·q·d).
 * @example
 * import { pooledSimilarity, strongest } from 'tammes/attributions';
 *
 * // "red wine", "white wine": the shared word carries most of it.
 * const a = [[1, 0, 0], [0, 0, 2]];
 * const b = [[0, 1, 0], [0, 0, 2]];
 * const { score, contributions } = await pooledSimilarity({ a, b });
 * console.log(score.toFixed(3)); // 0.800
 * console.log(strongest(contributions, 1)[0].value.toFixed(3)); // 0.800
 * @function
 */
export const pooledSimilarity = /* @__PURE__ */ defineAttribution({
  id: 'pooled-similarity',
  title: 'Similarity maps of pooled vectors',
  summary: 'Splits the cosine of two pooled sets exactly over the pairs of their parts.',
  references: [
    cite(
      papers.visualizingDeepSimilarityNetworks,
      'section 3: average pooling, max pooling, fully connected layers',
    ),
  ],
  deviations: [
    'Where several parts hold the maximum of a channel they share it; the paper gives it to one.',
    'Both maps come from one table of pairs, of which they are the sums over rows and columns.',
  ],
  options: {
    pool: choice(
      ['average', 'max'],
      'average',
      'How parts become one vector: their mean, or the largest number of each channel.',
    ),
  },
  takes: ['head'],
  command: 'tammes explain pair a.npy b.npy',
  attribute({ a, b, head }, { pool }) {
    const [m, n] = [a, b].map((parts) => headed(shares(parts, pool), head));
    const [u, v] = [total(m), total(n)];
    const lengths = [u, v].map((x) => Math.sqrt(dot(x, x)));
    lengths.forEach((length, side) => {
      if (length === 0)
        throw new InputError(
          'pooled-similarity',
          `the pooled vector of ${'AB'[side]} is zero: it has no direction, and no cosine.`,
        );
    });
    const scale = 1 / (lengths[0] * lengths[1]);
    return { score: dot(u, v) * scale, contributions: allPairs(m, n, scale) };
  },
});
