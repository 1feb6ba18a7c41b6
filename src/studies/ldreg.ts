import { type Matrix, matrix } from '../core/matrix.ts';
import type { Random } from '../core/random.ts';
import { unitRows } from '../core/rows.ts';
import { effectiveRank, mleDimension } from '../families/metrics/index.ts';
import { type BoundObjective, ldreg, uniformity } from '../families/objectives/index.ts';
import { riemannianSgd } from '../families/optimizers/index.ts';
import { sphere } from '../manifolds/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  atLeastTimesBaseline,
  atMost,
  defineStudy,
  notBelowBaseline,
  type StudyContext,
} from './define.ts';
import { measuredAlone } from './support/measured.ts';
import {
  type Pictures,
  pictures,
  pretrained,
  probed,
  type TwoViewsOptions,
} from './support/pretrained.ts';

/** Neighbors of the paper. */
const K = 64;
/** Weight of the paper beside SimCLR and BYOL, and one that is larger. */
const PAPER = 0.01;
const BYOL = 0.005;
const LARGER = 0.1;

export default defineStudy({
  paper: papers.ldreg,
  methods: ['objectives/ldreg', 'learners/two-views', 'metrics/effective-rank'],
  claim:
    'Features that fill all directions as a whole can be flat in every neighborhood; raising the local dimension of each row in training raises the effective rank too, and costs no accuracy.',
  data: [
    {
      name: 'Fashion-MNIST, 1,500 images to learn from without labels and 500 to judge by',
      source: 'study-data/fashion-mnist',
      licence: 'MIT',
    },
    {
      name: '400 points of a curled sheet of two dimensions in 50',
      source: 'by seed',
      licence: 'planted',
    },
    {
      name: '3,000 normal points in 2, 5, 10 and 20 dimensions',
      source: 'by seed',
      licence: 'planted',
    },
  ],
  lines: {
    dimension: {
      claim: 'Beside SimCLR the geometric mean of local dimensions rises by more than 15 %',
      baseline: 'SimCLR',
      holds: atLeastTimesBaseline(1.15),
    },
    rank: {
      claim: 'And the effective rank of the features',
      baseline: 'SimCLR',
      holds: aboveBaseline(),
    },
    accuracy: {
      claim: 'The linear probe is no worse, to one point',
      unit: '%',
      baseline: 'SimCLR',
      holds: notBelowBaseline(0.01),
    },
    dimensionLarger: {
      claim: 'With ten times the weight, local dimensions rise by more than 15 %',
      baseline: 'SimCLR',
      holds: atLeastTimesBaseline(1.15),
    },
    rankLarger: {
      claim: 'And the effective rank moves with them',
      baseline: 'SimCLR',
      holds: aboveBaseline(),
    },
    accuracyLarger: {
      claim: 'And the linear probe is no worse, to one point',
      unit: '%',
      baseline: 'SimCLR',
      holds: notBelowBaseline(0.01),
    },
    byol: {
      claim: 'Beside BYOL-lite the geometric mean of local dimensions rises by more than 15 %',
      baseline: 'BYOL-lite',
      holds: atLeastTimesBaseline(1.15),
    },
    sheet: {
      claim:
        'It raises the local dimension of a curled sheet by 15 % more than a loss of the whole set does',
      baseline: 'local dimension after uniformity',
      holds: atLeastTimesBaseline(1.15),
    },
    estimate: {
      claim: 'The local dimension of normal points up to 20 dimensions is right to 10 %',
      unit: '%',
      holds: atMost(0.1),
    },
  },
  readings: {
    sheetStart: { title: 'Local dimension of the sheet as it is, by maximum likelihood' },
    sheetRank: { title: 'Effective rank of the sheet as it is, of 50' },
    sheetRankAfter: { title: 'Effective rank of the sheet after LDReg' },
    byolRank: { title: 'What LDReg adds to the effective rank of BYOL-lite' },
    byolAccuracy: { title: 'What LDReg adds to the linear probe of BYOL-lite', unit: '%' },
  },
  quickSeeds: 1,
  deviations: [
    'An mlp 784–128–32 with a projector 32–32–32 without batch normalization, 100 steps of 128 images of Fashion-MNIST, in place of a ResNet-50 and 100 epochs of ImageNet.',
    'The regulariser sees unit rows of the first views of a batch; the paper’s code sees the features of both views as they are.',
    'Local dimensions are measured on unit rows of all training images, by the same method of moments with k = 64.',
    'BYOL-lite predicts from the network as it is, without a moving average.',
    'The points of the sheet are free, no network holds them together: LDReg dissolves the sheet, far beyond its two dimensions. Its effective rank is a fifth of the columns, not all of them.',
  ],
  async run(study) {
    const images = await pictures(study);
    const simClr = await arm(study, images, { against: 'nt-xent' }, 0);
    const paper = await arm(study, images, { against: 'nt-xent' }, PAPER);
    const larger = await arm(study, images, { against: 'nt-xent' }, LARGER);
    await study.tick(0.5);
    const byol = await arm(study, images, { against: 'none', predictor: true }, 0);
    const byolMore = await arm(study, images, { against: 'none', predictor: true }, BYOL);
    await study.tick(0.8);
    const sheet = await curledSheet(study);
    return {
      dimension: { value: paper.dimension, baseline: simClr.dimension },
      rank: { value: paper.rank, baseline: simClr.rank },
      accuracy: { value: paper.accuracy, baseline: simClr.accuracy },
      dimensionLarger: { value: larger.dimension, baseline: simClr.dimension },
      rankLarger: { value: larger.rank, baseline: simClr.rank },
      accuracyLarger: { value: larger.accuracy, baseline: simClr.accuracy },
      byol: { value: byolMore.dimension, baseline: byol.dimension },
      sheet: { value: sheet.local, baseline: sheet.whole },
      estimate: await estimateError(study),
      sheetStart: sheet.start,
      sheetRank: sheet.rank,
      sheetRankAfter: sheet.rankAfter,
      byolRank: byolMore.rank - byol.rank,
      byolAccuracy: byolMore.accuracy - byol.accuracy,
    };
  },
});

