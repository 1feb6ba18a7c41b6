import { type Matrix, zeros64 } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import { averageRanks, correlationOfRanks, spearman } from '../../../core/ranks.ts';
import type { Engine } from '../../../engine/engine.ts';
import { extremes } from '../../../families/directions/index.ts';
import type { DirectionsMethod } from '../../../families/directions/types.ts';
import { spearmanInterval } from '../../../numerics/statistics/intervals.ts';
import { type Directions, projected } from '../../../structures/directions/index.ts';
import { byKernel, byNeighbors } from './axis-ceiling.ts';
import { canBeFitted, foldsOf, partOf, type Targets, wantedBy } from './axis-targets.ts';

/** A number with its 95 % interval. */
export interface Between {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How an axis fares with few labeled rows. */
export interface FewLabels {
  /** Labeled rows. */
  readonly k: number;
  /** The mean over the draws of these rows, and the middle nine tenths of them. */
  readonly spearman: Between;
  /** Of the direction from the lowest half of the k most extreme rows to the highest; null for classes. */
  readonly extremes: number | null;
}

/** What is known of how well an axis orders rows that it was not fitted to. */
export interface AxisJudgement {
  readonly spearman: Between;
  /** What 95 of 100 random directions stay below. */
  readonly null: number;
  /** The better of what neighbours and a kernel reach on the same rows. */
  readonly ceiling: number;
  readonly ceilings: { readonly neighbors: number; readonly kernel: number };
  readonly few: readonly FewLabels[];
  /** Rows that were judged, and the parts in which they were held out. */
  readonly rows: number;
  readonly folds: number;
}

export interface JudgeContext {
  readonly method: DirectionsMethod;
  readonly options: Readonly<Record<string, unknown>>;
  readonly engine: Engine;
  readonly signal?: AbortSignal | undefined;
  readonly random: Random;
  readonly folds: number;
  readonly onDone: (share: number) => void;
}

/** Kernel regressions are made for so many classes at most. */
const MOST_KERNELS = 3;
const RANDOM_DIRECTIONS = 200;
const COUNTS = [2, 8, 32, 128];
const REPEATS = 20;

/** How well the axis orders rows held out, beside chance and beside what a curved model reaches. */
export async function judgedByFolds(
  targets: Targets,
  context: JudgeContext,
): Promise<AxisJudgement | undefined> {
  const { engine, folds, random } = context;
  const n = targets.points.rows;
  if (n < 2 * folds || !canBeFitted(targets)) return undefined;
  const owner = foldsOf(targets, folds);
  const names = await namesOf(targets, context);
  const wanted = names.map((name) => wantedBy(targets, name));
  const blank = () => names.map(() => new Float64Array(n));
  const found = { axis: blank(), neighbors: blank(), kernel: blank() };
  for (let fold = 0; fold < folds; fold++) {
    const rows = Array.from(owner.keys());
    const [train, test] = [
      rows.filter((i) => owner[i] !== fold),
      rows.filter((i) => owner[i] === fold),
    ];
    const [from, to] = [partOf(targets, train), partOf(targets, test)];
    if (!canBeFitted(from)) return undefined;
    const ofTrain = wanted.map((list) => Float64Array.from(train, (i) => list[i]));
    const said = {
      axis: projectedByName(await fitted(from, context), names, to.points),
      neighbors: await byNeighbors(from.points, ofTrain, to.points, engine),
      kernel:
        names.length <= MOST_KERNELS
          ? await byKernel(from.points, ofTrain, to.points, {
              engine,
              random: random.fork('kernel'),
            })
          : [],
    };
    for (const key of ['axis', 'neighbors', 'kernel'] as const)
      for (const [j, list] of said[key].entries())
        for (const [t, i] of test.entries()) found[key][j][i] = list[t];
    context.onDone((fold + 1) / (folds + 1));
  }
  const value = meanOverFolds(found.axis, wanted, owner, folds);
  const ceilings = {
    neighbors: meanOverFolds(found.neighbors, wanted, owner, folds),
    kernel:
      names.length <= MOST_KERNELS ? meanOverFolds(found.kernel, wanted, owner, folds) : Number.NaN,
  };
  return {
    spearman: { value, ...spearmanInterval(value, n) },
    null: chanceOf(targets.points, wanted, random.fork('chance')),
    ceiling: Math.max(ceilings.neighbors, Number.isNaN(ceilings.kernel) ? -1 : ceilings.kernel),
    ceilings,
    few: await fewLabels(targets, names, context),
    rows: n,
    folds,
  };
}

async function fitted(
  { points, scores, classes }: Targets,
  { method, options, engine, signal }: JudgeContext,
): Promise<Directions> {
  const run = { engine, signal, isPlain: true };
  return (await method({ points, scores, classes }, { ...options, draws: 0 } as never, run))
    .directions;
}

/** What the directions of all rows are called. */
async function namesOf(targets: Targets, context: JudgeContext): Promise<readonly string[]> {
  return (await fitted(targets, context)).names;
}

/** Projections on the direction of each name; zeros where a part has none of it. */
function projectedByName(directions: Directions, names: readonly string[], rows: Matrix) {
  const { data } = projected(directions, rows);
  const k = directions.names.length;
  return names.map((name) => {
    const j = directions.names.indexOf(name);
    return j < 0 ? new Float64Array(rows.rows) : columnOf(data, j, k);
  });
}

/** Every k-th number from j on. */
function columnOf(data: Float64Array, j: number, k: number): Float64Array {
  const out = new Float64Array(data.length / k);
  for (let i = 0; i < out.length; i++) out[i] = data[i * k + j];
  return out;
}

/** Mean over the parts, then over the lists: axes of different parts have no common unit. */
function meanOverFolds(
  found: readonly Float64Array[],
  wanted: readonly Float64Array[],
  owner: Int32Array,
  folds: number,
): number {
  let [sum, count] = [0, 0];
  for (const [j, list] of found.entries()) {
    for (let fold = 0; fold < folds; fold++) {
      const own = Array.from(owner.keys()).filter((i) => owner[i] === fold);
      const of = (values: Float64Array) => Float64Array.from(own, (i) => values[i]);
      const goal = of(wanted[j]);
      if (goal.every((x) => x === goal[0])) continue;
      sum += spearman(of(list), goal) || 0;
      count += 1;
    }
  }
  return count > 0 ? sum / count : 0;
}

/** What 95 of 100 random directions stay below, the sign left out. */
export function chanceOf(points: Matrix, wanted: readonly Float64Array[], random: Random): number {
  const basis = zeros64(RANDOM_DIRECTIONS, points.cols);
  random.normals(basis.data);
  const { data } = projected({ basis, origin: new Float64Array(points.cols) }, points);
  const ranks = Array.from({ length: RANDOM_DIRECTIONS }, (_, j) =>
    averageRanks(columnOf(data, j, RANDOM_DIRECTIONS)),
  );
  const all = wanted.slice(0, MOST_KERNELS).flatMap((goal) => {
    const own = averageRanks(goal);
    return ranks.map((other) => Math.abs(correlationOfRanks(other, own) || 0));
  });
  return all.sort((a, b) => a - b)[Math.floor(0.95 * all.length)];
}

/** The axis fitted to k rows, judged by the others. */
async function fewLabels(
  targets: Targets,
  names: readonly string[],
  context: JudgeContext,
): Promise<FewLabels[]> {
  const n = targets.points.rows;
  const wanted = names.map((name) => wantedBy(targets, name));
  const out: FewLabels[] = [];
  for (const k of COUNTS.filter((count) => 2 * count <= n)) {
    const values: number[] = [];
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const order = context.random.fork(`few ${k}`).fork(repeat).sample(n);
      const train = partOf(targets, order.slice(0, k));
      if (!canBeFitted(train)) continue;
      const along = await directionsOrNone(train, context);
      values.push(along ? agreement(along, names, targets, { wanted, rows: order.slice(k) }) : 0);
    }
    if (values.length === 0) continue;
    values.sort((a, b) => a - b);
    const at = (share: number) => values[Math.floor(share * (values.length - 1))];
    const value = values.reduce((sum, x) => sum + x, 0) / values.length;
    out.push({
      k,
      spearman: { value, low: at(0.05), high: at(0.95) },
      extremes: await ofExtremes(targets, k, context),
    });
  }
  return out;
}

