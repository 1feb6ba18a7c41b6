import type { Floats } from '../core/matrix.ts';
import type { Engine } from '../engine/engine.ts';
import { referenceEngine } from '../engine/reference.ts';
import type { Gradient } from '../learning/tape/evaluate.ts';
import type { Parameter } from '../learning/tape/parameter.ts';
import type { Update, UpdateState } from '../learning/updates/update.ts';

export interface Steps {
  readonly steps: number;
  /** The first step is the one after this. */
  readonly after?: number;
  readonly state?: UpdateState;
  readonly rate?: (step: number) => number;
  readonly engine?: Engine;
}

/** Moves a parameter by an update rule along the gradients of each step; returns the rule's state. */
export async function taken(
  rule: Update,
  parameter: Parameter,
  gradientAt: (x: Floats, step: number) => Gradient,
  { steps, after = 0, state, rate, engine = referenceEngine }: Steps,
): Promise<UpdateState> {
  const own = state ?? rule.start(parameter);
  for (let step = after + 1; step <= after + steps; step++) {
    const gradient = gradientAt(parameter.data, step);
    const settled = { step, rate: rate?.(step) ?? rule.learningRate, engine };
    await rule.apply(parameter, gradient, own, settled);
  }
  return own;
}
