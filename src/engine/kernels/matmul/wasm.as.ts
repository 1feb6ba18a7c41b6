import { tile_rows } from '../../generated/tile.as';
import { CHUNK, pack_columns, pack_rows, reached } from '../tiles.as';

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
  /** n × k; 6 readable rows beyond. */
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
  transposed: i32;
}

/** Columns of the product that one packing task prepares. */
// @ts-ignore: decorator
@inline
const PACK: i32 = 64;

export function matmul(address: usize, task: i32, scratch: usize): void {
  const job = changetype<Job>(address);
  const packs = (job.m + PACK - 1) / PACK;
  if (task < packs) {
    pack(job, task * PACK);
    atomic.add<i32>(job.packed, 1);
  } else if (reached(job.packed, packs)) {
    product_rows(job, (task - packs) * CHUNK, scratch);
  }
}

function pack(job: Job, column: i32): void {
  const k = job.k;
  const count = min(PACK, job.m - column);
  const out = job.panels + (<usize>(column * k) << 2);
  if (job.transposed) pack_columns(job.b + (<usize>(column * k) << 2), count, k, out);
  else pack_rows(job.b + (<usize>column << 2), k, count, <usize>job.m << 2, out);
}

function product_rows(job: Job, first: i32, scratch: usize): void {
  const k = job.k;
  const m = job.m;
  const end = min(first + CHUNK, job.n);
  const rowBytes = <usize>k << 2;
  for (let start = 0; start < max(k, 1); start += DEPTH) {
    const depth = min(DEPTH, k - start);
    for (let column = 0; column < m; column += 8) {
      const panel = job.panels + (<usize>(column * k + start * 8) << 2);
      for (let i = first; i < end; i += 6) {
        const a = job.a + <usize>i * rowBytes + (<usize>start << 2);
        const out = job.out + (<usize>(i * m + column) << 2);
        tile_rows(depth, a, rowBytes, panel, scratch, 32, false);
        store_tile(scratch, out, min(6, end - i), min(8, m - column), <usize>m << 2, start > 0);
      }
    }
  }
}

/** Writes, or adds, the rows × columns that belong to the product. */
function store_tile(tile: usize, out: usize, rows: i32, columns: i32, stride: usize, add: bool): void {
  for (let i = 0; i < rows; i++) {
    if (columns == 8) {
      const low = v128.load(tile);
      const high = v128.load(tile, 16);
      v128.store(out, add ? f32x4.add(v128.load(out), low) : low);
      v128.store(out, add ? f32x4.add(v128.load(out, 16), high) : high, 16);
    } else {
      for (let j: usize = 0; j < <usize>columns << 2; j += 4) {
        const value = load<f32>(tile + j);
        store<f32>(out + j, add ? load<f32>(out + j) + value : value);
      }
    }
    tile += 32;
    out += stride;
  }
}
