import type { Floats } from '../../core/matrix.ts';
import type { Gradient } from '../tape/evaluate.ts';

/** The Euclidean norm of all gradients together; not finite where a number is not. */
export function gradientNorm(gradients: Iterable<Gradient>): number {
  let sum = 0;
  for (const { data } of gradients) sum += sumOfSquares(data);
  return Math.sqrt(sum);
}

/** Shortens all gradients together to the norm `most`, where they are longer: g ← g·most/‖g‖. */
export function clipInPlace(gradients: Iterable<Gradient>, norm: number, most: number): void {
  if (!(norm > most)) return;
  const factor = most / norm;
  for (const { data } of gradients) {
    for (let e = 0; e < data.length; e++) data[e] *= factor;
  }
}

/** In four sums: one would wait for itself. */
function sumOfSquares(data: Floats): number {
  const whole = data.length - (data.length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let e = 0; e < whole; e += 4) {
    a += data[e] * data[e];
    b += data[e + 1] * data[e + 1];
    c += data[e + 2] * data[e + 2];
    d += data[e + 3] * data[e + 3];
  }
  for (let e = whole; e < data.length; e++) a += data[e] * data[e];
  return a + b + (c + d);
}
