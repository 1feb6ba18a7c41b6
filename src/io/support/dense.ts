import type { ByteSource } from '../contract.ts';
import { BYTES_OF, bytesOf, type DType, decodeInto } from './dtype.ts';
import { type Float32Range, float32Range } from './float32-range.ts';
import { floats } from './memory.ts';

/** Bytes read and converted at a time where the file does not hold float32 rows already. */
const CHUNK = 1 << 24;

/** An n × d array that lies in a file without gaps. */
export interface DenseArray {
  readonly rows: number;
  readonly cols: number;
  readonly dtype: DType;
  readonly bigEndian: boolean;
  /** Column after column instead of row after row. */
  readonly fortranOrder: boolean;
  readonly offset: number;
}

/** Rows a to b as float32 in memory of their own; one copy where the file has float32 rows. */
export async function denseRows(
  source: ByteSource,
  array: DenseArray,
  a: number,
  b: number,
  shared: boolean,
): Promise<Float32Array> {
  const { rows, cols, dtype, bigEndian, offset } = array;
  const size = BYTES_OF[dtype];
  const out = floats((b - a) * cols, source.name, shared);
  const range = dtype === 'f8' ? float32Range(source.name, cols, a) : undefined;
  if (array.fortranOrder && cols > 1 && rows > 1) {
    await columnsInto(source, array, a, b, out, range);
  } else if (dtype === 'f4' && !bigEndian) {
    await source.readInto(offset + a * cols * 4, bytesOf(out));
  } else {
    const step = CHUNK / size;
    for (let i = 0; i < out.length; i += step) {
      const count = Math.min(step, out.length - i);
      const bytes = await source.read(offset + (a * cols + i) * size, count * size);
      decodeInto(bytes, dtype, bigEndian, out, i, 1, count);
      range?.see(
        doublesOf(bytes, bigEndian),
        (at) => Math.floor((i + at) / cols),
        (at) => (i + at) % cols,
      );
    }
  }
  range?.end(out);
  return out;
}

/** Rows a to b of arrays that lie one behind the other, all with the same columns. */
export async function rowsOfParts(
  source: ByteSource,
  parts: readonly DenseArray[],
  a: number,
  b: number,
  shared: boolean,
): Promise<Float32Array> {
  if (parts.length === 1) return denseRows(source, parts[0], a, b, shared);
  const [{ cols }] = parts;
  const out = floats((b - a) * cols, source.name, shared);
  let first = 0;
  for (const part of parts) {
    const from = Math.max(a, first);
    const to = Math.min(b, first + part.rows);
    if (from < to) {
      const data = await denseRows(source, part, from - first, to - first, false);
      out.set(data, (from - a) * cols);
    }
    first += part.rows;
  }
  return out;
}

function doublesOf(bytes: Uint8Array, bigEndian: boolean): Float64Array {
  const values = new Float64Array(bytes.length / 8);
  decodeInto(bytes, 'f8', bigEndian, values);
  return values;
}

/** Reads many columns at once when all rows are asked for, else the part of each that is. */
async function columnsInto(
  source: ByteSource,
  { rows, cols, dtype, bigEndian, offset }: DenseArray,
  a: number,
  b: number,
  out: Float32Array,
  range: Float32Range | undefined,
): Promise<void> {
  const size = BYTES_OF[dtype];
  const together = b - a === rows ? Math.max(1, Math.floor(CHUNK / (rows * size))) : 1;
  for (let c = 0; c < cols; c += together) {
    const count = Math.min(together, cols - c);
    const bytes = await source.read(
      offset + (c * rows + a) * size,
      ((count - 1) * rows + b - a) * size,
    );
    for (let k = 0; k < count; k++) {
      const column = bytes.subarray(k * rows * size, (k * rows + b - a) * size);
      decodeInto(column, dtype, bigEndian, out, c + k, cols, b - a);
      range?.see(
        doublesOf(column, bigEndian),
        (at) => at,
        () => c + k,
      );
    }
  }
}

/** A part of a source as a source of its own. */
export function partOf(source: ByteSource, offset: number, size: number): ByteSource {
  return {
    name: source.name,
    size,
    read: (at, length) => source.read(offset + at, length),
    readInto: (at, into) => source.readInto(offset + at, into),
    async close() {},
  };
}
