import { type Matrix, matrix, toFloat32 } from '../core/matrix.ts';
import type { Random } from '../core/random.ts';
import type { Engine } from '../engine/engine.ts';
import { spectralFilter } from '../families/erasure/index.ts';
import { classifier } from '../families/learners/index.ts';
import { loadGlove, loadPackageDescriptions } from '../io/datasets/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  atLeast,
  defineStudy,
  notBelowBaseline,
  type StudyContext,
} from './define.ts';
import { accuracyByMeans } from './support/embeddings.ts';
import {
  agreement,
  equalFilters,
  type Filter,
  nearestLists,
  someOf,
} from './support/filtered-neighbors.ts';
import { loadImages } from './support/images.ts';
import { perturbedText } from './support/perturbed-texts.ts';
import { sentenceMeans } from './support/sentence-means.ts';
import { hashedFeatures, trigrams } from './support/text-encoders.ts';

const QUANTILE = 0.5;
const QUANTILES = [0.25, 0.5, 0.75, 1];
const NEIGHBORS = 10;
const PERTURBATION = { drops: 0.2, typos: 0.2 };
/** Largest change of a pixel, whose values are from 0 to 1. */
const BOUND = 0.25;

export default defineStudy({
  paper: papers.eigenshield,
  methods: ['erasure/spectral-filter'],
  claim:
    'Directions of the covariance that stand out of noise and do not move under perturbations carry what matters: rows kept to them withstand perturbations better.',
  data: [
    {
      name: 'Package descriptions with words left out and wrong letters, as means of GloVe vectors (100 columns) and as hashed runs of three characters (256 columns)',
      source: 'data/use-debian (Debian 12), data/glove-slice',
      licence: 'Debian metadata, free to use; PDDL 1.0',
    },
    {
      name: 'MNIST, features of a small network, each pixel changed by at most 0.25',
      source: 'study-data/mnist',
      licence: 'CC BY-SA 3.0',
    },
  ],
  deviations: [
    'No vision-language model and no attack on one: the paper’s attack success rates cannot be repeated here.',
    'Changes of images are a random sign for each pixel, and a step toward the mean of another class; none follows a gradient.',
    'Word and letter encoders in place of a sentence encoder, since perturbed texts must be encoded anew.',
  ],
  lines: {
    spikes: {
      claim: 'All four planted spikes of three times the detectable strength are found',
      holds: atLeast(4),
    },
    words: {
      claim: 'Word means: neighbors of a text and of its perturbed copy agree more than unfiltered',
      baseline: 'no filter',
      unit: '%',
      holds: aboveBaseline(),
    },
    wordsChance: {
      claim: 'Word means: they agree more than in random directions, as many',
      baseline: 'random directions',
      unit: '%',
      holds: aboveBaseline(),
    },
    wordsPrincipal: {
      claim: 'Word means: they agree more than in the first principal axes, as many',
      baseline: 'principal axes',
      unit: '%',
      holds: aboveBaseline(),
    },
    letters: {
      claim: 'Runs of characters: they agree more than unfiltered',
      baseline: 'no filter',
      unit: '%',
      holds: aboveBaseline(),
    },
    lettersPrincipal: {
      claim: 'Runs of characters: they agree more than in the first principal axes, as many',
      baseline: 'principal axes',
      unit: '%',
      holds: aboveBaseline(),
    },
    meaning: {
      claim:
        'Word means: filtered neighbors of the perturbed text are the unfiltered ones of the text as often as without a filter',
      baseline: 'no filter',
      unit: '%',
      holds: notBelowBaseline(0.01),
    },
    digits: {
      claim: 'Digits moved toward another class are told better than unfiltered',
      baseline: 'no filter',
      unit: '%',
      holds: aboveBaseline(),
    },
    digitsPrincipal: {
      claim: 'They are told better than in the first principal axes, as many',
      baseline: 'principal axes',
      unit: '%',
      holds: aboveBaseline(),
    },
    clean: {
      claim: 'Digits as they are lose at most two points',
      baseline: 'no filter',
      unit: '%',
      holds: notBelowBaseline(0.02),
    },
  },
  readings: {
    wordsKept: { title: 'Directions kept of the 100 of word means' },
    lettersKept: { title: 'Directions kept of the 256 of runs of characters' },
    digitsKept: { title: 'Directions kept of the 64 of the network' },
    noisy: { title: 'Digits with random signs told, filtered', unit: '%' },
    noisyPlain: { title: 'Digits with random signs told, unfiltered', unit: '%' },
  },
  curves: {
    title: 'Agreement of neighbors by the share of directions kept',
    x: 'τ',
    y: 'agreement',
  },
  async run(study) {
    const { random, engine, tick } = study;
    const spikes = await plantedSpikes(random.fork('spikes'), engine);
    const texts = await perturbedTexts(study);
    const words = await compared(texts.words, random.fork('words'), engine);
    await tick(0.4);
    const letters = await compared(texts.letters, random.fork('letters'), engine);
    await tick(0.7);
    const digits = await digitsTold(study);
    const by = (value: number, baseline: number) => ({ value, baseline });
    const curve = ({ sweep }: typeof words) => ({ x: QUANTILES, y: sweep });
    return {
      spikes,
      words: by(words.stable, words.none),
      wordsChance: by(words.stable, words.chance),
      wordsPrincipal: by(words.stable, words.principal),
      letters: by(letters.stable, letters.none),
      lettersPrincipal: by(letters.stable, letters.principal),
      meaning: by(words.meaning, words.none),
      digits: by(digits.moved.stable, digits.moved.none),
      digitsPrincipal: by(digits.moved.stable, digits.moved.principal),
      clean: by(digits.clean.stable, digits.clean.none),
      wordsKept: words.kept,
      lettersKept: letters.kept,
      digitsKept: digits.kept,
      noisy: digits.noisy.stable,
      noisyPlain: digits.noisy.none,
      curves: { 'word means': curve(words), 'runs of characters': curve(letters) },
    };
  },
});

