/** ⟨x, y⟩ of two rows of `bytes` bytes, a multiple of 32, in four running sums. */
// @ts-ignore: decorator
@inline
function dot(x: usize, y: usize, bytes: usize): f64 {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  for (let k: usize = 0; k < bytes; k += 32) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(x + k), v128.load(y + k)));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(x + k, 16), v128.load(y + k, 16)));
  }
  const s = f64x2.add(s0, s1);
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}

// @ts-ignore: decorator
@inline
function sum(s: v128): f64 {
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}

/** The products of row i with rows j … j + 3 go to `out`: four rows share the loads of row i. */
// @ts-ignore: decorator
@inline
function four_dots(x: usize, y: usize, bytes: usize, out: usize): void {
  const y1 = y + bytes;
  const y2 = y1 + bytes;
  const y3 = y2 + bytes;
  let a0 = f64x2.splat(0);
  let a1 = f64x2.splat(0);
  let a2 = f64x2.splat(0);
  let a3 = f64x2.splat(0);
  let b0 = f64x2.splat(0);
  let b1 = f64x2.splat(0);
  let b2 = f64x2.splat(0);
  let b3 = f64x2.splat(0);
  for (let k: usize = 0; k < bytes; k += 32) {
    const p = v128.load(x + k);
    const q = v128.load(x + k, 16);
    a0 = f64x2.add(a0, f64x2.mul(p, v128.load(y + k)));
    b0 = f64x2.add(b0, f64x2.mul(q, v128.load(y + k, 16)));
    a1 = f64x2.add(a1, f64x2.mul(p, v128.load(y1 + k)));
    b1 = f64x2.add(b1, f64x2.mul(q, v128.load(y1 + k, 16)));
    a2 = f64x2.add(a2, f64x2.mul(p, v128.load(y2 + k)));
    b2 = f64x2.add(b2, f64x2.mul(q, v128.load(y2 + k, 16)));
    a3 = f64x2.add(a3, f64x2.mul(p, v128.load(y3 + k)));
    b3 = f64x2.add(b3, f64x2.mul(q, v128.load(y3 + k, 16)));
  }
  store<f64>(out, sum(f64x2.add(a0, b0)));
  store<f64>(out, sum(f64x2.add(a1, b1)), 8);
  store<f64>(out, sum(f64x2.add(a2, b2)), 16);
  store<f64>(out, sum(f64x2.add(a3, b3)), 24);
}

/** Rows of one block: their coordinates stay in the cache while a row passes over them. */
// @ts-ignore: decorator
@inline
const BLOCK: i32 = 64;

/**
 * Pairs i > j, i ≥ frozen, with cosine (|cosine| for lines) above `least`: byte offsets of their rows go
 * to `first` and `second`, up to `capacity` of them; all are counted. `scratch` has room for 4 numbers.
 * Blocks of j, then i, then j within the block.
 */
export function overlap_collect(
  x: usize, n: i32, bytes: usize, frozen: i32, least: f64, lines: i32,
  first: usize, second: usize, capacity: i32, scratch: usize,
): i32 {
  let count = 0;
  for (let block = 0; block < n; block += BLOCK) {
    const end = min(block + BLOCK, n);
    for (let i = max(max(1, frozen), block + 1); i < n; i++) {
      const row = <usize>i * bytes;
      const last = min(end, i);
      let j = block;
      for (; j < last; j += 4) {
        // Rows beyond the last are read, not used: memory has room for them.
        four_dots(x + row, x + <usize>j * bytes, bytes, scratch);
        const present = min(4, last - j);
        for (let k = 0; k < present; k++) {
          const cosine = load<f64>(scratch + (<usize>k << 3));
          if (!(cosine > least || (lines != 0 && -cosine > least))) continue;
          if (count < capacity) {
            store<i32>(first + (<usize>count << 2), <i32>row);
            store<i32>(second + (<usize>count << 2), <i32>(<usize>(j + k) * bytes));
          }
          count++;
        }
      }
    }
  }
  return count;
}

/** Largest cosine (|cosine| for lines) of two rows. */
export function overlap_largest(x: usize, n: i32, bytes: usize, lines: i32, scratch: usize): f64 {
  let largest = -Infinity;
  for (let block = 0; block < n; block += BLOCK) {
    const end = min(block + BLOCK, n);
    for (let i = block + 1; i < n; i++) {
      const last = min(end, i);
      for (let j = block; j < last; j += 4) {
        four_dots(x + <usize>i * bytes, x + <usize>j * bytes, bytes, scratch);
        const present = min(4, last - j);
        for (let k = 0; k < present; k++) {
          const product = load<f64>(scratch + (<usize>k << 3));
          const cosine = lines != 0 ? abs(product) : product;
          if (cosine > largest) largest = cosine;
        }
      }
    }
  }
  return largest;
}

/**
 * The listed pairs by row: `starts` has n + 1 numbers, and row i's pairs are entries starts[i] … of
 * `others` (the other row's byte offset) and `numbers` (the pair's number), in the order of the list.
 */
