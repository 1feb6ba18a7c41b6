import { ShapeError } from '../../core/errors.ts';
import type { RunControls } from '../../core/run.ts';
import {
  segmentationError,
  successiveCosine,
  topicBoundaries,
} from '../../families/metrics/index.ts';
import type { MetricResult } from '../../families/metrics/types.ts';
import { type GivenTable, givenTable } from '../../io/given-table.ts';
import type { NullValue } from '../../numerics/statistics/null-value.ts';
import { type EngineOptions, onEngine } from './support/engine.ts';

const WHERE = 'measure flow';

export interface FlowOptions extends EngineOptions {
  /** The part each row belongs to, such as its chapter, to judge the boundaries. */
  readonly parts?: readonly string[] | undefined;
  /** Rows on each side of a boundary. Default: that of `topic-boundaries`. */
  readonly window?: number | undefined;
  /** How many segments to cut; 0 or left out: as many as are deeper than chance. */
  readonly segments?: number | undefined;
  readonly seed?: number | undefined;
}

export interface FlowNumber {
  /** null where the number does not exist. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly null: NullValue | null;
}

export interface Flow {
  readonly n: number;
  /** The mean cosine of a row and the next, beside rows in random order. */
  readonly successive: FlowNumber;
  /** How many times the rows turn to something else. */
  readonly boundaries: FlowNumber;
  /** The rows that begin a segment, in the order of the file. */
  readonly starts: readonly number[];
  /** P_k of the boundaries against those of the parts, beside boundaries at random; null where no parts are known. */
  readonly error: FlowNumber | null;
  /** n: the cosine of each row with the one before; NaN for the first. */
  readonly cosines: Float64Array;
  /** n: the segment of each row, from 0. */
  readonly segments: Int32Array;
  readonly warnings: readonly string[];
  readonly engine: string;
}

/**
 * Follows rows in their order, such as the sentences of a text: how alike one is to the next, where they turn to something
 * else, and how well that finds the parts that are known.
 *
 * @example const { starts, cosines } = await flow(await read('sentences.npy'));
 */
export async function flow(
  table: GivenTable,
  options: FlowOptions = {},
  { signal, onProgress }: RunControls = {},
): Promise<Flow> {
  const { points } = givenTable(WHERE, table);
  const { parts, window, segments = 0, seed } = options;
  const around = window === undefined ? {} : { window };
  const n = points.rows;
  if (parts && parts.length !== n)
    throw new ShapeError(WHERE, `parts, one for each of the ${n} rows`, `${parts.length}`);
  return onEngine(points, options, async (engine) => {
    const run = { engine, signal, ...(seed === undefined ? {} : { seed }) };
    onProgress?.({ stage: 'successive rows', done: 0 });
    const successive = await successiveCosine(points, {}, run);
    onProgress?.({ stage: 'boundaries', done: 0.3 });
    const found = await topicBoundaries(points, { ...around, segments }, run);
    onProgress?.({ stage: 'parts', done: 0.7 });
    const error = parts && (await segmentationError(points, around, { ...run, classes: parts }));
    const starts = [...(found.rows ?? [])].sort((a, b) => a - b);
    const cosines = new Float64Array(n).fill(NaN);
    for (const [i, x] of Array.from(successive.series?.y ?? []).entries()) cosines[i + 1] = x;
    const segmentOf = new Int32Array(n);
    for (const start of starts) for (let i = start; i < n; i++) segmentOf[i] += 1;
    return {
      n,
      successive: numberOf(successive),
      boundaries: numberOf(found),
      starts,
      error: error ? numberOf(error) : null,
      cosines,
      segments: segmentOf,
      warnings: [successive, found, ...(error ? [error] : [])].flatMap(({ warnings }) => warnings),
      engine: engine.name,
    };
  });
}

const finite = (x: number | undefined) => (x !== undefined && Number.isFinite(x) ? x : null);

function numberOf({ value, low, high, null: law }: MetricResult): FlowNumber {
  return { value: finite(value), low: finite(low), high: finite(high), null: law ?? null };
}