/** Four directions of strength 1.5 in noise of 800 rows and 200 columns, where √(d/n) = 0.5 is detectable. */
async function plantedSpikes(random: Random, engine: Engine): Promise<number> {
  const deviation = (e: number) => (e % 200 < 4 ? Math.sqrt(2.5) : 1);
  const drawn = Float32Array.from({ length: 800 * 200 }, (_, e) => random.normal() * deviation(e));
  const points = matrix(drawn, 800, 200);
  const { facts } = await spectralFilter({ points, partners: points }, {}, { engine });
  return facts['spikes'];
}

/** Rows to be looked for and to calibrate on, a perturbed copy of these, and a perturbed copy of others. */
interface Perturbed {
  readonly documents: Matrix;
  readonly partners: Matrix;
  readonly clean: Matrix;
  readonly asked: Matrix;
}

async function perturbedTexts({ random, quick }: StudyContext) {
  const { columns } = await loadPackageDescriptions();
  const [known, queries] = quick ? [300, 60] : [3000, 1000];
  const all = columns?.['description'] as readonly string[];
  const order = random.fork('texts').sample(all.length, known + queries);
  const plain = Array.from(order, (row) => all[row].toLowerCase());
  const chance = random.fork('perturbed');
  const texts = [...plain, ...plain.map((text) => perturbedText(text, PERTURBATION, chance))];
  const glove = await loadGlove();
  const counted = Array.from({ length: known }, (_, i) => i);
  const n = known + queries;
  const parts = (rows: Matrix): Perturbed => ({
    documents: someOf(rows, 0, known),
    clean: someOf(rows, known, n),
    partners: someOf(rows, n, n + known),
    asked: someOf(rows, n + known, 2 * n),
  });
  const sentences = texts.map((text) => ({ text, words: text.split(' '), part: '' }));
  return {
    words: parts(sentenceMeans(texts, counted, glove.labels ?? [], glove.points)),
    letters: parts(hashedFeatures(sentences, trigrams, quick ? 64 : 256)),
  };
}

