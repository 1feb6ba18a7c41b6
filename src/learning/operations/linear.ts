import { ShapeError } from '../../core/errors.ts';
import { operation, rowsOf, shapeInWords, type Tensor } from '../tape/tensor.ts';
import { product } from './matmul.ts';
import { sumOfRows } from './rows.ts';

/**
 * y = x·Wᵀ + b, row by row: x … × k, W m × k (a row for each output), b m or none; y … × m.
 *
 *     ∂L/∂x = G·W,   ∂L/∂W = Gᵀ·x,   ∂L/∂b = Σ rows of G
 */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const [n, k] = rowsOf(x.shape);
  const [m, inner] = rowsOf(weight.shape);
  if (k !== inner)
    throw new ShapeError('linear', `weights of ${k} columns`, shapeInWords(weight.shape));
  if (bias && (bias.shape.length !== 1 || bias.shape[0] !== m))
    throw new ShapeError('linear', `a bias of ${m} numbers`, shapeInWords(bias.shape));
  const inputs = bias ? [x, weight, bias] : [x, weight];
  return operation('linear', inputs, [...x.shape.slice(0, -1), m], {
    async forward({ engine, inputs: [a, w, b], out }) {
      await product(engine, [a, n, k], [w, m, k], [out, n, m], { transposeB: true, bias: b });
    },
    async backward({ engine, inputs: [a, w], gradient, to: [toX, toW, toB] }) {
      if (toX) await product(engine, [gradient, n, m], [w, m, k], [toX, n, k]);
      if (toW)
        await product(engine, [gradient, n, m], [a, n, k], [toW, m, k], { transposeA: true });
      if (toB) sumOfRows(gradient, toB);
    },
  });
}
