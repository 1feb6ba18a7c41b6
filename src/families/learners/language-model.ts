import { OptionError } from '../../core/errors.ts';
import { crossEntropy, embedding, normalizeRows, sliceRows } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, integer, number } from '../../method/options.ts';
import { defineLearner } from './define.ts';
import { causalNetwork } from './support/causal-network.ts';
import { given } from './support/given.ts';
import { split } from './support/held-out.ts';
import { perplexities, perplexity, surpriseOf } from './support/perplexity.ts';
import { windowsOf } from './support/windows.ts';
import { tokenStream, vocabularyOf } from './support/word-tokens.ts';

/**
 * A small causal language model with one table for reading and for naming words, whose vectors a dispersion objective
 * may spread.
 *
 *     minimise mean_t −log softmax(s·E·h_t)_{w_{t+1}} + w·dispersion(rows of E),   h = f(E[w₁] … E[w_t])
 *
 * E tokens × `dim`; f places, `blocks` causal transformer blocks and a last normalization. With `table: spherical` the
 * rows of E stay unit vectors, and the length of h, which is learned, and s set how sharp the softmax can be. The
 * objective of `spread` sees the directions of `spreadRows` tokens a step, each as likely as any other.
 *
 * @remarks The vocabulary are the most frequent words and signs of the texts that are trained on, in small letters;
 * others are `<unknown>`, and `<end>` stands between texts. `perplexity` is of texts that are not trained on, all tokens;
 * `perplexity1` to `perplexity4` are those of the words by quarter of the vocabulary, from frequent to rare. A step
 * takes `batch` windows of `context` tokens. `embed` gives the table, with the tokens as labels.
 * @example
 * import { languageModel } from 'tammes/learners';
 *
 * const texts = Array.from({ length: 20 }, () => 'the cat sat on the mat , the dog sat on the rug .');
 * const { report } = await languageModel({ texts }, { dim: 8, context: 8, batch: 8, steps: 100, learningRate: 0.01 });
 * console.log(report.perplexity < 3); // true
 * @function
 */
export const languageModel = /* @__PURE__ */ defineLearner({
  id: 'language-model',
  title: 'Language model with a tied table of tokens',
  summary: 'A small causal transformer over words; its table is what is embedded and spread.',
  references: [
    cite(papers.keepYourDistance, 'token embeddings on the sphere, spread inside the loss'),
    cite(papers.lessIsMoreLocalIntrinsicDimensions, 'states of tokens while a model learns'),
  ],
  options: {
    vocabulary: integer(2000, 'Most tokens of the vocabulary.', { min: 3 }),
    dim: integer(64, 'Columns of the table and of the states.', { min: 2 }),
    blocks: integer(1, 'Transformer blocks.', { min: 1 }),
    heads: integer(2, 'Heads of the attention; they divide the columns.', { min: 1 }),
    context: integer(32, 'Tokens that are read together.', { min: 1 }),
    table: choice(
      ['euclidean', 'spherical'],
      'euclidean',
      'Whether vectors of tokens are free or unit vectors.',
    ),
    scale: number(1, 'What products with the table are multiplied by.', { min: 0, symbol: 's' }),
    spreadRows: integer(512, 'Tokens of a step whose vectors are spread.', { min: 2 }),
    heldOut: number(0.1, 'Share of the texts that is kept to measure the perplexity.', {
      min: 0,
      max: 0.9,
    }),
  },
  needs: ['texts'],
  encodes: 'nothing',
  settle(examples, { vocabulary, heldOut, ...options }) {
    const [texts] = given('language-model', examples, ['texts']);
    const { dim, blocks, heads, context, table, scale, seed } = options;
    if (dim % heads !== 0)
      throw new OptionError('language-model', 'heads', `a divisor of dim, ${dim}`, heads);
    const { train } = parted(texts, heldOut, seed);
    const found = vocabularyOf('language-model', train, vocabulary);
    return { ...found, dim, blocks, heads, context, table, scale, seed };
  },
  build: (settings, { like }) => causalNetwork(settings, { float64: like instanceof Float64Array }),
  task(network, examples, { heldOut, spreadRows, seed }, { tokens, counts, context }) {
    const [texts] = given('language-model', examples, ['texts']);
    const parts = parted(texts, heldOut, seed);
    const windows = windowsOf(tokenStream(parts.train, tokens), context);
    const v = tokens.length;
    return {
      rows: windows.count,
      loss({ rows, random }) {
        const logits = network.logits(network.states(windows.inputs(rows)));
        const some = random.sample(v, Math.min(v, spreadRows));
        return {
          loss: crossEntropy(logits, windows.targets(rows)),
          spread: normalizeRows(embedding(network.table, some)),
        };
      },
      async report(workspace) {
        const words = counts.reduce((sum, count) => sum + count, 0);
        const read = { trainTokens: words, unknown: counts[0] / words, vocabulary: v };
        if (parts.heldOut.length === 0) {
          const own = await surpriseOf(network, windows, v, workspace);
          return { trainPerplexity: perplexity(own), ...read };
        }
        const other = windowsOf(tokenStream(parts.heldOut, tokens), context);
        const surprise = await surpriseOf(network, other, v, workspace);
        const heldOutTokens = surprise.counts.reduce((sum, count) => sum + count, 0);
        return { ...perplexities(surprise), heldOutTokens, ...read };
      },
    };
  },
  encode: ({ table }, _, { tokens, dim }) => ({
    rows: tokens.length,
    cols: dim,
    labels: tokens,
    block: (a, b) => sliceRows(table, a, b),
  }),
});

/** Whole texts are held out: no window of one is trained on. */
function parted(texts: readonly string[], share: number, seed: number) {
  const parts = split(texts.length, share, seed);
  const of = (places: Int32Array) => Array.from(places, (place) => texts[place]);
  return { train: of(parts.train), heldOut: of(parts.heldOut) };
}
