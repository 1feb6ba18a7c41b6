import { copied, gathered, type Matrix } from '../core/matrix.ts';
import { spearman } from '../core/ranks.ts';
import { rowNorms, unitRows } from '../core/rows.ts';
import {
  codingRate,
  createSpace,
  linearProbeAccuracy,
  type Metric,
  rankme,
  spectrumSlope,
  stableRank,
} from '../families/metrics/index.ts';
import { loadCora } from '../io/datasets/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { type OptionSpecs, resolveOptions } from '../method/options.ts';
import {
  aboveBaseline,
  atLeast,
  defineStudy,
  notBelowBaseline,
  type StudyContext,
} from './define.ts';
import { besideNoise, trainVicreg, type VicregSetting } from './support/vicreg.ts';

const USUAL: VicregSetting = { invariance: 25, variance: 25, covariance: 1, rate: 0.01 };

/** The usual setting, each weight and the step changed in turn, and neither variance nor covariance term. */
const SWEEP: readonly Partial<VicregSetting>[] = [
  {},
  { invariance: 1 },
  { invariance: 5 },
  { invariance: 100 },
  { variance: 5 },
  { covariance: 0 },
  { covariance: 0.1 },
  { covariance: 10 },
  { rate: 0.001 },
  { rate: 0.003 },
  { rate: 0.03 },
  { variance: 0, covariance: 0 },
];
const QUICK_SWEEP = [0, 1, 3, 8, 11].map((at) => SWEEP[at]);
const COLLAPSED = 'neither variance nor covariance term';

export default defineStudy({
  paper: papers.rankme,
  methods: [
    'metrics/rankme',
    'metrics/effective-rank',
    'metrics/coding-rate',
    'metrics/stable-rank',
    'metrics/spectrum-slope',
  ],
  claim:
    'Within one self-supervised method, runs whose embeddings have a higher RankMe do better in a linear probe, so that a sweep can be decided without labels at a loss of less than half a point.',
  data: [
    {
      name: 'Cora: the words of 2,708 papers, 1,433 of them, and seven subjects',
      source: 'dataset:cora',
      licence: 'MIT',
    },
  ],
  lines: {
    embeddings: {
      claim: 'Over the sweep, RankMe of the embeddings and accuracy have a Spearman of 0.5 or more',
      holds: atLeast(0.5),
    },
    representations: {
      claim:
        'Over the sweep, RankMe of the representations and accuracy have a Spearman of 0.5 or more',
      holds: atLeast(0.5),
    },
    median: {
      claim: 'The run with the highest RankMe is more accurate than the median run',
      unit: '%',
      baseline: 'the median run',
      holds: aboveBaseline(),
    },
    loss: {
      claim: 'The run with the highest RankMe is more accurate than the one with the lowest loss',
      unit: '%',
      baseline: 'the run with the lowest training loss',
      holds: aboveBaseline(),
    },
    oracle: {
      claim: 'The run with the highest RankMe is at most half a point below the best one',
      unit: '%',
      baseline: 'the best run, chosen by labels',
      holds: notBelowBaseline(0.005),
    },
    slope: {
      claim: 'RankMe orders the runs better than α-ReQ does',
      baseline: 'Spearman of −|α − 1|',
      holds: aboveBaseline(),
    },
    codingRate: {
      claim: 'RankMe orders the runs better than the coding rate does',
      baseline: 'Spearman of the coding rate',
      holds: aboveBaseline(),
    },
    stableRank: {
      claim: 'RankMe orders the runs better than the stable rank does',
      baseline: 'Spearman of the stable rank',
      holds: aboveBaseline(),
    },
    noise: {
      claim:
        'Columns of noise beside the usual run lift its RankMe above that of every run: ranks of different methods do not compare',
      baseline: 'the highest RankMe of the sweep',
      holds: aboveBaseline(),
    },
  },
  readings: {
    words: { title: 'Accuracy of a linear probe on the words themselves', unit: '%' },
    best: { title: 'Accuracy of the best run', unit: '%' },
    worst: { title: 'Accuracy of the worst run', unit: '%' },
    ofSpectra: {
      title: 'Spearman without the run that has neither variance nor covariance term',
    },
    collapsedRank: { title: `RankMe of the representations, ${COLLAPSED}` },
    usualRank: { title: 'RankMe of the representations, usual setting' },
    collapsedSpread: {
      title: `Spread of the embeddings, ${COLLAPSED}, over that of the usual setting`,
    },
    noiseAccuracy: {
      title: 'What the columns of noise add to the accuracy of the usual run',
      unit: '%',
    },
  },
  curves: {
    title: 'Accuracy of the runs in the order of a number, highest first',
    x: 'place in the order',
    y: 'accuracy',
  },
  deviations: [
    'Bags of words in place of images, two layers in place of a ResNet, VICReg only.',
    'Each run takes 500 steps of 128 papers, 24 passes: a slow one keeps some of the rank of its random start.',
    'All hyperparameters make one sweep; the paper chooses one hyperparameter at a time.',
    'The probe leaves rows out one by one in place of a test set, on the same data.',
    'Where a run collapsed to zero, its RankMe counts as 1.',
  ],
  async run(study) {
    const { quick, random, tick } = study;
    const { texts, classes, points } = await words(study);
    const sweep = quick ? QUICK_SWEEP : SWEEP;
    const size = quick ? { steps: 30, batch: 32 } : { steps: 500, batch: 128 };
    const runs: Run[] = [];
    for (const [at, changed] of sweep.entries()) {
      const own = random.fork(at);
      const setting = { ...USUAL, ...changed };
      const trained = await trainVicreg(texts, points.cols, setting, size, own, () =>
        tick(at / sweep.length),
      );
      runs.push({ ...trained, ...(await judged(study, trained, classes)) });
    }
    const [usual] = runs;
    const collapsed = runs[runs.length - 1];
    const accuracies = runs.map(({ accuracy }) => accuracy);
    const ordered = (score: (run: Run) => number, among = runs) =>
      spearman(
        among.map(score),
        among.map(({ accuracy }) => accuracy),
      );
    const byRank = ordered((run) => run.rank);
    const chosen = best(runs, (run) => run.rank).accuracy;
    const padded = besideNoise(usual.representations, random.fork('noise'));
    const paddedAccuracy = await probe(study, padded, classes);
    return {
      embeddings: byRank,
      representations: ordered((run) => run.inner),
      median: { value: chosen, baseline: middle(accuracies) },
      loss: { value: chosen, baseline: best(runs, (run) => -run.loss).accuracy },
      oracle: { value: chosen, baseline: Math.max(...accuracies) },
      slope: { value: byRank, baseline: ordered((run) => run.slope) },
      codingRate: { value: byRank, baseline: ordered((run) => run.rate) },
      stableRank: { value: byRank, baseline: ordered((run) => run.stable) },
      noise: {
        value: await rankOf(study, padded),
        baseline: Math.max(...runs.map((run) => run.inner)),
      },
      words: await probe(study, points, classes),
      best: Math.max(...accuracies),
      worst: Math.min(...accuracies),
      ofSpectra: ordered((run) => run.rank, runs.slice(0, -1)),
      collapsedRank: collapsed.inner,
      usualRank: usual.inner,
      collapsedSpread: spread(collapsed.embeddings) / spread(usual.embeddings),
      noiseAccuracy: paddedAccuracy - usual.accuracy,
      curves: {
        RankMe: inOrder(runs, (run) => run.rank),
        'coding rate': inOrder(runs, (run) => run.rate),
        labels: inOrder(runs, (run) => run.accuracy),
      },
    };
  },
});

