import { type Matrix, matrix, zerosLike } from '../core/matrix.ts';
import type { Random } from '../core/random.ts';
import { spearman } from '../core/ranks.ts';
import { unitRows } from '../core/rows.ts';
import type { Engine } from '../engine/engine.ts';
import { effectiveRank } from '../families/metrics/index.ts';
import { type BoundObjective, koleo, tRegs } from '../families/objectives/index.ts';
import { riemannianSgd } from '../families/optimizers/index.ts';
import { sphere, uniformPoints } from '../manifolds/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  atLeast,
  atLeastTimesBaseline,
  atMost,
  defineStudy,
  type StudyContext,
} from './define.ts';

const tree = tRegs.bind({ gamma: 1, lambda: 0 });
/** Shares of the columns that are left. */
const KEPT = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1];

export default defineStudy({
  paper: papers.tRegs,
  methods: ['objectives/t-regs'],
  claim:
    'The length of the minimum spanning tree tells dimensional collapse, and making it longer spreads points: few of them over a regular simplex, many of them evenly.',
  data: [
    { name: 'n ≤ d + 1 free points', source: 'uniform, by seed', licence: 'planted' },
    {
      name: '1,000 normal points in 256 dimensions, a share of the columns set to 0',
      source: 'by seed',
      licence: 'planted',
    },
    {
      name: '256 points near a plane of 4 of 32 dimensions',
      source: 'by seed',
      licence: 'planted',
    },
  ],
  lines: {
    simplex: {
      claim: 'Up to d + 1 points end at a regular simplex: no cosine is off −1/(n − 1) by 0.001',
      holds: atMost(1e-3),
    },
    monotone: {
      claim: 'The length of the tree falls with every tenth of the columns that collapses',
      holds: atLeast(1),
    },
    beatsCovariance: {
      claim: 'It follows the collapse better than a loss of covariances alone does',
      baseline: 'covariance term of VICReg',
      holds: aboveBaseline(),
    },
    rank: {
      claim:
        'Collapsed points that lengthen their tree reach nine tenths of the rank of uniform ones',
      baseline: 'effective rank of uniform points',
      holds: atLeastTimesBaseline(0.9),
    },
    nearest: {
      claim: 'They fill empty directions further than with KoLeo, after as many steps',
      baseline: 'effective rank with KoLeo',
      holds: aboveBaseline(),
    },
  },
  readings: { start: { title: 'Effective rank of the collapsed points as they are' } },
  curves: {
    title: 'Collapse: length of the tree against the share of columns left',
    x: 'share of columns left',
    y: 'length of the tree, whole = 1',
  },
  deviations: [
    '1,000 × 256 points in place of 10,000 × 1,024: the tree is found by comparing all pairs.',
    'Without training: what the loss does to networks belongs to the training of encoders.',
    'KoLeo is our baseline, at the same learning rate and number of steps; the paper compares with W₂ and others.',
  ],
  async run(study) {
    const { tick } = study;
    const simplex = await distanceFromSimplex(study);
    await tick(0.4);
    const { lengths, follows, covariance } = await collapse(study);
    await tick(0.7);
    const ranks = await spreading(study);
    const { uniform, start, tree: rank, koleo: nearest } = ranks;
    return {
      simplex,
      monotone: follows,
      beatsCovariance: { value: follows, baseline: covariance },
      rank: { value: rank, baseline: uniform },
      nearest: { value: rank, baseline: nearest },
      start,
      curves: { 'T-REGS': { x: KEPT, y: lengths.map((length) => length / lengths[0]) } },
    };
  },
});

async function optimised(
  objective: BoundObjective,
  start: Matrix,
  { engine, signal }: StudyContext,
  steps: number,
  learningRate = 0.1,
): Promise<Matrix> {
  const settings = { steps, learningRate, schedule: 'cosine' } as const;
  const problem = { objective, manifold: sphere, start };
  const { points } = await riemannianSgd(problem, settings, { engine, signal });
  return points;
}

/** The largest |cos − (−1/(n − 1))| over pairs and sizes. */
async function distanceFromSimplex(study: StudyContext): Promise<number> {
  let worst = 0;
  const sizes = study.quick
    ? [[3, 2]]
    : [
        [3, 2],
        [5, 4],
        [6, 16],
        [9, 8],
      ];
  for (const [n, d] of sizes) {
    const start = uniformPoints(n, d, study.random.fork('simplex').fork(n));
    const { data } = await optimised(tree, start, study, study.quick ? 500 : 4000);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) {
        let cosine = 0;
        for (let c = 0; c < d; c++) cosine += data[i * d + c] * data[j * d + c];
        worst = Math.max(worst, Math.abs(cosine + 1 / (n - 1)));
      }
    }
  }
  return worst;
}

/** How the tree and the covariance term follow the share of columns left: Spearman's correlations. */
async function collapse({ quick, random, engine }: StudyContext) {
  const [n, d] = quick ? [100, 50] : [1000, 256];
  const values = normal(n * d, random.fork('collapse'));
  const lengths: number[] = [];
  const covariances: number[] = [];
  for (const kept of KEPT) {
    const left = Math.round(kept * d);
    const points = matrix(
      values.map((x, e) => (e % d < left ? x : 0)),
      n,
      d,
    );
    const context = { engine, random };
    lengths.push(-(await tree.lossAndGradient(points, zerosLike(points), context)));
    covariances.push(await covarianceTerm(points, engine));
  }
  // A loss should rise as columns are lost.
  const rises = (losses: readonly number[]) => -spearman(losses, KEPT);
  return {
    lengths,
    follows: rises(lengths.map((length) => -length)),
    covariance: rises(covariances),
  };
}

/** Σ_{a≠b} C²_ab / d with C the covariance of the columns (Bardes, Ponce, LeCun 2022, Eq. 4). */
async function covarianceTerm(points: Matrix, engine: Engine): Promise<number> {
  const { rows: n, cols: d } = points;
  const mean = new Float64Array(d);
  for (let e = 0; e < points.data.length; e++) mean[e % d] += points.data[e] / n;
  const { data } = await engine.gram(points);
  let sum = 0;
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      if (a !== b) sum += ((data[a * d + b] - n * mean[a] * mean[b]) / (n - 1)) ** 2;
    }
  }
  return sum / d;
}

/** Effective ranks: of points near a plane, after as many steps of either loss, and of uniform points. */
async function spreading(study: StudyContext) {
  const { quick, random, engine } = study;
  const [n, d, plane] = quick ? [48, 12, 2] : [256, 32, 4];
  const stream = random.fork('plane');
  const data = normal(n * d, stream).map((x, e) => (e % d < plane ? x : 0.02 * x));
  const { points: start } = unitRows('t-regs', matrix(data, n, d));
  const steps = quick ? 100 : 1000;
  const rankOf = async (points: Matrix) => (await effectiveRank(points, {}, { engine })).value;
  return {
    start: await rankOf(start),
    tree: await rankOf(await optimised(tree, start, study, steps, 2)),
    koleo: await rankOf(await optimised(koleo.bind(), start, study, steps, 2)),
    uniform: await rankOf(uniformPoints(n, d, random.fork('uniform'))),
  };
}

function normal(count: number, random: Random): Float32Array {
  return Float32Array.from({ length: count }, () => random.normal());
}
