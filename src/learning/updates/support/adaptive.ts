import type { Floats } from '../../../core/matrix.ts';
import { pow } from '../../../core/numeric.ts';
import { number, type OptionsOf } from '../../../method/options.ts';
import type { Update } from '../update.ts';
import { requireFlat, rowsOf, zerosFor } from './kinds.ts';

/** What Adam and AdamW share. */
export const adaptiveOptions = {
  learningRate: number(0.001, 'About how far a number moves per step.', {
    min: 0,
    max: 1e6,
    symbol: 'α',
  }),
  beta1: number(0.9, 'Decay of the mean gradient.', { min: 0, max: 0.9999, symbol: 'β₁' }),
  beta2: number(0.999, 'Decay of the mean squared gradient.', {
    min: 0,
    max: 0.999999,
    symbol: 'β₂',
  }),
  epsilon: number(1e-8, 'Added to the divisor.', { min: 0, max: 1, symbol: 'ε' }),
} as const;

type Settings = OptionsOf<typeof adaptiveOptions> & { readonly weightDecay: number };

/** Adam; `decoupled` says whether weights decay apart from the gradient. */
export function adaptiveUpdate(name: string, settings: Settings, decoupled: boolean): Update {
  const { learningRate, beta1, beta2, epsilon, weightDecay } = settings;
  const pull = decoupled ? 0 : weightDecay;
  return {
    name,
    settings,
    learningRate,
    start(parameter) {
      requireFlat(name, parameter);
      const moments = { mean: zerosFor(parameter), meanSquare: zerosFor(parameter) };
      if (!parameter.byRows) return moments;
      return { ...moments, counts: new Float64Array(rowsOf(parameter).n) };
    },
    apply(parameter, { data: g, rows }, { mean: m, meanSquare: v, counts }, { step, rate }) {
      const x = parameter.data;
      const shrink = decoupled ? 1 - rate * weightDecay : 1;
      const move = (t: number, at: number, from: number, length: number) => {
        const pace = rate / (1 - pow(beta1, t));
        const root = 1 / Math.sqrt(1 - pow(beta2, t));
        const range = { at, from, length };
        adaptiveRange(x, g, m, v, range, beta1, beta2, pace, root, epsilon, shrink, pull);
      };
      if (!rows) {
        move(step, 0, 0, x.length);
        return;
      }
      const { d } = rowsOf(parameter);
      for (let i = 0; i < rows.length; i++) {
        counts[rows[i]] += 1;
        move(counts[rows[i]], rows[i] * d, i * d, d);
      }
    },
  };
}

interface Range {
  readonly at: number;
  readonly from: number;
  readonly length: number;
}

/**
 * One step of `length` numbers of x from place `at` on, their gradient from place `from` on:
 * m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², x ← shrink·x − pace·m/(root·√v + ε), where g has pull·x added.
 */
function adaptiveRange(
  x: Floats,
  gradient: Floats,
  m: Floats,
  v: Floats,
  { at, from, length }: Range,
  beta1: number,
  beta2: number,
  pace: number,
  root: number,
  epsilon: number,
  shrink: number,
  pull: number,
): void {
  const [rest1, rest2] = [1 - beta1, 1 - beta2];
  for (let e = 0; e < length; e++) {
    const i = at + e;
    const old = x[i];
    const g = gradient[from + e] + pull * old;
    const mean = beta1 * m[i] + rest1 * g;
    const square = beta2 * v[i] + rest2 * g * g;
    m[i] = mean;
    v[i] = square;
    x[i] = shrink * old - (pace * mean) / (root * Math.sqrt(square) + epsilon);
  }
}
