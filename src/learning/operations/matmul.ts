import { ShapeError } from '../../core/errors.ts';
import type { Floats, Matrix } from '../../core/matrix.ts';
import type { Engine, MaybePromise } from '../../engine/engine.ts';
import type { ProductOptions } from '../../engine/kernels/matmul/contract.ts';
import { operation, shapeInWords, type Tensor } from '../tape/tensor.ts';

/**
 * A·B of matrices, n × k and k × m; with `transposeB` A·Bᵀ, B m × k.
 *
 *     ∂L/∂A = G·Bᵀ,   ∂L/∂B = Aᵀ·G;      transposed: ∂L/∂A = G·B,   ∂L/∂B = Gᵀ·A
 */
export function matmul(a: Tensor, b: Tensor, { transposeB = false } = {}): Tensor {
  const [n, k] = matrixShape(a);
  const [inner, m] = transposeB ? matrixShape(b).toReversed() : matrixShape(b);
  if (k !== inner)
    throw new ShapeError(
      'matmul',
      `${k} ${transposeB ? 'columns' : 'rows'} in B, as many as A has columns`,
      shapeInWords(b.shape),
    );
  const bShape: Pair = transposeB ? [m, k] : [k, m];
  return operation('matmul', [a, b], [n, m], {
    forward: ({ engine, inputs: [x, y], out }) =>
      product(engine, [x, n, k], [y, ...bShape], [out, n, m], { transposeB }),
    async backward({ engine, inputs: [x, y], gradient, to: [toA, toB] }) {
      const g: Factor = [gradient, n, m];
      if (toA) await product(engine, g, [y, ...bShape], [toA, n, k], { transposeB: !transposeB });
      if (!toB) return;
      if (transposeB) await product(engine, g, [x, n, k], [toB, m, k], { transposeA: true });
      else await product(engine, [x, n, k], g, [toB, k, m], { transposeA: true });
    },
  });
}

type Pair = readonly [number, number];
export type Factor = readonly [data: Floats, rows: number, cols: number];

/** The engine's product, into the last factor. */
export function product(
  engine: Engine,
  a: Factor,
  b: Factor,
  out: Factor,
  options: Omit<ProductOptions, 'out'> = {},
): MaybePromise<void> {
  const asMatrix = ([data, rows, cols]: Factor): Matrix => ({ data, rows, cols });
  const pending = engine.matmul(asMatrix(a), asMatrix(b), { ...options, out: asMatrix(out) });
  return pending instanceof Promise ? pending.then(() => {}) : undefined;
}

function matrixShape({ shape, name }: Tensor): Pair {
  const [rows, cols] = shape;
  if (shape.length !== 2 || rows === undefined || cols === undefined)
    throw new ShapeError('matmul', `a matrix where ${name} stands`, shapeInWords(shape));
  return [rows, cols];
}
