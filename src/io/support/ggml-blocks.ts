import { float16Values } from '../../core/float16.ts';
import type { DType } from './dtype.ts';

/** An element type of ggml: so many values in a block of so many bytes. */
export interface BlockType {
  readonly name: string;
  readonly values: number;
  readonly bytes: number;
  /** For types whose numbers are stored as they are. */
  readonly dtype?: DType;
  /** Unpacks the block at `at` to `out[to…]`, in float32 as ggml does. */
  readonly decode?: (bytes: Uint8Array, at: number, out: Float32Array, to: number) => void;
}

const round = Math.fround;

const half = (bytes: Uint8Array, at: number): number =>
  float16Values()[bytes[at] | (bytes[at + 1] << 8)];

const signed = (byte: number): number => (byte << 24) >> 24;

/** 4 or 5 bits a value: the low nibbles are the first 16, the high ones the others. */
function nibbles(
  bits: 4 | 5,
  hasMinimum: boolean,
): (bytes: Uint8Array, at: number, out: Float32Array, to: number) => void {
  const high = hasMinimum ? 4 : 2;
  const low = high + (bits === 5 ? 4 : 0);
  const middle = hasMinimum ? 0 : 2 ** (bits - 1);
  return (bytes, at, out, to) => {
    const scale = half(bytes, at);
    // −0 is what a sum does not change.
    const minimum = hasMinimum ? half(bytes, at + 2) : -0;
    for (let i = 0; i < 32; i++) {
      const byte = bytes[at + low + (i & 15)];
      let q = i < 16 ? byte & 15 : byte >> 4;
      if (bits === 5) q |= ((bytes[at + high + (i >> 3)] >> (i & 7)) & 1) << 4;
      out[to + i] = round(scale * (q - middle)) + minimum;
    }
  };
}

function q8(bytes: Uint8Array, at: number, out: Float32Array, to: number): void {
  const scale = half(bytes, at);
  for (let i = 0; i < 32; i++) out[to + i] = scale * signed(bytes[at + 2 + i]);
}

/** 16 scales and minima of 4 bits, then 2 bits a value. */
function q2k(bytes: Uint8Array, at: number, out: Float32Array, to: number): void {
  const [scale, minimum] = [half(bytes, at + 80), half(bytes, at + 82)];
  for (let group = 0; group < 16; group++) {
    const packed = bytes[at + group];
    const s = round(scale * (packed & 15));
    const m = round(minimum * (packed >> 4));
    const from = at + 16 + 32 * (group >> 3) + 16 * (group & 1);
    const shift = 2 * ((group >> 1) & 3);
    for (let i = 0; i < 16; i++) {
      out[to + 16 * group + i] = round(s * ((bytes[from + i] >> shift) & 3)) - m;
    }
  }
}

/** High bits, 2 low bits a value, 16 scales of 6 bits. */
function q3k(bytes: Uint8Array, at: number, out: Float32Array, to: number): void {
  const scale = half(bytes, at + 108);
  const scales = at + 96;
  for (let group = 0; group < 16; group++) {
    const low = group < 8 ? bytes[scales + group] & 15 : bytes[scales + group - 8] >> 4;
    const high = (bytes[scales + 8 + (group & 3)] >> (2 * (group >> 2))) & 3;
    const s = round(scale * ((low | (high << 4)) - 32));
    const place = 16 * (group & 1);
    const from = at + 32 + 32 * (group >> 3) + place;
    const shift = 2 * ((group >> 1) & 3);
    for (let i = 0; i < 16; i++) {
      const isHigh = (bytes[at + place + i] >> (group >> 1)) & 1;
      out[to + 16 * group + i] = s * (((bytes[from + i] >> shift) & 3) - (isHigh ? 0 : 4));
    }
  }
}

