import { gathered, type Matrix, matrix } from '../core/matrix.ts';
import { cos, sin } from '../core/numeric.ts';
import type { Random } from '../core/random.ts';
import { stress, trustworthiness } from '../families/comparisons/index.ts';
import {
  expansionOf,
  gaussianLinear,
  influenceOf,
  mds,
  pca,
  umap,
} from '../families/reduction/index.ts';
import type { Model } from '../learning/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  atLeast,
  atMost,
  atMostTimesBaseline,
  belowBaseline,
  defineStudy,
  type StudyContext,
} from './define.ts';
import { pooledImages } from './support/classified.ts';
import { loadImages } from './support/images.ts';

const NOISE_COLUMNS = 7;

export default defineStudy({
  paper: papers.interpretableNonlinearDrGaussianWeightedLinear,
  methods: [
    'reduction/gaussian-linear',
    'reduction/mds',
    'comparisons/stress',
    'comparisons/trustworthiness',
  ],
  claim:
    'Linear maps blended by Gaussians keep distances better than one linear map, and can still be read: which columns count where, and where the map stretches.',
  data: [
    {
      name: 'An S in three columns, 600 rows to fit and 300 others; with seven columns of noise of 0.1 beside it',
      source: 'by seed',
      licence: 'planted',
    },
    {
      name: 'MNIST: 600 digits, drawn by seed, in 50 principal components',
      source: 'study-data/mnist',
      licence: 'CC BY-SA 3.0',
    },
  ],
  lines: {
    curveStress: {
      claim: 'On the S its stress is below that of the principal components',
      baseline: 'PCA to two columns',
      holds: belowBaseline(),
    },
    curveTrust: {
      claim: 'On the S its trustworthiness at 12 neighbours is above theirs',
      baseline: 'PCA to two columns',
      holds: aboveBaseline(),
    },
    digitStress: {
      claim: 'On digits its stress is below that of the principal components',
      baseline: 'PCA to two columns',
      holds: belowBaseline(),
    },
    digitTrust: {
      claim: 'On digits its trustworthiness at 12 neighbours is above theirs',
      baseline: 'PCA to two columns',
      holds: aboveBaseline(),
    },
    likeWithLike: {
      claim:
        'On the S, distances held against distances give less stress than squared ones held against them',
      baseline: 'the loss as published',
      holds: belowBaseline(),
    },
    noise: {
      claim:
        'Columns of noise have less influence than each column of the S, at 95 % of the rows or more',
      unit: '%',
      holds: atLeast(0.95),
    },
    noiseAlong: {
      claim:
        'Columns of noise have less influence than the two columns along the S, at 95 % of the rows or more',
      unit: '%',
      holds: atLeast(0.95),
    },
    expansion: {
      claim:
        'By how much the map stretches on the way from a row to its nearest one is foretold to within 5 % in the mean',
      unit: '%',
      holds: atMost(0.05),
    },
    others: {
      claim: 'Rows of the S that were not fitted have at most 1.1 times the stress',
      baseline: 'the fitted rows',
      holds: atMostTimesBaseline(1.1),
    },
  },
  readings: {
    curveLeast: { title: 'Stress of the S by SMACOF, which no formula binds' },
    digitLeast: { title: 'Stress of the digits by SMACOF' },
    curveUmap: { title: 'Trustworthiness of the S by UMAP' },
    digitUmap: { title: 'Trustworthiness of the digits by UMAP' },
    blendAlone: {
      title:
        'Mean difference of the blend’s norm, which the authors read as expansion, from the derivative’s',
      unit: '%',
    },
  },
  deviations: [
    '600 rows and 500 steps in place of 1,000 or 2,000 and 1,000; pairs of each row with 128 others on either side.',
    'All maps begin at the principal components, and the learning rate falls.',
    'Influence and expansion are taken at rows, where they are exact, in place of a grid over the map.',
  ],
  async run(study) {
    const { random, tick } = study;
    const [n, other] = study.quick ? [90, 50] : [600, 300];
    const points = curve(random.fork('curve'), n, 0);
    const fresh = curve(random.fork('others'), other, 0);
    const { model, points: map } = await fitted(study, points);
    await tick(0.25);
    const published = await fitted(study, points, { loss: 'published' });
    await tick(0.5);
    const noisy = curve(random.fork('noisy'), n, NOISE_COLUMNS);
    const shares = await noiseShares((await fitted(study, noisy)).model, noisy);
    await tick(0.75);
    const images = await digits(study);
    const seen = (await fitted(study, images)).points;
    const ofCurve = await beside(study, points, map);
    const ofDigits = await beside(study, images, seen);
    const run = { engine: study.engine };
    const placed = await gaussianLinear.transform(model, fresh, run);
    const stressOf = async (a: Matrix, b: Matrix) => (await stress({ a, b }, {}, run)).value;
    return {
      curveStress: ofCurve.stress,
      curveTrust: ofCurve.trust,
      digitStress: ofDigits.stress,
      digitTrust: ofDigits.trust,
      likeWithLike: {
        value: ofCurve.stress.value,
        baseline: await stressOf(points, published.points),
      },
      noise: shares.each,
      noiseAlong: shares.along,
      expansion: await foretold(study, model, points, map),
      others: { value: await stressOf(fresh, placed), baseline: ofCurve.stress.value },
      curveLeast: ofCurve.leastStress,
      digitLeast: ofDigits.leastStress,
      curveUmap: ofCurve.umapTrust,
      digitUmap: ofDigits.umapTrust,
      blendAlone: await blendAlone(model, points),
    };
  },
});

