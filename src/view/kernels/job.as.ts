/** Where everything of a picture is, in the order of `FIELDS` and `NUMBERS` of src/view/renderers/cpu/painter.ts. */
@unmanaged
export class Job {
  /** n float32 each, n a multiple of 4. */
  x: usize;
  y: usize;
  z: usize;
  /** n: selected, rank of a map, shade, as a cell has them; negative where a point is not drawn. */
  keys: usize;
  /** Of a chunk: doubles, doubles, 32-bit numbers. */
  xs: usize;
  ys: usize;
  ranks: usize;
  /** stride × rows 32-bit numbers. */
  cells: usize;
  /** stride × rows 16-bit numbers, of round points alone. */
  covers: usize;
  /** width × height colors. */
  pixels: usize;
  /** 256 shades × 256 levels of colors. */
  colors: usize;
  /** Solidity in 0 … 255 of a number of points or of a cover. */
  levels: usize;
  /** 256 shares in 0 … 256 by depth. */
  depths: usize;
  /** Sine and cosine by Mollweide's equation: see mollweide.as.ts. */
  angles: usize;
  /** Of a disk at 4 × 4 places within a cell: how many cells, then their offsets, then their weights. */
  brush: usize;
  brushLength: i32;
  stride: i32;
  rows: i32;
  width: i32;
  height: i32;
  pad: i32;
  margin: i32;
  hasDepth: i32;
  isSelecting: i32;
  ground: i32;
  /** Left upper corner of cells to the middle of the projection, and its unit. */
  x0: f64;
  y0: f64;
  scale: f64;
  /** Rotation, row by row. */
  a: f64;
  b: f64;
  c: f64;
  d: f64;
  e: f64;
  f: f64;
  g: f64;
  h: f64;
  j: f64;
}

/** Bits of a cell. */
// @ts-ignore: decorator
@inline
export const SELECTED: i32 = 1 << 30;
// @ts-ignore: decorator
@inline
export const SELECTED_AND_SHADE: i32 = (1 << 30) | 0xff00;
// @ts-ignore: decorator
@inline
export const RANKS: f64 = 16382;

/** Two of four float32 as doubles. */
// @ts-ignore: decorator
@inline
export function low(four: v128): v128 {
  return f64x2.promote_low_f32x4(four);
}

// @ts-ignore: decorator
@inline
export function high(four: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i64>(four, four, 1, 1));
}

/** p·x + q·y + r·z, added in this order, as on the page. */
// @ts-ignore: decorator
@inline
export function mixed(p: v128, x: v128, q: v128, y: v128, r: v128, z: v128): v128 {
  return f64x2.add(f64x2.add(f64x2.mul(p, x), f64x2.mul(q, y)), f64x2.mul(r, z));
}

/** The places of two points, u right and v up of the middle in units of the scale. */
// @ts-ignore: decorator
@inline
export function store_pair(job: Job, u: v128, v: v128, to: usize): void {
  const scale = f64x2.splat(job.scale);
  v128.store(job.xs + to, f64x2.add(f64x2.splat(job.x0), f64x2.mul(u, scale)));
  v128.store(job.ys + to, f64x2.sub(f64x2.splat(job.y0), f64x2.mul(v, scale)));
}
