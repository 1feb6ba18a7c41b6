import { gathered, type Matrix, toFloat32, zeros64 } from '../core/matrix.ts';
import { clusters } from '../families/learners/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { productsOf } from '../numerics/rows/products.ts';
import { doublyStochastic } from '../numerics/solvers/doubly-stochastic.ts';
import { kMeans } from '../numerics/solvers/k-means.ts';
import { agreementOf } from '../numerics/statistics/partitions.ts';
import { spectralClusters } from '../structures/clusters/spectral-clusters.ts';
import {
  aboveBaseline,
  atLeastTimesBaseline,
  atMost,
  belowBaseline,
  defineStudy,
  type StudyContext,
} from './define.ts';
import { pooledImages } from './support/classified.ts';
import { principalComponents } from './support/embeddings.ts';
import { halvedImages } from './support/image-views.ts';
import { loadImages } from './support/images.ts';

const CLUSTERS = 10;
const ENTROPY = 0.175;
/** Rows that each is joined to for subspace clustering. */
const NEIGHBORS = 10;
/** Share of the squared singular values that a rank holds. */
const HELD = 0.95;

export default defineStudy({
  paper: papers.unsupervisedManifoldLinearizingAndClustering,
  methods: ['learners/clusters', 'objectives/coding-rate-reduction'],
  claim:
    'Rate reduction with a doubly stochastic membership finds clusters better than clustering the features it starts from, and gives each cluster a subspace of few dimensions without collapse.',
  data: [
    {
      name: 'MNIST: 600 training images at 14 × 14 pixels',
      source: 'study-data/mnist',
      licence: 'CC BY-SA 3.0',
    },
    {
      name: 'Fashion-MNIST: 2,000 images of ten kinds of clothing in 100 principal coordinates',
      source: 'study-data/fashion-mnist',
      licence: 'MIT',
    },
  ],
  lines: {
    kMeans: {
      claim: 'Clusters agree with the digits more than k-means of the start',
      unit: '%',
      baseline: 'k-means on features of total coding rate',
      holds: aboveBaseline(),
    },
    spectral: {
      claim: 'And more than spectral clustering of the start',
      unit: '%',
      baseline: 'spectral clustering of its doubly stochastic membership',
      holds: aboveBaseline(),
    },
    classRank: {
      claim: 'The mean rank of the features of one digit falls',
      baseline: 'features of total coding rate',
      holds: belowBaseline(),
    },
    wholeRank: {
      claim: 'The rank of all features stays within 15 %',
      baseline: 'features of total coding rate',
      holds: atLeastTimesBaseline(0.85),
    },
    subspaces: {
      claim: 'Subspace clustering of the features improves',
      unit: '%',
      baseline: 'subspace clustering of the start',
      holds: aboveBaseline(),
    },
    softmax: {
      claim: 'Clusters are better than with shares by softmax',
      unit: '%',
      baseline: 'softmax membership, the same start',
      holds: aboveBaseline(),
    },
    clothing: {
      claim:
        'On 2,000 images of clothing clusters agree with the kinds more than k-means of the same coordinates',
      unit: '%',
      baseline: 'k-means of the 100 coordinates, the best of ten starts',
      holds: aboveBaseline(),
    },
    clothingStart: {
      claim: 'And more than k-means of the start, clothing',
      unit: '%',
      baseline: 'k-means on features of total coding rate, the best of ten starts',
      holds: aboveBaseline(),
    },
    sums: {
      claim: 'Rows and columns of the membership sum to 1 within 0.0001',
      holds: atMost(1e-4),
    },
  },
  readings: {
    pixels: { title: 'k-means of the pixels', unit: '%' },
    information: {
      title: 'Normalized mutual information of the clusters and the digits',
      unit: '%',
    },
    softmaxInformation: { title: 'The same with shares by softmax', unit: '%' },
    clothingInformation: {
      title: 'Normalized mutual information of the clusters and the kinds of clothing',
      unit: '%',
    },
    clothingMeans: { title: 'The same of k-means of the 100 coordinates', unit: '%' },
  },
  deviations: [
    'A perceptron of two layers, 24 features and batches of 80 on 600 digits (on 2,000 pieces of clothing 32 features and batches of 128) in place of a ResNet-18, 128 features and 1,024 rows of CIFAR.',
    'Views are images moved by a pixel, with noise and a tenth of the pixels at their mean; principal coordinates cannot be moved, and have the noise and the tenth alone.',
    'Subspace clustering joins each row to the ten of largest absolute cosine; the paper takes elastic nets. A rank is the number of squared singular values that hold 95 % of their sum.',
    'The start is what the paper compares with. On 600 digits k-means of the pixels does as well as the clusters; the lines on clothing set them beside k-means of the same input, too.',
    'Memberships by softmax begin at random, as they must: the seeds’ spread stands beside both.',
  ],
  async run(study) {
    const { quick, random, tick } = study;
    const { points, classes } = await digits(study);
    const steps = quick ? { first: 15, more: 6 } : { first: 200, more: 60 };
    const image = { steps, batch: quick ? 40 : 80, dim: quick ? 12 : 24, shift: 1 };
    const own = await learned(study, points, classes, image, 'doubly-stochastic');
    await tick(0.3);
    const shares = await learned(study, points, classes, image, 'softmax');
    await tick(0.5);
    const { start, end } = own;
    const digitsOf = Int32Array.from(classes, Number);
    const accuracy = (found: Int32Array) => agreementOf(found, digitsOf).accuracy;
    const means = (rows: Matrix) =>
      kMeans(rows, { clusters: CLUSTERS, starts: 10 }, random.fork('k-means')).of;
    const { linalg } = study.engine;
    const cut = (affinity: Matrix) =>
      spectralClusters(affinity, CLUSTERS, random.fork('spectral'), linalg);
    const { matrix: gamma } = doublyStochastic(productsOf(start), {
      entropy: ENTROPY,
      tolerance: 1e-5,
    });
    const ofStart = accuracy(await cut(gamma));
    const subspaces = async (rows: Matrix) => accuracy(await cut(joinedByCosine(rows)));
    return {
      kMeans: { value: own.accuracy, baseline: accuracy(means(start)) },
      spectral: { value: own.accuracy, baseline: ofStart },
      classRank: {
        value: await classRank(study, end, digitsOf),
        baseline: await classRank(study, start, digitsOf),
      },
      wholeRank: { value: await rankOf(study, end), baseline: await rankOf(study, start) },
      subspaces: { value: await subspaces(end), baseline: await subspaces(start) },
      softmax: { value: own.accuracy, baseline: shares.accuracy },
      ...(await ofClothing(study)),
      sums: largestError(gamma),
      pixels: accuracy(means(points)),
      information: own.information,
      softmaxInformation: shares.information,
    };
  },
});