function fitted(
  { quick, seed, engine, signal }: StudyContext,
  points: Matrix,
  options: { readonly loss?: 'published' } = {},
) {
  const size = quick ? { centers: 20, steps: 60 } : { steps: 500 };
  return gaussianLinear(points, { ...size, ...options, seed }, { engine, signal });
}

/** What a map keeps, and what those do that are set beside it. */
async function beside({ quick, seed, engine, signal }: StudyContext, a: Matrix, map: Matrix) {
  const run = { engine, signal };
  const flat = (await pca(a, {}, run)).points;
  const least = (await mds(a, {}, run)).points;
  const near = (await umap(a, { seed, epochs: quick ? 50 : 200 }, run)).points;
  const stressOf = async (b: Matrix) => (await stress({ a, b }, {}, run)).value;
  const trustOf = async (b: Matrix) => (await trustworthiness({ a, b }, { k: 12 }, run)).value;
  return {
    stress: { value: await stressOf(map), baseline: await stressOf(flat) },
    trust: { value: await trustOf(map), baseline: await trustOf(flat) },
    leastStress: await stressOf(least),
    umapTrust: await trustOf(near),
  };
}

/** The S of scikit-learn: (sin t, 2u, ±(cos t − 1)) with t in ±3π/2, and columns of noise. */
function curve(random: Random, n: number, noise: number): Matrix<Float32Array> {
  const rows = Array.from({ length: n }, () => {
    const t = 3 * Math.PI * (random.uniform() - 0.5);
    const own = [sin(t), 2 * random.uniform(), Math.sign(t) * (cos(t) - 1)];
    return [...own, ...Array.from({ length: noise }, () => 0.1 * random.normal())];
  });
  return matrix(Float32Array.from(rows.flat()), n, 3 + noise);
}

async function digits(study: StudyContext): Promise<Matrix> {
  const { quick, random, engine } = study;
  const points = pooledImages(await loadImages(study, 'mnist'), 2000).points as Matrix;
  const rows = random.fork('digits').sample(points.rows, quick ? 90 : 600);
  return (await pca(gathered(points, rows), { dim: 50 }, { engine })).points;
}

/** Shares of rows at which all columns of noise count less than each column of the S, and than those along it. */
async function noiseShares(model: Model, points: Matrix) {
  const { data, rows: n, cols: d } = await influenceOf(model, points);
  let [each, along] = [0, 0];
  for (let i = 0; i < n; i++) {
    const [x, width, z, ...noise] = data.subarray(i * d, (i + 1) * d);
    const most = Math.max(...noise);
    if (most < Math.min(x, width, z)) each += 1;
    if (most < Math.min(x, z)) along += 1;
  }
  return { each: each / n, along: along / n };
}

/** Mean relative error of the expansion half way from each row to its nearest one, along that way. */
async function foretold({ engine }: StudyContext, model: Model, points: Matrix, map: Matrix) {
  const { rows: n, cols: d } = points;
  const { indices, distances } = await engine.nearest(points, 1);
  const middles = new Float32Array(n * d);
  const ways = new Float32Array(n * d);
  for (let e = 0; e < n * d; e++) {
    const there = points.data[indices[Math.floor(e / d)] * d + (e % d)];
    middles[e] = (points.data[e] + there) / 2;
    ways[e] = there - points.data[e];
  }
  const wanted = await expansionOf(model, matrix(middles, n, d), matrix(ways, n, d));
  let off = 0;
  for (let i = 0; i < n; i++) {
    const j = indices[i];
    const moved = Math.hypot(
      map.data[2 * i] - map.data[2 * j],
      map.data[2 * i + 1] - map.data[2 * j + 1],
    );
    const measured = moved / distances[i];
    off += Math.abs(wanted[i] - measured) / Math.max(measured, 1e-9) / n;
  }
  return off;
}

/** Mean relative difference of ‖Σ a_g·W_g‖ from ‖J‖. */
async function blendAlone(model: Model, points: Matrix): Promise<number> {
  const { data, cols: d } = await influenceOf(model, points);
  const exact = await expansionOf(model, points);
  let off = 0;
  exact.forEach((expansion, i) => {
    let squares = 0;
    for (let c = 0; c < d; c++) squares += data[i * d + c] ** 2;
    off += Math.abs(Math.sqrt(squares / 2) / expansion - 1) / exact.length;
  });
  return off;
}
