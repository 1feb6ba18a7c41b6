import { high, Job, low, mixed, store_pair } from './job.as';

/** Nodes of the table in an octave, as a power of 2; and the exponent of its first: ANGLES of …/cpu/painter.ts. */
// @ts-ignore: decorator
@inline
const STEP_BITS: i64 = 8;
// @ts-ignore: decorator
@inline
const LEAST: f64 = 1.3877787807814457e-17;

/**
 * Places on Mollweide's map: see src/view/projections/mollweide.ts. Sine and cosine of its angle come from a table over
 * 1 − |sin φ| with 256 nodes in an octave, between which they run straight: both grow like a root towards the pole, and
 * this way their error is a share of 5e-7. The longitude is right to 1e-9.
 */
export function place_mollweide(address: usize, from: i32, count: i32): void {
  const job = changetype<Job>(address);
  for (let k = 0; k < count; k += 4) {
    const at = (<usize>(from + k)) << 2;
    const to = (<usize>k) << 3;
    const x = v128.load(job.x + at);
    const y = v128.load(job.y + at);
    const z = v128.load(job.z + at);
    mollweide_pair(job, low(x), low(y), low(z), to);
    mollweide_pair(job, high(x), high(y), high(z), to + 16);
  }
}

// @ts-ignore: decorator
@inline
function mollweide_pair(job: Job, x: v128, y: v128, z: v128, to: usize): void {
  const right = mixed(f64x2.splat(job.a), x, f64x2.splat(job.b), y, f64x2.splat(job.c), z);
  const up = mixed(f64x2.splat(job.d), x, f64x2.splat(job.e), y, f64x2.splat(job.f), z);
  const front = mixed(f64x2.splat(job.g), x, f64x2.splat(job.h), y, f64x2.splat(job.j), z);
  const one = f64x2.splat(1);
  const height = f64x2.pmin(one, f64x2.abs(up));
  const across = f64x2.add(f64x2.mul(right, right), f64x2.mul(front, front));
  const isHigh = f64x2.gt(height, f64x2.splat(0.5));
  const far = v128.bitselect(f64x2.div(across, f64x2.add(one, height)), f64x2.sub(one, height), isHigh);
  const first = angle(job, f64x2.extract_lane(far, 0));
  const second = angle(job, f64x2.extract_lane(far, 1));
  const sines = v128.shuffle<i64>(first, second, 0, 2);
  const cosines = v128.shuffle<i64>(first, second, 1, 3);
  const sign = v128.and(up, f64x2.splat(-0.0));
  const u = f64x2.mul(f64x2.mul(f64x2.splat(0.9003163161571061), longitude(right, front)), sines);
  const v = v128.xor(f64x2.mul(f64x2.splat(Math.SQRT2), cosines), sign);
  store_pair(job, u, v, to);
}

/** Sine and cosine, from the two nodes around; a place that is no number stays none. */
// @ts-ignore: decorator
@inline
function angle(job: Job, far: f64): v128 {
  if (!(far <= 1)) return f64x2.splat(f64.NaN);
  const bits = reinterpret<i64>(max(far, LEAST));
  const node = (bits >> (52 - STEP_BITS)) - (reinterpret<i64>(LEAST) >> (52 - STEP_BITS));
  const rest = bits & ((<i64>1 << (52 - STEP_BITS)) - 1);
  const share = <f64>rest * (1 / <f64>(<i64>1 << (52 - STEP_BITS)));
  const at = job.angles + ((<usize>node) << 4);
  const from = v128.load(at);
  return f64x2.add(from, f64x2.mul(f64x2.sub(v128.load(at, 16), from), f64x2.splat(share)));
}

/** The angle of (x, y) from y towards x, in (−π, π], with x = y = 0 at 0. */
// @ts-ignore: decorator
@inline
function longitude(x: v128, y: v128): v128 {
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  const ax = f64x2.abs(x);
  const ay = f64x2.abs(y);
  const isSteep = f64x2.gt(ax, ay);
  const most = v128.bitselect(ax, ay, isSteep);
  const ratio = f64x2.div(v128.bitselect(ay, ax, isSteep), v128.bitselect(one, most, f64x2.eq(most, zero)));
  // Beyond tan(π/8) from the eighth of a turn on: then the series is short.
  const isFar = f64x2.gt(ratio, f64x2.splat(0.41421356237309503));
  const t = v128.bitselect(f64x2.div(f64x2.sub(ratio, one), f64x2.add(ratio, one)), ratio, isFar);
  const s = f64x2.mul(t, t);
  let sum = f64x2.splat(-1.0 / 19);
  sum = f64x2.add(f64x2.splat(1.0 / 17), f64x2.mul(s, sum));
  sum = f64x2.sub(f64x2.mul(s, sum), f64x2.splat(1.0 / 15));
  sum = f64x2.add(f64x2.splat(1.0 / 13), f64x2.mul(s, sum));
  sum = f64x2.sub(f64x2.mul(s, sum), f64x2.splat(1.0 / 11));
  sum = f64x2.add(f64x2.splat(1.0 / 9), f64x2.mul(s, sum));
  sum = f64x2.sub(f64x2.mul(s, sum), f64x2.splat(1.0 / 7));
  sum = f64x2.add(f64x2.splat(1.0 / 5), f64x2.mul(s, sum));
  sum = f64x2.sub(f64x2.mul(s, sum), f64x2.splat(1.0 / 3));
  sum = f64x2.add(one, f64x2.mul(s, sum));
  const short = f64x2.mul(t, sum);
  const low = f64x2.add(short, v128.and(f64x2.splat(Math.PI / 4), isFar));
  const steep = v128.bitselect(f64x2.sub(f64x2.splat(Math.PI / 2), low), low, isSteep);
  const whole = v128.bitselect(f64x2.sub(f64x2.splat(Math.PI), steep), steep, f64x2.lt(y, zero));
  return v128.xor(whole, v128.and(x, f64x2.splat(-0.0)));
}
