import { byId } from '../../catalog/by-id.ts';
import { givenPoints } from '../../core/given-points.ts';
import type { Matrix } from '../../core/matrix.ts';
import { acos } from '../../core/numeric.ts';
import { Random } from '../../core/random.ts';
import { counted } from '../../core/text.ts';
import * as methods from '../../families/directions/index.ts';
import type { DirectionsInput, DirectionsMethod } from '../../families/directions/types.ts';
import { MethodRun, type RunOptions } from '../../method/method.ts';
import { dot } from '../../numerics/rows/dot.ts';
import { largestPlaces } from '../../numerics/rows/largest-places.ts';
import { wilsonInterval } from '../../numerics/statistics/intervals.ts';
import { type Directions, directionAt, projected } from '../../structures/directions/index.ts';
import {
  type AxisJudgement,
  type Between,
  chanceOf,
  judgedByFolds,
} from './support/axis-judgement.ts';
import { spearmanOf } from './support/axis-order.ts';
import { targetsOf } from './support/axis-targets.ts';

export type { AxisJudgement, Between, FewLabels } from './support/axis-judgement.ts';

const { ids, get } = byId<DirectionsMethod>('explain axis', 'method', methods);

/** The ids of all methods of directions. */
export const directionsIds = ids;
/** The method of that id, else a sentence that names them all. */
export const directionsById = get;

export interface AxisOptions extends RunOptions {
  /** Parts in which rows are held out; default 5. */
  readonly folds?: number | undefined;
}

/** A row and where it lies on a direction. */
export interface Projected {
  readonly row: number;
  readonly label: string | null;
  readonly projection: number;
}

/** One direction, and what lies at its ends. */
export interface ExplainedDirection {
  readonly name: string;
  /** 95 of 100 draws are within this angle of the direction; null without draws. */
  readonly bandDegrees: number | null;
  /** Highest and lowest rows, outermost first. */
  readonly top: readonly Projected[];
  readonly bottom: readonly Projected[];
}

/** Directions with what is known of them. */
export interface ExplainedAxis {
  readonly directions: Directions;
  readonly each: readonly ExplainedDirection[];
  /** Over rows held out; null where nothing says how rows are ordered, or too few do. */
  readonly heldOut: AxisJudgement | null;
  /** Where scores are known and the axis was not fitted to them: over all of them. */
  readonly given: { readonly spearman: Between; readonly null: number } | null;
  /** The share of pairs that axes fitted to other pairs put in the right order; null without pairs. */
  readonly ordered: Between | null;
  readonly warnings: readonly string[];
  readonly engine: string;
}

const SHOWN = 5;

/**
 * Fits directions to labeled rows and says how well they order rows that they were not fitted to, beside random directions and
 * beside what a curved model reaches.
 *
 * @example
 * const { points, columns, labels } = await read('products.parquet');
 * const { heldOut } = await explainAxis({ points, labels, scores: columns.price }, 'ridge');
 */
export async function explainAxis(
  input: DirectionsInput,
  method: string,
  options: Readonly<Record<string, unknown>> = {},
  { folds = 5, ...run }: AxisOptions = {},
): Promise<ExplainedAxis> {
  const own = directionsById(method);
  const points = givenPoints('explain axis', input.points);
  const engine = await new MethodRun(run).engineFor(points);
  const { directions, warnings } = await own(input, options as never, { ...run, engine });
  const random = Random.fromSeed((options['seed'] as number | undefined) ?? 0).fork('explain axis');
  const used = own.needs.find((need) => input[need] !== undefined);
  const isJudged = used === 'scores' || used === 'classes';
  const targets = isJudged
    ? targetsOf(points, { [used]: input[used] }, random.fork('rows'))
    : undefined;
  const heldOut =
    targets &&
    (await judgedByFolds(targets, {
      method: own,
      options,
      engine,
      signal: run.signal,
      random,
      folds,
      onDone: (done) => run.onProgress?.({ stage: 'held out', done }),
    }));
  return {
    directions,
    each: describedEach(directions, points, input.labels),
    heldOut: heldOut ?? null,
    given:
      !isJudged && input.scores ? againstScores(directions, points, input.scores, random) : null,
    ordered:
      used === 'pairs' ? await orderedPairs(input, own, options, folds, { ...run, engine }) : null,
    warnings: [
      ...warnings,
      ...(used === 'classes' ? singlesOf(input.classes ?? []) : []),
      ...(isJudged && !heldOut
        ? [`Too few rows to hold any out: ${points.rows} rows for ${folds} parts.`]
        : []),
    ],
    engine: engine.name,
  };
}

