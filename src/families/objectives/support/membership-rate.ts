import { InputError, ShapeError } from '../../../core/errors.ts';
import { type Matrix, zerosLike } from '../../../core/matrix.ts';
import { codingRateInto, shiftedInverse } from './coding-rate.ts';
import { type Computing, inElementTypeOf } from './smaller-gram.ts';

/** Places for the gradients in the rows and in their membership; both are overwritten. */
export interface MembershipGradients {
  /** n × d. */
  readonly points: Matrix;
  /** n × k. */
  readonly membership: Matrix;
}

/**
 * Coding rate reduction with soft classes: −ΔR = Σⱼ (tⱼ/n)·½ ln det(I + d/(tⱼ ε²) Σᵢ Πᵢⱼ xᵢxᵢᵀ) − R(X), tⱼ = Σᵢ Πᵢⱼ.
 *
 * X n × d unit rows, Π n × k weights that are not negative: the share of row i in class j. With 0 and 1 it is
 * `coding-rate-reduction`; with a doubly stochastic n × n matrix (`doublyStochastic` of a cluster head's
 * products) it is the loss of manifold linearizing and clustering, times ½. O(nd² + d³) for every column of Π.
 */
export async function membershipRateReduction(
  points: Matrix,
  membership: Matrix,
  distortion: number,
  gradients: MembershipGradients,
  computing: Computing,
): Promise<number> {
  const { rows: n, cols: d } = points;
  requireMembership(points, membership);
  const whole = await codingRateInto(points, d / (n * distortion), gradients.points, computing);
  const g = gradients.points.data;
  for (let e = 0; e < g.length; e++) g[e] = -g[e];
  gradients.membership.data.fill(0);
  let sum = 0;
  for (let j = 0; j < membership.cols; j++) {
    const weights = columnOf(membership, j);
    sum += await addClass(points, weights, distortion, j, gradients, computing);
  }
  return sum - whole;
}

/** The term of one class of soft members; its gradients are added. */
async function addClass(
  points: Matrix,
  weights: Float64Array,
  distortion: number,
  j: number,
  gradients: MembershipGradients,
  { engine, signal }: Computing,
): Promise<number> {
  const { data: x, rows: n, cols: d } = points;
  const size = weights.reduce((sum, weight) => sum + weight, 0);
  if (size === 0) return 0;
  const products = await engine.gram(scaledRows(points, weights), { signal });
  const scale = d / (size * distortion);
  const { rate, inverse } = await shiftedInverse(points, products, scale, { engine, signal });
  const pulls = await engine.matmul(points, inElementTypeOf(points, inverse), {}, { signal });
  const g = gradients.points.data;
  const leverages = new Float64Array(n);
  let total = 0;
  for (let i = 0; i < n; i++) {
    for (let e = i * d; e < (i + 1) * d; e++) {
      leverages[i] += x[e] * pulls.data[e];
      g[e] += ((size * weights[i]) / n) * pulls.data[e];
    }
    total += weights[i] * leverages[i];
  }
  const { data: to, cols: k } = gradients.membership;
  for (let i = 0; i < n; i++) to[i * k + j] = (rate + 0.5 * size * leverages[i] - 0.5 * total) / n;
  return (size / n) * rate;
}

function columnOf({ data, rows, cols }: Matrix, j: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => data[i * cols + j]);
}

/** √wᵢ·xᵢ. */
function scaledRows(points: Matrix, weights: Float64Array): Matrix {
  const out = zerosLike(points);
  for (let e = 0; e < out.data.length; e++) {
    out.data[e] = Math.sqrt(weights[Math.floor(e / points.cols)]) * points.data[e];
  }
  return out;
}

function requireMembership({ rows: n }: Matrix, { data, rows, cols: k }: Matrix): void {
  const where = 'membershipRateReduction';
  if (rows !== n || k < 1)
    throw new ShapeError(where, `weights of ${n} rows in classes`, `${rows} × ${k}`);
  const odd = data.findIndex((weight) => !(weight >= 0));
  if (odd < 0) return;
  const place = `row ${Math.floor(odd / k)}, class ${odd % k}`;
  throw new InputError(where, `the weight of ${place} is ${data[odd]}; expected 0 or more.`);
}
