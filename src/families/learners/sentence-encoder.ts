import { InputError, OptionError, ShapeError } from '../../core/errors.ts';
import { batches } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, integer, number } from '../../method/options.ts';
import { defineLearner } from './define.ts';
import { encodedTexts, learnTokens, TOKENS, type Tokenizer } from './support/bags.ts';
import { given } from './support/given.ts';
import { split } from './support/held-out.ts';
import { CUTTING, cutsOf } from './support/layered/cuts.ts';
import { type LayeredSettings, layeredNetwork } from './support/layered/network.ts';
import { lossOfCuts, type TextPairs } from './support/layered/pair-loss.ts';
import { embeddedAt, layeredReport, textsAtOnce } from './support/layered/report.ts';
import { shortened } from './support/matryoshka.ts';
import type { Examples } from './types.ts';

const ID = 'sentence-encoder';

/**
 * An encoder of texts of which fewer blocks and fewer columns are an encoder too: one model for every budget.
 *
 *     x⁰ = vectors of the tokens + waves of their places,   xˡ = blockₗ(xˡ⁻¹),   hˡ = mean over tokens of norm(xˡ)
 *
 *     L = inner(h^B) + Σ over smaller cuts (l, d) [inner(hˡ₁…_d) + divergence·KL(softmax(h^B₁…_d) ‖ softmax(hˡ₁…_d))]
 *
 *     inner     mean_i −log softmax_j(cos(aᵢ, bⱼ)/τ)_i of n pairs: the partners of others are negatives;
 *               with scores log(1 + Σ over scoreᵢ > scoreⱼ of exp((cos(aⱼ, bⱼ) − cos(aᵢ, bᵢ))/τ)) (CoSENT)
 *
 * `blocks` B of self-attention over `states` columns. The cuts of `fixed` go from few blocks and columns to all: with 4
 * blocks and `dim` 64 they are (1, 8), (2, 16), (3, 32), (4, 64). `random` draws at each step a width of the last block
 * and a width of a block l before it, of weight 1/l; `none` trains the whole alone. Embeddings are unit rows, n × `dim`;
 * `tammes embed MODEL FILE --layer L --dims D` computes L blocks and keeps D columns. A step of n pairs of t tokens costs
 * O(B·n·t·(t + states)·states), a cut O(n²·d) more.
 *
 * @remarks Use it where pairs of texts tell what belongs together (questions with answers, titles with texts, sentences
 * of one meaning), and the same model is to serve a fast first search and a careful second one. Give partners as
 * `translations`, people's grades of similarity as `scores`. Partners that come twice in a step are negatives of one
 * another all the same. A bag of n-grams that imitates other encoders is `distillation`; columns alone are cut from any vectors by `compress --codec pca`. The report is of `heldOut` pairs, 2,000 at
 * most: the share whose partner is nearest (`recallAt1`), or Spearman's correlation of cosines and scores, for the whole and
 * for each cut (`recallAt1Layer1Dims8`). In the
 * study `starbucks-2d-matryoshka`, on requests of up to eight words, one block and 8 of 64 columns found the right intent
 * for 65.0 %, where 62.5 % were found by one that was trained at drawn cuts; a model trained for that alone found 66.5 %,
 * which is not surely more. The whole found 70.2 %, one trained whole alone 68.3 %. The divergence changed next to nothing, and
 * depth was of no use to texts so short: one block with all columns found 70.1 %.
 * @example
 * import { sentenceEncoder } from 'tammes/learners';
 *
 * // Partners speak of the same in other words.
 * const topics = ['rain snow wind storm', 'song jazz play tune', 'bread soup cook meal'];
 * const words = topics.map((topic) => topic.split(' '));
 * const texts = Array.from({ length: 60 }, (_, i) => `${words[i % 3][i % 4]} today`);
 * const translations = texts.map((_, i) => `more ${words[i % 3][(i + 1) % 4]}`);
 * const size = { dim: 8, blocks: 2, heads: 1, minCount: 1 };
 * const options = { ...size, steps: 60, batch: 16, learningRate: 0.01 };
 * const { model } = await sentenceEncoder({ texts, translations }, options);
 * const asked = { texts: ['rain', 'storm', 'jazz'] };
 * const cut = { layer: 1, dims: 4 };
 * const { points } = await sentenceEncoder.embed(model, asked, { cut });
 * const cosine = (a: number, b: number) => [0, 1, 2, 3].reduce(
 *   (sum, c) => sum + points.data[4 * a + c] * points.data[4 * b + c], 0);
 * console.log(cosine(0, 1) > cosine(0, 2)); // true
 * @function
 */
