import { type Matrix, rows as rowsOf, zeros } from '../../../core/matrix.ts';
import type { CodeContext, Codes } from '../types.ts';

/** Numbers unpacked at once: what a core keeps near. */
const BLOCK = 2 ** 16;

/**
 * Products of queries with rows that are unpacked a few at a time, into the same memory: q × r. `unpack` writes the d
 * numbers of each code of some bytes.
 */
export async function unpackedProducts(
  queries: Matrix<Float32Array>,
  { bytes, rows: n, bytesPerVector: width }: Codes,
  unpack: (bytes: Uint8Array, out: Float32Array) => void,
  { engine, work: { signal } }: CodeContext,
): Promise<Matrix<Float32Array>> {
  const { rows: q, cols: d } = queries;
  const out = zeros(q, n);
  const size = Math.min(n, Math.max(1, Math.floor(BLOCK / d)));
  const block = zeros(size, d);
  for (let from = 0; from < n; from += size) {
    const count = Math.min(size, n - from);
    const some = rowsOf(block, 0, count);
    unpack(bytes.subarray(from * width, (from + count) * width), some.data);
    const { data } = await engine.matmul(queries, some, true, { signal });
    for (let i = 0; i < q; i++)
      out.data.set(data.subarray(i * count, (i + 1) * count), i * n + from);
  }
  return out;
}
