import { InputError } from '../../../core/errors.ts';
import type { Packed, PackedArray } from '../../../io/packed.ts';
import { packedColumn, packedColumns } from '../../../io/packed-columns.ts';
import type { Column } from '../../../io/table.ts';
import { codedTexts, columnsAsked, preparedFilter } from '../../../structures/filters/filter.ts';
import {
  countedSelectivity,
  type Selectivity,
  sampledSelectivity,
} from '../../../structures/filters/selectivity.ts';
import type {
  ColumnKind,
  Filter,
  FilterBlock,
  Predicate,
} from '../../../structures/filters/types.ts';

/** Arrays of the columns in the order of the lists: numbers, or codes of texts that stand once. */
const NUMBERS = 'numbers.';
const CODES = 'codes.';
const TEXTS = 'texts';
/** Columns of so many documents are read whole to count those that pass: 8 MiB each. */
const COUNTED = 2 ** 20;
/** Documents that pass are read with those between them where fewer than so many bytes lie between: a read costs more. */
const GAP_BYTES = 16_384;

/** The columns of documents, in the order of `rows`. */
export function listedColumns(
  columns: Readonly<Record<string, Column>>,
  rows: Int32Array,
): Record<string, PackedArray> {
  const arrays: Record<string, PackedArray> = {};
  for (const [name, column] of Object.entries(columns)) {
    const shape = [rows.length];
    if (column instanceof Float64Array) {
      arrays[NUMBERS + name] = { shape, data: Float64Array.from(rows, (row) => column[row]) };
      continue;
    }
    const { codes, texts } = codedTexts(column);
    arrays[CODES + name] = { shape, data: Uint32Array.from(rows, (row) => codes[row]) };
    Object.assign(arrays, packedColumns({ [name]: texts }, TEXTS));
  }
  return arrays;
}

/** The condition, checked against the columns of the lists; of texts only those are read that it asks. */
export async function listFilter(arrays: Packed, where: Predicate): Promise<Filter> {
  const kinds: Record<string, ColumnKind> = {};
  const asked = columnsAsked(where);
  for (const name of arrays.names) {
    if (name.startsWith(NUMBERS)) kinds[name.slice(NUMBERS.length)] = 'numbers';
    if (!name.startsWith(CODES)) continue;
    const own = name.slice(CODES.length);
    const texts = asked.has(own) ? await packedColumn(arrays, own, TEXTS) : [];
    kinds[own] = texts as readonly string[];
  }
  return preparedFilter(where, kinds);
}

/** Which documents of a list may be found, and their vectors. */
export interface ReadList {
  /** Documents of the list. */
  readonly size: number;
  /** The documents that may be found, and their places in the order of the lists. */
  readonly rows: Int32Array;
  readonly places: Int32Array;
  /** Where the vector of each lies, and in which of the pieces that were read. */
  readonly pieces: readonly { readonly data: Float32Array; readonly places: Int32Array }[];
  readonly bytes: number;
}

/** The bytes that a query has read. */
export interface Counted {
  bytes: number;
}

/** Where the vectors of documents are read, in the order of the lists. */
export interface ListVectors {
  readonly bytesEach: number;
  /** Those of some places, d numbers each. */
  read(from: number, to: number, counted: Counted): Promise<Float32Array>;
}

/** The vectors themselves. */
export function plainVectors(arrays: Packed): ListVectors {
  const [, d] = arrays.shapeOf('points');
  return {
    bytesEach: 4 * d,
    read: (from, to, counted) =>
      readAt(arrays, 'points', from, to, counted) as Promise<Float32Array>,
  };
}

export interface Condition {
  readonly filter?: Filter | undefined;
  readonly allowed?: Uint8Array | undefined;
}

