const view = new DataView(new ArrayBuffer(4));

/** The nearest float16, ties to even. */
export function float16(x: number): number {
  const size = Math.abs(x);
  if (size === 0 || !Number.isFinite(x)) return x;
  if (size >= 65520) return Math.sign(x) * Infinity;
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  const step = 2 ** (exponent - 10);
  return toEven(x / step) * step;
}

function toEven(x: number): number {
  const floor = Math.floor(x);
  const over = x - floor;
  if (over !== 0.5) return Math.round(x);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** The nearest bfloat16, ties to even: the upper half of a float32. */
export function bfloat16(x: number): number {
  view.setFloat32(0, x);
  const bits = view.getUint32(0);
  view.setUint32(0, ((bits + 0x7fff + ((bits >>> 16) & 1)) & 0xffff0000) >>> 0);
  return view.getFloat32(0);
}

/** A float32 whose lower half is cut off. */
export function cutBfloat16(x: number): number {
  view.setFloat32(0, x);
  view.setUint32(0, (view.getUint32(0) & 0xffff0000) >>> 0);
  return view.getFloat32(0);
}
