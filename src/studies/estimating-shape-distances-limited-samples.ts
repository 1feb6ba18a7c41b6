import { gathered, type Matrix, matrix, rows } from '../core/matrix.ts';
import { cos } from '../core/numeric.ts';
import type { Random } from '../core/random.ts';
import type { Engine } from '../engine/index.ts';
import {
  angularShapeDistance,
  createPair,
  momentNuclearNorm,
  type PairInput,
  planShapeDistance,
} from '../families/comparisons/index.ts';
import { loadGlove } from '../io/datasets/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { studentQuantile } from '../numerics/laws/student.ts';
import { meanEstimate } from '../numerics/statistics/intervals.ts';
import {
  aboveBaseline,
  atLeast,
  atMost,
  atMostTimesBaseline,
  belowBaseline,
  defineStudy,
} from './define.ts';

/** A planted pair: d normal coordinates of variance k^−slope, each correlated by ρ with its partner. */
interface Cell {
  readonly n: number;
  readonly d: number;
  readonly slope: number;
  readonly truth: number;
}

const DEGREE = 5;
const Z = 1.96;
const TRUTHS = [0, 0.5, 1] as const;
const CURVE = { d: 50, slope: 0, rows: [50, 100, 200, 400] } as const;
const PLUG_IN_PLAN = { accuracy: 0.05, pilot: 200, d: 20, slope: 1, truth: 0 } as const;
const MOMENT_PLAN = { accuracy: 0.05, pilot: 100, d: 20, slope: 0, truth: 0.5 } as const;

const QUICK_PLAN = { n: 60, d: 5, accuracy: 0.2 };

const cells: readonly Cell[] = TRUTHS.flatMap((truth) =>
  [20, 50].flatMap((d) =>
    [50, 200].flatMap((n) => [0, 1].map((slope) => ({ n, d, slope, truth }))),
  ),
);

