import { InputError, OptionError, ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import type { PairKernel } from '../../../engine/kernels/pairwise-energy/contract.ts';
import { choice, number } from '../../../method/options.ts';
import type { ObjectiveContext } from '../types.ts';

/** The distance a kernel is a function of. */
// @__NO_SIDE_EFFECTS__
export function distanceOption() {
  return choice(
    ['chordal', 'geodesic'],
    'chordal',
    'Distance between two points: the chord r = √(2 − 2c) or the angle θ.',
  );
}

/** What both options give. */
export interface EnergyOptions {
  readonly gamma: number;
  readonly distance: 'chordal' | 'geodesic';
}

/** The width of a Gaussian or Laplace kernel. */
// @__NO_SIDE_EFFECTS__
export function gammaOption(value: number, doc: string) {
  return number(value, doc, { min: 1e-3, max: 1000, symbol: 'γ' });
}

/**
 * The mean of the kernel over all pairs, 2/(n(n−1)) · Σ_{i<j} k(ρ_ij), and its gradient (n × d).
 *
 * `widthOption` names the option to blame when every pair's kernel vanishes.
 */
export async function meanPairEnergy(
  where: string,
  points: Matrix,
  kernel: PairKernel,
  gradient: Matrix,
  { engine, signal }: ObjectiveContext,
  widthOption: string,
): Promise<number> {
  const pairs = pairCount(where, points);
  const { sum } = await engine.pairwiseEnergy(points, kernel, gradient, { signal });
  requireMeaningfulSum(where, sum, kernel, widthOption);
  const g = gradient.data;
  const scale = 1 / pairs;
  let probe = 0;
  for (let i = 0; i < g.length; i++) {
    g[i] *= scale;
    probe += g[i];
  }
  // Force grows faster than energy, so float32 may overflow in the gradient alone.
  requireFinite(where, probe, kernel, widthOption);
  return sum * scale;
}

/** n(n−1)/2; refuses fewer than two points. */
export function pairCount(where: string, { rows: n, cols: d }: Matrix): number {
  if (n < 2) throw new ShapeError(where, 'at least 2 points', `${n} × ${d}`);
  return (n * (n - 1)) / 2;
}

/** A sum of 0 or ∞ would stop all motion, or spoil it, without a word. */
export function requireMeaningfulSum(
  where: string,
  sum: number,
  kernel: PairKernel,
  widthOption: string,
): void {
  const { shape, scale } = kernel;
  if (shape !== 'riesz' && !(sum > 0)) {
    const wanted = 'so small that the kernel of some pair is above 0';
    throw new OptionError(where, widthOption, wanted, scale);
  }
  requireFinite(where, sum, kernel, widthOption);
}

function requireFinite(
  where: string,
  value: number,
  { scale }: PairKernel,
  widthOption: string,
): void {
  if (Number.isFinite(value)) return;
  const sentence = `two points are too close for ${widthOption} = ${scale}: their energy or force overflows.`;
  throw new InputError(where, sentence);
}
