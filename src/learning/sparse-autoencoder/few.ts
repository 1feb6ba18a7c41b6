import type { Floats } from '../../core/matrix.ts';
import { type SparseMatrix, sparseTimes, transposedSparse } from '../../core/sparse.ts';

/** One number in so many may be other than 0: with more the products of an engine take less time. */
const ONE_IN = 48;

/** The numbers of rows × cols that are not 0, where these are few; else undefined. */
export function fewOf(data: Floats, rows: number, cols: number): SparseMatrix | undefined {
  const most = Math.floor(data.length / ONE_IN);
  const offsets = new Int32Array(rows + 1);
  const places = new Int32Array(most);
  let count = 0;
  for (let i = 0; i < rows; i++) {
    for (let e = i * cols; e < (i + 1) * cols; e++) {
      if (data[e] === 0) continue;
      if (count === most) return undefined;
      places[count++] = e;
    }
    offsets[i + 1] = count;
  }
  const columns = new Int32Array(count);
  const values = new Float64Array(count);
  for (let i = 0; i < rows; i++)
    for (let e = offsets[i]; e < offsets[i + 1]; e++) {
      columns[e] = places[e] - i * cols;
      values[e] = data[places[e]];
    }
  return { rows, cols, offsets, columns, values };
}

/** `out` ← Aᵀ·X, X n × d. */
export function fewTransposedTimes(a: SparseMatrix, x: Floats, d: number, out: Floats): void {
  sparseTimes(transposedSparse(a), x, d, out);
}

/** `out` ← G·Dᵀ where A is not 0, and 0 elsewhere: G n × d, D h × d, A and `out` n × h. */
export function productsAtFew(
  { rows, cols: h, offsets, columns }: SparseMatrix,
  gradient: Floats,
  decoder: Floats,
  d: number,
  out: Floats,
): void {
  out.fill(0);
  for (let i = 0; i < rows; i++) {
    let e = offsets[i];
    for (; e + 3 < offsets[i + 1]; e += 4) {
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      let a0 = columns[e] * d;
      let a1 = columns[e + 1] * d;
      let a2 = columns[e + 2] * d;
      let a3 = columns[e + 3] * d;
      for (let c = i * d; c < (i + 1) * d; c++) {
        const g = gradient[c];
        s0 += g * decoder[a0++];
        s1 += g * decoder[a1++];
        s2 += g * decoder[a2++];
        s3 += g * decoder[a3++];
      }
      out[i * h + columns[e]] = s0;
      out[i * h + columns[e + 1]] = s1;
      out[i * h + columns[e + 2]] = s2;
      out[i * h + columns[e + 3]] = s3;
    }
    for (; e < offsets[i + 1]; e++) {
      let sum = 0;
      let at = columns[e] * d;
      for (let c = i * d; c < (i + 1) * d; c++) sum += gradient[c] * decoder[at++];
      out[i * h + columns[e]] = sum;
    }
  }
}
