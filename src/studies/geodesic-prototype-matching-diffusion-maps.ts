import { gathered, type Matrix, matrix } from '../core/matrix.ts';
import { cos, sin } from '../core/numeric.ts';
import type { Random } from '../core/random.ts';
import { logistic, nearestToPrototypes, prototypes } from '../families/classifiers/index.ts';
import { pca } from '../families/reduction/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  atLeast,
  belowBaseline,
  defineStudy,
  notBelowBaseline,
  type StudyContext,
} from './define.ts';
import { loadImages } from './support/images.ts';

type Options = NonNullable<Parameters<typeof prototypes>[1]>;

interface Rows {
  readonly points: Matrix;
  readonly classes: readonly string[];
}

export default defineStudy({
  paper: papers.geodesicPrototypeMatchingDiffusionMaps,
  methods: ['classifiers/prototypes', 'classifiers/logistic'],
  claim:
    'Prototypes compared along the manifold of their class tell classes apart that straight lines to prototypes confuse.',
  data: [
    { name: 'Two spirals in 50 dimensions', source: 'by seed', licence: 'planted' },
    {
      name: 'Fashion-MNIST',
      source: 'https://github.com/zalandoresearch/fashion-mnist',
      licence: 'MIT',
    },
  ],
  lines: {
    spirals: {
      claim:
        'On two spirals three prototypes a class by diffusion are right 10 points more often than by straight lines',
      unit: '%',
      baseline: 'Euclidean distance',
      holds: aboveBaseline(0.1),
    },
    unweighted: {
      claim:
        'Without the mass of the kernel the class-wise walks are no better than straight lines',
      unit: '%',
      baseline: 'Euclidean distance',
      holds: belowBaseline(),
    },
    shared: {
      claim: 'One diffusion map of all landmarks is 10 points better than straight lines',
      unit: '%',
      baseline: 'Euclidean distance',
      holds: aboveBaseline(0.1),
    },
    garments: {
      claim:
        'On garments five prototypes a class by diffusion are right no less often than by straight lines',
      unit: '%',
      baseline: 'Euclidean distance',
      holds: notBelowBaseline(0),
    },
    purity: {
      claim: 'Of the ten garments nearest to a prototype more are of its class',
      unit: '%',
      baseline: 'Euclidean distance',
      holds: aboveBaseline(),
    },
    level: {
      claim: 'Diffusion prototypes of spirals are right in 95 of 100',
      unit: '%',
      holds: atLeast(0.95),
    },
  },
  readings: {
    geodesic: { title: 'Spirals, shortest paths among landmarks', unit: '%' },
    nearest: {
      title: 'Garments, nearest of the same landmarks (all of them prototypes)',
      unit: '%',
    },
    linear: { title: 'Garments, logistic regression on all training rows', unit: '%' },
  },
  deviations: [
    'Frozen features (50 principal components of the pixels) in place of patches of a network that is trained with its prototypes; CUB-200 and Stanford Cars are not measured.',
    'The term for the mass of the kernel is not the paper’s.',
  ],
  async run(study) {
    const { random, quick, tick } = study;
    const n = quick ? 300 : 1000;
    const known = spirals(n, random.fork('known'));
    const others = spirals(n, random.fork('others'));
    const on = (options: Options) => accuracy(study, known, others, { count: 3, ...options });
    const straight = await on({});
    const diffusion = await on({ distance: 'diffusion' });
    await tick(0.3);
    const garments = await garmentsOf(study);
    return {
      spirals: { value: diffusion, baseline: straight },
      unweighted: { value: await on({ distance: 'diffusion', mass: 0 }), baseline: straight },
      shared: { value: await on({ distance: 'shared-diffusion' }), baseline: straight },
      level: diffusion,
      geodesic: await on({ distance: 'geodesic' }),
      ...garments,
    };
  },
});

/** Two spirals of one turn and a third in two of fifty columns, with noise in all. */
function spirals(n: number, random: Random): Rows {
  const d = 50;
  const data = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    const t = 1 + 8.5 * random.uniform();
    const angle = t + (i % 2) * Math.PI;
    for (let c = 0; c < d; c++) data[i * d + c] = 0.1 * random.normal();
    data[i * d] += t * cos(angle);
    data[i * d + 1] += t * sin(angle);
  }
  return { points: matrix(data, n, d), classes: Array.from({ length: n }, (_, i) => `${i % 2}`) };
}

const shareRight = (found: readonly string[], { classes }: Rows) =>
  found.filter((name, i) => name === classes[i]).length / found.length;

async function accuracy(
  { engine, seed }: StudyContext,
  known: Rows,
  others: Rows,
  options: Options,
) {
  const run = known.points.data instanceof Float32Array ? { engine } : {};
  const { model } = await prototypes(known, { seed, ...options }, run);
  return shareRight((await prototypes.predict(model, others.points, run)).classes, others);
}

async function garmentsOf(study: StudyContext) {
  const { engine, quick, random, seed } = study;
  const { train, test } = await loadImages(study, 'fashion-mnist');
  const most = quick ? 300 : 1500;
  const rows = random
    .fork('garments')
    .sample(train.labels.length, Math.min(most, train.labels.length));
  const { model, points } = await pca(gathered(train.images, rows), { dim: 50 }, { engine });
  const known: Rows = { points, classes: Array.from(rows, (row) => `${train.labels[row]}`) };
  const asked = Array.from(
    { length: Math.min(test.labels.length, quick ? 100 : 500) },
    (_, i) => i,
  );
  const others: Rows = {
    points: await pca.transform(model, gathered(test.images, asked), { engine }),
    classes: asked.map((row) => `${test.labels[row]}`),
  };
  const purityOf = async (options: Options) => {
    const fitted = await prototypes(known, { seed, ...options }, { engine });
    const shown = await nearestToPrototypes(fitted.model, known.points, 10, { engine });
    const right = shown.flatMap(({ name, rows: own }) =>
      own.map((row) => known.classes[row] === name),
    );
    return right.filter(Boolean).length / right.length;
  };
  const on = (options: Options) => accuracy(study, known, others, options);
  const linear = await logistic(known, { penalty: 10 }, { engine });
  return {
    garments: { value: await on({ distance: 'diffusion' }), baseline: await on({}) },
    purity: { value: await purityOf({ distance: 'diffusion' }), baseline: await purityOf({}) },
    nearest: await on({ distance: 'geodesic', count: 64, power: 1 }),
    linear: shareRight(
      (await logistic.predict(linear.model, others.points, { engine })).classes,
      others,
    ),
  };
}
