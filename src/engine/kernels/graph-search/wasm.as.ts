import { squared_distance } from '../tiles.as';
import { products, squared_distances } from './pairs.as';

/** Queries or owners of one task. */
// @ts-ignore: decorator
@inline
const CHUNK: i32 = 8;

/** An entry: how far the row is (f64), the row (i32), and the two flags (i32). */
// @ts-ignore: decorator
@inline
const ENTRY: usize = 16;
// @ts-ignore: decorator
@inline
const OPEN: i32 = 1;
// @ts-ignore: decorator
@inline
const COUNTS: i32 = 2;

@unmanaged
class Job {
  queries: usize;
  points: usize;
  neighbors: usize;
  starts: usize;
  allowed: usize;
  rows: usize;
  scores: usize;
  scanned: usize;
  m: i32;
  n: i32;
  d: i32;
  degree: i32;
  entries: i32;
  effort: i32;
  k: i32;
  product: i32;
  filtered: i32;
}

/** The nearest rows met, of which at most `effort` count, and no others farther than the last of these. */
@unmanaged
class Nearest {
  entries: usize;
  most: i32;
  count: i32;
  counted: i32;
  next: i32;
}

// @ts-ignore: decorator
@inline
function nearer(apart: f64, row: i32, other: usize): bool {
  const its = load<f64>(other);
  return apart != its ? apart < its : row < load<i32>(other, 8);
}

/** Where an entry stands. */
// @ts-ignore: decorator
@inline
function place(nearest: Nearest, at: i32): usize {
  return nearest.entries + <usize>at * ENTRY;
}

function offer(nearest: Nearest, apart: f64, row: i32, flags: i32): void {
  const count = nearest.count;
  if (nearest.counted == nearest.most && !nearer(apart, row, place(nearest, count - 1))) return;
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nearer(apart, row, place(nearest, middle))) high = middle;
    else low = middle + 1;
  }
  const at = place(nearest, low);
  memory.copy(at + ENTRY, at, <usize>(count - low) * ENTRY);
  store<f64>(at, apart);
  store<i32>(at, row, 8);
  store<i32>(at, flags, 12);
  nearest.count = count + 1;
  if (flags & COUNTS) nearest.counted += 1;
  if (low < nearest.next) nearest.next = low;
  while (nearest.counted >= nearest.most) {
    const counts = load<i32>(place(nearest, nearest.count - 1), 12) & COUNTS;
    if (nearest.counted == nearest.most && counts) break;
    nearest.count -= 1;
    if (counts) nearest.counted -= 1;
  }
}

/** The nearest row that is open, now no more; −1 if there is none. */
function opened(nearest: Nearest): i32 {
  for (; nearest.next < nearest.count; nearest.next += 1) {
    const at = place(nearest, nearest.next);
    const flags = load<i32>(at, 12);
    if (!(flags & OPEN)) continue;
    store<i32>(at, flags & ~OPEN, 12);
    nearest.next += 1;
    return load<i32>(at, 8);
  }
  return -1;
}

export function graph_search(address: usize, task: i32, scratch: usize): void {
  const job = changetype<Job>(address);
  const end = min(job.m, (task + 1) * CHUNK);
  for (let q = task * CHUNK; q < end; q++) answer(job, q, scratch);
}

/** Scratch: what `Nearest` has, the query in float64, the rows to be scored next, which were met, and the entries. */
function answer(job: Job, q: i32, scratch: usize): void {
  const d = job.d;
  const nearest = changetype<Nearest>(scratch);
  const query = scratch + 64;
  const fresh = query + (<usize>d << 3);
  const met = fresh + (<usize>(max(job.degree, job.entries) + 1) / 2 << 3);
  const bytes = (<usize>job.n + 63) / 64 * 8;
  const x = job.queries + (<usize>(q * d) << 2);
  for (let c: usize = 0; c < <usize>d; c++) store<f64>(query + (c << 3), <f64>load<f32>(x + (c << 2)));
  memory.fill(met, 0, bytes);
  nearest.entries = met + bytes;
  nearest.most = job.effort;
  nearest.count = 0;
  nearest.counted = 0;
  nearest.next = 0;
  let scanned = 0;
  let list = job.starts;
  let length = job.entries;
  while (true) {
    let count = 0;
    for (let e = 0; e < length; e++) {
      const row = load<i32>(list + (<usize>e << 2));
      if (<u32>row >= <u32>job.n) break;
      const word = met + (<usize>row >> 3);
      const bit = 1 << (row & 7);
      const known = <i32>load<u8>(word);
      if (known & bit) continue;
      store<u8>(word, known | bit);
      store<i32>(fresh + (<usize>count << 2), row);
      count += 1;
    }
    meet(job, nearest, query, fresh, count);
    scanned += count;
    const row = opened(nearest);
    if (row < 0) break;
    list = job.neighbors + (<usize>row * job.degree << 2);
    length = job.degree;
  }
  store<f64>(job.scanned + (<usize>q << 3), scanned);
  write_best(job, nearest, q);
}

