import { cos, exp, log, sin } from '../../../../core/numeric.ts';
import { gaussLegendre } from '../../../../numerics/laws/special.ts';
import { logAngleConstant } from '../../../../structures/uniform/expectation.ts';
import { logMultiplicity } from './gaussian-null.ts';

/** Mean and variance of a kernel k(θ) between two uniform points, and the skewness of its U-statistics. */
export interface SobolevLaw {
  readonly mean: number;
  readonly variance: number;
  /** Of n·U for n → ∞: 8 Σ h_k λ_k³ / (2 Σ h_k λ_k²)^1.5. */
  readonly skewness: number;
}

const NODES = 400;
const DEGREES = 100;

/** The law under uniform points of R^d, d ≥ 2; λ_k = E k(θ) P_k(cos θ) by quadrature in θ. */
export function sobolevLaw(kernel: (theta: number) => number, d: number): SobolevLaw {
  const { nodes, weights } = gaussLegendre(NODES);
  const logConstant = logAngleConstant(d);
  const theta = nodes.map((x) => (Math.PI / 2) * (x + 1));
  const density = theta.map(
    (t, i) => (Math.PI / 2) * weights[i] * exp(logConstant + (d - 2) * log(sin(t))),
  );
  const expectation = (f: (i: number) => number) =>
    theta.reduce((sum, _, i) => sum + density[i] * f(i), 0);
  const values = theta.map(kernel);
  const mean = expectation((i) => values[i]);
  const variance = expectation((i) => (values[i] - mean) ** 2);
  const cosines = theta.map((t) => cos(t));
  let before = cosines.map(() => 1);
  let polynomial = cosines;
  let third = 0;
  for (let k = 1; k < DEGREES; k++) {
    const current = polynomial;
    const lambda = expectation((i) => values[i] * current[i]);
    third += exp(logMultiplicity(k, d)) * lambda ** 3;
    const previous = before;
    before = current;
    polynomial = current.map(
      (p, i) => ((2 * k + d - 2) * cosines[i] * p - k * previous[i]) / (k + d - 2),
    );
  }
  return { mean, variance, skewness: (8 * third) / (2 * variance * Math.sqrt(2 * variance)) };
}
