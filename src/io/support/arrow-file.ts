import {
  type Batch,
  CompressionType,
  type DataType,
  getCompressionCodec,
  setCompressionCodec,
  type Table,
  Type,
  tableFromIPC,
} from '@uwdata/flechette';
import { type ByteSource, type Reader, type ReadOptions, refuse } from '../contract.ts';
import type { VectorTable } from '../table.ts';
import { type ArrowMessage, arrowMessages } from './arrow-messages.ts';
import { columnOfValues, textOfValue } from './cells.ts';
import { bytesOf, type DType, decodeInto } from './dtype.ts';
import { guarded } from './guarded.ts';
import { isPlausible, lz4Frame, zstd } from './inflated.ts';
import { reblocked } from './reblocked.ts';
import { type Candidate, requireDistinct, type Selection, selected } from './select.ts';

interface ArrowField {
  readonly name: string;
  readonly type: DataType;
  /** Its place among all columns. */
  readonly at: number;
}

/** How the columns are to be read. */
interface Layout {
  readonly fields: readonly ArrowField[];
  readonly selection: Selection;
  readonly cols: number;
  readonly dtype: DType;
}

/** Buffers may be packed; the codecs are registered once, when a file is opened. */
function registerCodecs(): void {
  if (getCompressionCodec(CompressionType.ZSTD)) return;
  const encode = (): never => {
    throw new RangeError('Arrow data are written uncompressed');
  };
  const checked =
    (unpack: (bytes: Uint8Array, size: number) => Uint8Array) =>
    (bytes: Uint8Array, size: number): Uint8Array => {
      if (!isPlausible(size, bytes.length)) throw new RangeError('a buffer claims too much');
      const out = unpack(bytes, size);
      if (out.length !== size) throw new RangeError('a buffer has another length than it says');
      return out;
    };
  setCompressionCodec(CompressionType.ZSTD, { encode, decode: checked(zstd) });
  setCompressionCodec(CompressionType.LZ4_FRAME, { encode, decode: checked(lz4Frame) });
}

/** The bytes of a message where numbers of 8 bytes may lie in place. */
async function messageBytes(
  source: ByteSource,
  { offset, size }: ArrowMessage,
): Promise<Uint8Array> {
  const bytes = await source.read(offset, size);
  return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
}

const PRECISIONS: readonly DType[] = ['f2', 'f4', 'f8'];

function dtypeOf(type: DataType | undefined): DType | undefined {
  if (type?.typeId === Type.Float) return PRECISIONS[type.precision];
  if (type?.typeId === Type.Int) {
    return `${type.signed ? 'i' : 'u'}${type.bitWidth / 8}` as DType;
  }
  return undefined;
}

const LISTS: readonly number[] = [Type.FixedSizeList, Type.List, Type.LargeList];
const TEXTS: readonly number[] = [
  Type.Utf8,
  Type.LargeUtf8,
  Type.Utf8View,
  Type.Bool,
  Type.Date,
  Type.Timestamp,
  Type.Dictionary,
];

function childType(type: DataType): DataType | undefined {
  return 'children' in type ? type.children[0]?.type : undefined;
}

function kindOf(type: DataType): Candidate['kind'] | undefined {
  if (LISTS.includes(type.typeId)) return dtypeOf(childType(type)) ? 'vector' : undefined;
  if (dtypeOf(type) || type.typeId === Type.Decimal) return 'number';
  return TEXTS.includes(type.typeId) ? 'text' : undefined;
}

/** Opens an Arrow file or stream. */
export async function openArrow(source: ByteSource, options: ReadOptions): Promise<Reader> {
  registerCodecs();
  const messages = await arrowMessages(source);
  const head = await messageBytes(source, messages[0]);
  const schema = guarded(source, 'Arrow', () => tableFromIPC([head]).schema);
  const all = schema.fields.map(({ name, type }, at) => ({ name: String(name ?? ''), type, at }));
  const fields = all.filter(({ type }) => kindOf(type) !== undefined);
  const others = all.filter((field) => !fields.includes(field)).map(({ name }) => name);
  const candidates = fields.map(({ name, type }) => ({ name, kind: kindOf(type) ?? 'text' }));
  const selection = selected(source, candidates, options);
  const nameOf = (i: number): string => fields[i].name;
  requireDistinct(source, [...selection.others, ...selection.vector].map(nameOf));
  const { type } = fields[selection.vector[0]];
  const dtype = dtypeOf(selection.isList ? childType(type) : type) ?? 'f8';
  const rows = messages.reduce((sum, message) => sum + message.rows, 0);
  const partial = { fields, selection, dtype };
  const cols = selection.isList
    ? await listLength(source, messages, partial)
    : selection.vector.length;
  return {
    info: async () => ({
      format: 'arrow',
      rows,
      cols,
      dtype,
      bytes: source.size,
      vector: selection.isList ? nameOf(selection.vector[0]) : selection.vector.map(nameOf),
      labels: selection.label < 0 ? false : nameOf(selection.label),
      columns: selection.others.map(nameOf),
      others,
    }),
    blocks: (rowsPerBlock, shared) =>
      reblocked(parts(source, messages, { ...partial, cols }), rowsPerBlock, source.name, shared),
  };
}