/** Scores `count` rows, two at a time: their sums do not wait for each other. */
function meet(job: Job, nearest: Nearest, query: usize, fresh: usize, count: i32): void {
  for (let f = 0; f < count; f += 2) {
    const first = load<i32>(fresh + (<usize>f << 2));
    const second = f + 1 < count ? load<i32>(fresh + (<usize>f << 2), 4) : first;
    const y = job.points + (<usize>first * job.d << 2);
    const z = job.points + (<usize>second * job.d << 2);
    const both = job.product ? products(query, y, z, job.d) : squared_distances(query, y, z, job.d);
    const full = nearest.counted == nearest.most;
    const farthest = full ? load<f64>(place(nearest, nearest.count - 1)) : Infinity;
    const a = f64x2.extract_lane(both, 0);
    if (a <= farthest) offer(nearest, a, first, OPEN | counts_of(job, first));
    const b = f64x2.extract_lane(both, 1);
    if (b <= farthest && second != first) offer(nearest, b, second, OPEN | counts_of(job, second));
  }
}

// @ts-ignore: decorator
@inline
function counts_of(job: Job, row: i32): i32 {
  return !job.filtered || load<u8>(job.allowed + <usize>row) ? COUNTS : 0;
}

function write_best(job: Job, nearest: Nearest, q: i32): void {
  let at = q * job.k;
  const end = at + job.k;
  for (let e = 0; e < nearest.count && at < end; e++) {
    const entry = place(nearest, e);
    if (!(load<i32>(entry, 12) & COUNTS)) continue;
    const apart = load<f64>(entry);
    store<i32>(job.rows + (<usize>at << 2), load<i32>(entry, 8));
    store<f64>(job.scores + (<usize>at << 3), -(job.product ? apart : Math.sqrt(apart)));
    at += 1;
  }
}

@unmanaged
class Choice {
  points: usize;
  owners: usize;
  candidates: usize;
  kept: usize;
  /** α². */
  square: f64;
  m: i32;
  d: i32;
  width: i32;
  degree: i32;
}

export function diversify(address: usize, task: i32, scratch: usize): void {
  const job = changetype<Choice>(address);
  const end = min(job.m, (task + 1) * CHUNK);
  for (let i = task * CHUNK; i < end; i++) keep_diverse(job, i, scratch);
}

/** Scratch: `Nearest` and its entries, which sort the candidates. */
function keep_diverse(job: Choice, i: i32, scratch: usize): void {
  const d = job.d;
  const owner = load<i32>(job.owners + (<usize>i << 2));
  const x = job.points + (<usize>owner * d << 2);
  const candidates = job.candidates + (<usize>i * job.width << 2);
  const nearest = changetype<Nearest>(scratch);
  nearest.entries = scratch + 64;
  nearest.most = job.width + 1;
  nearest.count = 0;
  nearest.counted = 0;
  nearest.next = 0;
  for (let t = 0; t < job.width; t++) {
    const row = load<i32>(candidates + (<usize>t << 2));
    if (row < 0 || row == owner) continue;
    offer(nearest, squared_distance(x, job.points + (<usize>row * d << 2), d), row, COUNTS);
  }
  const kept = job.kept + (<usize>i * job.degree << 2);
  let found = 0;
  let last = -1;
  for (let t = 0; t < nearest.count && found < job.degree; t++) {
    const entry = place(nearest, t);
    const row = load<i32>(entry, 8);
    if (row == last) continue;
    last = row;
    if (!is_diverse(job, kept, found, row, load<f64>(entry))) continue;
    store<i32>(kept + (<usize>found << 2), row);
    found += 1;
  }
}

function is_diverse(job: Choice, kept: usize, found: i32, row: i32, apart: f64): bool {
  const y = job.points + (<usize>row * job.d << 2);
  for (let p = 0; p < found; p++) {
    const other = job.points + (<usize>load<i32>(kept + (<usize>p << 2)) * job.d << 2);
    if (!(job.square * squared_distance(other, y, job.d) > apart)) return false;
  }
  return true;
}
