import { createOutput, openSource } from '#files';
import { InputError } from '../core/errors.ts';
import { type ByteSource, refuse, type Source } from './contract.ts';
import { describedFields, type FileKind, metadataOf, titled } from './described.ts';
import { arrayOfType } from './support/dtype.ts';
import { type HttpOptions, httpSource } from './support/http-source.ts';
import { readTensors, type Tensor } from './support/safetensors-header.ts';
import { type Cells, type StreamedArray, streamedPieces, tensorPieces } from './tensors.ts';

/** Numbers with their shape. */
export interface PackedArray {
  readonly shape: readonly number[];
  readonly data: Cells;
}

/**
 * Named arrays and what is said of them, in memory or in a file of which only what is asked for is read: a file is open
 * as soon as its header is known.
 */
export interface Packed {
  /** The file's name, for messages. */
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Names of the arrays. */
  readonly names: readonly string[];
  /** Bytes of arrays that were read from the file so far. */
  readonly bytesRead: number;
  /** The shape of an array; refuses a name that is not there. */
  shapeOf(name: string): readonly number[];
  /** All of an array, kept for the next time. */
  whole(name: string): Promise<Cells>;
  /** Places `from` to `to` (excluded) of its first axis, all of the others; read anew each time unless `whole` was. */
  slice(name: string, from: number, to: number): Promise<Cells>;
  /** All of an array of float32, piece after piece: where it does not fit memory. */
  pieces?(name: string): AsyncIterable<Float32Array> | undefined;
  close(): Promise<void>;
}

type Arrays = Readonly<Record<string, PackedArray>>;

/** Arrays in memory as they would be read from a file. */
export function packedInMemory(
  fields: Readonly<Record<string, unknown>>,
  arrays: Arrays,
  name = 'memory',
): Packed {
  return new MemoryPacked(name, fields, arrays);
}

/** A class, so that two with the same arrays are equal. */
class MemoryPacked implements Packed {
  readonly bytesRead = 0;
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly arrays: Arrays;
  constructor(name: string, fields: Readonly<Record<string, unknown>>, arrays: Arrays) {
    this.name = name;
    this.fields = fields;
    this.arrays = arrays;
  }
  get names() {
    return Object.keys(this.arrays);
  }
  shapeOf(key: string) {
    return named(this.name, this.arrays, key).shape;
  }
  async whole(key: string) {
    return named(this.name, this.arrays, key).data;
  }
  async slice(key: string, from: number, to: number) {
    const { shape, data } = named(this.name, this.arrays, key);
    const each = requireSlice(this.name, key, shape, from, to);
    return data.subarray(from * each, to * each);
  }
  async close() {}
}

/** An http or https address, as a URL or in words. */
function httpAddress(source: Source): URL | undefined {
  if (source instanceof URL) return /^https?:$/.test(source.protocol) ? source : undefined;
  if (typeof source !== 'string' || !/^https?:\/\//i.test(source)) return undefined;
  if (!URL.canParse(source)) throw new InputError(source, 'this is no address.');
  return new URL(source);
}

/**
 * Opens a file of that kind; refuses another in a sentence. Only the header is read. A file at an http or https
 * address is read by ranges.
 */
export async function openPacked(
  source: Source,
  kind: FileKind,
  options: HttpOptions = {},
): Promise<Packed> {
  const address = httpAddress(source);
  const bytes = address ? await httpSource(address, options) : await openSource(source);
  try {
    return await packedOf(bytes, kind);
  } catch (cause) {
    await bytes.close();
    throw cause;
  }
}

/** The same of bytes that are open; they are closed with it. */
export async function packedOf(bytes: ByteSource, kind: FileKind): Promise<Packed> {
  await requireHeader(bytes, kind);
  const { tensors, metadata } = await readTensors(bytes);
  const fields = describedFields(metadata, bytes.name, kind);
  const byName = Object.fromEntries(tensors.map((tensor) => [tensor.name, tensor]));
  return packedFile(bytes, fields, byName);
}

function packedFile(
  source: ByteSource,
  fields: Readonly<Record<string, unknown>>,
  tensors: Readonly<Record<string, Tensor>>,
): Packed {
  const kept = new Map<string, Promise<Cells>>();
  let bytesRead = 0;
  const found = (key: string) => named(source.name, tensors, key);
  async function read(tensor: Tensor, from: number, to: number, each: number): Promise<Cells> {
    const size = tensor.bytes / Math.max(1, elementsOf(tensor.shape));
    const out = arrayOfType(tensor.dtype, (to - from) * each);
    if (!out) refuse(source, `the array ${tensor.name} is ${tensor.type}, which is not read.`);
    const into = new Uint8Array(out.buffer, 0, out.byteLength);
    await source.readInto(tensor.offset + from * each * size, into);
    bytesRead += into.length;
    return out;
  }
  return {
    name: source.name,
    fields,
    names: Object.keys(tensors),
    get bytesRead() {
      return bytesRead;
    },
    shapeOf: (key) => found(key).shape,
    whole(key) {
      const tensor = found(key);
      const known = kept.get(key) ?? read(tensor, 0, 1, elementsOf(tensor.shape));
      kept.set(key, known);
      return known;
    },
    async slice(key, from, to) {
      const tensor = found(key);
      const each = requireSlice(source.name, key, tensor.shape, from, to);
      const known = await kept.get(key);
      return known ? known.subarray(from * each, to * each) : read(tensor, from, to, each);
    },
    close: () => source.close(),
  };
}

/** Refuses what is no safetensors file at all by what was expected of it. */
async function requireHeader(source: ByteSource, kind: FileKind): Promise<void> {
  const brace = source.size > 8 ? (await source.read(8, 1))[0] : 0;
  if (brace !== '{'.charCodeAt(0))
    refuse(source, `${titled(kind)} of Tammes is expected, which describes itself as one.`);
}

/** Writes a file that describes itself, under a temporary name until it is whole. */
export async function writePacked(
  path: string,
  kind: FileKind,
  fields: Readonly<Record<string, unknown>>,
  arrays: Readonly<Record<string, PackedArray | Omit<StreamedArray, 'name'>>>,
): Promise<void> {
  const output = await createOutput(path);
  const list = Object.entries(arrays).map(([name, own]) => ({ name, ...own }));
  try {
    for await (const piece of streamedPieces(list, metadataOf(kind, fields)))
      await output.write(piece);
    await output.commit();
  } catch (cause) {
    await output.discard();
    throw cause;
  }
}

/** The bytes of such a file, in pieces. */
export function packedPieces(
  kind: FileKind,
  fields: Readonly<Record<string, unknown>>,
  arrays: Arrays,
): Iterable<Uint8Array> {
  const list = Object.entries(arrays).map(([name, own]) => ({ name, ...own }));
  return tensorPieces(list, metadataOf(kind, fields));
}

const elementsOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);

function named<T>(name: string, arrays: Readonly<Record<string, T>>, key: string): T {
  if (Object.hasOwn(arrays, key)) return arrays[key];
  throw new InputError(name, `there is no array ${key} in it.`);
}

/** Elements of one place of the first axis. */
function requireSlice(
  name: string,
  key: string,
  shape: readonly number[],
  from: number,
  to: number,
): number {
  const [places = 0, ...others] = shape;
  if (Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= places)
    return elementsOf(others);
  throw new InputError(name, `places ${from} to ${to} of the array ${key}, which has ${places}.`);
}
