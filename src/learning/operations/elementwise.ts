import { ShapeError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import { operation, shapeInWords, type Tensor } from '../tape/tensor.ts';

/** y = f(x), number by number; `slope` is f′ given x and y. */
export function elementwise(
  name: string,
  x: Tensor,
  f: (x: Floats, y: Floats) => void,
  slope: (x: Floats, y: Floats, gradient: Floats, to: Floats) => void,
): Tensor {
  return operation(name, [x], x.shape, {
    forward: ({ inputs: [a], out }) => f(a, out),
    backward: ({ inputs: [a], out, gradient, to: [toA] }) => {
      if (toA) slope(a, out, gradient, toA);
    },
  });
}

export function requireSameShape(name: string, a: Tensor, b: Tensor): void {
  if (a.shape.length !== b.shape.length || a.shape.some((length, axis) => length !== b.shape[axis]))
    throw new ShapeError(
      name,
      `two tensors of one shape, ${shapeInWords(a.shape)}`,
      shapeInWords(b.shape),
    );
}
