/** Rows of one side of a tile. */
// @ts-ignore: decorator
@inline
const TILE: i32 = 8;

/** Terms below e^−25 of the level are left out: float32 does not see them. */
// @ts-ignore: decorator
@inline
const NEGLIGIBLE: f32 = -25.0;

/** The sums of four vectors, in one. */
// @ts-ignore: decorator
@inline
function four_sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const low = f32x4.add(v128.shuffle<f32>(a, b, 0, 1, 4, 5), v128.shuffle<f32>(a, b, 2, 3, 6, 7));
  const high = f32x4.add(v128.shuffle<f32>(c, d, 0, 1, 4, 5), v128.shuffle<f32>(c, d, 2, 3, 6, 7));
  return f32x4.add(
    v128.shuffle<f32>(low, high, 0, 2, 4, 6),
    v128.shuffle<f32>(low, high, 1, 3, 5, 7),
  );
}

/** ⟨x_i, y_j⟩ of 8 × 8 rows to `out`, where those of one j lie together. */
function products(x: usize, y: usize, bytes: usize, out: usize): void {
  for (let j = 0; j < TILE; j += 2) {
    const y0 = y + <usize>j * bytes;
    const y1 = y0 + bytes;
    for (let i = 0; i < TILE; i += 4) {
      const x0 = x + <usize>i * bytes;
      const x1 = x0 + bytes;
      const x2 = x1 + bytes;
      const x3 = x2 + bytes;
      let a0 = f32x4.splat(0);
      let a1 = f32x4.splat(0);
      let a2 = f32x4.splat(0);
      let a3 = f32x4.splat(0);
      let b0 = f32x4.splat(0);
      let b1 = f32x4.splat(0);
      let b2 = f32x4.splat(0);
      let b3 = f32x4.splat(0);
      for (let k: usize = 0; k < bytes; k += 16) {
        const p = v128.load(y0 + k);
        const q = v128.load(y1 + k);
        let r = v128.load(x0 + k);
        a0 = f32x4.add(a0, f32x4.mul(p, r));
        b0 = f32x4.add(b0, f32x4.mul(q, r));
        r = v128.load(x1 + k);
        a1 = f32x4.add(a1, f32x4.mul(p, r));
        b1 = f32x4.add(b1, f32x4.mul(q, r));
        r = v128.load(x2 + k);
        a2 = f32x4.add(a2, f32x4.mul(p, r));
        b2 = f32x4.add(b2, f32x4.mul(q, r));
        r = v128.load(x3 + k);
        a3 = f32x4.add(a3, f32x4.mul(p, r));
        b3 = f32x4.add(b3, f32x4.mul(q, r));
      }
      const at = out + (<usize>(j * TILE + i) << 2);
      v128.store(at, four_sums(a0, a1, a2, a3));
      v128.store(at, four_sums(b0, b1, b2, b3), TILE << 2);
    }
  }
}

/** eˣ for −87 < x < 87, to 3e-7: x = k ln 2 + r, and Taylor to r⁷. */
// @ts-ignore: decorator
@inline
function exponential(x: v128): v128 {
  const k = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.4426950408889634)));
  let r = f32x4.sub(x, f32x4.mul(k, f32x4.splat(0.693145751953125)));
  r = f32x4.sub(r, f32x4.mul(k, f32x4.splat(1.4286068203094173e-6)));
  let p = f32x4.splat(1.0 / 5040.0);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.0 / 720.0));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.0 / 120.0));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.0 / 24.0));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.0 / 6.0));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.5));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1));
  const power = i32x4.shl(
    i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(127)),
    23,
  );
  return f32x4.mul(p, power);
}

/** g_i += Σ_j push(i, j)·x_j for the 8 rows of a tile; pushes lie `alongI` and `alongJ` bytes apart. */
function gather(
  g: usize, x: usize, bytes: usize, pushes: usize, alongI: usize, alongJ: usize,
): void {
  for (let half = 0; half < 2; half++) {
    const y0 = x + <usize>(4 * half) * bytes;
    const y1 = y0 + bytes;
    const y2 = y1 + bytes;
    const y3 = y2 + bytes;
    const first = pushes + <usize>(4 * half) * alongJ;
    for (let k: usize = 0; k < bytes; k += 32) {
      const p0 = v128.load(y0 + k);
      const q0 = v128.load(y0 + k, 16);
      const p1 = v128.load(y1 + k);
      const q1 = v128.load(y1 + k, 16);
      const p2 = v128.load(y2 + k);
      const q2 = v128.load(y2 + k, 16);
      const p3 = v128.load(y3 + k);
      const q3 = v128.load(y3 + k, 16);
      let at = first;
      let out = g + k;
      for (let i = 0; i < TILE; i++) {
        let push = v128.load32_splat(at);
        let a = f32x4.add(v128.load(out), f32x4.mul(push, p0));
        let b = f32x4.add(v128.load(out, 16), f32x4.mul(push, q0));
        push = v128.load32_splat(at + alongJ);
        a = f32x4.add(a, f32x4.mul(push, p1));
        b = f32x4.add(b, f32x4.mul(push, q1));
        push = v128.load32_splat(at + 2 * alongJ);
        a = f32x4.add(a, f32x4.mul(push, p2));
        b = f32x4.add(b, f32x4.mul(push, q2));
        push = v128.load32_splat(at + 3 * alongJ);
        a = f32x4.add(a, f32x4.mul(push, p3));
        b = f32x4.add(b, f32x4.mul(push, q3));
        v128.store(out, a);
        v128.store(out, b, 16);
        at += alongI;
        out += bytes;
      }
    }
  }
}

