import { cos, pow } from '../../core/numeric.ts';
import { integer, number, type OptionsOf, resolveOptions } from '../../method/options.ts';

/** The share of the learning rate at step t = 1 … T of a run of T steps. */
export type Schedule = (step: number, steps: number) => number;

const floor = /* @__PURE__ */ number(0, 'The share that is left at the end.', { min: 0, max: 1 });
const falling = { floor } as const;
const warming = {
  warmup: integer(0, 'Steps over which the rate rises from 0.', { min: 0 }),
  floor,
} as const;
const stepping = {
  every: integer(1, 'Steps between two falls.', { min: 1 }),
  factor: number(0.1, 'What is left of the rate after each.', { min: 0, max: 1 }),
} as const;

/** 1 throughout. */
// @__NO_SIDE_EFFECTS__
export function constantRate(): Schedule {
  return () => 1;
}

/** From 1 towards the floor f along a line: f + (1 − f)(1 − p), p = (t − 1)/T. */
// @__NO_SIDE_EFFECTS__
export function linearDecay(options: Partial<OptionsOf<typeof falling>> = {}): Schedule {
  const { floor } = resolveOptions('linearDecay', falling, options);
  return (step, steps) => floor + (1 - floor) * (1 - (step - 1) / steps);
}

/** From 1 towards the floor f along half a cosine: f + (1 − f)(1 + cos πp)/2, p = (t − 1)/T. */
// @__NO_SIDE_EFFECTS__
export function cosineDecay(options: Partial<OptionsOf<typeof falling>> = {}): Schedule {
  const { floor } = resolveOptions('cosineDecay', falling, options);
  return (step, steps) => floor + (1 - floor) * halfCosine((step - 1) / steps);
}

/** t/w over the first w steps, then the cosine over those that are left, as `cosineDecay`. */
// @__NO_SIDE_EFFECTS__
export function warmupCosine(options: Partial<OptionsOf<typeof warming>> = {}): Schedule {
  const { warmup, floor } = resolveOptions('warmupCosine', warming, options);
  return (step, steps) =>
    step <= warmup
      ? step / warmup
      : floor + (1 - floor) * halfCosine((step - 1 - warmup) / (steps - warmup));
}

/** factorᵏ after k falls: k = ⌊(t − 1)/every⌋. */
// @__NO_SIDE_EFFECTS__
export function stepDecay(options: Partial<OptionsOf<typeof stepping>> = {}): Schedule {
  const { every, factor } = resolveOptions('stepDecay', stepping, options);
  return (step) => pow(factor, Math.floor((step - 1) / every));
}

function halfCosine(p: number): number {
  return (1 + cos(Math.PI * p)) / 2;
}
