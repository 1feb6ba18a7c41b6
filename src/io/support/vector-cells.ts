import { counted } from '../../core/text.ts';
import type { DType } from './dtype.ts';
import { numberOf } from './numbers.ts';
import { numbersOfBytes } from './vector-bytes.ts';
import { type Decoded, vectorOfText } from './vector-text.ts';

/** Bytes as a cell, to be told from a list of small numbers. */
export class Bytes {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/** Longest sparse vector that is made dense. */
const LONGEST = 1 << 24;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !ArrayBuffer.isView(value);

/** A number, also as the text JSON needs for NaN and infinities; null is a missing number. */
export function numberOfItem(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value === null) return Number.NaN;
  return typeof value === 'string' && /^[+-]?(nan|inf|infinity)$/i.test(value)
    ? numberOf(value)
    : undefined;
}

/** The vector of a cell, whatever holds it: a list, text, bytes, or a struct of machine learning. */
export function vectorOf(value: unknown, dtype?: DType): Decoded {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return vectorOfText(value, dtype);
  if (value instanceof Bytes) return bytesVector(value.bytes, dtype);
  if (Array.isArray(value)) return vectorOfList(value);
  if (value instanceof BigInt64Array || value instanceof BigUint64Array) {
    return Array.from(value, Number);
  }
  if (ArrayBuffer.isView(value)) return vectorOfView(value as unknown as ArrayLike<number>);
  if (isRecord(value)) return vectorOfRecord(value, dtype);
  return `holds ${typeof value === 'boolean' ? 'a truth value' : 'one value'}, not a list of numbers`;
}

function bytesVector(bytes: Uint8Array, dtype: DType | undefined): Decoded {
  const numbers = numbersOfBytes(bytes, dtype);
  return typeof numbers === 'string' ? `holds binary data: it ${numbers}` : numbers;
}

const vectorOfView = (view: ArrayLike<number>): Decoded =>
  view.length === 0 ? 'is an empty list' : view;

function vectorOfList(list: readonly unknown[]): Decoded {
  if (list.length === 0) return 'is an empty list';
  const [first] = list;
  if (Array.isArray(first) || ArrayBuffer.isView(first)) {
    if (list.length === 1) return vectorOf(first);
    return `holds ${list.length} lists; one vector is expected`;
  }
  // Programs that know no missing list write one of missing numbers.
  if (first === null && list.every((item) => item === null)) return null;
  const numbers = new Float64Array(list.length);
  for (let i = 0; i < list.length; i++) {
    const number = numberOfItem(list[i]);
    if (number === undefined) {
      const shown = (JSON.stringify(list[i]) ?? 'nothing').slice(0, 40);
      return `has ${shown} at number ${i + 1} of its list of ${list.length}`;
    }
    numbers[i] = number;
  }
  return numbers;
}

/** Spark's vectors (`type` 1 dense, 0 sparse), sparse ones by size, a tensor, a typed array as JSON. */
function vectorOfRecord(value: Readonly<Record<string, unknown>>, dtype?: DType): Decoded {
  const { type, size, indices, values, data, dims } = value;
  if (type === 'Buffer' && Array.isArray(data)) {
    return bytesVector(Uint8Array.from(data as number[]), dtype);
  }
  const isListed = (list: unknown): boolean => Array.isArray(list) || ArrayBuffer.isView(list);
  if (isListed(indices) && isListed(values)) return sparseVector(size, indices, values);
  if (isListed(values) && (Number(type) === 1 || type === undefined)) return vectorOf(values);
  if (isListed(dims) && (isListed(data) || isRecord(data))) return vectorOf(data);
  const keys = Object.keys(value);
  if (keys.length > 0 && keys.every((key, i) => key === String(i))) {
    return vectorOfList(Object.values(value));
  }
  return `holds ${keys.length === 0 ? 'an empty object' : `an object (${keys.slice(0, 5).join(', ')})`}, not a list of numbers`;
}

/** Whether an object is a way of writing one vector, read or not: its lists are not vectors by themselves. */
export function isVectorRecord(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { type, indices, values, data } = value;
  return (
    (Array.isArray(indices) && Array.isArray(values)) || (type === 'Buffer' && Array.isArray(data))
  );
}

function sparseVector(size: unknown, indices: unknown, values: unknown): Decoded {
  const places = Array.from(indices as ArrayLike<unknown>, Number);
  const numbers = Array.from(values as ArrayLike<unknown>, numberOfItem);
  const n = Number(size);
  if (size === null || size === undefined) return 'is a sparse vector that does not say its size';
  const isWrong = (place: number): boolean => !Number.isInteger(place) || place < 0 || place >= n;
  if (!Number.isInteger(n) || n < 1 || n > LONGEST || places.length !== numbers.length) {
    return `is a sparse vector of size ${n} with ${counted(places.length, 'place')} and ${counted(numbers.length, 'value')}`;
  }
  const out = new Float64Array(n);
  for (const [i, place] of places.entries()) {
    const number = numbers[i];
    if (isWrong(place) || number === undefined)
      return `is a sparse vector with the place ${place} of ${n}`;
    out[place] = number;
  }
  return out;
}

/** What the cells of a column are as vectors: how long, or which cell is none and why. */
export type Judged =
  | { readonly cols: number }
  | { readonly cols: 0; readonly row: number; readonly fault: string };

/** Judges cells by the first ones: the length most of them have; -1 rows where all are missing. */
export function judgedVectors(cells: Iterable<unknown>, dtype?: DType): Judged {
  const lengths: number[] = [];
  let row = -1;
  for (const cell of cells) {
    row++;
    const decoded = vectorOf(cell, dtype);
    if (decoded === null) continue;
    if (typeof decoded === 'string') return { cols: 0, row, fault: decoded };
    lengths.push(decoded.length);
  }
  if (lengths.length === 0) return { cols: 0, row: 0, fault: 'is missing in every row looked at' };
  return { cols: usualLength(lengths) };
}

/** The length that most have; of equals the one that comes first. */
export function usualLength(lengths: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const length of lengths) counts.set(length, (counts.get(length) ?? 0) + 1);
  let best = 0;
  for (const [length, count] of counts) if (count > (counts.get(best) ?? 0)) best = length;
  return best;
}

/** The length that most of the vectors have; 0 where there are none. */
export function usualLengthOf(decoded: readonly Decoded[]): number {
  return usualLength(
    decoded.flatMap((cell) => (cell === null || typeof cell === 'string' ? [] : [cell.length])),
  );
}

/** The vector of a cell into `out[at…]`; else why not, to go on from "row 3". */
export function vectorInto(
  cell: unknown,
  cols: number,
  out: Float32Array,
  at: number,
  dtype?: DType,
): string | undefined {
  const decoded = vectorOf(cell, dtype);
  if (decoded === null) return 'has no vector';
  if (typeof decoded === 'string') return decoded;
  if (decoded.length !== cols)
    return `has ${counted(decoded.length, 'number')}; ${cols} are expected`;
  out.set(decoded, at);
  return undefined;
}
