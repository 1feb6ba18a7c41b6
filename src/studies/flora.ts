import { gathered, matrix } from '../core/matrix.ts';
import { type BoundParametrization, lora, tucker } from '../families/parametrizations/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { tuckerProduct } from '../numerics/decompositions/tucker.ts';
import {
  aboveBaseline,
  atMost,
  belowBaseline,
  defineStudy,
  nearBaseline,
  type StudyContext,
} from './define.ts';
import {
  bodyLike,
  convolutionBody,
  denseBody,
  matrixError,
  type Schooling,
  schooled,
  tuckerError,
  updatesOf,
} from './support/adapted-images.ts';
import { type LabeledImages, loadImages } from './support/images.ts';

const FULL = {
  channels: [16, 32, 32],
  hidden: 64,
  examples: 1000,
  first: 300,
  steps: 250,
  batch: 32,
};
const QUICK = { channels: [6, 10, 10], hidden: 8, examples: 60, first: 6, steps: 4, batch: 8 };

/** Ranks of each form, so that a core has no more numbers than the matrices flattened by outputs. */
const BUDGETS = {
  small: { numbers: 'about 500', outputs: 1, halves: 1, rank: 3, windowRank: 2 },
  middle: { numbers: 'about 1,000', outputs: 2, halves: 2, rank: 5, windowRank: 2 },
  large: { numbers: 'about 2,000', outputs: 4, halves: 5, rank: 9, windowRank: 2 },
} as const;
type Budget = keyof typeof BUDGETS;

/** Step lengths, the best of 0.001, 0.003, 0.01, 0.03 for each form on seeds that are not measured. */
const RATES = { first: 0.005, full: 0.003, head: 0.03, lora: 0.01, tucker: 0.01 };
const DENSE_RANK = 4;

const FLATTENED = 'LoRA, kernels flattened by outputs';
const FOLDED = 'the better of two foldings into a matrix';

const accuracyLine = (budget: Budget) =>
  ({
    claim: `With ${BUDGETS[budget].numbers} numbers a core gives clothes a higher accuracy than matrices`,
    unit: '%',
    baseline: FLATTENED,
    holds: aboveBaseline(),
  }) as const;

const errorLine = (budget: Budget) =>
  ({
    claim: `With ${BUDGETS[budget].numbers} numbers a core comes nearer to what training all weights changes`,
    baseline: FOLDED,
    holds: belowBaseline(),
  }) as const;

