import { ShapeError } from '../../core/errors.ts';
import { operation, shapeInWords, sizeOf, type Tensor } from '../tape/tensor.ts';

/**
 * factor · x, the factor one number that is learned, such as an inverse temperature.
 *
 *     ∂L/∂x = factor·G,   ∂L/∂factor = Σ G·x
 */
export function scaleBy(x: Tensor, factor: Tensor): Tensor {
  if (sizeOf(factor.shape) !== 1)
    throw new ShapeError('scaleBy', 'a factor of one number', shapeInWords(factor.shape));
  return operation('scaleBy', [x, factor], x.shape, {
    forward({ inputs: [a, [s]], out }) {
      for (let e = 0; e < out.length; e++) out[e] = s * a[e];
    },
    backward({ inputs: [a, [s]], gradient, to: [toX, toFactor] }) {
      if (toX) for (let e = 0; e < toX.length; e++) toX[e] = s * gradient[e];
      if (!toFactor) return;
      let total = 0;
      for (let e = 0; e < a.length; e++) total += gradient[e] * a[e];
      toFactor[0] = total;
    },
  });
}
