import { deltaBinaryUnpack, deltaByteArray, deltaLengthByteArray } from 'hyparquet/src/delta.js';
import type { ColumnMetaData, Encoding, ParquetType } from 'hyparquet/src/types.js';
import { BYTES_OF, bytesOf, type DType, decodeInto } from './dtype.ts';
import { hybridInto, unpackInto } from './parquet-levels.ts';
import { type DataPage, type Levels, pagesOf } from './parquet-pages.ts';
import { textOf } from './text.ts';

/** The lowest part of a column: what its values are, and how deep they lie. */
export interface Leaf extends Levels {
  readonly path: readonly string[];
  readonly type: ParquetType;
  /** Of numbers; undefined for text and truth values. */
  readonly dtype: DType | undefined;
  /** Makes of a number what it stands for, such as a date. */
  readonly converted?: ((value: number | bigint) => unknown) | undefined;
}

const isDictionary = (encoding: Encoding): boolean =>
  encoding === 'RLE_DICTIONARY' || encoding === 'PLAIN_DICTIONARY';

/** Indices into a dictionary of `size` entries. */
function indicesOf({ bytes, present }: DataPage, size: number): Uint32Array {
  const indices = new Uint32Array(present);
  if (present > 0) hybridInto(bytes, 1, bytes.length, bytes[0], indices);
  for (const index of indices) if (index >= size) throw new RangeError('an index is too large');
  return indices;
}

/** Numbers that lie in a page one after the other. */
function plainBytes({ encoding, bytes, present }: DataPage, dtype: DType): Uint8Array {
  const size = BYTES_OF[dtype];
  if (encoding === 'DELTA_BINARY_PACKED') {
    const values = dtype.endsWith('8') ? new BigInt64Array(present) : new Int32Array(present);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    deltaBinaryUnpack({ view, offset: 0 }, present, values);
    return bytesOf(values);
  }
  if (bytes.length < present * size) throw new RangeError('values are cut off');
  if (encoding === 'PLAIN') return bytes.subarray(0, present * size);
  if (encoding !== 'BYTE_STREAM_SPLIT') throw new RangeError(`encoding ${encoding} is not known`);
  const out = new Uint8Array(present * size);
  for (let b = 0; b < size; b++) {
    for (let i = 0; i < present; i++) out[i * size + b] = bytes[b * present + i];
  }
  return out;
}

/**
 * The numbers of a column chunk: value k of it goes to `out[start + k * stride]`; missing ones are
 * NaN. Every row has `perRow` of them, else `irregular` is called with the row, from 0.
 */
export function numbersInto(
  chunk: Uint8Array,
  meta: ColumnMetaData,
  leaf: Leaf,
  rows: number,
  perRow: number,
  out: Float32Array,
  start: number,
  stride: number,
  irregular: (row: number) => never,
): void {
  const { dtype = 'f8', maxDefinition } = leaf;
  const most = rows * perRow;
  let dictionary = new Float64Array(0);
  let done = 0;
  for (const page of pagesOf(chunk, meta, leaf, most)) {
    if (page.kind === 'dictionary') {
      const there = Math.floor(page.bytes.length / BYTES_OF[dtype]);
      dictionary = new Float64Array(Math.min(page.count, there));
      decodeInto(page.bytes, dtype, false, dictionary, 0, 1, dictionary.length);
      continue;
    }
    const { count, repetition, definition, present } = page;
    for (let i = 0; repetition && i < count; i++) {
      const isStart = (done + i) % perRow === 0;
      if ((repetition[i] === 0) !== isStart) irregular(Math.floor((done + i) / perRow));
    }
    let at = start + done * stride;
    if (isDictionary(page.encoding) || definition) {
      let values: ArrayLike<number>;
      if (isDictionary(page.encoding)) {
        values = Float64Array.from(indicesOf(page, dictionary.length), (i) => dictionary[i]);
      } else {
        const numbers = new Float64Array(present);
        decodeInto(plainBytes(page, dtype), dtype, false, numbers, 0, 1, present);
        values = numbers;
      }
      for (let i = 0, k = 0; i < count; i++, at += stride) {
        out[at] = definition && definition[i] < maxDefinition ? Number.NaN : values[k++];
        if (definition && perRow > 1 && definition[i] < maxDefinition) {
          irregular(Math.floor((done + i) / perRow));
        }
      }
    } else {
      decodeInto(plainBytes(page, dtype), dtype, false, out, at, stride, count);
    }
    done += count;
  }
  if (done < most) irregular(Math.floor(done / perRow));
}

/** The cells of a flat column chunk; missing ones are null. */
export function cellsOf(
  chunk: Uint8Array,
  meta: ColumnMetaData,
  leaf: Leaf,
  rows: number,
): unknown[] {
  const cells: unknown[] = [];
  let dictionary: unknown[] = [];
  for (const page of pagesOf(chunk, meta, leaf, rows)) {
    if (page.kind === 'dictionary') {
      const plain = { ...page, kind: 'data', encoding: 'PLAIN', present: page.count } as const;
      dictionary = valuesOf({ ...plain, repetition: null, definition: null }, leaf);
      continue;
    }
    const values = isDictionary(page.encoding)
      ? Array.from(indicesOf(page, dictionary.length), (i) => dictionary[i])
      : valuesOf(page, leaf);
    if (!page.definition) cells.push(...values);
    else {
      let k = 0;
      for (const level of page.definition) {
        cells.push(level < leaf.maxDefinition ? null : values[k++]);
      }
    }
  }
  if (cells.length !== rows) throw new RangeError(`a column has ${cells.length} of ${rows} values`);
  return cells;
}

function valuesOf(page: DataPage, { type, dtype, converted }: Leaf): unknown[] {
  if (type === 'BOOLEAN') return truthValues(page);
  if (!dtype) return texts(page);
  const bytes = plainBytes(page, dtype).slice();
  if (dtype === 'i8' || dtype === 'u8') {
    const values =
      dtype === 'i8' ? new BigInt64Array(bytes.buffer) : new BigUint64Array(bytes.buffer);
    return Array.from(values, (value) => (converted ? converted(value) : value));
  }
  const numbers = new Float64Array(page.present);
  decodeInto(bytes, dtype, false, numbers);
  return Array.from(numbers, (value) => (converted ? converted(value) : value));
}

function truthValues({ encoding, bytes, present }: DataPage): boolean[] {
  const out = new Uint8Array(present);
  if (encoding === 'RLE') hybridInto(bytes, 4, bytes.length, 1, out);
  else unpackInto(bytes, 0, bytes.length, 1, out, 0, present);
  return Array.from(out, (bit) => bit === 1);
}

function texts({ encoding, bytes, present }: DataPage): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (encoding === 'PLAIN') {
    // A text takes at least its length.
    if (present * 4 > bytes.length) throw new RangeError('texts are cut off');
    let at = 0;
    return Array.from({ length: present }, () => {
      const begin = at + 4;
      at = begin + view.getUint32(at, true);
      if (at > bytes.length) throw new RangeError('a text is cut off');
      return textOf(bytes, begin, at);
    });
  }
  const out: Uint8Array[] = Array.from({ length: present });
  const reader = { view, offset: 0 };
  if (encoding === 'DELTA_LENGTH_BYTE_ARRAY') deltaLengthByteArray(reader, present, out);
  else if (encoding === 'DELTA_BYTE_ARRAY') deltaByteArray(reader, present, out);
  else throw new RangeError(`encoding ${encoding} is not known`);
  return out.map((text) => textOf(text, 0, text.length));
}
