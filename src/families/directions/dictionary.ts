import { InputError } from '../../core/errors.ts';
import {
  dictionaryFacts,
  dictionaryOptions,
  directionsOfFeatures,
  featuresOf,
  namedFeatures,
  trainedDictionary,
} from '../../learning/sparse-autoencoder/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { defineDirections } from './define.ts';

/** A share of dead features that is worth a word. */
const MANY_DEAD = 0.1;

/**
 * Features of which each row is a sum of few, learned by a sparse autoencoder; a direction each, named by the rows that have
 * most of it:
 *
 *     f = top_k(W(x − b) + a)₊,   x̂ = Dᵀf + b,   minimise mean (x − x̂)² + β·L_aux
 *
 * with X n × d, W m × d, and D m × d with rows of length 1, which are the directions. With `sparsity: 'l1'` all of
 * f = (W(x − b) + a)₊ counts and λ·Σf is added; λ follows how many f are above 0, `k` on average. L_aux rebuilds what is left,
 * x − x̂, from features that were in no code for some steps: they come back to life. Those that no row uses in the end
 * are left out; the others stand by the sum of their squares.
 *
 * @remarks Use it to see what is in a space without knowing what to look for. Where classes or scores are known, `lda`,
 * `probe` and `ridge` find their directions better. It wants thousands of rows; see the facts `dead`, the share of the features
 * that no row uses, `varianceExplained` and `activeFeatures`, of a row. Top k rebuilds rows much better than l1, which makes
 * every feature smaller than it is. Another seed gives other features. Directions have no draws.
 * @example
 * import { matrix, Random } from 'tammes';
 * import { dictionary } from 'tammes/directions';
 *
 * // Each row has one of eight axes in it, and little else.
 * const random = Random.fromSeed(1);
 * const points = matrix(Float32Array.from({ length: 400 * 8 }, (_, e) =>
 *   (e % 8 === Math.floor(e / 8) % 8 ? 1 : 0) + 0.02 * random.normal()), 400, 8);
 * const labels = Array.from({ length: 400 }, (_, i) => `axis ${i % 8}`);
 * const { directions } = await dictionary({ points, labels }, { features: 16, k: 1 });
 * console.log(directions.names[0].startsWith('feature 1: axis ')); // true
 * @function
 */
export const dictionary = /* @__PURE__ */ defineDirections({
  id: 'dictionary',
  title: 'Dictionary of sparse features',
  summary:
    'Directions of which each row is a sum of few, named by the rows that have most of them.',
  references: [
    cite(papers.dila, 'Eq. (1) and (2): the autoencoder'),
    cite(papers.csrBeyondMatryoshka, 'section 3: the largest latents, and the loss that revives'),
  ],
  deviations: [
    'The rows are less their mean and scaled to variance 1 a number, so that the options mean the same for all rows.',
    'λ follows how many features of a row are above 0; the weights of DILA are fixed, and it has a penalty on Σf² besides.',
  ],
  options: dictionaryOptions,
  needs: [],
  resamples: 'none',
  turnsAlong: false,
  async fit({ points, labels }, options, { engine, random, run, work }) {
    const trained = await trainedDictionary('dictionary', points, options, { engine, random, run });
    const codes = await featuresOf(trained, points, { engine, work });
    const features = namedFeatures(codes, labels);
    if (features.length === 0)
      throw new InputError('dictionary', 'the rows do not differ, and so have no features.');
    const { features: m, ...facts } = dictionaryFacts(trained, points, codes);
    return {
      basis: directionsOfFeatures(trained, features),
      names: features.map(({ name }) => name),
      origin: trained.origin,
      facts,
      warnings:
        facts.dead > MANY_DEAD
          ? [`${Math.round(100 * facts.dead)} % of the ${m} features are used by no row.`]
          : [],
    };
  },
});