export default defineStudy({
  paper: papers.estimatingShapeDistancesLimitedSamples,
  methods: ['comparisons/angular-shape-distance'],
  claim:
    'With few samples the plug-in shape distance makes unrelated spaces look alike; an estimator from moments, whose bias has a bound of the user’s choice, is far less biased.',
  data: [
    {
      name: 'Pairs of normal rows, 20 and 50 dimensions, cosine 0, ½ and 1, flat and 1/k spectra',
      source: 'by seed, 50 and 200 rows',
      licence: 'planted',
    },
    {
      name: 'GloVe 6B, 100 dimensions',
      source: '31,636 words, data/glove-slice: first and last 50 coordinates',
      licence: 'PDDL 1.0',
    },
  ],
  lines: {
    coverage: {
      claim: 'The moment interval holds the planted cosine in at least 90 % of draws',
      unit: '%',
      baseline: 'interval of the plug-in form',
      holds: atLeast(0.9),
    },
    withinBound: {
      claim:
        'In no setting is the mean error beyond the stated bound on the bias by more than chance: at most 1 as a share of it',
      holds: atMost(1),
    },
    zero: {
      claim: 'Unrelated spaces: the mean error is at most half of that of the plug-in form',
      baseline: 'plug-in',
      holds: atMostTimesBaseline(0.5),
    },
    nearZero: {
      claim: 'Unrelated spaces: the mean moment estimate of the cosine is within 0.05 of 0',
      baseline: 'plug-in',
      holds: atMost(0.05),
    },
    half: {
      claim: 'Cosine ½: the mean error is below that of the plug-in form',
      baseline: 'plug-in',
      holds: belowBaseline(),
    },
    tradeOff: {
      claim: 'The least bias bound costs a larger standard error than none',
      baseline: 'no bound on the bias',
      holds: aboveBaseline(),
    },
    gloveCoverage: {
      claim: 'GloVe: the moment interval from 200 words holds the value of all in 90 % of draws',
      unit: '%',
      baseline: 'interval of the plug-in form',
      holds: atLeast(0.9),
    },
    gloveBias: {
      claim: 'GloVe: the mean error from 200 words is below that of the plug-in form',
      baseline: 'plug-in',
      holds: belowBaseline(),
    },
    planPlugIn: {
      claim:
        'Unrelated spaces: at the planned rows the plug-in cosine is within 0.05 of 0 in 90 % of draws',
      unit: '%',
      baseline: 'at the rows of the pilot',
      holds: atLeast(0.9),
    },
    planMoments: {
      claim:
        'At the rows planned for ±0.05 half of the moment interval is at most that and a fifth more',
      baseline: 'at the rows of the pilot',
      holds: atMost(1.2 * MOMENT_PLAN.accuracy),
    },
  },
  readings: {
    errorsOnly: {
      title: 'Planted cosines within 1.96 standard errors, the bias left out',
      unit: '%',
    },
    worst: { title: 'Coverage of the moment interval in the worst setting of a seed', unit: '%' },
    width: { title: 'Mean width of the moment interval, in cosine' },
    one: { title: 'Cosine 1: mean error of the moment estimate, where the plug-in form has none' },
    gloveTruth: { title: 'GloVe: cosine of the shape distance between the halves, all words' },
    gloveEstimate: { title: 'GloVe: moment estimate from 200 words' },
    glovePlugIn: { title: 'GloVe: plug-in from 200 words' },
    plannedPlugIn: { title: `Rows planned for the plug-in form to ±${PLUG_IN_PLAN.accuracy}` },
    plannedMoments: { title: `Rows planned for the moment estimate to ±${MOMENT_PLAN.accuracy}` },
  },
  curves: {
    title: 'Mean estimate of the cosine, 50 dimensions, flat spectrum',
    x: 'rows',
    y: 'cosine',
    logX: true,
  },
  deviations: [
    `Moments up to ${DEGREE} and no bound on the bias, as the method does unless told otherwise; the paper takes 10 and more.`,
    'The mean of the rows is not known to the estimator.',
    'The halves of one set of word vectors stand for two spaces, in place of neural recordings; all 31,636 words are the truth.',
    'The interval and the planner are not in the paper.',
  ],
  async run({ quick, random, engine, signal, tick }) {
    const draws = quick ? 2 : 10;
    const settings = quick ? cells.filter(({ n, d }) => n === 50 && d === 20) : cells;
    const how = { engine, signal };
    const seen: Seen[] = [];
    for (const [i, cell] of settings.entries()) {
      const found: Draw[] = [];
      for (let r = 0; r < draws; r++)
        found.push(await drawn(planted(cell, random.fork(`${i}/${r}`)), cell.truth, how));
      seen.push({ cell, draws: found });
      await tick((0.5 * i) / settings.length);
    }
    const at = (truth: number) => seen.filter(({ cell }) => cell.truth === truth);
    const all = seen.flatMap((one) => one.draws);
    const knob = await tradeOff(random.fork('trade'), draws, engine);
    await tick(0.6);
    const glove = await words(random.fork('words'), quick, how);
    await tick(0.8);
    const plans = await planned(random.fork('plans'), quick, how);
    return {
      coverage: { value: share(all, 'covered'), baseline: share(all, 'plugInCovered') },
      withinBound: Math.max(...seen.map(boundUsed)),
      zero: { value: meanError(at(0), 'error'), baseline: meanError(at(0), 'plugInError') },
      nearZero: {
        value: Math.abs(mean(at(0).flatMap((one) => one.draws.map(({ error }) => error)))),
        baseline: mean(at(0).flatMap((one) => one.draws.map(({ plugInError }) => plugInError))),
      },
      half: { value: meanError(at(0.5), 'error'), baseline: meanError(at(0.5), 'plugInError') },
      tradeOff: knob,
      gloveCoverage: {
        value: share(glove.draws, 'covered'),
        baseline: share(glove.draws, 'plugInCovered'),
      },
      gloveBias: {
        value: Math.abs(mean(glove.draws.map(({ error }) => error))),
        baseline: Math.abs(mean(glove.draws.map(({ plugInError }) => plugInError))),
      },
      ...plans,
      errorsOnly: share(all, 'withinErrors'),
      worst: Math.min(...seen.map((one) => share(one.draws, 'covered'))),
      width: mean(all.map(({ width }) => width)),
      one: meanError(at(1), 'error'),
      gloveTruth: glove.truth,
      gloveEstimate: glove.truth + mean(glove.draws.map(({ error }) => error)),
      glovePlugIn: glove.truth + mean(glove.draws.map(({ plugInError }) => plugInError)),
      curves: await curves(random.fork('curves'), quick, how),
    };
  },
});

