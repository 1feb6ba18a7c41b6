import { type ByteSource, type Format, type Reader, type ReadOptions, refuse } from './contract.ts';
import { type DType, decodeInto } from './support/dtype.ts';
import { BLOCK_TYPES, type BlockType, nameOfType } from './support/ggml-blocks.ts';
import {
  type GgufHeader,
  type GgufTensor,
  readGgufHeader,
  startsAsGguf,
} from './support/gguf-header.ts';
import { floats } from './support/memory.ts';
import { chosenArray } from './support/select.ts';
import { shown } from './support/shown.ts';
import type { VectorTable } from './table.ts';

/** Bytes of packed rows taken at a time. */
const CHUNK = 1 << 24;

const TOKEN_TABLE = 'token_embd.weight';

const described = ({ name, sizes, type }: GgufTensor): string =>
  `${shown(name)} (${sizes.toReversed().join(' × ')} ${nameOfType(type)})`;

/** Rows of a tensor as they lie in the file. */
interface PackedRows {
  readonly rows: number;
  readonly cols: number;
  readonly type: BlockType;
  readonly offset: number;
  /** Bytes of a row. */
  readonly stride: number;
}

/** The token table, or the tensor that was asked for. */
function chosenTensor(
  source: ByteSource,
  { tensors }: GgufHeader,
  options: ReadOptions,
): GgufTensor {
  const table = tensors.find(({ name }) => name === TOKEN_TABLE);
  if (options.vector === undefined && table?.sizes.length === 2) return table;
  const matrices = tensors.filter(({ sizes }) => sizes.length === 2);
  return chosenArray(source, matrices, described, options);
}

function packedRows(source: ByteSource, { data }: GgufHeader, tensor: GgufTensor): PackedRows {
  const [cols, rows] = tensor.sizes;
  const type = BLOCK_TYPES.get(tensor.type);
  if (!type) {
    const known = Array.from(BLOCK_TYPES.values(), ({ name }) => name).join(', ');
    return refuse(source, `${described(tensor)} is of a type that is not read; read are ${known}.`);
  }
  if (cols === 0 || cols % type.values !== 0) {
    refuse(source, `${described(tensor)} has rows that are no whole blocks of ${type.values}.`);
  }
  const stride = (cols / type.values) * type.bytes;
  const offset = data + tensor.offset;
  if (!(rows * stride <= source.size - offset)) {
    refuse(
      source,
      `${described(tensor)} takes ${rows * stride} bytes from byte ${offset} on; the file has ${source.size}.`,
    );
  }
  return { rows, cols, type, offset, stride };
}

function requireWhole(source: ByteSource, { values }: GgufHeader): void {
  const parts = Number(values.get('split.count') ?? 1);
  if (parts <= 1) return;
  const part = Number(values.get('split.no') ?? 0) + 1;
  refuse(
    source,
    `the file is part ${part} of ${parts} of a model; join them with llama-gguf-split --merge.`,
  );
}

async function openGguf(source: ByteSource, options: ReadOptions): Promise<Reader> {
  const header = await readGgufHeader(source);
  requireWhole(source, header);
  const tensor = chosenTensor(source, header, options);
  const packed = packedRows(source, header, tensor);
  const { rows, cols, type } = packed;
  const dtype: DType = type.dtype ?? 'f4';
  const { tokens } = header;
  const labels = options.label !== false && tokens?.length === rows ? tokens : undefined;
  const others = header.tensors.filter((other) => other !== tensor).map(described);
  if (tokens && tokens.length !== rows) others.unshift(`${tokens.length} tokens`);
  return {
    info: async () => ({
      format: 'gguf',
      rows,
      cols,
      dtype,
      ...(type.dtype ? {} : { encoding: type.name }),
      bytes: source.size,
      vector: tensor.name,
      labels: labels !== undefined,
      columns: [],
      others,
    }),
    async *blocks(rowsPerBlock, shared): AsyncGenerator<VectorTable> {
      for (let a = 0; a < rows; a += rowsPerBlock) {
        const b = Math.min(rows, a + rowsPerBlock);
        const data = await unpackedRows(source, packed, a, b, shared);
        yield {
          points: { data, rows: b - a, cols },
          labels: labels?.slice(a, b),
          source: { name: source.name, format: 'gguf', dtype },
        };
      }
    },
  };
}

/** Rows a to b as float32. */
async function unpackedRows(
  source: ByteSource,
  { cols, type, offset, stride }: PackedRows,
  a: number,
  b: number,
  shared: boolean,
): Promise<Float32Array> {
  const out = floats((b - a) * cols, source.name, shared);
  const step = Math.max(1, Math.floor(CHUNK / stride));
  for (let i = a; i < b; i += step) {
    const count = Math.min(step, b - i);
    const bytes = await source.read(offset + i * stride, count * stride);
    let to = (i - a) * cols;
    if (type.dtype) decodeInto(bytes, type.dtype, false, out, to, 1, count * cols);
    else {
      for (let at = 0; at < bytes.length; at += type.bytes, to += type.values) {
        type.decode?.(bytes, at, out, to);
      }
    }
  }
  return out;
}

/** GGUF: the tensors of a model in blocks of few bits, with its tokens; read only. */
export const gguf: Format = {
  id: 'gguf',
  title: 'GGUF',
  extensions: ['.gguf'],
  dtypes: [],
  keeps: { labels: true, columns: false },
  streams: { read: true, write: false },
  startsWith: 'the letters GGUF',
  recognizes: (head) => (startsAsGguf(head) ? 1 : 0),
  open: openGguf,
};
