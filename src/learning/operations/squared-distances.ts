import { ShapeError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import { operation, rowsOf, shapeInWords, type Tensor } from '../tape/tensor.ts';

/** n·m of a batch: more pairs are the business of objectives, which go over tiles and store none. */
const MOST_PAIRS = 2 ** 24;

/**
 * ‖x_i − y_j‖² for every pair, by differences, so that near pairs keep their digits: x n × d, y m × d → n × m.
 *
 *     ∂L/∂x_i = 2 Σ_j g_ij (x_i − y_j),   ∂L/∂y_j = −2 Σ_i g_ij (x_i − y_j)
 *
 * For small batches: at most 16 777 216 pairs.
 *
 * @param y default: x
 */
export function squaredDistances(x: Tensor, y: Tensor = x): Tensor {
  const [n, d] = rowsOf(x.shape);
  const [m, width] = rowsOf(y.shape);
  if (width !== d)
    throw new ShapeError('squaredDistances', `rows of ${d} columns`, shapeInWords(y.shape));
  if (n * m > MOST_PAIRS)
    throw new ShapeError(
      'squaredDistances',
      `at most ${MOST_PAIRS} pairs, which are stored`,
      `${n} × ${m}`,
    );
  /** Within one set each pair is met once, the later row first. */
  const within = y === x;
  const endOf = (i: number) => (within ? i : m);
  return operation('squaredDistances', within ? [x] : [x, y], [n, m], {
    forward({ inputs: [a, b = a], out }) {
      if (within) out.fill(0);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < endOf(i); j++) {
          const square = squaredDistance(a, i * d, b, j * d, d);
          out[i * m + j] = square;
          if (within) out[j * m + i] = square;
        }
      }
    },
    backward({ inputs: [a, b = a], gradient, to: [toX, toY] }) {
      const onX = new Float64Array(n * d);
      const onY = within ? onX : new Float64Array(m * d);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < endOf(i); j++) {
          const weight = 2 * (gradient[i * m + j] + (within ? gradient[j * m + i] : 0));
          if (weight !== 0) pull(a, i * d, b, j * d, d, weight, onX, onY);
        }
      }
      toX?.set(onX);
      toY?.set(onY);
    },
  });
}

function squaredDistance(a: Floats, i: number, b: Floats, j: number, d: number): number {
  let sum = 0;
  for (let c = 0; c < d; c++) {
    const difference = a[i + c] - b[j + c];
    sum += difference * difference;
  }
  return sum;
}

function pull(
  a: Floats,
  i: number,
  b: Floats,
  j: number,
  d: number,
  weight: number,
  onX: Float64Array,
  onY: Float64Array,
): void {
  for (let c = 0; c < d; c++) {
    const force = weight * (a[i + c] - b[j + c]);
    onX[i + c] += force;
    onY[j + c] -= force;
  }
}
