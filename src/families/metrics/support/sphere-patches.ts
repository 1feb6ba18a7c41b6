import { cos, exp, log, sin } from '../../../core/numeric.ts';
import type { Random } from '../../../core/random.ts';
import { pairAngleQuantile } from '../../../structures/uniform/angles.ts';
import { innerProducts } from './inner-products.ts';

/** Nodes between which ln θ is taken to be linear in ln u. */
const NODES = 160;

/**
 * Draws patches of the uniform law: a point of the sphere of dimension m and its k nearest among n − 1
 * others, as the chords between them; (k + 1) × (k + 1), the point at place 0.
 *
 * Exactly, without drawing n points: the k smallest of n − 1 uniform shares of the sphere are caps whose
 * radii follow, and the directions in which the neighbours lie are uniform.
 */
export function spherePatches(n: number, k: number, m: number): (random: Random) => Float64Array {
  const radius = capRadius(m, n, k);
  const size = k + 1;
  const distances = new Float64Array(size * size);
  const width = Math.min(k, m);
  const directions = new Float64Array(k * width);
  const products = new Float64Array(k * k);
  const [cosines, sines] = [new Float64Array(k), new Float64Array(k)];
  return (random) => {
    let share = 0;
    for (let i = 0; i < k; i++) {
      // The least of the n − 1 − i shares that are left.
      share += (1 - share) * (1 - exp(log(1 - random.uniform()) / (n - 1 - i)));
      const theta = radius(share);
      cosines[i] = cos(theta);
      sines[i] = sin(theta);
      distances[i + 1] = 2 * sin(theta / 2);
      distances[(i + 1) * size] = distances[i + 1];
      drawDirection(directions.subarray(i * width, (i + 1) * width), i, m, random);
    }
    innerProducts(directions, k, width, products, m > width);
    for (let i = 0; i < k; i++) {
      for (let j = i + 1; j < k; j++) {
        const along = products[i * k + j];
        const cosine = cosines[i] * cosines[j] + sines[i] * sines[j] * along;
        const chord = Math.sqrt(Math.max(0, 2 - 2 * cosine));
        distances[(i + 1) * size + j + 1] = chord;
        distances[(j + 1) * size + i + 1] = chord;
      }
    }
    return distances;
  };
}

/**
 * The i-th of k uniform directions in m dimensions. Where m > k, in axes turned so that it has a part along the
 * first i + 1 of them only, the last of which has the length of m − i normal numbers (Bartlett).
 */
function drawDirection(out: Float64Array, i: number, m: number, random: Random): void {
  const last = m > out.length ? i : out.length;
  let squares = 0;
  for (let c = 0; c < last; c++) {
    out[c] = random.normal();
    squares += out[c] * out[c];
  }
  if (last === i && last < out.length) {
    const rest = chiSquared(m - i, random);
    out[i] = Math.sqrt(rest);
    squares += rest;
  }
  const scale = 1 / Math.sqrt(squares);
  for (let c = 0; c < out.length; c++) out[c] *= scale;
}

/** Above, the cube of a normal number is as good (Wilson and Hilferty). */
const MANY = 40;

/** The sum of the squares of so many normal numbers. */
export function chiSquared(freedom: number, random: Random): number {
  if (freedom > MANY) {
    const part = 2 / (9 * freedom);
    return freedom * (1 - part + Math.sqrt(part) * random.normal()) ** 3;
  }
  let sum = 0;
  for (let c = 0; c < freedom; c++) sum += random.normal() ** 2;
  return sum;
}

/** u ↦ the angle within which the share u of the sphere of dimension m is, for the shares that k of n − 1 reach. */
function capRadius(m: number, n: number, k: number): (share: number) => number {
  const top = Math.min(1 - 1e-9, (k + 9 * Math.sqrt(k) + 30) / n);
  const [first, last] = [log(1e-6 / n), log(top)];
  const step = (last - first) / NODES;
  const logs = Float64Array.from({ length: NODES + 1 }, (_, i) =>
    log(pairAngleQuantile(exp(first + i * step), m + 1)),
  );
  return (share) => {
    const at = Math.min(NODES - 1e-9, Math.max(0, (log(share) - first) / step));
    const i = Math.floor(at);
    return exp(logs[i] + (at - i) * (logs[i + 1] - logs[i]));
  };
}
