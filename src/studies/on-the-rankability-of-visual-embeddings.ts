import { type AxisJudgement, explainAxis } from '../apps/explain/axis.ts';
import { InputError } from '../core/errors.ts';
import { gathered, type Matrix, rows, zeros } from '../core/matrix.ts';
import { log } from '../core/numeric.ts';
import { spearman } from '../core/ranks.ts';
import { ridge } from '../families/directions/index.ts';
import { loadGlove } from '../io/datasets/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { projected } from '../structures/directions/index.ts';
import { aboveBaseline, atLeastTimesBaseline, defineStudy, type StudyContext } from './define.ts';
import { pictures, pretrained } from './support/pretrained.ts';
import { strokeShapes } from './support/stroke-shapes.ts';

/** What the paper calls most of what can be reached. */
const MOST = 0.9;
/** Of what all labels reach, by two extremes. */
const HALF = 0.5;

export default defineStudy({
  paper: papers.onTheRankabilityOfVisualEmbeddings,
  methods: ['directions/ridge', 'directions/extremes'],
  claim:
    'Ordered attributes lie along one direction of an embedding space, which few labels, or two extremes, are enough to find.',
  data: [
    {
      name: 'GloVe 6B, 31,636 words in order of frequency',
      source: 'https://nlp.stanford.edu/projects/glove/',
      licence: 'PDDL 1.0',
    },
    {
      name: 'MNIST, slant and thickness of strokes computed from the pixels',
      source: 'http://yann.lecun.com/exdb/mnist/',
      licence: 'CC BY-SA 3.0',
    },
  ],
  seeds: 3,
  quickSeeds: 1,
  lines: {
    frequency: {
      claim: 'Frequency of words: the linear axis orders as well as a curved model, or nearly',
      baseline: 'the better of ten neighbors and kernel ridge',
      holds: atLeastTimesBaseline(MOST),
    },
    slant: {
      claim: 'Slant of digits: the linear axis orders as well as a curved model, or nearly',
      baseline: 'the better of ten neighbors and kernel ridge',
      holds: atLeastTimesBaseline(MOST),
    },
    thickness: {
      claim: 'Thickness of digits: the linear axis orders as well as a curved model, or nearly',
      baseline: 'the better of ten neighbors and kernel ridge',
      holds: atLeastTimesBaseline(MOST),
    },
    frequencyFloor: {
      claim: 'Frequency: trained vectors order far better than random ones',
      baseline: 'random vectors of the same width',
      holds: aboveBaseline(0.2),
    },
    slantFloor: {
      claim: 'Slant: a trained encoder orders far better than an untrained one',
      baseline: 'the same network with random weights',
      holds: aboveBaseline(0.1),
    },
    thicknessFloor: {
      claim: 'Thickness: a trained encoder orders far better than an untrained one',
      baseline: 'the same network with random weights',
      holds: aboveBaseline(0.1),
    },
    frequencyExtremes: {
      claim: 'Frequency: the two most extreme words alone give half of it or more',
      baseline: 'the axis of all labels',
      holds: atLeastTimesBaseline(HALF),
    },
    slantExtremes: {
      claim: 'Slant: the two most extreme digits alone give half of it or more',
      baseline: 'the axis of all labels',
      holds: atLeastTimesBaseline(HALF),
    },
    thicknessExtremes: {
      claim: 'Thickness: the two most extreme digits alone give half of it or more',
      baseline: 'the axis of all labels',
      holds: atLeastTimesBaseline(HALF),
    },
    fewWords: {
      claim: 'Frequency: 128 labels give nine tenths of what all give',
      baseline: 'the axis of all labels',
      holds: atLeastTimesBaseline(MOST),
    },
    fewDigits: {
      claim: 'Slant: 128 labels give nine tenths of what all give',
      baseline: 'the axis of all labels',
      holds: atLeastTimesBaseline(MOST),
    },
  },
  readings: {
    chanceWords: { title: 'Frequency: 95 of 100 random directions stay below' },
    chanceSlant: { title: 'Slant: 95 of 100 random directions stay below' },
    chanceThickness: { title: 'Thickness: 95 of 100 random directions stay below' },
  },
  curves: {
    title: 'Order of rows held out, by the labels that the axis is fitted to',
    x: 'labels',
    y: 'Spearman’s correlation',
    logX: true,
  },
  deviations: [
    'Word vectors, and a network of our own that learns from two views of a digit without labels, in place of seven pretrained vision encoders and nine data sets; no encoder is fine-tuned.',
    'The ceiling is the better of ten neighbors and ridge on random features of a Gaussian kernel, in place of a two-layer network on the features.',
    'Slant and thickness are computed from the pixels; frequency is the logarithm of a word’s rank.',
    'The extremes are the rows of the lowest and highest scores among all, as in the paper; labels of the few are drawn at random.',
  ],
  async run(study) {
    const { quick, random, tick } = study;
    const { points } = await loadGlove();
    const ranks = random.fork('words').sample(points.rows, quick ? 140 : 1000);
    const words = gathered(points, ranks);
    const frequency = Float64Array.from(ranks, (rank) => -log(1 + rank));
    const ofWords = await judged(study, words, frequency);
    const noise = normalRows(study, words.rows, words.cols);
    await tick(0.3);
    const { train } = await pictures(study, 'mnist');
    const encoder = await pretrained(study, train.points, {});
    const chosen = random.fork('digits').sample(train.points.rows, quick ? 140 : 1000);
    const digits = gathered(train.points, chosen);
    const { slant, thickness } = strokeShapes(digits);
    const trained = await encoder.features(digits);
    await tick(0.6);
    const untrained = await randomFeatures(study, digits, trained.cols);
    const ofSlant = await judged(study, trained, slant);
    const ofThickness = await judged(study, trained, thickness);
    await tick(0.9);
    const beside = async (points: Matrix, other: Matrix, scores: Float64Array) => ({
      value: await orderOf(study, points, scores),
      baseline: await orderOf(study, other, scores),
    });
    return {
      frequency: besideCeiling(ofWords),
      slant: besideCeiling(ofSlant),
      thickness: besideCeiling(ofThickness),
      frequencyFloor: await beside(words, noise, frequency),
      slantFloor: await beside(trained, untrained, slant),
      thicknessFloor: await beside(trained, untrained, thickness),
      frequencyExtremes: extremesOf(ofWords),
      slantExtremes: extremesOf(ofSlant),
      thicknessExtremes: extremesOf(ofThickness),
      fewWords: fewOf(ofWords),
      fewDigits: fewOf(ofSlant),
      chanceWords: ofWords.null,
      chanceSlant: ofSlant.null,
      chanceThickness: ofThickness.null,
      curves: {
        frequency: curveOf(ofWords),
        slant: curveOf(ofSlant),
        thickness: curveOf(ofThickness),
      },
    };
  },
});