async function digits(study: StudyContext) {
  const { train } = await loadImages(study, 'mnist');
  const count = Math.min(train.labels.length, study.quick ? 200 : 600);
  const rows = study.random.fork('digits');
  const chosen = rows.sample(train.labels.length, count);
  const points = halvedImages(gathered(train.images, chosen));
  return { points, classes: Array.from(chosen, (i) => `${train.labels[i]}`) };
}

/** Clusters of clothing beside k-means of the same rows and of the features that clustering starts from. */
async function ofClothing(study: StudyContext) {
  const { quick, random } = study;
  const pool = pooledImages(await loadImages(study, 'fashion-mnist'), quick ? 200 : 2000);
  const coordinates = await principalComponents(pool.points, quick ? 20 : 100, study);
  const points = toFloat32(coordinates(pool.points));
  const shape = quick
    ? { steps: { first: 15, more: 6 }, batch: 40, dim: 12, shift: 0 }
    : { steps: { first: 400, more: 120 }, batch: 128, dim: 32, shift: 0 };
  const own = await learned(study, points, pool.classes, shape, 'doubly-stochastic');
  const kinds = [...new Set(pool.classes)];
  const known = Int32Array.from(pool.classes, (kind) => kinds.indexOf(kind));
  const means = (rows: Matrix) => {
    const { of } = kMeans(rows, { clusters: CLUSTERS, starts: 10 }, random.fork('clothing'));
    return agreementOf(of, known);
  };
  const ofCoordinates = means(points);
  return {
    clothing: { value: own.accuracy, baseline: ofCoordinates.accuracy },
    clothingStart: { value: own.accuracy, baseline: means(own.start).accuracy },
    clothingInformation: own.information,
    clothingMeans: ofCoordinates.mutualInformation,
  };
}

