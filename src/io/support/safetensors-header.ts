import { type ByteSource, refuse } from '../contract.ts';
import { BYTES_OF, type DType } from './dtype.ts';

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

/** A tensor as the header lists it. */
export interface Tensor {
  readonly name: string;
  readonly dtype: DType | undefined;
  readonly type: string;
  readonly shape: readonly number[];
  /** In the file. */
  readonly offset: number;
  readonly bytes: number;
}

/** What stands before the tensors. */
export interface Header {
  readonly tensors: readonly Tensor[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSize = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** Reads the header, after comparing it with the size of the file. */
export async function readTensors(source: ByteSource): Promise<Header> {
  if (source.size < 8) refuse(source, 'the file is too short for a safetensors header.');
  const start = await source.read(0, 8);
  const length = new DataView(start.buffer, start.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(LONGEST_HEADER)) refuse(source, 'this is no safetensors file.');
  if (length > BigInt(source.size - 8)) {
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
  const tensors = Object.entries(entries).map(([name, entry]) =>
    parsedTensor(source, name, entry, 8 + Number(length)),
  );
  const end = tensors.reduce((most, { offset, bytes }) => Math.max(most, offset + bytes), 0);
  const left = source.size - Math.max(end, 8 + Number(length));
  if (left > 0) refuse(source, `${left} bytes follow the last tensor; none are expected.`);
  return { tensors, metadata: isRecord(metadata) ? metadata : {} };
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
