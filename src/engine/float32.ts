import { ShapeError, UnsupportedError } from '../core/errors.ts';
import type { Matrix } from '../core/matrix.ts';
import type { EngineName } from './engine.ts';

/**
 * The values of a float32 matrix, exactly as many as it says, for kernels look no further; other element
 * types are refused.
 */
export function requireFloat32(engine: EngineName, where: string, m: Matrix): Float32Array {
  const { data, rows, cols } = m;
  if (!(data instanceof Float32Array)) {
    throw new UnsupportedError(
      where,
      `the ${engine} engine takes float32 matrices; this one is float64, which the reference engine takes.`,
    );
  }
  if (data.length === rows * cols) return data;
  throw new ShapeError(where, `${rows} × ${cols} values`, `${data.length}`);
}
