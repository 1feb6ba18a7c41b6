import { type ByteSource, refuse } from '../contract.ts';
import type { DType } from './dtype.ts';
import { type Field, fieldAt, fieldReader, packedVarints } from './protobuf.ts';

/** An initializer of the model's graph. */
export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** As ONNX names it. */
  readonly type: string;
  readonly dtype: DType | undefined;
  /** Where the numbers lie; undefined where they are not in one piece of the file. */
  readonly data: { readonly offset: number; readonly bytes: number } | undefined;
  /** Whether they lie in another file. */
  readonly isExternal: boolean;
}

/** Element types by their number in `onnx.proto`. */
const TYPES: ReadonlyMap<number, readonly [name: string, dtype?: DType]> = new Map([
  [1, ['FLOAT', 'f4']],
  [2, ['UINT8', 'u1']],
  [3, ['INT8', 'i1']],
  [4, ['UINT16', 'u2']],
  [5, ['INT16', 'i2']],
  [6, ['INT32', 'i4']],
  [7, ['INT64', 'i8']],
  [8, ['STRING']],
  [9, ['BOOL', 'u1']],
  [10, ['FLOAT16', 'f2']],
  [11, ['DOUBLE', 'f8']],
  [12, ['UINT32', 'u4']],
  [13, ['UINT64', 'u8']],
  [16, ['BFLOAT16', 'bf16']],
] as const);

/** Fields of a model, a graph and a tensor. */
const GRAPH = 7;
const INITIALIZER = 5;
const TENSOR = { dims: 1, type: 2, floats: 4, name: 8, raw: 9, doubles: 10, location: 14 } as const;

const MOST_TENSORS = 1 << 18;
const LONGEST_NAME = 1 << 12;
const MOST_DIMENSIONS = 64;

/** Numbers of the fields of a model that hold messages or texts. */
const MODEL_MESSAGES = [2, 3, 4, 6, 7, 8, 14, 20, 25, 26];

/** Whether the bytes begin as a model: a version, then fields that a model has, up to its graph. */
export function startsAsOnnx(head: Uint8Array, size: number): boolean {
  if (head[0] !== 0x08) return false;
  for (let at = 0; at < head.length; ) {
    const field = fieldAt(head, at, 0);
    if (!field || field.end > size) return false;
    const isKnown =
      field.wire === 0
        ? field.number === 1 || field.number === 5
        : field.wire === 2 && MODEL_MESSAGES.includes(field.number);
    if (!isKnown) return false;
    if (field.number === GRAPH) return true;
    at = field.end;
  }
  return false;
}

/** The initializers of a model, without their numbers. */
export async function onnxTensors(source: ByteSource): Promise<OnnxTensor[]> {
  const fields = fieldReader(source);
  const tensors: OnnxTensor[] = [];
  let hasGraph = false;
  for await (const graph of fields(0, source.size)) {
    if (graph.number !== GRAPH || graph.wire !== 2) continue;
    hasGraph = true;
    for await (const field of fields(graph.start, graph.end)) {
      if (field.number !== INITIALIZER || field.wire !== 2) continue;
      if (tensors.length === MOST_TENSORS) {
        refuse(source, `the model has more than ${MOST_TENSORS} initializers.`);
      }
      tensors.push(await tensorIn(source, fields(field.start, field.end)));
    }
  }
  if (!hasGraph) refuse(source, 'the file has no graph, as a model of ONNX has.');
  return tensors;
}

async function tensorIn(source: ByteSource, fields: AsyncIterable<Field>): Promise<OnnxTensor> {
  let name = '';
  let type = 0;
  let isExternal = false;
  const shape: number[] = [];
  const pieces: Field[] = [];
  for await (const field of fields) {
    const { number, wire, start, end, value } = field;
    if (number === TENSOR.dims) {
      const sizes = wire === 0 ? [value] : packedVarints(await small(source, field));
      if (!sizes || shape.length + sizes.length > MOST_DIMENSIONS) {
        refuse(source, `the shape of an initializer at byte ${start} is damaged.`);
      }
      shape.push(...sizes);
    } else if (number === TENSOR.type) type = value;
    else if (number === TENSOR.name && wire === 2) {
      name = new TextDecoder().decode(await small(source, field));
    } else if (number === TENSOR.location) isExternal = value === 1;
    else if (end > start && isData(number)) pieces.push(field);
  }
  const [label, dtype] = TYPES.get(type) ?? [`type ${type}`];
  return { name, shape, type: label, dtype, isExternal, data: dataOf(pieces, dtype) };
}

/** Whether the field holds numbers or texts: four to eleven do, but for the name. */
const isData = (number: number): boolean =>
  number >= TENSOR.floats && number <= 11 && number !== TENSOR.name;

function dataOf(pieces: readonly Field[], dtype: DType | undefined): OnnxTensor['data'] {
  const [piece, ...more] = pieces;
  if (!piece || more.length > 0 || piece.wire !== 2) return undefined;
  const { number, start, end } = piece;
  const isPlain =
    number === TENSOR.raw ||
    (number === TENSOR.floats && dtype === 'f4') ||
    (number === TENSOR.doubles && dtype === 'f8');
  return isPlain ? { offset: start, bytes: end - start } : undefined;
}

async function small(source: ByteSource, { start, end }: Field): Promise<Uint8Array> {
  if (end - start <= LONGEST_NAME) return source.read(start, end - start);
  return refuse(source, `a name or shape at byte ${start} has ${end - start} bytes.`);
}
