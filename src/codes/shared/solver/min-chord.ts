import { dotRows } from './pair-list.ts';

/**
 * The smallest chord between rows of n × d unit points, from differences in float64; for lines, of y
 * and −y the nearer.
 */
export function minChord(x: Float64Array, d: number, lines = false): number {
  let largest = -2;
  let smallest = Infinity;
  for (let i = d; i < x.length; i += d) {
    for (let j = 0; j < i; j += d) {
      const product = dotRows(x, i, j, d);
      const cosine = lines ? Math.abs(product) : product;
      // Differences decide among the pairs whose products agree to rounding.
      if (cosine < largest - 1e-14) continue;
      if (cosine > largest) largest = cosine;
      const chord = chordOf(x, i, j, d, lines && product < 0 ? -1 : 1);
      if (chord < smallest) smallest = chord;
    }
  }
  return smallest;
}

function chordOf(x: Float64Array, i: number, j: number, d: number, sign: number): number {
  let squared = 0;
  for (let k = 0; k < d; k++) {
    const difference = x[i + k] - sign * x[j + k];
    squared += difference * difference;
  }
  return Math.sqrt(squared);
}
