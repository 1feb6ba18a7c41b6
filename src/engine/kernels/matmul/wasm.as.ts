import { gather_patches } from './patches.as';
import { tile_columns } from '../../generated/tile.as';
import { CHUNK, pack_columns, pack_rows, reached, TILE_ROWS } from '../tiles.as';

/** Terms summed in one go; the sums of the stretches are then added up. */
// @ts-ignore: decorator
@inline
const DEPTH: i32 = 256;

/**
 * One call's work: first B is packed into panels of 8 columns of the product, then each task computes
 * CHUNK rows of the product.
 */
@unmanaged
class Job {
  /** n × k, or k × n if transposed. */
  a: usize;
  /** k × m, or m × k if transposed. */
  b: usize;
  /** Panels: for each 8 columns of the product, k × 8. */
  panels: usize;
  /** n × m. */
  out: usize;
  /** Tasks done of the first kind. */
  packed: usize;
  n: i32;
  k: i32;
  m: i32;
  transposedA: i32;
  transposedB: i32;
  /** m numbers, or 0 for none. */
  bias: usize;
  /** Ten numbers: see patches.as.ts; zero: A is no images. */
  kernelHeight: i32;
}

/** Columns of the product that one packing task prepares. */
// @ts-ignore: decorator
@inline
const PACK: i32 = 64;

/** Scratch: one tile, then CHUNK rows of A over DEPTH terms, packed; of images, then the same as it was seen. */
// @ts-ignore: decorator
@inline
const TILE_BYTES: usize = 128;

export function matmul(address: usize, task: i32, scratch: usize): void {
  const job = changetype<Job>(address);
  const packs = (job.m + PACK - 1) / PACK;
  if (task < packs) {
    pack(job, task * PACK);
    atomic.add<i32>(job.packed, 1);
  } else if (reached(job.packed, packs)) {
    product_rows(job, (task - packs) * CHUNK, scratch);
    if (job.bias) add_bias(job, (task - packs) * CHUNK);
  }
}

function pack(job: Job, column: i32): void {
  const k = job.k;
  const count = min(PACK, job.m - column);
  const out = job.panels + (<usize>(column * k) << 2);
  if (job.transposedB) pack_columns(job.b + (<usize>(column * k) << 2), count, k, <usize>k << 2, out);
  else pack_rows(job.b + (<usize>column << 2), k, count, <usize>job.m << 2, out);
}

/** `count` rows of A from `first` on, `depth` terms from `start` on, as `pack_columns` leaves them. */
function pack_left(job: Job, first: i32, count: i32, start: i32, depth: i32, out: usize): void {
  if (job.kernelHeight > 0) pack_patches(job, first, count, start, depth, out);
  else if (job.transposedA) pack_rows(job.a + (<usize>(start * job.n + first) << 2), depth, count, <usize>job.n << 2, out);
  else pack_columns(job.a + (<usize>(first * job.k + start) << 2), count, depth, <usize>job.k << 2, out);
}

function pack_patches(job: Job, first: i32, count: i32, start: i32, depth: i32, out: usize): void {
  const seen = out + (<usize>(CHUNK * DEPTH) << 2);
  const patches = changetype<usize>(job) + offsetof<Job>('kernelHeight');
  if (job.transposedA) {
    gather_patches(job.a, patches, start, depth, first, count, seen);
    pack_rows(seen, depth, count, <usize>count << 2, out);
  } else {
    gather_patches(job.a, patches, first, count, start, depth, seen);
    pack_columns(seen, count, depth, <usize>depth << 2, out);
  }
}

function product_rows(job: Job, first: i32, scratch: usize): void {
  const k = job.k;
  const m = job.m;
  const count = min(CHUNK, job.n - first);
  const left = scratch + TILE_BYTES;
  const stride = <usize>m << 2;
  for (let start = 0; start < max(k, 1); start += DEPTH) {
    const depth = min(DEPTH, k - start);
    pack_left(job, first, count, start, depth, left);
    for (let column = 0; column < m; column += 8) {
      const panel = job.panels + (<usize>(column * k + start * 8) << 2);
      for (let i = 0; i < count; i += TILE_ROWS) {
        const a = left + (<usize>((i & ~7) * depth + (i & 7)) << 2);
        const out = job.out + (<usize>((first + i) * m + column) << 2);
        if (i + TILE_ROWS <= count && column + 8 <= m) {
          tile_columns(depth, a, panel, out, stride, start > 0);
        } else {
          tile_columns(depth, a, panel, scratch, 32, false);
          store_part(scratch, out, min(TILE_ROWS, count - i), min(8, m - column), stride, start > 0);
        }
      }
    }
  }
}

/** Writes, or adds, the rows × columns that belong to the product. */
function store_part(tile: usize, out: usize, rows: i32, columns: i32, stride: usize, add: bool): void {
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < <usize>columns << 2; j += 4) {
      const value = load<f32>(tile + j);
      store<f32>(out + j, add ? load<f32>(out + j) + value : value);
    }
    tile += 32;
    out += stride;
  }
}

function add_bias(job: Job, first: i32): void {
  const bytes = <usize>job.m << 2;
  const whole = bytes & ~15;
  for (let i = first; i < min(first + CHUNK, job.n); i++) {
    const row = job.out + <usize>i * bytes;
    let at: usize = 0;
    for (; at < whole; at += 16) v128.store(row + at, f32x4.add(v128.load(row + at), v128.load(job.bias + at)));
    for (; at < bytes; at += 4) store<f32>(row + at, load<f32>(row + at) + load<f32>(job.bias + at));
  }
}
