import { add, binaryCrossEntropy, scale, type Tensor } from '../../learning/index.ts';
import {
  dictionaryLoss,
  dictionaryOptions,
  pressureTo,
  revivalOf,
} from '../../learning/sparse-autoencoder/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, integer, number } from '../../method/options.ts';
import { defineLearner } from './define.ts';
import { encodedTexts, tokenizerOf } from './support/bags.ts';
import { given } from './support/given.ts';
import { split } from './support/held-out.ts';
import { rangeOf } from './support/inputs.ts';
import { begin } from './support/label-attention/begin.ts';
import { knownWords } from './support/label-attention/known-words.ts';
import {
  LABELS,
  labelNames,
  placesOfLabels,
  targetsOf,
} from './support/label-attention/label-sets.ts';
import {
  ATTENTION,
  featuresOfWords,
  logitsOf,
  newLabelAttention,
  wordsOf,
} from './support/label-attention/network.ts';
import { labelReport } from './support/label-attention/report.ts';

const ID = 'label-attention';

/** Features for each column of the words, where nothing is said. */
const TIMES = 4;

/**
 * A classifier of texts in which each label attends to words by itself; through a dictionary of sparse features
 * it says by which.
 *
 *     f = ReLU(W(x − b) + a),   x̂ = Dᵀf + b,   α_tc = softmax over the words t of ⟨A_c, f_t⟩
 *     y_c = ⟨β_c, Σ_t α_tc x_t⟩ + b_c,   minimise Σ_c BCE(y_c) + w·(mean (x − x̂)² + λ·Σf)
 *
 * with words x of d numbers, f of m features, few of which are above 0, rows of D of length 1, A C × m begun with the features of
 * the words of the labels' names. λ follows the features of a word, `k` on average are aimed at; with `sparsity: 'top-k'`
 * the k largest are kept and there is no λ. With `attention: 'dense'` the labels look at the words themselves,
 * α_tc = softmax ⟨A_c, x_t⟩: the baseline. Vectors of words are given, and stay.
 *
 * @remarks A_c names what a label looks for: a few features, each of which is named by the words that have most of it
 * (`labelTable`). `labels: 'several'` takes sets of labels, `a|b`, and names all with y above 0. What `embed` gives
 * are the y. The report has `macroF1`, `microF1`, `accuracy`, `activeFeatures` of a word and `varianceExplained`
 * of the words, of `heldOut` of the texts. Words have no context here: for sentences whose order matters take
 * `classifier` on embeddings of sentences.
 * @example
 * import { matrix } from 'tammes';
 * import { labelAttention } from 'tammes/learners';
 *
 * const labels = ['rain', 'snow', 'song', 'jazz'];
 * const points = matrix(Float32Array.of(1, 0, 0.9, 0.1, 0, 1, 0.1, 0.9), 4, 2);
 * const texts = ['rain', 'snow and rain', 'song', 'a jazz song'];
 * const classes = ['weather', 'weather', 'music', 'music'];
 * const options = { steps: 60, features: 4, k: 1, heldOut: 0 };
 * const { report } = await labelAttention({ texts, classes, words: { labels, points } }, options);
 * console.log(report.accuracy); // 1
 * @function
 */
