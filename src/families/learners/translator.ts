import { InputError } from '../../core/errors.ts';
import { evaluate, IGNORED, sliceRows, type Workspace } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, integer, number } from '../../method/options.ts';
import { corpusBleu } from '../../numerics/text/bleu.ts';
import { corpusChrf } from '../../numerics/text/chrf.ts';
import { defineLearner } from './define.ts';
import { given } from './support/given.ts';
import { threeParts, validationOption } from './support/held-out.ts';
import { learnUnits, UNITS } from './support/text-units.ts';
import { noiseOf } from './support/translation/encoder-decoder.ts';
import { greedyTranslations, largestOfRows } from './support/translation/greedy.ts';
import {
  ARCHITECTURES,
  OUTPUTS,
  type Pair,
  TABLES,
  type TranslatorNetwork,
  type TranslatorSettings,
  translatorNetwork,
} from './support/translation/network.ts';

/** Pairs that are scored at once. */
const BLOCK = 64;

/**
 * A small encoder–decoder that translates sentence by sentence; its decoder's table is the embedding.
 *
 *     discrete      minimise mean −log softmax(E·h)_y
 *     continuous    minimise mean 1 − cos(h, e_y),   decoded as argmax_v cos(h, e_v)
 *
 * h the decoder's vector (`dim`) for each unit y of the translation, given the text and the units before; E v × dim, a
 * row for each unit and one for the end of a sentence, on the sphere (`sphere`), free (`euclidean`), or random and on
 * the sphere and never moved (`fixed`). The same rows are the decoder's input. The objective of `spread` keeps the rows
 * of E apart, by direction.
 *
 * @remarks Nothing in the loss of `continuous` outputs keeps the rows of a learned table from falling together; `spread`
 * does, and a `fixed` table cannot. `accuracy` is of the next unit, given the right ones before; `bleu` and `chrf`
 * are those of greedy translations; all are of `heldOut` of the pairs, which are not trained on. With `validation` the
 * epoch of the best accuracy on other pairs is kept, and `patience` ends there. Pairs of which a side has more than
 * `longest` units are left out, `leftOut` says how many. `translate` translates with a saved model.
 * @example
 * import { translate, translator } from 'tammes/learners';
 *
 * // Numbers, and their digits in words.
 * const words = ['nul', 'een', 'twee', 'drie'];
 * const numbers = Array.from({ length: 64 }, (_, i) => [i >> 4, (i >> 2) & 3, i & 3]);
 * const texts = numbers.map((digits) => digits.join(' '));
 * const translations = numbers.map((digits) => digits.map((digit) => words[digit]).join(' '));
 * const options = { units: 'words', dim: 32, steps: 150, batch: 32, learningRate: 0.01, heldOut: 0 } as const;
 * const { model } = await translator({ texts, translations }, options);
 * console.log(await translate(model, ['3 0 1'])); // [ 'drie nul een' ]
 * @function
 */
