import { InputError } from '../../core/errors.ts';
import { matrix } from '../../core/matrix.ts';
import type { Codes, Encoded, ReadyCodec } from '../../families/compression/types.ts';
import type { Source } from '../../io/contract.ts';
import type { FileKind } from '../../io/described.ts';
import {
  openPacked,
  type Packed,
  type PackedArray,
  packedPieces,
  writePacked,
} from '../../io/packed.ts';
import { columnNames, packedColumn, packedColumns } from '../../io/packed-columns.ts';
import type { Column, VectorTable } from '../../io/table.ts';
import type { StoredModel } from '../../learning/index.ts';
import { codecById } from './codecs.ts';

/** A file of coded vectors: their codes, what decodes them, labels and columns. */
export const STORE: FileKind = { format: 'tammes-store', version: 1, title: 'store' };

/** Where the codes stand among the arrays, and the codec's own arrays. */
const CODES = 'codes';
const CODEC = 'codec.';
/** Labels are a column beside the others, which no file's column can be called. */
const ROW = 'row';

/** What travels with coded vectors. */
export type StoreColumns = Pick<VectorTable, 'labels' | 'columns'>;

/** Coded vectors that are open: only the header is read until rows are asked for. */
export interface OpenStore {
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  /** Id of the codec. */
  readonly codec: string;
  readonly ready: ReadyCodec;
  readonly packed: Packed;
  readonly columnNames: readonly string[];
  /** The codes of rows `from` to `to` (excluded). */
  codes(from: number, to: number): Promise<Codes>;
  labels(): Promise<readonly string[] | undefined>;
  column(name: string): Promise<Column | undefined>;
  close(): Promise<void>;
}

interface StoreContents {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly arrays: Readonly<Record<string, PackedArray>>;
}

function contentsOf(
  { codes, model }: Pick<Encoded, 'codes' | 'model'>,
  { labels, columns = {} }: StoreColumns,
): StoreContents {
  const { rows, bytesPerVector, bytes } = codes;
  const own = model.parameters.map(({ name, shape, data }): [string, PackedArray] => [
    `${CODEC}${name}`,
    { shape, data },
  ]);
  const [, codec] = model.kind.split('/');
  return {
    fields: { codec, settings: model.settings, rows, columns: Object.keys(columns) },
    arrays: {
      ...Object.fromEntries(own),
      ...packedColumns(columns),
      ...(labels ? packedColumns({ label: labels }, ROW) : {}),
      [CODES]: { shape: [rows, bytesPerVector], data: bytes },
    },
  };
}

/** Writes coded vectors with their labels and columns. */
export async function writeStore(
  path: string,
  encoded: Pick<Encoded, 'codes' | 'model'>,
  table: StoreColumns = {},
): Promise<void> {
  const { fields, arrays } = contentsOf(encoded, table);
  await writePacked(path, STORE, fields, arrays);
}

/** The bytes of such a file. */
export function encodeStore(
  encoded: Pick<Encoded, 'codes' | 'model'>,
  table: StoreColumns = {},
): Uint8Array<ArrayBuffer>[] {
  const { fields, arrays } = contentsOf(encoded, table);
  return [...packedPieces(STORE, fields, arrays)] as Uint8Array<ArrayBuffer>[];
}

/** Opens a file of coded vectors; reads its header and what its codec learned. */
export async function openStore(source: Source): Promise<OpenStore> {
  const packed = await openPacked(source, STORE);
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
  const tensors = new Map<
    string,
    StoredModel['tensors'] extends ReadonlyMap<string, infer T> ? T : never
  >();
  for (const key of packed.names.filter((own) => own.startsWith(CODEC))) {
    const own = key.slice(CODEC.length);
    const data = (await packed.whole(key)) as Float32Array | Float64Array;
    tensors.set(own, { name: own, shape: packed.shapeOf(key), data });
  }
  const model = {
    name,
    kind: `compression/${codec}`,
    settings: settings as StoredModel['settings'],
    tensors,
  };
  const ready = await codecById(codec).ready(model);
  const [count, bytesPerVector] = packed.shapeOf(CODES);
  if (count !== rows || bytesPerVector !== ready.bytesPerVector)
    throw new InputError(name, 'the codes of the store do not fit its description.');
  return {
    name,
    rows: count,
    cols: ready.cols,
    codec,
    ready,
    packed,
    columnNames: columnNames(packed),
    async codes(from, to) {
      const bytes = (await packed.slice(CODES, from, to)) as Uint8Array;
      return { rows: to - from, bytesPerVector, bytes };
    },
    async labels() {
      return (await packedColumn(packed, 'label', ROW)) as readonly string[] | undefined;
    },
    column: (column) => packedColumn(packed, column),
    close: () => packed.close(),
  };
}

/** All vectors of a store, decoded, with their labels and columns. */
export async function decodedStore(store: OpenStore): Promise<VectorTable> {
  const points = await store.ready.decode(await store.codes(0, store.rows));
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
