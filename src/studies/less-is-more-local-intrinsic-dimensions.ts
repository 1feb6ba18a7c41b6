import { gathered, type Matrix, matrix, zeros } from '../core/matrix.ts';
import { Random } from '../core/random.ts';
import { spearman } from '../core/ranks.ts';
import { localTwoNn, mleDimension, twoNn } from '../families/metrics/index.ts';
import { loadPackageDescriptions } from '../io/datasets/index.ts';
import { uniformPoints } from '../manifolds/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { areaUnderRoc } from '../numerics/statistics/area-under-roc.ts';
import { meanOf } from '../numerics/statistics/averages.ts';
import {
  atLeast,
  atMost,
  atMostTimesBaseline,
  between,
  defineStudy,
  type StudyContext,
} from './define.ts';
import { measuredAlone } from './support/measured.ts';

const COLUMNS = 24;
/** Within 15 % of what was planted. */
const close = between(0.85, 1.15);
const SNAPSHOTS = 6;
/** Of the axes along which a part collapses, what is left at the last snapshot. */
const LEFT = 0.02;

export default defineStudy({
  paper: papers.lessIsMoreLocalIntrinsicDimensions,
  methods: ['metrics/local-two-nn', 'metrics/two-nn', 'metrics/mle-dimension'],
  claim:
    'TwoNN in the neighbourhood of each vector gives local dimensions whose mean, without labels, follows what training does to a space.',
  data: [
    {
      name: '3,000 uniform points of spheres of dimension 2, 5 and 10, and of a Swiss roll',
      source: 'by seed',
      licence: 'planted',
    },
    {
      name: '1,500 points of a 2-sphere beside 1,500 of a 10-sphere',
      source: 'by seed',
      licence: 'planted',
    },
    {
      name: 'Six snapshots of two 10-spheres of 1,000 points, one of which collapses to dimension 3',
      source: 'by seed',
      licence: 'planted',
    },
    {
      name: 'Sentence embeddings of 20,000 package descriptions, 512 dimensions',
      source:
        'Universal Sentence Encoder of descriptions of Debian 12, study-data/package-descriptions',
      licence: 'free metadata of Debian; encoder Apache-2.0',
    },
  ],
  lines: {
    two: { claim: 'On a sphere of dimension 2, the mean over 2 is within 15 % of 1', holds: close },
    five: { claim: 'On a sphere of dimension 5, the mean over 5', holds: close },
    ten: { claim: 'On a sphere of dimension 10, the mean over 10', holds: close },
    roll: { claim: 'On a Swiss roll, the mean over 2', holds: close },
    apart: {
      claim: 'In a mixture, rows of the 10-sphere have the larger local dimension (area under ROC)',
      holds: atLeast(0.99),
    },
    low: { claim: 'In the mixture, the mean over rows of the 2-sphere, over 2', holds: close },
    high: { claim: 'In the mixture, the mean over rows of the 10-sphere, over 10', holds: close },
    collapse: {
      claim: 'Over the snapshots the mean over the part that collapses falls to half or less',
      baseline: 'before',
      holds: atMostTimesBaseline(0.5),
    },
    falling: {
      claim: 'It falls with the snapshots (rank correlation)',
      holds: atMost(-0.9),
    },
    stays: {
      claim: 'The mean over the other part, after over before, stays within a tenth',
      holds: between(0.9, 1.1),
    },
    halves: {
      claim: 'Two disjoint samples of texts have means within 5 % (ratio)',
      holds: between(0.95, 1.05),
    },
    own: {
      claim: 'The dimension of a text is its own: in two disjoint datastores it ranks alike',
      holds: atLeast(0.5),
    },
  },
  readings: {
    fiveRaw: { title: 'Mean as published, sphere of dimension 5' },
    tenRaw: { title: 'Mean as published, sphere of dimension 10' },
    one: { title: 'TwoNN of the whole mixture, one number' },
    likelihood: { title: 'Area under ROC in the mixture by maximum likelihood, 20 neighbours' },
    texts: { title: 'Mean local dimension of the texts' },
    everyText: {
      title: 'Ratio of the means of two disjoint samples of texts, from a patch of every text',
    },
  },
  curves: {
    title: 'Dimension over the snapshots',
    x: 'snapshot',
    y: 'dimension',
  },
  deviations: [
    'No model is trained: exhaustion, overfitting and grokking are not tested here, only that the number follows a planted collapse of some rows and leaves the others alone.',
    'Universal Sentence Encoder of one text in place of the token vectors of a language model.',
    'Maximum likelihood of the censored law, read backwards on uniform spheres; the mean as published is shown beside.',
  ],
  async run(study) {
    const { quick, random, tick } = study;
    const n = quick ? 240 : 3000;
    const sphere = (m: number) => planted(uniformPoints(n, m + 1, random.fork(`sphere ${m}`)), 0);
    const [two, five, ten, roll] = [
      await local(study, sphere(2)),
      await local(study, sphere(5)),
      await local(study, sphere(10)),
      await local(study, swissRoll(n, random.fork('roll'))),
    ];
    await tick(0.3);
    const mixed = await mixture(study, n / 2);
    await tick(0.4);
    const { curves, parts } = await snapshots(study);
    await tick(0.6);
    const texts = await ofTexts(study);
    const [first, last] = [0, SNAPSHOTS - 1];
    return {
      two: two.value / 2,
      five: five.value / 5,
      ten: ten.value / 10,
      roll: roll.value / 2,
      apart: areaUnderRoc(mixed.low, mixed.high),
      low: meanOf(mixed.low) / 2,
      high: meanOf(mixed.high) / 10,
      collapse: { value: parts.collapsing[last], baseline: parts.collapsing[first] },
      falling: spearman(curves['part that collapses'].x, parts.collapsing),
      stays: parts.other[last] / parts.other[first],
      ...texts,
      fiveRaw: five.raw,
      tenRaw: ten.raw,
      one: mixed.one,
      likelihood: mixed.likelihood,
      curves,
    };
  },
});

