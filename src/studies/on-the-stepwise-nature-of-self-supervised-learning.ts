import { gathered, type Matrix, matrix, row } from '../core/matrix.ts';
import type { Random } from '../core/random.ts';
import { spearman } from '../core/ranks.ts';
import { type PredictedSteps, predictSteps } from '../families/learners/index.ts';
import {
  constant,
  linear,
  parameter,
  sgd,
  square,
  subtract,
  sum,
  train,
  twoViews,
} from '../learning/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { symmetricEigenvalues } from '../numerics/decompositions/index.ts';
import { pearson } from '../numerics/statistics/pearson.ts';
import { aboveBaseline, atLeast, atMost, defineStudy, type StudyContext } from './define.ts';
import { loadImages } from './support/images.ts';
import { halved, shiftedView } from './support/shifted-views.ts';
import { principalRows, type Spectra, timeOfRise } from './support/stairs.ts';
import { type Stairs, stairsOfNetworks } from './support/stairs-of-networks.ts';

/** Columns of the embedding, and of its input. */
const DIM = 10;
const PARTS = 50;
/** Size of the first weights. */
const SMALL = 1e-3;

export default defineStudy({
  paper: papers.onTheStepwiseNatureOfSelfSupervisedLearning,
  methods: ['objectives/cross-correlation', 'objectives/variance-covariance', 'objectives/nt-xent'],
  claim:
    'Self-supervised embeddings gain one dimension at a time: a linear Barlow Twins model at times that its views predict, and networks in the same stairs where they begin small.',
  data: [
    {
      name: 'MNIST, 1,500 training images at 14 × 14: two views of each, shifted by up to 2 pixels and with noise, in 50 principal components',
      source: 'study-data/mnist',
      licence: 'CC BY-SA 3.0',
    },
  ],
  lines: {
    aligned: {
      claim:
        'With modes aligned at the start, no eigenvalue is ever off its predicted curve by more than 0.05 of its end',
      holds: atMost(0.05),
    },
    times: {
      claim: 'From small random weights, predicted and observed times correlate at 0.99 or more',
      holds: atLeast(0.99),
    },
    errors: {
      claim: 'No predicted time is off the observed one by more than 20 %',
      unit: '%',
      holds: atMost(0.2),
    },
    modes: {
      claim: 'The embedding ends in the top eigenmodes: 99 % of its weights lie in them',
      unit: '%',
      holds: atLeast(0.99),
    },
    barlow: {
      claim:
        'A two-layer network that begins small takes 4 separate steps or more with the loss of Barlow Twins',
      holds: atLeast(4),
    },
    vicreg: { claim: 'So it does with that of VICReg', holds: atLeast(4) },
    simclr: { claim: 'So it does with that of SimCLR', holds: atLeast(4) },
    slower: {
      claim: 'Each step takes longer than the one before: Spearman of gap and place, Barlow Twins',
      holds: atLeast(0.5),
    },
    barlowBlur: {
      claim: 'Steps blur where the network begins large: Barlow Twins, separate steps',
      baseline: 'the usual first weights',
      holds: aboveBaseline(),
    },
    vicregBlur: {
      claim: 'VICReg',
      baseline: 'the usual first weights',
      holds: aboveBaseline(),
    },
    simclrBlur: {
      claim: 'SimCLR',
      baseline: 'the usual first weights',
      holds: aboveBaseline(),
    },
  },
  readings: {
    meanError: { title: 'Mean error of the predicted times', unit: '%' },
    spectrum: { title: 'Tenth eigenvalue of the views’ correlation over the first' },
  },
  curves: {
    title: 'Linear model from small random weights: sum of the eigenvalues of the embedding',
    x: 'time (step length × steps)',
    y: 'dimensions gained',
  },
  deviations: [
    'Principal components of small images and two layers in place of ResNet-50 on STL-10; full batches of fixed views in place of fresh ones.',
    'Barlow Twins is taken as in the paper’s theory: cross-covariance, not normalised, against the identity, λ = 1.',
    'Networks see 120 of the images; VICReg has the weights 0.1, 1 and 1. Step lengths, these weights and how a gained eigenvalue is told were settled by a look at seed 1; the rules were not.',
    'A step counts as separate where an eigenvalue is at half of its end while the next is below a quarter of its own; eigenvalues that end below a hundredth of the first were not gained.',
  ],
  async run(study) {
    const { quick, random, tick } = study;
    const { a, b } = await viewsOf(study);
    const [weights, aligned] = [normal(DIM * PARTS, SMALL, random.fork('weights')), SMALL];
    const predicted = predictSteps(a, b, { dim: DIM, initial: matrix(weights, DIM, PARTS) });
    const exact = predictSteps(a, b, { dim: DIM, initial: aligned });
    const parallel = exact.modes.data.map((x) => aligned * x);
    const straight = await descended(study, exact, a, b, parallel);
    await tick(0.2);
    const free = await descended(study, predicted, a, b, weights);
    await tick(0.4);
    const observed = Array.from(predicted.times, (_, j) => timeOfRise(free.spectra, j, 0.5));
    const errors = observed.map((time, j) => Math.abs(predicted.times[j] / time - 1));
    const rows = (views: Matrix) => gathered(views, firstRows(quick ? 40 : 120));
    const nets = await stairsOfNetworks(study, rows(a), rows(b));
    const { eigenvalues, at } = predicted;
    const total = (own: Float64Array) => own.reduce((sum, x) => sum + x, 0);
    const looks = free.spectra.times.filter((_, i) => i % 10 === 0);
    return {
      aligned: farthest(straight.spectra, exact),
      times: pearson(predicted.times, observed),
      errors: Math.max(...errors),
      modes: free.share,
      barlow: nets.barlow.small.count,
      vicreg: nets.vicreg.small.count,
      simclr: nets.simclr.small.count,
      slower: growth(nets.barlow.small.rises),
      barlowBlur: compared(nets.barlow),
      vicregBlur: compared(nets.vicreg),
      simclrBlur: compared(nets.simclr),
      meanError: total(Float64Array.from(errors)) / DIM,
      spectrum: eigenvalues[DIM - 1] / eigenvalues[0],
      curves: {
        trained: { x: looks, y: free.spectra.values.filter((_, i) => i % 10 === 0).map(total) },
        predicted: { x: looks, y: looks.map((time) => total(at(time))) },
      },
    };
  },
});

