import type { Floats } from '../../core/matrix.ts';
import { normalTail } from '../../numerics/laws/normal.ts';
import type { Tensor } from '../tape/tensor.ts';
import { activation } from './activation.ts';
import { elementwise } from './elementwise.ts';

/**
 * x·Φ(x), Φ the distribution of a standard normal: max(x, 0) with a soft corner (Hendrycks and Gimpel, 2016).
 * By default their approximation, off by at most 5e-4 and several times faster:
 *
 *     y = ½x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))
 *
 * @param exact whether Φ itself is computed
 */
export function gelu(x: Tensor, { exact = false } = {}): Tensor {
  return exact ? elementwise('gelu', x, exactValue, exactSlope) : activation('gelu', x);
}

function exactValue(a: Floats, y: Floats): void {
  for (let e = 0; e < y.length; e++) y[e] = a[e] * normalTail(-a[e]);
}

function exactSlope(a: Floats, _: Floats, gradient: Floats, to: Floats): void {
  for (let e = 0; e < to.length; e++) {
    const x = a[e];
    const density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    to[e] = gradient[e] * (normalTail(-x) + x * density);
  }
}