/** Reads a list: what the condition asks, then the vectors of the documents that pass, and no others but those between. */
export async function readList(
  arrays: Packed,
  from: number,
  to: number,
  { filter, allowed }: Condition,
  vectors: ListVectors,
): Promise<ReadList> {
  const size = to - from;
  const counted = { bytes: 0 };
  const mask = filter && (await maskOf(arrays, from, to, filter, counted));
  const isEmpty = size === 0 || (mask && !mask.includes(1));
  const none = new Int32Array(0);
  if (isEmpty) return { size, rows: none, places: none, pieces: [], bytes: counted.bytes };
  const all = (await readAt(arrays, 'rows', from, to, counted)) as Int32Array;
  const passing = placesPassing(all, mask, allowed);
  const rows = passing.map((place) => all[place]);
  const places = passing.map((place) => from + place);
  const pieces = await readPlaces(places, vectors, counted);
  return { size, rows, places, pieces, bytes: counted.bytes };
}

/** The vectors of ascending places, in as many pieces as are read. */
export function readPlaces(
  places: Int32Array,
  vectors: ListVectors,
  counted: Counted,
): Promise<ReadList['pieces'][number][]> {
  const runs = runsOf(places, Math.floor(GAP_BYTES / vectors.bytesEach));
  return Promise.all(
    runs.map(async (run) => {
      const first = run[0];
      const data = await vectors.read(first, run[run.length - 1] + 1, counted);
      return { data, places: run.map((place) => place - first) };
    }),
  );
}

function placesPassing(
  rows: Int32Array,
  mask: Uint8Array | undefined,
  allowed: Uint8Array | undefined,
): Int32Array {
  const places = new Int32Array(rows.length);
  let count = 0;
  for (let place = 0; place < rows.length; place++) {
    if (mask && mask[place] === 0) continue;
    if (allowed && allowed[rows[place]] === 0) continue;
    places[count++] = place;
  }
  return places.subarray(0, count);
}

async function maskOf(
  arrays: Packed,
  from: number,
  to: number,
  filter: Filter,
  counted: Counted,
): Promise<Uint8Array> {
  return filter.mask(await blockOf(arrays, from, to, filter, counted), to - from);
}

/** The columns that a condition asks, of some places. */
async function blockOf(
  arrays: Packed,
  from: number,
  to: number,
  filter: Filter,
  counted: Counted,
): Promise<FilterBlock> {
  const block: Record<string, Float64Array | Uint32Array> = {};
  for (const name of filter.columns) {
    const key = arrays.names.includes(NUMBERS + name) ? NUMBERS + name : CODES + name;
    block[name] = (await readAt(arrays, key, from, to, counted)) as Float64Array | Uint32Array;
  }
  return block;
}

/** Which share passes: of all documents, or of a sample where their columns are long to read. */
export async function listSelectivity(
  arrays: Packed,
  n: number,
  where: Predicate,
): Promise<Selectivity> {
  const filter = await listFilter(arrays, where);
  const counted = { bytes: 0 };
  const read = (from: number, to: number) => blockOf(arrays, from, to, filter, counted);
  if (n <= COUNTED) return countedSelectivity(filter.mask(await read(0, n), n));
  return sampledSelectivity(filter, read, n);
}

/** Part of an array; its bytes are counted. */
export async function readAt(
  arrays: Packed,
  name: string,
  from: number,
  to: number,
  counted: Counted,
) {
  const data = await arrays.slice(name, from, to);
  counted.bytes += data.byteLength;
  return data;
}

/** Ascending places, cut where more than `gap` others lie between. */
function runsOf(places: Int32Array, gap: number): Int32Array[] {
  const runs: Int32Array[] = [];
  let start = 0;
  for (let i = 1; i <= places.length; i++) {
    if (i < places.length && places[i] - places[i - 1] - 1 <= gap) continue;
    if (i > start) runs.push(places.subarray(start, i));
    start = i;
  }
  return runs;
}

/** Where each list begins, and where the last ends. */
export async function listPlaces(arrays: Packed, n: number): Promise<Int32Array> {
  const places = (await arrays.whole('offsets')) as Int32Array;
  const isDamaged = places[0] !== 0 || places[places.length - 1] !== n;
  if (isDamaged || places.some((place, i) => i > 0 && place < places[i - 1]))
    throw new InputError(arrays.name, 'the places of its lists are damaged.');
  return places;
}
