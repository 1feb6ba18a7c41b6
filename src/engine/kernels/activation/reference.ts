import type { Floats } from '../../../core/matrix.ts';
import { type Activation, GELU_CUBIC, GELU_SCALE } from './contract.ts';

/** f(x) of the numbers start … end. */
export function activate(f: Activation, x: Floats, out: Floats, start: number, end: number): void {
  for (let e = start; e < end; e++) {
    const value = x[e];
    if (f === 'relu') out[e] = value <= 0 ? 0 : value;
    else out[e] = value * geluShare(value);
  }
}

/** g · f′(x) of the numbers start … end. */
export function activationGradient(
  f: Activation,
  x: Floats,
  gradient: Floats,
  out: Floats,
  start: number,
  end: number,
): void {
  for (let e = start; e < end; e++) {
    if (f === 'relu') out[e] = x[e] <= 0 ? 0 : gradient[e];
    else out[e] = gradient[e] * geluSlope(x[e]);
  }
}

function geluShare(x: number): number {
  return 1 / (1 + Math.exp(-2 * GELU_SCALE * x * (1 + GELU_CUBIC * x * x)));
}

function geluSlope(x: number): number {
  const share = geluShare(x);
  // At ±∞ the second term is 0 · ∞.
  const bend = share * (1 - share);
  return bend === 0 ? share : share + 2 * x * bend * GELU_SCALE * (1 + 3 * GELU_CUBIC * x * x);
}
