import type { Random } from '../../../core/random.ts';
import { hadamardInPlace } from '../../../numerics/fourier/hadamard.ts';
import type { Projection } from './projection.ts';

/**
 * The first D rows and d columns of H·G·Π·H·B over L places, L the power of two from D on: B random signs, Π a permutation,
 * G normal, H the orthogonal Hadamard matrix; columns of length 1 on average. Memory O(L), time O(L·log L).
 *
 * Behind the d numbers stand zeros, so that the first H repeats one of the m places that they need, m a power of two: only
 * those are computed.
 */
export function fastfoodProjection(random: Random, rows: number, cols: number): Projection {
  const [length, few] = [powerOfTwoFrom(rows), powerOfTwoFrom(cols)];
  const signs = random.fork('signs');
  const flips = Float64Array.from({ length: cols }, () => (signs.uint32() & 1 ? 1 : -1));
  const places = random.fork('places').sample(length);
  const weights = new Float64Array(length);
  random.fork('weights').normals(weights);
  const squares = weights.reduce((sum, w) => sum + w * w, 0);
  // √(L/D) for the rows left out, √L/‖G‖ for G, √(m/L) for a Hadamard matrix of m places in the place of one of L.
  const factor = Math.sqrt((few * length) / (rows * squares));
  for (let i = 0; i < length; i++) weights[i] *= factor;

  const [short, long] = [new Float64Array(few), new Float64Array(length)];
  return {
    rows,
    cols,
    times(v, out) {
      short.fill(0);
      for (let j = 0; j < cols; j++) short[j] = flips[j] * v[j];
      hadamardInPlace(short, 0, few);
      for (let i = 0; i < length; i++) long[i] = weights[i] * short[places[i] & (few - 1)];
      hadamardInPlace(long, 0, length);
      out.set(long.subarray(0, rows));
    },
    transposedTimes(g, out) {
      long.fill(0);
      long.set(g);
      hadamardInPlace(long, 0, length);
      short.fill(0);
      for (let i = 0; i < length; i++) short[places[i] & (few - 1)] += weights[i] * long[i];
      hadamardInPlace(short, 0, few);
      for (let j = 0; j < cols; j++) out[j] = flips[j] * short[j];
    },
  };
}

function powerOfTwoFrom(n: number): number {
  let power = 1;
  while (power < n) power *= 2;
  return power;
}
