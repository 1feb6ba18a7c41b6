import { fourSumDot } from '../../../numerics/rows/dot.ts';
import { WasmOverlap } from './wasm-overlap.ts';

/** From so many multiplications on the WebAssembly kernel looks at the pairs. */
const MANY = 2e8;

/** Cosines that differ by less than this are one cosine. */
const SAME_COSINE = 1e-11;

/** How far apart the rows of a code are. */
export interface Separation {
  /** Smallest chord; for lines, of y and −y to the nearer. */
  readonly chord: number;
  /** Pairs at the largest cosine, up to rounding. */
  readonly contacts: number;
}

/** The smallest chord among n × d unit rows, in float64, and how many pairs have it. */
export async function separationOf(x: Float64Array, d: number, lines = false): Promise<Separation> {
  const n = x.length / d;
  if (n * n * d < MANY) {
    const chord = minChord(x, d, lines);
    return { chord, contacts: contactsOf(x, d, 1 - chord ** 2 / 2, lines) };
  }
  const kernel = await WasmOverlap.create({ n, d, frozen: 0, lines });
  const cosine = kernel.largestCosine(x);
  const contacts = kernel.count(x, cosine - SAME_COSINE);
  return { chord: Math.sqrt(2 - 2 * cosine), contacts };
}

/** The smallest chord, from differences, which are exact near 0 where cosines are not. */
export function minChord(x: Float64Array, d: number, lines = false): number {
  let largest = -2;
  let smallest = Infinity;
  for (let i = d; i < x.length; i += d) {
    for (let j = 0; j < i; j += d) {
      const product = fourSumDot(x, i, x, j, d);
      const cosine = lines ? Math.abs(product) : product;
      // Differences decide among the pairs whose products agree to rounding.
      if (cosine < largest - 1e-14) continue;
      if (cosine > largest) largest = cosine;
      const chord = chordBetween(x, i, j, d, lines && product < 0 ? -1 : 1);
      if (chord < smallest) smallest = chord;
    }
  }
  return smallest;
}

function contactsOf(x: Float64Array, d: number, cosine: number, lines: boolean): number {
  let count = 0;
  for (let i = d; i < x.length; i += d) {
    for (let j = 0; j < i; j += d) {
      const product = fourSumDot(x, i, x, j, d);
      if ((lines ? Math.abs(product) : product) > cosine - SAME_COSINE) count += 1;
    }
  }
  return count;
}

function chordBetween(x: Float64Array, i: number, j: number, d: number, sign: number): number {
  let squared = 0;
  for (let k = 0; k < d; k++) {
    const difference = x[i + k] - sign * x[j + k];
    squared += difference * difference;
  }
  return Math.sqrt(squared);
}