/** Features learned with LDReg at a weight, or without. */
async function arm(
  study: StudyContext,
  images: Pictures,
  options: TwoViewsOptions,
  spreadWeight: number,
) {
  const learned = await pretrained(
    study,
    images.train.points,
    { ...options, spreadWeight },
    { spread: ldreg.bind({ k: K }) },
  );
  const points = await learned.features(images.train.points);
  return {
    dimension: await momentDimension(study, unitRows('ldreg', points).points),
    rank: (await measuredAlone(effectiveRank, points, {}, study)).value,
    accuracy: await probed(learned.features, images),
  };
}

/** The geometric mean of local dimensions: e^(−loss). */
async function momentDimension({ engine }: StudyContext, points: Matrix): Promise<number> {
  return Math.exp(-(await ldreg(points, { k: K }, { engine })).loss);
}

/** Local dimensions of a sheet that fills all directions, after as many steps of LDReg and of uniformity. */
async function curledSheet(study: StudyContext) {
  const { quick, random, engine, signal } = study;
  const [n, d, steps] = quick ? [120, 12, 20] : [400, 50, 200];
  const start = sheetOf(n, d, random.fork('sheet'));
  const moved = async (objective: BoundObjective) => {
    const settings = { steps, learningRate: 0.01, schedule: 'cosine' } as const;
    const problem = { objective, manifold: sphere, start };
    return (await riemannianSgd(problem, settings, { engine, signal })).points;
  };
  const dimensionOf = async (points: Matrix) =>
    (await measuredAlone(mleDimension, points, {}, study)).value;
  const rankOf = async (points: Matrix) =>
    (await measuredAlone(effectiveRank, points, {}, study)).value;
  const after = await moved(ldreg.bind({ k: 10 }));
  return {
    start: await dimensionOf(start),
    rank: await rankOf(start),
    local: await dimensionOf(after),
    rankAfter: await rankOf(after),
    whole: await dimensionOf(await moved(uniformity.bind())),
  };
}

/** Unit rows (cos(a·w₁ + φ₁), cos(a·w₂ + φ₂), …) of places a in a square, with waves w of a few turns. */
function sheetOf(n: number, d: number, random: Random): Matrix<Float32Array> {
  const waves = Float64Array.from({ length: 2 * d }, () => 3 * random.normal());
  const phases = Float64Array.from({ length: d }, () => 2 * Math.PI * random.uniform());
  const data = new Float32Array(n * d);
  for (let i = 0; i < n; i++) {
    const [u, v] = [random.uniform(), random.uniform()];
    for (let c = 0; c < d; c++)
      data[i * d + c] = Math.cos(u * waves[2 * c] + v * waves[2 * c + 1] + phases[c]);
  }
  return unitRows('ldreg', matrix(data, n, d)).points;
}

/** The largest |estimate/d − 1| over normal points in d dimensions. */
async function estimateError(study: StudyContext): Promise<number> {
  const n = study.quick ? 300 : 3000;
  let worst = 0;
  for (const d of [2, 5, 10, 20]) {
    const random = study.random.fork('normal').fork(d);
    const points = matrix(
      Float32Array.from({ length: n * d }, () => random.normal()),
      n,
      d,
    );
    worst = Math.max(worst, Math.abs((await momentDimension(study, points)) / d - 1));
  }
  return worst;
}
