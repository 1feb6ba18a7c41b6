import type { Dispersion } from './dispersion.ts';

/** What the steps of a run will take. */
export interface PredictedTime {
  readonly steps: number;
  readonly secondsPerStep: number;
  readonly seconds: number;
}

/** Rows whose steps are timed: their cost, linear and square, tells that of all. */
const FEW = 4096;
const MORE = 16384;

/**
 * Times steps of a few rows, and says what all steps of all rows take: steps of batches as they are, those of all n rows
 * by t(n) = an + bn², from two sizes.
 */
export async function predictedTime({
  start,
  settled,
  steps,
  stepSeconds,
}: Pick<Dispersion, 'start' | 'settled' | 'steps' | 'stepSeconds'>): Promise<PredictedTime> {
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
  return told(grown(few, more, n));
}

/** a and b of t = an + bn² by two times, neither below 0; then t(n). */
export function grown(few: number, more: number, n: number): number {
  const slope = (more / MORE - few / FEW) / (MORE - FEW);
  if (slope <= 0) return (more / MORE) * n;
  const linear = few / FEW - slope * FEW;
  if (linear <= 0) return more * (n / MORE) ** 2;
  return linear * n + slope * n * n;
}
