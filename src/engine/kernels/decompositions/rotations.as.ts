/** Columns of a panel; a quarter of it fits into registers with two rotations. */
// @ts-ignore: decorator
@inline
const WIDTH: i32 = 16;
/** Pairs of sweeps that pass over a panel while they and it stay in the second-level cache. */
// @ts-ignore: decorator
@inline
const BATCH: i32 = 8;

@unmanaged
class Rotations {
  /** Rows to be rotated: rows × columns, `stride` bytes apart. */
  rows: usize;
  stride: usize;
  /** For each panel of 16 columns, rows × 16. */
  panels: usize;
  /** low, high and where its rotations begin (in units of 32 bytes), for each pair of sweeps. */
  sweeps: usize;
  /** For i = high − 1 … low − 1: cosine and sine of the first sweep at i, of the second at i + 1. */
  rotations: usize;
  /** For each row of the result, its row here. */
  order: usize;
  out: usize;
  outStride: usize;
  count: i32;
  /** Pairs of sweeps. */
  pairs: i32;
  /** 1: rows are counted from the last. */
  reversed: i32;
}

/**
 * Task t: 16 columns through all the rotations, then to `out` in the wanted order.
 *
 * Two sweeps pass at a time, so that each element is read and written once for two rotations.
 */
export function rotate_panel(address: usize, task: i32, scratch: usize): void {
  const job = changetype<Rotations>(address);
  const n = job.count;
  const panel = job.panels + <usize>(task * n) * (WIDTH << 3);
  const column = <usize>(task * WIDTH) << 3;
  for (let i = 0; i < n; i++) {
    const from = job.reversed ? n - 1 - i : i;
    copy_part(job.rows + <usize>from * job.stride + column, panel + <usize>i * (WIDTH << 3));
  }
  for (let first = 0; first < job.pairs; first += BATCH) {
    const last = min(job.pairs, first + BATCH);
    for (let part = 0; part < WIDTH; part += 4) {
      for (let pair = first; pair < last; pair++) {
        const sweep = job.sweeps + <usize>pair * 12;
        const at = job.rotations + (<usize>load<i32>(sweep, 8) << 5);
        rotate_twice(panel + (<usize>part << 3), at, load<i32>(sweep), load<i32>(sweep, 4));
      }
    }
  }
  for (let i = 0; i < n; i++) {
    const from = load<i32>(job.order + (<usize>i << 2));
    copy_part(panel + <usize>from * (WIDTH << 3), job.out + <usize>i * job.outStride + column);
  }
}

// @ts-ignore: decorator
@inline
function copy_part(from: usize, to: usize): void {
  memory.copy(to, from, WIDTH << 3);
}

/**
 * Two sweeps over 4 columns, rows i and i + 1 for i = high − 1 … low: row i + 1 becomes c·row (i + 1)
 * + s·row i, row i becomes c·row i − s·row (i + 1). The second sweep follows the first one row behind;
 * both moving rows, x and y, stay in registers.
 */
function rotate_twice(z: usize, rotation: usize, low: i32, high: i32): void {
  const rowBytes: usize = WIDTH << 3;
  let o = z + <usize>high * rowBytes;
  let x0 = v128.load(o);
  let x1 = v128.load(o, 16);
  o -= rowBytes;
  let c = v128.load64_splat(rotation);
  let s = v128.load64_splat(rotation, 8);
  let a0 = v128.load(o);
  let a1 = v128.load(o, 16);
  let y0 = f64x2.add(f64x2.mul(s, a0), f64x2.mul(c, x0));
  let y1 = f64x2.add(f64x2.mul(s, a1), f64x2.mul(c, x1));
  x0 = f64x2.sub(f64x2.mul(c, a0), f64x2.mul(s, x0));
  x1 = f64x2.sub(f64x2.mul(c, a1), f64x2.mul(s, x1));
  for (let i = high - 2; i >= low; i--) {
    rotation += 32;
    o -= rowBytes;
    c = v128.load64_splat(rotation);
    s = v128.load64_splat(rotation, 8);
    const e = v128.load64_splat(rotation, 16);
    const t = v128.load64_splat(rotation, 24);
    a0 = v128.load(o);
    a1 = v128.load(o, 16);
    const m0 = f64x2.add(f64x2.mul(s, a0), f64x2.mul(c, x0));
    const m1 = f64x2.add(f64x2.mul(s, a1), f64x2.mul(c, x1));
    x0 = f64x2.sub(f64x2.mul(c, a0), f64x2.mul(s, x0));
    x1 = f64x2.sub(f64x2.mul(c, a1), f64x2.mul(s, x1));
    v128.store(o + 2 * rowBytes, f64x2.add(f64x2.mul(t, m0), f64x2.mul(e, y0)));
    v128.store(o + 2 * rowBytes, f64x2.add(f64x2.mul(t, m1), f64x2.mul(e, y1)), 16);
    y0 = f64x2.sub(f64x2.mul(e, m0), f64x2.mul(t, y0));
    y1 = f64x2.sub(f64x2.mul(e, m1), f64x2.mul(t, y1));
  }
  const e = v128.load64_splat(rotation, 48);
  const t = v128.load64_splat(rotation, 56);
  v128.store(o + rowBytes, f64x2.add(f64x2.mul(t, x0), f64x2.mul(e, y0)));
  v128.store(o + rowBytes, f64x2.add(f64x2.mul(t, x1), f64x2.mul(e, y1)), 16);
  v128.store(o, f64x2.sub(f64x2.mul(e, x0), f64x2.mul(t, y0)));
  v128.store(o, f64x2.sub(f64x2.mul(e, x1), f64x2.mul(t, y1)), 16);
}
