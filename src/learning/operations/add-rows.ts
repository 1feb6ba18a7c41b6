import { ShapeError } from '../../core/errors.ts';
import { operation, shapeInWords, sizeOf, type Tensor } from '../tape/tensor.ts';
import { addToRows, sumOfRows } from './rows.ts';

/**
 * x with `rows` added again and again: x … × t × d and rows t × d (a place's embedding in every sequence), or
 * rows d (one vector on every row).
 *
 *     ∂L/∂rows = Σ of G over the axes that rows does not have
 */
export function addRows(x: Tensor, rows: Tensor): Tensor {
  const axes = rows.shape.length;
  const ending = x.shape.slice(x.shape.length - axes);
  if (axes === 0 || axes > x.shape.length || shapeInWords(ending) !== shapeInWords(rows.shape))
    throw new ShapeError(
      'addRows',
      `rows whose axes are the last ones of ${shapeInWords(x.shape)}`,
      shapeInWords(rows.shape),
    );
  if (sizeOf(rows.shape) === 0)
    throw new ShapeError('addRows', 'rows that are not empty', shapeInWords(rows.shape));
  return operation('addRows', [x, rows], x.shape, {
    forward({ inputs: [a, r], out }) {
      out.set(a);
      addToRows(out, r);
    },
    backward({ gradient, to: [toX, toRows] }) {
      toX?.set(gradient);
      if (toRows) sumOfRows(gradient, toRows);
    },
  });
}
