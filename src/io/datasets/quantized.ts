import { openSource } from '#files';
import { InputError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { floats } from '../support/memory.ts';

/** Where the data shipped with the package lie; the same from the source and from the build. */
export function shipped(path: string): URL {
  return new URL(`../../../data/${path}`, import.meta.url);
}

/** All bytes of a file, unpacked. */
export async function bytesOf(url: URL): Promise<Uint8Array> {
  const source = await openSource(url);
  try {
    return await source.read(0, source.size);
  } finally {
    await source.close();
  }
}

/**
 * n × d vectors from a file of float32 scale[n] and int8 q[n × d]: value = q · scale of its row.
 */
export async function quantizedVectors(url: URL, n: number): Promise<Matrix<Float32Array>> {
  const bytes = await bytesOf(url);
  const d = bytes.length / n - 4;
  if (!Number.isInteger(d) || d < 1) {
    throw new InputError(url.href, `${bytes.length} bytes do not hold ${n} vectors.`);
  }
  const scale = new Float32Array(bytes.buffer, bytes.byteOffset, n);
  const q = new Int8Array(bytes.buffer, bytes.byteOffset + 4 * n, n * d);
  const data = floats(n * d, url.href, true);
  for (let i = 0; i < n; i++) {
    for (let c = i * d; c < (i + 1) * d; c++) data[c] = q[c] * scale[i];
  }
  return { data, rows: n, cols: d };
}
