import { ShapeError } from '../../core/errors.ts';
import {
  requireSparse,
  type SparseMatrix,
  sparseTimes,
  transposedSparse,
} from '../../core/sparse.ts';
import { operation, rowsOf, shapeInWords, type Tensor } from '../tape/tensor.ts';

/** A graph serves every step of a training: checked and transposed once. */
const transposes = new WeakMap<SparseMatrix, SparseMatrix>();

/**
 * A·X of a known sparse matrix, such as a graph's weights, and rows: A n × m, X m × d (all axes but the last count
 * rows) → n × d.
 *
 *     y_i = Σ_j a_ij x_j,   ∂L/∂X = Aᵀ·G
 *
 * @param a not to be changed afterwards: its transpose is kept
 */
export function sparseProduct(a: SparseMatrix, x: Tensor): Tensor {
  const [m, d] = rowsOf(x.shape);
  if (a.cols !== m)
    throw new ShapeError(
      'sparseProduct',
      `${a.cols} rows, as many as A has columns`,
      shapeInWords(x.shape),
    );
  const turned = transposeOf(a);
  return operation('sparseProduct', [x], [a.rows, d], {
    forward: ({ inputs: [data], out }) => sparseTimes(a, data, d, out),
    backward({ gradient, to: [toX] }) {
      if (toX) sparseTimes(turned, gradient, d, toX);
    },
  });
}

function transposeOf(a: SparseMatrix): SparseMatrix {
  const known = transposes.get(a);
  if (known) return known;
  requireSparse('sparseProduct', a);
  const turned = transposedSparse(a);
  transposes.set(a, turned);
  return turned;
}
