import { tile_columns_f64 } from '../../generated/tile.as';

/** Rows summed before their sum is added to the total: GRAM_ROWS of contract.ts. */
// @ts-ignore: decorator
@inline
const ROWS: i32 = 256;
/** Columns of the points in a panel: rows and columns of a register tile. */
// @ts-ignore: decorator
@inline
const PANEL: i32 = 4;
/** Bytes of a panel of ROWS rows in float64. */
// @ts-ignore: decorator
@inline
const PANEL_BYTES: usize = 8192;

@unmanaged
class Job {
  /** n × d. */
  points: usize;
  /** d × d doubles. */
  out: usize;
  n: i32;
  d: i32;
  /** Columns of the points in a strip: a multiple of PANEL. */
  strip: i32;
}

/**
 * The columns are cut into strips; each task meets one pair of strips, a ≤ b, and stores what it finds and
 * its mirror image. Scratch: two strips of ROWS rows in float64, strip × strip sums.
 * Products of two float32 are exact in float64; every entry adds its rows in the contract's order.
 */
export function gram(address: usize, task: i32, scratch: usize): void {
  const job = changetype<Job>(address);
  const strip = job.strip;
  let b = 0;
  while (task > b) task -= ++b;
  const left = scratch;
  const right = task == b ? left : scratch + <usize>(strip / PANEL) * PANEL_BYTES;
  const sums = scratch + <usize>(2 * strip / PANEL) * PANEL_BYTES;
  memory.fill(sums, 0, <usize>(strip * strip) << 3);
  for (let first = 0; first < job.n; first += ROWS) {
    const count = min(ROWS, job.n - first);
    widen(job, first, count, task * strip, left);
    if (right != left) widen(job, first, count, b * strip, right);
    add_products(job, count, left, right, b * strip, sums);
  }
  store_entries(job, task * strip, b * strip, sums);
}

/** `count` rows of the columns from c on, in panels, widened; columns beyond d are zero. */
function widen(job: Job, first: i32, count: i32, c: i32, out: usize): void {
  for (const end = min(c + job.strip, job.d); c < end; c += PANEL) {
    const present = min(PANEL, job.d - c);
    let from = job.points + (<usize>(first * job.d + c) << 2);
    for (let i = 0, to = out; i < count; i++, to += 32) {
      if (present == PANEL) {
        v128.store(to, f64x2.promote_low_f32x4(v128.load64_zero(from)));
        v128.store(to, f64x2.promote_low_f32x4(v128.load64_zero(from, 8)), 16);
      } else {
        for (let u = 0; u < PANEL; u++) {
          store<f64>(to + (<usize>u << 3), u < present ? <f64>load<f32>(from + (<usize>u << 2)) : 0);
        }
      }
      from += <usize>job.d << 2;
    }
    out += PANEL_BYTES;
  }
}

/** Adds the block's sums of products; where a strip meets itself, from the diagonal on. */
function add_products(job: Job, count: i32, left: usize, right: usize, b: i32, sums: usize): void {
  const stride = <usize>job.strip << 3;
  for (let j = 0; j < min(job.strip, job.d - b); j += PANEL) {
    const panel = right + <usize>(j / PANEL) * PANEL_BYTES;
    const end = left == right ? j + PANEL : job.strip;
    for (let i = 0; i < end; i += PANEL) {
      const at = sums + <usize>i * stride + (<usize>j << 3);
      tile_columns_f64(count, left + <usize>(i / PANEL) * PANEL_BYTES, panel, at, stride, true);
    }
  }
}

function store_entries(job: Job, a: i32, b: i32, sums: usize): void {
  const d = job.d;
  for (let i = 0; i < min(job.strip, d - a); i++) {
    for (let j = a == b ? i : 0; j < min(job.strip, d - b); j++) {
      const value = load<f64>(sums + (<usize>(job.strip * i + j) << 3));
      store<f64>(job.out + (<usize>((a + i) * d + b + j) << 3), value);
      store<f64>(job.out + (<usize>((b + j) * d + a + i) << 3), value);
    }
  }
}
