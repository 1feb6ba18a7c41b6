import { gathered, type Matrix, zeros } from '../core/matrix.ts';
import { exp } from '../core/numeric.ts';
import type { Random } from '../core/random.ts';
import {
  decodeDelta,
  encodeDelta,
  randomSubspace,
  restoreDelta,
} from '../families/parametrizations/index.ts';
import { constant, mlp } from '../learning/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  atLeastTimesBaseline,
  atMost,
  belowBaseline,
  between,
  defineStudy,
  nearBaseline,
  type StudyContext,
} from './define.ts';
import { shareRight } from './support/classified.ts';
import { halvedImages } from './support/image-views.ts';
import { type LabeledImages, loadImages } from './support/images.ts';
import { toyLoss } from './support/subspace-toy.ts';
import {
  convolutionalNet,
  type NetLesson,
  type NetTask,
  taskDimension,
  trainedNet,
} from './support/subspace-training.ts';

const FULL = {
  steps: 300,
  batch: 50,
  few: 300,
  judged: 500,
  width: 50,
  nets: { narrow: [25], wide: [150], deep: [50, 50, 50] },
  channels: [12, 24],
  grid: [128, 256, 512, 1024, 2048],
  memory: [16, 64, 256, 1024, 4096],
  directions: 256,
};
const QUICK = {
  steps: 4,
  batch: 10,
  few: 20,
  judged: 50,
  width: 8,
  nets: { narrow: [4], wide: [16], deep: [8, 8] },
  channels: [3, 4],
  grid: [16, 64],
  memory: [16, 64],
  directions: 32,
};

/** Step lengths of Adam, the best of 0.003, 0.01 and of 0.03, 0.1, 0.3 on a seed that is not measured. */
const RATES = { all: 0.01, few: 0.2 };

const SAME = 'the same net, pictures as they are';

export default defineStudy({
  paper: papers.measuringTheIntrinsicDimensionOfObjectiveLandscapes,
  methods: ['parametrizations/random-subspace'],
  seeds: 10,
  quickSeeds: 2,
  claim:
    'A network trained in a random plane of few directions does nearly as well as with all weights; how many directions that takes says how difficult a problem is, whatever the size of the network.',
  data: [
    {
      name: 'MNIST, 1,500 training and 500 test images at half the side',
      source: 'study-data/mnist',
      licence: 'CC BY-SA 3.0',
    },
  ],
  lines: {
    toy: {
      claim: 'A thousand numbers under ten constraints have the dimension 10',
      holds: between(10, 10),
    },
    digits: {
      claim:
        'Digits take within a factor of two of the published 750 directions for nine tenths of the accuracy of all weights',
      holds: between(375, 1500),
    },
    sizes: {
      claim:
        'Over widths of 25, 50, 150 and three layers of 50 the largest dimension is at most twice the smallest',
      holds: atMost(2),
    },
    convolution: {
      claim: 'A convolutional net takes fewer directions than a dense one',
      baseline: 'dense net of width 50',
      holds: belowBaseline(),
    },
    shuffledDense: {
      claim: 'Pixels in another order leave the dimension of the dense net, within a factor of 1.5',
      holds: between(1 / 1.5, 1.5),
    },
    shuffledConvolution: {
      claim: 'Pixels in another order raise the dimension of the convolutional net',
      baseline: SAME,
      holds: aboveBaseline(),
    },
    labels: {
      claim:
        'To learn 300 images by heart takes twice the directions or more where their labels are shuffled',
      baseline: 'the same images with their own labels',
      holds: atLeastTimesBaseline(2),
    },
    dense: {
      claim:
        'In 256 directions, normal numbers and Fastfood come to the same accuracy within 3 points',
      unit: '%',
      baseline: 'Fastfood',
      holds: nearBaseline(0.03),
    },
    sparse: {
      claim:
        'In 256 directions, sparse columns and Fastfood come to the same accuracy within 3 points',
      unit: '%',
      baseline: 'Fastfood',
      holds: nearBaseline(0.03),
    },
    file: {
      claim: 'The file of the net at its dimension has at most 5,000 bytes',
      holds: atMost(5000),
    },
    restored: {
      claim: 'That file gives back the accuracy exactly',
      unit: '%',
      baseline: 'before it was written',
      holds: nearBaseline(0),
    },
  },
  readings: {
    accuracy: { title: 'Accuracy of the dense net, all weights trained', unit: '%' },
    convolutionAccuracy: {
      title: 'Accuracy of the convolutional net, all weights trained',
      unit: '%',
    },
    narrow: { title: 'Dimension, width 25 (5,185 weights)' },
    wide: { title: 'Dimension, width 150 (31,060 weights)' },
    deep: { title: 'Dimension, three layers of 50 (15,460 weights)' },
  },
  deviations: [
    '1,500 digits of 14 × 14 pixels and dense nets of 10,360 numbers in place of 60,000 of 28 × 28 and 199,210; 300 steps of 50 images with Adam in place of 100 epochs.',
    'The dimension is read off between two numbers of directions that are a factor of two apart (four for images by heart), on the line in their logarithm; the paper takes the first of its grid.',
    'One step length for all weights (0.01) and one for all subspaces (0.2), the best on a seed that is not measured (101); the paper searches for each.',
    'The problem of a thousand numbers is solved by least squares, as its loss is quadratic; its dimension is the first with exp(−loss) of 0.99.',
    'Ten seeds: with five, in a run before, the intervals of the dimension were a third of it on either side, and decided little.',
    'Projections are compared on a dense net of width 16 (3,322 weights).',
  ],
  async run(study) {
    const { quick, seed, engine, random, tick } = study;
    const size = quick ? QUICK : FULL;
    const lesson: NetLesson = { ...size, seed, engine, signal: study.signal };
    const { known, judged } = await digitsOf(study, size.judged);
    const pixels = known.images.cols;
    const denseNet = (hidden: readonly number[]) => () =>
      mlp({ name: 'net', sizes: [pixels, ...hidden, 10], seed });
    const convolution = () => convolutionalNet(Math.sqrt(pixels), size.channels, seed);
    const digits = (make: NetTask['make']): NetTask => ({ make, known, judged });
    const dimension = (task: NetTask, grid = size.grid) => taskDimension(task, lesson, RATES, grid);

    const plain = await dimension(digits(denseNet([size.width])));
    await tick(0.1);
    const narrow = await dimension(digits(denseNet(size.nets.narrow)));
    const wide = await dimension(digits(denseNet(size.nets.wide)));
    await tick(0.4);
    const deep = await dimension(digits(denseNet(size.nets.deep)));
    const conv = await dimension(digits(convolution));
    await tick(0.6);

    const order = random.fork('pixels').sample(pixels);
    const mixed = { known: withPixels(known, order), judged: withPixels(judged, order) };
    const mixedDense = await dimension({ ...mixed, make: denseNet([size.width]) });
    const mixedConv = await dimension({ ...mixed, make: convolution });
    await tick(0.8);

    const few = firstOf(known, size.few);
    const wrong = { ...few, labels: shuffled(few.labels, random.fork('labels')) };
    const byHeart = (own: LabeledImages) =>
      dimension({ make: denseNet([size.width]), known: own, judged: own }, size.memory);

    const small = digits(denseNet([16]));
    const inSubspace = async (ensemble: 'dense' | 'sparse' | 'fastfood') => {
      const by = randomSubspace.bind({ directions: size.directions, ensemble, seed });
      return (await trainedNet(small, lesson, RATES.few, by)).accuracy;
    };
    const fastfood = await inSubspace('fastfood');
    const sizes = [plain.d90, narrow.d90, wide.d90, deep.d90];
    const file = await written(digits(denseNet([size.width])), lesson, Math.ceil(plain.d90));
    return {
      toy: await toyDimension(study),
      digits: plain.d90,
      sizes: Math.max(...sizes) / Math.min(...sizes),
      convolution: { value: conv.d90, baseline: plain.d90 },
      shuffledDense: mixedDense.d90 / plain.d90,
      shuffledConvolution: { value: mixedConv.d90, baseline: conv.d90 },
      labels: { value: (await byHeart(wrong)).d90, baseline: (await byHeart(few)).d90 },
      dense: { value: await inSubspace('dense'), baseline: fastfood },
      sparse: { value: await inSubspace('sparse'), baseline: fastfood },
      file: file.bytes,
      restored: { value: file.restored, baseline: file.accuracy },
      accuracy: plain.full,
      convolutionAccuracy: conv.full,
      narrow: narrow.d90,
      wide: wide.d90,
      deep: deep.d90,
    };
  },
});

