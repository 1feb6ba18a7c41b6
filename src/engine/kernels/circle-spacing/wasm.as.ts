import { sort_row } from '../sort-rows/wasm.as';

@unmanaged
class Job {
  /** n × 2L. */
  projections: usize;
  /** L doubles. */
  sums: usize;
  n: i32;
  circles: i32;
  inverseCap: f64;
}

/**
 * Task t: circle t; the bytes of reference.ts. Scratch: n angles, n places, n ranks, and what sorting
 * needs.
 */
export function circle_spacing(address: usize, task: i32, scratch: usize): void {
  const job = changetype<Job>(address);
  const n = job.n;
  const stride = <usize>job.circles << 3;
  const columns = job.projections + (<usize>task << 3);
  const angles = scratch;
  const order = angles + (<usize>n << 2);
  const ranks = order + (<usize>n << 2);
  let mean: f64 = 0;
  for (let i = 0; i < n; i++) {
    const at = columns + <usize>i * stride;
    const angle = <f32>atan2(<f64>load<f32>(at, 4), <f64>load<f32>(at));
    store<f32>(angles + (<usize>i << 2), angle);
    mean += <f64>angle;
  }
  mean /= <f64>n;
  sort_row(angles, n, order, ranks + (<usize>n << 2));
  for (let rank = 0; rank < n; rank++) {
    store<i32>(ranks + (<usize>load<i32>(order + (<usize>rank << 2)) << 2), rank);
  }
  store<f64>(job.sums + (<usize>task << 3), forces(job, columns, stride, angles, ranks, mean));
}

/** Overwrites the circle's columns; returns the sum of squares. */
function forces(job: Job, columns: usize, stride: usize, angles: usize, ranks: usize, mean: f64): f64 {
  const n = job.n;
  const scale = 2 / (<f64>n * <f64>(2 * job.circles));
  let sum: f64 = 0;
  for (let i = 0; i < n; i++) {
    const rank = load<i32>(ranks + (<usize>i << 2));
    const phase = (<f64>(2 * rank + 1 - n) * Math.PI) / <f64>n;
    const residual = <f64>load<f32>(angles + (<usize>i << 2)) - mean - phase;
    sum += residual * residual;
    const at = columns + <usize>i * stride;
    const xp = <f64>load<f32>(at);
    const xq = <f64>load<f32>(at, 4);
    const inverse = 1 / Math.sqrt(xp * xp + xq * xq);
    const capped = inverse < job.inverseCap ? inverse : job.inverseCap;
    const force = inverse == Infinity ? 0 : scale * residual * inverse * capped;
    store<f32>(at, <f32>(-force * xq));
    store<f32>(at, <f32>(force * xp), 4);
  }
  return sum;
}

/** arctan k/8: ATAN_EIGHTHS of core/numeric.ts. */
const EIGHTHS = memory.data<f64>([
  0.0, 0.12435499454676144, 0.24497866312686414, 0.35877067027057225, 0.4636476090008061,
  0.5585993153435624, 0.6435011087932844, 0.7188299996216245, 0.7853981633974483,
]);

/** atan2 of core/numeric.ts, to the bit, for components that come from float32. */
export function atan2(y: f64, x: f64): f64 {
  const ay = abs(y);
  const ax = abs(x);
  if (ax == 0 && ay == 0) return 0;
  let angle: f64;
  if (ax < Infinity && ay < Infinity) {
    angle = ay <= ax ? of_ratio(ay, ax) : Math.PI / 2 - of_ratio(ax, ay);
  } else {
    if (ax != ax || ay != ay) return NaN;
    angle = ax == ay ? Math.PI / 4 : ax == Infinity ? 0 : Math.PI / 2;
  }
  if (x < 0) angle = Math.PI - angle;
  return y < 0 ? -angle : angle;
}

/** arctan of y/x for 0 ≤ y ≤ x: the nearest eighth k, and the small angle that is left. */
// @ts-ignore: decorator
@inline
function of_ratio(y: f64, x: f64): f64 {
  const eighths = (8 * y) / x;
  const down = floor(eighths);
  const k = eighths - down >= 0.5 ? down + 1 : down;
  const t = (y - (k / 8) * x) / (x + (k / 8) * y);
  const z = t * t;
  let p: f64 = -1.0 / 15;
  p = p * z + 1.0 / 13;
  p = p * z - 1.0 / 11;
  p = p * z + 1.0 / 9;
  p = p * z - 1.0 / 7;
  p = p * z + 1.0 / 5;
  p = p * z - 1.0 / 3;
  return load<f64>(EIGHTHS + (<usize>k << 3)) + (t + t * z * p);
}
