import { cos } from '../../../core/numeric.ts';

interface Settings {
  readonly learningRate: number;
  readonly schedule: 'constant' | 'cosine' | 'linear';
  readonly steps: number;
}

/** Share of the first learning rate left at step t = 1 … T: 1, (1 + cos πp)/2 or 1 − p, p = (t−1)/T. */
export function scheduleFactor({ schedule, steps }: Settings, step: number): number {
  if (schedule === 'constant') return 1;
  const p = (step - 1) / steps;
  return schedule === 'linear' ? 1 - p : (1 + cos(Math.PI * p)) / 2;
}

/** The learning rate of step t at index t; index 0 is not used. */
export function learningRates(settings: Settings): Float64Array {
  const rates = new Float64Array(settings.steps + 1);
  for (let step = 1; step <= settings.steps; step++) {
    rates[step] = settings.learningRate * scheduleFactor(settings, step);
  }
  return rates;
}

/** βᵗ for t = 0 … T. */
export function powers(beta: number, steps: number): Float64Array {
  const out = new Float64Array(steps + 1);
  out[0] = 1;
  for (let step = 1; step <= steps; step++) out[step] = out[step - 1] * beta;
  return out;
}
