import { type Matrix, matrix } from '../core/matrix.ts';
import { cos, DEGREES } from '../core/numeric.ts';
import type { Random } from '../core/random.ts';
import { stein } from '../families/reduction/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  atMost,
  atMostTimesBaseline,
  belowBaseline,
  defineStudy,
  notBelowBaseline,
  type StudyContext,
} from './define.ts';
import { digitSplit, type Split } from './support/digit-split.ts';
import { leastSquaresProbe } from './support/least-squares-probe.ts';

const COLUMNS = 50;
const NOISE = 0.5;
const first = 'first order';
const second = 'second order';
const fewer = '5,000 rows';
const principal = 'as many principal components';

export default defineStudy({
  paper: papers.nonlinearMultipleResponseRegression,
  methods: ['reduction/stein', 'reduction/pca'],
  claim:
    'Moments of the score find the directions on which responses depend without knowing the links: the first order those that rise or fall, the second even ones; with labels they keep more of the classes than principal components do.',
  data: [
    {
      name: '5,000 and 20,000 normal rows of 50 columns, a response on one direction, noise of standard deviation 0.5',
      source: 'by seed',
      licence: 'planted',
    },
    {
      name: 'MNIST: 10,000 images of the full set (`--data`; this page was written so), without it the 2,000 of the slice; 100 principal components',
      source: 'study-data/mnist, split by seed: 7 of 10 to fit',
      licence: 'CC BY-SA 3.0',
    },
  ],
  lines: {
    cosine: {
      claim: 'For y = cos(b·x): the second order lies within half the angle of the first from b',
      unit: '°',
      baseline: first,
      holds: atMostTimesBaseline(0.5),
    },
    square: {
      claim: 'For y = (b·x)²: likewise',
      unit: '°',
      baseline: first,
      holds: atMostTimesBaseline(0.5),
    },
    linear: {
      claim: 'For y = b·x: the first order lies within half the angle of the second',
      unit: '°',
      baseline: second,
      holds: atMostTimesBaseline(0.5),
    },
    cosineAngle: {
      claim: 'Cosine at 5,000 rows: at most 12°',
      unit: '°',
      holds: atMost(12),
    },
    squareAngle: {
      claim: 'Square at 5,000 rows: at most 12°',
      unit: '°',
      holds: atMost(12),
    },
    linearAngle: {
      claim: 'Linear at 5,000 rows: at most 9°',
      unit: '°',
      holds: atMost(9),
    },
    cosineRate: {
      claim: 'Four times the rows halve the angle of cos, to a tenth',
      unit: '°',
      baseline: fewer,
      holds: atMostTimesBaseline(0.6),
    },
    squareRate: {
      claim: 'Four times the rows halve the angle of the square, to a tenth',
      unit: '°',
      baseline: fewer,
      holds: atMostTimesBaseline(0.6),
    },
    nine: {
      claim:
        'Digits in 9 columns: a linear probe is right more often on the first order, by a tenth',
      unit: '%',
      baseline: principal,
      holds: aboveBaseline(0.1),
    },
    five: {
      claim: 'Digits in 5 columns: likewise, by a twentieth',
      unit: '%',
      baseline: principal,
      holds: aboveBaseline(0.05),
    },
    neighbors: {
      claim: 'Digits in 9 columns: ten nearest neighbours are right more often, too',
      unit: '%',
      baseline: principal,
      holds: aboveBaseline(),
    },
    secondOrder: {
      claim: 'The second order under the Gaussian score keeps less of the classes than the first',
      unit: '%',
      baseline: first,
      holds: belowBaseline(),
    },
    mixture: {
      claim: 'The score of a mixture closes that gap to two points',
      unit: '%',
      baseline: first,
      holds: notBelowBaseline(0.02),
    },
  },
  readings: {
    linearRate: { title: 'Angle of the linear link at 20,000 rows', unit: '°' },
    firstMixture: { title: 'Linear probe, 9 columns, first order, score of a mixture', unit: '%' },
    secondKernel: { title: 'Linear probe, 9 columns, second order, score of a kernel', unit: '%' },
    unlabeled: { title: 'Linear probe, 9 columns, second order without labels', unit: '%' },
    secondNeighbors: {
      title: 'Ten nearest neighbours, 9 columns, second order, score of a mixture',
      unit: '%',
    },
    all: { title: 'Linear probe on all 100 components', unit: '%' },
  },
  curves: {
    title: 'Linear probe of the digits by columns',
    x: 'columns',
    y: 'accuracy',
  },
  deviations: [
    'Links, sizes and noise of the simulation are ours: one direction of 50 columns and one response.',
    'Squares of the second moments are summed over the responses; their mean is zero for one-hot classes under the Gaussian score.',
    'Responses are centred, which lowers the variance and changes no expectation.',
    'With ten classes the first order keeps all that the least-squares probe of the 100 components uses: that both are right as often is algebra.',
    'No autoencoder beside it, and no times: a study reads no clock.',
  ],
  async run(study) {
    const { quick, tick } = study;
    const [few, many] = quick ? [2000, 8000] : [5000, 20000];
    const angles = await linkAngles(study, few);
    const more = await linkAngles(study, many);
    await tick(0.4);
    const digits = await digitAccuracies(study);
    return {
      cosine: { value: angles.cosine[2], baseline: angles.cosine[1] },
      square: { value: angles.square[2], baseline: angles.square[1] },
      linear: { value: angles.linear[1], baseline: angles.linear[2] },
      cosineAngle: angles.cosine[2],
      squareAngle: angles.square[2],
      linearAngle: angles.linear[1],
      cosineRate: { value: more.cosine[2], baseline: angles.cosine[2] },
      squareRate: { value: more.square[2], baseline: angles.square[2] },
      linearRate: more.linear[1],
      ...digits,
    };
  },
});

