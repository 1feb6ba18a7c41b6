import { BYTES_OF, type DType, decodeInto } from './dtype.ts';

/** What float32 is called where a sentence offers the others. */
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
  if (dtype !== undefined || isPlausible(numbers)) return numbers;
  return `has bytes that are no float32 (name their type: ${OTHERS})`;
}

/**
 * Whether most of the numbers have an ordinary size. The exponents of other types read as float32 lie
 * anywhere: of doubles and of bytes a third and more falls outside, of half floats nearly all.
 */
function isPlausible(numbers: Float32Array): boolean {
  let odd = 0;
  for (const x of numbers) {
    const size = Math.abs(x);
    if (x !== 0 && !Number.isNaN(x) && !(size > 1e-9 && size < 1e9)) odd++;
  }
  return odd * 10 <= numbers.length;
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