/** A class of one row is drawn anew as it is. */
function singlesOf(classes: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of classes) counts.set(name, (counts.get(name) ?? 0) + 1);
  const singles = Array.from(counts.values()).filter((count) => count === 1).length;
  if (singles === 0) return [];
  return [
    `${counted(singles, 'class has', 'classes have')} one row: nothing tells how sure such a direction is, whatever its draws.`,
  ];
}

function describedEach(
  directions: Directions,
  points: Matrix,
  labels: readonly string[] | undefined,
): readonly ExplainedDirection[] {
  const { data: all, rows: n, cols: k } = projected(directions, points);
  const count = Math.min(SHOWN, Math.floor(n / 2));
  return directions.names.map((name, j) => {
    const data = new Float64Array(n);
    for (let i = 0; i < n; i++) data[i] = all[i * k + j];
    const shown = (row: number): Projected => ({
      row,
      label: labels?.[row] ?? null,
      projection: data[row],
    });
    const top = largestPlaces(data, 0, n, count);
    // From the end, so that of equal rows the last is the lowest.
    const bottom = largestPlaces(data.map((x) => -x).reverse(), 0, n, count);
    return {
      name,
      bandDegrees: bandOf(directionAt(directions, j)),
      top: Array.from(top, shown),
      bottom: Array.from(bottom, (place) => shown(n - 1 - place)),
    };
  });
}

/** The angle within which 95 of 100 draws of one direction lie. */
export function bandOf({ basis, draws }: Directions): number | null {
  const { cols: d } = basis;
  if (draws.rows === 0) return null;
  const angles = Array.from({ length: draws.rows }, (_, b) =>
    acos(Math.max(-1, Math.min(1, dot(basis.data, draws.data.subarray(b * d, (b + 1) * d))))),
  ).sort((a, b) => a - b);
  return (180 / Math.PI) * angles[Math.min(angles.length - 1, Math.floor(0.95 * angles.length))];
}

/** The first direction beside scores that it was not fitted to. */
function againstScores(
  directions: Directions,
  points: Matrix,
  scores: ArrayLike<number>,
  random: Random,
) {
  const { data } = projected(directionAt(directions, 0), points);
  const part = targetsOf(points, { scores }, random.fork('rows'));
  const goal = Float64Array.from(part?.scores ?? []);
  return {
    spearman: spearmanOf(data, Float64Array.from(scores)),
    null: part ? chanceOf(part.points, [goal], random.fork('chance')) : Number.NaN,
  };
}

/** The share of held-out pairs whose second row lies above their first. */
async function orderedPairs(
  input: DirectionsInput,
  method: DirectionsMethod,
  options: Readonly<Record<string, unknown>>,
  folds: number,
  run: RunOptions,
): Promise<Between | null> {
  const { a, b } = input.pairs ?? { a: [], b: [] };
  const pairs = Array.from(a, (from, p) => ({ from, to: b[p] }));
  if (pairs.length < 2 * folds) return null;
  const points = givenPoints('explain axis', input.points);
  let right = 0;
  for (let fold = 0; fold < folds; fold++) {
    const [train, test] = [
      pairs.filter((_, p) => p % folds !== fold),
      pairs.filter((_, p) => p % folds === fold),
    ];
    const given = { a: train.map(({ from }) => from), b: train.map(({ to }) => to) };
    const { directions } = await method(
      { ...input, pairs: given },
      { ...options, draws: 0 } as never,
      run,
    );
    const { data } = projected(directionAt(directions, 0), points);
    right += test.filter(({ from, to }) => data[to] > data[from]).length;
  }
  const share = right / pairs.length;
  return { value: share, ...wilsonInterval(share, pairs.length) };
}