export default defineStudy({
  paper: papers.flora,
  methods: ['parametrizations/tucker', 'parametrizations/lora'],
  quickSeeds: 2,
  claim:
    'Updates of convolutions are nearer to a low-rank core that keeps their axes than to low-rank matrices: with as many numbers, tuning them is better.',
  data: [
    {
      name: 'MNIST, 1,500 training images, to begin with',
      source: 'study-data/mnist',
      licence: 'CC BY-SA 3.0',
    },
    {
      name: 'Fashion-MNIST, 1,000 of 1,500 training and 500 test images, to adapt to',
      source: 'study-data/fashion-mnist',
      licence: 'MIT',
    },
  ],
  lines: {
    planted: {
      claim:
        'A tensor of ranks 3, 2, 2, 3 is given back by its decomposition, but for a relative error',
      holds: atMost(1e-6),
    },
    smallError: errorLine('small'),
    middleError: errorLine('middle'),
    largeError: errorLine('large'),
    small: accuracyLine('small'),
    middle: accuracyLine('middle'),
    large: accuracyLine('large'),
    gap: {
      claim: 'What a core gains over matrices is more with about 500 numbers than with about 2,000',
      unit: '%',
      baseline: 'what it gains with about 2,000',
      holds: aboveBaseline(),
    },
    head: {
      claim: 'A core of about 500 numbers and a new head are better than the new head alone',
      unit: '%',
      baseline: 'head alone',
      holds: aboveBaseline(),
    },
    matrix: {
      claim: 'Of a dense layer, a core of rank 4 and LoRA of rank 4 come to the same accuracy',
      unit: '%',
      baseline: 'LoRA',
      holds: nearBaseline(0.02),
    },
  },
  readings: {
    digits: { title: 'Accuracy of the first network on test digits', unit: '%' },
    full: { title: 'Accuracy on clothes, all weights trained', unit: '%' },
    smallHalves: { title: 'About 500 numbers: LoRA, kernels folded in halves', unit: '%' },
    middleHalves: { title: 'About 1,000 numbers: LoRA, kernels folded in halves', unit: '%' },
    largeHalves: { title: 'About 2,000 numbers: LoRA, kernels folded in halves', unit: '%' },
    denseHead: { title: 'Dense layer: head alone', unit: '%' },
  },
  deviations: [
    'A network of three convolutions (16, 32, 32 channels of 3 × 3) and digits in place of ConvNeXt, vision transformers and ImageNet; of the paper its official code was at hand, and no table.',
    'Only convolutions are adapted; their biases stay. The head is new and trained in all its numbers, in every way alike.',
    'Trained numbers of the body, the head (330) beside: 505, 897 and 1,873 of the core; 521, 1,042 and 2,084 of matrices flattened by outputs; 387, 774 and 1,833 of those folded in halves: the core never has more than the baseline.',
    'All ways have the same 250 steps of 32 images (Adam, cosine); each has the best step length of four on other seeds (101 to 103): 0.003 for all weights, 0.03 for the head alone, 0.01 for LoRA and for the core.',
  ],
  async run(study) {
    const { quick, seed, tick } = study;
    const size = quick ? QUICK : FULL;
    const digits = await loadImages(study, 'mnist');
    const clothes = await loadImages(study, 'fashion-mnist');
    const few = someOf(clothes.train, size.examples, study);
    const lesson = (learningRate: number, steps = size.steps): Schooling => ({
      ...{ steps, batch: size.batch, learningRate },
    });
    const context = { seed, engine: study.engine, signal: study.signal };

    const make = () => convolutionBody(size.channels, seed);
    const base = make();
    const first = { ...context, ...lesson(RATES.first, size.first) };
    const accuracyOnDigits = await schooled(base, digits.train, digits.test, first);
    const adapted = async (
      rate: number,
      by?: BoundParametrization | 'still',
      of = base,
      like = make,
    ) => {
      const body = bodyLike(like, of);
      const accuracy = await schooled(body, few, clothes.test, { ...context, ...lesson(rate), by });
      return { accuracy, body };
    };
    const full = await adapted(RATES.full);
    const head = (await adapted(RATES.head, 'still')).accuracy;
    await tick(0.2);

    const changes = updatesOf(base, full.body);
    const found = await everyBudget(async (budget, done) => {
      const { outputs, halves, rank, windowRank } = BUDGETS[budget];
      const flat = lora.bind({ rank: outputs, seed });
      const half = lora.bind({ rank: halves, fold: 'halves', seed });
      const core = tucker.bind({ rank, windowRank, seed });
      await tick(0.2 + 0.25 * done);
      return {
        accuracy: (await adapted(RATES.tucker, core)).accuracy,
        flattened: (await adapted(RATES.lora, flat)).accuracy,
        halves: (await adapted(RATES.lora, half)).accuracy,
        error: tuckerError(changes, rank, windowRank),
        matrixError: Math.min(matrixError(changes, outputs, 1), matrixError(changes, halves, 2)),
      };
    });

    const inputs = clothes.train.images.cols;
    const makeDense = () => denseBody(inputs, size.hidden, seed);
    const baseDense = makeDense();
    await schooled(baseDense, digits.train, digits.test, first);
    const ofDense = async (rate: number, by: BoundParametrization | 'still') =>
      (await adapted(rate, by, baseDense, makeDense)).accuracy;
    const { small, middle, large } = found;
    return {
      planted: plantedError(study),
      smallError: { value: small.error, baseline: small.matrixError },
      middleError: { value: middle.error, baseline: middle.matrixError },
      largeError: { value: large.error, baseline: large.matrixError },
      small: { value: small.accuracy, baseline: small.flattened },
      middle: { value: middle.accuracy, baseline: middle.flattened },
      large: { value: large.accuracy, baseline: large.flattened },
      gap: {
        value: small.accuracy - small.flattened,
        baseline: large.accuracy - large.flattened,
      },
      head: { value: small.accuracy, baseline: head },
      matrix: {
        value: await ofDense(RATES.tucker, tucker.bind({ rank: DENSE_RANK, seed })),
        baseline: await ofDense(RATES.lora, lora.bind({ rank: DENSE_RANK, seed })),
      },
      digits: accuracyOnDigits,
      full: full.accuracy,
      smallHalves: small.halves,
      middleHalves: middle.halves,
      largeHalves: large.halves,
      denseHead: await ofDense(RATES.head, 'still'),
    };
  },
});

async function everyBudget<T>(
  measured: (budget: Budget, done: number) => Promise<T>,
): Promise<Readonly<Record<Budget, T>>> {
  const found: Partial<Record<Budget, T>> = {};
  const names = Object.keys(BUDGETS) as readonly Budget[];
  for (const [i, budget] of names.entries()) found[budget] = await measured(budget, i);
  return found as Record<Budget, T>;
}

/** So many images of the seed. */
function someOf(
  { images, labels }: LabeledImages,
  count: number,
  { random }: StudyContext,
): LabeledImages {
  const rows = random.fork('examples').sample(labels.length, count);
  return { images: gathered(images, rows), labels: rows.map((row) => labels[row]) };
}

/** The relative error of the decomposition of a tensor that has its ranks. */
function plantedError({ random }: StudyContext): number {
  const stream = random.fork('planted');
  const normals = (length: number) => Float64Array.from({ length }, () => stream.normal());
  const [shape, ranks] = [
    [32, 3, 3, 16],
    [3, 2, 2, 3],
  ];
  const core = { shape: ranks, data: normals(36) };
  const factors = shape.map((d, axis) => matrix(normals(d * ranks[axis]), d, ranks[axis]));
  return tuckerError([{ shape, data: tuckerProduct({ core, factors }) }], 3, 2);
}
