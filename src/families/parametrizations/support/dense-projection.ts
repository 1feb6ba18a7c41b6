import type { Random } from '../../../core/random.ts';
import type { Projection } from './projection.ts';

const ROWS_TOGETHER = 64;

/** Numbers of P that are kept, 64 MiB; of a larger P all are drawn again at each use. */
const MOST_KEPT = 2 ** 23;

/** Normal columns, each of length 1. Rows are drawn by 64 from streams of their own. */
export function denseProjection(
  random: Random,
  rows: number,
  cols: number,
  mostKept = MOST_KEPT,
): Projection {
  const room = new Float64Array(ROWS_TOGETHER * cols);
  const drawn = (from: number, place: Float64Array) => {
    const block = place.subarray(0, Math.min(ROWS_TOGETHER, rows - from) * cols);
    random.fork(from).normals(block);
    return block;
  };
  const starts = Array.from(
    { length: Math.ceil(rows / ROWS_TOGETHER) },
    (_, b) => b * ROWS_TOGETHER,
  );
  const kept =
    rows * cols > mostKept
      ? undefined
      : starts.map((from) => drawn(from, new Float64Array(ROWS_TOGETHER * cols)));
  const blockAt = (b: number) => kept?.[b] ?? drawn(starts[b], room);

  const inverse = new Float64Array(cols);
  starts.forEach((_, b) => {
    const block = blockAt(b);
    for (let e = 0; e < block.length; e++) inverse[e % cols] += block[e] ** 2;
  });
  for (let j = 0; j < cols; j++) inverse[j] = 1 / Math.sqrt(inverse[j]);

  const scaled = new Float64Array(cols);
  return {
    rows,
    cols,
    times(v, out) {
      for (let j = 0; j < cols; j++) scaled[j] = v[j] * inverse[j];
      starts.forEach((from, b) => {
        const block = blockAt(b);
        for (let i = 0, at = 0; at < block.length; i++) {
          let sum = 0;
          for (let j = 0; j < cols; j++) sum += block[at++] * scaled[j];
          out[from + i] = sum;
        }
      });
    },
    transposedTimes(g, out) {
      scaled.fill(0);
      starts.forEach((from, b) => {
        const block = blockAt(b);
        for (let i = 0, at = 0; at < block.length; i++) {
          const factor = g[from + i];
          for (let j = 0; j < cols; j++) scaled[j] += block[at++] * factor;
        }
      });
      for (let j = 0; j < cols; j++) out[j] = scaled[j] * inverse[j];
    },
  };
}
