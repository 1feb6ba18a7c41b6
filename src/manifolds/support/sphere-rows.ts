import type { Floats } from '../../core/matrix.ts';
import { SUMS } from '../../engine/kernels/sphere-momentum/contract.ts';
import { flowRow, pushRow } from '../../engine/kernels/sphere-momentum/reference.ts';
import type { RowMaps } from '../contract.ts';

/** Values below which an engine has nothing to gain; the bytes are the same either way. */
const WORTH_AN_ENGINE = 2 ** 14;

/** x, v ← the geodesic flow of (x, v) for `time`. */
export function flowOnSphere(x: Floats, v: Floats, time: number): void {
  flowRow(x, v, 0, x.length, time);
}

export const sphereRows: RowMaps = {
  push(engine, points, gradient, momentum, keep, weight) {
    const { rows: n, cols: d } = points;
    if (n * d >= WORTH_AN_ENGINE)
      return engine.sphereMomentumInPlace(points, gradient, momentum, keep, weight);
    const [x, g, m] = [points.data, gradient.data, momentum.data];
    const sums = new Float64Array(SUMS * n);
    for (let i = 0; i < n; i++) pushRow(x, g, m, i * d, d, keep[i], weight, sums, SUMS * i);
    return sums;
  },
  flow(engine, points, velocities, times, pushed) {
    const { rows: n, cols: d } = points;
    if (n * d >= WORTH_AN_ENGINE)
      return engine.sphereFlowInPlace(points, velocities, times, pushed);
    const [x, v] = [points.data, velocities.data];
    let moved = false;
    for (let i = 0; i < n; i++)
      moved = flowRow(x, v, i * d, d, times[i], pushed, SUMS * i + 1) || moved;
    return moved;
  },
};
