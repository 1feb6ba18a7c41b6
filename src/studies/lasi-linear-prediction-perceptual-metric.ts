import type { Random } from '../core/random.ts';
import { spearman } from '../core/ranks.ts';
import { imageEmbedder, lasi, valueDistances } from '../families/comparisons/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { causalNeighbors } from '../numerics/images/causal-neighbors.ts';
import { linearPredictor } from '../numerics/images/linear-prediction.ts';
import { meanOf } from '../numerics/statistics/averages.ts';
import { aboveBaseline, atLeast, atMost, defineStudy, type StudyContext } from './define.ts';
import {
  blocky,
  blurred,
  type Gray,
  largeImages,
  noisy,
  scaledTo,
  squaredError,
  structuralDissimilarity,
} from './support/distorted-images.ts';
import { loadImages } from './support/images.ts';

const RIDGE = lasi.spec.options.ridge.default;
const NEIGHBORS = [2, 4, 8, 16];
const SHAPE = { height: 56, width: 56, channels: 1 };
/** The mean squared error of every change of one comparison. */
const ERROR = 144;
const LEVELS = {
  noise: [2, 4, 8, 16, 32],
  blur: [0.5, 0.8, 1.2, 1.8, 2.7],
  blocks: [4, 8, 16, 32, 64],
};

export default defineStudy({
  paper: papers.lasiLinearPredictionPerceptualMetric,
  methods: ['comparisons/lasi'],
  claim:
    'Weights that predict each pixel from those before it make a distance of images that follows what people see, with nothing learned before; more neighbours predict better.',
  data: [
    {
      name: 'Fashion-MNIST, enlarged to 56 × 56 pixels',
      source: 'slice of 500 test images, study-data/fashion-mnist',
      licence: 'MIT',
    },
    {
      name: 'MNIST, enlarged to 56 × 56 pixels',
      source: 'slice of 500 test images, study-data/mnist',
      licence: 'CC BY-SA 3.0',
    },
  ],
  quickSeeds: 2,
  lines: {
    objective: {
      claim:
        'The weighted squared error falls with N = 2, 4, 8, 16: share of images where each does',
      unit: '%',
      holds: atLeast(0.95),
    },
    fall: {
      claim: 'At N = 16 it is nine tenths of that at N = 2 or less',
      holds: atMost(0.9),
    },
    noise: {
      claim:
        'The distance grows with noise: Spearman’s correlation over five levels, mean over images',
      holds: atLeast(0.99),
    },
    blur: { claim: 'It grows with blur', holds: atLeast(0.99) },
    blocks: { claim: 'It grows with the steps of blocks of 8 × 8', holds: atLeast(0.95) },
    light: {
      claim: 'Of one squared error, a lighter image is nearer than a noisy one: share of images',
      unit: '%',
      holds: atLeast(0.95),
    },
    orders: {
      claim:
        'Light and contrast are nearer than noise, blur and blocks of one squared error: share of six comparisons',
      unit: '%',
      baseline: 'mean squared error, where all tie',
      holds: aboveBaseline(0.2),
    },
    ssim: {
      claim: 'More of them are right than by SSIM',
      unit: '%',
      baseline: 'SSIM',
      holds: aboveBaseline(),
    },
    more: {
      claim: 'More neighbours order better: N = 16 beside N = 2',
      unit: '%',
      baseline: 'N = 2',
      holds: aboveBaseline(),
    },
  },
  readings: {
    ahead: { title: 'Error of predicting the value itself at N = 16, over that at N = 2' },
    lighter: { title: 'Distance of an image 12 lighter' },
    noisier: { title: 'Distance of an image with noise of deviation 12' },
    ssimLight: { title: 'Share of images where SSIM finds the lighter one nearer', unit: '%' },
  },
  deviations: [
    'Changes made by rule in place of people’s answers: which of two changes of one squared error disturbs less is known beforehand for light and contrast against noise, blur and blocks.',
    'Small pictures of clothes and digits, enlarged, in place of photographs.',
    'The error with more neighbours can hardly rise, as the nearest ones come first: the line says that the sums are right.',
    'N = 10 where nothing else is said, as in the authors’ example.',
  ],
  async run(study) {
    const { random, tick } = study;
    const images = await pictures(study);
    const changes = images.map((image, i) => changesOf(image, random.fork('changes').fork(i)));
    const embed = imageEmbedder(SHAPE, { neighbors: 10, ridge: RIDGE });
    const distance = (of: typeof embed) => (a: Gray, b: Gray) =>
      meanOf(valueDistances(of(a), of(b)));
    const errors = images.map(errorsOf);
    await tick(0.3);
    const grown = (kind: keyof typeof LEVELS) =>
      meanOf(
        images.map((image, i) => {
          const own = embed(image);
          const found = changes[i][kind].map((changed) =>
            meanOf(valueDistances(own, embed(changed))),
          );
          return spearman(found, LEVELS[kind]);
        }),
      );
    const growth = { noise: grown('noise'), blur: grown('blur'), blocks: grown('blocks') };
    await tick(0.7);
    const lasiOf = (neighbors: number) =>
      scoresOf(images, changes, distance(imageEmbedder(SHAPE, { neighbors, ridge: RIDGE })));
    const [own, ssim] = [lasiOf(10), scoresOf(images, changes, structuralDissimilarity)];
    const few = lasiOf(2);
    await tick(0.85);
    const many = lasiOf(16);
    return {
      objective:
        errors.filter((e) => e.every((x, at) => at === 0 || x < e[at - 1])).length / errors.length,
      fall: meanOf(errors.map((e) => e[3] / e[0])),
      ...growth,
      light: own.light,
      orders: { value: own.orders, baseline: scoresOf(images, changes, squaredError).orders },
      ssim: { value: own.orders, baseline: ssim.orders },
      more: { value: many.orders, baseline: few.orders },
      ahead: meanOf(images.map((image) => errorAhead(image, 16) / errorAhead(image, 2))),
      lighter: own.lighter,
      noisier: own.noisier,
      ssimLight: ssim.light,
    };
  },
});

