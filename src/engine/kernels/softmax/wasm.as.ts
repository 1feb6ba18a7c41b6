import { exp_below } from '../vector-math.as';

/** About so many numbers per task. */
// @ts-ignore: decorator
@inline
const COUNT: i32 = 16384;

@unmanaged
class Job {
  /** n rows of c numbers. */
  rows: usize;
  /** For each row its largest number and Σ exp of the distances to it, in float64. */
  found: usize;
  n: i32;
  c: i32;
}

/** Scratch: the four numbers at the end of a row. */
export function softmax(address: usize, task: i32, scratch: usize): void {
  const job = changetype<Job>(address);
  const rows = max(1, COUNT / max(1, job.c));
  const end = min(job.n, (task + 1) * rows);
  for (let i = task * rows; i < end; i++) {
    softmax_row(job.rows + (<usize>(i * job.c) << 2), job.c, job.found + (<usize>i << 4), scratch);
  }
}

/** The last, incomplete vector of a row, with −∞ in the lanes that are left. */
function tail(x: usize, count: i32, scratch: usize): v128 {
  v128.store(scratch, f32x4.splat(-Infinity));
  for (let u: usize = 0; u < <usize>count << 2; u += 4) store<f32>(scratch + u, load<f32>(x + u));
  return v128.load(scratch);
}

/** The largest of a row; NaN if one is. */
function top_of(x: usize, c: i32, scratch: usize): f32 {
  let top = f32x4.splat(-Infinity);
  for (; c >= 4; c -= 4) {
    top = f32x4.max(top, v128.load(x));
    x += 16;
  }
  if (c > 0) top = f32x4.max(top, tail(x, c, scratch));
  const low = max(f32x4.extract_lane(top, 0), f32x4.extract_lane(top, 1));
  return max(low, max(f32x4.extract_lane(top, 2), f32x4.extract_lane(top, 3)));
}

// @ts-ignore: decorator
@inline
function widened_sum(x: v128): v128 {
  const high = v128.shuffle<f32>(x, x, 2, 3, 2, 3);
  return f64x2.add(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(high));
}

function softmax_row(x: usize, c: i32, found: usize, scratch: usize): void {
  const top = top_of(x, c, scratch);
  const tops = f32x4.splat(top);
  let sums = f64x2.splat(0);
  const whole = <usize>(c & ~3) << 2;
  for (let at: usize = 0; at < whole; at += 16) {
    const power = exp_below(f32x4.sub(v128.load(x + at), tops));
    sums = f64x2.add(sums, widened_sum(power));
    v128.store(x + at, power);
  }
  const rest = <usize>(c & 3) << 2;
  if (rest > 0) {
    const power = exp_below(f32x4.sub(tail(x + whole, c & 3, scratch), tops));
    sums = f64x2.add(sums, widened_sum(power));
    v128.store(scratch, power);
    memory.copy(x + whole, scratch, rest);
  }
  let total = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  // ∞ − ∞ and NaN have no power: exp_below makes 0 of them.
  if (top - top != 0) total = NaN;
  const inverse = <f32>(1 / total);
  const inverses = f32x4.splat(inverse);
  for (let at: usize = 0; at < whole; at += 16) v128.store(x + at, f32x4.mul(v128.load(x + at), inverses));
  for (let at = whole; at < whole + rest; at += 4) store<f32>(x + at, load<f32>(x + at) * inverse);
  store<f64>(found, <f64>top);
  store<f64>(found + 8, total);
}
