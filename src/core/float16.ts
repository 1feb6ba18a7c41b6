const scratch = new DataView(new ArrayBuffer(4));

let table: Float32Array | undefined;

function decodedBits(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The value of each of the 65,536 half-precision bit patterns. */
export function float16Values(): Float32Array {
  table ??= Float32Array.from({ length: 65536 }, (_, half) => decodedBits(half));
  return table;
}

/** Half-precision bits of x, rounded to nearest, ties to even; beyond 65,519 an infinity. */
export function float16Bits(x: number): number {
  scratch.setFloat32(0, x);
  const bits = scratch.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude < 0x38800000) {
    // Subnormal half: a multiple of 2⁻²⁴, at most 2¹⁰ of them.
    return sign | roundedToEven(Math.abs(x) * 2 ** 24);
  }
  const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1);
  return sign | ((rounded - 0x38000000) >>> 13);
}

/** The nearest integer, of two the even one, x ≥ 0. */
export function roundedToEven(x: number): number {
  const low = Math.floor(x);
  const rest = x - low;
  if (rest !== 0.5) return Math.round(x);
  return low % 2 === 0 ? low : low + 1;
}

const floats = new Float32Array(1);
const words = new Uint32Array(floats.buffer);

/** The upper half of a float32 that is x rounded to nearest, ties to even; beyond the largest an infinity. */
export function bfloat16Bits(x: number): number {
  floats[0] = x;
  const [bits] = words;
  if ((bits & 0x7fffffff) > 0x7f800000) return (bits >>> 16) | 0x40;
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}
