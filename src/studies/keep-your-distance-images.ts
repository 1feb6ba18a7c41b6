import { spearman } from '../core/ranks.ts';
import * as papers from '../method/bibliography/papers.ts';
import { meanOf } from '../numerics/statistics/averages.ts';
import { aboveBaseline, atLeast, defineStudy, nearBaseline, notBelowBaseline } from './define.ts';
import {
  DIMS,
  DISPERSIONS,
  type Dim,
  HEADS,
  type HeadName,
  trainedHeads,
} from './support/prototype-heads.ts';

const CURVES: readonly HeadName[] = ['random', 'learned', 'koleo', 'tammes', 'assigned', 'softmax'];
/** Heads of unit vectors that know nothing of what the classes mean. */
const BLIND: readonly HeadName[] = [
  'random',
  'learned',
  ...DISPERSIONS,
  'first',
  'tammes',
  'equiangular',
];
/** What is run on the digits. */
const DIGITS: readonly HeadName[] = ['random', 'learned', 'koleo', 'tammes'];
const LOW = [2, 3] as const;

const raises = (name: string) => ({
  claim: `${name} beside the loss raises the accuracy of learned prototypes in 2 and 3 dimensions, clothing`,
  unit: '%',
  baseline: 'learned prototypes alone',
  holds: aboveBaseline(),
});