async function judged(
  { engine, seed, signal }: StudyContext,
  points: Matrix,
  scores: Float64Array,
): Promise<AxisJudgement> {
  const options = { draws: 0, seed };
  const { heldOut } = await explainAxis({ points, scores }, 'ridge', options, { engine, signal });
  if (!heldOut) throw new InputError('study', 'too few rows to hold any out.');
  return heldOut;
}

/** Spearman's correlation over the last fifth of the rows, of the axis fitted to the others. */
async function orderOf(
  { engine, signal }: StudyContext,
  points: Matrix,
  scores: Float64Array,
): Promise<number> {
  const cut = Math.round(0.8 * points.rows);
  const known = { points: rows(points, 0, cut), scores: scores.subarray(0, cut) };
  const { directions } = await ridge(known, { draws: 0 }, { engine, signal });
  const { data } = projected(directions, rows(points, cut, points.rows));
  return spearman(data, scores.subarray(cut));
}

function normalRows({ random }: StudyContext, n: number, d: number): Matrix {
  const out = zeros(n, d);
  const stream = random.fork('noise');
  for (let e = 0; e < out.data.length; e++) out.data[e] = stream.normal();
  return out;
}

/** Two layers with random weights, of the shape of the trained encoder: 784–h–d. */
async function randomFeatures(study: StudyContext, images: Matrix, d: number): Promise<Matrix> {
  const { engine, random, quick } = study;
  const hidden = quick ? 32 : 128;
  const layer = (inputs: number, outputs: number, name: string) => {
    const weights = zeros(outputs, inputs);
    const stream = random.fork(name);
    for (let e = 0; e < weights.data.length; e++)
      weights.data[e] = stream.normal() * Math.sqrt(2 / inputs);
    return weights;
  };
  const first = await engine.matmul(images, layer(images.cols, hidden, 'first'), true);
  for (let e = 0; e < first.data.length; e++) first.data[e] = Math.max(0, first.data[e]);
  return engine.matmul(first, layer(hidden, d, 'second'), true);
}

const besideCeiling = ({ spearman, ceiling }: AxisJudgement) => ({
  value: spearman.value,
  baseline: ceiling,
});

const extremesOf = ({ few, spearman }: AxisJudgement) => ({
  value: few[0].extremes ?? 0,
  baseline: spearman.value,
});

/** Of the most labels tried. */
const fewOf = ({ few, spearman }: AxisJudgement) => ({
  value: few.at(-1)?.spearman.value ?? 0,
  baseline: spearman.value,
});

const curveOf = ({ few }: AxisJudgement) => ({
  x: few.map(({ k }) => k),
  y: few.map(({ spearman }) => spearman.value),
});
