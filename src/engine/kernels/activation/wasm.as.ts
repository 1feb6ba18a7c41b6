import { ONE, TWO, constant, exp_f32 } from '../vector-math.as';

/** Numbers per task; arrays are padded to whole vectors. */
// @ts-ignore: decorator
@inline
const COUNT: i32 = 16384;

const SCALE = memory.data<f32>([0.7978845608028654]);
const MINUS_TWO = memory.data<f32>([-2]);
const CUBIC = memory.data<f32>([0.044715]);
const THREE_CUBIC = memory.data<f32>([0.134145]);

@unmanaged
class Job {
  x: usize;
  /** 0 for the values themselves. */
  gradient: usize;
  out: usize;
  count: i32;
  f: i32;
}

export function activation(address: usize, task: i32, scratch: usize): void {
  const job = changetype<Job>(address);
  const end = min(job.count, (task + 1) * COUNT);
  for (let e = task * COUNT; e < end; e += 4) {
    const at = <usize>e << 2;
    const x = v128.load(job.x + at);
    let y: v128;
    if (job.gradient == 0) y = job.f == 0 ? positive(x, x) : f32x4.div(x, f32x4.add(gelu_power(x), constant(ONE)));
    else {
      const gradient = v128.load(job.gradient + at);
      y = job.f == 0 ? positive(gradient, x) : gelu_passed(x, gradient);
    }
    v128.store(job.out + at, y);
  }
}

/** y where x > 0 or NaN, else 0. */
// @ts-ignore: decorator
@inline
function positive(y: v128, x: v128): v128 {
  return v128.andnot(y, f32x4.le(x, f32x4.splat(0)));
}

// @ts-ignore: decorator
@inline
function gelu_power(x: v128): v128 {
  const inner = f32x4.add(f32x4.mul(f32x4.mul(x, x), constant(CUBIC)), constant(ONE));
  const u = f32x4.mul(f32x4.mul(x, constant(SCALE)), inner);
  return exp_f32(f32x4.mul(u, constant(MINUS_TWO)));
}

// @ts-ignore: decorator
@inline
function gelu_passed(x: v128, gradient: v128): v128 {
  const power = gelu_power(x);
  const share = f32x4.div(constant(ONE), f32x4.add(power, constant(ONE)));
  // s(1 − s) without the cancellation.
  const bend = f32x4.mul(f32x4.mul(share, power), share);
  const inner = f32x4.add(f32x4.mul(f32x4.mul(x, x), constant(THREE_CUBIC)), constant(ONE));
  const slope = f32x4.mul(f32x4.mul(f32x4.mul(x, constant(TWO)), constant(SCALE)), f32x4.mul(bend, inner));
  const rest = v128.and(slope, f32x4.gt(bend, f32x4.splat(0)));
  return v128.bitselect(x, f32x4.mul(gradient, f32x4.add(share, rest)), f32x4.ne(x, x));
}
