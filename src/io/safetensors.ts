import {
  type ByteSource,
  endsIn,
  type Format,
  type Output,
  type Reader,
  type ReadOptions,
  refuse,
  type Writer,
  type WriterOptions,
} from './contract.ts';
import { denseRows } from './support/dense.ts';
import { BYTES_OF, bytesOf, type DType, decodeInto, encoded } from './support/dtype.ts';
import { joined } from './support/joined.ts';
import { chosenArray } from './support/select.ts';
import { type Column, mapColumns, type VectorTable } from './table.ts';

const DTYPE_OF: Readonly<Record<string, DType>> = {
  F16: 'f2',
  BF16: 'bf16',
  F32: 'f4',
  F64: 'f8',
  I8: 'i1',
  U8: 'u1',
  I16: 'i2',
  U16: 'u2',
  I32: 'i4',
  U32: 'u4',
  I64: 'i8',
  U64: 'u8',
};

/** The reference implementation takes no longer headers either. */
const LONGEST_HEADER = 100_000_000;

/** Columns of numbers are tensors of this name and their own. */
const COLUMN = 'columns/';

interface Tensor {
  readonly name: string;
  readonly dtype: DType | undefined;
  readonly type: string;
  readonly shape: readonly number[];
  /** In the file. */
  readonly offset: number;
  readonly bytes: number;
}

interface Header {
  readonly tensors: readonly Tensor[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSize = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

async function readHeader(source: ByteSource): Promise<Header> {
  if (source.size < 8) refuse(source, 'the file is too short for a safetensors header.');
  const start = await source.read(0, 8);
  const length = new DataView(start.buffer, start.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(Math.min(source.size - 8, LONGEST_HEADER))) {
    refuse(source, `the safetensors header claims ${length} bytes; the file has ${source.size}.`);
  }
  const text = new TextDecoder().decode(await source.read(8, Number(length)));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    refuse(source, 'the safetensors header is not JSON.', cause);
  }
  if (!isRecord(json)) refuse(source, 'the safetensors header is not a JSON object.');
  const { __metadata__: metadata = {}, ...entries } = json;
  return {
    tensors: Object.entries(entries).map(([name, entry]) =>
      parsedTensor(source, name, entry, 8 + Number(length)),
    ),
    metadata: isRecord(metadata) ? metadata : {},
  };
}

function parsedTensor(source: ByteSource, name: string, entry: unknown, base: number): Tensor {
  const { dtype: type, shape, data_offsets: range } = isRecord(entry) ? entry : {};
  const shown = JSON.stringify(name.slice(0, 80));
  if (typeof type !== 'string' || !Array.isArray(shape) || !shape.every(isSize)) {
    refuse(source, `the header of the tensor ${shown} is damaged.`);
  }
  if (!Array.isArray(range) || range.length !== 2 || !range.every(isSize) || range[0] > range[1]) {
    refuse(source, `the tensor ${shown} has no place in the file.`);
  }
  const [begin, end] = range as [number, number];
  const dtype = DTYPE_OF[type];
  const needed = shape.reduce((product, size) => product * size, dtype ? BYTES_OF[dtype] : 0);
  if (base + end > source.size || (dtype && needed !== end - begin)) {
    refuse(
      source,
      `the tensor ${shown} is ${shape.join(' × ')} ${type} at bytes ${begin} to ${end}, which does not fit the file.`,
    );
  }
  return { name, dtype, type, shape, offset: base + begin, bytes: end - begin };
}

const described = ({ name, type, shape }: Tensor): string =>
  `${name} (${shape.join(' × ')} ${type})`;

async function openSafetensors(source: ByteSource, options: ReadOptions): Promise<Reader> {
  const { tensors, metadata } = await readHeader(source);
  const arrays = tensors.filter(({ shape, dtype }) => shape.length === 2 && dtype !== undefined);
  const tensor = chosenArray(source, arrays, described, options);
  const { dtype = 'f4', offset } = tensor;
  const [rows, cols] = tensor.shape;
  if (cols === 0) refuse(source, `the tensor ${tensor.name} has no columns.`);
  const { labels: json } = metadata;
  const labels = options.label === false ? undefined : listOf(json, rows);
  const columns = await columnsOf(source, tensors, metadata, rows);
  const array = { rows, cols, dtype, bigEndian: false, fortranOrder: false, offset };
  return {
    info: async () => ({
      format: 'safetensors',
      rows,
      cols,
      dtype,
      bytes: source.size,
      vector: tensor.name,
      labels: labels !== undefined,
      columns: Object.keys(columns),
      others: tensors
        .filter(({ name }) => name !== tensor.name && !name.startsWith(COLUMN))
        .map(described),
    }),
    async *blocks(rowsPerBlock, shared): AsyncGenerator<VectorTable> {
      for (let a = 0; a < rows; a += rowsPerBlock) {
        const b = Math.min(rows, a + rowsPerBlock);
        const data = await denseRows(source, array, a, b, shared);
        yield {
          points: { data, rows: b - a, cols },
          labels: labels?.slice(a, b),
          columns: mapColumns(columns, (column) => column.slice(a, b) as Column),
          source: { name: source.name, format: 'safetensors', dtype },
        };
      }
    },
  };
}

/** A JSON list of `rows` texts, or undefined. */
function listOf(json: unknown, rows: number): string[] | undefined {
  if (typeof json !== 'string') return undefined;
  try {
    const list: unknown = JSON.parse(json);
    if (!Array.isArray(list) || list.length !== rows) return undefined;
    return list.map(String);
  } catch {
    return undefined;
  }
}

async function columnsOf(
  source: ByteSource,
  tensors: readonly Tensor[],
  metadata: Readonly<Record<string, unknown>>,
  rows: number,
): Promise<Record<string, Column>> {
  const columns: [string, Column][] = [];
  for (const { name, shape, dtype, offset, bytes } of tensors) {
    if (!name.startsWith(COLUMN) || shape.length !== 1 || shape[0] !== rows || !dtype) continue;
    const values = new Float64Array(rows);
    decodeInto(await source.read(offset, bytes), dtype, false, values);
    columns.push([name.slice(COLUMN.length), values]);
  }
  for (const [key, json] of Object.entries(metadata)) {
    const texts = key.startsWith(COLUMN) ? listOf(json, rows) : undefined;
    if (texts) columns.push([key.slice(COLUMN.length), texts]);
  }
  return Object.fromEntries(columns);
}

function headerBytes(
  table: Pick<VectorTable, 'labels' | 'columns'>,
  rows: number,
  cols: number,
  dtype: DType,
): Uint8Array {
  let end = rows * cols * BYTES_OF[dtype];
  const type = dtype.toUpperCase().replace(/\d/, (bytes) => String(8 * Number(bytes)));
  const vectors = { dtype: type, shape: [rows, cols], data_offsets: [0, end] };
  const tensors: [string, unknown][] = cols > 0 ? [['vectors', vectors]] : [];
  const metadata: [string, string][] = [];
  if (table.labels) metadata.push(['labels', JSON.stringify(table.labels)]);
  for (const [name, column] of Object.entries(table.columns ?? {})) {
    if (column instanceof Float64Array) {
      const range = [end, end + column.byteLength];
      tensors.push([COLUMN + name, { dtype: 'F64', shape: [rows], data_offsets: range }]);
      end += column.byteLength;
    } else metadata.push([COLUMN + name, JSON.stringify(column)]);
  }
  if (metadata.length > 0) tensors.unshift(['__metadata__', Object.fromEntries(metadata)]);
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(tensors)));
  const length = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + length).fill(0x20, 8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(json, 8);
  return bytes;
}

