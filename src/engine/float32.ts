import { UnsupportedError } from '../core/errors.ts';
import type { Matrix } from '../core/matrix.ts';
import type { EngineName } from './engine.ts';

/** The values of a float32 matrix; other element types are refused. */
export function requireFloat32(engine: EngineName, where: string, { data }: Matrix): Float32Array {
  if (data instanceof Float32Array) return data;
  throw new UnsupportedError(
    where,
    `the ${engine} engine takes float32 matrices; this one is float64, which the reference engine takes.`,
  );
}
