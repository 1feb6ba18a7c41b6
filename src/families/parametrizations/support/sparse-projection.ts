import type { Random } from '../../../core/random.ts';
import type { Projection } from './projection.ts';

/** Columns of √D numbers, ±1/√(√D) at places drawn without repetition: of length 1, a share 1/√D of the places in all. */
export function sparseProjection(random: Random, rows: number, cols: number): Projection {
  const each = Math.round(Math.sqrt(rows));
  const places = new Int32Array(cols * each);
  const values = new Float64Array(cols * each);
  for (let j = 0; j < cols; j++) {
    const stream = random.fork(j);
    places.set(stream.sample(rows, each), j * each);
    for (let e = j * each; e < (j + 1) * each; e++)
      values[e] = (stream.uint32() & 1 ? 1 : -1) / Math.sqrt(each);
  }
  const sums = new Float64Array(rows);
  return {
    rows,
    cols,
    times(v, out) {
      sums.fill(0);
      for (let e = 0; e < places.length; e++)
        sums[places[e]] += values[e] * v[Math.floor(e / each)];
      out.set(sums);
    },
    transposedTimes(g, out) {
      for (let j = 0; j < cols; j++) {
        let sum = 0;
        for (let e = j * each; e < (j + 1) * each; e++) sum += values[e] * g[places[e]];
        out[j] = sum;
      }
    },
  };
}
