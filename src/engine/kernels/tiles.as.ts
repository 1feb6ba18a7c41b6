/**
 * What the kernels on tiles of rows have in common. Here and in all kernels `@ts-ignore: decorator` stands where a
 * decorator of AssemblyScript (`@inline`, `@unmanaged`) precedes a function or a constant: TypeScript, which editors
 * take these files for, knows decorators of classes alone. The compiler checks the types.
 */

/** Address of the flag that any thread sets when it fails; those that wait for it give up. */
// @ts-ignore: decorator
@inline
const FAILED: usize = 28;

/** Rows of a tile chunk and row length of the weights; blocks are multiples of CHUNK up to WIDTH. */
// @ts-ignore: decorator
@inline
export const CHUNK: i32 = 48;
// @ts-ignore: decorator
@inline
export const WIDTH: i32 = 240;
/** Rows of a register tile. */
// @ts-ignore: decorator
@inline
export const TILE_ROWS: i32 = 4;
/** Bytes from row to row of the weights. */
// @ts-ignore: decorator
@inline
export const STRIDE: usize = 960;

/**
 * Lets other threads run; throws when this is the umpteenth time. The host's, not `atomic.wait`: after
 * that instruction V8's baseline compiler (Node 20) forgets what its registers held.
 */
// @ts-ignore: decorator
@external("env", "nap")
declare function nap(times: i32): void;

/** Looks at a counter before a thread naps. */
// @ts-ignore: decorator
@inline
const LOOKS: i32 = 2000;

/** Waits until the counter at `address` has reached `value`; false if another thread failed. */
export function reached(address: usize, value: i32): bool {
  for (let look = 1; atomic.load<i32>(address) < value; look++) {
    if (atomic.load<i32>(FAILED)) return false;
    if (look % LOOKS == 0) nap(look / LOOKS);
  }
  return true;
}

/** Σ_c (x_c ± y_c)² in float64, in the order of `squaredDistance` in squared-distance.ts. */
// @ts-ignore: decorator
@inline
function squared(x: usize, y: usize, d: i32, sum: bool): f64 {
  let s01 = f64x2.splat(0);
  let s23 = f64x2.splat(0);
  for (; d >= 4; d -= 4) {
    const a = v128.load(x);
    const b = v128.load(y);
    const a01 = f64x2.promote_low_f32x4(a);
    const b01 = f64x2.promote_low_f32x4(b);
    const a23 = f64x2.promote_low_f32x4(i8x16.shuffle(a, a, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15));
    const b23 = f64x2.promote_low_f32x4(i8x16.shuffle(b, b, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15));
    const t01 = sum ? f64x2.add(a01, b01) : f64x2.sub(a01, b01);
    const t23 = sum ? f64x2.add(a23, b23) : f64x2.sub(a23, b23);
    s01 = f64x2.add(s01, f64x2.mul(t01, t01));
    s23 = f64x2.add(s23, f64x2.mul(t23, t23));
    x += 16;
    y += 16;
  }
  let s0 = f64x2.extract_lane(s01, 0);
  let s1 = f64x2.extract_lane(s01, 1);
  let s2 = f64x2.extract_lane(s23, 0);
  if (d > 0) s0 += square_at(x, y, 0, sum);
  if (d > 1) s1 += square_at(x, y, 4, sum);
  if (d > 2) s2 += square_at(x, y, 8, sum);
  return s0 + s1 + (s2 + f64x2.extract_lane(s23, 1));
}

// @ts-ignore: decorator
@inline
function square_at(x: usize, y: usize, at: usize, sum: bool): f64 {
  const a = <f64>load<f32>(x + at);
  const b = <f64>load<f32>(y + at);
  const t = sum ? a + b : a - b;
  return t * t;
}

