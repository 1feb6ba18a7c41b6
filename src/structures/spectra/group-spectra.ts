import { gathered, type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import { transposed } from '../../core/transposed.ts';
import type { Engine } from '../../engine/engine.ts';
import { symmetricEigenvalues } from '../../numerics/decompositions/eigh.ts';
import { centeredGram, doublyCentered, meanRow } from '../../numerics/rows/centered.ts';

/** Where rows are 20 times as many as dimensions, the delta method is right to a few per cent. */
const MANY = 20;
const SMALL = 256;

/**
 * How many groups of rows are left out in turn; 0 where the rows are many enough for the delta method,
 * which takes eigenvectors for given.
 */
export function groupCount(n: number, d: number): number {
  if (n < 3 || n >= MANY * d) return 0;
  return Math.min(n, Math.min(n, d) <= SMALL ? 20 : 10);
}

/** Eigenvalues of XᵀX/n, or of the covariance, without each group of rows in turn. */
export async function groupSpectra(
  points: Matrix,
  order: Int32Array,
  centered: boolean,
  engine: Engine,
  groups: number = groupCount(points.rows, points.cols),
): Promise<Float64Array[]> {
  const { rows: n, cols: d } = points;
  const bounds = Array.from({ length: groups + 1 }, (_, g) => Math.floor((g * n) / groups));
  const spectra: Float64Array[] = [];
  if (n < d) {
    const products = await engine.gram(transposed(points));
    for (let g = 0; g < groups; g++) {
      const kept = order.filter((_, at) => at < bounds[g] || at >= bounds[g + 1]);
      const part = submatrix(products, kept);
      spectra.push(scaledEigenvalues(centered ? doublyCentered(part) : part, kept.length));
    }
    return spectra;
  }
  const grams: Matrix<Float64Array>[] = [];
  const sums: Float64Array[] = [];
  const total = zeros64(d, d);
  const totalSum = new Float64Array(d);
  for (let g = 0; g < groups; g++) {
    const rows = gathered(points, order.subarray(bounds[g], bounds[g + 1]));
    grams.push(await engine.gram(rows));
    sums.push(meanRow(rows).map((mean) => mean * rows.rows));
    for (let e = 0; e < d * d; e++) total.data[e] += grams[g].data[e];
    for (let c = 0; c < d; c++) totalSum[c] += sums[g][c];
  }
  for (let g = 0; g < groups; g++) {
    const kept = n - (bounds[g + 1] - bounds[g]);
    const rest = total.data.map((x, e) => x - grams[g].data[e]);
    if (centered) {
      const sum = totalSum.map((x, c) => x - sums[g][c]);
      for (let e = 0; e < d * d; e++) rest[e] -= (sum[Math.floor(e / d)] * sum[e % d]) / kept;
    }
    spectra.push(scaledEigenvalues(matrix(rest, d, d), kept));
  }
  return spectra;
}

/** The min(n, d) eigenvalues of XᵀX/n, or of the covariance, largest first. */
export async function eigenvaluesOf(
  points: Matrix,
  centered: boolean,
  engine: Engine,
): Promise<Float64Array> {
  const { rows: n, cols: d } = points;
  const products = await engine.gram(n < d ? transposed(points) : points);
  if (centered && n < d) return scaledEigenvalues(doublyCentered(products), n);
  return scaledEigenvalues(centered ? centeredGram(products, n, meanRow(points)) : products, n);
}

function scaledEigenvalues(products: Matrix<Float64Array>, n: number): Float64Array {
  return withoutNoise(symmetricEigenvalues(products).map((value) => value / n));
}

function submatrix({ data, rows: n }: Matrix<Float64Array>, kept: Int32Array) {
  const out = zeros64(kept.length, kept.length);
  for (let i = 0; i < kept.length; i++) {
    for (let j = 0; j < kept.length; j++) {
      out.data[i * kept.length + j] = data[kept[i] * n + kept[j]];
    }
  }
  return out;
}

/** Eigenvalues below the rounding of the Gram matrix (float64 sums) count as 0. */
export function withoutNoise(values: Float64Array): Float64Array {
  const floor = Math.max(0, values[0]) * values.length * 2 ** -50;
  return values.map((value) => (value > floor ? value : 0));
}
