import type { Floats } from '../../core/matrix.ts';
import { normalTail } from '../../numerics/laws/normal.ts';
import type { Tensor } from '../tape/tensor.ts';
import { elementwise } from './elementwise.ts';

const ROOT_TWO_OVER_PI = Math.sqrt(2 / Math.PI);
const CUBIC = 0.044715;

/**
 * x·Φ(x), Φ the distribution of a standard normal: max(x, 0) with a soft corner (Hendrycks and Gimpel, 2016).
 * By default their approximation, off by at most 5e-4 and several times faster:
 *
 *     y = ½x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))
 *
 * @param exact whether Φ itself is computed
 */
export function gelu(x: Tensor, { exact = false } = {}): Tensor {
  return exact
    ? elementwise('gelu', x, exactValue, exactSlope)
    : elementwise('gelu', x, tanhValue, tanhSlope);
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

function tanhValue(a: Floats, y: Floats): void {
  for (let e = 0; e < y.length; e++) {
    const x = a[e];
    y[e] = 0.5 * x * (1 + Math.tanh(ROOT_TWO_OVER_PI * x * (1 + CUBIC * x * x)));
  }
}

function tanhSlope(a: Floats, _: Floats, gradient: Floats, to: Floats): void {
  for (let e = 0; e < to.length; e++) {
    const x = a[e];
    const t = Math.tanh(ROOT_TWO_OVER_PI * x * (1 + CUBIC * x * x));
    const inner = ROOT_TWO_OVER_PI * (1 + 3 * CUBIC * x * x);
    to[e] = gradient[e] * 0.5 * (1 + t + x * (1 - t * t) * inner);
  }
}
