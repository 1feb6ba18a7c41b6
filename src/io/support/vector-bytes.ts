import { BYTES_OF, type DType, decodeInto } from './dtype.ts';

/** Types that a sentence offers instead of float32. */
const OTHERS = 'f8, f2, i1';

/**
 * The numbers that bytes are, little-endian; a text says why they are none. Without a type they are
 * float32, and refused where float32 gives numbers that no vector has: then they are another type.
 */
export function numbersOfBytes(bytes: Uint8Array, dtype: DType | undefined): Float32Array | string {
  const size = BYTES_OF[dtype ?? 'f4'];
  if (bytes.length === 0) return 'has no bytes';
  if (bytes.length % size !== 0) {
    return `has ${bytes.length} bytes, which are no whole number of ${dtype ?? 'f4'}`;
  }
  const numbers = new Float32Array(bytes.length / size);
  decodeInto(bytes, dtype ?? 'f4', false, numbers);
  if (dtype !== undefined || (isPlausible(numbers) && !areHalves(bytes))) return numbers;
  return `has bytes that are no float32 (--base64 names their type: ${OTHERS}, or f4 all the same)`;
}

/**
 * Whether most of the numbers have an ordinary size. The exponents of other types read as float32 lie
 * anywhere: of doubles and of bytes a third and more falls outside.
 */
function isPlausible(numbers: Float32Array): boolean {
  let odd = 0;
  for (const x of numbers) {
    const size = Math.abs(x);
    if (x !== 0 && !Number.isNaN(x) && !(size > 1e-7 && size < 1e6)) odd++;
  }
  return odd * 10 <= numbers.length;
}

/** Numbers from which on chance does not make halves of float32. */
const ENOUGH = 12;

/**
 * Whether both halves of nearly all numbers are half floats of an ordinary size. The lower half of a
 * float32 is any bits, and such in one case of three.
 */
function areHalves(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 * ENOUGH) return false;
  let halves = 0;
  for (let at = 0; at < bytes.length; at += 2) {
    const exponent = (view.getUint16(at, true) >> 10) & 31;
    if (exponent >= 5 && exponent <= 18) halves++;
  }
  return halves * 20 >= (bytes.length / 2) * 19;
}

const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const HEXADECIMAL = /^[0-9a-f]+$/;

/** The bytes that a text in base64 stands for, also in its form for addresses; else undefined. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  if (!BASE64.test(text) || HEXADECIMAL.test(text)) return undefined;
  const plain = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  if (plain.length % 4 === 1) return undefined;
  const binary = atob(plain);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
