import { gathered, type Matrix, row } from '../../../core/matrix.ts';
import type { Engine, Work } from '../../../engine/engine.ts';
import { type Directions, projected } from '../../../structures/directions/index.ts';

/** A probe of one layer, and how far rows of one class lie apart along it. */
export interface MonitorLayer {
  /** Where the layer comes from. */
  readonly name: string;
  /** One direction, from the first class to the second; projections are 0 at the crossing. */
  readonly probe: Directions;
  /** Standard deviation of the projections about the mean of their class. */
  readonly deviation: number;
}

/** Rows of the first layer whose class is known. */
export interface KnownRows {
  readonly points: Matrix;
  /** 1 for rows of the second class. */
  readonly isSecond: Uint8Array;
}

/** What may be odd about a row. */
export const SIGNALS = ['margin', 'jump', 'neighbors'] as const;
export type Signal = (typeof SIGNALS)[number];

/** By signal, a number for each row: the larger, the odder. */
export type Signals = Readonly<Record<Signal, Float64Array>>;

export interface MonitoredRows {
  /** Distance to the crossing in within-class deviations, layer after layer: n × L, positive on the second class's side. */
  readonly margins: Matrix<Float64Array>;
  readonly signals: Signals;
}

/**
 * How odd rows are: how near the last layer's crossing they lie, how far their margin jumps from a layer to the next, and which
 * share of their nearest known rows in the first layer has the class of the other side.
 */
export async function monitored(
  layers: readonly MonitorLayer[],
  known: KnownRows,
  neighbors: number,
  inputs: readonly Matrix[],
  engine: Engine,
  work: Work,
): Promise<MonitoredRows> {
  const n = inputs[0].rows;
  const margins = marginsOf(layers, inputs);
  const k = Math.min(neighbors, known.points.rows);
  const { indices } = await engine.nearestAmong(inputs[0], known.points, k, work);
  const signals = {
    margin: new Float64Array(n),
    jump: new Float64Array(n),
    neighbors: new Float64Array(n),
  };
  for (let i = 0; i < n; i++) {
    const path = row(margins, i);
    const last = path[path.length - 1];
    signals.margin[i] = -Math.abs(last);
    for (let l = 1; l < path.length; l++)
      signals.jump[i] = Math.max(signals.jump[i], Math.abs(path[l] - path[l - 1]));
    const side = last > 0 ? 1 : 0;
    for (let t = i * k; t < (i + 1) * k; t++)
      if (known.isSecond[indices[t]] !== side) signals.neighbors[i] += 1 / k;
  }
  return { margins, signals };
}

/** n × L. */
function marginsOf(
  layers: readonly MonitorLayer[],
  inputs: readonly Matrix[],
): Matrix<Float64Array> {
  const [n, count] = [inputs[0].rows, layers.length];
  const data = new Float64Array(n * count);
  for (const [l, { probe, deviation }] of layers.entries()) {
    const along = projected(probe, inputs[l]).data;
    for (let i = 0; i < n; i++) data[i * count + l] = along[i] / deviation;
  }
  return { data, rows: n, cols: count };
}

/** Signals of rows that the probes were not fitted to, each ascending. */
export function ascending(signals: Signals): Signals {
  const of = (name: Signal) => Float64Array.from(signals[name]).sort();
  return { margin: of('margin'), jump: of('jump'), neighbors: of('neighbors') };
}

/** By how much the mean share decides between rows of the same least share. */
const TIES = 1e-6;

/**
 * The least share, over the signals, of reference rows that are as odd as a row, and which signal has it. Few rows of the
 * kind of the reference have a small one; how few, rows set aside must say, since it is the least of several.
 */
export function oddness(
  signals: Signals,
  reference: Signals,
): { readonly shares: Float64Array; readonly by: readonly Signal[] } {
  const n = signals.margin.length;
  const shares = new Float64Array(n);
  const by: Signal[] = [];
  for (let i = 0; i < n; i++) {
    const own = SIGNALS.map((name) => shareAsOdd(reference[name], signals[name][i]));
    const least = Math.min(...own);
    by.push(SIGNALS[own.indexOf(least)]);
    shares[i] = least + TIES * own.reduce((sum, share) => sum + share, 0);
  }
  return { shares, by };
}

/** (1 + how many are at least as large) / (1 + how many there are). */
function shareAsOdd(ascending: Float64Array, value: number): number {
  return (1 + ascending.length - placeOf(ascending, value)) / (1 + ascending.length);
}

/** How many are smaller. */
function placeOf(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The conformal p-value of each row: the share of calibration rows, itself one of them, that are as odd or odder. */
export function pValues(shares: Float64Array, calibration: Float64Array): Float64Array {
  const n = calibration.length;
  return shares.map((share) => (1 + countUpTo(calibration, share)) / (n + 1));
}

/** How many are at most as large. */
function countUpTo(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Some of the rows of every layer. */
export const partOf = (inputs: readonly Matrix[], rows: Int32Array): Matrix[] =>
  inputs.map((points) => gathered(points, rows));
