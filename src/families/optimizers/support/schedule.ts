import {
  constantRate,
  cosineDecay,
  linearDecay,
  type Schedule,
} from '../../../learning/updates/schedules.ts';

interface Settings {
  readonly learningRate: number;
  readonly schedule: 'constant' | 'cosine' | 'linear';
  readonly steps: number;
}

const SCHEDULES: Readonly<Record<Settings['schedule'], Schedule>> = {
  constant: /* @__PURE__ */ constantRate(),
  cosine: /* @__PURE__ */ cosineDecay(),
  linear: /* @__PURE__ */ linearDecay(),
};

/** Share of the first learning rate left at step t = 1 … T. */
export function scheduleFactor({ schedule, steps }: Settings, step: number): number {
  return SCHEDULES[schedule](step, steps);
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
