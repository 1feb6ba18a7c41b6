import { ShapeError } from '../../../core/errors.ts';
import type { Floats } from '../../../core/matrix.ts';
import { operation, type Tensor } from '../../../learning/index.ts';
import { sizeOf } from '../../../learning/tape/tensor.ts';

/** P, D × d: known numbers that are multiplied with and need not be stored. */
export interface Projection {
  readonly rows: number;
  readonly cols: number;
  /** out ← P·v, v of d numbers. */
  readonly times: (v: Floats, out: Floats) => void;
  /** out ← Pᵀ·g, g of D numbers. */
  readonly transposedTimes: (g: Floats, out: Floats) => void;
}

/**
 * P·v, D numbers of the d in v.
 *
 *     ∂L/∂v = Pᵀ·G
 */
export function projected(projection: Projection, v: Tensor): Tensor {
  const { rows, cols } = projection;
  if (sizeOf(v.shape) !== cols)
    throw new ShapeError('projected', `${cols} numbers, columns of P`, `${sizeOf(v.shape)}`);
  return operation('projected', [v], [rows], {
    forward: ({ inputs: [values], out }) => projection.times(values, out),
    backward({ gradient, to: [toV] }) {
      if (toV) projection.transposedTimes(gradient, toV);
    },
  });
}
