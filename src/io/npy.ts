import { counted } from '../core/text.ts';
import { type ByteSource, endsIn, type Format, type Reader, refuse } from './contract.ts';
import { type DenseArray, denseRows } from './support/dense.ts';
import { BYTES_OF, type DType, encoded } from './support/dtype.ts';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** Longest header taken for real; NumPy itself stops at 10,000 characters. */
const LONGEST_HEADER = 1 << 20;

/** What the header of an npy file says, and where its data start. */
export interface NpyHeader {
  /** NumPy's type string, such as `<f4`. */
  readonly descr: string;
  readonly dtype: DType | undefined;
  readonly bigEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  readonly dataOffset: number;
}

/** Whether the bytes begin as every npy file does. */
export function startsAsNpy(head: Uint8Array): boolean {
  return MAGIC.every((byte, i) => head[i] === byte);
}

const DTYPE_OF: Readonly<Record<string, DType>> = {
  f2: 'f2',
  f4: 'f4',
  f8: 'f8',
  i1: 'i1',
  u1: 'u1',
  b1: 'u1',
  i2: 'i2',
  u2: 'u2',
  i4: 'i4',
  u4: 'u4',
  i8: 'i8',
  u8: 'u8',
};

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
  const descr = /['"]descr['"]\s*:\s*['"]([^'"]*)['"]/.exec(text)?.[1];
  const order = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text)?.[1];
  const shape = /['"]shape['"]\s*:\s*\(([^)]*)\)/.exec(text)?.[1];
  if (order === undefined || shape === undefined) refuse(source, 'the npy header is damaged.');
  if (descr === undefined) {
    refuse(source, 'the array has named fields (a structured dtype); plain numbers are expected.');
  }
  const sizes = shape
    .split(',')
    .map((part) => part.trim().replace(/L$/, ''))
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : NaN));
  if (sizes.some((size) => !Number.isSafeInteger(size))) {
    refuse(source, `the npy header has the shape (${shape}), which is not a list of sizes.`);
  }
  return {
    descr,
    dtype: DTYPE_OF[descr.replace(/^[<>|=]/, '')],
    bigEndian: descr.startsWith('>'),
    fortranOrder: order === 'True',
    shape: sizes,
    dataOffset,
  };
}

/** Shape and type of a header that stands for vectors; refuses the rest, before any allocation. */
export function requireVectors(source: ByteSource, header: NpyHeader): DenseArray {
  const { shape, dtype, descr } = header;
  if (!dtype) refuse(source, `the array has the type ${descr}; a number type is expected.`);
  if (shape.length !== 2) {
    const sizes = shape.length === 0 ? 'none' : shape.join(' × ');
    refuse(
      source,
      `the array has ${counted(shape.length, 'dimension')} (${sizes}); 2 are expected, rows × columns.`,
    );
  }
  const [rows, cols] = shape;
  if (cols === 0) refuse(source, `the array has the shape ${rows} × 0; its vectors are empty.`);
  const needed = rows * cols * BYTES_OF[dtype];
  const there = source.size - header.dataOffset;
  if (needed > there) {
    refuse(
      source,
      `the header says ${rows} × ${cols} ${dtype}, which is ${needed} bytes, but ${there} follow it.`,
    );
  }
  const { bigEndian, fortranOrder, dataOffset: offset } = header;
  return { rows, cols, dtype, bigEndian, fortranOrder, offset };
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

async function openNpy(source: ByteSource): Promise<Reader> {
  const header = await readNpyHeader(source);
  const array = requireVectors(source, header);
  const { rows, cols, dtype } = array;
  return {
    async info() {
      return {
        format: 'npy',
        rows,
        cols,
        dtype,
        bytes: source.size,
        labels: false,
        columns: [],
        order: header.fortranOrder ? 'F' : 'C',
        bigEndian: header.bigEndian && BYTES_OF[dtype] > 1,
      };
    },
    async *blocks(rowsPerBlock, shared) {
      for (let a = 0; a < rows; a += rowsPerBlock) {
        const b = Math.min(rows, a + rowsPerBlock);
        const data = await denseRows(source, array, a, b, shared);
        yield {
          points: { data, rows: b - a, cols },
          source: { name: source.name, format: 'npy', dtype },
        };
      }
    },
  };
}

/** NumPy arrays: one 2-dimensional array a file. */
export const npy: Format = {
  id: 'npy',
  title: 'NumPy array',
  extensions: ['.npy'],
  dtypes: ['f4', 'f8', 'f2', 'i1', 'u1', 'i2', 'u2', 'i4', 'u4'],
  keeps: { labels: false, columns: false },
  streams: { read: true, write: true },
  startsWith: 'the bytes \\x93NUMPY',
  recognizes: (head, name) => (startsAsNpy(head) ? 1 : endsIn(name, ['.npy']) ? 0.05 : 0),
  open: openNpy,
  create(output, name, { dtype = 'f4', rows: total }) {
    let rows = 0;
    return {
      async append({ points }) {
        if (rows === 0) await output.write(npyHeaderBytes(npyDescr(dtype), [total, points.cols]));
        await output.write(encoded(points.data, dtype, name, points.cols, rows));
        rows += points.rows;
      },
      async finish() {},
    };
  },
};
