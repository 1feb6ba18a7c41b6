import { copied, type Floats, type Matrix, zerosLike } from '../../core/matrix.ts';
import { rowNorms, type UnitRows, unitRows } from '../../core/rows.ts';

/** Rows scaled to unit length; rows of zeros stay so. `unitRows` of core refuses these. */
export function unitOrZeroRows<T extends Floats>(m: Matrix<T>): UnitRows<T> {
  const { data, rows: n, cols: d } = m;
  const norms = rowNorms(m);
  const points = zerosLike(m);
  for (let i = 0; i < n; i++) {
    const norm = norms[i] || 1;
    for (let c = i * d; c < (i + 1) * d; c++) points.data[c] = data[c] / norm;
  }
  return { points, norms };
}

/** Rows scaled to unit length; a row of zeros becomes the first axis. */
export function unitOrAxisRows<T extends Floats>(where: string, m: Matrix<T>): Matrix<T> {
  const { rows: n, cols: d } = m;
  const out = copied(m);
  for (let i = 0; i < n; i++) {
    if (out.data.subarray(i * d, (i + 1) * d).every((x) => x === 0)) out.data[i * d] = 1;
  }
  return unitRows(where, out).points;
}

/** Scales the rows of d values from row `first` on to unit length, in place; none may be zero. */
export function rescaleRows(x: Float64Array, d: number, first: number): void {
  for (let i = first * d; i < x.length; i += d) {
    let squared = 0;
    for (let k = i; k < i + d; k++) squared += x[k] * x[k];
    const inverse = 1 / Math.sqrt(squared);
    for (let k = i; k < i + d; k++) x[k] *= inverse;
  }
}
