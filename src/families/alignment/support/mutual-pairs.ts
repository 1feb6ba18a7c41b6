import type { KnnGraph } from '../../../core/graph.ts';
import type { Matrix } from '../../../core/matrix.ts';
import type { FitContext } from '../types.ts';

/** Rows nearest to one another over two spaces. */
export interface MutualPairs {
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** The mean of 2·cos − r_A − r_B over the rows of A: how well the spaces lie on one another, for no pairs known. */
  readonly agreement: number;
}

/** Neighbours over which hubs are judged, and those among which the nearest after correction is sought. */
const NEAR = 10;
const CANDIDATES = 30;

/**
 * Pairs of rows each of which is the other's nearest by cross-domain similarity local scaling, 2·cos(x, y) − r(x) − r(y),
 * r a row's mean cosine to its ten nearest on the other side; n × e and m × e unit rows.
 */
export async function mutualPairs(
  x: Matrix,
  y: Matrix,
  { engine, work }: Pick<FitContext, 'engine' | 'work'>,
): Promise<MutualPairs> {
  const fromX = await engine.nearestAmong(x, y, Math.min(CANDIDATES, y.rows), work);
  const fromY = await engine.nearestAmong(y, x, Math.min(CANDIDATES, x.rows), work);
  const [ofX, ofY] = [meanCosines(fromX), meanCosines(fromY)];
  const toY = nearest(fromX, ofX, ofY);
  const toX = nearest(fromY, ofY, ofX);
  const a = Int32Array.from(toY.rows.keys()).filter((i) => toX.rows[toY.rows[i]] === i);
  return { a, b: a.map((i) => toY.rows[i]), agreement: mean(toY.scores) };
}

const cosineOf = (distance: number) => 1 - (distance * distance) / 2;

function meanCosines({ distances, n, k }: KnnGraph): Float64Array {
  const width = Math.min(NEAR, k);
  const means = new Float64Array(n);
  for (let i = 0; i < n; i++)
    for (let r = 0; r < width; r++) means[i] += cosineOf(distances[i * k + r]) / width;
  return means;
}

/** For each row its best candidate after correction, the nearer of equal ones. */
function nearest({ indices, distances, n, k }: KnnGraph, own: Float64Array, others: Float64Array) {
  const rows = new Int32Array(n);
  const scores = new Float64Array(n).fill(-Infinity);
  for (let i = 0; i < n; i++) {
    for (let e = i * k; e < (i + 1) * k; e++) {
      const score = 2 * cosineOf(distances[e]) - own[i] - others[indices[e]];
      if (!(score > scores[i])) continue;
      scores[i] = score;
      rows[i] = indices[e];
    }
  }
  return { rows, scores };
}

const mean = (values: Float64Array) => values.reduce((sum, x) => sum + x, 0) / values.length;
