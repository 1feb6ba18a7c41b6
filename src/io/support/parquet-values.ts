import { deltaBinaryUnpack, deltaByteArray, deltaLengthByteArray } from 'hyparquet/src/delta.js';
import type { ColumnMetaData, Encoding, ParquetType } from 'hyparquet/src/types.js';
import { BYTES_OF, bytesOf, type DType, decodeInto } from './dtype.ts';
import { hybridInto, unpackInto } from './parquet-levels.ts';
import { type DataPage, type Levels, pagesOf } from './parquet-pages.ts';
import { textOf } from './text.ts';
import { Bytes } from './vector-cells.ts';

/** The lowest part of a column: what its values are, and how deep they lie. */
export interface Leaf extends Levels {
  readonly path: readonly string[];
  readonly type: ParquetType;
  /** Bytes of a value, where all have as many. */
  readonly length: number | undefined;
  /** Of numbers; undefined for text, bytes and truth values. */
  readonly dtype: DType | undefined;
  /** Whether the values stand for numbers. */
  readonly isNumeric: boolean;
  /** Whether bytes are text; where the file does not say, they are if all of them can be. */
  readonly text: 'yes' | 'no' | 'unsaid';
  /** The definition level at which each list around the values has an item, from the outside in. */
  readonly repeated: readonly number[];
  /** Makes of a stored value what it stands for, such as a date. */
  readonly converted?: ((value: number | bigint | Uint8Array) => unknown) | undefined;
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
  return joinedStreams(bytes, present, size);
}

/** Values of which the first bytes lie together, then the second ones, and so on. */
function joinedStreams(bytes: Uint8Array, count: number, size: number): Uint8Array {
  const out = new Uint8Array(count * size);
  for (let b = 0; b < size; b++) {
    for (let i = 0; i < count; i++) out[i * size + b] = bytes[b * count + i];
  }
  return out;
}

/** Values beyond those expected that are looked at to name the row that has them. */
const MORE = 1 << 24;

/**
 * The numbers of a column chunk: value k of it goes to `out[start + k * stride]`; missing ones are
 * NaN. False where not every row has `perRow` of them; then `out` is of no use.
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
): boolean {
  const { dtype = 'f8', maxDefinition, repeated } = leaf;
  const most = rows * perRow;
  let dictionary = new Float64Array(0);
  let done = 0;
  for (const page of pagesOf(chunk, meta, leaf, most + (repeated.length > 0 ? MORE : 0))) {
    if (page.kind === 'dictionary') {
      const there = Math.floor(page.bytes.length / BYTES_OF[dtype]);
      dictionary = new Float64Array(Math.min(page.count, there));
      decodeInto(page.bytes, dtype, false, dictionary, 0, 1, dictionary.length);
      continue;
    }
    const { count, repetition, definition, present } = page;
    const [listed = 0] = repeated;
    for (let i = 0; repetition && i < count; i++) {
      const isStart = (done + i) % perRow === 0;
      const isEmpty = definition !== null && definition[i] < listed;
      if ((repetition[i] === 0) !== isStart || isEmpty) return false;
    }
    if (done + count > most) return false;
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
      }
    } else {
      decodeInto(plainBytes(page, dtype), dtype, false, out, at, stride, count);
    }
    done += count;
  }
  return done === most;
}

/** What is read of a chunk: all of its rows, or those that lie whole in the first bytes of it. */
export interface Part {
  readonly rows: number;
  /** Values, items of lists counted. */
  readonly values: number;
  readonly isPart: boolean;
}

/** The cells of a column chunk: a value each, or a list, or lists in a list; missing ones are null. */
export function cellsOf(
  chunk: Uint8Array,
  meta: ColumnMetaData,
  leaf: Leaf,
  { rows, values: most, isPart }: Part,
): unknown[] {
  const cells: unknown[] = [];
  const place = leaf.repeated.length > 0 ? listPlacer(leaf, cells) : undefined;
  let dictionary: unknown[] = [];
  try {
    for (const page of pagesOf(chunk, meta, leaf, most)) {
      if (page.kind === 'dictionary') {
        const plain = { ...page, kind: 'data', encoding: 'PLAIN', present: page.count } as const;
        dictionary = valuesOf({ ...plain, repetition: null, definition: null }, leaf);
        continue;
      }
      const values = isDictionary(page.encoding)
        ? Array.from(indicesOf(page, dictionary.length), (i) => dictionary[i])
        : valuesOf(page, leaf);
      const { count, repetition, definition } = page;
      for (let i = 0, k = 0; i < count; i++) {
        const level = definition ? definition[i] : leaf.maxDefinition;
        const value = level < leaf.maxDefinition ? null : values[k++];
        if (place) place(repetition ? repetition[i] : 0, level, value);
        else cells.push(value);
      }
      if (isPart && cells.length > rows) break;
    }
  } catch (cause) {
    // Of the first bytes of a chunk the last page is cut off; what came before it counts.
    if (!isPart || !(cause instanceof RangeError)) throw cause;
  }
  if (isPart) return cells.slice(0, Math.min(rows, cells.length - (place ? 1 : 0)));
  if (cells.length !== rows) throw new RangeError(`a column has ${cells.length} of ${rows} values`);
  return cells;
}