export const labelAttention = /* @__PURE__ */ defineLearner({
  id: ID,
  title: 'Dictionary label attention (DILA)',
  summary: 'Each label attends to words through sparse features that can be named.',
  references: [cite(papers.dila, 'Eq. (1) to (4); replication code')],
  deviations: [
    'Words have vectors of their own and no context: the paper’s come from a language model that is trained along.',
    'The weight λ follows how many features a word has, and dead features are revived as in CSR; the paper’s weights are fixed, and with that of Σf² besides.',
    'The autoencoder sees each word of a batch once, not each time it stands there; it is trained on all words before the labels are.',
  ],
  options: {
    attention: choice(ATTENTION, 'dictionary', 'What labels look at.'),
    labels: choice(LABELS, 'one', 'Labels of a text: one, or several with | between.'),
    features: integer(0, 'Features of the dictionary; 0: four times the columns of the words.', {
      min: 0,
      max: 65536,
      symbol: 'm',
    }),
    sparsity: dictionaryOptions.sparsity,
    k: dictionaryOptions.k,
    dictionarySteps: integer(1000, 'Steps in which the dictionary is trained alone, first.', {
      min: 1,
    }),
    autoencoderWeight: number(1, 'Weight of the loss of the autoencoder.', { min: 0, symbol: 'w' }),
    heldOut: number(0.1, 'Share of the texts that is kept to measure with.', {
      min: 0,
      max: 0.9,
    }),
  },
  needs: ['texts', 'classes', 'words'],
  encodes: 'texts',
  takesSpread: false,
  settle(examples, { attention, labels, features, k, sparsity }) {
    const [texts, classes, words] = given(ID, examples, ['texts', 'classes', 'words']);
    const dim = words.points.cols;
    return {
      ...{ attention, labels, dim },
      words: knownWords(ID, texts, words),
      classes: labelNames(ID, classes, texts.length, labels),
      features: attention === 'dense' ? 0 : features || TIMES * dim,
      k: sparsity === 'top-k' ? k : 0,
    };
  },
  build: (settings, { random, like }) => newLabelAttention(settings, random, like),
  async task(network, examples, options, settings, context) {
    const [texts, classes, words] = given(ID, examples, ['texts', 'classes', 'words']);
    const begun = await begin(ID, network, { words, settings, options }, context);
    const encoded = encodedTexts(ID, texts, tokenizerOf(textsOf(settings)));
    const sets = placesOfLabels(classes, settings.classes, settings.labels);
    const c = settings.classes.length;
    const parts = split(texts.length, options.heldOut, options.seed);
    const { features: m } = settings;
    const revival = revivalOf(m, REVIVAL);
    const pressure =
      settings.k > 0 || m === 0
        ? undefined
        : pressureTo({ latents: m, nonzeros: options.k, weight: begun.pressure });
    return {
      rows: parts.train.length,
      loss({ rows }) {
        const drawn = rows.map((row) => parts.train[row]);
        const seen = wordsOf(network, settings, encoded, drawn);
        const crossEntropy = (by: Tensor) =>
          scale(binaryCrossEntropy(logitsOf(network, by, seen), targetsOf(sets, drawn, c)), c);
        const { autoencoder } = network;
        if (!autoencoder) return { loss: crossEntropy(seen.x) };
        const { latents, codes } = featuresOfWords(autoencoder, seen.x, settings);
        const { loss, error } = dictionaryLoss(
          { net: autoencoder, x: seen.x, latents, codes },
          revival,
          pressure,
        );
        return {
          loss: add(crossEntropy(codes), scale(loss, options.autoencoderWeight)),
          report: { error },
          values: { codes },
        };
      },
      onStep({ step, report, values: { codes } }, { steps }) {
        if (!codes) return;
        revival.note(codes, report['error']);
        pressure?.note(codes, { step, steps });
      },
      report: (workspace) =>
        labelReport(
          { network, settings, texts: encoded, sets },
          parts.heldOut.length > 0 ? parts.heldOut : parts.train,
          workspace,
        ),
    };
  },
  encode(network, examples, settings) {
    const [texts] = given(ID, examples, ['texts']);
    const encoded = encodedTexts(ID, texts, tokenizerOf(textsOf(settings)));
    return {
      rows: texts.length,
      cols: settings.classes.length,
      block(a, b) {
        const seen = wordsOf(network, settings, encoded, rangeOf(a, b));
        const { autoencoder } = network;
        const by = autoencoder ? featuresOfWords(autoencoder, seen.x, settings).codes : seen.x;
        return logitsOf(network, by, seen);
      },
    };
  },
});

const REVIVAL = { auxiliaryWeight: 1 / 32, auxiliaryLatents: 64, deadAfter: 30 };

const textsOf = ({ words }: { readonly words: readonly string[] }) =>
  ({ tokens: 'words', words, merges: [] }) as const;
