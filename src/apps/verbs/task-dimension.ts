import { OptionError } from '../../core/errors.ts';
import { exp, log } from '../../core/numeric.ts';
import type { RunControls } from '../../core/run.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Examples } from '../../families/learners/index.ts';
import { randomSubspace } from '../../families/parametrizations/index.ts';
import type { StoredModel } from '../../learning/index.ts';
import { studentQuantile } from '../../numerics/laws/student.ts';
import { firstCrossing } from '../../numerics/statistics/first-crossing.ts';
import { meanEstimate } from '../../numerics/statistics/intervals.ts';
import { learn, learnerById } from './learn.ts';

type SubspaceOptions = NonNullable<Parameters<typeof randomSubspace.bind>[0]>;

export interface TaskDimensionRun extends RunControls {
  readonly engine?: Engine | undefined;
  /** Every run begins with the weights of this model. */
  readonly start?: StoredModel | undefined;
  /** Share of the accuracy of all weights; default 0.9. */
  readonly target?: number | undefined;
  /** Repeats, each with a seed of its own: other first weights, directions and rows held out; default 3. */
  readonly seeds?: number | undefined;
  /** Numbers of directions, rising; default: 8, 16, … as long as the model has more numbers. */
  readonly grid?: readonly number[] | undefined;
  /** Step lengths, in those of the learner; the best of them counts. Default 1 and 3, and 10 and 50. */
  readonly rates?: { readonly all: readonly number[]; readonly few: readonly number[] } | undefined;
  /** How the directions are drawn. */
  readonly by?: Omit<SubspaceOptions, 'directions' | 'seed'> | undefined;
}

