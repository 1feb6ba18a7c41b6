import { InputError, OptionError, ShapeError } from '../core/errors.ts';
import { type Floats, type Matrix, row, zeros } from '../core/matrix.ts';
import { exp, log } from '../core/numeric.ts';
import type { Random } from '../core/random.ts';
import { sphere } from './sphere.ts';
import { beta } from './support/gamma.ts';
import { dot, normalizeInPlace } from './support/vectors.ts';

/** n points drawn uniformly on S^{d−1}, n × d. */
export function uniformPoints(n: number, d: number, random: Random): Matrix<Float32Array> {
  requireShape('uniformPoints', n, d);
  const points = zeros(n, d);
  const x = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    sphere.randomPoint(random, x);
    points.data.set(x, i * d);
  }
  return points;
}

/**
 * n points of the von Mises–Fisher distribution on S^{d−1}: density ∝ exp(κ⟨μ,x⟩), n × d.
 *
 * Wood, Simulation of the von Mises Fisher distribution (1994), rearranged so that 1 − ⟨μ,x⟩ keeps
 * its digits for large κ. `mean` is the direction μ, of any length but 0.
 */
export function vonMisesFisher(
  n: number,
  mean: Floats,
  concentration: number,
  random: Random,
): Matrix<Float32Array> {
  const m = mean.length - 1;
  const kappa = concentration;
  const root = 2 * kappa + Math.sqrt(4 * kappa * kappa + m * m);
  const b = m / root;
  const gapOfMode = (2 * b) / (1 + b);
  const spread = (4 * b) / ((1 + b) * (1 + b));
  const draw = (): number => {
    // On S⁰ there are two points, with log-odds 2κ.
    if (m === 0) return random.uniform() * (1 + exp(-2 * kappa)) < 1 ? 0 : 2;
    for (;;) {
      const z = beta(random, m / 2, m / 2).value;
      const gap = (2 * b * z) / (1 - (1 - b) * z);
      const away = gapOfMode + (1 - gapOfMode) * gap;
      const excess = kappa * (gapOfMode - gap) + m * log(away / spread);
      if (excess >= log(1 - random.uniform())) return gap;
    }
  };
  return aroundMean('vonMisesFisher', n, mean, concentration, random, draw);
}

/**
 * n points of the power spherical distribution on S^{d−1}: density ∝ (1 + ⟨μ,x⟩)^κ, n × d.
 *
 * ⟨μ,x⟩ = 2·Beta((d−1)/2 + κ, (d−1)/2) − 1 (De Cao and Aziz 2020, arXiv:2006.04437). `mean` is the
 * direction μ, of any length but 0.
 */
export function powerSpherical(
  n: number,
  mean: Floats,
  concentration: number,
  random: Random,
): Matrix<Float32Array> {
  const half = (mean.length - 1) / 2;
  const draw = (): number => {
    if (half === 0) return concentration > 0 || random.uniform() < 0.5 ? 0 : 2;
    return 2 * beta(random, half + concentration, half).complement;
  };
  return aroundMean('powerSpherical', n, mean, concentration, random, draw);
}

/** n points with 1 − ⟨μ,x⟩ from `drawGap` and a uniform direction around μ. */
function aroundMean(
  where: string,
  n: number,
  mean: Floats,
  concentration: number,
  random: Random,
  drawGap: () => number,
): Matrix<Float32Array> {
  const d = mean.length;
  requireShape(where, n, d);
  if (!(concentration >= 0 && concentration < Infinity)) {
    throw new OptionError(where, 'concentration', 'a number in [0, ∞)', concentration);
  }
  const mu = Float64Array.from(mean);
  const length = dot(mu, mu);
  if (!(length > 0 && length < Infinity)) {
    throw new InputError(where, 'the mean must be a finite vector other than zero.');
  }
  normalizeInPlace(mu);
  const points = zeros(n, d);
  const tangent = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    const gap = drawGap();
    drawTangentDirection(mu, random, tangent);
    const out = row(points, i);
    const across = Math.sqrt(gap * (2 - gap));
    for (let c = 0; c < d; c++) out[c] = (1 - gap) * mu[c] + across * tangent[c];
  }
  return points;
}

/** A uniform unit vector orthogonal to the unit vector mu; zero in R¹, where there is none. */
function drawTangentDirection(mu: Float64Array, random: Random, out: Float64Array): void {
  if (mu.length === 1) {
    out[0] = 0;
    return;
  }
  let squared = 0;
  do {
    for (let c = 0; c < out.length; c++) out[c] = random.normal();
    sphere.projectTangent(mu, out, out);
    squared = dot(out, out);
  } while (squared < 1e-20);
  const scale = 1 / Math.sqrt(squared);
  for (let c = 0; c < out.length; c++) out[c] *= scale;
}

function requireShape(where: string, n: number, d: number): void {
  if (!(Number.isSafeInteger(n) && Number.isSafeInteger(d) && n >= 1 && d >= 1)) {
    throw new ShapeError(where, 'n ≥ 1 points in d ≥ 1 dimensions', `n = ${n}, d = ${d}`);
  }
}