interface How {
  readonly engine: Engine;
  readonly signal: AbortSignal | undefined;
}

/** What one draw of rows gave, in cosine. */
interface Draw {
  readonly error: number;
  readonly bound: number;
  readonly width: number;
  readonly covered: boolean;
  readonly withinErrors: boolean;
  readonly plugInError: number;
  readonly plugInCovered: boolean;
}

interface Seen {
  readonly cell: Cell;
  readonly draws: readonly Draw[];
}

function planted({ n, d, slope, truth }: Cell, random: Random): PairInput {
  const a = new Float32Array(n * d);
  const b = new Float32Array(n * d);
  const own = Math.sqrt(1 - truth * truth);
  for (let i = 0; i < n * d; i++) {
    const scale = ((i % d) + 1) ** (-slope / 2);
    const shared = random.normal();
    a[i] = scale * shared;
    b[i] = scale * (truth * shared + own * random.normal());
  }
  return { a: matrix(a, n, d), b: matrix(b, n, d) };
}

/** Rounding of cosines that are 1. */
const ROUNDING = 1e-9;

async function drawn(input: PairInput, truth: number, { engine, signal }: How): Promise<Draw> {
  const paired = { rows: 'paired', columns: 'any' } as const;
  const pair = createPair('study', input, paired, engine, { signal });
  const found = await momentNuclearNorm(pair, { degree: DEGREE, maxBias: 1 });
  if (!found) throw new RangeError(`${input.a.rows} rows are too few.`);
  const plugIn = await angularShapeDistance(input, {}, { engine, signal });
  const { low = plugIn.value, high = plugIn.value } = plugIn;
  const within = (from: number, to: number) => from <= truth + ROUNDING && truth <= to + ROUNDING;
  const half = Z * found.standardError;
  return {
    error: found.likeness - truth,
    bound: found.biasBound,
    width: found.interval.high - found.interval.low,
    covered: within(found.interval.low, found.interval.high),
    withinErrors: within(found.likeness - half, found.likeness + half),
    plugInError: cos(plugIn.value) - truth,
    plugInCovered: within(cos(high), cos(low)),
  };
}

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x / values.length, 0);

type Flag = 'covered' | 'withinErrors' | 'plugInCovered';

const share = (draws: readonly Draw[], flag: Flag) => mean(draws.map((one) => (one[flag] ? 1 : 0)));

/** The size of the mean error of a setting, and its mean over the settings. */
const meanError = (seen: readonly Seen[], which: 'error' | 'plugInError') =>
  mean(seen.map(({ draws }) => Math.abs(mean(draws.map((one) => one[which])))));

/** The mean error of a setting, less what chance makes of the largest of all, as a share of the stated bound. */
function boundUsed({ draws }: Seen): number {
  const errors = draws.map(({ error }) => error);
  const { value, standardError } = meanEstimate(errors);
  const chance = studentQuantile(1 - 0.05 / cells.length, draws.length - 1) * standardError;
  return (Math.abs(value) - chance) / mean(draws.map(({ bound }) => bound));
}

async function tradeOff(random: Random, draws: number, engine: Engine) {
  const cell = { n: 50, d: 20, slope: 1, truth: 0.5 };
  const errors = { least: 0, none: 0 };
  for (let r = 0; r < draws; r++) {
    const input = planted(cell, random.fork(r));
    const pair = createPair('study', input, { rows: 'paired', columns: 'any' }, engine);
    const errorAt = async (maxBias: number) =>
      (await momentNuclearNorm(pair, { degree: DEGREE, maxBias }))?.standardError ?? NaN;
    errors.least += (await errorAt(0)) / draws;
    errors.none += (await errorAt(1)) / draws;
  }
  return { value: errors.least, baseline: errors.none };
}

