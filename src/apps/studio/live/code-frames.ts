import { type Matrix, matrix, toFloat32 } from '../../../core/matrix.ts';
import { angleOfChord, DEGREES } from '../../../core/numeric.ts';
import type { MaybePromise } from '../../../engine/engine.ts';
import { squaredDistance } from '../../../engine/kernels/squared-distance.ts';
import { unitOrZeroRows } from '../../../numerics/rows/unit-rows.ts';
import type { Answer } from '../contract.ts';
import { FrameGate } from './frame-gate.ts';
import { spreadLaws } from './spread.ts';

/** A picture more often than that is not seen. */
const APART_MS = 30;

/** Pictures of a search for one listener, each when the one before has arrived. */
export function codeFrames(
  { count: n, dim: d }: { readonly count: number; readonly dim: number },
  send: (frame: Answer) => MaybePromise<void>,
) {
  const { boundDeg, boundName, bestKnownDeg } = spreadLaws(n, d);
  const about =
    d <= 3 ? 'the points as they are' : 'the first three coordinates, scaled to the sphere';
  const gate = new FrameGate(send, APART_MS);
  let bestDeg = 0;
  let best: Float64Array | undefined;
  const frameOf = (points: Float64Array): Answer => {
    const minAngleDeg = smallestDeg(points, d);
    if (minAngleDeg > bestDeg) {
      bestDeg = minAngleDeg;
      best = points.slice();
    }
    const shown = shownCode(matrix(points, n, d));
    return {
      facts: { minAngleDeg, bestDeg, bestKnownDeg, boundDeg, boundName, about },
      arrays: { points: { data: shown.data, shape: [n, shown.cols] } },
    };
  };
  return {
    /** Of what was shown so far, the points that are farthest apart. */
    best: () => best,
    offer(points: Float64Array): void {
      gate.offer(() => frameOf(points));
    },
    async end(points: Float64Array): Promise<void> {
      await gate.ended();
      await send(frameOf(points));
    },
  };
}

/** Two or three columns of points, to be seen. */
export function shownCode(points: Matrix): Matrix<Float32Array> {
  const { data, rows: n, cols: d } = points;
  if (d <= 3) return toFloat32(points);
  const first = Float64Array.from(
    { length: 3 * n },
    (_, e) => data[Math.floor(e / 3) * d + (e % 3)],
  );
  return toFloat32(unitOrZeroRows(matrix(first, n, 3)).points);
}

/** The smallest angle of all pairs. */
function smallestDeg(x: Float64Array, d: number): number {
  let least = Infinity;
  for (let i = d; i < x.length; i += d)
    for (let j = 0; j < i; j += d) least = Math.min(least, squaredDistance(x, i, x, j, d));
  return angleOfChord(Math.min(2, Math.sqrt(least))) * DEGREES;
}
