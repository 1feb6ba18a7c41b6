/** Rows per task. */
// @ts-ignore: decorator
@inline
const ROWS: i32 = 256;

@unmanaged
class Push {
  /** n × d each. */
  x: usize;
  g: usize;
  m: usize;
  /** n doubles. */
  keep: usize;
  /** n × 4 doubles. */
  sums: usize;
  n: i32;
  d: i32;
  weight: f64;
}

/** Task t: rows 256 t to 256 t + 255. The sums are in the contract's order. */
export function sphere_momentum(address: usize, task: i32, scratch: usize): void {
  const job = changetype<Push>(address);
  const end = min(job.n, (task + 1) * ROWS);
  for (let i = task * ROWS; i < end; i++) {
    const at = <usize>(i * job.d) << 2;
    const keep = load<f64>(job.keep + (<usize>i << 3));
    push_row(job.x + at, job.g + at, job.m + at, job.d, keep, job.weight, job.sums + (<usize>i << 5));
  }
}

/** The sum of the lanes in the order of `fourSumDot`. */
// @ts-ignore: decorator
@inline
function total(s01: v128, s23: v128): f64 {
  return (
    f64x2.extract_lane(s01, 0) + f64x2.extract_lane(s01, 1) + (f64x2.extract_lane(s23, 0) + f64x2.extract_lane(s23, 1))
  );
}

/** Lane 0 and x·y more. */
// @ts-ignore: decorator
@inline
function plus(s01: v128, x: f64, y: f64): v128 {
  return f64x2.replace_lane(s01, 0, f64x2.extract_lane(s01, 0) + x * y);
}

function push_row(x: usize, g: usize, m: usize, d: i32, keep: f64, weight: f64, sums: usize): void {
  const radial = inner(x, g, d);
  const radials = f64x2.splat(radial);
  const keeps = f64x2.splat(keep);
  const weights = f64x2.splat(weight);
  let tt01 = f64x2.splat(0), tt23 = f64x2.splat(0);
  let at: usize = 0;
  const end = <usize>d << 2;
  for (; at + 16 <= end; at += 16) {
    const t01 = f64x2.sub(two(g + at), f64x2.mul(radials, two(x + at)));
    const t23 = f64x2.sub(two(g + at + 8), f64x2.mul(radials, two(x + at + 8)));
    const m01 = f64x2.add(f64x2.mul(keeps, two(m + at)), f64x2.mul(weights, t01));
    const m23 = f64x2.add(f64x2.mul(keeps, two(m + at + 8)), f64x2.mul(weights, t23));
    v128.store64_lane(m + at, f32x4.demote_f64x2_zero(m01), 0);
    v128.store64_lane(m + at, f32x4.demote_f64x2_zero(m23), 0, 8);
    tt01 = f64x2.add(tt01, f64x2.mul(t01, t01));
    tt23 = f64x2.add(tt23, f64x2.mul(t23, t23));
  }
  for (; at < end; at += 4) {
    const t = <f64>load<f32>(g + at) - radial * <f64>load<f32>(x + at);
    store<f32>(m + at, <f32>(keep * <f64>load<f32>(m + at) + weight * t));
    tt01 = plus(tt01, t, t);
  }
  store<f64>(sums, total(tt01, tt23));
  store<f64>(sums, inner(x, x, d), 8);
  store<f64>(sums, inner(x, m, d), 16);
  store<f64>(sums, inner(m, m, d), 24);
}

/** Two values, widened. */
// @ts-ignore: decorator
@inline
function two(x: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(x));
}

function inner(x: usize, y: usize, d: i32): f64 {
  let s01 = f64x2.splat(0);
  let s23 = f64x2.splat(0);
  for (; d >= 4; d -= 4) {
    s01 = f64x2.add(s01, f64x2.mul(two(x), two(y)));
    s23 = f64x2.add(s23, f64x2.mul(two(x + 8), two(y + 8)));
    x += 16;
    y += 16;
  }
  for (; d > 0; d--) {
    s01 = plus(s01, <f64>load<f32>(x), <f64>load<f32>(y));
    x += 4;
    y += 4;
  }
  return total(s01, s23);
}

@unmanaged
class Mix {
  /** n × d each. */
  a: usize;
  b: usize;
  /** n × 4 doubles. */
  coefficients: usize;
  n: i32;
  d: i32;
}

/** a ← pa + qb, b ← rb + sa for each row, with its coefficients p, q, r, s. Task t: rows 256 t to 256 t + 255. */
export function row_mix(address: usize, task: i32, scratch: usize): void {
  const job = changetype<Mix>(address);
  const end = min(job.n, (task + 1) * ROWS);
  for (let i = task * ROWS; i < end; i++) {
    const at = <usize>(i * job.d) << 2;
    mix_row(job.a + at, job.b + at, job.d, job.coefficients + (<usize>i << 5));
  }
}

function mix_row(a: usize, b: usize, d: i32, coefficients: usize): void {
  const p = v128.load64_splat(coefficients);
  const q = v128.load64_splat(coefficients, 8);
  const r = v128.load64_splat(coefficients, 16);
  const s = v128.load64_splat(coefficients, 24);
  for (; d >= 2; d -= 2) {
    const ac = f64x2.promote_low_f32x4(v128.load64_zero(a));
    const bc = f64x2.promote_low_f32x4(v128.load64_zero(b));
    const mixedA = f64x2.add(f64x2.mul(p, ac), f64x2.mul(q, bc));
    const mixedB = f64x2.add(f64x2.mul(r, bc), f64x2.mul(s, ac));
    v128.store64_lane(a, f32x4.demote_f64x2_zero(mixedA), 0);
    v128.store64_lane(b, f32x4.demote_f64x2_zero(mixedB), 0);
    a += 8;
    b += 8;
  }
  if (d > 0) {
    const ac = <f64>load<f32>(a);
    const bc = <f64>load<f32>(b);
    store<f32>(a, <f32>(f64x2.extract_lane(p, 0) * ac + f64x2.extract_lane(q, 0) * bc));
    store<f32>(b, <f32>(f64x2.extract_lane(r, 0) * bc + f64x2.extract_lane(s, 0) * ac));
  }
}
