import { Job, SELECTED, SELECTED_AND_SHADE } from './job.as';

/** Cells of four points as numbers of the picture; negative where one lies outside. */
// @ts-ignore: decorator
@inline
function four(xs: usize, ys: usize, shift: v128, right: v128, bottom: v128, stride: v128): v128 {
  const zero = f64x2.splat(0);
  const x = f64x2.sub(v128.load(xs), shift);
  const y = f64x2.sub(v128.load(ys), shift);
  const p = f64x2.sub(v128.load(xs, 16), shift);
  const q = f64x2.sub(v128.load(ys, 16), shift);
  const first = v128.and(
    v128.and(f64x2.ge(x, zero), f64x2.lt(x, right)),
    v128.and(f64x2.ge(y, zero), f64x2.lt(y, bottom)),
  );
  const second = v128.and(
    v128.and(f64x2.ge(p, zero), f64x2.lt(p, right)),
    v128.and(f64x2.ge(q, zero), f64x2.lt(q, bottom)),
  );
  const column = v128.shuffle<i64>(i32x4.trunc_sat_f64x2_s_zero(x), i32x4.trunc_sat_f64x2_s_zero(p), 0, 2);
  const row = v128.shuffle<i64>(i32x4.trunc_sat_f64x2_s_zero(y), i32x4.trunc_sat_f64x2_s_zero(q), 0, 2);
  const at = i32x4.add(i32x4.mul(row, stride), column);
  return v128.or(at, v128.not(v128.shuffle<i32>(first, second, 0, 2, 4, 6)));
}

/** A point more in a cell: the greater key, and one more up to 255. */
// @ts-ignore: decorator
@inline
function add(cell: usize, key: i32): void {
  const before = load<i32>(cell);
  const count = before & 255;
  store<i32>(cell, max(before - count, key) + count + (count < 255 ? 1 : 0));
}

/**
 * Draws a chunk of points that are squares of `side` cells, 1 or 2. What the job says is read once: after every store
 * it would be read anew.
 */
export function squares(address: usize, from: i32, count: i32, side: i32): void {
  const job = changetype<Job>(address);
  const shift = f64x2.splat(<f64>(side - 1) / 2);
  const right = f64x2.splat(<f64>(job.stride - side + 1));
  const bottom = f64x2.splat(<f64>(job.rows - side + 1));
  const stride = i32x4.splat(job.stride);
  const below = side === 1 ? <usize>0 : (<usize>job.stride) << 2;
  const hasDepth = job.hasDepth !== 0;
  const cells = job.cells;
  let keys = job.keys + ((<usize>from) << 2);
  let ranks = job.ranks;
  let xs = job.xs;
  let ys = job.ys;
  for (; count > 0; count -= 4) {
    const at = four(xs, ys, shift, right, bottom, stride);
    let key = v128.load(keys);
    // What is not drawn stays negative.
    if (hasDepth) {
      const kept = v128.and(key, i32x4.splat(SELECTED_AND_SHADE | 0x80000000));
      key = v128.or(kept, i32x4.shl(v128.load(ranks), 16));
    }
    square(cells, i32x4.extract_lane(at, 0), i32x4.extract_lane(key, 0), below);
    square(cells, i32x4.extract_lane(at, 1), i32x4.extract_lane(key, 1), below);
    square(cells, i32x4.extract_lane(at, 2), i32x4.extract_lane(key, 2), below);
    square(cells, i32x4.extract_lane(at, 3), i32x4.extract_lane(key, 3), below);
    keys += 16;
    ranks += 16;
    xs += 32;
    ys += 32;
  }
}

/** `below`: bytes to the second row of the square; 0 where there is none. */
// @ts-ignore: decorator
@inline
function square(cells: usize, at: i32, key: i32, below: usize): void {
  // Neither outside nor hidden.
  if ((at | key) < 0) return;
  const cell = cells + ((<usize>at) << 2);
  add(cell, key);
  if (below === 0) return;
  add(cell + 4, key);
  add(cell + below, key);
  add(cell + below + 4, key);
}

/** Covers of a pixel by disks end here: no more is told apart. */
// @ts-ignore: decorator
@inline
const MOST: i32 = 4080;

/** Draws a chunk of round points: cells have selected, core, rank and shade, and covers of their own. */
export function disks(address: usize, from: i32, count: i32): void {
  const job = changetype<Job>(address);
  const margin = <f64>job.margin;
  const right = <f64>(job.stride - job.margin);
  const bottom = <f64>(job.rows - job.margin);
  const length = (job.brushLength * 6 + 15) & ~15;
  for (let k = 0; k < count; k++) {
    const x = load<f64>(job.xs + ((<usize>k) << 3));
    const y = load<f64>(job.ys + ((<usize>k) << 3));
    const point = load<i32>(job.keys + ((<usize>(from + k)) << 2));
    if (point < 0 || !(x >= margin && x < right && y >= margin && y < bottom)) continue;
    const rank = job.hasDepth === 0 ? (point >> 16) & 0x3fff : load<i32>(job.ranks + ((<usize>k) << 2));
    const edge = (point & SELECTED) | (rank << 8) | ((point >> 8) & 255);
    const place = (<i32>(4 * x) & 3) | ((<i32>(4 * y) & 3) << 2);
    disk(job, <i32>y * job.stride + <i32>x, edge, job.brush + <usize>(place * length));
  }
}

function disk(job: Job, middle: i32, edge: i32, brush: usize): void {
  const weights = brush + ((<usize>job.brushLength) << 2);
  for (let c = 0; c < job.brushLength; c++) {
    const weight = <i32>load<u16>(weights + ((<usize>c) << 1));
    const at = middle + load<i32>(brush + ((<usize>c) << 2));
    const key = weight >= 8 ? edge | (1 << 29) : edge;
    const cell = job.cells + ((<usize>at) << 2);
    if (key > load<i32>(cell)) store<i32>(cell, key);
    const cover = job.covers + ((<usize>at) << 1);
    const sum = <i32>load<u16>(cover);
    if (sum < MOST) store<u16>(cover, sum + weight);
  }
}
