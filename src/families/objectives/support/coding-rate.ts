import { gathered, type Matrix, matrix, zeros64, zerosLike } from '../../../core/matrix.ts';
import { log } from '../../../core/numeric.ts';
import { type Computing, inElementTypeOf, smallerGram, timesSmaller } from './smaller-gram.ts';

/** R = ½ ln det(I + scale·XᵀX), and its gradient scale·X·(I + scale·XᵀX)⁻¹ in `gradient`, n × d. */
export async function codingRateInto(
  points: Matrix,
  scale: number,
  gradient: Matrix,
  computing: Computing,
): Promise<number> {
  const products = await smallerGram(points, computing);
  const { rate, inverse } = await shiftedInverse(points, products, scale, computing);
  await timesSmaller(points, inverse, gradient, computing);
  return rate;
}

/**
 * Σ_c (n_c/n)·½ ln det(I + d/(n_c ε²) X_cᵀX_c) over the classes of rows that have one; its gradient is added to
 * `gradient`.
 */
export async function addClassRates(
  points: Matrix,
  classes: Int32Array,
  distortion: number,
  gradient: Matrix,
  computing: Computing,
): Promise<number> {
  const { rows: n, cols: d } = points;
  let sum = 0;
  for (const rows of rowsByClass(classes)) {
    const part = gathered(points, rows);
    const own = zerosLike(part);
    const scale = d / (rows.length * distortion);
    const share = rows.length / n;
    sum += share * (await codingRateInto(part, scale, own, computing));
    for (const [place, i] of rows.entries()) {
      for (let c = 0; c < d; c++) gradient.data[i * d + c] += share * own.data[place * d + c];
    }
  }
  return sum;
}

/** ½ ln det(I + scale·P) and scale·(I + scale·P)⁻¹ of products P. */
export async function shiftedInverse(
  points: Matrix,
  { data, rows: size }: Matrix<Float64Array>,
  scale: number,
  { engine, signal }: Computing,
): Promise<{ rate: number; inverse: Matrix<Float64Array> }> {
  const shifted = data.map((x, e) => scale * x + (e % (size + 1) === 0 ? 1 : 0));
  const factor = await engine.linalg.cholesky(matrix(shifted, size, size), { signal });
  let rate = 0;
  for (let k = 0; k < size; k++) rate += log(factor.data[k * (size + 1)]);
  const half = lowerInverse(factor);
  const inverse = await engine.gram(inElementTypeOf(points, half), { signal });
  for (let e = 0; e < inverse.data.length; e++) inverse.data[e] *= scale;
  return { rate, inverse };
}

/** L⁻¹ of a lower triangular L: a third of the work of solving for a full right-hand side. */
function lowerInverse({ data: l, rows: size }: Matrix<Float64Array>): Matrix<Float64Array> {
  const inverse = zeros64(size, size);
  const y = inverse.data;
  for (let i = 0; i < size; i++) {
    const row = i * size;
    for (let j = 0; j < i; j++) {
      const factor = l[row + j];
      for (let c = 0; c <= j; c++) y[row + c] -= factor * y[j * size + c];
    }
    y[row + i] = 1;
    for (let c = 0; c <= i; c++) y[row + c] /= l[row + i];
  }
  return inverse;
}

/** The rows of each class that has any, by class; rows of class −1 are in none. */
function rowsByClass(classes: Int32Array): readonly (readonly number[])[] {
  const found = new Map<number, number[]>();
  for (const [i, each] of classes.entries()) {
    if (each < 0) continue;
    const rows = found.get(each);
    if (rows) rows.push(i);
    else found.set(each, [i]);
  }
  return [...found].toSorted(([a], [b]) => a - b).map(([, rows]) => rows);
}
