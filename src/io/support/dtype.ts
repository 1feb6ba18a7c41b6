import { InputError } from '../../core/errors.ts';
import { float16Bits, float16Values } from '../../core/float16.ts';

/** Element types of binary formats: letter for the kind, then the bytes. */
export type DType =
  | 'f2'
  | 'bf16'
  | 'f4'
  | 'f8'
  | 'i1'
  | 'u1'
  | 'i2'
  | 'u2'
  | 'i4'
  | 'u4'
  | 'i8'
  | 'u8';

export const BYTES_OF: Readonly<Record<DType, number>> = {
  f2: 2,
  bf16: 2,
  f4: 4,
  f8: 8,
  i1: 1,
  u1: 1,
  i2: 2,
  u2: 2,
  i4: 4,
  u4: 4,
  i8: 8,
  u8: 8,
};

type NumberArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array;

const ARRAY_OF = {
  f4: Float32Array,
  f8: Float64Array,
  i1: Int8Array,
  u1: Uint8Array,
  i2: Int16Array,
  u2: Uint16Array,
  i4: Int32Array,
  u4: Uint32Array,
} as const;

/** A new array of that type; undefined for types that no typed array has. */
export function arrayOfType(dtype: DType | undefined, count: number): NumberArray | undefined {
  return dtype && dtype in ARRAY_OF
    ? new ARRAY_OF[dtype as keyof typeof ARRAY_OF](count)
    : undefined;
}

/** A view of `count` numbers in a buffer. */
function numbersAt(
  dtype: keyof typeof ARRAY_OF,
  buffer: ArrayBufferLike,
  offset: number,
  count: number,
): NumberArray {
  const View = ARRAY_OF[dtype] as new (b: ArrayBufferLike, o: number, n: number) => NumberArray;
  return new View(buffer, offset, count);
}

/** The bytes of a typed array, without a copy. */
export function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** `bytes` where a view of elements of `size` bytes may start. */
function aligned(bytes: Uint8Array, size: number): Uint8Array {
  return bytes.byteOffset % size === 0 ? bytes : bytes.slice();
}

/** Reverses each group of `size` bytes in place. */
export function swapBytesInPlace(bytes: Uint8Array, size: number): void {
  for (let i = 0; i + size <= bytes.length; i += size) {
    for (let a = i, b = i + size - 1; a < b; a++, b--) {
      const byte = bytes[a];
      bytes[a] = bytes[b];
      bytes[b] = byte;
    }
  }
}

/**
 * Decodes `count` elements of `bytes` into `out`, element i to `out[start + i * stride]`.
 *
 * Integers beyond 2²⁴ and doubles round to the nearest float32.
 */
export function decodeInto(
  bytes: Uint8Array,
  dtype: DType,
  bigEndian: boolean,
  out: Float32Array | Float64Array,
  start = 0,
  stride = 1,
  count: number = Math.floor(bytes.length / BYTES_OF[dtype]),
): void {
  const size = BYTES_OF[dtype];
  let source = bytes;
  if (bigEndian && size > 1) {
    source = bytes.slice();
    swapBytesInPlace(source, size);
  }
  source = aligned(source, size);
  const { buffer, byteOffset } = source;
  if (dtype === 'f2') {
    const bits = new Uint16Array(buffer, byteOffset, count);
    const values = float16Values();
    for (let i = 0, o = start; i < count; i++, o += stride) out[o] = values[bits[i]];
  } else if (dtype === 'bf16') {
    const bits = Uint32Array.from(new Uint16Array(buffer, byteOffset, count), (b) => b << 16);
    const values = new Float32Array(bits.buffer);
    for (let i = 0, o = start; i < count; i++, o += stride) out[o] = values[i];
  } else if (dtype === 'i8' || dtype === 'u8') {
    const values =
      dtype === 'i8'
        ? new BigInt64Array(buffer, byteOffset, count)
        : new BigUint64Array(buffer, byteOffset, count);
    for (let i = 0, o = start; i < count; i++, o += stride) out[o] = Number(values[i]);
  } else {
    const values = numbersAt(dtype, buffer, byteOffset, count);
    if (stride === 1) out.set(values, start);
    else for (let i = 0, o = start; i < count; i++, o += stride) out[o] = values[i];
  }
}

const LIMITS: Partial<Record<DType, readonly [low: number, high: number]>> = {
  i1: [-128, 127],
  u1: [0, 255],
  i2: [-32768, 32767],
  u2: [0, 65535],
  i4: [-2147483648, 2147483647],
  u4: [0, 4294967295],
};

/**
 * The little-endian bytes of `values` as `dtype`; for f4 a view, not a copy.
 *
 * Refuses what does not fit rather than changing it: integers take whole numbers in their range,
 * half precision takes finite values up to 65,504. `firstRow` and `cols` serve the message.
 */
export function encoded(
  values: Float32Array,
  dtype: DType,
  name: string,
  cols: number,
  firstRow: number,
): Uint8Array {
  const refuse = (i: number, expected: string): never => {
    const row = firstRow + Math.floor(i / cols) + 1;
    throw new InputError(
      name,
      `${dtype} holds ${expected}; row ${row}, column ${(i % cols) + 1} is ${values[i]}.`,
    );
  };
  if (dtype === 'f4') return bytesOf(values);
  if (dtype === 'f8') return bytesOf(Float64Array.from(values));
  if (dtype === 'f2') {
    const bits = new Uint16Array(values.length);
    for (let i = 0; i < values.length; i++) {
      bits[i] = float16Bits(values[i]);
      if ((bits[i] & 0x7fff) === 0x7c00 && Math.abs(values[i]) !== Infinity) {
        refuse(i, 'values up to 65,504');
      }
    }
    return bytesOf(bits);
  }
  const limits = LIMITS[dtype];
  if (!limits || dtype === 'bf16' || dtype === 'i8' || dtype === 'u8') {
    throw new InputError(name, `${dtype} can be read but not written.`);
  }
  const [low, high] = limits;
  const out = new ARRAY_OF[dtype](values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isInteger(value) || value < low || value > high) {
      refuse(i, `whole numbers from ${low} to ${high}`);
    }
    out[i] = value;
  }
  return bytesOf(out);
}