export function overlap_index(
  n: i32, bytes: usize, first: usize, second: usize, count: i32,
  starts: usize, others: usize, numbers: usize,
): void {
  memory.fill(starts, 0, <usize>(n + 1) << 2);
  for (let p = 0; p < count; p++) {
    const i = starts + (<usize>load<i32>(first + (<usize>p << 2)) / bytes << 2);
    const j = starts + (<usize>load<i32>(second + (<usize>p << 2)) / bytes << 2);
    store<i32>(i, load<i32>(i) + 1);
    store<i32>(j, load<i32>(j) + 1);
  }
  let before = 0;
  for (let i = 0; i <= n; i++) {
    const at = starts + (<usize>i << 2);
    before += load<i32>(at);
    store<i32>(at, before);
  }
  // Filled from the end of each row, so that `starts` ends at the beginnings.
  for (let p = count - 1; p >= 0; p--) {
    const i = load<i32>(first + (<usize>p << 2));
    const j = load<i32>(second + (<usize>p << 2));
    enter(starts + (<usize>i / bytes << 2), j, p, others, numbers);
    enter(starts + (<usize>j / bytes << 2), i, p, others, numbers);
  }
}

// @ts-ignore: decorator
@inline
function enter(start: usize, other: i32, pair: i32, others: usize, numbers: usize): void {
  const at = load<i32>(start) - 1;
  store<i32>(start, at);
  store<i32>(others + (<usize>at << 2), other);
  store<i32>(numbers + (<usize>at << 2), pair);
}

/**
 * Energy Σh² and Σh of the listed pairs to `out`, and the push 2h/r of each (negative where for lines
 * the antipode is the close one, 0 where disks are apart) to `pushes`.
 */
export function overlap_pushes(
  x: usize, bytes: usize, lines: i32, first: usize, second: usize, count: i32,
  diameter: f64, pushes: usize, out: usize,
): void {
  const least = 1.0 - diameter * diameter / 2.0;
  let energy = 0.0;
  let overlaps = 0.0;
  for (let p = 0; p < count; p++) {
    const i = <usize>load<i32>(first + (<usize>p << 2));
    const j = <usize>load<i32>(second + (<usize>p << 2));
    const product = dot(x + i, x + j, bytes);
    const sign = lines != 0 && product < 0.0 ? -1.0 : 1.0;
    const cosine = sign * product;
    let push = 0.0;
    if (cosine > least) {
      const r = sqrt(max(2.0 - 2.0 * cosine, 1e-24));
      const h = diameter - r;
      energy += h * h;
      overlaps += h;
      push = 2.0 * sign * h / r;
    }
    store<f64>(pushes + (<usize>p << 3), push);
  }
  store<f64>(out, energy);
  store<f64>(out, overlaps, 8);
}

/**
 * Row i of `g` becomes Σ_j push · x_j over its listed pairs, less its part along x_i; rows before
 * `frozen` become 0. `scratch` has room for the pairs of a row: an address and a number each.
 */
export function overlap_gather(
  x: usize, g: usize, n: i32, bytes: usize, frozen: i32,
  starts: usize, others: usize, numbers: usize, pushes: usize, scratch: usize,
): void {
  memory.fill(g, 0, <usize>frozen * bytes);
  for (let i = frozen; i < n; i++) {
    const from = load<i32>(starts + (<usize>i << 2));
    const to = load<i32>(starts + (<usize>i << 2), 4);
    let active: usize = scratch;
    for (let e = from; e < to; e++) {
      const number = <usize>load<i32>(numbers + (<usize>e << 2));
      const push = load<f64>(pushes + (number << 3));
      if (push == 0.0) continue;
      store<f64>(active, push);
      store<i32>(active, <i32>(x + <usize>load<i32>(others + (<usize>e << 2))), 8);
      active += 16;
    }
    const row = <usize>i * bytes;
    gather_row(g + row, bytes, scratch, active);
    const radial = f64x2.splat(dot(x + row, g + row, bytes));
    for (let k: usize = 0; k < bytes; k += 16) {
      const at = g + row + k;
      v128.store(at, f64x2.sub(v128.load(at), f64x2.mul(radial, v128.load(x + row + k))));
    }
  }
}

/** Σ push · row over the entries, eight coordinates at a time, so that sums stay in registers. */
// @ts-ignore: decorator
@inline
function gather_row(out: usize, bytes: usize, entries: usize, end: usize): void {
  let k: usize = 0;
  for (; k + 64 <= bytes; k += 64) {
    let s0 = f64x2.splat(0);
    let s1 = f64x2.splat(0);
    let s2 = f64x2.splat(0);
    let s3 = f64x2.splat(0);
    for (let e = entries; e < end; e += 16) {
      const push = v128.load64_splat(e);
      const row = <usize>load<i32>(e, 8) + k;
      s0 = f64x2.add(s0, f64x2.mul(push, v128.load(row)));
      s1 = f64x2.add(s1, f64x2.mul(push, v128.load(row, 16)));
      s2 = f64x2.add(s2, f64x2.mul(push, v128.load(row, 32)));
      s3 = f64x2.add(s3, f64x2.mul(push, v128.load(row, 48)));
    }
    v128.store(out + k, s0);
    v128.store(out + k, s1, 16);
    v128.store(out + k, s2, 32);
    v128.store(out + k, s3, 48);
  }
  for (; k < bytes; k += 32) {
    let s0 = f64x2.splat(0);
    let s1 = f64x2.splat(0);
    for (let e = entries; e < end; e += 16) {
      const push = v128.load64_splat(e);
      const row = <usize>load<i32>(e, 8) + k;
      s0 = f64x2.add(s0, f64x2.mul(push, v128.load(row)));
      s1 = f64x2.add(s1, f64x2.mul(push, v128.load(row, 16)));
    }
    v128.store(out + k, s0);
    v128.store(out + k, s1, 16);
  }
}