/** Σ_c x_c y_c in float64, in the order of `innerProduct` in squared-distance.ts. */
export function inner_product(x: usize, y: usize, d: i32): f64 {
  let s01 = f64x2.splat(0);
  let s23 = f64x2.splat(0);
  for (; d >= 4; d -= 4) {
    const a = v128.load(x);
    const b = v128.load(y);
    const a01 = f64x2.promote_low_f32x4(a);
    const b01 = f64x2.promote_low_f32x4(b);
    const a23 = f64x2.promote_low_f32x4(i8x16.shuffle(a, a, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15));
    const b23 = f64x2.promote_low_f32x4(i8x16.shuffle(b, b, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15));
    s01 = f64x2.add(s01, f64x2.mul(a01, b01));
    s23 = f64x2.add(s23, f64x2.mul(a23, b23));
    x += 16;
    y += 16;
  }
  let s0 = f64x2.extract_lane(s01, 0);
  let s1 = f64x2.extract_lane(s01, 1);
  let s2 = f64x2.extract_lane(s23, 0);
  if (d > 0) s0 += product_at(x, y, 0);
  if (d > 1) s1 += product_at(x, y, 4);
  if (d > 2) s2 += product_at(x, y, 8);
  return s0 + s1 + (s2 + f64x2.extract_lane(s23, 1));
}

// @ts-ignore: decorator
@inline
function product_at(x: usize, y: usize, at: usize): f64 {
  return <f64>load<f32>(x + at) * <f64>load<f32>(y + at);
}

export function squared_distance(x: usize, y: usize, d: i32): f64 {
  return squared(x, y, d, false);
}
export function squared_sum(x: usize, y: usize, d: i32): f64 {
  return squared(x, y, d, true);
}

/**
 * Rows as columns: `count` rows of length d, `stride` bytes apart, into panels of 8 rows, each k-major:
 * out[(j / 8) · 8 d + 8 k + j % 8] = x[j, k]; rows that are missing in the last panel are zero.
 */
export function pack_columns(x: usize, count: i32, d: i32, stride: usize, out: usize): void {
  for (let j = 0; j < count; j += 8) {
    const panel = out + (<usize>(j * d) << 2);
    const present = min(8, count - j);
    if (present < 8) memory.fill(panel, 0, <usize>d << 5);
    if (present == 8 && (d & 3) == 0) {
      transpose_half(x + <usize>j * stride, stride, d, panel);
      transpose_half(x + <usize>(j + 4) * stride, stride, d, panel + 16);
      continue;
    }
    for (let u = 0; u < present; u++) {
      let from = x + <usize>(j + u) * stride;
      let to = panel + (<usize>u << 2);
      for (let k = 0; k < d; k++) {
        store<f32>(to, load<f32>(from));
        from += 4;
        to += 32;
      }
    }
  }
}

/** Four rows into four lanes of a panel, d a multiple of 4. */
function transpose_half(x: usize, row: usize, d: i32, out: usize): void {
  for (let k = 0; k < d; k += 4) {
    const a = v128.load(x);
    const b = v128.load(x + row);
    const c = v128.load(x + 2 * row);
    const e = v128.load(x + 3 * row);
    const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const ce0 = v128.shuffle<f32>(c, e, 0, 4, 1, 5);
    const ce1 = v128.shuffle<f32>(c, e, 2, 6, 3, 7);
    v128.store(out, v128.shuffle<f32>(ab0, ce0, 0, 1, 4, 5));
    v128.store(out, v128.shuffle<f32>(ab0, ce0, 2, 3, 6, 7), 32);
    v128.store(out, v128.shuffle<f32>(ab1, ce1, 0, 1, 4, 5), 64);
    v128.store(out, v128.shuffle<f32>(ab1, ce1, 2, 3, 6, 7), 96);
    x += 16;
    out += 128;
  }
}

/**
 * `count` rows of length d, `stride` bytes apart, into panels of 8 columns:
 * out[(c / 8) · 8 count + 8 j + c % 8] = x[j, c]; columns beyond d are zero.
 */
export function pack_rows(x: usize, count: i32, d: i32, stride: usize, out: usize): void {
  for (let c = 0; c < d; c += 8) {
    const present = min(8, d - c);
    let from = x + (<usize>c << 2);
    for (let j = 0; j < count; j++) {
      if (present == 8) {
        v128.store(out, v128.load(from));
        v128.store(out, v128.load(from, 16), 16);
      } else {
        v128.store(out, f32x4.splat(0));
        v128.store(out, f32x4.splat(0), 16);
        for (let u = 0; u < present; u++) {
          store<f32>(out + (<usize>u << 2), load<f32>(from + (<usize>u << 2)));
        }
      }
      from += stride;
      out += 32;
    }
  }
}
