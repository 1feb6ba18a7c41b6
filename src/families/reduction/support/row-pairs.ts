import type { KnnGraph } from '../../../core/graph.ts';
import type { Matrix } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import { operation, type Tensor } from '../../../learning/index.ts';

/** Pairs of rows, and how far apart they are. */
export interface RowPairs {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly distances: Float64Array;
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
  for (let p = 0; p < from.length; p++) {
    const [a, b] = [from[p] * d, to[p] * d];
    let squares = 0;
    for (let c = 0; c < d; c++) squares += (data[a + c] - data[b + c]) ** 2;
    distances[p] = Math.sqrt(squares);
  }
  return { from, to, distances };
}

/**
 * Σ over pairs (‖yᵢ − yⱼ‖^p − d_ij)², divided by Σ d_ij²: the square of Kruskal's stress-1 where p = 1. With p = 2 squared
 * distances are held against distances that are not squared.
 */
export function pairStress({ from, to, distances }: RowPairs, y: Tensor, p: 1 | 2 = 1): Tensor {
  const m = y.shape[1];
  const total = distances.reduce((sum, distance) => sum + distance * distance, 0) || 1;
  return operation('pairStress', [y], [], {
    forward({ inputs: [rows], out }) {
      let sum = 0;
      for (let pair = 0; pair < from.length; pair++) {
        const [a, b] = [from[pair] * m, to[pair] * m];
        let squares = 0;
        for (let c = 0; c < m; c++) squares += (rows[a + c] - rows[b + c]) ** 2;
        sum += ((p === 1 ? Math.sqrt(squares) : squares) - distances[pair]) ** 2;
      }
      out[0] = sum / total;
    },
    backward({ inputs: [rows], gradient, to: [toRows] }) {
      if (!toRows) return;
      toRows.fill(0);
      const weight = (2 * gradient[0]) / total;
      for (let pair = 0; pair < from.length; pair++) {
        const [a, b] = [from[pair] * m, to[pair] * m];
        let squares = 0;
        for (let c = 0; c < m; c++) squares += (rows[a + c] - rows[b + c]) ** 2;
        const length = Math.sqrt(squares);
        // Equal places have no direction to part in.
        const slope =
          p === 2
            ? 2 * (squares - distances[pair])
            : length > 0
              ? (length - distances[pair]) / length
              : 0;
        for (let c = 0; c < m; c++) {
          const step = weight * slope * (rows[a + c] - rows[b + c]);
          toRows[a + c] += step;
          toRows[b + c] -= step;
        }
      }
    },
  });
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
