/**
 * Pair kernels under the uniform distribution on the sphere S^{d−1}: their expectation κ₀ and
 * variance, and the squared MMD to uniform that follows.
 */
import { exp, log, pow, sin } from '../../core/numeric.ts';
import type { PairKernel } from '../../engine/kernels/pairwise-energy/contract.ts';
import {
  digamma,
  gaussLegendre,
  logGamma,
  logGammaModulus,
  logHypergeometric0F1,
} from '../../numerics/laws/special.ts';

/** k at chord r and angle θ of one pair. */
export function kernelAt({ shape, distance, scale }: PairKernel, r: number, theta: number): number {
  const rho = distance === 'chordal' ? r : theta;
  if (shape === 'gaussian') return exp(-scale * rho * rho);
  if (shape === 'laplace') return exp(-scale * rho);
  if (scale === 0) return -log(rho);
  return scale > 0 ? pow(rho, -scale) : -pow(rho, -scale);
}

/**
 * κ₀ = E k(ρ(x, u)) with u uniform on S^{d−1}, the same for every x; ∞ for Riesz kernels with
 * s ≥ d − 1.
 *
 * Closed forms for the chordal Gaussian and Riesz and the geodesic Laplace kernel, quadrature in θ
 * with weight C_d sin^{d−2} θ elsewhere (relative error about 1e-10).
 */
export function expectedKernel(kernel: PairKernel, d: number): number {
  const { shape, distance, scale } = kernel;
  if (shape === 'riesz' && scale >= d - 1) return Infinity;
  if (d === 1) return (kernelAt(kernel, 0, 0) + kernelAt(kernel, 2, Math.PI)) / 2;
  if (shape === 'gaussian' && distance === 'chordal') {
    return exp(-2 * scale + logHypergeometric0F1(d / 2, scale * scale));
  }
  if (shape === 'laplace' && distance === 'geodesic') return expectedGeodesicLaplace(scale, d);
  if (shape !== 'riesz') return meanOverAngles(d, (r, theta) => kernelAt(kernel, r, theta));
  const chordal = expectedChordalRiesz(scale, d);
  if (distance === 'chordal') return chordal;
  // The difference of the two kernels is smooth where each is singular.
  const twin = { shape, distance: 'chordal', scale } as const;
  return (
    chordal + meanOverAngles(d, (r, theta) => kernelAt(kernel, r, theta) - kernelAt(twin, r, theta))
  );
}

/**
 * Var k(ρ(x, u)) with u uniform on S^{d−1}; ∞ for Riesz kernels with 2s ≥ d − 1. The mean of k over
 * the pairs of n uniform points has variance exactly 2/(n(n−1)) times this.
 */
export function kernelVariance(kernel: PairKernel, d: number): number {
  const mean = expectedKernel(kernel, d);
  if (d === 1) return Number.isFinite(mean) ? (kernelAt(kernel, 0, 0) - mean) ** 2 : Infinity;
  if (kernel.shape === 'riesz' && kernel.scale > 0) {
    // k² is the Riesz kernel of 2s; its singularity is beyond quadrature.
    return expectedKernel({ ...kernel, scale: 2 * kernel.scale }, d) - mean * mean;
  }
  return meanOverAngles(d, (r, theta) => (kernelAt(kernel, r, theta) - mean) ** 2);
}

/** ln C_d of the density C_d sin^{d−2} θ of the angle between uniform points, d ≥ 2. */
export function logAngleConstant(d: number): number {
  return logGamma(d / 2) - 0.5 * log(Math.PI) - logGamma((d - 1) / 2);
}

/** E r^{−s}, with the kernel's sign; −E log r at s = 0. */
function expectedChordalRiesz(s: number, d: number): number {
  const half = (d - 1) / 2;
  if (s === 0) return -Math.LN2 + 0.5 * (digamma(d - 1) - digamma(half));
  const power = exp(
    (d - 2 - s) * Math.LN2 +
      logGamma(d / 2) +
      logGamma(half - s / 2) -
      0.5 * log(Math.PI) -
      logGamma(d - 1 - s / 2),
  );
  return s > 0 ? power : -power;
}

function expectedGeodesicLaplace(gamma: number, d: number): number {
  return exp(
    logAngleConstant(d) +
      log(Math.PI) -
      (gamma * Math.PI) / 2 +
      logGamma(d - 1) -
      (d - 2) * Math.LN2 -
      2 * logGammaModulus(d / 2, gamma / 2),
  );
}

/**
 * ∫₀^π f(r(θ), θ) C_d sin^{d−2} θ dθ by Gauss and Legendre.
 *
 * Up to d = 64 with θ = πv³, which tames logarithms and broken powers at 0; beyond, the weight has
 * killed them, and the nodes are spread evenly, more of them as the weight narrows.
 */
function meanOverAngles(d: number, f: (r: number, theta: number) => number): number {
  const graded = d <= 64;
  const { nodes, weights } = gaussLegendre(Math.ceil(400 * Math.max(1, Math.sqrt(d / 4096))));
  const constant = logAngleConstant(d);
  let sum = 0;
  for (let i = 0; i < nodes.length; i++) {
    const v = (1 + nodes[i]) / 2;
    const theta = Math.PI * (graded ? v * v * v : v);
    const slope = (Math.PI / 2) * (graded ? 3 * v * v : 1);
    const weight = d === 2 ? exp(constant) : exp(constant + (d - 2) * log(sin(theta)));
    sum += weights[i] * slope * weight * f(2 * sin(theta / 2), theta);
  }
  return sum;
}

/** The squared MMD to uniform, or the reason why a kernel's energy is none. */
export type MmdVerdict =
  | {
      readonly positiveDefinite: true;
      /** mean k − κ₀: unbiased, 0 in the mean for uniform points, possibly negative. */
      readonly value: number;
      /** κ₀. */
      readonly expectation: number;
    }
  | {
      readonly positiveDefinite: false;
      /** The mean kernel: an energy, comparable only with itself. */
      readonly energy: number;
      readonly reason: string;
    };

/**
 * The squared MMD between points and the uniform distribution from the mean of the kernel over
 * their pairs i < j, by MMD² = mean k − κ₀.
 *
 * It is one only where the kernel is (conditionally) positive definite with finite expectation;
 * elsewhere the verdict says why not.
 */
export function mmdToUniform(meanKernel: number, kernel: PairKernel, d: number): MmdVerdict {
  const reason = whyNoMmd(kernel, d);
  if (reason) return { positiveDefinite: false, energy: meanKernel, reason };
  const expectation = expectedKernel(kernel, d);
  return { positiveDefinite: true, value: meanKernel - expectation, expectation };
}

/** Why the kernel has no MMD on S^{d−1}; null where it has one. */
export function whyNoMmd({ shape, distance, scale }: PairKernel, d: number): string | null {
  if (shape === 'gaussian' && distance === 'geodesic' && d > 1) {
    return 'the geodesic Gaussian kernel is positive definite on no sphere, for no γ (Da Costa, Mostajeran, Ortega 2023)';
  }
  if (shape !== 'riesz') return null;
  if (scale >= d - 1) {
    return `the Riesz kernel has no finite expectation from s = d − 1 = ${d - 1}`;
  }
  const lowest = distance === 'chordal' ? -2 : -1;
  if (scale <= lowest) {
    return `the ${distance} Riesz kernel is conditionally positive definite only above s = ${lowest}`;
  }
  return null;
}