async function pictures(study: StudyContext): Promise<Gray[]> {
  const sets = [];
  for (const name of study.quick
    ? (['fashion-mnist'] as const)
    : (['fashion-mnist', 'mnist'] as const)) {
    const { images } = (await loadImages(study, name)).test;
    const rows = study.random.fork(name).sample(images.rows, study.quick ? 1 : 10);
    sets.push(...largeImages(images, rows));
  }
  return sets;
}

function changesOf(image: Gray, random: Random) {
  const middle = meanOf(image);
  const noise = random.fork('noise');
  return {
    noise: LEVELS.noise.map((level) => noisy(image, level, noise.fork(level))),
    blur: LEVELS.blur.map((level) => blurred(image, level)),
    blocks: LEVELS.blocks.map((step) => blocky(image, step)),
    /** Changes of one squared error that disturb little, and others that disturb. */
    mild: [
      scaledTo(
        ERROR,
        image,
        image.map((x) => x + 1),
      ),
      scaledTo(
        ERROR,
        image,
        image.map((x) => middle + 0.9 * (x - middle)),
      ),
    ],
    strong: [
      scaledTo(ERROR, image, noisy(image, 12, random.fork('strong'))),
      scaledTo(ERROR, image, blurred(image, 2)),
      scaledTo(ERROR, image, blocky(image, 40)),
    ],
  };
}

/** How often the mild change is nearer than the strong one; ties count half. */
function scoresOf(
  images: readonly Gray[],
  changes: readonly ReturnType<typeof changesOf>[],
  distance: (a: Gray, b: Gray) => number,
) {
  let [right, light] = [0, 0];
  let [lighter, noisier] = [0, 0];
  const beats = (mild: number, strong: number) =>
    Math.abs(mild - strong) < 1e-9 * strong ? 0.5 : mild < strong ? 1 : 0;
  for (const [i, image] of images.entries()) {
    const [mild, strong] = [changes[i].mild, changes[i].strong].map((list) =>
      list.map((changed) => distance(image, changed)),
    );
    for (const a of mild) for (const b of strong) right += beats(a, b) / 6;
    light += beats(mild[0], strong[0]);
    lighter += mild[0];
    noisier += strong[0];
  }
  const n = images.length;
  return { orders: right / n, light: light / n, lighter: lighter / n, noisier: noisier / n };
}

/** Σ of the weighted squared errors over that of the weighted squares, for each N. */
function errorsOf(image: Gray): number[] {
  return NEIGHBORS.map((neighbors) => {
    const { losses, squares } = linearPredictor(SHAPE, { neighbors, ridge: RIDGE })(image);
    return meanOf(losses) / meanOf(squares);
  });
}

/** The mean squared error of predicting each value from those before it. */
function errorAhead(image: Gray, neighbors: number): number {
  const { weights } = linearPredictor(SHAPE, { neighbors, ridge: RIDGE })(image);
  const places = causalNeighbors(SHAPE, neighbors);
  return meanOf(
    image.map((x, i) => {
      let error = x;
      for (let e = i * neighbors; e < (i + 1) * neighbors; e++)
        if (places[e] >= 0) error -= weights.data[e] * image[places[e]];
      return error * error;
    }),
  );
}
