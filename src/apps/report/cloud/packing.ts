import type { Numbers } from '../contract.ts';

/** What stands for NaN. */
const NONE = -32768;

/** Numbers in [−1, 1] as base64 of little-endian int16, 3·10⁻⁵ apart; NaN stays NaN. */
export function packed(values: Numbers): string {
  return packedIntegers(
    Array.from(values, (value) => (value - value === 0 ? Math.round(value * 32767) : NONE)),
  );
}

export function unpacked(base64: string): Float32Array<ArrayBuffer> {
  return Float32Array.from(unpackedIntegers(base64), (value) =>
    value === NONE ? Number.NaN : value / 32767,
  );
}

/** Integers from −32768 to 32767 as base64 of little-endian int16. */
export function packedIntegers(values: ArrayLike<number>): string {
  const view = new DataView(new ArrayBuffer(2 * values.length));
  for (let i = 0; i < values.length; i++) view.setInt16(2 * i, values[i], true);
  let bytes = '';
  for (let i = 0; i < view.byteLength; i++) bytes += String.fromCharCode(view.getUint8(i));
  return btoa(bytes);
}

export function unpackedIntegers(base64: string): Int16Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Int16Array.from({ length: bytes.length / 2 }, (_, i) => view.getInt16(2 * i, true));
}
