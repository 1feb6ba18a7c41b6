import type { Floats } from '../../core/matrix.ts';
import { cos, sin } from '../../core/numeric.ts';
import { SUMS } from '../../engine/kernels/sphere-momentum/contract.ts';
import { mixRow, pushRow, sumRow } from '../../engine/kernels/sphere-momentum/reference.ts';
import type { RowMaps } from '../contract.ts';

/** Values below which an engine has nothing to gain; the bytes are the same either way. */
const WORTH_AN_ENGINE = 2 ** 14;

const scratch = /* @__PURE__ */ new Float64Array(8);

/** x, v ← the geodesic flow of (x, v) for `time`. */
export function flowOnSphere(x: Floats, v: Floats, time: number): void {
  sumRow(x, v, 0, x.length, scratch, 1);
  setFlow(scratch, 0, time, scratch, 4);
  mixRow(x, v, 0, x.length, scratch, 4);
}

/**
 * The coefficients p, q, r, s of x ← px + qv, v ← rv + sx for the flow of one row: x cos a + v̂ sin a,
 * divided by its length, and v cos a − x‖v‖ sin a, with a = time·‖v‖. From ‖x‖², ⟨x,v⟩ and ‖v‖² in
 * entries 1 to 3 of the row's sums.
 */
function setFlow(
  sums: Float64Array,
  from: number,
  time: number,
  coefficients: Float64Array,
  to: number,
): void {
  const xx = sums[from + 1];
  const xv = sums[from + 2];
  const vv = sums[from + 3];
  const speed = Math.sqrt(vv);
  const cosine = cos(time * speed);
  const sine = sin(time * speed);
  const along = speed === 0 ? time : sine / speed;
  const length = Math.sqrt(cosine * cosine * xx + 2 * cosine * along * xv + along * along * vv);
  coefficients[to] = cosine / length;
  coefficients[to + 1] = along / length;
  coefficients[to + 2] = cosine;
  coefficients[to + 3] = -sine * speed;
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
    const [x, v] = [points.data, velocities.data];
    const coefficients = new Float64Array(4 * n);
    for (let i = 0; i < n; i++) {
      if (times[i] === 0) {
        coefficients[4 * i] = 1;
        coefficients[4 * i + 2] = 1;
        continue;
      }
      if (pushed === undefined) sumRow(x, v, i * d, d, scratch, 1);
      setFlow(
        pushed ?? scratch,
        pushed === undefined ? 0 : SUMS * i,
        times[i],
        coefficients,
        4 * i,
      );
    }
    if (n * d >= WORTH_AN_ENGINE) return engine.rowMixInPlace(points, velocities, coefficients);
    for (let i = 0; i < n; i++) mixRow(x, v, i * d, d, coefficients, 4 * i);
  },
};
