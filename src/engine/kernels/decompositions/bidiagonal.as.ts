import {
  add_multiple,
  BLOCK,
  dot,
  double,
  make_reflector,
  pack_negated_columns,
  pack_panels,
  set_double,
  set_multiple,
  sum_of_lanes,
} from './blocks.as';

@unmanaged
class Bidiagonal {
  /** The matrix; the rows are padded to a multiple of BLOCK. */
  a: usize;
  /** Row k becomes uₖ, the left reflection, and vₖ, the right one. */
  u: usize;
  v: usize;
  /** BLOCK rows xₖ and yₖ of this block: the trailing matrix is A − U Yᵀ − X Vᵀ. */
  x: usize;
  y: usize;
  stride: usize;
  /** Diagonal, off-diagonal, τ of the left and τ of the right reflections: rows of length `stride`. */
  results: usize;
  /** Factors of the update that follows: −[U X] and [Y; V]. */
  left: usize;
  right: usize;
  n: i32;
  first: i32;
}

/**
 * BLOCK steps of the Householder reduction to upper bidiagonal form; the trailing matrix is only read.
 * Scratch: 16 bytes and a row.
 *
 * Source: Dongarra, Sorensen and Hammarling 1989 (LAPACK's dlabrd).
 */
export function bidiagonal_panel(address: usize, task: i32, scratch: usize): void {
  const job = changetype<Bidiagonal>(address);
  const n = job.n;
  const stride = job.stride;
  const end = min(n, job.first + BLOCK);
  const line = scratch + 16;
  memory.fill(line, 0, stride);
  memory.fill(job.x, 0, BLOCK * stride);
  memory.fill(job.y, 0, BLOCK * stride);
  for (let k = job.first; k < end; k++) {
    const j = k - job.first;
    gather_column(job, k, line);
    for (let t = 0; t < j; t++) {
      add_multiple(line, -double(y_of(job, t), k), u_of(job, t), k, n);
      add_multiple(line, -double(v_of(job, t), k), x_of(job, t), k, n);
    }
    make_reflector(line, k, n, u_of(job, j), scratch);
    set_double(job.results, k, load<f64>(scratch));
    set_double(job.results + 2 * stride, k, load<f64>(scratch, 8));
    if (k == n - 1) return;
    multiply_left(job, j, load<f64>(scratch, 8));

    set_multiple(line, 1, job.a + <usize>k * stride, k + 1, n);
    for (let t = 0; t <= j; t++) {
      add_multiple(line, -double(u_of(job, t), k), y_of(job, t), k + 1, n);
      if (t < j) add_multiple(line, -double(x_of(job, t), k), v_of(job, t), k + 1, n);
    }
    make_reflector(line, k + 1, n, v_of(job, j), scratch);
    set_double(job.results + stride, k, load<f64>(scratch));
    set_double(job.results + 3 * stride, k, load<f64>(scratch, 8));
    multiply_right(job, j, load<f64>(scratch, 8));
  }
  if (end == n) return;
  const size = <i32>(stride >> 3);
  pack_negated_columns(u_of(job, 0), stride, BLOCK, end, size, job.left, (2 * BLOCK) << 3, 0);
  pack_negated_columns(job.x, stride, BLOCK, end, size, job.left, (2 * BLOCK) << 3, BLOCK);
  pack_panels(job.y, stride, BLOCK, end, size, job.right, 2 * BLOCK, 0);
  pack_panels(v_of(job, 0), stride, BLOCK, end, size, job.right, 2 * BLOCK, BLOCK);
}

// @ts-ignore: decorator
@inline
function u_of(job: Bidiagonal, t: i32): usize {
  return job.u + <usize>(job.first + t) * job.stride;
}
// @ts-ignore: decorator
@inline
function v_of(job: Bidiagonal, t: i32): usize {
  return job.v + <usize>(job.first + t) * job.stride;
}
// @ts-ignore: decorator
@inline
function x_of(job: Bidiagonal, t: i32): usize {
  return job.x + <usize>t * job.stride;
}
// @ts-ignore: decorator
@inline
function y_of(job: Bidiagonal, t: i32): usize {
  return job.y + <usize>t * job.stride;
}

function gather_column(job: Bidiagonal, k: i32, line: usize): void {
  let from = job.a + <usize>k * job.stride + (<usize>k << 3);
  for (let i = k; i < job.n; i++) {
    set_double(line, i, load<f64>(from));
    from += job.stride;
  }
  for (let i = job.n; (i & 3) != 0; i++) set_double(line, i, 0);
}

