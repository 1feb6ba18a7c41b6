import {
  add_multiple,
  BLOCK,
  double,
  make_reflector,
  pack_negated_columns,
  pack_panels,
  set_double,
  set_multiple,
  sum_of_lanes,
} from './blocks.as';

@unmanaged
class Columns {
  /** The columns of the matrix as rows of length m; the rows are padded to a multiple of BLOCK. */
  columns: usize;
  /** Row k becomes vₖ. */
  vectors: usize;
  stride: usize;
  /** Diagonal of R and τ. */
  diagonal: usize;
  tau: usize;
  m: i32;
  first: i32;
  count: i32;
}

/**
 * `count` columns, from number `first` on, made triangular by reflections, which the other columns have
 * yet to undergo. Scratch: 16 bytes.
 */
export function triangular_panel(address: usize, task: i32, scratch: usize): void {
  const job = changetype<Columns>(address);
  const stride = job.stride;
  const end = job.first + job.count;
  for (let k = job.first; k < end; k++) {
    const row = job.columns + <usize>k * stride;
    const v = job.vectors + <usize>k * stride;
    make_reflector(row, k, job.m, v, scratch);
    const tau = load<f64>(scratch, 8);
    set_double(job.diagonal, k, load<f64>(scratch));
    set_double(job.tau, k, tau);
    if (tau == 0) continue;
    let j = k + 1;
    for (; j + 3 < end; j += 4) reflect_four(row + <usize>(j - k) * stride, stride, v, tau, k, job.m);
    for (; j < end; j++) reflect_one(row + <usize>(j - k) * stride, v, tau, k, job.m);
  }
}

function reflect_one(x: usize, v: usize, tau: f64, from: i32, to: i32): void {
  let s = f64x2.splat(0);
  for (let j = from & ~3; j < to; j += 2) {
    const at = <usize>j << 3;
    s = f64x2.add(s, f64x2.mul(v128.load(x + at), v128.load(v + at)));
  }
  add_multiple(x, -tau * sum_of_lanes(s), v, from, to);
}

/** Four rows, r ← r − τ ⟨r, v⟩ v. */
function reflect_four(a: usize, stride: usize, v: usize, tau: f64, from: i32, to: i32): void {
  const start = <usize>(from & ~3) << 3;
  const end = <usize>to << 3;
  const b = a + stride;
  const c = b + stride;
  const d = c + stride;
  let s0 = f64x2.splat(0), s1 = f64x2.splat(0), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
  for (let j = start; j < end; j += 16) {
    const x = v128.load(v + j);
    s0 = f64x2.add(s0, f64x2.mul(v128.load(a + j), x));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(b + j), x));
    s2 = f64x2.add(s2, f64x2.mul(v128.load(c + j), x));
    s3 = f64x2.add(s3, f64x2.mul(v128.load(d + j), x));
  }
  s0 = f64x2.splat(tau * sum_of_lanes(s0));
  s1 = f64x2.splat(tau * sum_of_lanes(s1));
  s2 = f64x2.splat(tau * sum_of_lanes(s2));
  s3 = f64x2.splat(tau * sum_of_lanes(s3));
  for (let j = start; j < end; j += 16) {
    const x = v128.load(v + j);
    v128.store(a + j, f64x2.sub(v128.load(a + j), f64x2.mul(s0, x)));
    v128.store(b + j, f64x2.sub(v128.load(b + j), f64x2.mul(s1, x)));
    v128.store(c + j, f64x2.sub(v128.load(c + j), f64x2.mul(s2, x)));
    v128.store(d + j, f64x2.sub(v128.load(d + j), f64x2.mul(s3, x)));
  }
}

@unmanaged
class Cholesky {
  /** Upper triangle of the matrix, then U; the rows are padded to a multiple of BLOCK. */
  a: usize;
  stride: usize;
  /** Factors of the update that follows: −U₁₂ᵀ and U₁₂. */
  left: usize;
  right: usize;
  n: i32;
  first: i32;
  /** Number of the pivot that is not positive, counted from 1; else 0. */
  failed: i32;
  unused: i32;
  pivot: f64;
}

/** BLOCK rows of U with A = UᵀU; the trailing matrix A − U₁₂ᵀ U₁₂ follows as one product. */
export function cholesky_panel(address: usize, task: i32, scratch: usize): void {
  const job = changetype<Cholesky>(address);
  const n = job.n;
  const stride = job.stride;
  const end = min(n, job.first + BLOCK);
  for (let k = job.first; k < end; k++) {
    const row = job.a + <usize>k * stride;
    const pivot = double(row, k);
    if (!(pivot > 0)) {
      job.failed = k + 1;
      job.pivot = pivot;
      return;
    }
    set_multiple(row, 1 / Math.sqrt(pivot), row, k, n);
    set_double(row, k, Math.sqrt(pivot));
    for (let i = k + 1; i < end; i++) {
      add_multiple(job.a + <usize>i * stride, -double(row, i), row, i, n);
    }
  }
  if (end == n) return;
  const panel = job.a + <usize>job.first * stride;
  const size = <i32>(stride >> 3);
  pack_negated_columns(panel, stride, BLOCK, end, size, job.left, BLOCK << 3, 0);
  pack_panels(panel, stride, BLOCK, end, size, job.right, BLOCK, 0);
}
