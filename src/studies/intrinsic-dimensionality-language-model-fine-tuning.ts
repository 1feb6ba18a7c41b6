import { gathered } from '../core/matrix.ts';
import { referenceEngine } from '../engine/reference.ts';
import { randomSubspace } from '../families/parametrizations/index.ts';
import { constant, evaluateAll, type Layer, mlp, parameter, Workspace } from '../learning/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  atMostTimesBaseline,
  belowBaseline,
  between,
  defineStudy,
  notAboveBaseline,
  type StudyContext,
} from './define.ts';
import { shareRight } from './support/classified.ts';
import { halvedImages } from './support/image-views.ts';
import { type LabeledImages, loadImages } from './support/images.ts';
import {
  type NetLesson,
  type NetTask,
  taskDimension,
  trainedNet,
} from './support/subspace-training.ts';

const FULL = {
  steps: 200,
  batch: 50,
  first: 1000,
  few: 500,
  judged: 500,
  narrow: 50,
  wide: 200,
  stages: { short: 20, middle: 100, long: 400 },
  grid: [8, 16, 32, 64, 128, 256, 512],
  farGrid: [64, 128, 256, 512, 1024, 2048],
  draws: 100,
};
const QUICK = {
  steps: 3,
  batch: 10,
  first: 40,
  few: 20,
  judged: 40,
  narrow: 6,
  wide: 10,
  stages: { short: 2, middle: 4, long: 6 },
  grid: [8, 16],
  farGrid: [8],
  draws: 20,
};

/** Step lengths of Adam: the best of 0.003, 0.01 for all weights and of 0.05, 0.2 for subspaces on seed 101. */
const RATES = { all: 0.01, few: 0.2 };

