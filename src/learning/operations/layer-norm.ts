import { ShapeError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import { operation, rowsOf, shapeInWords, type Tensor } from '../tape/tensor.ts';

/**
 * Each row to mean 0 and variance 1, then scaled and shifted: x … × d, gain γ and bias β of d numbers each
 * (Ba, Kiros and Hinton, 2016).
 *
 *     y = γ·x̂ + β,   x̂ = (x − mean(x))/√(var(x) + ε)
 *     ∂L/∂x = (h − mean(h) − x̂·mean(h·x̂))/√(var(x) + ε),   h = γ·g
 *
 * @param epsilon ε
 */
export function layerNorm(x: Tensor, gain: Tensor, bias: Tensor, { epsilon = 1e-5 } = {}): Tensor {
  const [n, d] = rowsOf(x.shape);
  requireChannels('layerNorm', x, gain, bias);
  let normalized: Floats = new Float32Array(0);
  const inverseDeviations = new Float64Array(n);
  return operation('layerNorm', [x, gain, bias], x.shape, {
    forward({ inputs: [a, scale, shift], out, room }) {
      normalized = room(n * d);
      for (let i = 0; i < n; i++) {
        const inverse = standardizeRow(a, normalized, i * d, d, epsilon);
        inverseDeviations[i] = inverse;
        for (let c = 0, e = i * d; c < d; c++, e++) out[e] = scale[c] * normalized[e] + shift[c];
      }
    },
    backward({ inputs: [, scale], gradient, to: [toX, toGain, toBias] }) {
      if (toGain || toBias) gradientOfAffine(normalized, gradient, toGain, toBias);
      if (!toX) return;
      for (let i = 0; i < n; i++) {
        let mean = 0;
        let along = 0;
        for (let c = 0, e = i * d; c < d; c++, e++) {
          const h = scale[c] * gradient[e];
          mean += h;
          along += h * normalized[e];
        }
        mean /= d;
        along /= d;
        const inverse = inverseDeviations[i];
        for (let c = 0, e = i * d; c < d; c++, e++)
          toX[e] = (scale[c] * gradient[e] - mean - normalized[e] * along) * inverse;
      }
    },
  });
}

/** The d numbers from `start` to mean 0 and variance 1, into `to`; returns 1/√(variance + ε). */
function standardizeRow(a: Floats, to: Floats, start: number, d: number, epsilon: number): number {
  let mean = 0;
  for (let e = start; e < start + d; e++) mean += a[e];
  mean /= d;
  let variance = 0;
  for (let e = start; e < start + d; e++) variance += (a[e] - mean) ** 2;
  const inverse = 1 / Math.sqrt(variance / d + epsilon);
  for (let e = start; e < start + d; e++) to[e] = (a[e] - mean) * inverse;
  return inverse;
}

/** ∂L/∂γ = Σ rows of g·x̂ and ∂L/∂β = Σ rows of g, for y = γ·x̂ + β. */
export function gradientOfAffine(
  normalized: Floats,
  gradient: Floats,
  toGain: Floats | null,
  toBias: Floats | null,
): void {
  const d = (toGain ?? toBias)?.length ?? 0;
  const gains = new Float64Array(d);
  const biases = new Float64Array(d);
  for (let start = 0; start < gradient.length; start += d) {
    for (let c = 0; c < d; c++) {
      gains[c] += gradient[start + c] * normalized[start + c];
      biases[c] += gradient[start + c];
    }
  }
  toGain?.set(gains);
  toBias?.set(biases);
}

export function requireChannels(name: string, x: Tensor, gain: Tensor, bias: Tensor): void {
  const [, d] = rowsOf(x.shape);
  for (const [what, { shape }] of [
    ['gain', gain],
    ['bias', bias],
  ] as const) {
    if (shape.length !== 1 || shape[0] !== d)
      throw new ShapeError(name, `a ${what} of ${d} numbers`, shapeInWords(shape));
  }
}