/** Draws of 200 words; the halves of the coordinates of all words have the truth. */
async function words(random: Random, quick: boolean, how: How) {
  const { points: table } = await loadGlove();
  const points = quick ? rows(table, 0, 1000) : table;
  const half = points.cols / 2;
  const [a, b] = [columns(points, 0, half), columns(points, half, points.cols)];
  const all = await angularShapeDistance({ a, b }, {}, { ...how, mostRows: points.rows });
  const truth = cos(all.value);
  const found: Draw[] = [];
  for (let r = 0; r < (quick ? 1 : 10); r++) {
    const chosen = random.fork(r).sample(points.rows, quick ? 100 : 200);
    found.push(await drawn({ a: gathered(a, chosen), b: gathered(b, chosen) }, truth, how));
  }
  return { truth, draws: found };
}

function columns(m: Matrix, from: number, to: number): Matrix<Float32Array> {
  const d = to - from;
  const data = new Float32Array(m.rows * d);
  for (let i = 0; i < m.rows; i++)
    for (let c = 0; c < d; c++) data[i * d + c] = m.data[i * m.cols + from + c];
  return matrix(data, m.rows, d);
}

/** Plans from one pilot each, and what new rows of the planned number give. */
async function planned(random: Random, quick: boolean, how: How) {
  const draws = quick ? 2 : 10;
  const { engine, signal } = how;
  const exact = { n: PLUG_IN_PLAN.pilot, ...PLUG_IN_PLAN, ...(quick && QUICK_PLAN) };
  const pilot = planted(exact, random.fork('pilot'));
  const { plugIn } = await planShapeDistance(pilot, exact, how);
  const close = async (n: number, name: string) => {
    let count = 0;
    for (let r = 0; r < draws; r++) {
      const input = planted({ ...exact, n }, random.fork(`${name}/${r}`));
      const { value } = await angularShapeDistance(input, {}, { engine, signal });
      if (Math.abs(cos(value) - exact.truth) <= exact.accuracy) count += 1 / draws;
    }
    return count;
  };
  const flat = { n: MOMENT_PLAN.pilot, ...MOMENT_PLAN, ...(quick && QUICK_PLAN) };
  const { moments } = await planShapeDistance(planted(flat, random.fork('flat')), flat, how);
  const halfWidth = async (n: number) => {
    const input = planted({ ...flat, n }, random.fork('planned'));
    const { low = 0, high = 0 } = await angularShapeDistance(
      input,
      { estimator: 'moments', degree: moments.degree },
      { engine, signal, sample: n },
    );
    return (cos(low) - cos(high)) / 2;
  };
  const needed = moments.rows ?? flat.n;
  return {
    planPlugIn: {
      value: await close(plugIn.rows, 'planned'),
      baseline: await close(exact.n, 'small'),
    },
    planMoments: { value: await halfWidth(needed), baseline: moments.halfWidth },
    plannedPlugIn: plugIn.rows,
    plannedMoments: needed,
  };
}

async function curves(random: Random, quick: boolean, how: How) {
  const x = quick ? CURVE.rows.slice(0, 1) : CURVE.rows;
  const draws = quick ? 1 : 4;
  const lines: Record<string, { x: number[]; y: number[] }> = {};
  for (const truth of [0, 0.5]) {
    for (const [i, n] of x.entries()) {
      const found: Draw[] = [];
      for (let r = 0; r < draws; r++)
        found.push(
          await drawn(
            planted({ ...CURVE, n, truth }, random.fork(`${truth}/${i}/${r}`)),
            truth,
            how,
          ),
        );
      const add = (name: string, y: number) => {
        lines[name] ??= { x: [...x], y: [] };
        lines[name].y.push(y);
      };
      add(`plug-in, truth ${truth}`, truth + mean(found.map(({ plugInError }) => plugInError)));
      add(`moments, truth ${truth}`, truth + mean(found.map(({ error }) => error)));
    }
  }
  return lines;
}
