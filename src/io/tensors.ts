import { openSource } from '#files';
import type { Floats } from '../core/matrix.ts';
import { refuse, type Source } from './contract.ts';
import { BYTES_OF, bytesOf, decodeInto } from './support/dtype.ts';
import { bytesSource } from './support/memory.ts';
import { readTensors, type Tensor } from './support/safetensors-header.ts';

/** A named array of float32 or float64 with its shape. */
export interface NamedTensor extends NamedArray {
  readonly data: Floats;
}

/** Numbers of any type that safetensors files have. */
export type Cells =
  | Floats
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array;

/** A named array with its shape. */
export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Cells;
}

/** What a safetensors file of named arrays holds. */
export interface TensorFile {
  readonly tensors: ReadonlyMap<string, NamedTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Named arrays and words about them as the bytes of a safetensors file, exact to the bit. Long elements come first, so
 * that every array starts at a multiple of its element's size; else the order is as given.
 */
export function encodeTensors(
  tensors: readonly NamedArray[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const pieces = [...tensorPieces(tensors, metadata)];
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** The same bytes in pieces, header first, then views of the arrays: for files that need not be in memory twice. */
export function* tensorPieces(
  tensors: readonly NamedArray[],
  metadata: Readonly<Record<string, string>> = {},
): Generator<Uint8Array> {
  const placed = tensors.toSorted((a, b) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT);
  yield headerOf(placed, metadata);
  for (const { data } of placed) yield bytesOf(data);
}

/** An array that comes piece after piece, as it does not fit memory. */
export interface StreamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  /** An empty array of the type of its pieces. Left out: float32. */
  readonly type?: Cells | undefined;
  pieces(): AsyncIterable<Cells>;
}

/** An array of the type of another. */
const cellsOf = (one: NamedArray | StreamedArray): Cells =>
  'data' in one ? one.data : (one.type ?? new Float32Array(0));

/** The bytes of `tensorPieces` where some arrays come piece after piece. */
export async function* streamedPieces(
  tensors: readonly (NamedArray | StreamedArray)[],
  metadata: Readonly<Record<string, string>> = {},
): AsyncGenerator<Uint8Array> {
  const size = (one: NamedArray | StreamedArray) => cellsOf(one).BYTES_PER_ELEMENT;
  const placed = tensors.toSorted((a, b) => size(b) - size(a));
  yield headerOf(placed, metadata);
  for (const one of placed) {
    if ('data' in one) yield bytesOf(one.data);
    else for await (const piece of one.pieces()) yield bytesOf(piece);
  }
}

function headerOf(
  placed: readonly (NamedArray | StreamedArray)[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const header: [string, unknown][] = [['__metadata__', metadata]];
  let end = 0;
  for (const one of placed) {
    const begin = end;
    const values = one.shape.reduce((product, own) => product * own, 1);
    end += 'data' in one ? one.data.byteLength : values * cellsOf(one).BYTES_PER_ELEMENT;
    const dtype = typeOf(cellsOf(one));
    header.push([one.name, { dtype, shape: one.shape, data_offsets: [begin, end] }]);
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const start = 8 + Math.ceil(json.length / 8) * 8;
  const first = new Uint8Array(start).fill(0x20, 8);
  new DataView(first.buffer).setBigUint64(0, BigInt(start - 8), true);
  first.set(json, 8);
  return first;
}

/**
 * All arrays of a safetensors file, in the element type they have there.
 *
 * @param name what bytes in memory are called in messages
 */
export async function decodeTensors(source: Source, name?: string): Promise<TensorFile> {
  const bytes = source instanceof Uint8Array ? bytesSource(source, name) : await openSource(source);
  try {
    const { tensors, metadata } = await readTensors(bytes);
    const odd = tensors.find(({ dtype }) => dtype !== 'f4' && dtype !== 'f8');
    if (odd) refuse(bytes, `the tensor ${odd.name} is ${odd.type}; F32 and F64 are expected.`);
    const found = new Map<string, NamedTensor>();
    for (const tensor of tensors) {
      const data = arrayFor(tensor);
      const read = await bytes.read(tensor.offset, tensor.bytes);
      decodeInto(read, tensor.dtype ?? 'f4', false, data);
      found.set(tensor.name, { name: tensor.name, shape: tensor.shape, data });
    }
    const words = Object.entries(metadata).map(([key, value]) => [key, String(value)]);
    return { tensors: found, metadata: Object.fromEntries(words) };
  } finally {
    await bytes.close();
  }
}

/** `F32`, `U8`, …: the letter of the constructor's name and the bits of an element. */
const typeOf = (data: Cells) => `${data.constructor.name[0]}${8 * data.BYTES_PER_ELEMENT}`;

function arrayFor({ dtype, bytes }: Tensor): Floats {
  return dtype === 'f8'
    ? new Float64Array(bytes / BYTES_OF.f8)
    : new Float32Array(bytes / BYTES_OF.f4);
}