/** Agreement of the neighbors of texts and of their perturbed copies, filter by filter. */
async function compared(
  { documents, partners, clean, asked }: Perturbed,
  random: Random,
  engine: Engine,
) {
  const lists = async (queries: Matrix, filter?: Filter) =>
    filter
      ? nearestLists(await filter(queries), await filter(documents), NEIGHBORS, engine)
      : nearestLists(queries, documents, NEIGHBORS, engine);
  const agreed = async (filter?: Filter) =>
    agreement(await lists(asked, filter), await lists(clean, filter));
  const at = (quantile: number) =>
    equalFilters(documents, partners, quantile, random.fork('chance'), engine);
  const { stable, principal, chance, facts } = await at(QUANTILE);
  const sweep: number[] = [];
  for (const quantile of QUANTILES) sweep.push(await agreed((await at(quantile)).stable));
  return {
    none: await agreed(),
    stable: await agreed(stable),
    principal: await agreed(principal),
    chance: await agreed(chance),
    meaning: agreement(await lists(asked, stable), await lists(clean)),
    sweep,
    kept: facts['kept'],
  };
}

/** Shares of digits told by class means of a network's features, as they are and changed. */
async function digitsTold(study: StudyContext) {
  const { random, engine, quick, seed, signal } = study;
  const { train, test } = await loadImages(study, 'mnist');
  const known = someOf(train.images, 0, quick ? 300 : Math.min(6000, train.images.rows));
  const labels = train.labels.subarray(0, known.rows);
  const asked = someOf(test.images, 0, quick ? 100 : Math.min(1000, test.images.rows));
  const size = { dim: 64, hidden: 128, steps: quick ? 40 : 300, batch: 64 };
  const { model } = await classifier(
    { points: toFloat32(known), classes: Array.from(labels, String) },
    { ...size, seed, heldOut: 0, head: 'softmax' },
    { engine, signal },
  );
  const embedded = async (points: Matrix) =>
    (await classifier.embed(model, { points: toFloat32(points) }, { engine })).points;
  const features = await embedded(known);
  const signs = random.fork('signs');
  const partners = await embedded(noisy(known, signs));
  const chance = random.fork('digits');
  const { facts, ...filters } = await equalFilters(features, partners, QUANTILE, chance, engine);
  const answers = test.labels.subarray(0, asked.rows);
  const told = async (images: Matrix) => {
    const rows = await embedded(images);
    const by = async (filter?: Filter) =>
      accuracyByMeans(
        ...([filter ? await filter(features) : features, labels] as const),
        ...([filter ? await filter(rows) : rows, answers] as const),
      );
    return {
      none: await by(),
      stable: await by(filters.stable),
      principal: await by(filters.principal),
    };
  };
  return {
    clean: await told(asked),
    noisy: await told(noisy(asked, signs)),
    moved: await told(towardAnother(asked, answers, { images: known, labels })),
    kept: facts['kept'],
  };
}

/** Each pixel up or down by the bound. */
function noisy({ data, rows, cols }: Matrix, random: Random): Matrix {
  const changed = Float32Array.from(data, (x) => x + (random.uniform() < 0.5 ? -BOUND : BOUND));
  return matrix(changed, rows, cols);
}

/** Each pixel by at most the bound toward the mean image of the class after its own. */
function towardAnother(
  { data, rows, cols }: Matrix,
  answers: Int32Array,
  { images, labels }: { readonly images: Matrix; readonly labels: Int32Array },
): Matrix {
  const means = new Float64Array(10 * cols);
  const counts = new Int32Array(10);
  for (const [i, own] of labels.entries()) {
    counts[own] += 1;
    for (let c = 0; c < cols; c++) means[own * cols + c] += images.data[i * cols + c];
  }
  const changed = Float32Array.from(data, (x, e) => {
    const other = (answers[Math.floor(e / cols)] + 1) % 10;
    const way = means[other * cols + (e % cols)] / counts[other] - x;
    return x + Math.max(-BOUND, Math.min(BOUND, way));
  });
  return matrix(changed, rows, cols);
}
