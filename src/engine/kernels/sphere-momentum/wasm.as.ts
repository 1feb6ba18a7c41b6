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

function push_row(x: usize, g: usize, m: usize, d: i32, keep: f64, weight: f64, sums: usize): void {
  const radial = radial_part(x, g, d);
  const radials = f64x2.splat(radial);
  const keeps = f64x2.splat(keep);
  const weights = f64x2.splat(weight);
  let tt = f64x2.splat(0);
  let xx = f64x2.splat(0);
  let xm = f64x2.splat(0);
  let mm = f64x2.splat(0);
  let left = d;
  for (; left >= 2; left -= 2) {
    const xc = f64x2.promote_low_f32x4(v128.load64_zero(x));
    const gc = f64x2.promote_low_f32x4(v128.load64_zero(g));
    const mc = f64x2.promote_low_f32x4(v128.load64_zero(m));
    const t = f64x2.sub(gc, f64x2.mul(radials, xc));
    const sum = f64x2.add(f64x2.mul(keeps, mc), f64x2.mul(weights, t));
    const stored = f32x4.demote_f64x2_zero(sum);
    v128.store64_lane(m, stored, 0);
    const next = f64x2.promote_low_f32x4(stored);
    tt = f64x2.add(tt, f64x2.mul(t, t));
    xx = f64x2.add(xx, f64x2.mul(xc, xc));
    xm = f64x2.add(xm, f64x2.mul(xc, next));
    mm = f64x2.add(mm, f64x2.mul(next, next));
    x += 8;
    g += 8;
    m += 8;
  }
  let ttOdd = f64x2.extract_lane(tt, 1);
  let xxOdd = f64x2.extract_lane(xx, 1);
  let xmOdd = f64x2.extract_lane(xm, 1);
  let mmOdd = f64x2.extract_lane(mm, 1);
  if (left > 0) {
    const xc = <f64>load<f32>(x);
    const t = <f64>load<f32>(g) - radial * xc;
    const stored = <f32>(keep * <f64>load<f32>(m) + weight * t);
    store<f32>(m, stored);
    const next = <f64>stored;
    ttOdd += t * t;
    xxOdd += xc * xc;
    xmOdd += xc * next;
    mmOdd += next * next;
  }
  store<f64>(sums, f64x2.extract_lane(tt, 0) + ttOdd);
  store<f64>(sums, f64x2.extract_lane(xx, 0) + xxOdd, 8);
  store<f64>(sums, f64x2.extract_lane(xm, 0) + xmOdd, 16);
  store<f64>(sums, f64x2.extract_lane(mm, 0) + mmOdd, 24);
}

/** ⟨x,g⟩. */
function radial_part(x: usize, g: usize, d: i32): f64 {
  let s01 = f64x2.splat(0);
  let s23 = f64x2.splat(0);
  for (; d >= 4; d -= 4) {
    const x01 = f64x2.promote_low_f32x4(v128.load64_zero(x));
    const x23 = f64x2.promote_low_f32x4(v128.load64_zero(x, 8));
    const g01 = f64x2.promote_low_f32x4(v128.load64_zero(g));
    const g23 = f64x2.promote_low_f32x4(v128.load64_zero(g, 8));
    s01 = f64x2.add(s01, f64x2.mul(x01, g01));
    s23 = f64x2.add(s23, f64x2.mul(x23, g23));
    x += 16;
    g += 16;
  }
  let s0 = f64x2.extract_lane(s01, 0);
  for (; d > 0; d--) {
    s0 += <f64>load<f32>(x) * <f64>load<f32>(g);
    x += 4;
    g += 4;
  }
  const s2 = f64x2.extract_lane(s23, 0);
  return s0 + f64x2.extract_lane(s01, 1) + (s2 + f64x2.extract_lane(s23, 1));
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

/** Task t: rows 256 t to 256 t + 255. */
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
