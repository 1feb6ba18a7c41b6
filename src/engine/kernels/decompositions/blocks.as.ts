import { tile_rows_f64 } from '../../generated/tile.as';

/**
 * Conventions of these kernels: float64; rows of a matrix are `stride` bytes apart; row and column
 * numbers are rounded down to a multiple of 4 where a loop begins and the padding beyond the end holds
 * zeros, so that every loop takes whole vectors. What is read in front of a row's first element is
 * multiplied by zero.
 */

/** Reflections gathered into one block, and rows of a task of matrix products. */
// @ts-ignore: decorator
@inline
export const BLOCK: i32 = 24;

// @ts-ignore: decorator
@inline
export function double(address: usize, index: i32): f64 {
  return load<f64>(address + (<usize>index << 3));
}

// @ts-ignore: decorator
@inline
export function set_double(address: usize, index: i32, value: f64): void {
  store<f64>(address + (<usize>index << 3), value);
}

// @ts-ignore: decorator
@inline
export function sum_of_lanes(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

/** Σ x y over [from, to), rounded out to fours. */
export function dot(x: usize, y: usize, from: i32, to: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let j = from & ~3;
  x += <usize>j << 3;
  y += <usize>j << 3;
  for (; j < to; j += 4) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(x), v128.load(y)));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(x, 16), v128.load(y, 16)));
    x += 32;
    y += 32;
  }
  return sum_of_lanes(f64x2.add(s0, s1));
}

/** y ← y + a x over [from, to), rounded out to fours. */
export function add_multiple(y: usize, a: f64, x: usize, from: i32, to: i32): void {
  const factor = f64x2.splat(a);
  let j = from & ~3;
  x += <usize>j << 3;
  y += <usize>j << 3;
  for (; j < to; j += 4) {
    v128.store(y, f64x2.add(v128.load(y), f64x2.mul(factor, v128.load(x))));
    v128.store(y, f64x2.add(v128.load(y, 16), f64x2.mul(factor, v128.load(x, 16))), 16);
    x += 32;
    y += 32;
  }
}

/** y ← a x over [from, to), rounded out to fours. */
export function set_multiple(y: usize, a: f64, x: usize, from: i32, to: i32): void {
  const factor = f64x2.splat(a);
  let j = from & ~3;
  x += <usize>j << 3;
  y += <usize>j << 3;
  for (; j < to; j += 4) {
    v128.store(y, f64x2.mul(factor, v128.load(x)));
    v128.store(y, f64x2.mul(factor, v128.load(x, 16)), 16);
    x += 32;
    y += 32;
  }
}

/**
 * The reflection I − τ v vᵀ that sends x[from … end) to (β, 0, 0, …): v[from] = 1, v is 0 around
 * [from, end) as far as the padding goes. Stores β and τ at `out`.
 */
export function make_reflector(x: usize, from: i32, end: i32, v: usize, out: usize): void {
  const first = double(x, from);
  set_multiple(v, 1, x, from, end);
  for (let j = from & ~3; j <= from; j++) set_double(v, j, 0);
  for (let j = end; (j & 3) != 0; j++) set_double(v, j, 0);
  const tail = dot(v, v, from, end);
  let beta = first;
  let tau: f64 = 0;
  if (tail > 0) {
    const whole = Math.sqrt(first * first + tail);
    beta = first > 0 ? -whole : whole;
    const pivot = first - beta;
    set_multiple(v, 1 / pivot, v, from, end);
    tau = -pivot / beta;
  } else {
    set_multiple(v, 0, v, from, end);
  }
  set_double(v, from, 1);
  store<f64>(out, beta);
  store<f64>(out, tau, 8);
}

/**
 * `count` rows into panels of 4 columns, columns [from, to) rounded out to fours: the panel of column c
 * lies at out + c · depth · 8 and holds for each of `depth` rows its 4 values; these rows are number
 * `at` and after.
 */
export function pack_panels(
  rows: usize,
  stride: usize,
  count: i32,
  from: i32,
  to: i32,
  out: usize,
  depth: i32,
  at: i32,
): void {
  for (let t = 0; t < count; t++) {
    let x = rows + <usize>t * stride + (<usize>(from & ~3) << 3);
    let y = out + (<usize>((from & ~3) * depth + (at + t) * 4) << 3);
    for (let c = from & ~3; c < to; c += 4) {
      v128.store(y, v128.load(x));
      v128.store(y, v128.load(x, 16), 16);
      x += 32;
      y += <usize>depth << 5;
    }
  }
}

/** `count` rows as columns number `at` and after of `out`, negated: out[i, at + t] = −rows[t, i]. */
export function pack_negated_columns(
  rows: usize,
  stride: usize,
  count: i32,
  from: i32,
  to: i32,
  out: usize,
  outStride: usize,
  at: i32,
): void {
  for (let t = 0; t < count; t++) {
    const x = rows + <usize>t * stride;
    let y = out + <usize>from * outStride + (<usize>(at + t) << 3);
    for (let i = from; i < to; i++) {
      store<f64>(y, -double(x, i));
      y += outStride;
    }
  }
}

/** Columns that one pass of a product takes, so that its part of A and B stays in the nearest cache. */
// @ts-ignore: decorator
@inline
const DEPTH: i32 = 256;

/**
 * C (rows × 4·panels) = or += A (rows × depth) B, rows a multiple of 4; B in panels of 4 columns, one
 * every `panelBytes`.
 */
export function multiply(
  a: usize,
  lda: usize,
  rows: i32,
  depth: i32,
  b: usize,
  panelBytes: usize,
  panels: i32,
  c: usize,
  ldc: usize,
  add: bool,
): void {
  for (let start = 0; start < depth; start += DEPTH) {
    const count = min(DEPTH, depth - start);
    const more = add || start > 0;
    if (depth <= DEPTH) {
      for (let p = 0; p < panels; p++) {
        for (let i = 0; i < rows; i += 4) {
          const row = <usize>i;
          tile_rows_f64(count, a + row * lda, lda, b + <usize>p * panelBytes, c + row * ldc + (<usize>p << 5), ldc, more);
        }
      }
    } else {
      const at = <usize>start << 3;
      for (let i = 0; i < rows; i += 4) {
        const row = <usize>i;
        for (let p = 0; p < panels; p++) {
          tile_rows_f64(count, a + row * lda + at, lda, b + <usize>p * panelBytes + (at << 2), c + row * ldc + (<usize>p << 5), ldc, more);
        }
      }
    }
  }
}

@unmanaged
class Update {
  /** First row of C; the rows are padded to a multiple of BLOCK. */
  c: usize;
  stride: usize;
  /** Left factor: `depth` values a row, beside the rows of C. */
  left: usize;
  /** Right factor in panels of 4 columns. */
  right: usize;
  depth: i32;
  /** Columns [from, to) are updated, from a multiple of 4. */
  from: i32;
  to: i32;
  /** 1: row i of C needs columns from + i on only. */
  symmetric: i32;
}

/** C ← C + L R; task t takes BLOCK rows. */
export function update_matrix(address: usize, task: i32, scratch: usize): void {
  const job = changetype<Update>(address);
  const row = <usize>(task * BLOCK);
  const from = job.symmetric ? job.from + task * BLOCK : job.from;
  const depthBytes = <usize>job.depth << 3;
  multiply(
    job.left + row * depthBytes,
    depthBytes,
    BLOCK,
    job.depth,
    job.right + <usize>from * depthBytes,
    depthBytes << 2,
    (job.to - from + 3) >> 2,
    job.c + row * job.stride + (<usize>from << 3),
    job.stride,
    true,
  );
}