/** y_j = τ (A − U Yᵀ − X Vᵀ)ᵀ u_j, right of column k. */
function multiply_left(job: Bidiagonal, j: i32, tau: f64): void {
  const n = job.n;
  const k = job.first + j;
  const u = u_of(job, j);
  const y = y_of(job, j);
  for (let i = k & ~3; i < n; i += 4) {
    add_four_rows(job.a + <usize>i * job.stride, job.stride, k + 1, n, u + (<usize>i << 3), y);
  }
  for (let t = 0; t < j; t++) {
    add_multiple(y, -dot(u_of(job, t), u, k, n), y_of(job, t), k + 1, n);
    add_multiple(y, -dot(x_of(job, t), u, k, n), v_of(job, t), k + 1, n);
  }
  set_multiple(y, tau, y, k + 1, n);
  for (let i = (k + 1) & ~3; i <= k; i++) set_double(y, i, 0);
}

/** x_j = τ (A − U Yᵀ − X Vᵀ) v_j, below row k. */
function multiply_right(job: Bidiagonal, j: i32, tau: f64): void {
  const n = job.n;
  const k = job.first + j;
  const v = v_of(job, j);
  const x = x_of(job, j);
  for (let i = (k + 1) & ~3; i < n; i += 4) {
    dot_four_rows(job.a + <usize>i * job.stride, job.stride, k + 1, n, v, x + (<usize>i << 3));
  }
  for (let t = 0; t <= j; t++) {
    add_multiple(x, -dot(y_of(job, t), v, k + 1, n), u_of(job, t), k + 1, n);
    if (t < j) add_multiple(x, -dot(v_of(job, t), v, k + 1, n), x_of(job, t), k + 1, n);
  }
  set_multiple(x, tau, x, k + 1, n);
  for (let i = (k + 1) & ~3; i <= k; i++) set_double(x, i, 0);
}

/** y ← y + u₀ row₀ + … + u₃ row₃ over [from, to), rounded out to fours. */
function add_four_rows(a: usize, stride: usize, from: i32, to: i32, u: usize, y: usize): void {
  const u0 = v128.load64_splat(u);
  const u1 = v128.load64_splat(u, 8);
  const u2 = v128.load64_splat(u, 16);
  const u3 = v128.load64_splat(u, 24);
  const start = <usize>(from & ~3) << 3;
  a += start;
  y += start;
  let b = a + stride;
  let c = b + stride;
  let d = c + stride;
  for (let j = from & ~3; j < to; j += 4) {
    const s0 = f64x2.add(f64x2.mul(u0, v128.load(a)), f64x2.mul(u1, v128.load(b)));
    const t0 = f64x2.add(f64x2.mul(u2, v128.load(c)), f64x2.mul(u3, v128.load(d)));
    const s1 = f64x2.add(f64x2.mul(u0, v128.load(a, 16)), f64x2.mul(u1, v128.load(b, 16)));
    const t1 = f64x2.add(f64x2.mul(u2, v128.load(c, 16)), f64x2.mul(u3, v128.load(d, 16)));
    v128.store(y, f64x2.add(v128.load(y), f64x2.add(s0, t0)));
    v128.store(y, f64x2.add(v128.load(y, 16), f64x2.add(s1, t1)), 16);
    a += 32;
    b += 32;
    c += 32;
    d += 32;
    y += 32;
  }
}

/** The products of four rows with v over [from, to), rounded out to fours. */
function dot_four_rows(a: usize, stride: usize, from: i32, to: i32, v: usize, out: usize): void {
  const start = <usize>(from & ~3) << 3;
  a += start;
  v += start;
  let b = a + stride;
  let c = b + stride;
  let d = c + stride;
  let s0 = f64x2.splat(0), s1 = f64x2.splat(0), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
  for (let j = from & ~3; j < to; j += 4) {
    const p = v128.load(v);
    s0 = f64x2.add(s0, f64x2.mul(v128.load(a), p));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(b), p));
    s2 = f64x2.add(s2, f64x2.mul(v128.load(c), p));
    s3 = f64x2.add(s3, f64x2.mul(v128.load(d), p));
    const q = v128.load(v, 16);
    s0 = f64x2.add(s0, f64x2.mul(v128.load(a, 16), q));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(b, 16), q));
    s2 = f64x2.add(s2, f64x2.mul(v128.load(c, 16), q));
    s3 = f64x2.add(s3, f64x2.mul(v128.load(d, 16), q));
    a += 32;
    b += 32;
    c += 32;
    d += 32;
    v += 32;
  }
  store<f64>(out, sum_of_lanes(s0));
  store<f64>(out, sum_of_lanes(s1), 8);
  store<f64>(out, sum_of_lanes(s2), 16);
  store<f64>(out, sum_of_lanes(s3), 24);
}
