import { type Matrix, zerosLike } from '../../../core/matrix.ts';
import type { Engine } from '../../../engine/engine.ts';
import { SUMS } from '../../../engine/kernels/sphere-momentum/contract.ts';
import { sphere } from '../../../manifolds/index.ts';
import { learningRates, powers } from './schedule.ts';

/** The settings of `riemannian-sgd` or `riemannian-adam` that steps of parts know. */
export interface PartSettings {
  readonly optimizer: 'riemannian-sgd' | 'riemannian-adam';
  readonly steps: number;
  readonly learningRate: number;
  readonly schedule: 'constant' | 'cosine' | 'linear';
  readonly momentum?: number | undefined;
  readonly beta1?: number | undefined;
  readonly beta2?: number | undefined;
}

/** The rows of a part and what goes along with them from step to step. */
export interface PartState {
  readonly points: Matrix;
  /** Where the optimizer has momentum. */
  readonly momentum?: Matrix | undefined;
  /** One number a row, where the optimizer has second moments. */
  readonly secondMoments?: Float64Array | undefined;
}

/** The state of a part before the first step. */
export function partState(settings: PartSettings, points: Matrix): PartState {
  const { decay, adam } = ruleOf(settings);
  return {
    points,
    ...(decay > 0 && { momentum: zerosLike(points) }),
    ...(adam && { secondMoments: new Float64Array(points.rows) }),
  };
}

/**
 * One step on the sphere of the rows of a part by their rows of the gradient of a mean over all `total` rows: what the
 * optimizer does with all rows at once, to the bit, but that `riemannian-adam` has no ε, which needs the mean over rows
 * of this very step. `gradient` is overwritten.
 */
export async function movePartInPlace(
  settings: PartSettings,
  step: number,
  { points, momentum, secondMoments }: PartState,
  gradient: Matrix,
  { engine, total }: { readonly engine: Engine; readonly total: number },
): Promise<void> {
  const { decay, adam, beta2 } = ruleOf(settings);
  const b = points.rows;
  const rates = learningRates(settings);
  const m = momentum ?? gradient;
  const keep = new Float64Array(b).fill(decay);
  const weight = adam ? 1 - decay : total;
  const pushed = await sphere.rows.push(engine, points, gradient, m, keep, weight);
  const times = new Float64Array(b).fill(-rates[step]);
  if (adam && secondMoments) {
    const pace =
      (rates[step] * Math.sqrt(1 - powers(beta2, step)[step])) / (1 - powers(decay, step)[step]);
    for (let i = 0; i < b; i++) {
      secondMoments[i] = beta2 * secondMoments[i] + (1 - beta2) * pushed[SUMS * i];
      times[i] = secondMoments[i] > 0 ? -pace / Math.sqrt(secondMoments[i]) : 0;
    }
  }
  await sphere.rows.flow(engine, points, m, times, pushed);
}

function ruleOf({ optimizer, momentum = 0, beta1 = 0.9, beta2 = 0.999 }: PartSettings) {
  const adam = optimizer === 'riemannian-adam';
  return { adam, decay: adam ? beta1 : momentum, beta2 };
}