/** 8 scales and minima of 6 bits, then 4 bits a value, or 5 with the high bits before them. */
function q45k(bits: 4 | 5): (bytes: Uint8Array, at: number, out: Float32Array, to: number) => void {
  const high = 16;
  const low = bits === 5 ? 48 : 16;
  return (bytes, at, out, to) => {
    const [scale, minimum] = [half(bytes, at), half(bytes, at + 2)];
    for (let group = 0; group < 8; group++) {
      const [a, b, c] = [0, 4, 8].map((place) => bytes[at + 4 + place + (group & 3)]);
      const s = round(scale * (group < 4 ? a & 63 : (c & 15) | ((a >> 6) << 4)));
      const m = round(minimum * (group < 4 ? b & 63 : (c >> 4) | ((b >> 6) << 4)));
      const from = at + low + 32 * (group >> 1);
      const shift = 4 * (group & 1);
      for (let i = 0; i < 32; i++) {
        let q = (bytes[from + i] >> shift) & 15;
        if (bits === 5) q |= ((bytes[at + high + i] >> group) & 1) << 4;
        out[to + 32 * group + i] = round(s * q) - m;
      }
    }
  };
}

/** 4 low bits, 2 high bits, 16 scales of 8 bits. */
function q6k(bytes: Uint8Array, at: number, out: Float32Array, to: number): void {
  const scale = half(bytes, at + 208);
  for (let group = 0; group < 16; group++) {
    const s = round(scale * signed(bytes[at + 192 + group]));
    const place = 16 * (group & 1);
    const quarter = (group >> 1) & 3;
    const low = at + 64 * (group >> 3) + 32 * (quarter & 1) + place;
    const high = at + 128 + 32 * (group >> 3) + place;
    for (let i = 0; i < 16; i++) {
      const q =
        ((bytes[low + i] >> (4 * (quarter >> 1))) & 15) |
        (((bytes[high + i] >> (2 * quarter)) & 3) << 4);
      out[to + 16 * group + i] = s * (q - 32);
    }
  }
}

const plain = (name: string, dtype: DType, bytes: number): BlockType => ({
  name,
  values: 1,
  bytes,
  dtype,
});

/** The types that are read, by their number in `ggml.h`. */
export const BLOCK_TYPES: ReadonlyMap<number, BlockType> = new Map<number, BlockType>([
  [0, plain('F32', 'f4', 4)],
  [1, plain('F16', 'f2', 2)],
  [2, { name: 'Q4_0', values: 32, bytes: 18, decode: nibbles(4, false) }],
  [3, { name: 'Q4_1', values: 32, bytes: 20, decode: nibbles(4, true) }],
  [6, { name: 'Q5_0', values: 32, bytes: 22, decode: nibbles(5, false) }],
  [7, { name: 'Q5_1', values: 32, bytes: 24, decode: nibbles(5, true) }],
  [8, { name: 'Q8_0', values: 32, bytes: 34, decode: q8 }],
  [10, { name: 'Q2_K', values: 256, bytes: 84, decode: q2k }],
  [11, { name: 'Q3_K', values: 256, bytes: 110, decode: q3k }],
  [12, { name: 'Q4_K', values: 256, bytes: 144, decode: q45k(4) }],
  [13, { name: 'Q5_K', values: 256, bytes: 176, decode: q45k(5) }],
  [14, { name: 'Q6_K', values: 256, bytes: 210, decode: q6k }],
  [24, plain('I8', 'i1', 1)],
  [25, plain('I16', 'i2', 2)],
  [26, plain('I32', 'i4', 4)],
  [27, plain('I64', 'i8', 8)],
  [28, plain('F64', 'f8', 8)],
  [30, plain('BF16', 'bf16', 2)],
]);

/** Names of types that are not read, for the refusal. */
const OTHER_NAMES: Readonly<Record<number, string>> = {
  4: 'Q4_2',
  5: 'Q4_3',
  9: 'Q8_1',
  15: 'Q8_K',
  16: 'IQ2_XXS',
  17: 'IQ2_XS',
  18: 'IQ3_XXS',
  19: 'IQ1_S',
  20: 'IQ4_NL',
  21: 'IQ3_S',
  22: 'IQ2_S',
  23: 'IQ4_XS',
  29: 'IQ1_M',
  34: 'TQ1_0',
  35: 'TQ2_0',
  39: 'MXFP4',
  40: 'NVFP4',
  41: 'Q1_0',
};

export function nameOfType(type: number): string {
  return BLOCK_TYPES.get(type)?.name ?? OTHER_NAMES[type] ?? `number ${type}`;
}
