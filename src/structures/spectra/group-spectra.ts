import { gathered, type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import { transposed } from '../../core/transposed.ts';
import type { Engine } from '../../engine/engine.ts';
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
  const { plain, centered: about } = await bothGroupSpectra(
    points,
    order,
    { plain: !centered, centered },
    engine,
    groups,
  );
  return centered ? about : plain;
}

/** Which of the two are wanted. */
export interface Moments {
  /** Of XᵀX/n. */
  readonly plain: boolean;
  /** Of the covariance. */
  readonly centered: boolean;
}

/** The two kinds of `groupSpectra` from one set of inner products; an empty list where not wanted. */
export async function bothGroupSpectra(
  points: Matrix,
  order: Int32Array,
  wanted: Moments,
  engine: Engine,
  groups: number = groupCount(points.rows, points.cols),
  known?: Matrix<Float64Array>,
): Promise<{ plain: Float64Array[]; centered: Float64Array[] }> {
  const { rows: n, cols: d } = points;
  const products = known ?? (await engine.gram(n < d ? transposed(points) : points));
  const sum = n < d ? undefined : meanRow(points);
  const plain: Float64Array[] = [];
  const centered: Float64Array[] = [];
  for (let g = 0; g < groups; g++) {
    const [from, to] = [g, g + 1].map((at) => Math.floor((at * n) / groups));
    const left = n - (to - from);
    const rest = sum
      ? await withoutRows(products, gathered(points, order.subarray(from, to)), engine)
      : submatrix(
          products,
          order.filter((_, at) => at < from || at >= to),
        );
    if (wanted.plain) plain.push(await scaledEigenvalues(rest, left, engine));
    if (!wanted.centered) continue;
    const about = sum
      ? centeredGram(rest, left, meanWithout(sum, points, order.subarray(from, to)))
      : doublyCentered(rest);
    centered.push(await scaledEigenvalues(about, left, engine));
  }
  return { plain, centered };
}

/** Of some rows: how many, their sum and XᵀX. */
export interface RowSums {
  readonly rows: number;
  readonly sum: Float64Array;
  readonly gram: Matrix<Float64Array>;
}

/** `bothGroupSpectra` of n ≥ d rows from the sums of all and of each group, one group after another. */
export async function groupSpectraOfSums(
  all: RowSums,
  groups: Iterable<RowSums> | AsyncIterable<RowSums>,
  engine: Engine,
): Promise<{ plain: Float64Array[]; centered: Float64Array[] }> {
  const plain: Float64Array[] = [];
  const centered: Float64Array[] = [];
  const { rows: d } = all.gram;
  for await (const out of groups) {
    const left = all.rows - out.rows;
    const rest = matrix(
      all.gram.data.map((value, e) => value - out.gram.data[e]),
      d,
      d,
    );
    const mean = all.sum.map((value, c) => (value - out.sum[c]) / left);
    plain.push(await scaledEigenvalues(rest, left, engine));
    centered.push(await scaledEigenvalues(centeredGram(rest, left, mean), left, engine));
  }
  return { plain, centered };
}

/** XᵀX less the part of some rows. */
async function withoutRows(
  { data, rows, cols }: Matrix<Float64Array>,
  out: Matrix,
  engine: Engine,
): Promise<Matrix<Float64Array>> {
  const rest = (await engine.gram(out)).data;
  for (let e = 0; e < rest.length; e++) rest[e] = data[e] - rest[e];
  return matrix(rest, rows, cols);
}

/** The mean row of those that are not `out`, from that of all. */
function meanWithout(mean: Float64Array, points: Matrix, out: Int32Array): Float64Array {
  const { rows: n, cols: d } = points;
  const other = meanRow(gathered(points, out));
  const left = n - out.length;
  return Float64Array.from({ length: d }, (_, c) => (n * mean[c] - out.length * other[c]) / left);
}

/** The min(n, d) eigenvalues of XᵀX/n, or of the covariance, largest first. */
export async function eigenvaluesOf(
  points: Matrix,
  centered: boolean,
  engine: Engine,
): Promise<Float64Array> {
  const { rows: n, cols: d } = points;
  const products = await engine.gram(n < d ? transposed(points) : points);
  if (!centered) return scaledEigenvalues(products, n, engine);
  const about = n < d ? doublyCentered(products) : centeredGram(products, n, meanRow(points));
  return scaledEigenvalues(about, n, engine);
}

/**
 * The same for simulated rows, whose spectrum is a bulk: inner products summed in float32 are right to
 * 1e-7 of the largest eigenvalue, at a fraction of the cost.
 */
export async function simulatedEigenvalues(
  points: Matrix,
  centered: boolean,
  engine: Engine,
): Promise<Float64Array> {
  const { rows: n, cols: d } = points;
  const side = n < d ? points : transposed(points);
  const { data, rows, cols } = await engine.matmul(side, side, true);
  const products = matrix(Float64Array.from(data), rows, cols);
  if (!centered) return scaledEigenvalues(products, n, engine);
  const about = n < d ? doublyCentered(products) : centeredGram(products, n, meanRow(points));
  return scaledEigenvalues(about, n, engine);
}

/** The eigenvalues of inner products of n rows, or of their columns, over n. */
export async function scaledEigenvalues(
  products: Matrix<Float64Array>,
  n: number,
  engine: Engine,
): Promise<Float64Array> {
  const values = await engine.linalg.symmetricEigenvalues(products);
  return withoutNoise(values.map((value) => value / n));
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
