import { expect } from 'vitest';
import { type Matrix, matrix } from '../core/matrix.ts';
import type { Codec } from '../families/compression/types.ts';

/** Few queries and many, which take other paths, have the products of the decoded rows; the first rows ask. */
export async function expectDecodedProducts(
  codec: unknown,
  points: Matrix<Float32Array>,
  options: object,
): Promise<void> {
  const own = codec as Codec;
  const { codes, model } = await own(points, options as never);
  const ready = await own.ready(model);
  const { data: rows } = await ready.decode(codes);
  const [n, d] = [points.rows, points.cols];
  for (const q of [2, 40]) {
    const queries = matrix(points.data.subarray(0, q * d), q, d);
    const { data } = await ready.products(queries, codes);
    for (let e = 0; e < q * n; e += 37) {
      const [x, y] = [Math.floor(e / n) * d, (e % n) * d];
      let [wanted, sizes] = [0, 0];
      for (let c = 0; c < d; c++) {
        wanted += queries.data[x + c] * rows[y + c];
        sizes += Math.abs(queries.data[x + c] * rows[y + c]);
      }
      // Sums of float32 numbers.
      expect(Math.abs(data[e] - wanted)).toBeLessThan(1e-5 * (1 + sizes));
    }
  }
}