const LINKS = {
  cosine: (t: number) => cos(t),
  square: (t: number) => t * t,
  linear: (t: number) => t,
};

/** Degrees between b and what either order finds, by link. */
async function linkAngles({ random, engine }: StudyContext, n: number) {
  const stream = random.fork('rows').fork(n);
  const x = normalRows(n, COLUMNS, stream.fork('x'));
  const b = normalRows(1, COLUMNS, stream.fork('b')).data;
  const length = Math.hypot(...b);
  const angle = async (link: (t: number) => number, noise: Random, order: number) => {
    const y = new Float32Array(n);
    for (let i = 0; i < n; i++) {
      let along = 0;
      for (let c = 0; c < COLUMNS; c++) along += x.data[i * COLUMNS + c] * (b[c] / length);
      y[i] = link(along) + NOISE * noise.normal();
    }
    const { model } = await stein(x, { dim: 1, order }, { engine, responses: matrix(y, n, 1) });
    const axis = model.parameters.find(({ name }) => name === 'axes')?.data ?? [];
    return lineAngle(Array.from(axis), Array.from(b));
  };
  const both = async (name: keyof typeof LINKS) => ({
    1: await angle(LINKS[name], stream.fork(name), 1),
    2: await angle(LINKS[name], stream.fork(name), 2),
  });
  return {
    cosine: await both('cosine'),
    square: await both('square'),
    linear: await both('linear'),
  };
}

/** Degrees between two lines. */
function lineAngle(a: readonly number[], b: readonly number[]): number {
  let product = 0;
  for (let c = 0; c < a.length; c++) product += a[c] * b[c];
  const cosine = Math.min(1, Math.abs(product) / (Math.hypot(...a) * Math.hypot(...b)));
  return Math.atan2(Math.sqrt(1 - cosine * cosine), cosine) * DEGREES;
}

async function digitAccuracies(study: StudyContext) {
  const { engine, quick } = study;
  const digits = await digitSplit(study);
  const { known, others } = digits;
  const options = quick ? { components: 3 } : { components: 20 };
  const oneHot = matrix(new Float32Array(known.labels.length * 10), known.labels.length, 10);
  for (const [i, label] of known.labels.entries()) oneHot.data[10 * i + label] = 1;
  const run = { engine, responses: oneHot };
  const reduced = async (dim: number, own: object, labels = true) => {
    const { model, points } = await stein(known.points, { dim, ...own }, labels ? run : { engine });
    return split(digits, points, await stein.transform(model, others.points, { engine }));
  };
  const components = async (dim: number) =>
    split(digits, leading(digits.components.known, dim), leading(digits.components.others, dim));
  const probe = ({ known: a, others: b }: Split) => leastSquaresProbe(a, b);
  const nine = await reduced(9, {});
  const nineComponents = await components(9);
  const gaussian = await reduced(9, { order: 2 });
  const mixture = await reduced(9, { order: 2, score: 'mixture', ...options });
  await study.tick(0.7);
  const dims = [1, 2, 3, 5, 7, 9];
  const curve = async (at: (dim: number) => Promise<Split>) => {
    const y: number[] = [];
    for (const dim of dims) y.push(probe(await at(dim)));
    return { x: dims, y };
  };
  return {
    nine: { value: probe(nine), baseline: probe(nineComponents) },
    five: { value: probe(await reduced(5, {})), baseline: probe(await components(5)) },
    neighbors: {
      value: await neighborsRight(nine, study),
      baseline: await neighborsRight(nineComponents, study),
    },
    secondOrder: { value: probe(gaussian), baseline: probe(nine) },
    mixture: { value: probe(mixture), baseline: probe(nine) },
    firstMixture: probe(await reduced(9, { score: 'mixture', ...options })),
    secondKernel: probe(await reduced(9, { order: 2, score: 'kernel' })),
    unlabeled: probe(await reduced(9, { order: 2 }, false)),
    secondNeighbors: await neighborsRight(mixture, study),
    all: probe(digits),
    curves: {
      'first order': await curve((dim) => reduced(dim, {})),
      'second order, mixture': await curve((dim) =>
        reduced(dim, { order: 2, score: 'mixture', ...options }),
      ),
      'principal components': await curve(components),
    },
  };
}

/** The first m columns. */
function leading({ data, rows: n, cols: d }: Matrix, m: number): Matrix {
  return matrix(
    Float32Array.from({ length: n * m }, (_, e) => data[Math.floor(e / m) * d + (e % m)]),
    n,
    m,
  );
}

function split({ known, others }: Split, a: Matrix, b: Matrix): Split {
  return {
    known: { points: a, labels: known.labels },
    others: { points: b, labels: others.labels },
  };
}

/** The share of the others whose class is that of most of their ten nearest; of a tie, the nearest's. */
async function neighborsRight({ known, others }: Split, { engine }: StudyContext) {
  const { indices } = await engine.nearestAmong(others.points, known.points, 10);
  let right = 0;
  for (let i = 0; i < others.labels.length; i++) {
    const votes = new Map<number, number>();
    for (const row of indices.subarray(10 * i, 10 * i + 10)) {
      const label = known.labels[row];
      votes.set(label, (votes.get(label) ?? 0) + 1);
    }
    const [[winner]] = [...votes].sort(([, a], [, b]) => b - a);
    if (winner === others.labels[i]) right += 1;
  }
  return right / others.labels.length;
}

function normalRows(n: number, d: number, random: Random): Matrix<Float32Array> {
  return matrix(
    Float32Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );
}