async function writeWhole(
  output: Output,
  name: string,
  dtype: DType,
  table: VectorTable,
): Promise<void> {
  const { data, rows, cols } = table.points;
  await output.write(headerBytes(table, rows, cols, dtype));
  await output.write(encoded(data, dtype, name, cols, 0));
  for (const column of Object.values(table.columns ?? {})) {
    if (column instanceof Float64Array) await output.write(bytesOf(column));
  }
}

/** safetensors: a JSON header, then the tensors; one of them holds the vectors. */
export const safetensors: Format = {
  id: 'safetensors',
  title: 'safetensors',
  extensions: ['.safetensors'],
  dtypes: ['f4', 'f8', 'f2', 'i1', 'u1', 'i2', 'u2', 'i4', 'u4'],
  keeps: { labels: true, columns: true },
  streams: { read: true, write: true },
  startsWith: 'the length of a JSON header, then {',
  recognizes(head, name, size) {
    if (head.length < 9) return 0;
    const length = new DataView(head.buffer, head.byteOffset, 8).getBigUint64(0, true);
    if (head[8] === 0x7b && length <= BigInt(size - 8)) return 0.95;
    return endsIn(name, ['.safetensors']) ? 0.05 : 0;
  },
  open: openSafetensors,
  create: createSafetensors,
};

/** Labels and columns stand before the vectors, so a table that has them waits for its end. */
function createSafetensors(
  output: Output,
  name: string,
  { dtype = 'f4', rows: total }: WriterOptions,
): Writer {
  const waiting: VectorTable[] = [];
  let rows = 0;
  return {
    async append(block) {
      const { data, cols } = block.points;
      if (block.labels || Object.keys(block.columns ?? {}).length > 0) {
        waiting.push(block);
        return;
      }
      if (rows === 0) await output.write(headerBytes({}, total, cols, dtype));
      await output.write(encoded(data, dtype, name, cols, rows));
      rows += block.points.rows;
    },
    async finish() {
      if (waiting.length > 0) await writeWhole(output, name, dtype, joined(waiting, name));
    },
  };
}
