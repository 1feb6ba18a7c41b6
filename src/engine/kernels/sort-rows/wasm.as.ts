/** Three passes of 11 bits sort 32. */
// @ts-ignore: decorator
@inline
const DIGIT: i32 = 11;
// @ts-ignore: decorator
@inline
const BUCKETS: i32 = 2048;

@unmanaged
class Job {
  /** s × n. */
  values: usize;
  /** s × n. */
  order: usize;
  n: i32;
}

/** Task t: row t. */
export function sort_rows(address: usize, task: i32, scratch: usize): void {
  const job = changetype<Job>(address);
  const row = <usize>task * (<usize>job.n << 2);
  sort_row(job.values + row, job.n, job.order + row, scratch);
}

/** The order of n values. Scratch: 3 × BUCKETS counters, then 3 n words. */
export function sort_row(from: usize, n: i32, order: usize, scratch: usize): void {
  const bytes = <usize>n << 2;
  const counts = scratch;
  const keys = scratch + 3 * (<usize>BUCKETS << 2);
  const otherKeys = keys + bytes;
  const otherOrder = otherKeys + bytes;

  memory.fill(counts, 0, 3 * (<usize>BUCKETS << 2));
  for (let j: usize = 0; j < bytes; j += 4) {
    const key = sortable(load<f32>(from + j));
    store<u32>(otherKeys + j, key);
    store<i32>(otherOrder + j, <i32>(j >> 2));
    for (let digit = 0; digit < 3; digit++) {
      const count = counts + (<usize>(digit * BUCKETS + digit_of(key, digit)) << 2);
      store<i32>(count, load<i32>(count) + 1);
    }
  }
  add_up(counts);
  scatter(otherKeys, otherOrder, keys, order, n, counts, 0);
  scatter(keys, order, otherKeys, otherOrder, n, counts, 1);
  scatter(otherKeys, otherOrder, keys, order, n, counts, 2);
}

/** Bits that sort as unsigned numbers the way the values do: −0 as 0, NaN last. */
// @ts-ignore: decorator
@inline
function sortable(value: f32): u32 {
  if (value != value) return 0xffffffff;
  const bits = reinterpret<u32>(value + 0);
  return bits >> 31 ? ~bits : bits | 0x80000000;
}

// @ts-ignore: decorator
@inline
function digit_of(key: u32, digit: i32): i32 {
  return <i32>((key >> (digit * DIGIT)) & (BUCKETS - 1));
}

/** Counts become the places where each bucket begins. */
function add_up(counts: usize): void {
  for (let digit = 0; digit < 3; digit++) {
    let place = 0;
    const end = counts + (<usize>((digit + 1) * BUCKETS) << 2);
    for (let at = counts + (<usize>(digit * BUCKETS) << 2); at < end; at += 4) {
      const count = load<i32>(at);
      store<i32>(at, place);
      place += count;
    }
  }
}

function scatter(keys: usize, order: usize, toKeys: usize, toOrder: usize, n: i32, counts: usize, digit: i32): void {
  for (let j: usize = 0; j < <usize>n << 2; j += 4) {
    const key = load<u32>(keys + j);
    const count = counts + (<usize>(digit * BUCKETS + digit_of(key, digit)) << 2);
    const place = load<i32>(count);
    store<i32>(count, place + 1);
    store<u32>(toKeys + (<usize>place << 2), key);
    store<i32>(toOrder + (<usize>place << 2), load<i32>(order + j));
  }
}
