import { InputError } from '../../../core/errors.ts';
import { float16Bits, float16Values } from '../../../core/float16.ts';
import type { Matrix } from '../../../core/matrix.ts';
import type { Codes } from '../types.ts';

/**
 * Codes of rows as levels times a factor of each row: `bits` bits a number, the first in the lowest bits, then the factor
 * over `unit`, little-endian, as half (f2) or single precision (f4).
 */
export interface ScaledLevels {
  readonly bits: number;
  readonly levels: Float32Array;
  readonly factor: 'unbiased' | 'least-squares';
  readonly type: 'f2' | 'f4';
  readonly unit: number;
}

const BYTES = { f2: 2, f4: 4 } as const;

export function scaledBytes({ bits, type }: Pick<ScaledLevels, 'bits' | 'type'>, d: number) {
  return Math.ceil((d * bits) / 8) + BYTES[type];
}

/** Codes each row y: the levels nearest to y·√d/‖y‖, and the factor that brings them back. */
export function scaledCodes(id: string, rows: Matrix, spec: ScaledLevels): Uint8Array {
  const { data, rows: n, cols: d } = rows;
  const width = scaledBytes(spec, d);
  const bytes = new Uint8Array(n * width);
  const view = new DataView(bytes.buffer);
  const cuts = Float64Array.from(
    { length: spec.levels.length - 1 },
    (_, l) => (spec.levels[l] + spec.levels[l + 1]) / 2,
  );
  const codes = new Uint8Array(d);
  for (let i = 0; i < n; i++) {
    const factor = codesOfRow(data, i * d, cuts, spec, codes);
    packInto(codes, spec.bits, bytes, i * width);
    writeFactor(id, view, (i + 1) * width - BYTES[spec.type], factor / spec.unit, spec.type, i);
  }
  return bytes;
}

/** Writes the code of each number of the row at a place; returns the row's factor, 0 of a row of zeros. */
function codesOfRow(
  data: ArrayLike<number>,
  at: number,
  cuts: Float64Array,
  { levels, factor }: ScaledLevels,
  codes: Uint8Array,
): number {
  const d = codes.length;
  let square = 0;
  for (let c = 0; c < d; c++) square += data[at + c] * data[at + c];
  const scale = square > 0 ? Math.sqrt(d / square) : 0;
  let [product, own] = [0, 0];
  for (let c = 0; c < d; c++) {
    const code = cutsBelow(cuts, data[at + c] * scale);
    codes[c] = code;
    product += data[at + c] * levels[code];
    own += levels[code] * levels[code];
  }
  if (!(square > 0)) return 0;
  return factor === 'unbiased' ? square / product : product / own;
}

/** How many of the ascending cuts lie below z; their number is a power of two less 1. */
function cutsBelow(cuts: Float64Array, z: number): number {
  let code = 0;
  for (let step = (cuts.length + 1) >> 1; step > 0; step >>= 1)
    if (z > cuts[code + step - 1]) code += step;
  return code;
}

function packInto(codes: Uint8Array, bits: number, bytes: Uint8Array, start: number): void {
  let [at, held, count] = [start, 0, 0];
  for (let c = 0; c < codes.length; c++) {
    held |= codes[c] << count;
    for (count += bits; count >= 8; count -= 8) {
      bytes[at++] = held & 255;
      held >>= 8;
    }
  }
  if (count > 0) bytes[at] = held;
}

function writeFactor(
  id: string,
  view: DataView,
  at: number,
  factor: number,
  type: 'f2' | 'f4',
  row: number,
): void {
  if (type === 'f4') {
    view.setFloat32(at, factor, true);
    return;
  }
  const bits = float16Bits(factor);
  if (bits === 0x7c00)
    throw new InputError(
      id,
      `row ${row + 1} lies ${factor.toPrecision(2)} times as far from the mean as the fitted rows; f2 holds factors up to 65,504: take type f4, or scale the row.`,
    );
  view.setUint16(at, bits, true);
}

/** The factor of each code. */
export function factorsOf({ bytes, rows, bytesPerVector: width }: Codes, spec: ScaledLevels) {
  const { type, unit } = spec;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const halves = float16Values();
  return Float64Array.from({ length: rows }, (_, i) => {
    const place = (i + 1) * width - BYTES[type];
    return (
      unit * (type === 'f2' ? halves[view.getUint16(place, true)] : view.getFloat32(place, true))
    );
  });
}

/**
 * For each byte of the levels, what each of its 256 values adds to ⟨z, levels⟩; a byte holds 8/bits numbers, a whole number
 * of them.
 */
export function levelTables(z: ArrayLike<number>, { bits, levels }: ScaledLevels): Float32Array {
  const perByte = 8 / bits;
  const width = Math.ceil(z.length / perByte);
  const tables = new Float32Array(256 * width);
  const mask = levels.length - 1;
  for (let b = 0; b < width; b++) {
    const here = Math.min(perByte, z.length - b * perByte);
    for (let v = 0; v < 256; v++) {
      let sum = 0;
      for (let u = 0; u < here; u++) sum += z[b * perByte + u] * levels[(v >> (u * bits)) & mask];
      tables[256 * b + v] = sum;
    }
  }
  return tables;
}

/** Writes the numbers that codes of rows of d stand for: levels times the factor. */
export function unpackScaled(bytes: Uint8Array, spec: ScaledLevels, d: number, out: Float32Array) {
  const { bits, levels } = spec;
  const width = scaledBytes(spec, d);
  const factors = factorsOf({ bytes, rows: bytes.length / width, bytesPerVector: width }, spec);
  const mask = 2 ** bits - 1;
  const own = new Float32Array(levels.length);
  for (let i = 0, e = 0; i < factors.length; i++) {
    for (let l = 0; l < own.length; l++) own[l] = levels[l] * factors[i];
    let [from, held, count] = [i * width, 0, 0];
    for (const end = e + d; e < end; e++) {
      if (count < bits) {
        held |= bytes[from++] << count;
        count += 8;
      }
      out[e] = own[held & mask];
      held >>= bits;
      count -= bits;
    }
  }
}