/** Numbers in a list: from the type where it is fixed, else from the first row. */
async function listLength(
  source: ByteSource,
  messages: readonly ArrowMessage[],
  { fields, selection }: Omit<Layout, 'cols'>,
): Promise<number> {
  const field = fields[selection.vector[0]];
  const { name, type } = field;
  let length = 'stride' in type ? Number(type.stride) : 0;
  if (type.typeId !== Type.FixedSizeList) {
    for await (const { table } of batches(source, messages)) {
      const { offsets } = batchOf(source, table, field);
      length = Number(offsets?.[1] ?? 0) - Number(offsets?.[0] ?? 0);
      break;
    }
  }
  if (length < 1) refuse(source, `the lists of column ${JSON.stringify(name)} are empty.`);
  return length;
}

/** Each batch of rows as a table of its own, with the dictionaries that came before it. */
async function* batches(
  source: ByteSource,
  messages: readonly ArrowMessage[],
): AsyncGenerator<{ table: Table; rows: number }> {
  const before: Uint8Array[] = [];
  for (const message of messages) {
    if (message.kind === 'records' && message.rows === 0) continue;
    const bytes = await messageBytes(source, message);
    if (message.kind !== 'records') {
      before.push(bytes);
      continue;
    }
    const table = guarded(source, 'Arrow', () =>
      tableFromIPC([...before, bytes], { useBigInt: true, useDate: true }),
    );
    yield { table, rows: message.rows };
  }
}

function batchOf(source: ByteSource, table: Table, { name, at }: ArrowField): Batch<unknown> {
  const batch = table.getChildAt(at)?.data[0] as Batch<unknown> | undefined;
  return batch ?? refuse(source, `the column ${JSON.stringify(name)} has no data.`);
}

async function* parts(
  source: ByteSource,
  messages: readonly ArrowMessage[],
  layout: Layout,
): AsyncGenerator<VectorTable> {
  const { fields, selection, cols, dtype } = layout;
  let row = 0;
  for await (const { table, rows } of batches(source, messages)) {
    const batch = (i: number): Batch<unknown> => batchOf(source, table, fields[i]);
    const values = (i: number): unknown[] => cellsOf(source, batch(i), rows, fields[i].name);
    const part = guarded(source, 'Arrow', () => ({
      points: {
        data: selection.isList
          ? listValues(source, batch(selection.vector[0]), rows, layout, row)
          : numberValues(selection.vector.map(values), rows),
        rows,
        cols,
      },
      labels: selection.label < 0 ? undefined : values(selection.label).map(textOfValue),
      columns: Object.fromEntries(
        selection.others.map((i) => [fields[i].name, columnOfValues(values(i))]),
      ),
      source: { name: source.name, format: 'arrow', dtype } as const,
    }));
    yield part;
    row += rows;
  }
}

/** The cells of a column that is not a list. */
function cellsOf(source: ByteSource, batch: Batch<unknown>, rows: number, name: string): unknown[] {
  const held = batch.offsets ? batch.offsets.length - 1 : batch.values?.length * 8;
  if (batch.length !== rows || !(held >= rows)) {
    refuse(source, `the column ${JSON.stringify(name)} has fewer than ${rows} values.`);
  }
  return Array.from({ length: rows }, (_, i) => batch.at(i));
}

function numberValues(columns: readonly (readonly unknown[])[], rows: number): Float32Array {
  const d = columns.length;
  const data = new Float32Array(rows * d);
  for (const [c, values] of columns.entries()) {
    for (let i = 0; i < rows; i++) data[i * d + c] = values[i] === null ? NaN : Number(values[i]);
  }
  return data;
}

/** The numbers of `rows` lists: a view where they are float32 already. */
function listValues(
  source: ByteSource,
  batch: Batch<unknown>,
  rows: number,
  { cols, dtype }: Layout,
  firstRow: number,
): Float32Array {
  const [child] = batch.children;
  const { values } = child as { values: ArrayBufferView & { length: number } };
  const start = listStart(source, batch, rows, cols, firstRow);
  const end = start + rows * cols;
  if (batch.length !== rows || !(start >= 0 && end <= values.length)) {
    refuse(source, `the lists of rows ${firstRow + 1} to ${firstRow + rows} are cut off.`);
  }
  for (let i = 0; batch.nullCount > 0 && i < rows; i++) {
    if (!batch.isValid(i)) refuse(source, `row ${firstRow + i + 1} has no vector.`);
  }
  if (values instanceof Float32Array && child.nullCount === 0) return values.subarray(start, end);
  const size = values.byteLength / values.length;
  const data = new Float32Array(rows * cols);
  decodeInto(bytesOf(values).subarray(start * size, end * size), dtype, false, data);
  for (let i = 0; child.nullCount > 0 && i < data.length; i++) {
    if (!child.isValid(start + i)) data[i] = NaN;
  }
  return data;
}

/** Where the numbers of the first row begin; refuses lists of different lengths. */
function listStart(
  source: ByteSource,
  { offsets, validity, nullCount, type }: Batch<unknown>,
  rows: number,
  cols: number,
  firstRow: number,
): number {
  if (type.typeId === Type.FixedSizeList) return 0;
  for (let i = 0; i < rows; i++) {
    const length = Number(offsets[i + 1]) - Number(offsets[i]);
    if (length === cols) continue;
    const isNull = nullCount > 0 && ((validity[i >> 3] >> (i & 7)) & 1) === 0;
    refuse(
      source,
      isNull
        ? `row ${firstRow + i + 1} has no vector.`
        : `row ${firstRow + i + 1} has ${length} numbers; ${cols} are expected.`,
    );
  }
  return Number(offsets[0]);
}
