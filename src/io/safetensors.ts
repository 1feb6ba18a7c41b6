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
import { looksLikeColumns } from './support/column-names.ts';
import { type DenseArray, rowsOfParts } from './support/dense.ts';
import { BYTES_OF, bytesOf, type DType, encoded } from './support/dtype.ts';
import { joined } from './support/joined.ts';
import { matricesOf, vectorShape } from './support/npy-header.ts';
import { COLUMN, labelledColumns, tensorColumns } from './support/safetensors-columns.ts';
import { type Header, readTensors, type Tensor } from './support/safetensors-header.ts';
import { chosenArray } from './support/select.ts';
import { type Column, mapColumns, type VectorTable } from './table.ts';

const described = ({ name, type, shape }: Tensor): string =>
  `${name} (${shape.join(' × ')} ${type})`;

async function openSafetensors(source: ByteSource, options: ReadOptions): Promise<Reader> {
  const { tensors, metadata } = await readTensors(source);
  refuseOthers(source, metadata);
  const arrays = matricesOf(tensors, (tensor) => tensor);
  const unread = tensors.find(({ shape, dtype }) => shape.length === 2 && !dtype);
  if (arrays.length === 0 && unread) {
    refuse(source, `the tensor ${described(unread)} has a type that is not read.`);
  }
  const rowTensors = arrays.length === 0 ? tensorRows(source, tensors) : undefined;
  const tensor = rowTensors?.[0] ?? chosenArray(source, arrays, described, options);
  const { dtype = 'f4' } = tensor;
  const [one, cols] = vectorShape(tensor) ?? [0, 0];
  const rows = rowTensors?.length ?? one;
  if (cols === 0) refuse(source, `the tensor ${tensor.name} has no columns.`);
  const parts = (rowTensors ?? [tensor]).map(
    ({ offset }): DenseArray => ({
      rows: rowTensors ? 1 : rows,
      cols,
      dtype,
      bigEndian: false,
      fortranOrder: false,
      offset,
    }),
  );
  const names = rowTensors?.map(({ name }) => name);
  const found = names ? [] : await tensorColumns(source, tensors, tensor, metadata, rows);
  const { labels, from, columns } = labelledColumns(source, found, names, metadata, rows, options);
  return {
    info: async () => ({
      format: 'safetensors',
      rows,
      cols,
      dtype,
      bytes: source.size,
      vector: names ? undefined : tensor.name,
      labels: labels === undefined ? false : from,
      columns: Object.keys(columns),
      others: tensors
        .filter(({ name }) => name !== tensor.name && !found.some(([, , key]) => key === name))
        .filter(({ name }) => !names?.includes(name))
        .map(described),
    }),
    async *blocks(rowsPerBlock, shared): AsyncGenerator<VectorTable> {
      for (let a = 0; a < rows; a += rowsPerBlock) {
        const b = Math.min(rows, a + rowsPerBlock);
        const data = await rowsOfParts(source, parts, a, b, shared);
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

/** Files of Tammes whose arrays would pass for vectors, and what reads them. */
const OTHERS = [
  [
    'tammes-store',
    'this is a store of coded vectors: openStore of tammes/store reads it, tammes decompress makes an ordinary file of it.',
  ],
  ['tammes-index', 'this is an index, which tammes search query asks; it is no file of vectors.'],
] as const;

function refuseOthers(source: ByteSource, metadata: Header['metadata']): void {
  const own = String(metadata['tammes']);
  for (const [format, sentence] of OTHERS)
    if (own.startsWith(`{"format":"${format}"`)) refuse(source, sentence);
}

/** Tensors that are a row each, under its label: all are vectors of floats of one length and type. */
function tensorRows(source: ByteSource, tensors: readonly Tensor[]): readonly Tensor[] | undefined {
  const isVector = (tensor: Tensor): boolean => vectorShape(tensor)?.[0] === 1;
  const names = tensors.map(({ name }) => name);
  const isPlain = !looksLikeColumns(names) && !names.some((name) => name.startsWith(COLUMN));
  if (tensors.length === 0 || !tensors.every(isVector) || !isPlain) return undefined;
  const [first] = tensors;
  const odd = tensors.find(
    ({ shape, type }) => shape.at(-1) !== first.shape.at(-1) || type !== first.type,
  );
  if (odd) {
    refuse(
      source,
      `the file has one tensor a row, but ${described(odd)} does not go with ${described(first)}.`,
    );
  }
  return tensors;
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
