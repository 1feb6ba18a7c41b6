import { tile_columns } from '../../generated/tile.as';
import { CHUNK, inner_product, pack_columns, reached, squared_distance, STRIDE, TILE_ROWS, WIDTH } from '../tiles.as';

/**
 * One call's work: first the points are packed, WIDTH rows a task; then each task finds the k nearest
 * points of CHUNK queries.
 *
 * A tile of products gives ½‖x − y‖² = ½‖x‖² + ½‖y‖² − ⟨x, y⟩ to within `slack`. Whatever could be among
 * the k nearest by that is computed anew in float64 from differences, so the lists are exact.
 */
@unmanaged
class Job {
  /** Rows of length d. The same address as `points` if self is excluded. */
  queries: usize;
  points: usize;
  /** Panels of `pack_columns`. */
  columns: usize;
  /** ½‖y‖² of each point; WIDTH values readable beyond. */
  halfSquares: usize;
  /** Largest ½‖y‖² of each task of the first kind. */
  largest: usize;
  /** Tasks done of the first kind. */
  packed: usize;
  indices: usize;
  /** Squared while they are collected, distances in the end. */
  distances: usize;
  queryCount: i32;
  pointCount: i32;
  d: i32;
  k: i32;
  excludeSelf: i32;
  /** The largest ⟨x, y⟩ instead of the least ‖x − y‖²: distances are −⟨x, y⟩, and halves of squares 0. */
  product: i32;
}

export function nearest(address: usize, task: i32, scratch: usize): void {
  const job = changetype<Job>(address);
  const blocks = (job.pointCount + WIDTH - 1) / WIDTH;
  if (task < blocks) return pack_block(job, task);
  if (!reached(job.packed, blocks)) return;
  const first = (task - blocks) * CHUNK;
  const count = min(CHUNK, job.queryCount - first);
  const own = job.excludeSelf ? first / WIDTH : 0;
  const largest = Math.sqrt(2 * largest_half(job, blocks));
  pack_columns(job.queries + (<usize>(first * job.d) << 2), count, job.d, <usize>job.d << 2, packed_queries(scratch));
  // The block where the queries themselves lie comes first: near rows often stand close to each other,
  // and an early bound spares most of the work on the rest.
  search_block(job, first, count, own, true, largest, scratch);
  for (let block = 0; block < blocks; block++) {
    if (block != own) search_block(job, first, count, block, false, largest, scratch);
  }
  const end = job.distances + (<usize>((first + count) * job.k) << 3);
  for (let at = job.distances + (<usize>(first * job.k) << 3); at < end; at += 8) {
    store<f64>(at, job.product ? -load<f64>(at) : Math.sqrt(load<f64>(at)));
  }
}

function pack_block(job: Job, block: i32): void {
  const d = job.d;
  const first = block * WIDTH;
  const count = min(WIDTH, job.pointCount - first);
  const points = job.points + (<usize>(first * d) << 2);
  pack_columns(points, count, d, <usize>d << 2, job.columns + (<usize>(first * d) << 2));
  let largest: f64 = 0;
  for (let j = 0; j < count; j++) {
    const half = half_square(points + (<usize>(j * d) << 2), d);
    if (half > largest) largest = half;
    store<f32>(job.halfSquares + (<usize>(first + j) << 2), job.product ? 0 : <f32>half);
  }
  store<f64>(job.largest + (<usize>block << 3), largest);
  atomic.add<i32>(job.packed, 1);
}

function largest_half(job: Job, blocks: i32): f64 {
  let largest: f64 = 0;
  for (let block = 0; block < blocks; block++) largest = max(largest, load<f64>(job.largest + (<usize>block << 3)));
  return largest;
}

function half_square(x: usize, d: i32): f64 {
  let sum: f64 = 0;
  for (const end = x + (<usize>d << 2); x < end; x += 4) sum += <f64>load<f32>(x) * <f64>load<f32>(x);
  return sum / 2;
}

/** Scratch: CHUNK rows of scores, one row of best scores, and the chunk's queries as `pack_columns` leaves them. */
// @ts-ignore: decorator
@inline
function packed_queries(scratch: usize): usize {
  return scratch + <usize>(CHUNK + 1) * STRIDE;
}

/** `fresh`: the lists are still empty. `largest`: the largest norm of a point. */
function search_block(job: Job, first: i32, count: i32, block: i32, fresh: bool, largest: f64, scratch: usize): void {
  const d = job.d;
  const row = <usize>d << 2;
  const firstJ = block * WIDTH;
  const countJ = min(WIDTH, job.pointCount - firstJ);
  for (let j = 0; j < countJ; j += 8) {
    const panel = job.columns + <usize>(firstJ + j) * row;
    for (let i = 0; i < count; i += TILE_ROWS) {
      const x = packed_queries(scratch) + <usize>(i & ~7) * row + (<usize>(i & 7) << 2);
      tile_columns(d, x, panel, scratch + <usize>i * STRIDE + (<usize>j << 2), STRIDE, false);
    }
  }
  for (let i = 0; i < count; i++) {
    const scores = scratch + <usize>i * STRIDE;
    search_row(job, first + i, firstJ, countJ, fresh, largest, scores, scratch + <usize>CHUNK * STRIDE);
  }
}

