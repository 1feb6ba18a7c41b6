import { InputError, OptionError, ShapeError } from '../../core/errors.ts';
import { requireFinite } from '../../core/finite.ts';
import { type GivenPoints, givenPoints } from '../../core/given-points.ts';
import { gathered, type Matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import type { Engine } from '../../engine/engine.ts';
import { probe } from '../../families/directions/index.ts';
import { MethodRun, type RunOptions } from '../../method/method.ts';
import { wilsonInterval } from '../../numerics/statistics/intervals.ts';
import { projected, requireSpace } from '../../structures/directions/index.ts';
import type { Share } from './concept-probe.ts';
import {
  ascending,
  type KnownRows,
  type MonitorLayer,
  monitored,
  oddness,
  partOf,
  pValues,
  type Signal,
  type Signals,
} from './support/monitor-signals.ts';

export type { MonitorLayer, Signal } from './support/monitor-signals.ts';

const WHERE = 'explain monitor';

export interface MonitorInput {
  /** L layers, each n rows: what a network makes of the same inputs, the first layer first; one is enough. */
  readonly layers: readonly { readonly name: string; readonly points: GivenPoints }[];
  /** n, two classes. */
  readonly classes: readonly string[];
}

export interface MonitorOptions extends RunOptions {
  /** The share of ordinary rows that may raise an alarm. */
  readonly level?: number | undefined;
  /** Nearest known rows that are asked for their class. */
  readonly neighbors?: number | undefined;
  readonly seed?: number | undefined;
}

/** What watches rows: a probe for each layer, and what ordinary rows look like to them. */
export interface Monitor {
  readonly classes: readonly [string, string];
  readonly layers: readonly MonitorLayer[];
  readonly known: KnownRows;
  readonly neighbors: number;
  readonly level: number;
  /** Signals of rows set aside, ascending. */
  readonly reference: Signals;
  /** How odd further rows set aside are, ascending. */
  readonly calibration: Float64Array;
}

export interface FittedMonitor {
  readonly monitor: Monitor;
  /** Of each layer, the share of rows set aside whose class its probe names. */
  readonly accuracy: readonly Share[];
  /** The first layer whose probe names nine of ten; null where none does. */
  readonly passes: number | null;
  /** Rows fitted to, and rows set aside. */
  readonly fitted: number;
  readonly setAside: number;
}

/** Weights times rows of a probe: a second or two. */
const PROBE_PRODUCTS = 5e6;
const FEWEST_FITTED = 2000;
const MOST_KNOWN = 2000;
const MOST_SET_ASIDE = 10_000;
const PASSED = 0.9;

/**
 * Fits a monitor of a decision between two classes: half of the rows fit a linear probe for each layer, a quarter says what is
 * odd, and a quarter sets the alarm, so that of rows like these a share of `level` raises one, whatever their law.
 *
 * @example
 * const { monitor, accuracy } = await fitMonitor({ layers, classes: answers });
 * const { alarms } = await checkMonitor(monitor, { layers: others });
 */
export async function fitMonitor(
  { layers: given, classes }: MonitorInput,
  { level = 0.01, neighbors = 10, seed = 0, ...run }: MonitorOptions = {},
): Promise<FittedMonitor> {
  const inputs = inputsOf(given);
  requireOptions(level, neighbors);
  const n = inputs[0].rows;
  const names = twoClasses(classes, n);
  const order = Random.fromSeed(seed).fork(WHERE).sample(n);
  const half = Math.ceil(n / 2);
  const [own, aside] = [order.slice(0, half), order.slice(half, half + MOST_SET_ASIDE)];
  const quarter = aside.length >> 1;
  requireEnough(level, aside.length - quarter);
  const isSecond = (rows: Int32Array) =>
    Uint8Array.from(rows, (i) => (classes[i] === names[1] ? 1 : 0));
  requireBoth(names, isSecond(own));
  const engine = await new MethodRun(run).engineFor(inputs[0]);
  const work = { signal: run.signal };
  const layers: MonitorLayer[] = [];
  for (const [l, points] of partOf(inputs, own).entries()) {
    const part = { name: given[l].name, points, isSecond: isSecond(own) };
    layers.push(await layerOf(part, names, { ...run, engine }));
    run.onProgress?.({ stage: WHERE, done: (l + 1) / (inputs.length + 1) });
  }
  const memory = own.slice(0, MOST_KNOWN);
  const known = { points: gathered(inputs[0], memory), isSecond: isSecond(memory) };
  const told = (rows: Int32Array) =>
    monitored(layers, known, neighbors, partOf(inputs, rows), engine, work);
  const reference = ascending((await told(aside.subarray(0, quarter))).signals);
  const { shares } = oddness((await told(aside.subarray(quarter))).signals, reference);
  const monitor = { classes: names, layers, known, neighbors, level, reference };
  const accuracy = layers.map((layer, l) =>
    accuracyOf(layer, gathered(inputs[l], aside), isSecond(aside)),
  );
  const passed = accuracy.findIndex(({ value }) => value >= PASSED);
  return {
    monitor: { ...monitor, calibration: shares.sort() },
    accuracy,
    passes: passed < 0 ? null : passed,
    fitted: own.length,
    setAside: aside.length,
  };
}

interface LayerPart {
  readonly name: string;
  readonly points: Matrix;
  readonly isSecond: Uint8Array;
}

async function layerOf(
  { name, points, isSecond }: LayerPart,
  names: readonly [string, string],
  run: RunOptions & { readonly engine: Engine },
): Promise<MonitorLayer> {
  const rows = Math.max(FEWEST_FITTED, Math.floor(PROBE_PRODUCTS / points.cols));
  const classes = Array.from(isSecond, (own) => `${own}`);
  const { signal, engine } = run;
  const found = await probe({ points, classes }, { draws: 0, rows }, { signal, engine });
  const directions = { ...found.directions, names: [names.join(' → ')] };
  const along = projected(directions, points).data;
  const sums = [0, 0];
  const counts = [0, 0];
  for (const [i, own] of isSecond.entries()) {
    sums[own] += along[i];
    counts[own] += 1;
  }
  let squares = 0;
  for (const [i, own] of isSecond.entries()) squares += (along[i] - sums[own] / counts[own]) ** 2;
  const deviation = Math.sqrt(squares / along.length);
  // Classes that are a point each lie infinitely many deviations apart: the distance itself is told.
  return { name, probe: directions, deviation: deviation > 0 ? deviation : 1 };
}

function accuracyOf({ probe: own }: MonitorLayer, points: Matrix, isSecond: Uint8Array): Share {
  const along = projected(own, points).data;
  const right = along.filter((x, i) => (x > 0 ? 1 : 0) === isSecond[i]).length;
  const value = right / along.length;
  return { value, ...wilsonInterval(value, along.length) };
}

export interface Alarm {
  readonly row: number;
  /** The share of ordinary rows that are as odd. */
  readonly p: number;
  /** What is odd about it: near the crossing, a jump between layers, or neighbors of the other class. */
  readonly reason: Signal;
  /** The class on whose side the last layer has it. */
  readonly side: string;
}

export interface CheckedRows {
  /** Rows with p ≤ level, the oddest first. */
  readonly alarms: readonly Alarm[];
  /** n, of every row. */
  readonly p: Float64Array;
  /** n × L: distances to the crossing in within-class deviations. */
  readonly margins: Matrix<Float64Array>;
  /** Alarms over rows. */
  readonly share: number;
}

/** Says of rows which are odd to a monitor. Rows of another model are refused, unless any are taken. */
export async function checkMonitor(
  monitor: Monitor,
  { layers: given }: Pick<MonitorInput, 'layers'>,
  { anySpace, ...run }: RunOptions & { readonly anySpace?: boolean | undefined } = {},
): Promise<CheckedRows> {
  const { layers, known, neighbors, reference, calibration, level, classes } = monitor;
  const inputs = inputsOf(given);
  if (inputs.length !== layers.length)
    throw new ShapeError(WHERE, `${layers.length} layers, as were fitted`, `${inputs.length}`);
  for (const [l, points] of inputs.entries())
    requireSpace(`${WHERE}, layer ${l}`, layers[l].probe.space, points, { anySpace });
  const engine = await new MethodRun(run).engineFor(inputs[0]);
  const { margins, signals } = await monitored(layers, known, neighbors, inputs, engine, {
    signal: run.signal,
  });
  const { shares, by } = oddness(signals, reference);
  const p = pValues(shares, calibration);
  const last = layers.length - 1;
  const alarms = Array.from(p.keys())
    .filter((i) => p[i] <= level)
    .sort((a, b) => p[a] - p[b] || shares[a] - shares[b] || a - b)
    .map((i) => {
      const side = margins.data[i * layers.length + last] > 0 ? classes[1] : classes[0];
      return { row: i, p: p[i], reason: by[i], side };
    });
  return { alarms, p, margins, share: alarms.length / p.length };
}

function inputsOf(layers: MonitorInput['layers']): Matrix[] {
  if (layers.length === 0) throw new InputError(WHERE, 'one layer or more is needed.');
  const inputs = layers.map(({ name, points }) => requireFinite(name, givenPoints(name, points)));
  const [{ rows: n }] = inputs;
  const odd = inputs.findIndex(({ rows }) => rows !== n);
  if (odd < 0) return inputs;
  throw new ShapeError(
    layers[odd].name,
    `${n} rows, as the first layer has`,
    `${inputs[odd].rows}`,
  );
}

function twoClasses(classes: readonly string[], n: number): readonly [string, string] {
  if (classes.length !== n)
    throw new ShapeError(WHERE, `a class for each of the ${n} rows`, `${classes.length}`);
  const [first, second, ...more] = [...new Set(classes)].sort();
  if (second !== undefined && more.length === 0) return [first, second];
  throw new InputError(
    WHERE,
    `two classes are needed, between which rows may cross; the rows have ${more.length > 0 ? more.length + 2 : `one, ${JSON.stringify(first)}`}.`,
  );
}

function requireOptions(level: number, neighbors: number): void {
  if (!(level > 0 && level < 1))
    throw new OptionError(WHERE, 'level', 'above 0 and below 1', level);
  if (!(Number.isSafeInteger(neighbors) && neighbors >= 1))
    throw new OptionError(WHERE, 'neighbors', 'an integer, at least 1', neighbors);
}

/** Of fewer calibration rows none can be so odd that an alarm is due. */
function requireEnough(level: number, calibrated: number): void {
  const needed = Math.ceil(1 / level - 1e-9) - 1;
  if (calibrated >= needed) return;
  throw new InputError(
    WHERE,
    `alarms at a level of ${level} need ${needed} rows to set them; a quarter of the rows is ${calibrated}: give more rows, or a higher level.`,
  );
}

function requireBoth(names: readonly [string, string], isSecond: Uint8Array): void {
  const seconds = isSecond.reduce((sum, own) => sum + own, 0);
  if (seconds > 0 && seconds < isSecond.length) return;
  throw new InputError(
    WHERE,
    `the class ${JSON.stringify(names[seconds > 0 ? 0 : 1])} has too few rows: none of them is in the half that the probes are fitted to.`,
  );
}
