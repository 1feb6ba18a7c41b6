import { exp } from '../../../core/numeric.ts';
import type { PairKernel } from '../../../engine/kernels/pairwise-energy/contract.ts';
import {
  expectedKernel,
  type MmdVerdict,
  mmdToUniform,
} from '../../../structures/uniform/expectation.ts';
import type { ObjectiveTerm } from '../types.ts';

/** One sum over pairs, read in every way that it can be. */
export interface EnergyReadings {
  readonly kernel: PairKernel;
  /** The mean of the kernel over all pairs. */
  readonly mean: number;
  /** The hyperspherical energy of Liu et al. (2018): Σ_{i≠j} k, which grows with n. */
  readonly hypersphericalEnergy: number;
  /** What uniform random points have in the mean, κ₀; ∞ where it does not exist. */
  readonly expectation: number;
  readonly mmd: MmdVerdict;
}

/** The readings of the mean kernel over the pairs of n points on S^{d−1}. */
export function energyReadings(
  mean: number,
  kernel: PairKernel,
  n: number,
  d: number,
): EnergyReadings {
  return {
    kernel,
    mean,
    hypersphericalEnergy: n * (n - 1) * mean,
    expectation: expectedKernel(kernel, d),
    mmd: mmdToUniform(mean, kernel, d),
  };
}

/**
 * The readings of an objective's loss at n points on S^{d−1}, for those that are a function of the
 * mean kernel (the energies, `uniformity`, `log-riesz-energy`); null for all others.
 */
export function readingsOfLoss(
  term: Pick<ObjectiveTerm, 'objective' | 'options'>,
  loss: number,
  n: number,
  d: number,
): EnergyReadings | null {
  const read = sums[term.objective];
  if (!read) return null;
  const { kernel, mean } = read(term.options as Readonly<Record<string, never>>, loss);
  return energyReadings(mean, kernel, n, d);
}

interface Sum {
  readonly kernel: PairKernel;
  readonly mean: number;
}

/** How each objective's loss comes from a mean kernel. */
const sums: Readonly<
  Record<string, (options: Readonly<Record<string, never>>, loss: number) => Sum>
> = {
  'gaussian-energy': ({ gamma, distance }, mean) => ({
    kernel: { shape: 'gaussian', distance, scale: gamma },
    mean,
  }),
  'laplace-energy': ({ gamma, distance }, mean) => ({
    kernel: { shape: 'laplace', distance, scale: gamma },
    mean,
  }),
  'riesz-energy': ({ s, distance }, mean) => ({
    kernel: { shape: 'riesz', distance, scale: s },
    mean,
  }),
  'log-riesz-energy': ({ s, distance }, loss) => ({
    kernel: { shape: 'riesz', distance, scale: s },
    mean: exp(s * loss),
  }),
  uniformity: ({ t }, loss) => ({
    kernel: { shape: 'gaussian', distance: 'chordal', scale: t },
    mean: exp(loss),
  }),
};
