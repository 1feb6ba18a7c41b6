import { type Floats, type Matrix, zeros64 } from '../../core/matrix.ts';
import { transposed } from '../../core/transposed.ts';
import type { Engine } from '../../engine/engine.ts';
import { operation, rowsOf, type Tensor } from '../tape/tensor.ts';
import { product } from './matmul.ts';
import { weightedProjections } from './symmetric.ts';

/** Relative to the largest: the root of a smaller eigenvalue is rounding, and has no direction. */
const LEAST_SINGULAR_VALUE = 1e-7;

/**
 * The min(n, d) singular values of the rows of x, largest first, as roots of the eigenvalues of the smaller of XᵀX
 * and XXᵀ in float64: … × d → min(n, d).
 *
 *     X = Σ σ_k u_k v_kᵀ,   ∂L/∂X = Σ g_k u_k v_kᵀ = X·Σ (g_k/σ_k) v_k v_kᵀ
 *
 * Below 1e-7 of the largest, a singular value is 0 and passes no gradient. Where some are equal, only a loss in
 * which they count alike has a gradient, and gets the right one.
 */
export function singularValues(x: Tensor): Tensor {
  const [n, d] = rowsOf(x.shape);
  const k = Math.min(n, d);
  let vectors = zeros64(0, 0);
  return operation('singularValues', [x], [k], {
    async forward({ engine, inputs: [data], out }) {
      const found = await spectrumOf(engine, { data, rows: n, cols: d });
      vectors = found.vectors;
      out.set(found.values);
    },
    backward({ engine, inputs: [a], out, gradient, to: [toX], room }) {
      if (!toX) return;
      const weights = Float64Array.from(out, (sigma, i) => (sigma > 0 ? gradient[i] / sigma : 0));
      const projections = room(k * k);
      projections.set(weightedProjections(vectors, weights).data);
      const [whole, square] = [[a, n, d] as const, [projections, k, k] as const];
      return n < d
        ? product(engine, square, whole, [toX, n, d])
        : product(engine, whole, square, [toX, n, d]);
    },
  });
}

async function spectrumOf(
  engine: Engine,
  x: Matrix<Floats>,
): Promise<{ readonly values: Float64Array; readonly vectors: Matrix<Float64Array> }> {
  const squares = await engine.gram(x.rows < x.cols ? transposed(x) : x);
  const { values, vectors } = await engine.linalg.eigh(squares);
  const least = values[0] * LEAST_SINGULAR_VALUE ** 2;
  return { values: values.map((value) => (value > least ? Math.sqrt(value) : 0)), vectors };
}