/** Puts values into lists by their levels (Dremel): where a row or an inner list begins, and what is missing. */
function listPlacer(
  { repeated, maxDefinition }: Leaf,
  rows: unknown[],
): (repetition: number, definition: number, value: unknown) => void {
  const lists: unknown[][] = [rows];
  return (repetition, definition, value) => {
    for (let depth = repetition; depth < repeated.length; depth++) {
      // A list is there, if empty, one level below the one at which it has items.
      if (definition < repeated[depth] - 1) {
        lists[depth].push(null);
        return;
      }
      const list: unknown[] = [];
      lists[depth].push(list);
      lists[depth + 1] = list;
      if (definition < repeated[depth]) return;
    }
    lists[repeated.length].push(definition < maxDefinition ? null : value);
  };
}

function valuesOf(page: DataPage, leaf: Leaf): unknown[] {
  const { type, dtype, converted = (value: unknown) => value } = leaf;
  if (type === 'BOOLEAN') return truthValues(page);
  if (!dtype) {
    const bytes = byteValues(page, leaf);
    if (leaf.converted) return bytes.map(leaf.converted);
    return leaf.text === 'no'
      ? bytes.map(asBytes)
      : bytes.map(leaf.text === 'yes' ? plainText : certainText);
  }
  const bytes = plainBytes(page, dtype).slice();
  if (dtype === 'i8' || dtype === 'u8') {
    const values =
      dtype === 'i8' ? new BigInt64Array(bytes.buffer) : new BigUint64Array(bytes.buffer);
    return Array.from(values, (value) => converted(value));
  }
  const numbers = new Float64Array(page.present);
  decodeInto(bytes, dtype, false, numbers);
  return Array.from(numbers, (value) => converted(value));
}

const asBytes = (bytes: Uint8Array): Bytes => new Bytes(bytes);

const plainText = (bytes: Uint8Array): string => textOf(bytes, 0, bytes.length);

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of bytes that are not said to be text; throws where they are none. */
function certainText(bytes: Uint8Array): string {
  if (bytes.includes(0)) throw new RangeError('bytes are no text');
  try {
    return strict.decode(bytes);
  } catch {
    throw new RangeError('bytes are no text');
  }
}

function truthValues({ encoding, bytes, present }: DataPage): boolean[] {
  const out = new Uint8Array(present);
  if (encoding === 'RLE') hybridInto(bytes, 4, bytes.length, 1, out);
  else unpackInto(bytes, 0, bytes.length, 1, out, 0, present);
  return Array.from(out, (bit) => bit === 1);
}

/** Values of any bytes, behind their lengths or all of one length. */
function byteValues({ encoding, bytes, present }: DataPage, leaf: Leaf): Uint8Array[] {
  const { type, length = 0 } = leaf;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isFixed = type === 'FIXED_LEN_BYTE_ARRAY';
  if (isFixed && (encoding === 'PLAIN' || encoding === 'BYTE_STREAM_SPLIT')) {
    if (!(length > 0) || present * length > bytes.length)
      throw new RangeError('values are cut off');
    const whole = encoding === 'PLAIN' ? bytes : joinedStreams(bytes, present, length);
    return Array.from({ length: present }, (_, i) => whole.subarray(i * length, (i + 1) * length));
  }
  if (encoding === 'PLAIN') {
    // A text takes at least its length.
    if (present * 4 > bytes.length) throw new RangeError('texts are cut off');
    let at = 0;
    return Array.from({ length: present }, () => {
      const begin = at + 4;
      at = begin + view.getUint32(at, true);
      if (at > bytes.length) throw new RangeError('a text is cut off');
      return bytes.subarray(begin, at);
    });
  }
  const out: Uint8Array[] = Array.from({ length: present });
  const reader = { view, offset: 0 };
  if (encoding === 'DELTA_LENGTH_BYTE_ARRAY') deltaLengthByteArray(reader, present, out);
  else if (encoding === 'DELTA_BYTE_ARRAY') deltaByteArray(reader, present, out);
  else throw new RangeError(`encoding ${encoding} is not known`);
  return out;
}