/** Rows that are drawn may all be alike: then no axis follows from them. */
function directionsOrNone(train: Targets, context: JudgeContext): Promise<Directions | undefined> {
  return fitted(train, context).catch((error: unknown) => {
    if ((error as { code?: string }).code === 'input') return undefined;
    throw error;
  });
}

/** The mean correlation with what is wanted, over some rows. */
function agreement(
  directions: Directions,
  names: readonly string[],
  { points }: Targets,
  { wanted, rows }: { readonly wanted: readonly Float64Array[]; readonly rows: Int32Array },
): number {
  const of = (list: Float64Array) => {
    const own = new Float64Array(rows.length);
    for (let t = 0; t < own.length; t++) own[t] = list[rows[t]];
    return own;
  };
  const lists = projectedByName(directions, names, points);
  const all = lists.map((list, j) => spearman(of(list), of(wanted[j])) || 0);
  return all.reduce((sum, r) => sum + r, 0) / all.length;
}

/** The k most extreme rows, half at each end, and how their direction orders the others. */
async function ofExtremes(
  { points, scores }: Targets,
  k: number,
  { engine, signal }: JudgeContext,
): Promise<number | null> {
  if (!scores) return null;
  const order = Int32Array.from(scores.keys()).sort((a, b) => scores[a] - scores[b] || a - b);
  const ends = { low: order.slice(0, k / 2), high: order.slice(-k / 2) };
  if (scores[ends.low[0]] === scores[ends.high[0]]) return null;
  const { directions } = await extremes({ points, ends }, { draws: 0 }, { engine, signal });
  return agreement(
    directions,
    directions.names,
    { points, scores },
    { wanted: [Float64Array.from(scores)], rows: order.slice(k / 2, -k / 2) },
  );
}