interface Shape {
  readonly steps: { readonly first: number; readonly more: number };
  readonly batch: number;
  readonly dim: number;
  /** Pixels. */
  readonly shift: number;
}

/** Clusters, and the features after the first steps and after all. */
async function learned(
  { seed, engine, signal }: StudyContext,
  points: Matrix,
  classes: readonly string[],
  { steps: { first, more }, ...shape }: Shape,
  membership: 'doubly-stochastic' | 'softmax',
) {
  let start: Matrix = points;
  const { model, report } = await clusters(
    { points, classes },
    {
      ...{ seed, membership, entropy: ENTROPY, clusters: CLUSTERS, schedule: 'constant' },
      ...{
        steps: first + more,
        warmup: first / (first + more),
        learningRate: 3e-3,
      },
      ...{ hidden: 128, noise: 0.1, masked: 0.1 },
      ...shape,
    },
    {
      engine,
      signal,
      async onStep({ step }, now) {
        if (step === first) start = (await clusters.embed(now, { points }, { engine })).points;
      },
    },
  );
  const { points: end } = await clusters.embed(model, { points }, { engine });
  const { accuracy = 0, mutualInformation: information = 0 } = report;
  return { start, end, accuracy, information };
}

/** 1 between each row and the ten of largest absolute cosine with it. */
function joinedByCosine(rows: Matrix): Matrix<Float64Array> {
  const products = productsOf(rows);
  const n = rows.rows;
  const out = zeros64(n, n);
  for (let i = 0; i < n; i++) {
    const cosines = Array.from(products.data.subarray(i * n, (i + 1) * n), Math.abs);
    const order = cosines.map((_, j) => j).sort((a, b) => cosines[b] - cosines[a]);
    for (const j of order.slice(0, NEIGHBORS + 1)) {
      out.data[i * n + j] = 1;
      out.data[j * n + i] = 1;
    }
  }
  return out;
}

async function rankOf({ engine }: StudyContext, rows: Matrix): Promise<number> {
  const { values } = await engine.linalg.eigh(await engine.gram(rows));
  const whole = values.reduce((sum, value) => sum + value, 0);
  let held = 0;
  const last = values.findIndex((value) => {
    held += value;
    return held >= HELD * whole;
  });
  return 1 + last;
}

async function classRank(study: StudyContext, rows: Matrix, classes: Int32Array): Promise<number> {
  const names = [...new Set(classes)];
  let sum = 0;
  for (const name of names) {
    const own = Array.from(classes.keys()).filter((i) => classes[i] === name);
    sum += await rankOf(study, gathered(rows, Int32Array.from(own)));
  }
  return sum / names.length;
}

/** Of the sums of rows and of columns from 1. */
function largestError({ data, rows: n }: Matrix): number {
  const sums = new Float64Array(2 * n);
  for (let e = 0; e < data.length; e++) {
    sums[Math.floor(e / n)] += data[e];
    sums[n + (e % n)] += data[e];
  }
  return sums.reduce((most, sum) => Math.max(most, Math.abs(sum - 1)), 0);
}