/** A mean over seeds; the 95 % interval of Student, null from one seed. */
export interface OverSeeds {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface TaskDimension {
  readonly target: number;
  readonly seeds: number;
  /** Numbers that the model has. */
  readonly of: number;
  /** Held-out accuracy with all weights. */
  readonly full: OverSeeds;
  /** The fewest directions with the target: geometric mean over seeds; null where some seed never had it. */
  readonly dimension: OverSeeds | null;
  /** By number of directions: the held-out accuracy, and how many seeds went so far. */
  readonly curve: readonly (OverSeeds & { readonly directions: number; readonly seeds: number })[];
  /** The step length that was best where the target was reached, or else last. */
  readonly learningRate: number;
  readonly warnings: readonly string[];
}

interface SeedResult {
  readonly full: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly learningRate: number;
}

/**
 * How many random directions a task needs (its intrinsic dimension): the fewest d with a share of the held-out accuracy
 * that all weights have, read off between two tried on the line in log d.
 *
 * @example
 * const { dimension } = await taskDimension('classifier', { points, classes }, { dim: 8 }, { seeds: 5 });
 *
 * @throws OptionError for a learner that measures no held-out accuracy
 */
export async function taskDimension(
  id: string,
  examples: Examples,
  options: Readonly<Record<string, unknown>> = {},
  run: TaskDimensionRun = {},
): Promise<TaskDimension> {
  const { target = 0.9, seeds = 3, by = {} } = run;
  if (!(target > 0 && target <= 1))
    throw new OptionError('task-dimension', 'target', 'a share above 0, at most 1', target);
  if (!(Number.isInteger(seeds) && seeds >= 1))
    throw new OptionError('task-dimension', 'seeds', 'a whole number from 1 on', seeds);
  const { of, weights, first } = await probed(id, examples, options, run);
  const grid = run.grid ?? doubling(of, by.perLayerScale ? weights : 0);
  requireGrid(grid, of);
  const found: SeedResult[] = [];
  for (let s = 0; s < seeds; s++) {
    const progress = (stage: string, done: number) =>
      run.onProgress?.({ stage: `seed ${s + 1} of ${seeds}, ${stage}`, done: (s + done) / seeds });
    const own = { ...options, seed: first + s };
    found.push(await oneSeed(id, examples, own, { ...run, target, grid, by }, progress));
  }
  return summary(found, { target, of, grid });
}

/** A run of one step: whether it measures a held-out accuracy, and how many numbers the model has. */
async function probed(
  id: string,
  examples: Examples,
  options: Readonly<Record<string, unknown>>,
  { engine, signal, start }: TaskDimensionRun,
) {
  const parametrization = randomSubspace.bind({ directions: 1 });
  const short = { ...options, steps: 1 };
  const { report, parametrized } = await learn(id, examples, short, {
    ...{ engine, signal, start, parametrization },
  });
  const { accuracy = Number.NaN } = report;
  // The share of training rows is not what a task is judged by.
  if (!('heldOut' in report) || !Number.isFinite(accuracy))
    throw new OptionError(
      'task-dimension',
      'learner',
      'one that measures its accuracy on rows held out, such as classifier, with some held out',
      id,
    );
  const { of = 0, weights = [] } = parametrized ?? {};
  return { of, weights: weights.length, first: numberOf(id, options, 'seed') };
}

async function oneSeed(
  id: string,
  examples: Examples,
  options: Readonly<Record<string, unknown>>,
  run: TaskDimensionRun & { readonly target: number; readonly grid: readonly number[] },
  progress: (stage: string, done: number) => void,
): Promise<SeedResult> {
  const { engine, signal, start, grid, target, rates = { all: [1, 3], few: [10, 50] } } = run;
  const [rate, seed] = [numberOf(id, options, 'learningRate'), numberOf(id, options, 'seed')];
  const best = async (factors: readonly number[], directions?: number) => {
    let top = { accuracy: -1, learningRate: rate };
    for (const factor of factors) {
      const learningRate = factor * rate;
      const parametrization = directions
        ? randomSubspace.bind({ ...run.by, directions, seed })
        : undefined;
      const own = { ...options, learningRate };
      const { report } = await learn(id, examples, own, { engine, signal, start, parametrization });
      const { accuracy } = report;
      if (accuracy > top.accuracy) top = { accuracy, learningRate };
    }
    return top;
  };
  progress('all weights', 0);
  const full = (await best(rates.all)).accuracy;
  const [x, y]: [number[], number[]] = [[], []];
  let learningRate = rate;
  for (const [i, directions] of grid.entries()) {
    progress(`${directions} directions`, (i + 1) / (grid.length + 1));
    const top = await best(rates.few, directions);
    x.push(directions);
    y.push(top.accuracy);
    learningRate = top.learningRate;
    if (top.accuracy >= target * full) break;
  }
  return { full, x, y, learningRate };
}

/** An option that every learner has: as given, else its default. */
function numberOf(
  id: string,
  options: Readonly<Record<string, unknown>>,
  name: 'seed' | 'learningRate',
): number {
  const { [name]: spec } = learnerById(id).spec.options;
  return Number(options[name] ?? spec.default);
}

function summary(
  found: readonly SeedResult[],
  {
    target,
    of,
    grid,
  }: { readonly target: number; readonly of: number; readonly grid: readonly number[] },
): TaskDimension {
  const reached = found.map(({ x, y, full }) => firstCrossing({ x, y }, target * full));
  const known = reached.filter((d) => d !== null);
  const curve = grid.flatMap((directions, i) => {
    const values = found.filter(({ y }) => i < y.length).map(({ y }) => y[i]);
    return values.length > 0 ? [{ directions, ...overSeeds(values), seeds: values.length }] : [];
  });
  const missed = found.length - known.length;
  const warnings = [
    ...(missed > 0
      ? [
          `In ${missed} of ${found.length} seeds no number of directions up to ${grid[grid.length - 1]} reached ${target} of the accuracy of all weights.`,
        ]
      : []),
    ...(reached.some((d) => d === grid[0])
      ? [
          `In some seed ${grid[0]} directions, the fewest tried, were enough: the dimension is that or less.`,
        ]
      : []),
  ];
  return {
    target,
    seeds: found.length,
    of,
    full: overSeeds(found.map(({ full }) => full)),
    dimension: missed > 0 ? null : inLogs(known),
    curve,
    learningRate: found[0].learningRate,
    warnings,
  };
}

function overSeeds(values: readonly number[]): OverSeeds {
  const { value, standardError } = meanEstimate(values);
  if (values.length < 2) return { value, low: null, high: null };
  const half = studentQuantile(0.95, values.length - 1) * standardError;
  return { value, low: value - half, high: value + half };
}

/** Directions are tried by factors, so their mean is taken in logarithms. */
function inLogs(values: readonly number[]): OverSeeds {
  const { value, low, high } = overSeeds(values.map(log));
  return {
    value: exp(value),
    low: low === null ? null : exp(low),
    high: high === null ? null : exp(high),
  };
}

/** 8, 16, … above `least` and below `of`. */
function doubling(of: number, least: number): readonly number[] {
  const grid: number[] = [];
  for (let d = 8; d < of; d *= 2) if (d > least) grid.push(d);
  return grid;
}

function requireGrid(grid: readonly number[], of: number): void {
  const rises = grid.every((d, i) => Number.isInteger(d) && d >= 1 && (i === 0 || d > grid[i - 1]));
  if (grid.length === 0 || !rises || grid[grid.length - 1] > of)
    throw new OptionError(
      'task-dimension',
      'grid',
      `rising whole numbers from 1 to ${of}, the numbers of the model`,
      grid.join(', '),
    );
}
