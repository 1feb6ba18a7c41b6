import { InputError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import { coincidenceAngle, type PairKernel } from './contract.ts';
import { prepareKernel } from './reference.ts';

/** Nearer pairs are computed from differences: r = √(2 − 2c) in float32 has lost too many digits. */
const NEAR_COSINE = 1 - 2 ** -8;
/** Gaussian values and weights are smooth in c, so there only directions lose digits. */
const NEAR_COSINE_GAUSSIAN = 1 - 2 ** -15;
/** No cosine is smaller: chordal kernels are smooth at antipodes. */
const NEVER = -2;

const SHAPES = ['gaussian', 'laplace', 'riesz'];
const LOGARITHM = 3;
const GEODESIC = 4;

/** Which loop of the float32 kernels: GAUSSIAN … LOGARITHM, geodesic ones 4 higher. */
export function kindOf({ shape, distance, scale }: PairKernel): number {
  const kind = shape === 'riesz' && scale === 0 ? LOGARITHM : SHAPES.indexOf(shape);
  return distance === 'geodesic' ? kind + GEODESIC : kind;
}

function factorOf({ shape, scale }: PairKernel): number {
  if (shape === 'gaussian') return 2 * scale;
  if (shape === 'laplace') return scale;
  return scale === 0 ? 1 : Math.abs(scale);
}

/**
 * What the float32 kernels read of a pair kernel: scale, the factor that weights are stored without, θ₀,
 * q₀, k(θ₀), F(θ₀), and the cosines beyond which pairs are computed from differences and from sums.
 */
export function kernelNumbers(points: Matrix, kernel: PairKernel): readonly number[] {
  const { scale, theta0, q0, value0, force0 } = prepareKernel(kernel, coincidenceAngle(points));
  const near = kernel.shape === 'gaussian' ? NEAR_COSINE_GAUSSIAN : NEAR_COSINE;
  const far = kernel.distance === 'geodesic' ? -NEAR_COSINE : NEVER;
  return [scale, factorOf(kernel), theta0, q0, value0, force0, near, far];
}

/** The error for an energy or gradient that float32 cannot hold. */
export function overflow({ shape, distance, scale }: PairKernel): InputError {
  return new InputError(
    'pairwise-energy',
    `the ${distance} ${shape} energy with scale ${scale} of these points does not fit float32; part nearly coincident rows, take a smaller scale, or take float64 points (the reference engine).`,
  );
}
