import { ShapeError } from '../../core/errors.ts';
import { operation, rowsOf, type Tensor } from '../tape/tensor.ts';
import { requireIds } from './rows-by-id.ts';

/**
 * The mean of the rows of each segment: x … × d, row i in segment sᵢ of 0 … `count` − 1; y count × d. A segment
 * without rows becomes zeros.
 *
 *     y_s = 1/n_s Σ over i with sᵢ = s of xᵢ,   ∂L/∂xᵢ = g_sᵢ/n_sᵢ
 */
export function segmentMean(x: Tensor, segments: ArrayLike<number>, count: number): Tensor {
  const [n, d] = rowsOf(x.shape);
  if (segments.length !== n)
    throw new ShapeError('segmentMean', `${n} segments, one a row`, `${segments.length}`);
  requireIds('segmentMean', segments, count, 'segment');
  const sizes = new Float64Array(count);
  for (let i = 0; i < n; i++) sizes[segments[i]]++;
  return operation('segmentMean', [x], [count, d], {
    forward({ inputs: [a], out }) {
      const sums = new Float64Array(count * d);
      for (let i = 0; i < n; i++) {
        const at = segments[i] * d;
        for (let c = 0; c < d; c++) sums[at + c] += a[i * d + c];
      }
      for (let s = 0; s < count; s++) {
        const size = Math.max(1, sizes[s]);
        for (let e = s * d; e < (s + 1) * d; e++) out[e] = sums[e] / size;
      }
    },
    backward({ gradient, to: [toX] }) {
      if (!toX) return;
      for (let i = 0; i < n; i++) {
        const [at, size] = [segments[i] * d, sizes[segments[i]]];
        for (let c = 0; c < d; c++) toX[i * d + c] = gradient[at + c] / size;
      }
    },
  });
}
