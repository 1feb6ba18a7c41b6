import { InputError } from '../../core/errors.ts';
import { matrix, zeros } from '../../core/matrix.ts';
import { rowNorms } from '../../core/rows.ts';
import type { Codes, Encoded, ReadyCodec } from '../../families/compression/types.ts';
import type { ByteSource, Source } from '../../io/contract.ts';
import type { FileKind } from '../../io/described.ts';
import {
  openPacked,
  type Packed,
  type PackedArray,
  packedOf,
  packedPieces,
  writePacked,
} from '../../io/packed.ts';
import { columnNames, packedColumn, packedColumns } from '../../io/packed-columns.ts';
import type { Column, VectorTable } from '../../io/table.ts';
import type { StreamedArray } from '../../io/tensors.ts';
import type { Model, StoredModel } from '../../learning/index.ts';
import type { RunOptions } from '../../method/method.ts';
import { codecById } from './codecs.ts';
import { gramArrays, hasGrams } from './gram-index.ts';
import { allLabels, hasLabels, labelArrays } from './label-index.ts';
import type { VectorRows, WordStore } from './types.ts';
import { wordStore } from './word-store.ts';

/** A file of coded vectors: their codes, what decodes them, labels and columns. */
export const STORE: FileKind = { format: 'tammes-store', version: 1, title: 'store' };

/** Where the codes stand among the arrays, the norms of the rows they stand for, and the codec's own arrays. */
const CODES = 'codes';
const NORMS = 'norms';
const CODEC = 'codec.';
/** Values that are decoded at once. */
const BLOCK = 2 ** 22;

/** What travels with coded vectors. */
export type StoreColumns = Pick<VectorTable, 'labels' | 'columns'>;

export interface StoreOptions {
  /** Whether labels get an index of character n-grams, by which unknown words find like ones. Default: true. */
  readonly grams?: boolean | undefined;
  /** What decodes the codes, whose lengths lie beside them; left out, the best there is. */
  readonly engine?: RunOptions['engine'];
}

export interface OpenOptions {
  /** Load all of a file at an address whose server does not answer ranges of bytes. Default: only a small one. */
  readonly whole?: boolean | undefined;
}

/** Coded vectors that are open: only the header is read until something is asked for. */
export interface OpenStore extends WordStore {
  /** Id of the codec. */
  readonly codec: string;
  readonly ready: ReadyCodec;
  readonly packed: Packed;
  readonly columnNames: readonly string[];
  /** The codes of rows `from` to `to` (excluded). */
  codes(from: number, to: number): Promise<Codes>;
  labels(): Promise<readonly string[] | undefined>;
  column(name: string): Promise<Column | undefined>;
}

type Streamed = Omit<StreamedArray, 'name'>;

interface StoreContents<A extends PackedArray | Streamed = PackedArray> {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly arrays: Readonly<Record<string, A>>;
}

type Coded = Pick<Encoded, 'codes' | 'model'> & Partial<Pick<Encoded, 'zeros'>>;

async function contentsOf(
  { codes, model, zeros: empty = [] }: Coded,
  table: StoreColumns,
  options: StoreOptions,
): Promise<StoreContents> {
  const { rows, bytesPerVector, bytes } = codes;
  const norms = await normsOf(await codecById(codecIn(model)).ready(model), codes, options);
  // The direction that the codes of a zero row stand for is rounding alone.
  for (const row of empty) norms[row] = 0;
  const coded = {
    [NORMS]: { shape: [rows], data: norms },
    [CODES]: { shape: [rows, bytesPerVector], data: bytes },
  };
  return around(model, rows, coded, table, options);
}

/** The id of the codec that a model is of. */
export const codecIn = ({ kind }: Model): string => kind.split('/')[1];

/** What lies beside the codes and the norms, and these. */
function around<A extends PackedArray | Streamed>(
  model: Model,
  rows: number,
  coded: Readonly<Record<string, A>>,
  { labels, columns = {} }: StoreColumns,
  { grams = true }: StoreOptions,
): StoreContents<A | PackedArray> {
  const own = model.parameters.map(({ name, shape, data }): [string, PackedArray] => [
    `${CODEC}${name}`,
    { shape, data },
  ]);
  return {
    fields: {
      codec: codecIn(model),
      settings: model.settings,
      rows,
      columns: Object.keys(columns),
    },
    arrays: {
      ...Object.fromEntries(own),
      ...packedColumns(columns),
      ...(labels ? labelArrays(labels) : {}),
      ...(labels && grams ? gramArrays(labels) : {}),
      ...coded,
    },
  };
}

/** ‖x̂‖ of every row. */
async function normsOf(
  ready: ReadyCodec,
  codes: Codes,
  { engine }: StoreOptions,
): Promise<Float32Array> {
  const { rows, bytesPerVector, bytes } = codes;
  const norms = new Float32Array(rows);
  const size = Math.max(1, Math.floor(BLOCK / ready.cols));
  for (let from = 0; from < rows; from += size) {
    const to = Math.min(rows, from + size);
    const some = bytes.subarray(from * bytesPerVector, to * bytesPerVector);
    const decoded = await ready.decode(
      { rows: to - from, bytesPerVector, bytes: some },
      { engine },
    );
    norms.set(rowNorms(decoded), from);
  }
  return norms;
}

/** Writes coded vectors with their labels and columns. */
export async function writeStore(
  path: string,
  encoded: Coded,
  table: StoreColumns = {},
  options: StoreOptions = {},
): Promise<void> {
  const { fields, arrays } = await contentsOf(encoded, table, options);
  await writePacked(path, STORE, fields, arrays);
}

