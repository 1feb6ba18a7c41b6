import {
  type ByteSource,
  endsIn,
  type Format,
  type Reader,
  type ReadOptions,
  refuse,
} from './contract.ts';
import { denseRows } from './support/dense.ts';
import { BYTES_OF, type DType, decodeInto } from './support/dtype.ts';
import { type OnnxTensor, onnxTensors, startsAsOnnx } from './support/onnx-tensors.ts';
import { chosenArray } from './support/select.ts';
import { shown } from './support/shown.ts';
import type { VectorTable } from './table.ts';

const described = ({ name, shape, type }: OnnxTensor): string =>
  `${shown(name)} (${shape.join(' × ') || 'one value'} ${type})`;

/** A tensor whose numbers are all there. */
interface Numbers {
  readonly dtype: DType;
  readonly offset: number;
  readonly count: number;
}

function numbersOf(source: ByteSource, tensor: OnnxTensor): Numbers {
  const { shape, dtype, data, isExternal } = tensor;
  if (isExternal) {
    refuse(
      source,
      `${described(tensor)} lies in another file; onnx.save(onnx.load(path), path, save_as_external_data=False) puts it into this one.`,
    );
  }
  if (!dtype) refuse(source, `${described(tensor)} is of a type that is not read.`);
  const count = shape.reduce((product, size) => product * size, 1);
  const expected = count * BYTES_OF[dtype];
  if (!data) {
    refuse(
      source,
      `the numbers of ${described(tensor)} are not kept as raw data; onnx.numpy_helper.from_array makes such tensors.`,
    );
  }
  if (data.bytes !== expected) {
    refuse(source, `${described(tensor)} takes ${expected} bytes; it has ${data.bytes}.`);
  }
  return { dtype, offset: data.offset, count };
}

/** What stored values stand for: (value − zero) · scale. */
interface Scale {
  readonly scale: number;
  readonly zero: number;
}

/** The scale of a quantized table, by the names that ONNX Runtime gives. */
async function scaleOf(
  source: ByteSource,
  tensors: readonly OnnxTensor[],
  table: OnnxTensor,
): Promise<Scale | undefined> {
  const base = table.name.replace(/_quantized$/, '');
  const byName = (name: string) => tensors.find((tensor) => tensor.name === name);
  const scale = byName(`${base}_scale`);
  if (!scale || table.dtype === 'f4') return undefined;
  const zero = byName(`${base}_zero_point`);
  return {
    scale: await oneNumber(source, scale),
    zero: zero ? await oneNumber(source, zero) : 0,
  };
}

async function oneNumber(source: ByteSource, tensor: OnnxTensor): Promise<number> {
  const { dtype, offset, count } = numbersOf(source, tensor);
  if (count !== 1) {
    refuse(source, `${described(tensor)} has ${count} values; one for the whole table is read.`);
  }
  const value = new Float64Array(1);
  decodeInto(await source.read(offset, BYTES_OF[dtype]), dtype, false, value);
  return value[0];
}

async function openOnnx(source: ByteSource, options: ReadOptions): Promise<Reader> {
  const tensors = await onnxTensors(source);
  const matrices = tensors.filter(({ shape }) => shape.length === 2);
  const table = chosenArray(source, matrices, described, options);
  const numbers = numbersOf(source, table);
  const [rows, cols] = table.shape;
  if (cols === 0) refuse(source, `${described(table)} has no columns.`);
  const scale = await scaleOf(source, tensors, table);
  const dtype = scale ? 'f4' : numbers.dtype;
  const array = { rows, cols, ...numbers, bigEndian: false, fortranOrder: false };
  return {
    info: async () => ({
      format: 'onnx',
      rows,
      cols,
      dtype,
      ...(scale ? { encoding: `${table.type}, quantized` } : {}),
      bytes: source.size,
      vector: table.name,
      labels: false,
      columns: [],
      others: matrices.filter((other) => other !== table).map(described),
    }),
    async *blocks(rowsPerBlock, shared): AsyncGenerator<VectorTable> {
      for (let a = 0; a < rows; a += rowsPerBlock) {
        const b = Math.min(rows, a + rowsPerBlock);
        const data = await denseRows(source, array, a, b, shared);
        if (scale)
          for (let i = 0; i < data.length; i++) data[i] = (data[i] - scale.zero) * scale.scale;
        yield {
          points: { data, rows: b - a, cols },
          source: { name: source.name, format: 'onnx', dtype },
        };
      }
    },
  };
}

/** ONNX models: a two-dimensional initializer, such as the token table; read only. */
export const onnx: Format = {
  id: 'onnx',
  title: 'ONNX',
  extensions: ['.onnx'],
  dtypes: [],
  keeps: { labels: false, columns: false },
  streams: { read: true, write: false },
  startsWith: 'a field with the version of its format',
  recognizes: (head, name, size) =>
    startsAsOnnx(head, size) ? 0.9 : endsIn(name, ['.onnx']) ? 0.05 : 0,
  open: openOnnx,
};
