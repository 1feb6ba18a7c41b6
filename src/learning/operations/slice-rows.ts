import { ShapeError } from '../../core/errors.ts';
import { operation, sizeOf, type Tensor } from '../tape/tensor.ts';

/** Places `from` … `to` − 1 of the first axis of x. */
export function sliceRows(x: Tensor, from: number, to: number): Tensor {
  const [n = 0, ...rest] = x.shape;
  requireSlice('sliceRows', from, to, n);
  const size = sizeOf(rest);
  return operation('sliceRows', [x], [to - from, ...rest], {
    forward: ({ inputs: [a], out }) => out.set(a.subarray(from * size, to * size)),
    backward({ gradient, to: [toX] }) {
      toX?.fill(0);
      toX?.set(gradient, from * size);
    },
  });
}

export function requireSlice(where: string, from: number, to: number, n: number): void {
  const whole = Number.isInteger(from) && Number.isInteger(to);
  if (!whole || from < 0 || from >= to || to > n)
    throw new ShapeError(where, `a part of 0 … ${n}, not empty`, `${from} … ${to}`);
}