/** Codes that come piece after piece, with the lengths of the rows they stand for. */
export interface StreamedCodes {
  readonly model: Model;
  readonly rows: number;
  readonly bytesPerVector: number;
  codes(): AsyncIterable<Uint8Array>;
  norms(): AsyncIterable<Float32Array>;
}

/** The same file of codes that do not fit memory. */
export async function writeStreamedStore(
  path: string,
  { model, rows, bytesPerVector, codes, norms }: StreamedCodes,
  table: StoreColumns = {},
  options: StoreOptions = {},
): Promise<void> {
  const coded: Record<string, Streamed> = {
    [NORMS]: { shape: [rows], pieces: norms },
    [CODES]: { shape: [rows, bytesPerVector], type: new Uint8Array(0), pieces: codes },
  };
  const { fields, arrays } = around(model, rows, coded, table, options);
  await writePacked(path, STORE, fields, arrays);
}

/** The bytes of such a file. */
export async function encodeStore(
  encoded: Coded,
  table: StoreColumns = {},
  options: StoreOptions = {},
): Promise<Uint8Array<ArrayBuffer>[]> {
  const { fields, arrays } = await contentsOf(encoded, table, options);
  return [...packedPieces(STORE, fields, arrays)] as Uint8Array<ArrayBuffer>[];
}

/**
 * Opens a file of coded vectors: a path, an http or https address (read by ranges of bytes), a `File`, a `Blob` or
 * bytes. Reads its header and what its codec learned; all else is read when it is asked for.
 *
 * @example
 * const store = await openStore('glove.tammes');
 * const { neighbors } = await store.near({ formula: 'king - man + woman' }, { k: 1 });
 */
export async function openStore(source: Source, options: OpenOptions = {}): Promise<OpenStore> {
  return opened(await openPacked(source, STORE, options));
}

/** The same of bytes that are open. */
export async function storeOf(bytes: ByteSource): Promise<OpenStore> {
  return opened(await packedOf(bytes, STORE));
}

async function opened(packed: Packed): Promise<OpenStore> {
  try {
    return await openedStore(packed);
  } catch (cause) {
    await packed.close();
    throw cause;
  }
}

async function openedStore(packed: Packed): Promise<OpenStore> {
  const { name, fields } = packed;
  const { codec, settings, rows } = fields;
  if (typeof codec !== 'string' || !Number.isSafeInteger(rows))
    throw new InputError(name, 'the description of the store is damaged.');
  const model = {
    name,
    kind: `compression/${codec}`,
    settings: settings as StoredModel['settings'],
    tensors: await codecTensors(packed),
  };
  const ready = await codecById(codec).ready(model);
  const [count, bytesPerVector] = packed.shapeOf(CODES);
  const [norms] = packed.shapeOf(NORMS);
  if (count !== rows || norms !== rows || bytesPerVector !== ready.bytesPerVector)
    throw new InputError(name, 'the codes of the store do not fit its description.');
  const codes = async (from: number, to: number): Promise<Codes> => {
    const bytes = (await packed.slice(CODES, from, to)) as Uint8Array;
    return { rows: to - from, bytesPerVector, bytes };
  };
  const own: VectorRows = {
    name,
    rows: count,
    cols: ready.cols,
    labelArrays: hasLabels(packed) ? packed : undefined,
    gramArrays: async () => (hasGrams(packed) ? packed : undefined),
    norms: (from, to) => packed.slice(NORMS, from, to),
    products: async (queries, from, to, run) => ready.products(queries, await codes(from, to), run),
    async vectorsAt(places, run) {
      if (places.length === 0) return zeros(0, ready.cols);
      return ready.decode(await codesAt(codes, bytesPerVector, places), run);
    },
  };
  return {
    ...wordStore(own, () => packed.close()),
    codec,
    ready,
    packed,
    columnNames: inOrder(columnNames(packed), fields['columns']),
    codes,
    labels: () => allLabels(packed),
    column: (column) => packedColumn(packed, column),
  };
}

/** Names as they were given; the arrays of a file are ordered by the size of their elements. */
function inOrder(names: readonly string[], given: unknown): string[] {
  const order = new Map(Array.isArray(given) ? given.map((name, at) => [name, at]) : []);
  return names.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
}

async function codecTensors(packed: Packed): Promise<StoredModel['tensors']> {
  const own = packed.names.filter((key) => key.startsWith(CODEC));
  const tensors = own.map(async (key) => {
    const name = key.slice(CODEC.length);
    const data = (await packed.whole(key)) as Float32Array | Float64Array;
    return [name, { name, shape: packed.shapeOf(key), data }] as const;
  });
  return new Map(await Promise.all(tensors));
}

/** The codes of rows in any order; rows that follow one another are read at once. */
async function codesAt(
  codes: OpenStore['codes'],
  bytesPerVector: number,
  places: ArrayLike<number>,
): Promise<Codes> {
  const bytes = new Uint8Array(places.length * bytesPerVector);
  const reads: Promise<void>[] = [];
  for (let i = 0; i < places.length; ) {
    const start = i;
    while (i < places.length && places[i] === places[start] + i - start) i++;
    const read = codes(places[start], places[start] + i - start);
    reads.push(read.then((some) => bytes.set(some.bytes, start * bytesPerVector)));
  }
  await Promise.all(reads);
  return { rows: places.length, bytesPerVector, bytes };
}

/** All vectors of a store, decoded, with their labels and columns. */
export async function decodedStore(store: OpenStore, run?: RunOptions): Promise<VectorTable> {
  const points = await store.ready.decode(await store.codes(0, store.rows), run);
  const columns: [string, Column][] = [];
  for (const name of store.columnNames) {
    const column = await store.column(name);
    if (column) columns.push([name, column]);
  }
  return {
    points: matrix(points.data, store.rows, store.cols),
    labels: await store.labels(),
    columns: Object.fromEntries(columns),
  };
}