/** Turns the products at `scores` into −½‖x − y‖² + ½‖x‖² and collects what may be among the nearest. */
function search_row(job: Job, i: i32, firstJ: i32, countJ: i32, fresh: bool, largest: f64, scores: usize, best: usize): void {
  const d = job.d;
  const x = job.queries + (<usize>(i * d) << 2);
  const halfSquare = half_square(x, d);
  // |fl(⟨x, y⟩) − ⟨x, y⟩| ≤ d u ‖x‖ ‖y‖, u = 2⁻²⁴; more u for the halves and the differences, and 1e-37
  // a term where products leave the normal numbers.
  const norm = Math.sqrt(2 * halfSquare);
  const squares = largest * largest + norm * norm;
  const slack = 5.97e-8 * (<f64>(d + 2) * norm * largest + 2 * squares) + 1e-37 * <f64>d;
  const self = job.excludeSelf ? i : -1;

  const halves = job.halfSquares + (<usize>firstJ << 2);
  for (let j: usize = 0; j < <usize>countJ << 2; j += 16) {
    v128.store(scores + j, f32x4.sub(v128.load(scores + j), v128.load(halves + j)));
  }
  for (let j = countJ; j & 15; j++) store<f32>(scores + (<usize>j << 2), -Infinity);
  if (self >= firstJ && self < firstJ + countJ) store<f32>(scores + (<usize>(self - firstJ) << 2), -Infinity);

  let bound = score_bound(job, i, halfSquare, slack);
  if (fresh) bound = max(bound, kth_best(scores, countJ, job.k, best) - <f32>(2.001 * slack));
  let bounds = f32x4.splat(bound);
  for (let j = 0; j < countJ; j += 16) {
    const at = scores + (<usize>j << 2);
    // NaN (products that overflowed) is not below the bound.
    const below = v128.and(
      v128.and(f32x4.lt(v128.load(at), bounds), f32x4.lt(v128.load(at, 16), bounds)),
      v128.and(f32x4.lt(v128.load(at, 32), bounds), f32x4.lt(v128.load(at, 48), bounds)),
    );
    if (i32x4.all_true(below)) continue;
    for (let u = j; u < min(j + 16, countJ); u++) {
      if (load<f32>(scores + (<usize>u << 2)) < bound) continue;
      if (firstJ + u == self) continue;
      const y = job.points + (<usize>((firstJ + u) * d) << 2);
      const distance = job.product ? -inner_product(x, y, d) : squared_distance(x, y, d);
      if (insert(job, i, firstJ + u, distance)) {
        bound = max(bound, score_bound(job, i, halfSquare, slack));
        bounds = f32x4.splat(bound);
      }
    }
  }
}

/** Rows scoring less are farther than the kth in the list of row i. */
function score_bound(job: Job, i: i32, halfSquare: f64, slack: f64): f32 {
  const kth = load<f64>(job.distances + (<usize>((i + 1) * job.k - 1) << 3));
  const bound = (job.product ? -kth : halfSquare - kth / 2) - slack;
  return <f32>(bound - 6e-8 * Math.abs(bound));
}

/** Puts j into the list of row i if it is nearer than the last, or as near with a lower index. */
function insert(job: Job, i: i32, j: i32, distance: f64): bool {
  const k = job.k;
  const distances = job.distances + (<usize>(i * k) << 3);
  const indices = job.indices + (<usize>(i * k) << 2);
  let at = k - 1;
  if (!before(distance, j, distances, indices, at)) return false;
  for (; at > 0 && before(distance, j, distances, indices, at - 1); at--) {
    store<f64>(distances + (<usize>at << 3), load<f64>(distances + (<usize>(at - 1) << 3)));
    store<i32>(indices + (<usize>at << 2), load<i32>(indices + (<usize>(at - 1) << 2)));
  }
  store<f64>(distances + (<usize>at << 3), distance);
  store<i32>(indices + (<usize>at << 2), j);
  return true;
}

// @ts-ignore: decorator
@inline
function before(distance: f64, j: i32, distances: usize, indices: usize, at: i32): bool {
  const other = load<f64>(distances + (<usize>at << 3));
  if (distance < other) return distance < Infinity;
  return distance == other && j < load<i32>(indices + (<usize>at << 2));
}

/** The kth largest of the scores, −∞ if there are fewer; `best` has room for k values, at most WIDTH. */
function kth_best(scores: usize, count: i32, k: i32, best: usize): f32 {
  if (k > count) return -Infinity;
  for (let t = 0; t < k; t++) store<f32>(best + (<usize>t << 2), -Infinity);
  const last = best + (<usize>(k - 1) << 2);
  for (let j = 0; j < count; j++) {
    const score = load<f32>(scores + (<usize>j << 2));
    if (!(score > load<f32>(last))) continue;
    let at = last;
    for (; at > best && load<f32>(at - 4) < score; at -= 4) store<f32>(at, load<f32>(at - 4));
    store<f32>(at, score);
  }
  return load<f32>(last);
}