interface Judged {
  /** Of a linear probe on the representations. */
  readonly accuracy: number;
  /** RankMe of the embeddings. */
  readonly rank: number;
  /** RankMe of the representations. */
  readonly inner: number;
  readonly rate: number;
  readonly stable: number;
  /** −|α − 1| of α-ReQ. */
  readonly slope: number;
}

interface Run extends Judged {
  readonly representations: Matrix;
  readonly embeddings: Matrix;
  readonly loss: number;
}

async function judged(
  study: StudyContext,
  { representations, embeddings }: Pick<Run, 'representations' | 'embeddings'>,
  classes: readonly string[],
): Promise<Judged> {
  const unit = directions(embeddings);
  const slope = await valueBy(study, spectrumSlope, unit);
  return {
    accuracy: await probe(study, representations, classes),
    rank: await rankOf(study, embeddings),
    inner: await rankOf(study, representations),
    rate: await valueBy(study, codingRate, unit),
    stable: await valueBy(study, stableRank, unit),
    // A spectrum without a line is as far from 1 as can be.
    slope: Number.isFinite(slope) ? -Math.abs(slope - 1) : -100,
  };
}

/** Words of each paper; all of them or, in the quick form, some. */
async function words({ quick, random }: StudyContext) {
  const { points: all, columns } = await loadCora();
  const { subject = [] } = columns ?? {};
  const rows = quick
    ? random.fork('papers').sample(all.rows, 300).sort()
    : Int32Array.from({ length: all.rows }, (_, i) => i);
  const points = gathered(all, rows);
  const d = points.cols;
  const texts = Array.from(rows, (_, i) => {
    const row = points.data.subarray(i * d, (i + 1) * d);
    return [...row.keys()].filter((word) => row[word] > 0);
  });
  return { points, texts, classes: Array.from(rows, (i) => String(subject[i])) };
}

/** Rows as they are, not scaled: what the paper probes. */
async function probe(study: StudyContext, points: Matrix, classes: readonly string[]) {
  return valueBy(study, linearProbeAccuracy, points, classes);
}

async function rankOf(study: StudyContext, points: Matrix): Promise<number> {
  const value = await valueBy(study, rankme, points);
  return Number.isFinite(value) ? value : 1;
}

async function valueBy<S extends OptionSpecs>(
  { engine, signal, seed }: StudyContext,
  metric: Metric<S>,
  points: Matrix,
  classes?: readonly string[],
): Promise<number> {
  const space = createSpace(points, engine, { signal }, { classes, seed, norms: rowNorms(points) });
  const { spec } = metric;
  const { value } = await metric.measure(space, resolveOptions(spec.id, spec.options));
  return value;
}

/** Unit rows; a row of zeros becomes the first axis. */
function directions(points: Matrix): Matrix {
  const rows = copied(points);
  const d = rows.cols;
  for (let i = 0; i < rows.rows; i++) {
    if (rows.data.subarray(i * d, (i + 1) * d).every((x) => x === 0)) rows.data[i * d] = 1;
  }
  return unitRows('rankme', rows).points;
}

function best(runs: readonly Run[], score: (run: Run) => number): Run {
  return runs.reduce((first, run) => (score(run) > score(first) ? run : first));
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

function inOrder(runs: readonly Run[], score: (run: Run) => number) {
  const ordered = [...runs].sort((a, b) => score(b) - score(a));
  return { x: ordered.map((_, at) => at + 1), y: ordered.map(({ accuracy }) => accuracy) };
}

/** Root mean square distance from the mean row. */
function spread({ data, rows: n, cols: d }: Matrix): number {
  let sum = 0;
  for (let c = 0; c < d; c++) {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += data[i * d + c] / n;
    for (let i = 0; i < n; i++) sum += (data[i * d + c] - mean) ** 2;
  }
  return Math.sqrt(sum / n);
}
