import { ShapeError } from '../../../../core/errors.ts';
import type { Matrix } from '../../../../core/matrix.ts';
import { coshOfDistance, outside } from './lorentz.ts';

/** How near row i of one side is to row j of the other: larger is nearer. */
type Closeness = (i: number, j: number) => number;

export interface Recall {
  readonly recallAt1: number;
  readonly recallAt10: number;
}

/**
 * The share of rows whose partner is among the k nearest of the other side. Of rows that are equally near, as where all
 * have fallen together, the share that chance would find counts.
 */
export function recallOf(closeness: Closeness, n: number): Recall {
  let [first, ten] = [0, 0];
  for (let i = 0; i < n; i++) {
    const own = closeness(i, i);
    let [nearer, tied] = [0, 1];
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      const other = closeness(i, j);
      if (other > own) nearer += 1;
      else if (other === own) tied += 1;
    }
    first += foundShare(1, nearer, tied);
    ten += foundShare(10, nearer, tied);
  }
  return { recallAt1: first / n, recallAt10: ten / n };
}

const foundShare = (k: number, nearer: number, tied: number) =>
  Math.max(0, Math.min(1, (k - nearer) / tied));

/** Products of the rows of both sides, n × n. */
function productsOf(a: Matrix, b: Matrix): Float64Array {
  const [n, d] = [a.rows, a.cols];
  const out = new Float64Array(n * b.rows);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < b.rows; j++) {
      let sum = 0;
      for (let k = 0; k < d; k++) sum += a.data[i * d + k] * b.data[j * d + k];
      out[i * b.rows + j] = sum;
    }
  return out;
}

/**
 * Recall from the first side to the other, and back, by products; or by distance, where rows are space parts of points
 * of the Lorentz model of curvature −c. Row i of both is about one thing: O(n²d).
 *
 * @throws ShapeError where the sides are not of one shape
 */
export function recallBothWays(
  a: Matrix,
  b: Matrix,
  curvature?: number,
): { readonly there: Recall; readonly back: Recall } {
  const n = a.rows;
  if (b.rows !== n || b.cols !== a.cols)
    throw new ShapeError('recallBothWays', `${n} × ${a.cols} rows`, `${b.rows} × ${b.cols}`);
  const products = productsOf(a, b);
  const [ofA, ofB] = [squaredNorms(a), squaredNorms(b)];
  const closeness: Closeness =
    curvature === undefined
      ? (i, j) => products[i * n + j]
      : (i, j) => -coshOfDistance(ofA[i], ofB[j], products[i * n + j], curvature).value;
  return { there: recallOf(closeness, n), back: recallOf((i, j) => closeness(j, i), n) };
}

/** The length of the difference of the mean unit rows of both sides. */
export function centroidGap(a: Matrix, b: Matrix): number {
  const [x, y] = [a, b].map(meanUnitRow);
  return Math.sqrt(x.reduce((sum, value, k) => sum + (value - y[k]) ** 2, 0));
}

/** The share of rows of the first side that lie in the cone of their partner. */
export function entailedShare(
  specific: Matrix,
  general: Matrix,
  c: number,
  leastRadius: number,
): number {
  const { rows: n, cols: d } = specific;
  let count = 0;
  for (let i = 0; i < n; i++)
    if (outside(general.data, specific.data, i * d, d, c, leastRadius).value <= 0) count += 1;
  return count / n;
}

function meanUnitRow(points: Matrix): Float64Array {
  const { data, rows: n, cols: d } = points;
  const squares = squaredNorms(points);
  const mean = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    const length = Math.sqrt(squares[i]) || 1;
    for (let k = 0; k < d; k++) mean[k] += data[i * d + k] / (length * n);
  }
  return mean;
}

function squaredNorms({ data, rows: n, cols: d }: Matrix): Float64Array {
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let k = 0; k < d; k++) out[i] += data[i * d + k] ** 2;
  return out;
}
