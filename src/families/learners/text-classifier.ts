import {
  dense,
  embedding,
  embeddingBag,
  embeddingTable,
  normalizeRows,
  relu,
  type Tensor,
} from '../../learning/index.ts';
import { sphere } from '../../manifolds/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, integer } from '../../method/options.ts';
import { defineLearner } from './define.ts';
import {
  bagsOf,
  encodedTexts,
  learnTokens,
  TOKENS,
  tokenizerOf,
  tokensOfClasses,
} from './support/bags.ts';
import { numberedClasses, placesOf } from './support/classes.ts';
import {
  classificationOptions,
  classificationTask,
  settledClasses,
} from './support/classification.ts';
import { given } from './support/given.ts';
import { headOf, movesDirections, requireHead } from './support/heads.ts';
import { rangeOf } from './support/inputs.ts';

const ID = 'text-classifier';

/**
 * A classifier of texts by their tokens in any order, whose features are the embedding.
 *
 *     minimise mean_i −log softmax(s·⟨f(tᵢ)/‖f(tᵢ)‖, p_c⟩)_{yᵢ} + w·dispersion(…)
 *     f(t) = mean of the vectors of its tokens,   or W·relu(that mean) + b with `hidden` columns before it
 *
 * Tokens are `words` (letters and digits, small) or `byte-pairs`; their vectors are rows of a table, plain or on the
 * sphere. p_c as in `classifier`, with the same heads. `spread` keeps the vectors of the classes apart, the features of
 * the batch, or the vectors of its tokens.
 *
 * @remarks For short texts and many classes, where which words there are says more than their order; learns thousands of
 * texts in seconds. A word that training did not see often enough (`minCount`) counts as unknown; byte pairs know
 * every text. The heads `affinity` and `assigned` take what classes mean from their tokens.
 * @example
 * import { textClassifier } from 'tammes/learners';
 *
 * const texts = ['what is the weather', 'will it rain', 'play a song', 'play some jazz'];
 * const classes = ['weather', 'weather', 'music', 'music'];
 * const options = { dim: 8, steps: 60, minCount: 1, learningRate: 0.02, heldOut: 0 };
 * const { report } = await textClassifier({ texts, classes }, options);
 * console.log(report.trainAccuracy); // 1
 * @function
 */
export const textClassifier = /* @__PURE__ */ defineLearner({
  id: ID,
  title: 'Classifier of texts by their tokens',
  summary: 'A bag of token vectors and one vector a class, learned, spread or fixed.',
  references: [
    cite(papers.keepYourDistance, 'prototypes of classes'),
    cite(
      papers.beyondOneHotLowerDimensionalTargetEmbedding,
      'fixed codes in place of one-hot targets',
    ),
  ],
  options: {
    tokens: choice(TOKENS, 'words', 'What a text is cut into.'),
    vocabulary: integer(10_000, 'Tokens at most.', { min: 2 }),
    minCount: integer(2, 'How often a word must be there not to count as unknown.', { min: 1 }),
    table: choice(['plain', 'sphere'], 'plain', 'Where the vectors of tokens live.'),
    hidden: integer(
      0,
      'Columns of the table with a layer behind it; 0: the mean is the embedding.',
      {
        min: 0,
      },
    ),
    ...classificationOptions,
    spreadOn: choice(
      ['classes', 'features', 'tokens'],
      'classes',
      'What the dispersion objective spreads.',
    ),
  },
  needs: ['texts', 'classes'],
  encodes: 'texts',
  takesCodes: true,
  async settle(examples, options, context) {
    const [texts, classes] = given(ID, examples, ['texts', 'classes']);
    const { names } = numberedClasses(ID, classes, texts.length);
    requireHead(ID, options, context.spread !== undefined);
    const tokens = learnTokens(ID, texts, options);
    const meanings = (places: readonly string[]) => {
      const tokenizer = tokenizerOf(tokens);
      const own = { of: placesOf(classes, places), classes: places.length };
      return tokensOfClasses(encodedTexts(ID, texts, tokenizer), own, tokenizer.size);
    };
    const { table, hidden, seed } = options;
    const { codes } = context;
    return {
      ...tokens,
      ...{ table, hidden, seed },
      ...(await settledClasses(ID, { names, codes, meanings }, options, context)),
    };
  },
  build(settings, { like }) {
    const { table: kind, hidden, dim, seed } = settings;
    const context = { seed, float64: like instanceof Float64Array };
    const tokenizer = tokenizerOf(settings);
    const table = embeddingTable({
      ...context,
      name: 'tokens',
      rows: tokenizer.size,
      cols: hidden || dim,
      manifold: kind === 'sphere' ? sphere : undefined,
      byRows: true,
    });
    const last =
      hidden > 0 ? dense({ ...context, name: 'encoder', inputs: hidden, outputs: dim }) : undefined;
    const [vectors] = table.parameters;
    const head = headOf(settings, context);
    return {
      tokenizer,
      vectors,
      head,
      features(texts: readonly Int32Array[], rows: Int32Array): Tensor {
        const { ids, offsets } = bagsOf(texts, rows);
        const bags = embeddingBag(vectors, ids, offsets);
        return last ? last(relu(bags)) : bags;
      },
      parameters: [vectors, ...(last?.parameters ?? []), ...head.logits.parameters],
    };
  },
  task({ tokenizer, vectors, head, features }, examples, options, { classes: known, places }) {
    const [texts, classes] = given(ID, examples, ['texts', 'classes']);
    const encoded = encodedTexts(ID, texts, tokenizer);
    return classificationTask(
      {
        where: ID,
        encoded: (rows) => features(encoded, rows),
        head,
        of: placesOf(classes, known),
        places,
        spread(embedded, rows) {
          if (options.spreadOn === 'classes')
            return { spread: movesDirections(options.head) ? head.directions : undefined };
          if (options.spreadOn === 'features')
            return { spread: normalizeRows(embedded), isByExample: true };
          const { ids } = bagsOf(encoded, rows);
          return { spread: normalizeRows(embedding(vectors, [...new Set(ids)])) };
        },
      },
      options,
    );
  },
  encode({ tokenizer, features }, examples, { dim }) {
    const [texts] = given(ID, examples, ['texts']);
    const encoded = encodedTexts(ID, texts, tokenizer);
    return {
      rows: texts.length,
      cols: dim,
      block: (a, b) => features(encoded, rangeOf(a, b)),
    };
  },
});
