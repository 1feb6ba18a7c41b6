import { type Matrix, matrix, rows } from '../../../../core/matrix.ts';
import type { Run } from '../../../../core/run.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { dot } from '../../../../numerics/rows/dot.ts';
import type { Directions } from '../../../../structures/directions/index.ts';

/** Rows whose draws are held at a time. */
const BLOCK = 16_384;

/**
 * Half of the width between which 95 of 100 draws put each row on a direction; undefined where there are no draws. Of a draw b
 * only what it differs by counts, ⟨b − basis, x − origin⟩: that is small, so that its product in float32 is right to
 * 1e-6 of the width.
 */
export async function projectionBand(
  { basis, draws, origin }: Pick<Directions, 'basis' | 'draws' | 'origin'>,
  points: Matrix<Float32Array>,
  { engine, run }: { readonly engine: Engine; readonly run: Run },
): Promise<Float64Array | undefined> {
  const { rows: b, cols: d } = draws;
  if (b === 0) return undefined;
  const from = Math.round(0.025 * (b - 1));
  const changes = draws.data.map((value, at) => value - basis.data[at % d]);
  const bias = Float32Array.from(
    { length: b },
    (_, t) => -dot(changes.subarray(t * d, (t + 1) * d), origin),
  );
  const factor = matrix(Float32Array.from(changes), b, d);
  const halves = new Float64Array(points.rows);
  for (let first = 0; first < points.rows; first += BLOCK) {
    const block = rows(points, first, Math.min(points.rows, first + BLOCK));
    const { data } = await engine.matmul(block, factor, { transposeB: true, bias });
    for (let i = 0; i < block.rows; i++)
      halves[first + i] = spreadOf(data, i * b, (i + 1) * b, from) / 2;
    await run.tick({ stage: 'bands', done: Math.min(1, (first + BLOCK) / points.rows) });
  }
  return halves;
}

/** The distance of the value at a place from the least and that as far from the greatest, places from 0 and few. */
function spreadOf(values: ArrayLike<number>, from: number, end: number, place: number): number {
  const low = new Float64Array(place + 1).fill(Infinity);
  const high = new Float64Array(place + 1).fill(-Infinity);
  for (let at = from; at < end; at++) {
    const value = values[at];
    if (value < low[place]) settle(low, value, 1);
    if (value > high[place]) settle(high, value, -1);
  }
  // Of a row with a hole none is found.
  return high[place] >= low[place] ? high[place] - low[place] : Number.NaN;
}

/** Puts a value among the sorted outermost, whose last falls out; `sign` −1 of the greatest. */
function settle(outermost: Float64Array, value: number, sign: number): void {
  let at = outermost.length - 1;
  for (; at > 0 && sign * outermost[at - 1] > sign * value; at--) outermost[at] = outermost[at - 1];
  outermost[at] = value;
}