export default defineStudy({
  paper: papers.keepYourDistance,
  part: 'images',
  methods: [
    'learners/classifier',
    'objectives/koleo',
    'objectives/max-min-angle',
    'objectives/gaussian-energy',
    'objectives/laplace-energy',
    'objectives/lloyd',
    'objectives/sliced',
    'codes/best-code',
    'codes/line-code',
    'codes/semantic-assignment',
  ],
  claim:
    'Dispersion matters in the classification of images: prototypes of classes that lie further apart, by a loss beside the task or placed so before, classify better, most where dimensions are few.',
  data: [
    {
      name: 'Fashion-MNIST, 2,000 images of ten kinds of clothing',
      source: 'study-data/fashion-mnist',
      licence: 'MIT',
    },
    {
      name: 'MNIST, 2,000 images of the ten digits',
      source: 'study-data/mnist',
      licence: 'CC BY-SA 3.0',
    },
  ],
  quickSeeds: 1,
  lines: {
    koleo: raises('KoLeo'),
    maxMinAngle: raises('The maximum minimum angle'),
    gaussian: raises('The Gaussian energy'),
    laplace: raises('The Laplace energy'),
    lloyd: raises('Lloyd'),
    sliced: raises('The sliced loss'),
    digits: {
      claim: 'KoLeo raises the accuracy of learned prototypes in 2 and 3 dimensions, digits',
      unit: '%',
      baseline: 'learned prototypes alone',
      holds: aboveBaseline(),
    },
    apart: {
      claim:
        'Each of the six leaves learned prototypes further apart, the least of them, 3 dimensions',
      unit: '°',
      baseline: 'learned prototypes alone',
      holds: aboveBaseline(),
    },
    manyDimensions: {
      claim:
        'In 64 dimensions, where ten vectors are apart by chance, KoLeo changes no more than a point',
      unit: '%',
      baseline: 'learned prototypes alone',
      holds: nearBaseline(0.01),
    },
    first: {
      claim:
        'Prototypes that KoLeo spreads first and that then stay lose no more than a point to those it spreads while they are learned, 2 and 3 dimensions',
      unit: '%',
      baseline: 'learned with KoLeo beside the loss',
      holds: notBelowBaseline(0.01),
    },
    placed: {
      claim:
        'The best known codes, placed before, classify better than learned prototypes, 2 and 3 dimensions',
      unit: '%',
      baseline: 'learned prototypes alone',
      holds: aboveBaseline(),
    },
    random: {
      claim: 'They classify better than random vectors that stay, 2 and 3 dimensions',
      unit: '%',
      baseline: 'random vectors',
      holds: aboveBaseline(),
    },
    randomDigits: {
      claim: 'They classify better than random vectors that stay, 2 and 3 dimensions, digits',
      unit: '%',
      baseline: 'random vectors',
      holds: aboveBaseline(),
    },
    softmax: {
      claim: 'In 16 and 64 dimensions they lose no more than a point to a softmax layer',
      unit: '%',
      baseline: 'softmax layer',
      holds: notBelowBaseline(0.01),
    },
    fewer: {
      claim:
        'Classes need no dimension each: in 8 dimensions they lose no more than two points to one-hot vectors in 16',
      unit: '%',
      baseline: 'one-hot vectors, 16 dimensions',
      holds: notBelowBaseline(0.02),
    },
    simplex: {
      claim:
        'A simplex, 96.4° apart, classifies better than one-hot vectors, 90° apart, 16 and 64 dimensions',
      unit: '%',
      baseline: 'one-hot vectors',
      holds: aboveBaseline(),
    },
    follows: {
      claim:
        'Over eleven heads accuracy follows the smallest angle in 3 dimensions, clothing (Spearman)',
      holds: atLeast(0.5),
    },
    meaning: {
      claim:
        'The best known code handed out by what the classes mean beats the same code in the order of the classes, 2 and 3 dimensions',
      unit: '%',
      baseline: 'the same code, unassigned',
      holds: aboveBaseline(),
    },
  },
  readings: {
    learnedAngle: { title: 'Smallest angle of learned prototypes, 3 dimensions', unit: '°' },
    koleoAngle: { title: 'The same with KoLeo', unit: '°' },
    tammesAngle: { title: 'The same of the best known code', unit: '°' },
    randomAccuracy: { title: 'Accuracy with random vectors, 3 dimensions, clothing', unit: '%' },
    tammesAccuracy: { title: 'The same with the best known code', unit: '%' },
    equiangularAccuracy: { title: 'The same with the best known lines (EBV)', unit: '%' },
    assignedAccuracy: { title: 'The same with the code assigned by meaning', unit: '%' },
    softmaxAccuracy: { title: 'The same with a softmax layer', unit: '%' },
    learnedAccuracy: { title: 'The same with learned prototypes', unit: '%' },
  },
  curves: {
    title: 'Accuracy over the dimensions of the embedding, clothing',
    x: 'dimensions',
    y: 'accuracy',
    logX: true,
  },
  deviations: [
    'MNIST and Fashion-MNIST with an MLP 784-256-d in place of larger images with deep networks: the claims are those of the abstract and, for prototypes placed before training, of hyperspherical prototype networks (arXiv:1901.10514); the tables of the paper were not at hand.',
    'Cross-entropy over 16 times the cosines, for all heads; hyperspherical prototype networks take squared cosines.',
    'Each repeat holds out another quarter of the 2,000 images; 100 steps of 128 images, AdamW at 0.002.',
    'Prototypes move at ten times the rate of the weights, and every dispersion loss has the weight 10. A seed that is not among the repeats chose: prototypes alone did worse at one time the rate and about the same at 30 times; of the weights 0.1, 1 and 10 the largest did best.',
  ],
  async run(study) {
    const clothing = await trainedHeads(
      study,
      'fashion-mnist',
      Object.keys(HEADS) as HeadName[],
      DIMS,
    );
    const digits = await trainedHeads(study, 'mnist', DIGITS, LOW);
    const both = (
      name: HeadName,
      baseline: HeadName,
      dims: readonly Dim[] = LOW,
      of = clothing,
    ) => ({
      value: meanOf(dims.map((dim) => of(name, dim).accuracy)),
      baseline: meanOf(dims.map((dim) => of(baseline, dim).accuracy)),
    });
    const angle = (name: HeadName) => clothing(name, 3).separation;
    const accuracy = (name: HeadName) => clothing(name, 3).accuracy;
    const curve = (name: HeadName) => ({
      x: [...DIMS],
      y: DIMS.map((dim) => clothing(name, dim).accuracy),
    });
    return {
      koleo: both('koleo', 'learned'),
      maxMinAngle: both('maxMinAngle', 'learned'),
      gaussian: both('gaussian', 'learned'),
      laplace: both('laplace', 'learned'),
      lloyd: both('lloyd', 'learned'),
      sliced: both('sliced', 'learned'),
      digits: both('koleo', 'learned', LOW, digits),
      apart: { value: Math.min(...DISPERSIONS.map(angle)), baseline: angle('learned') },
      manyDimensions: both('koleo', 'learned', [64]),
      first: both('first', 'koleo'),
      placed: both('tammes', 'learned'),
      random: both('tammes', 'random'),
      randomDigits: both('tammes', 'random', LOW, digits),
      softmax: both('tammes', 'softmax', [16, 64]),
      fewer: {
        value: clothing('tammes', 8).accuracy,
        baseline: clothing('oneHot', 16).accuracy,
      },
      simplex: both('simplex', 'oneHot', [16, 64]),
      follows: spearman(BLIND.map(angle), BLIND.map(accuracy)),
      meaning: both('assigned', 'tammes'),
      learnedAngle: angle('learned'),
      koleoAngle: angle('koleo'),
      tammesAngle: angle('tammes'),
      randomAccuracy: accuracy('random'),
      tammesAccuracy: accuracy('tammes'),
      equiangularAccuracy: accuracy('equiangular'),
      assignedAccuracy: accuracy('assigned'),
      softmaxAccuracy: accuracy('softmax'),
      learnedAccuracy: accuracy('learned'),
      curves: Object.fromEntries(CURVES.map((name) => [LABELS[name] ?? name, curve(name)])),
    };
  },
});

const LABELS: Partial<Record<HeadName, string>> = {
  koleo: 'learned, KoLeo',
  tammes: 'best code',
  assigned: 'best code by meaning',
};
