import { roundedToEven } from './float16.ts';

/** Floats of 8 bits: a sign, then so many bits of exponent and of mantissa. */
export type Float8 = 'e4m3' | 'e5m2';

interface Format {
  readonly mantissa: number;
  /** Exponent of the least number that is not subnormal. */
  readonly least: number;
  /** The largest number. */
  readonly largest: number;
}

const FORMATS: Readonly<Record<Float8, Format>> = {
  e4m3: { mantissa: 3, least: -6, largest: 448 },
  e5m2: { mantissa: 2, least: -14, largest: 57344 },
};

/** The largest number of a format: 448 of e4m3, 57,344 of e5m2. */
export const largestFloat8 = (format: Float8): number => FORMATS[format].largest;

/**
 * The value of each of the 256 codes. e4m3 has no infinities, and NaN at 0x7f and 0xff; e5m2 has infinities at 0x7c and
 * 0xfc, and NaN above.
 */
export function float8Values(format: Float8): Float32Array {
  const { mantissa, least, largest } = FORMATS[format];
  const ones = 2 ** mantissa;
  return Float32Array.from({ length: 256 }, (_, code) => {
    const sign = code & 0x80 ? -1 : 1;
    const [exponent, fraction] = [(code & 0x7f) >> mantissa, code & (ones - 1)];
    const whole = exponent === 0 ? fraction : ones + fraction;
    const size = whole * 2 ** (Math.max(exponent, 1) - 1 + least - mantissa);
    if (size <= largest) return sign * size;
    return format === 'e5m2' && fraction === 0 ? sign * Infinity : NaN;
  });
}

const floats = new Float32Array(1);
const words = new Uint32Array(floats.buffer);

/** The code of a float32, rounded to nearest, ties to even; what lies beyond the largest number becomes it. */
export function float8Bits(format: Float8, x: number): number {
  const { mantissa, least, largest } = FORMATS[format];
  floats[0] = x;
  const sign = (words[0] >>> 24) & 0x80;
  if (Number.isNaN(x)) return sign | 0x7f;
  const size = Math.min(Math.abs(x), largest);
  floats[0] = size;
  const exponent = Math.max((words[0] >>> 23) - 127, least);
  // A mantissa that rounds up to 2 carries into the exponent.
  return (
    sign | (((exponent - least) << mantissa) + roundedToEven(size / 2 ** (exponent - mantissa)))
  );
}

const tables = new Map<Float8, Uint8Array>();

/**
 * By the upper 16 bits of a float32 and whether any of the lower ones is set: between the numbers of the upper bits lies
 * no middle of two float8 numbers, so that this decides the code.
 */
function codeTable(format: Float8): Uint8Array {
  const known = tables.get(format);
  if (known) return known;
  const table = new Uint8Array(2 ** 17);
  const number = new Float32Array(1);
  const bits = new Uint32Array(number.buffer);
  for (let e = 0; e < table.length; e++) {
    bits[0] = ((e >>> 1) << 16) | (e & 1);
    table[e] = float8Bits(format, number[0]);
  }
  tables.set(format, table);
  return table;
}

/** The codes of many numbers. */
export function float8Codes(format: Float8, data: Float32Array): Uint8Array {
  const table = codeTable(format);
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  const codes = new Uint8Array(data.length);
  for (let e = 0; e < data.length; e++) {
    const lower = (bits[e] & 0xffff) === 0 ? 0 : 1;
    codes[e] = table[((bits[e] >>> 16) << 1) | lower];
  }
  return codes;
}
