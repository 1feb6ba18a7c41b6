/** Bits that hold whole numbers from 0 to count − 1. */
export function bitsFor(count: number): number {
  return count > 1 ? 32 - Math.clz32(count - 1) : 0;
}

/** Whole numbers below 2^bits one after another, the lowest bit first. */
export function packedBits(values: ArrayLike<number>, bits: number): Uint8Array {
  const out = new Uint8Array(Math.ceil((values.length * bits) / 8));
  for (let i = 0, at = 0; i < values.length; i++)
    for (let bit = 0; bit < bits; bit++, at++) out[at >> 3] |= ((values[i] >> bit) & 1) << (at & 7);
  return out;
}

/** The way back: fills `out`. */
export function unpackBits(
  packed: ArrayLike<number>,
  bits: number,
  out: { readonly length: number; [at: number]: number },
): void {
  for (let i = 0, at = 0; i < out.length; i++) {
    let value = 0;
    for (let bit = 0; bit < bits; bit++, at++) value |= ((packed[at >> 3] >> (at & 7)) & 1) << bit;
    out[i] = value;
  }
}
