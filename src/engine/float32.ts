import { ShapeError, UnsupportedError } from '../core/errors.ts';
import type { Floats, Matrix } from '../core/matrix.ts';
import type { EngineName } from './engine.ts';

/**
 * The values of a float32 matrix, exactly as many as it says, for kernels look no further; other element
 * types are refused.
 */
export function requireFloat32(engine: EngineName, where: string, m: Matrix): Float32Array {
  const { rows, cols } = m;
  const data = requireFloats32(engine, where, m.data);
  if (data.length === rows * cols) return data;
  throw new ShapeError(where, `${rows} × ${cols} values`, `${data.length}`);
}

export function requireFloats32(engine: EngineName, where: string, data: Floats): Float32Array {
  if (data instanceof Float32Array) return data;
  throw new UnsupportedError(
    where,
    `the ${engine} engine takes float32 matrices; this one is float64, which the reference engine takes.`,
  );
}
