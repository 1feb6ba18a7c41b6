import { ShapeError } from '../../core/errors.ts';
import { requireFinite } from '../../core/finite.ts';
import { gathered, type Matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { logistic, nearestToPrototypes, prototypes } from '../../families/classifiers/index.ts';
import { MethodRun, type RunOptions } from '../../method/method.ts';
import type { OptionsOf } from '../../method/options.ts';
import { wilsonInterval } from '../../numerics/statistics/intervals.ts';
import { classNames } from './class-names.ts';

export interface PrototypesInput {
  readonly points: Matrix;
  readonly classes: readonly string[];
}

export type PrototypesOptions = Partial<OptionsOf<(typeof prototypes)['spec']['options']>>;

interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A prototype, by the rows of the fit that are nearest to it. */
export interface ExplainedPrototype {
  readonly class: string;
  /** Rows of the input, nearest first. */
  readonly rows: readonly number[];
  /** The share of them that are of the class. */
  readonly purity: number;
}

export interface ExplainedPrototypes {
  readonly distance: string;
  readonly prototypes: readonly ExplainedPrototype[];
  /** The mean of the purities. */
  readonly purity: number;
  /** Of held-out rows. */
  readonly accuracy: {
    readonly prototypes: Share;
    readonly nearestRows: Share;
    readonly logistic: Share;
    readonly majority: number;
  };
  readonly heldOut: number;
  readonly warnings: readonly string[];
}

/** Rows that are shown of each prototype, neighbours that vote, and the most rows that the rivals are fitted to. */
const [SHOWN, VOTERS, MOST_ROWS] = [10, 5, 6000];

/** Steps of the linear rival: its predictions have settled long before its last digits. */
const STEPS = 50;

/** Prototypes of classes with the rows nearest to each, and what they are worth beside neighbours and a linear model. */
export async function explainPrototypes(
  { points, classes }: PrototypesInput,
  given: PrototypesOptions = {},
  run: RunOptions = {},
): Promise<ExplainedPrototypes> {
  const { rows: n } = points;
  if (n < 10) throw new ShapeError('explain prototypes', '10 rows or more', `${n}`);
  requireFinite('explain prototypes', points);
  classNames('explain prototypes', classes);
  const random = Random.fromSeed(given.seed ?? 0).fork('prototypes');
  const order = random.sample(n, Math.min(n, MOST_ROWS));
  const cut = Math.round(0.7 * order.length);
  const [train, held] = [order.slice(0, cut).sort(), order.slice(cut).sort()];
  const part = (rows: Int32Array) => ({
    points: gathered(points, rows),
    classes: Array.from(rows, (row) => classes[row]),
  });
  const [known, others] = [part(train), part(held)];
  const fitted = await prototypes(known, given, run);
  const share = (found: readonly string[]): Share => {
    const value = found.filter((name, i) => name === others.classes[i]).length / found.length;
    return { value, ...wilsonInterval(value, found.length) };
  };
  const shown = await nearestToPrototypes(fitted.model, known.points, SHOWN, run);
  const explained = shown.map(({ name, rows }) => ({
    class: name,
    rows: rows.map((row) => train[row]),
    purity: rows.filter((row) => known.classes[row] === name).length / rows.length,
  }));
  const linear = await logistic(known, { steps: STEPS }, run);
  return {
    distance: given.distance ?? prototypes.spec.options.distance.default,
    prototypes: explained,
    purity: explained.reduce((sum, { purity }) => sum + purity, 0) / explained.length,
    accuracy: {
      prototypes: share((await prototypes.predict(fitted.model, others.points, run)).classes),
      nearestRows: share(await votes(known, others.points, run)),
      logistic: share((await logistic.predict(linear.model, others.points, run)).classes),
      majority: majorityOf(others.classes),
    },
    heldOut: held.length,
    warnings: fitted.warnings,
  };
}

/** The class of most of the nearest rows; of a tie, that of the nearest. */
async function votes(known: PrototypesInput, rows: Matrix, run: RunOptions): Promise<string[]> {
  const engine = await new MethodRun(run).engineFor(rows);
  const k = Math.min(VOTERS, known.points.rows);
  const { indices } = await engine.nearestAmong(rows, known.points, k);
  return Array.from({ length: rows.rows }, (_, i) => {
    const counts = new Map<string, number>();
    for (const row of indices.subarray(i * k, (i + 1) * k)) {
      const name = known.classes[row];
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return [...counts].reduce((best, own) => (own[1] > best[1] ? own : best))[0];
  });
}

function majorityOf(classes: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const name of classes) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Math.max(...counts.values()) / classes.length;
}