/**
 * With v = c, or c² for lines, of all pairs of n rows i > j, i ≥ frozen: Σ exp(β(v − level)) and the
 * largest v to `out`, and Σ_j exp(β(v − level))·∂v/∂c·x_j to row i of `g`. Rows are float32, `bytes`
 * long (a multiple of 32); both have a multiple of 8 rows, zeros beyond n. `tile` has room for 64
 * numbers. Terms above e⁸⁰ count as that.
 */
export function soft_maximum(
  x: usize, g: usize, n: i32, bytes: usize, frozen: i32, lines: i32, beta: f32, level: f32,
  tile: usize, out: usize,
): void {
  const rows = (n + TILE - 1) & -TILE;
  memory.fill(g, 0, <usize>rows * bytes);
  let total = 0.0;
  let largest: f32 = -2.0;
  for (let i = frozen & -TILE; i < rows; i += TILE) {
    const xi = x + <usize>i * bytes;
    for (let j = 0; j <= i; j += TILE) {
      const xj = x + <usize>j * bytes;
      products(xi, xj, bytes, tile);
      if (j == i || i < frozen || i + TILE > n) mask(tile, i, j, n, frozen);
      let most = f32x4.splat(-2);
      for (let t: usize = 0; t < 256; t += 16) {
        const c = v128.load(tile + t);
        // A masked product is −3, for lines too.
        const v = lines ? v128.bitselect(f32x4.mul(c, c), c, f32x4.gt(c, f32x4.splat(-2))) : c;
        most = f32x4.max(most, v);
      }
      const most_here = max(
        max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
        max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
      );
      if (most_here > largest) largest = most_here;
      if (beta * (most_here - level) < NEGLIGIBLE) continue;
      total += terms(tile, beta, level, lines);
      gather(g + <usize>i * bytes, xj, bytes, tile, 4, TILE << 2);
      gather(g + <usize>j * bytes, xi, bytes, tile, TILE << 2, 4);
    }
  }
  store<f64>(out, total);
  store<f64>(out, <f64>largest, 8);
}

/** −3 for what is no pair. */
function mask(tile: usize, i: i32, j: i32, n: i32, frozen: i32): void {
  for (let b = 0; b < TILE; b++) {
    for (let a = 0; a < TILE; a++) {
      if (j + b < i + a && i + a < n && i + a >= frozen) continue;
      store<f32>(tile + (<usize>(b * TILE + a) << 2), -3.0);
    }
  }
}

/** Products become pushes; returns the sum of the terms. */
// @ts-ignore: decorator
@inline
function terms(tile: usize, beta: f32, level: f32, lines: i32): f64 {
  let sum = f32x4.splat(0);
  for (let t: usize = 0; t < 256; t += 16) {
    const c = v128.load(tile + t);
    const present = f32x4.gt(c, f32x4.splat(-2));
    const v = lines ? f32x4.mul(c, c) : c;
    const exponent = f32x4.mul(f32x4.splat(beta), f32x4.sub(v, f32x4.splat(level)));
    const kept = v128.and(present, f32x4.ge(exponent, f32x4.splat(NEGLIGIBLE)));
    const bounded = f32x4.min(f32x4.max(exponent, f32x4.splat(-80)), f32x4.splat(80));
    const term = v128.and(kept, exponential(bounded));
    sum = f32x4.add(sum, term);
    v128.store(tile + t, lines ? f32x4.mul(f32x4.mul(f32x4.splat(2), c), term) : term);
  }
  return (
    <f64>f32x4.extract_lane(sum, 0) + <f64>f32x4.extract_lane(sum, 1) +
    <f64>f32x4.extract_lane(sum, 2) + <f64>f32x4.extract_lane(sum, 3)
  );
}
