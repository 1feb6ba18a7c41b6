import { gathered, type Matrix, zeros64 } from '../core/matrix.ts';
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
  },
  deviations: [
    'A perceptron of two layers, 24 features and batches of 80 on 600 digits in place of a ResNet-18, 128 features and 1,024 rows of CIFAR.',
    'Views are images moved by a pixel, with noise and a tenth of the pixels at their mean.',
    'Subspace clustering joins each row to the ten of largest absolute cosine; the paper takes elastic nets. A rank is the number of squared singular values that hold 95 % of their sum.',
    'Memberships by softmax begin at random, as they must: the seeds’ spread stands beside both.',
  ],
  async run(study) {
    const { quick, random, tick } = study;
    const { points, classes } = await digits(study);
    const steps = quick ? { first: 15, more: 6 } : { first: 200, more: 60 };
    const own = await learned(study, points, classes, steps, 'doubly-stochastic');
    await tick(0.5);
    const shares = await learned(study, points, classes, steps, 'softmax');
    await tick(0.8);
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

/** Clusters, and the features after the first steps and after all. */
async function learned(
  { seed, engine, signal, quick }: StudyContext,
  points: Matrix,
  classes: readonly string[],
  { first, more }: { readonly first: number; readonly more: number },
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
        batch: quick ? 40 : 80,
        learningRate: 3e-3,
      },
      ...{ hidden: 128, dim: quick ? 12 : 24, shift: 1, noise: 0.1, masked: 0.1 },
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
