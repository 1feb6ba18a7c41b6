import { AbortedError } from '../../core/errors.ts';
import { type Matrix, zerosLike } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Engine } from '../../engine/engine.ts';
import type { BoundObjective } from '../../families/objectives/index.ts';

/** What the steps of a run will take. */
export interface PredictedTime {
  readonly steps: number;
  readonly secondsPerStep: number;
  readonly seconds: number;
}

/** What is known of a dispersion, and how its steps are timed. */
interface Timed {
  readonly start: Matrix;
  readonly settled: { readonly batch: number };
  readonly steps: number;
  stepSeconds(rows: number): Promise<number>;
  pairSeconds(): Promise<number | undefined>;
}

/** Rows whose steps are timed: their cost, linear and square, tells that of all. */
const FEW = 4096;
const MORE = 16384;

/** Seconds of a step from which on pairs are timed among all rows: few rows lie in the cache, and go a third faster. */
const LONG = 3;
/** Seconds of the pairs that are timed. */
const TIMED = 2;

/**
 * Times steps of a few rows, and says what all steps of all rows take: steps of batches as they are, those of all n rows
 * by t(n) = an + bn², from two sizes, and where that is long by a share of the pairs of all rows.
 */
export async function predictedTime({
  start,
  settled,
  steps,
  stepSeconds,
  pairSeconds,
}: Timed): Promise<PredictedTime> {
  const n = start.rows;
  const { batch } = settled;
  const told = (secondsPerStep: number): PredictedTime => ({
    steps,
    secondsPerStep,
    seconds: steps * secondsPerStep,
  });
  if (batch > 0 && batch < n) return told(await stepSeconds(Math.min(n, 4 * batch)));
  if (n <= MORE) return told(await stepSeconds(n));
  const [few, more] = [await stepSeconds(FEW), await stepSeconds(MORE)];
  const law = grown(few, more, n);
  return told((law > LONG ? await pairSeconds() : undefined) ?? law);
}

/** a and b of t = an + bn² by two times, neither below 0; then t(n). */
export function grown(few: number, more: number, n: number): number {
  const slope = (more / MORE - few / FEW) / (MORE - FEW);
  if (slope <= 0) return (more / MORE) * n;
  const linear = few / FEW - slope * FEW;
  if (linear <= 0) return more * (n / MORE) ** 2;
  return linear * n + slope * n * n;
}

interface Reached {
  readonly done: number;
  readonly at: number;
}

/** Begins the pairs of all rows, stops after two seconds, and says from their share what all of them take. */
export async function timedPairs(
  objective: BoundObjective,
  { start, classes }: { readonly start: Matrix; readonly classes?: Int32Array | undefined },
  { engine, random, signal }: { engine: Engine; random: Random; signal?: AbortSignal | undefined },
): Promise<number | undefined> {
  const enough = new AbortController();
  let [first, last]: Reached[] = [];
  const onProgress = (done: number): void => {
    last = { done, at: performance.now() / 1000 };
    if (!first && done > 0) first = last;
    if (first && last.at - first.at > TIMED) enough.abort();
  };
  const stop = signal ? AbortSignal.any([signal, enough.signal]) : enough.signal;
  const watched: Engine = {
    ...engine,
    pairwiseEnergy: (points, kernel, gradient) =>
      engine.pairwiseEnergy(points, kernel, gradient, { signal: stop, onProgress }),
  };
  const context = { engine: watched, random: random.fork('time'), start, classes, signal };
  try {
    await objective.lossAndGradient(start, zerosLike(start), context);
  } catch (cause) {
    if (!(cause instanceof AbortedError) || signal?.aborted) throw cause;
  }
  if (!first || !last || last.done <= first.done) return undefined;
  return (last.at - first.at) / (last.done - first.done);
}
