import type { KnnGraph } from '../../../core/graph.ts';
import type { Floats, Matrix } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import { operation, type Tensor } from '../../../learning/index.ts';
import { fourSumGap } from '../../../numerics/rows/dot.ts';

/** Pairs of rows, and how far apart they are. */
export interface RowPairs {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly distances: Float64Array;
  /** Σ of the squared distances. */
  readonly total: number;
}

/**
 * Pairs of each row with others, the same number for each: row order[i] with order[i + s] for `partners` shifts s that are drawn
 * without replacement; all pairs once where there are no more.
 */
export function drawnPairs(points: Matrix, partners: number, random: Random): RowPairs {
  const { rows: n } = points;
  const most = Math.floor(n / 2);
  const order = random.sample(n);
  const shifts =
    partners >= most
      ? Int32Array.from({ length: most }, (_, s) => s + 1)
      : random.sample(most, partners).map((s) => s + 1);
  // Half a turn meets each pair twice.
  const lengths = shifts.map((shift) => (2 * shift === n ? shift : n));
  const count = lengths.reduce((sum, length) => sum + length, 0);
  const [from, to] = [new Int32Array(count), new Int32Array(count)];
  let pair = 0;
  for (let s = 0; s < shifts.length; s++) {
    for (let i = 0; i < lengths[s]; i++) {
      from[pair] = order[i];
      to[pair++] = order[(i + shifts[s]) % n];
    }
  }
  return withDistances(points, from, to);
}

/** Each row with its nearest ones. */
export function nearPairs(points: Matrix, { n, k, indices }: KnnGraph): RowPairs {
  const from = Int32Array.from({ length: n * k }, (_, at) => Math.floor(at / k));
  return withDistances(points, from, indices);
}

function withDistances({ data, cols: d }: Matrix, from: Int32Array, to: Int32Array): RowPairs {
  const distances = new Float64Array(from.length);
  let total = 0;
  for (let p = 0; p < from.length; p++) {
    const squared = fourSumGap(data, from[p] * d, data, to[p] * d, d);
    distances[p] = Math.sqrt(squared);
    total += squared;
  }
  return { from, to, distances, total };
}

/**
 * Σ over pairs (‖yᵢ − yⱼ‖^p − d_ij)², divided by Σ d_ij²: the square of Kruskal's stress-1 where p = 1. With p = 2 squared
 * distances are held against distances that are not squared.
 */
export function pairStress(pairs: RowPairs, y: Tensor, p: 1 | 2 = 1): Tensor {
  const [n, m] = y.shape;
  const total = pairs.total || 1;
  const slopes = new Float64Array(n * m);
  const sumInto = m === 2 ? sumInPlane : sumInSpace;
  return operation('pairStress', [y], [], {
    // The way back would walk through the same pairs.
    forward({ inputs: [rows], out }) {
      out[0] = sumInto(pairs, rows, m, p, slopes) / total;
    },
    backward({ gradient, to: [toRows] }) {
      if (!toRows) return;
      const weight = (2 * gradient[0]) / total;
      for (let e = 0; e < slopes.length; e++) toRows[e] = weight * slopes[e];
    },
  });
}

/** Σ (‖yᵢ − yⱼ‖^p − d_ij)², and half its gradient into `slopes`. */
function sumInSpace(
  { from, to, distances }: RowPairs,
  rows: Floats,
  m: number,
  p: 1 | 2,
  slopes: Float64Array,
): number {
  slopes.fill(0);
  let sum = 0;
  for (let pair = 0; pair < from.length; pair++) {
    const [a, b] = [from[pair] * m, to[pair] * m];
    let squares = 0;
    for (let c = 0; c < m; c++) squares += (rows[a + c] - rows[b + c]) ** 2;
    const length = Math.sqrt(squares);
    const off = (p === 1 ? length : squares) - distances[pair];
    sum += off * off;
    const slope = slopeOf(p, off, length);
    for (let c = 0; c < m; c++) {
      const step = slope * (rows[a + c] - rows[b + c]);
      slopes[a + c] += step;
      slopes[b + c] -= step;
    }
  }
  return sum;
}

/** The same for two columns, where nearly all maps are. */
function sumInPlane(
  { from, to, distances }: RowPairs,
  rows: Floats,
  _: number,
  p: 1 | 2,
  slopes: Float64Array,
): number {
  slopes.fill(0);
  let sum = 0;
  for (let pair = 0; pair < from.length; pair++) {
    const a = 2 * from[pair];
    const b = 2 * to[pair];
    const dx = rows[a] - rows[b];
    const dy = rows[a + 1] - rows[b + 1];
    const squares = dx * dx + dy * dy;
    const length = Math.sqrt(squares);
    const off = (p === 1 ? length : squares) - distances[pair];
    sum += off * off;
    const slope = slopeOf(p, off, length);
    slopes[a] += slope * dx;
    slopes[a + 1] += slope * dy;
    slopes[b] -= slope * dx;
    slopes[b + 1] -= slope * dy;
  }
  return sum;
}

/** Half the derivative of (‖y‖^p − d)² over y. Equal places have no direction to part in. */
function slopeOf(p: 1 | 2, off: number, length: number): number {
  if (p === 2) return 2 * off;
  return length > 0 ? off / length : 0;
}

/** Kruskal's stress-1 over the pairs, at the scale of the places that makes it least. */
export function stressOf({ from, to, distances }: RowPairs, places: Matrix): number {
  const { data, cols: m } = places;
  let [own, both, given] = [0, 0, 0];
  for (let pair = 0; pair < from.length; pair++) {
    const [a, b] = [from[pair] * m, to[pair] * m];
    let squares = 0;
    for (let c = 0; c < m; c++) squares += (data[a + c] - data[b + c]) ** 2;
    own += squares;
    both += Math.sqrt(squares) * distances[pair];
    given += distances[pair] ** 2;
  }
  if (given === 0) return 0;
  return own > 0 ? Math.sqrt(Math.max(0, 1 - (both * both) / (own * given))) : 1;
}
