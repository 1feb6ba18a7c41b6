import { ShapeError } from '../../core/errors.ts';
import { operation, type Shape, shapeInWords, sizeOf, type Tensor } from '../tape/tensor.ts';

/** The same numbers under another shape. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  if (sizeOf(shape) !== sizeOf(x.shape))
    throw new ShapeError('reshape', `a shape of ${sizeOf(x.shape)} numbers`, shapeInWords(shape));
  return operation('reshape', [x], shape, {
    forward: ({ inputs: [a], out }) => out.set(a),
    backward: ({ gradient, to: [toX] }) => toX?.set(gradient),
  });
}