/** Two views of each image in principal components, scaled so that the first has variance 1. */
async function viewsOf(study: StudyContext): Promise<{ a: Matrix; b: Matrix }> {
  const { train: all } = await loadImages(study, 'mnist');
  const images = gathered(all.images, firstRows(study.quick ? 300 : 1500));
  const view = shiftedView(28, 2, 0.1);
  const { points } = twoViews(images, view, study.random.fork('views'));
  const small = matrix(halved(points.data, 28), points.rows, 196);
  const { data, variance } = principalRows(small, PARTS);
  const scaled = data.map((x) => x / Math.sqrt(variance));
  const half = images.rows * PARTS;
  return {
    a: matrix(scaled.slice(0, half), images.rows, PARTS),
    b: matrix(scaled.slice(half), images.rows, PARTS),
  };
}

/** Gradient descent of ‖WΓWᵀ − I‖² until well after the last predicted time. */
async function descended(
  { engine, signal }: StudyContext,
  { times, modes, eigenvalues }: PredictedSteps,
  a: Matrix,
  b: Matrix,
  first: Float64Array,
) {
  const learningRate = 0.005 / eigenvalues[0];
  const steps = Math.ceil((1.5 * Math.max(...times)) / learningRate);
  const gamma = correlation(a, b);
  const product = constant(Float32Array.from(gamma), [PARTS, PARTS]);
  const weight = parameter('embedding', Float32Array.from(first), [DIM, PARTS]);
  const spectra = { times: [0], values: [eigenvaluesOf(weight.data, gamma)] };
  await train({
    steps,
    engine,
    signal,
    update: sgd({ learningRate }),
    loss: () => sum(square(subtract(linear(linear(weight, product), weight), identity()))),
    onStep({ step }) {
      if (step % 5 !== 0) return;
      spectra.times.push(step * learningRate);
      spectra.values.push(eigenvaluesOf(weight.data, gamma));
    },
  });
  return { spectra, share: shareIn(modes, weight.data) };
}

