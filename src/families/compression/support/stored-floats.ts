import { InputError } from '../../../core/errors.ts';
import { bfloat16Bits, float16Bits, float16Values } from '../../../core/float16.ts';
import { type Matrix, zeros } from '../../../core/matrix.ts';
import type { Fitted } from '../../../learning/index.ts';
import type { OptionSpecs } from '../../../method/options.ts';
import type { CodecSpec } from '../types.ts';

/** Floats of 4 or 2 bytes: IEEE 754 single and half precision, and the upper half of a single. */
export type FloatType = 'f4' | 'f2' | 'bf16';

const BYTES = { f4: 4, f2: 2, bf16: 2 } as const;
const LARGEST = { f4: '3.4e38', f2: '65,504', bf16: '3.38e38' } as const;
/** Bits of an infinity. */
const INFINITE = { f2: 0x7c00, bf16: 0x7f80 } as const;

/** What a codec of plain floats does with rows; its setting `type` says which. */
export function floatCodes(
  id: string,
): Pick<CodecSpec<OptionSpecs>, 'bytesPerVector' | 'encode' | 'decode'> {
  const typeOf = ({ settings }: Fitted) => settings['type'] as FloatType;
  return {
    bytesPerVector: (fitted, d) => BYTES[typeOf(fitted)] * d,
    encode: (fitted, rows) => packed(id, rows, typeOf(fitted)),
    decode: (fitted, { bytes, rows }, d) => unpacked(bytes, typeOf(fitted), rows, d),
  };
}

/** The little-endian bytes of the numbers, rounded to nearest, ties to even; refuses what would become infinite. */
function packed(id: string, { data, cols: d }: Matrix, type: FloatType): Uint8Array {
  if (type === 'f4') return new Uint8Array(Float32Array.from(data).buffer);
  const toBits = type === 'f2' ? float16Bits : bfloat16Bits;
  const bits = new Uint16Array(data.length);
  for (let e = 0; e < data.length; e++) {
    bits[e] = toBits(data[e]);
    if ((bits[e] & 0x7fff) !== INFINITE[type]) continue;
    const place = `row ${Math.floor(e / d) + 1}, coordinate ${(e % d) + 1} is ${data[e]}`;
    throw new InputError(
      id,
      `${type} holds numbers up to ${LARGEST[type]}; ${place}; take type f4, or scale the rows.`,
    );
  }
  return new Uint8Array(bits.buffer);
}

/** The numbers that such bytes hold, rows × d. */
function unpacked(
  given: Uint8Array,
  type: FloatType,
  rows: number,
  d: number,
): Matrix<Float32Array> {
  const out = zeros(rows, d);
  // A part of a file may begin anywhere.
  const bytes = given.byteOffset % BYTES[type] === 0 ? given : given.slice();
  const { buffer, byteOffset } = bytes;
  if (type === 'f4') {
    out.data.set(new Float32Array(buffer, byteOffset, rows * d));
    return out;
  }
  const bits = new Uint16Array(buffer, byteOffset, rows * d);
  if (type === 'bf16') {
    const words = new Uint32Array(out.data.buffer);
    for (let e = 0; e < bits.length; e++) words[e] = bits[e] << 16;
    return out;
  }
  const values = float16Values();
  for (let e = 0; e < bits.length; e++) out.data[e] = values[bits[e]];
  return out;
}