export const sentenceEncoder = /* @__PURE__ */ defineLearner({
  id: ID,
  title: 'Sentence encoder that can be cut in depth and width',
  summary:
    'A transformer of texts, learned from pairs, of which fewer blocks and columns serve too.',
  references: [
    cite(papers.starbucks2dMatryoshka, 'the list of cuts, its loss and the divergence'),
    cite(sources.twoDimensionalMatryoshka, 'cuts that are drawn'),
    cite(sources.efficientResponseSuggestion, 'negatives of the batch'),
    cite(sources.cosent, 'the loss of graded pairs'),
  ],
  deviations: [
    'A transformer of a few blocks that starts from nothing, where the paper’s is BERT; it normalizes before each part of a block, and once more behind the block that is left.',
    '`random` compares the columns of the cut, where the paper that it comes from compares all, softened by 0.3.',
  ],
  options: {
    tokens: choice(TOKENS, 'words', 'What a text is cut into.'),
    vocabulary: integer(10_000, 'Tokens at most.', { min: 2 }),
    minCount: integer(2, 'How often a word must be there not to count as unknown.', { min: 1 }),
    dim: integer(64, 'Columns of the embedding.', { min: 1 }),
    states: integer(0, 'Columns of the states, of which the embedding are the first; 0: dim.', {
      min: 0,
    }),
    blocks: integer(4, 'Transformer blocks.', { min: 1, max: 64 }),
    heads: integer(2, 'Heads of the attention; they divide the states.', { min: 1 }),
    cutting: choice(CUTTING, 'fixed', 'What is trained to be cut: the cuts, pairs drawn, nothing.'),
    cuts: integer(0, 'Cuts from small to large, the whole among them; 0: as many as blocks.', {
      min: 0,
    }),
    narrowest: integer(
      0,
      'Columns of the first cut, which double from cut to cut; 0: dim, halved once for each further cut.',
      { min: 0 },
    ),
    divergence: number(0.3, 'Weight of how far cut vectors diverge from the whole.', { min: 0 }),
    temperature: number(0.05, 'What cosines are divided by.', { min: 0.001, max: 10, symbol: 'τ' }),
    heldOut: number(0.1, 'Share of the pairs that is kept to measure with.', { min: 0, max: 0.9 }),
  },
  needs: ['texts', 'translations'],
  optional: ['scores'],
  encodes: 'texts',
  settle(examples, options): LayeredSettings {
    const { dim, blocks, heads, cutting, seed } = options;
    const states = options.states || dim;
    if (states < dim)
      throw new OptionError(ID, 'states', `at least ${dim}, the columns (dim)`, states);
    if (states % heads !== 0)
      throw new OptionError(ID, 'heads', `a divisor of the ${states} columns of the states`, heads);
    const cuts = cutsOf(ID, options);
    const read = requirePairs(examples, options);
    const tokens = learnTokens(ID, read, options);
    return { ...tokens, dim, states, blocks, heads, cuts, cutting, seed };
  },
  build: (settings, { like }) => ({
    ...layeredNetwork(settings, { float64: like instanceof Float64Array }),
    like,
  }),
  cuts: ({ blocks, dim, cuts, cutting }) => ({
    layers: blocks,
    dims: dim,
    trained: cutting === 'random' ? undefined : cutting === 'fixed' ? cuts : cuts.slice(-1),
  }),
  task({ like, ...network }, examples, options, settings) {
    const pairs = encodedPairs(examples, network.tokenizer);
    const { heldOut, seed } = options;
    const parts = split(pairs.a.length, heldOut, seed);
    const rows = parts.train.length;
    const size = Math.min(options.batch, rows);
    const draws = batches({ rows, size, seed, remainder: 'drop' });
    return {
      rows,
      batch: (step) => draws.at(step),
      loss({ rows: places, random }) {
        const drawn = taken(
          pairs,
          places.map((place) => parts.train[place]),
        );
        const { loss, first } = lossOfCuts(network, drawn, settings, options, like, random);
        return { loss, spread: shortened(first, settings.dim) };
      },
      report: (workspace) =>
        layeredReport(network, taken(pairs, parts.heldOut), settings.cuts, workspace),
    };
  },
  encode(network, examples, { dim, blocks }, { layer = blocks }) {
    const [texts] = given(ID, examples, ['texts']);
    const ids = encodedTexts(ID, texts, network.tokenizer);
    return {
      rows: texts.length,
      cols: dim,
      atOnce: textsAtOnce(ids),
      block: (a, b) => embeddedAt(network, ids.slice(a, b), [{ layer, dims: dim }]),
    };
  },
});

const NEEDS = ['texts', 'translations'] as const;

/** The texts of the pairs that are learned from; refuses steps in which there is nothing to tell apart. */
function requirePairs(
  examples: Examples,
  {
    batch,
    heldOut,
    seed,
  }: { readonly batch: number; readonly heldOut: number; readonly seed: number },
): readonly string[] {
  const [texts, partners] = given(ID, examples, NEEDS);
  const { train } = split(texts.length, heldOut, seed);
  if (train.length < 2)
    throw new ShapeError(
      ID,
      'two pairs or more to learn from',
      `${train.length} of ${texts.length}`,
    );
  if (batch < 2) throw new OptionError(ID, 'batch', 'at least 2', batch);
  const scores = scoresOf(examples);
  if (scores && train.every((row) => scores[row] === scores[train[0]]))
    throw new InputError(
      ID,
      `all scores are ${scores[train[0]]}, and there is no order to learn; without scores partners are told from others.`,
    );
  return Array.from(train).flatMap((row) => [texts[row], partners[row]]);
}

function scoresOf(examples: Examples): readonly number[] | undefined {
  if (!examples.scores) return undefined;
  const [, , scores] = given(ID, examples, ['texts', 'translations', 'scores']);
  return scores;
}

function encodedPairs(examples: Examples, tokenizer: Tokenizer): TextPairs {
  const [texts, partners] = given(ID, examples, NEEDS);
  return {
    a: encodedTexts(ID, texts, tokenizer),
    b: encodedTexts(`${ID}, translations`, partners, tokenizer),
    scores: scoresOf(examples),
  };
}

function taken({ a, b, scores }: TextPairs, rows: Int32Array): TextPairs {
  const of = <T>(list: readonly T[]) => Array.from(rows, (row) => list[row]);
  return { a: of(a), b: of(b), scores: scores && of(scores) };
}
