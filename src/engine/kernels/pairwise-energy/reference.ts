import type { Matrix } from '../../../core/matrix.ts';
import { atan2, cos, exp, log, pow, sin } from '../../../core/numeric.ts';
import { squaredDistance, squaredSum } from '../squared-distance.ts';
import { coincidenceAngle, type PairKernel } from './contract.ts';

/** Above this 1 − cos θ, 1 + cos θ is summed anew: 2 − q would have lost its digits. */
const NEARLY_OPPOSITE = 2 - 2 ** -8;

/** A kernel with what the pairs below θ₀ need, computed once. */
export interface PreparedKernel extends PairKernel {
  readonly theta0: number;
  /** 1 − cos θ₀. */
  readonly q0: number;
  /** k(θ₀). */
  readonly value0: number;
  /** F(θ₀) = −dk/dθ at θ₀. */
  readonly force0: number;
}

/** k(ρ) and −dk/dρ into `out`. */
function radial(kernel: PairKernel, rho: number, out: Float64Array): void {
  const a = kernel.scale;
  if (kernel.shape === 'gaussian') {
    const k = exp(-a * rho * rho);
    out[0] = k;
    out[1] = 2 * a * rho * k;
  } else if (kernel.shape === 'laplace') {
    const k = exp(-a * rho);
    out[0] = k;
    out[1] = a * k;
  } else if (a === 0) {
    out[0] = -log(rho);
    out[1] = 1 / rho;
  } else {
    const k = pow(rho, -a);
    out[0] = a > 0 ? k : -k;
    out[1] = (Math.abs(a) * k) / rho;
  }
}

let last: PreparedKernel | undefined;

/** The kernel with its values at θ₀; the last one is kept, since a run asks for it at every step. */
export function prepareKernel(kernel: PairKernel, theta0: number): PreparedKernel {
  const { shape, distance, scale } = kernel;
  const same = last?.shape === shape && last.distance === distance && last.scale === scale;
  if (!last || !same || last.theta0 !== theta0) last = prepared(kernel, theta0);
  return last;
}

function prepared(kernel: PairKernel, theta0: number): PreparedKernel {
  const half = sin(theta0 / 2);
  const chordal = kernel.distance === 'chordal';
  const out = new Float64Array(2);
  radial(kernel, chordal ? 2 * half : theta0, out);
  return {
    ...kernel,
    theta0,
    q0: 2 * half * half,
    value0: out[0],
    force0: chordal ? out[1] * cos(theta0 / 2) : out[1],
  };
}

/**
 * One pair with q = 1 − cos θ and p = 1 + cos θ: k into out[0], and the weight w = F / sin θ into
 * out[1], with which ∇_{x_i} k = w · (tangent part of x_j at x_i).
 */
export function pairTerm(kernel: PreparedKernel, q: number, p: number, out: Float64Array): void {
  const sine = Math.sqrt(q * p);
  if (q < kernel.q0) {
    const theta = 2 * atan2(Math.sqrt(q), Math.sqrt(p));
    out[0] = kernel.value0 + kernel.force0 * (kernel.theta0 - theta);
    out[1] = sine > 0 ? kernel.force0 / sine : 0;
    return;
  }
  const chordal = kernel.distance === 'chordal';
  const rho = chordal ? Math.sqrt(2 * q) : 2 * atan2(Math.sqrt(q), Math.sqrt(p));
  radial(kernel, rho, out);
  // Chordal: F / sin θ = −(dk/dr) cos(θ/2) / (r cos(θ/2)), regular at antipodes.
  if (chordal) out[1] /= rho;
  else out[1] = sine > 0 ? out[1] / sine : 0;
}

/**
 * Adds the pairs (i, j), j > i, of row i to `rowSums` and `force`.
 *
 * The force is added along x_j − x_i (x_j + x_i beyond a right angle): the same tangent part as x_j,
 * without cancellation near coincidence and near antipodes.
 */
export function addRowPairs(
  points: Matrix,
  kernel: PreparedKernel,
  i: number,
  rowSums: Float64Array,
  force: Float64Array | null,
): void {
  const { data: x, rows: n, cols: d } = points;
  const term = new Float64Array(2);
  for (let j = i + 1; j < n; j++) {
    const q = squaredDistance(x, i * d, x, j * d, d) / 2;
    const far = q > 1;
    const p = q > NEARLY_OPPOSITE ? squaredSum(x, i * d, x, j * d, d) / 2 : 2 - q;
    pairTerm(kernel, q, p, term);
    rowSums[i] += term[0];
    rowSums[j] += term[0];
    if (!force || term[1] === 0) continue;
    const w = term[1];
    for (let c = 0; c < d; c++) {
      const xi = x[i * d + c];
      const xj = x[j * d + c];
      force[i * d + c] += far ? w * (xj + xi) : w * (xj - xi);
      force[j * d + c] += far ? w * (xi + xj) : w * (xi - xj);
    }
  }
}

/** gradient_i ← (I − x_i x_iᵀ/‖x_i‖²) force_i. */
export function writeTangent(points: Matrix, force: Float64Array, gradient: Matrix): void {
  const { data: x, rows: n, cols: d } = points;
  for (let i = 0; i < n; i++) {
    let along = 0;
    let squared = 0;
    for (let c = i * d; c < (i + 1) * d; c++) {
      along += force[c] * x[c];
      squared += x[c] * x[c];
    }
    const share = squared > 0 ? along / squared : 0;
    for (let c = i * d; c < (i + 1) * d; c++) gradient.data[c] = force[c] - share * x[c];
  }
}

/** The kernel, made ready for the element type of `points`. */
export function preparedFor(points: Matrix, kernel: PairKernel): PreparedKernel {
  return prepareKernel(kernel, coincidenceAngle(points));
}