/** The mean local dimension, that as published, and the dimension of each row. */
async function local(
  study: StudyContext,
  points: Matrix,
  facts: { readonly datastore?: Matrix; readonly exact?: true } = {},
) {
  const k = study.quick ? 32 : 128;
  const {
    value,
    table,
    perRow = {},
  } = await measuredAlone(localTwoNn, points, { k }, study, facts);
  const { value: rows = new Float64Array() } = perRow;
  return { value, raw: Number(table?.[0]['mean as published']), rows };
}

/** Rows along some of the 24 axes, from the one given on. */
function planted({ data, rows: n, cols: d }: Matrix, first: number): Matrix<Float32Array> {
  const out = zeros(n, COLUMNS);
  for (let i = 0; i < n; i++) {
    out.data.set(data.subarray(i * d, (i + 1) * d), i * COLUMNS + first);
  }
  return out;
}

/** A sheet rolled up one and a half times, small beside its distance from the origin. */
function swissRoll(n: number, random: Random): Matrix {
  const out = zeros(n, 4);
  for (let i = 0; i < n; i++) {
    // Even along the spiral, whose length grows with the square of the angle.
    const from = 1.5 * Math.PI;
    const t = Math.sqrt(from * from + random.uniform() * (9 * from * from - from * from));
    const row = [t * Math.cos(t), 21 * random.uniform(), t * Math.sin(t)].map((x) => 0.005 * x);
    out.data.set([1, ...row], 4 * i);
  }
  return out;
}

function stacked(parts: readonly Matrix[]): Matrix<Float32Array> {
  const { cols } = parts[0];
  const data = Float32Array.from(parts.flatMap((part) => Array.from(part.data)));
  return matrix(data, data.length / cols, cols);
}

async function mixture(study: StudyContext, half: number) {
  const { random } = study;
  const points = stacked([
    planted(uniformPoints(half, 3, random.fork('low')), 0),
    planted(uniformPoints(half, 11, random.fork('high')), 12),
  ]);
  const { rows } = await local(study, points, { exact: true });
  const { value: one } = await measuredAlone(twoNn, points, {}, study);
  const { perRow = {} } = await measuredAlone(mleDimension, points, {}, study);
  const { value: likelihood = new Float64Array() } = perRow;
  return {
    low: rows.subarray(0, half),
    high: rows.subarray(half),
    one,
    likelihood: areaUnderRoc(likelihood.subarray(0, half), likelihood.subarray(half)),
  };
}

/** Two parts on axes of their own; seven of the eleven axes of the first shrink from snapshot to snapshot. */
async function snapshots(study: StudyContext) {
  const { random, quick } = study;
  const half = quick ? 120 : 1000;
  const collapsing = uniformPoints(half, 11, random.fork('collapsing'));
  const other = planted(uniformPoints(half, 11, random.fork('other')), 12);
  const parts = { collapsing: [] as number[], other: [] as number[] };
  const whole: number[] = [];
  const x = Array.from({ length: SNAPSHOTS }, (_, t) => t + 1);
  for (const snapshot of x) {
    const done = (snapshot - 1) / (SNAPSHOTS - 1);
    const left = LEFT ** done;
    const data = collapsing.data.map((value, at) => (at % 11 < 4 ? value : value * left));
    const points = stacked([planted(matrix(data, half, 11), 0), other]);
    const { rows } = await local(study, points, { exact: true });
    parts.collapsing.push(meanOf(rows.subarray(0, half)));
    parts.other.push(meanOf(rows.subarray(half)));
    whole.push((await measuredAlone(twoNn, points, {}, study)).value);
  }
  const curves = {
    'part that collapses': { x, y: parts.collapsing },
    'other part': { x, y: parts.other },
    'TwoNN of all': { x, y: whole },
  };
  return { curves, parts };
}

/** Of other texts for each seed: the ratio of two samples' means, and how alike both see the same texts. */
async function ofTexts(study: StudyContext) {
  const { quick, seed, data } = study;
  // The package ships a quarter of them, enough for the quick form.
  const { points } = await loadPackageDescriptions(
    quick ? undefined : await data.folder('package-descriptions'),
  );
  const [size, probes] = quick ? [240, 50] : [2500, 400];
  const order = Random.fromSeed(seed)
    .fork('texts')
    .sample(points.rows, 2 * size + probes);
  const [a, b] = [0, 1].map((part) =>
    gathered(points, order.subarray(part * size, (part + 1) * size)),
  );
  const some = gathered(points, order.subarray(2 * size));
  const [inA, inB] = [await local(study, a), await local(study, b)];
  const [everyA, everyB] = [
    await local(study, a, { exact: true }),
    await local(study, b, { exact: true }),
  ];
  const seen = [a, b].map((datastore) => local(study, some, { datastore, exact: true }));
  const [fromA, fromB] = await Promise.all(seen);
  return {
    halves: inA.value / inB.value,
    own: spearman(fromA.rows, fromB.rows),
    texts: (inA.value + inB.value) / 2,
    everyText: everyA.value / everyB.value,
  };
}
