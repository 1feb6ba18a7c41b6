import { ShapeError } from '../../../core/errors.ts';
import { operation, type Tensor } from '../../../learning/index.ts';

/**
 * A product of matrices for each row: row i of a is A_i, p × q, row i of b is B_i, q × r, row i of the result A_i·B_i,
 * p × r; all row by row.
 *
 *     ∂L/∂A_i = G_i·B_iᵀ,   ∂L/∂B_i = A_iᵀ·G_i
 */
export function rowProducts(
  a: Tensor,
  b: Tensor,
  [p, q, r]: readonly [number, number, number],
): Tensor {
  const [n] = a.shape;
  requireShape(a, n, p * q);
  requireShape(b, n, q * r);
  return operation('rowProducts', [a, b], [n, p * r], {
    forward({ inputs: [x, y], out }) {
      out.fill(0);
      for (let i = 0; i < n; i++)
        for (let s = 0; s < p; s++)
          for (let t = 0; t < q; t++) {
            const left = x[(i * p + s) * q + t];
            const [from, to] = [(i * q + t) * r, (i * p + s) * r];
            for (let u = 0; u < r; u++) out[to + u] += left * y[from + u];
          }
    },
    backward({ inputs: [x, y], gradient: g, to: [toA, toB] }) {
      toB?.fill(0);
      for (let i = 0; i < n; i++)
        for (let s = 0; s < p; s++)
          for (let t = 0; t < q; t++) {
            const own = (i * p + s) * q + t;
            const [from, at] = [(i * q + t) * r, (i * p + s) * r];
            if (toA) {
              let sum = 0;
              for (let u = 0; u < r; u++) sum += g[at + u] * y[from + u];
              toA[own] = sum;
            }
            if (toB) for (let u = 0; u < r; u++) toB[from + u] += x[own] * g[at + u];
          }
    },
  });
}

function requireShape({ shape }: Tensor, n: number, cols: number): void {
  if (shape.length === 2 && shape[0] === n && shape[1] === cols) return;
  throw new ShapeError('rowProducts', `${n} × ${cols}`, shape.join(' × '));
}
