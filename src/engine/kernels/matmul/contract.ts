import { ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';

/**
 * matmul: A n × k, B k × m → A·B n × m, or B m × k → A·Bᵀ n × m.
 *
 * The product is float64 if A or B is, else float32. `reference` sums in float64; `wasm` sums float32
 * products in float32, 256 terms at a time.
 */
export interface ProductShape {
  readonly n: number;
  readonly k: number;
  readonly m: number;
}

export function productShape(a: Matrix, b: Matrix, transposeB: boolean): ProductShape {
  const inner = transposeB ? b.cols : b.rows;
  if (a.cols !== inner) {
    const got = `${a.rows} × ${a.cols} and ${b.rows} × ${b.cols}`;
    const rule = transposeB ? 'as many columns in A as in B' : 'as many columns in A as rows in B';
    throw new ShapeError('matmul', rule, got);
  }
  return { n: a.rows, k: a.cols, m: transposeB ? b.rows : b.cols };
}
