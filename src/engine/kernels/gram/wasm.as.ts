/** Rows summed before their sum is added to the total: GRAM_ROWS of contract.ts. */
// @ts-ignore: decorator
@inline
const ROWS: i32 = 256;

@unmanaged
class Job {
  /** n × d; 8 readable values beyond. */
  points: usize;
  /** d × d doubles. */
  out: usize;
  n: i32;
  d: i32;
}

/**
 * Task t: rows 2t and 2t + 1 of XᵀX from the diagonal on, 8 columns at a time, and their mirror images.
 * Scratch: 128 bytes for every 8 columns.
 * Products of two float32 are exact in float64; every entry adds its rows in the contract's order.
 */
export function gram(address: usize, task: i32, scratch: usize): void {
  const job = changetype<Job>(address);
  const a = 2 * task;
  memory.fill(scratch, 0, <usize>((job.d - a + 7) >> 3) << 7);
  for (let first = 0; first < job.n; first += ROWS) {
    let sums = scratch;
    for (let b = a; b < job.d; b += 8) {
      add_rows(job, a, b, first, min(ROWS, job.n - first), sums);
      sums += 128;
    }
  }
  for (let b = a; b < job.d; b += 8) {
    store_entries(job, a, b, scratch);
    scratch += 128;
  }
}

/** Adds the sums over `count` rows: 2 × 8 doubles at `sums`. */
function add_rows(job: Job, a: i32, b: i32, first: i32, count: i32, sums: usize): void {
  const stride = <usize>job.d << 2;
  let left = job.points + (<usize>(first * job.d + a) << 2);
  let right = job.points + (<usize>(first * job.d + b) << 2);
  let s00 = f64x2.splat(0), s01 = f64x2.splat(0), s02 = f64x2.splat(0), s03 = f64x2.splat(0);
  let s10 = f64x2.splat(0), s11 = f64x2.splat(0), s12 = f64x2.splat(0), s13 = f64x2.splat(0);
  for (let i = 0; i < count; i++) {
    const x0 = f64x2.splat(<f64>load<f32>(left));
    const x1 = f64x2.splat(<f64>load<f32>(left, 4));
    const y0 = f64x2.promote_low_f32x4(v128.load64_zero(right));
    const y1 = f64x2.promote_low_f32x4(v128.load64_zero(right, 8));
    const y2 = f64x2.promote_low_f32x4(v128.load64_zero(right, 16));
    const y3 = f64x2.promote_low_f32x4(v128.load64_zero(right, 24));
    s00 = f64x2.add(s00, f64x2.mul(x0, y0));
    s01 = f64x2.add(s01, f64x2.mul(x0, y1));
    s02 = f64x2.add(s02, f64x2.mul(x0, y2));
    s03 = f64x2.add(s03, f64x2.mul(x0, y3));
    s10 = f64x2.add(s10, f64x2.mul(x1, y0));
    s11 = f64x2.add(s11, f64x2.mul(x1, y1));
    s12 = f64x2.add(s12, f64x2.mul(x1, y2));
    s13 = f64x2.add(s13, f64x2.mul(x1, y3));
    left += stride;
    right += stride;
  }
  add_to(sums, s00);
  add_to(sums + 16, s01);
  add_to(sums + 32, s02);
  add_to(sums + 48, s03);
  add_to(sums + 64, s10);
  add_to(sums + 80, s11);
  add_to(sums + 96, s12);
  add_to(sums + 112, s13);
}

// @ts-ignore: decorator
@inline
function add_to(address: usize, value: v128): void {
  v128.store(address, f64x2.add(v128.load(address), value));
}

function store_entries(job: Job, a: i32, b: i32, sums: usize): void {
  const d = job.d;
  for (let i = 0; i < min(2, d - a); i++) {
    for (let j = 0; j < min(8, d - b); j++) {
      if (b + j < a + i) continue;
      const value = load<f64>(sums + (<usize>(8 * i + j) << 3));
      store<f64>(job.out + (<usize>((a + i) * d + b + j) << 3), value);
      store<f64>(job.out + (<usize>((b + j) * d + a + i) << 3), value);
    }
  }
}