export default defineStudy({
  paper: papers.intrinsicDimensionalityLanguageModelFineTuning,
  methods: ['parametrizations/random-subspace'],
  seeds: 10,
  quickSeeds: 2,
  claim:
    'Pre-training lowers the number of random directions that a new task needs for nine tenths of the score of all weights, the more the longer it was and the larger the model is.',
  data: [
    {
      name: 'MNIST, 1,000 training images to begin with, 500 others and 500 test images, odd or even',
      source: 'study-data/mnist',
      licence: 'CC BY-SA 3.0',
    },
    {
      name: 'Fashion-MNIST, 1,500 training images, as what is further off',
      source: 'study-data/fashion-mnist',
      licence: 'MIT',
    },
  ],
  lines: {
    lengths: {
      claim: 'Fastfood keeps squared lengths on average, within 2 %',
      holds: between(0.98, 1.02),
    },
    pretrained: {
      claim:
        'For a net that has learned the ten digits, odd or even takes at most half the directions that it takes from a random start',
      baseline: 'random start',
      holds: atMostTimesBaseline(0.5),
    },
    longer: {
      claim: 'After 400 steps of pre-training it takes fewer directions than after 20',
      baseline: '20 steps',
      holds: belowBaseline(),
    },
    wider: {
      claim: 'After the same 100 steps a net of width 200 takes no more directions than one of 50',
      baseline: 'width 50',
      holds: notAboveBaseline(0),
    },
    scaled: {
      claim: 'A factor for each weight, out of the same budget, lowers the dimension (SAID)',
      baseline: 'no factors',
      holds: belowBaseline(),
    },
    gap: {
      claim:
        'Trained in as many directions as the dimension, accuracy on the images trained on exceeds that on others by less than with all weights',
      unit: '%',
      baseline: 'all weights',
      holds: belowBaseline(),
    },
    far: {
      claim:
        'A net that has learned clothes takes fewer directions for the ten digits than from a random start',
      baseline: 'random start',
      holds: belowBaseline(),
    },
  },
  readings: {
    middle: { title: 'Directions for odd or even after 100 steps, width 50' },
    full: { title: 'Accuracy on odd or even after 400 steps, all weights', unit: '%' },
    scratch: { title: 'Accuracy on odd or even from a random start, all weights', unit: '%' },
  },
  deviations: [
    'Nets of two hidden layers (50, or 200 where it is said) on digits of 14 × 14 pixels in place of RoBERTa on GLUE: the net learns the ten digits, then odd or even of other images; the head is new.',
    'The dimension is read off between two numbers of directions a factor of two apart, on the line in their logarithm; the largest tried stands where none reaches nine tenths.',
    'One step length for all subspaces (0.2) and one for all weights (0.01), chosen on a seed that is not measured (101), as was odd or even as the task near by; clothes before digits are kept as what is far off.',
  ],
  async run(study) {
    const { quick, seed, engine, tick } = study;
    const size = quick ? QUICK : FULL;
    const lesson: NetLesson = { ...size, seed, engine, signal: study.signal };
    const digits = await small(study, 'mnist');
    const clothes = await small(study, 'fashion-mnist');
    const first = part(digits.known, 0, size.first);
    const known = parity(part(digits.known, size.first, size.first + size.few));
    const judged = parity(part(digits.judged, 0, size.judged));

    const net = (width: number, own: number) =>
      mlp({ name: 'net', sizes: [first.images.cols, width, width, 10], seed: own });
    const learned = async (on: LabeledImages, steps: number, width: number) => {
      const make = () => net(width, seed);
      const task = { make, known: on, judged: digits.judged };
      return (await trainedNet(task, { ...lesson, steps }, RATES.all)).net;
    };
    /** A net with the body of another and a new head; other first weights where there is none. */
    const from =
      (base: Layer | undefined, width = size.narrow) =>
      () => {
        const made = net(width, seed + 1000);
        base?.parameters.slice(0, 4).forEach(({ data }, i) => {
          made.parameters[i].data.set(data);
        });
        return made;
      };
    const dimension = (make: NetTask['make'], more: { perLayerScale?: boolean } = {}) =>
      taskDimension({ make, known, judged }, lesson, RATES, size.grid, more);

    const { short, middle, long } = size.stages;
    const bases = {
      short: await learned(first, short, size.narrow),
      middle: await learned(first, middle, size.narrow),
      long: await learned(first, long, size.narrow),
      wide: await learned(first, middle, size.wide),
      clothes: await learned(clothes.known, long, size.narrow),
    };
    const scratch = await dimension(from(undefined));
    const early = await dimension(from(bases.short));
    await tick(0.3);
    const half = await dimension(from(bases.middle));
    const late = await dimension(from(bases.long));
    const scaled = await dimension(from(bases.middle), { perLayerScale: true });
    await tick(0.5);
    const wide = await dimension(from(bases.wide, size.wide));

    const far = (make: NetTask['make']) => {
      const task = { make, known: part(digits.known, 0, size.first), judged: digits.judged };
      return taskDimension(task, lesson, RATES, size.farGrid);
    };
    const gapOf = async (make: NetTask['make'], directions?: number) => {
      const by = directions ? randomSubspace.bind({ directions, seed }) : undefined;
      const rate = directions ? RATES.few : RATES.all;
      const { net: own, accuracy } = await trainedNet({ make, known, judged }, lesson, rate, by);
      const { images, labels } = known;
      const logits = own(constant(images.data, [images.rows, images.cols]));
      return (await shareRight(logits, labels, engine)) - accuracy;
    };
    return {
      lengths: await meanLengths(study, size.draws),
      pretrained: { value: late.d90, baseline: scratch.d90 },
      longer: { value: late.d90, baseline: early.d90 },
      wider: { value: wide.d90, baseline: half.d90 },
      scaled: { value: scaled.d90, baseline: half.d90 },
      gap: {
        value: await gapOf(from(bases.long), Math.ceil(late.d90)),
        baseline: await gapOf(from(bases.long)),
      },
      far: {
        value: (await far(from(bases.clothes))).d90,
        baseline: (await far(from(undefined))).d90,
      },
      middle: half.d90,
      full: late.full,
      scratch: scratch.full,
    };
  },
});

async function small(study: StudyContext, name: 'mnist' | 'fashion-mnist') {
  const { train, test } = await loadImages(study, name);
  const halved = ({ images, labels }: LabeledImages) => ({ images: halvedImages(images), labels });
  return { known: halved(train), judged: halved(test) };
}

function part({ images, labels }: LabeledImages, from: number, to: number): LabeledImages {
  const rows = Int32Array.from({ length: to - from }, (_, i) => from + i);
  return { images: gathered(images, rows), labels: labels.slice(from, to) };
}

const parity = ({ images, labels }: LabeledImages): LabeledImages => ({
  images,
  labels: labels.map((digit) => digit % 2),
});

/** The mean of ‖P·v‖²/‖v‖² over as many P and v, 10,000 × 100. */
async function meanLengths({ random, seed }: StudyContext, draws: number): Promise<number> {
  const stream = random.fork('lengths');
  const [rows, cols] = [10_000, 100];
  let sum = 0;
  for (let draw = 0; draw < draws; draw++) {
    const theta = parameter('theta', new Float64Array(rows), [rows]);
    const options = { directions: cols, seed: 1000 * seed + draw };
    const { parameters, tensors } = await randomSubspace.bind(options).over([theta]);
    const v = new Float64Array(cols);
    stream.normals(v);
    parameters[0].data.set(v);
    const [moved] = await evaluateAll([...tensors.values()], new Workspace(referenceEngine));
    const squares = (values: ArrayLike<number>) =>
      Array.from(values).reduce((all, x) => all + x * x, 0);
    sum += squares(moved) / squares(v);
  }
  return sum / draws;
}
