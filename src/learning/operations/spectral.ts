import { ShapeError } from '../../core/errors.ts';
import type { Floats, Matrix } from '../../core/matrix.ts';
import { type BackwardPass, type Shape, shapeInWords } from '../tape/tensor.ts';
import { type Factor, product } from './matmul.ts';

/** n of an n × n matrix. */
export function requireSquare(where: string, shape: Shape): number {
  const [n] = shape;
  if (shape.length !== 2 || n === undefined || n !== shape[1] || n < 1)
    throw new ShapeError(where, 'a square matrix', shapeInWords(shape));
  return n;
}

/** Σ w_k a_k b_kᵀ over the columns of A n × k and B d × k, in the element type of `to`, n × d. */
export function outerProducts(
  { engine, room }: Pick<BackwardPass, 'engine' | 'room'>,
  weights: ArrayLike<number>,
  a: Matrix,
  b: Matrix,
  to: Floats,
) {
  const weighted = room(a.data.length);
  for (let e = 0; e < weighted.length; e++) weighted[e] = a.data[e] * weights[e % a.cols];
  const right = room(b.data.length);
  right.set(b.data);
  const factors: Factor[] = [
    [weighted, a.rows, a.cols],
    [right, b.rows, b.cols],
  ];
  return product(engine, factors[0], factors[1], [to, a.rows, b.rows], { transposeB: true });
}
