import { counted } from '../../core/text.ts';
import { type ByteSource, refuse } from '../contract.ts';
import type { DenseArray } from './dense.ts';
import { BYTES_OF, type DType } from './dtype.ts';
import { type NpyField, npyFields } from './npy-fields.ts';
import { dtypeOfDescr } from './npy-values.ts';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** Longest header taken for real; NumPy itself stops at 10,000 characters. */
const LONGEST_HEADER = 1 << 20;

/** What the header of an npy file says, and where its data start. */
export interface NpyHeader {
  /** NumPy's type string, such as `<f4`; of records, all of it. */
  readonly descr: string;
  readonly dtype: DType | undefined;
  readonly bigEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  readonly dataOffset: number;
  /** Of records (a structured dtype), in order. */
  readonly fields?: readonly NpyField[] | undefined;
}

/** Whether the bytes begin as every npy file does. */
export function startsAsNpy(head: Uint8Array): boolean {
  return MAGIC.every((byte, i) => head[i] === byte);
}

/** Parses the header: magic, version, length, and a Python dictionary of three entries. */
export async function readNpyHeader(source: ByteSource): Promise<NpyHeader> {
  if (source.size < 10) refuse(source, 'the file is too short for an npy header.');
  const start = await source.read(0, Math.min(12, source.size));
  if (!startsAsNpy(start)) refuse(source, 'an npy file begins with the bytes \\x93NUMPY.');
  const [major, minor] = [start[6], start[7]];
  if (major < 1 || major > 3) refuse(source, `npy version ${major}.${minor} is not known.`);
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const prefix = major === 1 ? 10 : 12;
  if (source.size < prefix) refuse(source, 'the file is too short for an npy header.');
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (prefix + length > source.size || length > LONGEST_HEADER) {
    refuse(source, `the npy header claims ${length} bytes; the file has ${source.size}.`);
  }
  const text = new TextDecoder().decode(await source.read(prefix, length));
  return parsedHeader(source, text, prefix + length);
}

function parsedHeader(source: ByteSource, text: string, dataOffset: number): NpyHeader {
  const plain = /['"]descr['"]\s*:\s*['"]([^'"]*)['"]/.exec(text)?.[1];
  const records = /['"]descr['"]\s*:\s*(\[.*\])/s.exec(text)?.[1];
  const order = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text)?.[1];
  const shape = /['"]shape['"]\s*:\s*\(([^)]*)\)/.exec(text)?.[1];
  if (order === undefined || shape === undefined || (plain ?? records) === undefined) {
    refuse(source, 'the npy header is damaged.');
  }
  const sizes = shape
    .split(',')
    .map((part) => part.trim().replace(/L$/, ''))
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : NaN));
  if (sizes.some((size) => !Number.isSafeInteger(size))) {
    refuse(source, `the npy header has the shape (${shape}), which is not a list of sizes.`);
  }
  const descr = plain ?? records ?? '';
  return {
    descr,
    dtype: plain === undefined ? undefined : dtypeOfDescr(plain),
    bigEndian: descr.startsWith('>'),
    fortranOrder: order === 'True',
    shape: sizes,
    dataOffset,
    fields: records === undefined ? undefined : npyFields(source, records),
  };
}

/** Why an array of this type holds no numbers that are read, and the way out. */
function typeTrouble({ descr, fields }: NpyHeader): string {
  if (fields) return 'the array has named fields (a structured dtype) in several dimensions.';
  const letters = descr.replace(/^[<>|=]/, '');
  const what =
    letters === 'O'
      ? ', Python objects (a pickle); numpy.stack(a).astype("float32") makes numbers of rows of one length'
      : letters.startsWith('c')
        ? ', complex numbers; save their real and imaginary parts'
        : letters === 'V1'
          ? ', a one-byte type that NumPy does not know (float8?); a.astype("float32") is read'
          : '; a number type is expected';
  return `the array has the type ${descr}${what}.`;
}

const isFloat = (dtype: DType): boolean => dtype === 'bf16' || dtype.startsWith('f');

/**
 * Rows and columns of an array: axes of size 1 are dropped until two are left, and one vector of floats is a
 * row. Undefined where more are left, or whole numbers in one dimension, which may be labels.
 */
export function vectorShape({
  shape,
  dtype,
}: Pick<NpyHeader, 'shape' | 'dtype'>): readonly [number, number] | undefined {
  if (shape.length === 2) return [shape[0], shape[1]];
  if (shape.length === 1) return dtype && isFloat(dtype) ? [1, shape[0]] : undefined;
  const long = shape.filter((size) => size !== 1);
  if (shape.length === 0 || long.length > 2) return undefined;
  if (long.length === 2) return [long[0], long[1]];
  const [length = 1] = long;
  return shape[0] === length ? [length, 1] : [1, length];
}

/** The arrays that are rows × columns; where there is none, those that are when axes of size 1 are dropped. */
export function matricesOf<T>(
  arrays: readonly T[],
  headerOf: (array: T) => Pick<NpyHeader, 'shape' | 'dtype'>,
): T[] {
  const read = arrays.filter((array) => headerOf(array).dtype && vectorShape(headerOf(array)));
  const plain = read.filter((array) => headerOf(array).shape.length === 2);
  return plain.length > 0 ? plain : read.filter((array) => headerOf(array).shape.length > 2);
}

/** Shape and type of a header that stands for vectors; refuses the rest, before any allocation. */
export function requireVectors(source: ByteSource, header: NpyHeader): DenseArray {
  const { shape, dtype } = header;
  if (!dtype) refuse(source, typeTrouble(header));
  const found = vectorShape(header);
  if (!found) {
    const sizes = shape.length === 0 ? 'none' : shape.join(' × ');
    const way =
      shape.length === 1
        ? ' (of one vector, a.reshape(1, -1))'
        : shape.length > 2
          ? ' (a.reshape(len(a), -1) makes one row of each)'
          : '';
    refuse(
      source,
      `the array has ${counted(shape.length, 'dimension')} (${sizes}); 2 are expected, rows × columns${way}.`,
    );
  }
  const [rows, cols] = found;
  if (cols === 0) refuse(source, `the array has the shape ${rows} × 0; its vectors are empty.`);
  requireBytes(source, header, rows * cols * BYTES_OF[dtype], `${rows} × ${cols} ${dtype}`);
  const { bigEndian, fortranOrder, dataOffset: offset } = header;
  return { rows, cols, dtype, bigEndian, fortranOrder, offset };
}

/** Refuses a header that claims more bytes than follow it. */
export function requireBytes(
  source: ByteSource,
  { dataOffset }: NpyHeader,
  needed: number,
  what: string,
): void {
  const there = source.size - dataOffset;
  if (needed <= there) return;
  refuse(source, `the header says ${what}, which is ${needed} bytes, but ${there} follow it.`);
}

/** A header as NumPy writes it, padded to 128 bytes. */
export function npyHeaderBytes(descr: string, shape: readonly number[]): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const total = Math.ceil((10 + text.length + 1) / 128) * 128;
  const bytes = new Uint8Array(total).fill(0x20);
  bytes.set(MAGIC);
  bytes.set([1, 0, (total - 10) & 0xff, (total - 10) >> 8], 6);
  bytes.set(new TextEncoder().encode(text), 10);
  bytes[total - 1] = 0x0a;
  return bytes;
}

/** NumPy's type string for a type Tammes writes. */
export function npyDescr(dtype: DType): string {
  return `${BYTES_OF[dtype] === 1 ? '|' : '<'}${dtype}`;
}