async function digitsOf(study: StudyContext, most: number) {
  const { train, test } = await loadImages(study, 'mnist');
  const small = ({ images, labels }: LabeledImages) => ({ images: halvedImages(images), labels });
  return { known: small(train), judged: firstOf(small(test), most) };
}

function firstOf({ images, labels }: LabeledImages, count: number): LabeledImages {
  const rows = Int32Array.from({ length: count }, (_, i) => i);
  return { images: gathered(images, rows), labels: labels.slice(0, count) };
}

function withPixels({ images, labels }: LabeledImages, order: Int32Array): LabeledImages {
  const mixed: Matrix<Float32Array> = zeros(images.rows, images.cols);
  for (let e = 0; e < mixed.data.length; e++) {
    const at = e % images.cols;
    mixed.data[e] = images.data[e - at + order[at]];
  }
  return { images: mixed, labels };
}

function shuffled(labels: Int32Array, random: Random): Int32Array {
  return random.sample(labels.length).map((row) => labels[row]);
}

async function toyDimension({ seed }: StudyContext): Promise<number> {
  for (let directions = 1; directions <= 20; directions++)
    if (exp(-(await toyLoss(directions, seed))) >= 0.99) return directions;
  return Number.POSITIVE_INFINITY;
}

/** The bytes of a net in so many directions, its accuracy, and that of a new net with what the bytes say. */
async function written(task: NetTask, lesson: NetLesson, directions: number) {
  const by = randomSubspace.bind({ directions, seed: lesson.seed });
  const { few, accuracy } = await trainedNet(task, lesson, RATES.few, by);
  if (!few) return { bytes: 0, accuracy, restored: accuracy };
  const bytes = encodeDelta(few);
  const fresh = task.make();
  const again = await by.over(fresh.parameters);
  restoreDelta(again, await decodeDelta(bytes));
  await again.writeOut();
  const { images, labels } = task.judged;
  const logits = fresh(constant(images.data, [images.rows, images.cols]));
  return {
    bytes: bytes.length,
    accuracy,
    restored: await shareRight(logits, labels, lesson.engine),
  };
}