const identity = () =>
  constant(
    Float32Array.from({ length: DIM * DIM }, (_, e) => (e % (DIM + 1) === 0 ? 1 : 0)),
    [DIM, DIM],
  );

/** Γ of the views, symmetrised. */
function correlation(a: Matrix, b: Matrix): Float64Array {
  const out = new Float64Array(PARTS * PARTS);
  for (let i = 0; i < a.rows; i++) {
    const [x, y] = [row(a, i), row(b, i)];
    for (let e = 0; e < out.length; e++) {
      const [c, k] = [Math.floor(e / PARTS), e % PARTS];
      out[e] += (x[c] * y[k] + y[c] * x[k]) / (2 * a.rows);
    }
  }
  return out;
}

/** Eigenvalues of WΓWᵀ. */
function eigenvaluesOf(w: ArrayLike<number>, gamma: Float64Array): Float64Array {
  const half = new Float64Array(DIM * PARTS);
  for (let e = 0; e < half.length; e++) {
    const [i, c] = [Math.floor(e / PARTS), e % PARTS];
    for (let k = 0; k < PARTS; k++) half[e] += w[i * PARTS + k] * gamma[k * PARTS + c];
  }
  const whole = new Float64Array(DIM * DIM);
  for (let e = 0; e < whole.length; e++) {
    const [i, j] = [Math.floor(e / DIM), e % DIM];
    for (let c = 0; c < PARTS; c++) whole[e] += half[i * PARTS + c] * w[j * PARTS + c];
  }
  return symmetricEigenvalues(matrix(whole, DIM, DIM));
}

/** The share of ‖W‖² that lies in the modes. */
function shareIn(modes: Matrix, w: ArrayLike<number>): number {
  let [inside, all] = [0, 0];
  for (let i = 0; i < DIM; i++) {
    for (let c = 0; c < PARTS; c++) all += w[i * PARTS + c] ** 2;
    for (let j = 0; j < DIM; j++) {
      let along = 0;
      for (let c = 0; c < PARTS; c++) along += w[i * PARTS + c] * modes.data[j * PARTS + c];
      inside += along ** 2;
    }
  }
  return inside / all;
}

/** How far an eigenvalue was from its predicted curve at any time. */
function farthest({ times, values }: Spectra, { at }: PredictedSteps): number {
  return Math.max(
    ...times.map((time, i) => {
      // Sorted: modes of near times may rise in another order.
      const said = at(time).toSorted((p, q) => q - p);
      return Math.max(...said.map((x, j) => Math.abs(x - values[i][j])));
    }),
  );
}

const compared = ({ small, usual }: Stairs[keyof Stairs]) => ({
  value: small.count,
  baseline: usual.count,
});

/** Whether gaps between rises grow: their Spearman correlation with their place; 0 where there are fewer than two gaps. */
function growth(rises: readonly number[]): number {
  if (rises.length < 3) return 0;
  const gaps = rises.slice(1).map((time, j) => time - rises[j]);
  return spearman(
    gaps,
    gaps.map((_, j) => j),
  );
}

function normal(length: number, size: number, random: Random): Float64Array {
  return Float64Array.from({ length }, () => size * random.normal());
}

const firstRows = (n: number) => Int32Array.from({ length: n }, (_, i) => i);
