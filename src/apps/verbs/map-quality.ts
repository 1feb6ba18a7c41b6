import { alike, type Matrix } from '../../core/matrix.ts';
import { rowNorms } from '../../core/rows.ts';
import type { RunControls } from '../../core/run.ts';
import type { Engine } from '../../engine/engine.ts';
import * as methods from '../../families/comparisons/index.ts';
import { type RowDistortion, rowDistortion } from '../../families/comparisons/index.ts';
import type { Compared, Comparison, Pair } from '../../families/comparisons/types.ts';
import { type OptionSpecs, resolveOptions } from '../../method/options.ts';
import {
  type MapQuality,
  QUALITY_NUMBERS,
  type QualityName,
  type QualityNumber,
} from '../report/map/contract.ts';
import { type EngineOptions, onEngine } from './support/engine.ts';

export type { MapQuality, QualityNumber } from '../report/map/contract.ts';

export interface JudgedMap {
  readonly quality: MapQuality;
  /** How badly the rows asked about are placed; left out of fewer than 3 rows. */
  readonly distortion?: RowDistortion;
  readonly warnings: readonly string[];
}

export interface MapQualityOptions extends EngineOptions {
  /** Of row samples. Default 0. */
  readonly seed?: number | undefined;
  /** How many rows are asked for their neighbours. Default: 2,000, or as many as cost about a second. */
  readonly rows?: number | undefined;
}

/** Multiplications that asking for neighbours may cost, about a second; and between how many rows are asked about. */
const BUDGET = 2.5e9;
/** What looking at a product costs, in multiplications. */
const LOOKING = 60;
const FEWEST_ROWS = 100;
const MOST_ROWS = 2000;
/** Rows whose pairs give the stress. */
const STRESS_ROWS = 500;
const RANKED = 12;
const UNIT = 1e-5;

/**
 * What a map m of n × d points keeps of them, n × m: neighbours and distances, each with an interval and its value for
 * permuted rows. Of many rows a sample is asked about, so that judging costs about a second; the intervals include that.
 */
export async function mapQuality(
  original: Matrix,
  map: Matrix,
  options: MapQualityOptions = {},
  run: RunControls = {},
): Promise<JudgedMap> {
  return onEngine(original, options, (engine) => judged(original, map, engine, options, run));
}

async function judged(
  original: Matrix,
  map: Matrix,
  engine: Engine,
  { seed, rows }: MapQualityOptions,
  { signal, onProgress }: RunControls,
): Promise<JudgedMap> {
  const { rows: n, cols: d } = original;
  const input = { a: original, b: alike(map, original) };
  const affordable = BUDGET / (n * (d + map.cols + LOOKING));
  const asked = Math.min(n, rows ?? rowsWithin(affordable));
  const meaning = { rows: 'paired', columns: 'any' } as const;
  const stage = 'quality of the map';
  const work = { signal, onProgress: (done: number) => onProgress?.({ stage, done }) };
  const pairOf = (sample: number) =>
    methods.createPair('quality', input, meaning, engine, { seed, sample }, work);
  const pair = pairOf(asked);
  // The longest lists first: shorter ones are their beginnings.
  if (n > 2) await pair.neighbors(Math.min(50, n - 1), 'euclidean');
  const sphere = map.cols > 1 && isOnSphere(map);
  const angles = sphere ? { a: isOnSphere(original) ? 'angle' : 'euclidean', b: 'angle' } : {};
  const { trustworthiness, continuity, neighborRecall, stress } = methods;
  const found: Record<QualityName, Compared> = {
    trustworthiness: await ask(trustworthiness, pair, { k: RANKED }),
    continuity: await ask(continuity, pair, { k: RANKED }),
    neighborRecall10: await recall(neighborRecall, pair, 10),
    neighborRecall50: await recall(neighborRecall, pair, 50),
    stress: await ask(stress, pairOf(STRESS_ROWS), angles),
  };
  const numbers = Object.fromEntries(
    QUALITY_NUMBERS.map((name) => [name, qualityNumber(found[name])]),
  ) as Record<QualityName, QualityNumber>;
  return {
    quality: { rows: asked, sphere, ...numbers },
    ...(n > 2 ? { distortion: await rowDistortion(pair, RANKED) } : {}),
    warnings: warningsOf(found),
  };
}

function rowsWithin(affordable: number): number {
  return Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, Math.floor(affordable)));
}

function ask<S extends OptionSpecs>(
  { spec, compare }: Comparison<S>,
  pair: Pair,
  given: Readonly<Record<string, unknown>>,
): Promise<Compared> {
  return Promise.resolve(compare(pair, resolveOptions<S>(spec.id, spec.options, given as never)));
}

/** All n − 1 others are k neighbours of a row in any map. */
async function recall(
  method: typeof methods.neighborRecall,
  pair: Pair,
  k: number,
): Promise<Compared> {
  const { rows: n } = pair.all.a;
  if (n > k + 1) return ask(method, pair, { k });
  return { value: NaN, warnings: [`${k} neighbours need ${k + 2} rows; got ${n}.`] };
}

function qualityNumber({ value, low = NaN, high = NaN, null: law }: Compared): QualityNumber {
  const finite = (x: number) => (Number.isFinite(x) ? x : null);
  const known = law && Number.isFinite(value) && Number.isFinite(law.value);
  return { value: finite(value), low: finite(low), high: finite(high), null: known ? law : null };
}

function warningsOf(found: Record<QualityName, Compared>): string[] {
  return QUALITY_NUMBERS.flatMap((name) =>
    (found[name].warnings ?? []).map((text) => `${name}: ${text}`),
  );
}

/** Whether all rows have length 1, up to the rounding of float32. */
function isOnSphere(points: Matrix): boolean {
  return rowNorms(points).every((norm) => Math.abs(norm - 1) < UNIT);
}