export const translator = /* @__PURE__ */ defineLearner({
  id: 'translator',
  title: 'Translator with a decoder table on the sphere',
  summary: 'An encoder–decoder with discrete or continuous outputs over a table that is spread.',
  references: [
    cite(papers.keepYourDistance, 'dispersion of decoder embeddings in translation'),
    cite(sources.vonMisesFisherLoss, 'continuous outputs, decoded by the nearest row'),
    cite(sources.jointlyLearningToAlign, 'recurrent encoder–decoder with attention'),
  ],
  options: {
    units: choice(UNITS, 'byte-pairs', 'What texts are cut into.'),
    vocabulary: integer(1000, 'Units of each language at most; byte pairs have 256 at least.', {
      min: 2,
    }),
    architecture: choice(ARCHITECTURES, 'gru', 'What reads and writes sentences.'),
    outputs: choice(OUTPUTS, 'discrete', 'Softmax over the table, or a vector near a row of it.'),
    table: choice(TABLES, 'sphere', 'Where the rows of the decoder’s table live.'),
    dim: integer(64, 'Columns of tables and states.', { min: 2 }),
    heads: integer(1, 'Parts of the columns that attend each on their own; divides dim.', {
      min: 1,
    }),
    dropout: number(0.1, 'Share of numbers that are dropped while training.', {
      min: 0,
      max: 0.9,
    }),
    smoothing: number(0, 'Label smoothing of discrete outputs.', { min: 0, max: 0.999 }),
    longest: integer(64, 'Units of the longest sentence; pairs with longer ones are left out.', {
      min: 2,
    }),
    heldOut: number(0.1, 'Share of the pairs that is kept to measure the translations.', {
      min: 0,
      max: 0.9,
    }),
    validation: validationOption(),
  },
  needs: ['texts', 'translations'],
  encodes: 'nothing',
  settle(examples, { units, vocabulary, ...options }): TranslatorSettings {
    const [texts, translations] = given('translator', examples, ['texts', 'translations']);
    requireWords('texts', texts);
    requireWords('translations', translations);
    const { train } = threeParts(texts.length, options);
    const learned = (from: readonly string[]) =>
      learnUnits(
        Array.from(train, (row) => from[row]),
        units,
        vocabulary,
      );
    const { architecture, outputs, table, dim, heads, longest, seed } = options;
    return {
      source: learned(texts),
      target: learned(translations),
      ...{ architecture, outputs, table, dim, heads, longest, seed },
    };
  },
  build: (settings, { like }) => translatorNetwork(settings, like instanceof Float64Array),
  task(network, examples, { dropout, smoothing, longest, ...options }) {
    const [texts, translations] = given('translator', examples, ['texts', 'translations']);
    const parts = threeParts(texts.length, options);
    const pairOf = (row: number): Pair => ({
      source: network.sourceIds(texts[row]),
      target: network.targetIds(translations[row]),
    });
    const isShort = ({ source, target }: Pair) =>
      source.length <= longest && target.length <= longest;
    const train = Array.from(parts.train, pairOf).filter(isShort);
    if (train.length === 0)
      throw new InputError(
        'translator',
        `all pairs have sentences of more than ${longest} units; a larger longest is needed.`,
      );
    const held = parts.heldOut.filter((row) => isShort(pairOf(row)));
    const heldPairs = Array.from(held, pairOf);
    const validation = Array.from(parts.validation, pairOf).filter(isShort);
    const leftOut = texts.length - train.length - held.length - validation.length;
    return {
      rows: train.length,
      loss({ rows, random }) {
        const noise = noiseOf(dropout, random.fork('dropout'));
        const predicted = network.predict(
          Array.from(rows, (row) => train[row]),
          noise,
        );
        return { loss: network.loss(predicted, smoothing), spread: network.directions };
      },
      heldOut:
        validation.length > 0
          ? {
              name: 'validationAccuracy',
              better: 'higher',
              value: (workspace) => nextRight(network, validation, workspace),
            }
          : undefined,
      async report(workspace) {
        if (held.length === 0) return { leftOut };
        const sentences = Array.from(held, (row) => texts[row]);
        const references = Array.from(held, (row) => translations[row]);
        const hypotheses = await greedyTranslations(network, sentences, workspace);
        return {
          accuracy: await nextRight(network, heldPairs, workspace),
          bleu: corpusBleu(hypotheses, references).score,
          chrf: corpusChrf(hypotheses, references),
          heldOut: held.length,
          leftOut,
        };
      },
    };
  },
  encode({ directions, labels }, _, { dim }) {
    return { rows: labels.length, cols: dim, labels, block: (a, b) => sliceRows(directions, a, b) };
  },
});

/** The share of units that have the largest score where they stand, given the right ones before. */
async function nextRight(
  network: TranslatorNetwork,
  pairs: readonly Pair[],
  workspace: Workspace,
): Promise<number> {
  let [right, all] = [0, 0];
  for (let a = 0; a < pairs.length; a += BLOCK) {
    const { vectors, ids } = network.predict(pairs.slice(a, a + BLOCK));
    const scores = await evaluate(network.scores(vectors), workspace);
    const best = largestOfRows(scores, ids.length);
    right += ids.filter((id, i) => id === best[i]).length;
    all += ids.filter((id) => id !== IGNORED).length;
  }
  return right / all;
}

/** Refuses an empty text: the pair teaches nothing, or something wrong. */
function requireWords(what: string, texts: readonly string[]): void {
  const row = texts.findIndex((text) => text.trim() === '');
  if (row >= 0)
    throw new InputError(
      'translator',
      `row ${row} of the ${what} is empty (counted from 0); leave the pair out.`,
    );
}
